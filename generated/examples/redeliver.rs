//! Asks GitHub to redeliver failed webhook deliveries of an app.
//!
//! ```text
//! cargo run -p github-apps --example redeliver -- --demo
//! cargo run -p github-apps --example redeliver -- Iv23liExample my-app.private-key.pem --since 2026-11-20T00:00:00Z --dry-run
//! ```
//!
//! With `--demo`, it asks a server within this process that has three events: one that a later attempt has delivered, one that
//! has failed twice, and one that can't be delivered again. The progress is saved in `redeliver.json` after each step, so that
//! an interrupted run can continue.

use std::error::Error;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::SystemTime;
use std::{env, fs};

use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use github_apps::app::{App, AppKey, Redelivery, RedeliveryReport, SignFuture, Signer};
use github_apps::runtime::{Timestamp, decode, encode};

const USAGE: &str = "usage: redeliver --demo [--dry-run]
       redeliver CLIENT_ID KEY_FILE --since TIME [--dry-run]

Asks GitHub to redeliver events that failed since TIME, such as
2026-11-20T00:00:00Z, and that no later attempt has delivered. --dry-run only
lists them. GITHUB_API_URL is the API of a GitHub Enterprise Server. --demo uses
a server within this process.";

/// The file with the saved progress.
const PROGRESS: &str = "redeliver.json";

type Failed = Box<dyn Error>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut arguments: Vec<String> = env::args().skip(1).collect();
    let count = arguments.len();
    arguments.retain(|argument| argument != "--dry-run");
    let is_dry = arguments.len() < count;
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let out = &mut io::stdout();
    let done = match arguments.as_slice() {
        ["--demo"] => demo(is_dry, out).await,
        [issuer, key, "--since", since] => run(issuer, key, since, is_dry, out).await,
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    let Err(error) = done else { return ExitCode::SUCCESS };
    eprintln!("error: {error}");
    ExitCode::FAILURE
}

async fn run(issuer: &str, key: &str, since: &str, is_dry: bool, out: &mut impl Write) -> Result<(), Failed> {
    let api_url = env::var("GITHUB_API_URL").unwrap_or_else(|_| String::from("https://api.github.com"));
    let app = App::builder(issuer, AppKey::from_file(key)?).base_url(&api_url).build()?;
    let work = match fs::read(PROGRESS) {
        Ok(saved) => app.resume_redelivery(decode(&saved)?),
        Err(_) => app.redeliver_failed(moment(since)?),
    };
    if is_dry {
        return show(&work.dry_run().run().await?, out);
    }
    let report = run_and_save(work, Path::new(PROGRESS)).await?;
    fs::remove_file(PROGRESS)?;
    show(&report, out)
}

/// Saves the progress after each step. The file is replaced atomically.
async fn run_and_save(mut work: Redelivery, path: &Path) -> Result<RedeliveryReport, Failed> {
    let temporary = path.with_extension("new");
    while work.step().await?.is_some() {
        fs::write(&temporary, encode(work.progress()))?;
        fs::rename(&temporary, path)?;
    }
    Ok(work.report())
}

fn moment(text: &str) -> Result<SystemTime, Failed> {
    let moment = Timestamp::from(text).to_jiff().map_err(|_| format!("`{text}` is not a time"))?;
    Ok(SystemTime::from(moment))
}

fn show(report: &RedeliveryReport, out: &mut impl Write) -> Result<(), Failed> {
    let RedeliveryReport { examined, failed, repaired, .. } = report;
    writeln!(out, "{examined} deliveries, {failed} events that failed, {repaired} of them repaired since")?;
    for (what, deliveries) in
        [("requested", &report.requested), ("uncertain", &report.uncertain), ("remaining", &report.remaining)]
    {
        for delivery in deliveries {
            writeln!(out, "  {what:12} {} {}", delivery.event, delivery.guid)?;
        }
    }
    for refused in &report.refused {
        let delivery = &refused.delivery;
        writeln!(out, "  {:12} {} {}: status {}", "refused", delivery.event, delivery.guid, refused.status)?;
    }
    Ok(())
}

/// Runs with a server within this process.
pub(crate) async fn demo(is_dry: bool, out: &mut impl Write) -> Result<(), Failed> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let base_url = format!("http://{}", listener.local_addr()?);
    let router = Router::new()
        .route("/app/hook/deliveries", get(record))
        .route("/app/hook/deliveries/4/attempts", post(|| async { (StatusCode::ACCEPTED, "null") }))
        .route("/app/hook/deliveries/1/attempts", post(|| async { (StatusCode::UNPROCESSABLE_ENTITY, "{}") }));
    tokio::spawn(async move { axum::serve(listener, router).await });
    let app = App::builder("Iv23liExample", Unsigned).base_url(&base_url).build()?;
    writeln!(out, "asking {base_url}, a server within this process\n")?;
    let mut work = app.redeliver_failed(moment("2026-11-20T00:00:00Z")?);
    if is_dry {
        work = work.dry_run();
    }
    show(&work.run().await?, out)
}

/// Lists the deliveries, the newest first, as GitHub does.
async fn record() -> Response {
    let delivery = |id: u8, guid: &str, hour: u8, is_redelivery: bool, (status, code): (&str, u16), event: &str| {
        format!(
            r#"{{"id":{id},"guid":"{guid}","delivered_at":"2026-11-20T{hour:02}:00:00Z","redelivery":{is_redelivery},
            "duration":0.3,"status":"{status}","status_code":{code},"event":"{event}","action":null,
            "installation_id":7,"repository_id":null}}"#
        )
    };
    let (fine, broken) = (("OK", 200), ("Bad Gateway", 502));
    let page = [
        delivery(5, "0b989ba4-1", 5, true, fine, "push"),
        delivery(4, "0b989ba4-2", 4, true, broken, "issues"),
        delivery(3, "0b989ba4-2", 3, false, broken, "issues"),
        delivery(2, "0b989ba4-1", 2, false, broken, "push"),
        delivery(1, "0b989ba4-3", 1, false, ("timed out", 0), "ping"),
    ];
    ([(header::CONTENT_TYPE, "application/json")], format!("[{}]", page.join(","))).into_response()
}

/// A signer for the demo, whose server accepts any signature.
struct Unsigned;

impl Signer for Unsigned {
    fn sign<'a>(&'a self, _message: &'a [u8]) -> SignFuture<'a> {
        Box::pin(async { Ok(vec![0; 32]) })
    }
}
