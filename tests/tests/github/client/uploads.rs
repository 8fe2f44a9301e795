//! Forms, multipart bodies and streams over real sockets.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use axum::Router;
use axum::body::Bytes;
use axum::extract::Request;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING};
use axum::http::{HeaderMap, StatusCode};
use github_apps::client::{Body, Client};
use octogen_runtime::Blob;
use tests::emitted::forms::endpoints::{Image, Render, Token, Upload};
use tests::emitted::forms::models::{Grant, Upload as Parts};
use tests::emitted::servers::endpoints::Thing;
use tokio::sync::oneshot;

use super::sockets::serve;

/// A stream with some parts that are ready and others that are awaited.
struct Chunks {
    ready: VecDeque<&'static str>,
    then: Option<Pin<Box<dyn Future<Output = &'static str> + Send>>>,
}

impl Chunks {
    fn of(chunks: &[&'static str]) -> Self {
        Self { ready: chunks.iter().copied().collect(), then: None }
    }
}

impl futures_core::Stream for Chunks {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(chunk) = self.ready.pop_front() {
            return Poll::Ready(Some(Ok(Bytes::from(chunk))));
        }
        let Some(then) = &mut self.then else { return Poll::Ready(None) };
        let chunk = std::task::ready!(then.as_mut().poll(context));
        self.then = None;
        Poll::Ready(Some(Ok(Bytes::from(chunk))))
    }
}

type Got = Arc<Mutex<Vec<(HeaderMap, Vec<u8>)>>>;

/// A server that records requests, and a client for it.
async fn keeper() -> (Client, Got) {
    let got = Got::default();
    let kept = Arc::clone(&got);
    let router = Router::new().fallback(move |headers: HeaderMap, body: Bytes| async move {
        kept.lock().unwrap().push((headers, body.to_vec()));
        StatusCode::NO_CONTENT
    });
    let base = serve(router).await;
    (Client::builder().base_url(base).build().unwrap(), got)
}

fn last(got: &Got) -> (HeaderMap, String) {
    let (headers, body) = got.lock().unwrap().pop().unwrap();
    (headers, String::from_utf8(body).unwrap())
}

#[tokio::test]
async fn a_form_is_one_text() {
    let (client, got) = keeper().await;
    client.send(Token::new(Grant::new("a&b").tags(vec!["x".into(), "y".into()]))).await.unwrap();
    let (headers, body) = last(&got);
    assert_eq!(
        (headers[CONTENT_TYPE].as_bytes(), body.as_str()),
        (&b"application/x-www-form-urlencoded"[..], "code=a%26b&tags=x&tags=y")
    );
    assert_eq!(headers[CONTENT_LENGTH], "24");
}

#[tokio::test]
async fn parts_are_streamed_between_one_another() {
    let (client, got) = keeper().await;
    for (length, is_known) in [(Some(6), true), (None, false)] {
        let stream = Blob::from(Body::from_stream(Chunks::of(&["one", "two"]), length)).named("x.bin");
        client.send(Upload::new(Parts::new(stream).caption("c"))).await.unwrap();
        let (headers, body) = last(&got);
        let boundary = headers[CONTENT_TYPE].to_str().unwrap().split_once("boundary=").unwrap().1;
        let wanted = format!(
            "--{boundary}\r\ncontent-disposition: form-data; name=\"picture\"; filename=\"x.bin\"\r\n\
             content-type: image/png\r\n\r\nonetwo\r\n--{boundary}\r\ncontent-disposition: form-data; name=\"caption\"\
             \r\n\r\nc\r\n--{boundary}--\r\n"
        );
        assert_eq!(body, wanted);
        let length = headers.get(CONTENT_LENGTH).map(|value| value.to_str().unwrap().parse::<usize>().unwrap());
        assert_eq!(length, is_known.then_some(wanted.len()));
        assert_eq!(headers.contains_key(TRANSFER_ENCODING), !is_known);
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_announced() {
    let (client, got) = keeper().await;
    let headers_of = |got: &Got| {
        let (headers, body) = last(got);
        let length = headers.get(CONTENT_LENGTH).map(|value| value.to_str().unwrap().to_owned());
        (length, headers.contains_key(TRANSFER_ENCODING), headers.contains_key(CONTENT_TYPE), body)
    };
    client.send(Thing::new()).await.unwrap();
    assert_eq!(headers_of(&got), (None, false, false, String::new()));
    client.send(Render::new()).await.unwrap();
    assert_eq!(headers_of(&got), (Some("0".to_owned()), false, false, String::new()));
    client.send(Render::new().body(String::new())).await.unwrap();
    assert_eq!(headers_of(&got), (Some("0".to_owned()), false, true, String::new()));
}

/// The second chunk exists only once the server has the first one.
#[tokio::test]
async fn a_stream_is_sent_while_it_is_read() {
    let (arrived, wait) = oneshot::channel();
    let arrived = Arc::new(Mutex::new(Some(arrived)));
    let router = Router::new().fallback(move |request: Request| async move {
        let mut body = request.into_body();
        let mut text = Vec::new();
        while let Some(Ok(frame)) =
            std::future::poll_fn(|context| http_body::Body::poll_frame(Pin::new(&mut body), context)).await
        {
            text.extend(frame.into_data().unwrap());
            if let Some(arrived) = arrived.lock().unwrap().take() {
                arrived.send(()).unwrap();
            }
        }
        if text == b"firstsecond" { StatusCode::NO_CONTENT } else { StatusCode::BAD_REQUEST }
    });
    let client = Client::builder().base_url(serve(router).await).build().unwrap();
    let then = async move {
        wait.await.unwrap();
        "second"
    };
    let chunks = Chunks { then: Some(Box::pin(then)), ..Chunks::of(&["first"]) };
    client.send(Image::new(Body::from_stream(chunks, None))).await.unwrap();
}

#[tokio::test]
async fn a_stream_is_sent_once() {
    let (client, got) = keeper().await;
    let operation = Image::new(Blob::from(Body::from_stream(Chunks::of(&["a"]), 1)).of_type("image/gif"));
    client.send(operation.clone()).await.unwrap();
    assert_eq!(last(&got).0[CONTENT_TYPE], "image/gif");
    let error = client.send(operation).await.unwrap_err();
    assert!(error.is_request(), "{error:?}");
    assert_eq!(error.to_string(), "image: the body is a stream that was sent already, and it can't be read again");
    assert!(got.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_stream_that_breaks_off_is_an_error() {
    struct Broken;

    impl futures_core::Stream for Broken {
        type Item = Result<Bytes, std::io::Error>;

        fn poll_next(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Poll::Ready(Some(Err(std::io::Error::other("the disk is gone"))))
        }
    }

    let (client, got) = keeper().await;
    let error = client.send(Image::new(Body::from_stream(Broken, None))).await.unwrap_err();
    assert!(error.is_transport() && format!("{error:?}").contains("the disk is gone"), "{error:?}");
    assert!(got.lock().unwrap().is_empty());
}
