//! The log of this process, for one test at a time.

use std::sync::LazyLock;

use tests::output::Written;
use tokio::sync::{Mutex, MutexGuard};
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::format::FmtSpan;

static LOG: LazyLock<Mutex<Written>> = LazyLock::new(|| {
    let log = Written::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_span_events(FmtSpan::FULL)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .init();
    Mutex::new(log)
});

/// Waits for the test before, and returns an empty log of all that happens from now on.
pub async fn empty_log() -> MutexGuard<'static, Written> {
    let log = LOG.lock().await;
    log.clear();
    log
}
