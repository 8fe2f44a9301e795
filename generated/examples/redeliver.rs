//! Asks GitHub to deliver once more what the webhook of an app has failed to receive.
//!
//! ```text
//! cargo run -p github-apps --example redeliver -- --demo
//! cargo run -p github-apps --example redeliver -- Iv23liExample my-app.private-key.pem --since 2026-11-20T00:00:00Z --dry-run
//! ```
//!
//! With `--demo` it asks a server within this process, whose record has three events: one that a later attempt has
//! delivered, one that has failed twice, and one that can't be delivered again. What it has done is kept in
//! `redeliver.json` behind each step, so that a run which is cut off goes on where it was.

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

Asks GitHub to deliver once more what failed since TIME, as
2026-11-20T00:00:00Z, and no later attempt has repaired. --dry-run only says
what that is. GITHUB_API_URL may name a GitHub Enterprise Server. --demo asks a
server within this process.";

/// What was done so far.
const KEPT: &str = "redeliver.json";

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
    let work = match fs::read(KEPT) {
        Ok(kept) => app.resume_redelivery(decode(&kept)?),
        Err(_) => app.redeliver_failed(moment(since)?),
    };
    if is_dry {
        return show(&work.dry_run().run().await?, out);
    }
    let report = step_by_step(work, Path::new(KEPT)).await?;
    fs::remove_file(KEPT)?;
    show(&report, out)
}

/// Keeps what was done behind each step, in one go, so that no half of it is ever read.
async fn step_by_step(mut work: Redelivery, kept: &Path) -> Result<RedeliveryReport, Failed> {
    let beside = kept.with_extension("new");
    while work.step().await?.is_some() {
        fs::write(&beside, encode(work.progress()))?;
        fs::rename(&beside, kept)?;
    }
    Ok(work.report())
}

fn moment(text: &str) -> Result<SystemTime, Failed> {
    let moment = Timestamp::from(text).to_jiff().map_err(|_| format!("`{text}` is no time"))?;
    Ok(SystemTime::from(moment))
}

fn show(report: &RedeliveryReport, out: &mut impl Write) -> Result<(), Failed> {
    let RedeliveryReport { examined, failed, repaired, .. } = report;
    writeln!(out, "{examined} deliveries, {failed} events that failed, {repaired} of them repaired since")?;
    for (what, deliveries) in
        [("asked for", &report.requested), ("uncertain", &report.uncertain), ("to be asked", &report.remaining)]
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

/// Asks a server within this process.
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

/// The newest delivery first, as GitHub has it.
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

/// The server of the demo takes any signature.
struct Unsigned;

impl Signer for Unsigned {
    fn sign<'a>(&'a self, _message: &'a [u8]) -> SignFuture<'a> {
        Box::pin(async { Ok(vec![0; 32]) })
    }
}
