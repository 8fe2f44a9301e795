//! Receives the webhook of an app, and logs its deliveries.
//!
//! ```text
//! cargo run -p github-apps --features axum --example webhook_server -- --demo
//! GITHUB_WEBHOOK_SECRET=… cargo run -p github-apps --features axum --example webhook_server -- 127.0.0.1:3000
//! ```
//!
//! With `--demo`, it delivers to itself: a ping, the same ping again, a ping with a changed byte, and an unknown event.

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use axum::Router;
use axum::routing::post;
use github_apps::webhook::{Delivery, Receiver, sign};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const USAGE: &str = "usage: webhook_server --demo
       GITHUB_WEBHOOK_SECRET=SECRET webhook_server ADDRESS

Receives deliveries at http://ADDRESS/webhook and logs their events. --demo
delivers to itself on loopback.";

type Failed = Box<dyn Error>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match (arguments.as_slice(), std::env::var("GITHUB_WEBHOOK_SECRET")) {
        (["--demo"], _) => demo(&mut io::stdout()).await,
        ([address], Ok(secret)) if !address.starts_with('-') && !secret.is_empty() => run(address, secret).await,
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    let Err(error) = done else { return ExitCode::SUCCESS };
    eprintln!("error: {error}");
    ExitCode::FAILURE
}

async fn run(address: &str, secret: String) -> Result<(), Failed> {
    let listener = TcpListener::bind(address).await?;
    println!("listening on http://{}/webhook", listener.local_addr()?);
    Ok(axum::serve(listener, router(secret, |line| println!("{line}"))).await?)
}

fn router(secret: String, log: fn(&str)) -> Router {
    // The returned text is the body of the response, which GitHub shows beside the delivery.
    let handle = async move |delivery: Delivery| {
        let line = line(&delivery);
        log(&line);
        line
    };
    Router::new().route("/webhook", post(handle)).with_state(Receiver::new(secret))
}

/// Describes a delivery in a line.
fn line(delivery: &Delivery) -> String {
    let action = delivery.event.envelope().ok().and_then(|envelope| envelope.action);
    let action = action.map(|action| format!(" {action}")).unwrap_or_default();
    let again = if delivery.is_repeated { ", which was here before" } else { "" };
    format!("{}{action}{again}", delivery.event.name())
}

/// Delivers to a server within this process.
pub(crate) async fn demo(out: &mut impl Write) -> Result<(), Failed> {
    const SECRET: &str = "It's a Secret to Everybody";
    const PING: &str = r#"{"zen":"Keep it logically awesome.","hook_id":1}"#;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?.to_string();
    tokio::spawn(async move { axum::serve(listener, router(SECRET.to_owned(), |_| {})).await });
    writeln!(out, "delivering to http://{address}/webhook\n")?;
    let changed = PING.replace('1', "2");
    let tomorrow = r#"{"action":"hatched"}"#;
    for (what, id, event, body, signature) in [
        ("a ping", "1", "ping", PING, sign(SECRET, PING.as_bytes())),
        ("the same again", "1", "ping", PING, sign(SECRET, PING.as_bytes())),
        ("a changed byte", "2", "ping", &changed, sign(SECRET, PING.as_bytes())),
        ("an event of tomorrow", "3", "egg", tomorrow, sign(SECRET, tomorrow.as_bytes())),
    ] {
        let request = format!(
            "POST /webhook HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-length: {}\r\n\
             x-github-delivery: {id}\r\nx-github-event: {event}\r\nx-hub-signature-256: {signature}\r\n\r\n{body}",
            body.len()
        );
        let mut connection = TcpStream::connect(&address).await?;
        connection.write_all(request.as_bytes()).await?;
        let mut response = String::new();
        connection.read_to_string(&mut response).await?;
        let (head, body) = response.split_once("\r\n\r\n").ok_or("the server gave no response")?;
        let status = head.split(' ').nth(1).unwrap_or_default();
        writeln!(out, "{what:22}{status} {body}")?;
    }
    Ok(())
}
