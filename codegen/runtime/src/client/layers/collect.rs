//! Receives the body of a response within an attempt, so that one that breaks off can be asked for again.

use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use http::{Request, Response};
use http_body_util::BodyExt;
use tower::{Layer, Service};

use super::call::Call;
use super::{Inner, ready};
use crate::client::body::Body;
use crate::client::transport::{Answer, BoxError, TransportErrorKind, kind};

/// Of a response whose body broke off: what it was, as far as a transport tells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Broken(pub(super) Option<TransportErrorKind>);

/// Receives whole bodies up to the client's limit. What is streamed is passed on as it comes, unless it is an error.
#[derive(Clone, Copy, Debug)]
pub(super) struct CollectLayer;

impl<S> Layer<S> for CollectLayer {
    type Service = Collect<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Collect(inner)
    }
}

#[derive(Clone, Debug)]
pub(super) struct Collect<S>(S);

impl<S: Inner> Service<Request<Body>> for Collect<S> {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = Answer;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: Request<Body>) -> Answer {
        let call = request.extensions().get::<Call>().cloned();
        let answer = ready(&mut self.0).call(request);
        Box::pin(async move {
            let response = answer.await?;
            match call {
                Some(call) if !call.is_streamed() || response.status().is_client_error() => {
                    Ok(collected(response, call.body_limit()).await)
                }
                _ => Ok(response),
            }
        })
    }
}

/// The same response with its body in one piece. Where that can't be, what came is followed by what is still to come:
/// the rest above the limit, or the error.
async fn collected(response: Response<Body>, limit: usize) -> Response<Body> {
    let (mut parts, mut body) = response.into_parts();
    let (mut first, mut more) = (Bytes::new(), BytesMut::new());
    let rest = loop {
        match body.frame().await {
            None => break None,
            Some(Err(error)) => {
                parts.extensions.insert(Broken(kind(&error)));
                break Some(Body::new(Failing(Some(error))));
            }
            Some(Ok(frame)) => {
                // Trailers say nothing here.
                let Ok(data) = frame.into_data() else { continue };
                if first.is_empty() && more.is_empty() {
                    first = data;
                } else {
                    // Most bodies come in one frame, which is then not copied.
                    more.extend_from_slice(&std::mem::take(&mut first));
                    more.extend_from_slice(&data);
                }
                if first.len() + more.len() > limit {
                    break Some(body);
                }
            }
        }
    };
    let came = Body::from(if more.is_empty() { first } else { more.freeze() });
    let whole = match rest {
        None => came,
        Some(rest) => Body::of_parts(vec![came, rest]),
    };
    Response::from_parts(parts, whole)
}

/// A body that is an error and nothing else.
struct Failing(Option<BoxError>);

impl http_body::Body for Failing {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, BoxError>>> {
        Poll::Ready(self.0.take().map(Err))
    }
}
