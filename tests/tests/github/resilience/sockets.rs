//! Over real sockets, against a server that misbehaves on demand. No test asserts how long anything takes.

use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use octogen_runtime::client::{
    Body, Client, ClientBuilder, Credential, CredentialSource, ProvideFuture, Provided, SourcedCredential, Timeout,
};
use octogen_runtime::layers::{Resend, Resilience};
use octogen_runtime::{DecodeError, Method, Operation, OperationInfo, Request, Secret};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::{Get, Post, TOKEN, Token, text};

/// The server's reaction to a request.
#[derive(Clone)]
enum Act {
    /// These bytes, and the end of the connection.
    Say(Vec<u8>),
    /// These bytes, and the connection is reset.
    Reset(Vec<u8>),
    /// These bytes, and then one byte now and then, for ever.
    Trickle(Vec<u8>),
}

/// A server with the requests that it got. After the list of its faults, all responses are successful.
#[derive(Clone)]
struct Server {
    base: String,
    got: Arc<Mutex<Vec<String>>>,
}

impl Server {
    async fn new(acts: impl IntoIterator<Item = Act>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let server = Self { base, got: Arc::default() };
        let (got, mut acts) = (Arc::clone(&server.got), acts.into_iter().collect::<Vec<_>>().into_iter());
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let act = acts.next().unwrap_or_else(|| say(200, &[], b"{}"));
                tokio::spawn(act_on(socket, act, Arc::clone(&got)));
            }
        });
        server
    }

    fn got(&self) -> Vec<String> {
        self.got.lock().unwrap().clone()
    }

    fn builder(&self, resilience: Resilience) -> ClientBuilder {
        let short = resilience.back_off(Duration::from_millis(1), Duration::from_millis(2));
        let builder = Client::builder().base_url(&self.base).layer(short);
        builder.credentials([Credential::bearer("s3cret")])
    }

    fn client(&self) -> Client {
        self.builder(Resilience::new()).build().unwrap()
    }
}

async fn act_on(mut socket: TcpStream, act: Act, got: Arc<Mutex<Vec<String>>>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match socket.read_u8().await {
            Ok(byte) => head.push(byte),
            // A connection that was never used.
            Err(_) => return,
        }
    }
    got.lock().unwrap().push(String::from_utf8(head).unwrap().to_ascii_lowercase());
    match act {
        Act::Say(bytes) => {
            // A client that has enough may go away before the end.
            let _ = socket.write_all(&bytes).await;
        }
        Act::Reset(bytes) => {
            socket.write_all(&bytes).await.unwrap();
            // The written bytes arrive before the reset.
            tokio::time::sleep(Duration::from_millis(20)).await;
            socket.set_zero_linger().unwrap();
        }
        Act::Trickle(bytes) => {
            socket.write_all(&bytes).await.unwrap();
            while socket.write_all(b" ").await.is_ok() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
    }
}

fn head(status: u16, headers: &[(&str, &str)], length: usize) -> String {
    let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    format!("HTTP/1.1 {status} Said\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n")
}

