//! Over real sockets, with the transport that a client has by itself.

use std::error::Error as _;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use bytes::Bytes;
use github_apps::apps::endpoints::{GetApp, ListInstallations};
use github_apps::apps_2017::endpoints::ListUserInstallations;
use github_apps::apps_2017::security::UserTokenQuery;
use github_apps::client::{Client, ClientBuilder, github, reqwest};
use http_body::Frame;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::{JWT, app};

/// Serves until the test ends, and gives the address.
pub(super) async fn serve(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

/// Answers every connection with these bytes, and closes it or leaves it open.
async fn serve_bytes(bytes: &'static [u8], close: bool) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok((mut socket, _)) = listener.accept().await {
            let _ = socket.read(&mut [0; 4096]).await;
            let _ = socket.write_all(bytes).await;
            if !close {
                open.push(socket);
            }
        }
    });
    format!("http://{address}")
}

fn client(base: &str) -> ClientBuilder {
    github().base_url(base).credential(app()).timeout(Duration::from_secs(10))
}

fn built(base: &str) -> Client {
    client(base).build().unwrap()
}

#[tokio::test]
async fn pages_over_a_socket() {
    async fn installations(Query(query): Query<Vec<(String, String)>>, headers: HeaderMap) -> impl IntoResponse {
        let page = query.iter().find(|(name, _)| name == "page").map_or("1", |(_, page)| page);
        let known = headers[header::AUTHORIZATION] == format!("Bearer {JWT}")
            && headers["x-github-api-version"] == "2022-11-28";
        let host = headers[header::HOST].to_str().unwrap();
        match (known, page) {
            (false, _) => (StatusCode::UNAUTHORIZED, HeaderMap::new(), "{}"),
            (true, "1") => {
                let link = format!("<http://{host}/app/installations?page=2>; rel=\"next\"");
                (StatusCode::OK, HeaderMap::from_iter([(header::LINK, link.parse().unwrap())]), "[]")
            }
            _ => (StatusCode::OK, HeaderMap::new(), "[ ]"),
        }
    }
    let base = serve(Router::new().route("/app/installations", get(installations))).await;
    let mut pages = built(&base).pages(ListInstallations::new());
    let mut count = 0;
    while pages.try_next().await.unwrap().is_some() {
        count += 1;
    }
    assert_eq!(count, 2);
}

#[tokio::test]
async fn settings_of_reqwest_apply_and_change_no_rule() {
    let other = serve(Router::new().fallback(|| async { StatusCode::IM_A_TEAPOT })).await;
    let to = format!("{other}/app");
    let base = serve(Router::new().route("/app", get(move || async move { Redirect::temporary(&to) }))).await;
    let address: std::net::SocketAddr = base.trim_start_matches("http://").parse().unwrap();
    let base = format!("http://billing:{}", address.port());
    let built = |hosts: &[&str]| {
        let builder = client(&base).allow_plain_http(hosts.iter().copied());
        let configure = |http: reqwest::ClientBuilder| {
            http.resolve("billing", address).redirect(reqwest::redirect::Policy::limited(5))
        };
        builder.build_with_reqwest(configure).unwrap()
    };
    // Without the name of the host, nothing is sent.
    let error = built(&["other"]).send(GetApp::new()).await.unwrap_err();
    assert!(error.is_credential() && error.to_string().contains("`ClientBuilder::allow_plain_http`"), "{error}");
    let error = built(&["billing"]).send(GetApp::new()).await.unwrap_err();
    assert!(error.is_redirect() && error.to_string().contains(&other), "{error}");
}

/// The proxy receives the host and port of a tunnel, and no credential.
#[tokio::test]
async fn a_proxy_of_reqwest_tunnels_requests_with_tls() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let proxy = format!("http://{}", listener.local_addr().unwrap());
    let refusal = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(socket.read_u8().await.unwrap());
        }
        socket.write_all(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n").await.unwrap();
        String::from_utf8(head).unwrap()
    });
    let builder = client("https://billing.invalid");
    let built = builder.build_with_reqwest(|http| http.proxy(reqwest::Proxy::all(&proxy).unwrap())).unwrap();
    built.send(GetApp::new()).await.unwrap_err();
    let head = tokio::time::timeout(Duration::from_secs(10), refusal).await.unwrap().unwrap();
    assert!(head.starts_with("CONNECT billing.invalid:443 HTTP/1.1\r\n"), "{head}");
    assert!(!head.contains(JWT) && !head.to_ascii_lowercase().contains("\nauthorization:"), "{head}");
}

