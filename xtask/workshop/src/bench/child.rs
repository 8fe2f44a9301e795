//! Runs a child process and measures its cost.

use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use wait4::Wait4;

/// The resources that a process and its children used.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cost {
    /// The processor time in seconds, in user and kernel mode.
    pub(super) cpu: f64,
    /// The elapsed time in seconds.
    pub(super) wall: f64,
    /// The peak memory, in bytes, of the largest process.
    pub(super) peak: u64,
}

/// The outcome of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The process succeeded.
    Done,
    /// The process failed.
    Failed,
    /// The process exceeded its time limit and was stopped.
    Stopped,
}

/// Runs a command until it ends or exceeds its time limit; its output goes to a file.
pub(super) fn run(command: &mut Command, log: &Path, limit: Duration) -> Result<(End, Cost), String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let failed = |error| format!("`{program}` can't be run: {error}");
    if let Some(folder) = log.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let out = File::create(log).map_err(failed)?;
    let error = out.try_clone().map_err(failed)?;
    let start = Instant::now();
    // The process group makes it possible to stop the child's own children too.
    let mut child = command.stdin(Stdio::null()).stdout(out).stderr(error).process_group(0).spawn().map_err(failed)?;
    let group = format!("-{}", child.id());
    let (ended, end) = channel::<()>();
    let guard = thread::spawn(move || {
        let is_late = end.recv_timeout(limit) == Err(RecvTimeoutError::Timeout);
        if is_late {
            let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        }
        is_late
    });
    let used = child.wait4().map_err(failed)?;
    drop(ended);
    let was_stopped = guard.join().unwrap_or(false);
    let cost = Cost {
        cpu: (used.rusage.utime + used.rusage.stime).as_secs_f64(),
        wall: start.elapsed().as_secs_f64(),
        peak: used.rusage.maxrss,
    };
    let end = match (used.status.success(), was_stopped) {
        (true, _) => End::Done,
        (false, true) => End::Stopped,
        (false, false) => End::Failed,
    };
    Ok((end, cost))
}

/// Returns the median cost of several rounds; each figure is a median of its own.
pub(super) fn median(costs: &[Cost]) -> Cost {
    let middle = |of: fn(&Cost) -> f64| {
        let mut all: Vec<f64> = costs.iter().map(of).collect();
        all.sort_by(f64::total_cmp);
        all.get(all.len() / 2).copied().unwrap_or_default()
    };
    Cost { cpu: middle(|cost| cost.cpu), wall: middle(|cost| cost.wall), peak: middle(|cost| cost.peak as f64) as u64 }
}
