//! Lists the installations of an app, page by page.
//!
//! ```text
//! cargo run -p github-apps --example installations -- --demo
//! cargo run -p github-apps --example installations -- https://api.github.com JWT
//! ```
//!
//! With `--demo`, it starts a local server that answers with the example of GitHub's reference page. The environment variable
//! `GITHUB_APP_JWT` may hold the JWT instead, which keeps it out of lists of processes.

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use axum::Router;
use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use github_apps::apps::endpoints::ListInstallations;
use github_apps::apps::models::{Account, Installation};
use github_apps::apps::security::AppJwt;
use github_apps::client::github;
use github_apps::runtime::{Value, decode, encode};

const USAGE: &str = "usage: installations --demo
       installations BASE_URL [JWT]

Lists the installations of the app that has signed the JWT. Without an argument,
the JWT comes from GITHUB_APP_JWT. --demo uses a server within this process.";

type Failed = Box<dyn Error>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let from_environment = std::env::var("GITHUB_APP_JWT").ok();
    let done = match (arguments.as_slice(), from_environment) {
        (["--demo"], _) => demo(&mut io::stdout()).await,
        ([base_url, jwt], _) if !base_url.starts_with('-') => list(base_url, jwt, &mut io::stdout()).await,
        ([base_url], Some(jwt)) if !base_url.starts_with('-') => list(base_url, &jwt, &mut io::stdout()).await,
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    let Err(error) = done else { return ExitCode::SUCCESS };
    eprintln!("error: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        eprintln!("  because: {error}");
        cause = error.source();
    }
    ExitCode::FAILURE
}

/// Lists the installations from the server at this URL.
async fn list(base_url: &str, jwt: &str, out: &mut impl Write) -> Result<(), Failed> {
    let client = github().base_url(base_url).credential(AppJwt::new(jwt)).build()?;
    let mut pages = client.pages(ListInstallations::new().per_page(100));
    let (mut page, mut count) = (0, 0);
    while let Some(installations) = pages.try_next().await? {
        page += 1;
        count += installations.len();
        writeln!(out, "page {page}")?;
        for installation in &installations {
            show(installation, out)?;
        }
    }
    writeln!(out, "\n{} on {}", counted(count, "installation"), counted(page, "page"))?;
    Ok(())
}

fn show(installation: &Installation, out: &mut impl Write) -> io::Result<()> {
    let account = match &installation.account {
        Some(Account::User(user)) => &user.login,
        Some(Account::Enterprise(enterprise)) => &enterprise.slug,
        _ => "(an account of another kind)",
    };
    let Installation { id, repository_selection, created_at, suspended_at, .. } = installation;
    writeln!(out, "  {account} (installation {id})")?;
    writeln!(out, "    repositories  {repository_selection}")?;
    writeln!(out, "    permissions   {}", permissions(installation))?;
    writeln!(out, "    since         {created_at}")?;
    if let Some(moment) = suspended_at {
        writeln!(out, "    suspended     {moment}")?;
    }
    Ok(())
}

/// Lists all permissions, including those that the model has no field for.
fn permissions(installation: &Installation) -> String {
    let granted: Value = decode(encode(&installation.permissions).as_bytes()).unwrap_or_default();
    let granted = granted.as_object().into_iter().flatten();
    let all: Vec<String> =
        granted.map(|(name, level)| format!("{name}: {}", level.as_str().unwrap_or_default())).collect();
    if all.is_empty() { String::from("none") } else { all.join(", ") }
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// The demo accepts any text with the form of a JWT.
const JWT: &str = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJkZW1vIn0.c2lnbmF0dXJl";

/// Lists the installations of a server within this process.
pub(crate) async fn demo(out: &mut impl Write) -> Result<(), Failed> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let base_url = format!("http://{}", listener.local_addr()?);
    let router = Router::new().route("/app/installations", get(installations));
    tokio::spawn(async move { axum::serve(listener, router).await });
    writeln!(out, "asking {base_url}, a server within this process\n")?;
    list(&base_url, JWT, out).await
}

/// Answers with the documented example as the first page, and with a copy under another id as the second one.
async fn installations(Query(query): Query<Vec<(String, String)>>, headers: HeaderMap) -> Response {
    let header = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if header(header::AUTHORIZATION) != format!("Bearer {JWT}") {
        return (StatusCode::UNAUTHORIZED, r#"{"message":"Bad credentials"}"#).into_response();
    }
    let documented = include_str!("demo/installations.json");
    let json = (header::CONTENT_TYPE, String::from("application/json; charset=utf-8"));
    if query.iter().any(|(name, value)| name == "page" && value == "2") {
        return ([json], documented.replacen("\"id\": 1", "\"id\": 2", 1)).into_response();
    }
    let next = format!("<http://{}/app/installations?per_page=100&page=2>; rel=\"next\"", header(header::HOST));
    ([json, (header::LINK, next)], documented).into_response()
}