fn say(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Act {
    Act::Say([head(status, headers, body.len()).as_bytes(), body].concat())
}

#[tokio::test]
async fn a_502_with_html() {
    let bad = say(502, &[("content-type", "text/html")], b"<html><h1>502 Bad Gateway</h1>");
    let server = Server::new([bad.clone(), bad.clone()]).await;
    assert_eq!(text(&server.client().send(Get).await.unwrap()), "{}");
    assert_eq!(server.got().len(), 3);

    let server = Server::new([bad]).await;
    let error = server.client().send(Post).await.unwrap_err();
    assert_eq!((error.status().map(|status| status.as_u16()), server.got().len()), (Some(502), 1));
    assert!(error.body().starts_with(b"<html>") && error.is_status());
}

#[tokio::test]
async fn a_reset_in_the_middle_of_a_body() {
    let reset = Act::Reset([head(200, &[("x-request-id", "7")], 100).as_bytes(), b"{\"a\":"].concat());
    let before = Act::Reset(Vec::new());
    let server = Server::new([reset.clone(), before.clone()]).await;
    assert_eq!(text(&server.client().send(Get).await.unwrap()), "{}");
    assert_eq!(server.got().len(), 3);

    let server = Server::new([reset, before]).await;
    let error = server.client().send(Post).await.unwrap_err();
    assert!(error.is_transport() && server.got().len() == 1, "{error:?}");
    assert_eq!((error.request_id(), error.body()), (Some("7"), b"{\"a\":".as_slice()));
    let error = server.client().send(Post).await.unwrap_err();
    assert!(error.is_transport() && error.status().is_none() && server.got().len() == 2, "{error:?}");
}

#[tokio::test]
async fn a_slow_body_against_the_deadline() {
    let slow = Act::Trickle(head(200, &[], 1_000_000).into_bytes());
    let server = Server::new(vec![slow; 9]).await;
    let deadline = Resilience::new().deadline(Duration::from_millis(300));
    let error = server.builder(deadline.clone()).build().unwrap().send(Get).await.unwrap_err();
    assert!(error.is_timeout() && server.got().len() == 1, "{error:?}");

    // With a shorter timeout there is time for more attempts.
    let client = server.builder(deadline).timeout(Duration::from_millis(50)).build().unwrap();
    let error = client.send(Get).await.unwrap_err();
    let sent = server.got().len();
    assert!(error.is_timeout() && sent > 2, "{error:?}");

    // For some requests the client's timeout may be another one.
    let error = client.with_extension(Timeout(Duration::from_secs(60))).send(Get).await.unwrap_err();
    assert!(error.is_timeout() && server.got().len() == sent + 1, "{error:?}");
}

/// An incomplete response does not count: no redirect is followed, no credential is renewed, and no status is reported.
#[tokio::test]
async fn nothing_is_begun_behind_the_deadline() {
    for (status, headers) in [(200, vec![]), (302, vec![("location", "/further")]), (401, vec![]), (503, vec![])] {
        let server = Server::new([Act::Trickle(head(status, &headers, 1_000_000).into_bytes())]).await;
        let renewed = Arc::new(AtomicUsize::new(0));
        let source = SourcedCredential::<Token>::new(Renewing(Arc::clone(&renewed)));
        let builder = server.builder(Resilience::new().deadline(Duration::from_millis(100)));
        let error = builder.credentials([source.into()]).build().unwrap().send(Get).await.unwrap_err();
        assert!(error.is_timeout() && error.status().is_none() && server.got().len() == 1, "{status}: {error:?}");
        assert_eq!(renewed.load(Ordering::SeqCst), 0, "{status}");
    }
}

/// The number of calls for another token.
struct Renewing(Arc<AtomicUsize>);

impl CredentialSource for Renewing {
    fn provide(&self) -> ProvideFuture<'_> {
        Box::pin(async { Ok(Provided::new("s3cret")) })
    }

    fn renew<'a>(&'a self, _refused: &'a Secret) -> ProvideFuture<'a> {
        self.0.fetch_add(1, Ordering::SeqCst);
        self.provide()
    }
}

/// A layer may send a request elsewhere; it goes there as often as it is sent.
#[tokio::test]
async fn a_layer_leads_elsewhere() {
    let cases = [(true, "/elsewhere?a=b"), (false, "/elsewhere?a=b"), (false, "//127.0.0.2/elsewhere")];
    for (is_within, (is_whole, path)) in [false, true].into_iter().flat_map(|within| cases.map(|case| (within, case))) {
        let server = Server::new([say(503, &[], b"{}")]).await;
        let uri = if is_whole { format!("{}{path}", server.base) } else { path.to_owned() };
        let (builder, wanted) = (Client::builder().base_url(&server.base), format!("get {path} http/1.1"));
        let elsewhere = tower::util::MapRequestLayer::new(move |mut request: http::Request<Body>| {
            *request.uri_mut() = uri.parse().unwrap();
            request
        });
        let builder = if is_within { builder.layer(elsewhere.clone()) } else { builder };
        let builder = builder.layer(Resilience::new().back_off(Duration::from_millis(1), Duration::from_millis(2)));
        let builder = if is_within { builder } else { builder.layer(elsewhere) };
        builder.build().unwrap().send(Get).await.unwrap();
        let got = server.got();
        assert!(got.len() == 2 && got.iter().all(|got| got.starts_with(&wanted)), "{got:?}");
    }
}

