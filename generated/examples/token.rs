//! Requests a token of an installation, and prints when it expires and its permissions. It never prints the token itself.
//!
//! ```text
//! cargo run -p github-apps --example token -- --demo
//! cargo run -p github-apps --example token -- Iv23liExample my-app.private-key.pem 1
//! ```
//!
//! With `--demo`, it makes a key, writes it to a file, and starts a local server that answers with the example of GitHub's
//! reference page.

use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use github_apps::app::{App, AppKey};

const USAGE: &str = "usage: token --demo
       token CLIENT_ID KEY_FILE INSTALLATION_ID [BASE_URL]

Requests a token of an installation, and prints all of it except the token
itself. The app id works as well as the client id. BASE_URL is that of a GitHub
Enterprise Server; GITHUB_API_URL is its default. --demo uses a server within
this process.";

type Failed = Box<dyn Error>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let api_url = std::env::var("GITHUB_API_URL").unwrap_or_else(|_| String::from("https://api.github.com"));
    let out = &mut io::stdout();
    let done = match arguments.as_slice() {
        ["--demo"] => demo(out).await,
        [issuer, key, installation] => show(issuer, key, installation, &api_url, out).await,
        [issuer, key, installation, base_url] => show(issuer, key, installation, base_url, out).await,
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

/// Requests a token and prints its expiry and permissions.
async fn show(issuer: &str, key: &str, id: &str, base_url: &str, out: &mut impl Write) -> Result<(), Failed> {
    let id = id.parse().map_err(|_| format!("`{id}` is not the id of an installation"))?;
    let app = App::builder(issuer, AppKey::from_file(key)?).base_url(base_url).build()?;
    let token = app.installation(id).token(Duration::from_secs(600)).await?;
    let granted: Vec<String> = token
        .permissions()
        .into_iter()
        .flat_map(|all| all.iter())
        .map(|(name, level)| format!("{name}: {level}"))
        .collect();
    writeln!(out, "a token of installation {id}")?;
    writeln!(out, "  until         {}", token.expires_at())?;
    writeln!(out, "  permissions   {}", if granted.is_empty() { String::from("none") } else { granted.join(", ") })?;
    Ok(())
}

/// Requests a token from a server within this process.
pub(crate) async fn demo(out: &mut impl Write) -> Result<(), Failed> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let base_url = format!("http://{}", listener.local_addr()?);
    let router = Router::new().route("/app/installations/{id}/access_tokens", post(token));
    tokio::spawn(async move { axum::serve(listener, router).await });
    let file = KeyFile::write()?;
    writeln!(out, "asking {base_url}, a server within this process\n")?;
    show("Iv23liExample", &file.0.display().to_string(), "1", &base_url, out).await
}

/// A file with a key for this demo only. It is deleted when the value is dropped.
struct KeyFile(PathBuf);

impl KeyFile {
    fn write() -> Result<Self, Failed> {
        let key = KeyPair::generate(KeySize::Rsa2048).map_err(|_| "the key can't be made")?;
        let der = BASE64_STANDARD.encode(key.as_der().map_err(|_| "the key can't be made")?.as_ref());
        let path = std::env::temp_dir().join(format!("github-apps-demo-{}.pem", std::process::id()));
        fs::write(&path, format!("-----BEGIN PRIVATE KEY-----\n{der}\n-----END PRIVATE KEY-----\n"))?;
        Ok(Self(path))
    }
}

impl Drop for KeyFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// Answers with the documented example, an hour before it expires. The app uses the server's clock.
async fn token(Path(_id): Path<i64>, headers: HeaderMap) -> Response {
    let date = (header::DATE, "Mon, 11 Jul 2016 21:14:10 GMT");
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_jwt = given.strip_prefix("Bearer ").is_some_and(|token| token.split('.').count() == 3);
    if !is_jwt {
        return (StatusCode::UNAUTHORIZED, [date], r#"{"message":"Bad credentials"}"#).into_response();
    }
    let json = (header::CONTENT_TYPE, "application/json; charset=utf-8");
    (StatusCode::CREATED, [date, json], include_str!("demo/token.json")).into_response()
}