#[tokio::test]
async fn a_redirect_to_another_host_is_not_followed() {
    let other = serve(Router::new().fallback(|| async { StatusCode::IM_A_TEAPOT })).await;
    let to = format!("{other}/app");
    let base = serve(Router::new().route("/app", get(move || async move { Redirect::temporary(&to) }))).await;
    let error = built(&base).send(GetApp::new()).await.unwrap_err();
    assert!(error.is_redirect() && error.to_string().contains(&other), "{error}");
}

#[tokio::test]
async fn an_endless_body_is_cut() {
    struct Endless;

    impl http_body::Body for Endless {
        type Data = Bytes;
        type Error = std::convert::Infallible;

        fn poll_frame(
            self: std::pin::Pin<&mut Self>,
            _context: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
            std::task::Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(&[b' '; 4096])))))
        }
    }

    let base = serve(Router::new().route("/app", get(|| async { Body::new(Endless) }))).await;
    let error = client(&base).body_limit(1_000_000).build().unwrap().send(GetApp::new()).await.unwrap_err();
    assert!(error.is_too_large(), "{error:?}");
    assert_eq!((error.body().len(), error.status()), (64 * 1024, Some(StatusCode::OK)));
    assert_eq!(error.to_string(), "get-app: the body of the response is longer than the limit of 1000000 bytes");
}

#[tokio::test]
async fn what_a_server_may_do_to_a_response() {
    let cut = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\nx-request-id: 7\r\n\r\n{\"id\":1";
    let error = built(&serve_bytes(cut, true).await).send(GetApp::new()).await.unwrap_err();
    assert!(error.is_transport(), "{error:?}");
    assert_eq!((error.status(), error.request_id()), (Some(StatusCode::OK), Some("7")));
    assert_eq!(error.body(), b"{\"id\":1");

    let whole = b"HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\n{\"id\":1";
    let error = built(&serve_bytes(whole, true).await).send(GetApp::new()).await.unwrap_err();
    assert!(error.is_decode(), "{error:?}");

    let error = built(&serve_bytes(b"SSH-2.0-OpenSSH_9.6\r\n", true).await).send(GetApp::new()).await.unwrap_err();
    assert!(error.is_transport() && error.status().is_none(), "{error:?}");

    for silent in [b"".as_slice(), b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"] {
        let base = serve_bytes(silent, false).await;
        let start = Instant::now();
        let client = client(&base).timeout(Duration::from_millis(200)).build().unwrap();
        let error = client.send(GetApp::new()).await.unwrap_err();
        assert!(error.is_timeout() && start.elapsed() < Duration::from_secs(5), "{error:?}");
    }
}

#[tokio::test]
async fn futures_and_streams_may_change_threads() {
    fn movable<T: Send + 'static>(value: T) -> T {
        value
    }
    let router = Router::new().route("/app/installations", get(|| async { "[]" }));
    let client = built(&serve(router).await);
    let sending = client.clone();
    let sent = tokio::spawn(movable(async move { sending.send(ListInstallations::new()).await }));
    assert!(sent.await.unwrap().unwrap().is_empty());
    let mut items = movable(client.pages(ListInstallations::new()).items());
    assert!(tokio::spawn(async move { items.try_next().await }).await.unwrap().unwrap().is_none());
}

#[tokio::test]
async fn nobody_listens() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = built(&base).send(GetApp::new()).await.unwrap_err();
    assert!(error.is_connect() && error.source().is_some(), "{error:?}");
    assert_eq!(error.to_string(), "get-app: there is no connection to the server");

    // The transport's error contains the whole URL, unless the client removes it.
    let client = client(&base).credentials([UserTokenQuery::new("s3cret").into()]).build().unwrap();
    let error = client.send(ListUserInstallations::new()).await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    let mut printed = format!("{error:?} {error:#?}");
    let mut cause = error.source();
    while let Some(error) = cause {
        printed += &format!(" {error} {error:?}");
        cause = error.source();
    }
    assert!(!printed.contains("s3cret"), "{printed}");
}

#[tokio::test]
async fn a_server_within_the_process_needs_no_socket() {
    let router = Router::new().route("/app/installations", get(|| async { "[]" }));
    let client = github().credential(app()).build_over(tower::ServiceExt::<http::Request<Body>>::map_request(
        router,
        |request: http::Request<github_apps::client::Body>| request.map(Body::new),
    ));
    assert!(client.unwrap().send(ListInstallations::new()).await.unwrap().is_empty());
}