#[tokio::test]
async fn a_429_with_and_without_headers() {
    let secondary = b"{\"message\":\"You have exceeded a secondary rate limit\"}";
    let server = Server::new([say(429, &[("retry-after", "0")], b"{}"), say(429, &[], b"")]).await;
    server.client().send(Get).await.unwrap();
    assert_eq!(server.got().len(), 3);

    for (act, sent) in
        [(say(429, &[], b""), 2), (say(403, &[("retry-after", "0")], secondary), 2), (say(403, &[], secondary), 1)]
    {
        let server = Server::new([act]).await;
        let refused = Resilience::new().resend(Resend::Refused).deadline(Duration::from_secs(30));
        let result = server.builder(refused).build().unwrap().send(Post).await;
        // Without a header, GitHub asks for a minute, which is after the deadline.
        assert_eq!((server.got().len(), result.is_ok()), (sent, sent == 2));
        assert!(result.err().is_none_or(|error| error.is_limited()));
    }
}

#[tokio::test]
async fn nobody_listens_at_first() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let server = Server { base: format!("http://{address}"), got: Arc::default() };
    let (got, client) = (Arc::clone(&server.got), server.builder(Resilience::new().attempts(100)).build().unwrap());
    let post = tokio::spawn(async move { client.send(Post).await });
    tokio::time::sleep(Duration::from_millis(50)).await;
    let listener = TcpListener::bind(address).await.unwrap();
    let (socket, _) = listener.accept().await.unwrap();
    act_on(socket, say(200, &[], b"{}"), got).await;
    post.await.unwrap().unwrap();
    assert_eq!(server.got().len(), 1, "a POST that met with no connection was not sent");
}

/// Neither a redirect nor the next page takes the credential to another host, however often it is tried.
#[tokio::test]
async fn another_host_gets_nothing() {
    let other = Server::new([]).await;
    let elsewhere = format!("{}/things", other.base);
    let server = Server::new(vec![say(302, &[("location", &elsewhere)], b""); 4]).await;
    let error = server.client().send(Get).await.unwrap_err();
    assert!(error.is_redirect() && server.got().len() == 1, "{error:?}");
    assert!(server.got()[0].contains("authorization: bearer s3cret"));

    let link = format!("<{elsewhere}?page=2>; rel=\"next\"");
    let server = Server::new([say(200, &[("link", &link)], b"[]")]).await;
    let mut pages = server.client().pages(Get);
    pages.try_next().await.unwrap();
    assert!(pages.try_next().await.unwrap_err().is_page());
    assert!(server.client().pages_from(Get, &elsewhere).try_next().await.unwrap_err().is_page());
    assert!(other.got().is_empty());
}

#[tokio::test]
async fn a_bomb_in_gzip() {
    let packed = |content: &[u8]| {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(content).unwrap();
        packer.finish().unwrap()
    };
    let (zeros, small) = (packed(&vec![b' '; 50_000_000]), packed(b"{\"a\":1}"));
    assert!(zeros.len() < 100_000);
    let encoded = [("content-encoding", "gzip")];
    let server = Server::new([say(200, &encoded, &zeros), say(200, &encoded, &small)]).await;
    for resilience in [Resilience::new(), Resilience::new()] {
        let client = server.builder(resilience).body_limit(1_000_000).build().unwrap();
        match client.send(Get).await {
            Ok(value) => assert_eq!(text(&value), "{\"a\":1}"),
            Err(error) => assert!(error.is_too_large() && server.got().len() == 1, "{error:?}"),
        }
    }
    assert_eq!(server.got().len(), 2, "what is too large is not asked for again");
    assert!(server.got()[0].contains("accept-encoding: gzip"));
}

/// Lists numbers.
struct Numbers;

impl Operation for Numbers {
    type Output = Vec<i64>;
    type Failure = ();

    const INFO: OperationInfo = {
        let mut info = OperationInfo::new("numbers", Method::Get, "/numbers");
        info.credentials = &[&[TOKEN]];
        info
    };

    fn write(&self, _request: &mut Request) {}
}

/// It came whole, so that asking again is no use.
#[tokio::test]
async fn json_that_ends_too_early() {
    let server = Server::new([say(200, &[], b"[1,22,")]).await;
    let error = server.client().send(Numbers).await.unwrap_err();
    assert!(error.is_decode() && server.got().len() == 1, "{error:?}");
    assert_eq!(error.decode_error().map(DecodeError::path).as_deref(), Some("$[2]"));
    assert!(error.to_string().contains("at $[2] (byte 6)"), "{error}");
}
