//! A receiver behind axum, on loopback: its responses, and that under load no delivery is lost or handled twice.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::extract::{FromRef, State};
use axum::routing::post;
use axum::{Extension, Router};
use github_apps::webhook::{Delivery, ReceiveLayer, Receiver, sign};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::{PING, SECRET};

#[derive(Clone)]
struct Server {
    receiver: Receiver,
    /// How often each delivery was handled.
    handled: Arc<Mutex<BTreeMap<String, usize>>>,
}

impl FromRef<Server> for Receiver {
    fn from_ref(server: &Server) -> Self {
        server.receiver.clone()
    }
}

async fn handle(State(server): State<Server>, delivery: Delivery) {
    if !delivery.is_repeated {
        *server.handled.lock().unwrap().entry(delivery.id).or_default() += 1;
    }
}

async fn serve() -> (String, Server) {
    let server = Server { receiver: Receiver::new(SECRET).body_limit(1000), handled: Arc::default() };
    let router = Router::new().route("/webhook", post(handle)).with_state(server.clone());
    (listen(router).await, server)
}

/// The same by the layer.
async fn serve_by_layer() -> (String, Server) {
    let server = Server { receiver: Receiver::new(SECRET).body_limit(1000), handled: Arc::default() };
    let handle = async |server: State<Server>, Extension(delivery): Extension<Delivery>, body: String| {
        assert_eq!(body, PING);
        handle(server, delivery).await;
    };
    let layer = ReceiveLayer::new(server.receiver.clone());
    let router = Router::new().route("/webhook", post(handle)).with_state(server.clone()).layer(layer);
    (listen(router).await, server)
}

/// Serves with the layer and the extractor behind it.
async fn serve_by_both() -> (String, Server) {
    let server = Server { receiver: Receiver::new(SECRET).body_limit(1000), handled: Arc::default() };
    let layer = ReceiveLayer::new(server.receiver.clone());
    let router = Router::new().route("/webhook", post(handle)).with_state(server.clone()).layer(layer);
    (listen(router).await, server)
}

async fn listen(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// Sends a delivery over a connection that stays open, and gives the status and the body of the answer.
async fn deliver(connection: &mut TcpStream, id: &str, signature: &str, body: &str) -> (u16, String) {
    let request = format!(
        "POST /webhook HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
         x-github-delivery: {id}\r\nx-github-event: ping\r\nx-hub-signature-256: {signature}\r\n\r\n{body}",
        body.len()
    );
    connection.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    loop {
        let mut some = [0; 1024];
        let count = connection.read(&mut some).await.unwrap();
        assert!(count > 0, "the connection was closed: {}", String::from_utf8_lossy(&answer));
        answer.extend_from_slice(&some[..count]);
        let text = String::from_utf8_lossy(&answer);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length =
            head.lines().find_map(|line| line.strip_prefix("content-length: ")).map_or(0, |n| n.parse().unwrap());
        if body.len() >= length {
            return (head[9..12].parse().unwrap(), body.to_owned());
        }
    }
}

#[tokio::test]
async fn it_is_answered_what_is_wrong() {
    answers(serve().await).await;
    answers(serve_by_layer().await).await;
    answers(serve_by_both().await).await;
}

async fn answers((address, server): (String, Server)) {
    let signature = sign(SECRET, PING.as_bytes());
    let large = " ".repeat(1001);
    for (id, signature, body, status, said) in [
        ("1", signature.as_str(), PING, 200, ""),
        ("2", &signature, "{}", 401, "the signature does not match the body and the secret"),
        ("3", &sign(SECRET, large.as_bytes()), &large, 413, "the body is larger than 1000 bytes"),
        ("1", &signature, PING, 200, ""),
    ] {
        let mut connection = TcpStream::connect(&address).await.unwrap();
        assert_eq!(deliver(&mut connection, id, signature, body).await, (status, said.to_owned()), "{id}");
    }
    assert_eq!(*server.handled.lock().unwrap(), BTreeMap::from([(String::from("1"), 1)]));
}

/// A request that its headers disqualify is answered before its body is read.
#[tokio::test]
async fn who_is_not_let_in_is_not_read() {
    let signature = format!("x-hub-signature-256: {}\r\n", sign(SECRET, PING.as_bytes()));
    for (address, _) in [serve().await, serve_by_layer().await] {
        for (head, length, status) in
            [("", 500, 401), ("x-hub-signature-256: sha256=\r\n", 500, 401), (&signature, 1001, 413)]
        {
            let mut connection = TcpStream::connect(&address).await.unwrap();
            let request = format!(
                "POST /webhook HTTP/1.1\r\nhost: localhost\r\ncontent-length: {length}\r\nx-github-delivery: 1\r\n\
                 x-github-event: ping\r\n{head}\r\n"
            );
            connection.write_all(request.as_bytes()).await.unwrap();
            let mut answer = [0; 12];
            let answered = tokio::time::timeout(Duration::from_secs(10), connection.read_exact(&mut answer)).await;
            answered.expect("the body is waited for").unwrap();
            assert_eq!(String::from_utf8_lossy(&answer), format!("HTTP/1.1 {status}"), "{head}");
        }
    }
}

/// A hundred connections, each of which sends each of its deliveries twice. `WEBHOOK_LOAD` says how many there are.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn under_load_none_is_lost_and_none_handled_twice() {
    const CONNECTIONS: usize = 100;
    let count: usize = std::env::var("WEBHOOK_LOAD").map_or(2_000, |count| count.parse().unwrap());
    let (address, server) = serve().await;
    let begun = Instant::now();
    let connections: Vec<_> = (0..CONNECTIONS)
        .map(|connection| {
            let address = address.clone();
            tokio::spawn(async move {
                let mut stream = TcpStream::connect(&address).await.unwrap();
                let mut times = Vec::new();
                for number in (connection..count).step_by(CONNECTIONS) {
                    let body = format!(r#"{{"zen":"Keep it logically awesome.","hook_id":{number}}}"#);
                    let signature = sign(SECRET, body.as_bytes());
                    for _ in 0..2 {
                        let sent = Instant::now();
                        let answer = deliver(&mut stream, &format!("id-{number}"), &signature, &body).await;
                        times.push(sent.elapsed());
                        assert_eq!(answer, (200, String::new()));
                    }
                }
                times
            })
        })
        .collect();
    let mut times: Vec<Duration> = Vec::new();
    for connection in connections {
        times.extend(connection.await.unwrap());
    }
    times.sort();
    let handled = server.handled.lock().unwrap();
    assert_eq!(handled.len(), count, "some were lost");
    assert!(handled.values().all(|times| *times == 1), "some were handled twice");
    let memory = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let memory = memory.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("?").trim().to_owned();
    let (all, p99) = (begun.elapsed(), times[times.len() * 99 / 100]);
    println!("{count} deliveries twice over {CONNECTIONS} connections: {all:.1?}, p99 {p99:.1?}, at most {memory}");
}
