//! Receives the body of a response within an attempt, so that one that breaks off can be asked for again.

use std::task::{Context, Poll};

use bytes::Bytes;
use http::Response;

use super::call::Call;
use super::{Asked, Next};
use crate::client::body::{Body, End};
use crate::client::transport::{BoxError, TransportErrorKind, kind};

/// Of a response whose body broke off: what it was, as far as a transport tells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Broken(pub(super) Option<TransportErrorKind>);

/// Receives whole bodies up to the client's limit. What is streamed is passed on as it comes, unless it is an error.
#[derive(Clone, Debug)]
pub(super) struct Collect<N>(pub(super) N);

impl<N: Next> Next for Collect<N> {
    async fn send(self, request: Asked) -> Result<Response<Body>, BoxError> {
        let call = request.extensions().get::<Call>().cloned();
        let response = self.0.send(request).await?;
        match call {
            Some(call) if !call.is_streamed() || response.status().is_client_error() => {
                Ok(collected(response, call.body_limit()).await)
            }
            _ => Ok(response),
        }
    }
}

/// The same response with its body in one piece. Where that can't be, what came is followed by what is still to come:
/// the rest above the limit, or the error.
async fn collected(response: Response<Body>, limit: usize) -> Response<Body> {
    let (mut parts, mut body) = response.into_parts();
    let (came, end) = body.gather(limit).await;
    let came = Body::from(came);
    let rest = match end {
        End::Whole => None,
        End::Limit => Some(body),
        End::Broken(error) => {
            parts.extensions.insert(Broken(kind(&error)));
            Some(Body::new(Failing(Some(error))))
        }
    };
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
