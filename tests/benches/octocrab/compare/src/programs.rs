//! Runs the programs of both against a server on loopback that answers with the documented examples.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;

use crate::Failed;
use crate::cases::Example;

/// The programs, and the name of the event that each is given; a program of an event asks no server.
const PROGRAMS: [(&str, Option<&str>); 5] = [
    ("app", None),
    ("installations", None),
    ("token", None),
    ("repositories", None),
    ("delivery", Some("pull_request")),
];

/// The response of the server.
const ROUTES: [(&str, &str); 4] = [
    ("GET /app", "apps/get-authenticated 200"),
    ("GET /app/installations", "apps/list-installations 200"),
    ("POST /app/installations/1/access_tokens", "apps/create-installation-access-token 201"),
    ("GET /installation/repositories", "apps/list-repos-accessible-to-installation 200"),
];

/// Prints the output of each program of both sides.
pub fn run(examples: &[Example], deliveries: &[(String, String)], folders: [&Path; 2]) -> Result<(), Failed> {
    let body = |id: &str| examples.iter().find(|example| example.case.id == id).map(|example| example.json.clone());
    let routes: Vec<(String, String)> =
        ROUTES.iter().filter_map(|(route, id)| Some(((*route).to_owned(), body(id)?))).collect();
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    let routes = Arc::new(routes);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let routes = Arc::clone(&routes);
            thread::spawn(move || answer(&stream, &routes));
        }
    });
    for (program, event) in PROGRAMS {
        let opened = |(name, json): &&(String, String)| Some(name.as_str()) == event && json.contains("\"opened\"");
        let delivery = deliveries.iter().find(opened).map_or("", |(_, json)| json);
        let said = folders.map(|folder| said(&folder.join(program), &url, event.unwrap_or_default(), delivery));
        println!("program\t{program}\t{}\t{}", said[0], said[1]);
    }
    Ok(())
}

/// Returns the output of a program on one line.
fn said(program: &Path, url: &str, event: &str, delivery: &str) -> String {
    let run = || -> Result<String, Failed> {
        let mut child = Command::new(program)
            .env("GITHUB_URL", url)
            .env("GITHUB_APP_JWT", "a.b.c")
            .env("GITHUB_EVENT", event)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            // A program that reads nothing may be gone already.
            let _ = stdin.write_all(delivery.as_bytes());
        }
        let done = child.wait_with_output()?;
        let text = if done.status.success() { done.stdout } else { [b"fails: ".to_vec(), done.stderr].concat() };
        Ok(String::from_utf8_lossy(&text).trim().replace(['\n', '\t'], " "))
    };
    run().unwrap_or_else(|error| format!("can't be run: {error}"))
}

/// Answers one request by its route without the query.
fn answer(mut stream: &TcpStream, routes: &[(String, String)]) {
    let mut reader = BufReader::new(stream);
    let (mut line, mut length) = (String::new(), 0);
    if reader.read_line(&mut line).is_err() {
        return;
    }
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header).is_err() || header.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = header.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let _ = reader.read_exact(&mut vec![0; length]);
    let route = line.split([' ', '?']).take(2).collect::<Vec<_>>().join(" ");
    let (status, body) = match routes.iter().find(|(known, _)| *known == route) {
        Some((_, body)) if route.starts_with("POST") => ("201 Created", body.as_str()),
        Some((_, body)) => ("200 OK", body.as_str()),
        None => ("404 Not Found", "{\"message\":\"Not Found\"}"),
    };
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
    );
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
}
