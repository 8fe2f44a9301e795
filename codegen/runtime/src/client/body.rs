//! The bodies of requests and responses.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Frame, SizeHint};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full};

use super::transport::BoxError;

/// A body on its way, whatever sends it.
///
/// What comes from a stream is sent as it comes. Without a length, it goes in chunks:
///
/// ```
/// use octogen_runtime::client::Body;
/// use octogen_runtime::Blob;
/// # struct Chunks;
/// # impl futures_core::Stream for Chunks {
/// #     type Item = Result<bytes::Bytes, std::io::Error>;
/// #     fn poll_next(
/// #         self: std::pin::Pin<&mut Self>,
/// #         _context: &mut std::task::Context<'_>,
/// #     ) -> std::task::Poll<Option<Self::Item>> {
/// #         std::task::Poll::Ready(None)
/// #     }
/// # }
///
/// let archive = Blob::from(Body::from_stream(Chunks, Some(1_000_000))).named("archive.tar.gz");
/// ```
pub struct Body(Mutex<UnsyncBoxBody<Bytes, BoxError>>);

impl Body {
    /// Any other body.
    pub fn new<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self(Mutex::new(UnsyncBoxBody::new(body.map_err(Into::into))))
    }

    /// No body.
    #[must_use]
    pub fn empty() -> Self {
        Self::from(Bytes::new())
    }
}

impl Body {
    /// A body that comes from a stream; its length, where it is known, is told before it.
    pub fn from_stream<S, E>(stream: S, length: impl Into<Option<u64>>) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<BoxError> + 'static,
    {
        let stream: Pin<Box<dyn Stream<Item = Result<Bytes, E>> + Send>> = Box::pin(stream);
        Self::new(Streamed { stream, length: length.into() })
    }

    /// What comes next of it, or `None` behind its end; [`Stream`] gives the same.
    ///
    /// # Errors
    ///
    /// Where it breaks off.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, BoxError> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }

    /// Bodies one after the other.
    pub(super) fn of_parts(mut parts: Vec<Self>) -> Self {
        match (parts.pop(), parts.is_empty()) {
            (None, _) => Self::empty(),
            (Some(only), true) => only,
            (Some(last), false) => {
                parts.push(last);
                Self::new(Joined(parts.into()))
            }
        }
    }
}

/// A stream as a body.
struct Streamed<S> {
    stream: S,
    length: Option<u64>,
}

impl<S, E> http_body::Body for Streamed<S>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
    E: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let next = ready!(Pin::new(&mut self.stream).poll_next(context));
        if let (Some(Ok(data)), Some(length)) = (&next, &mut self.length) {
            *length = length.saturating_sub(u64::try_from(data.len()).unwrap_or(u64::MAX));
        }
        Poll::Ready(next.map(|data| data.map(Frame::data).map_err(Into::into)))
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// Bodies one after the other.
struct Joined(VecDeque<Body>);

impl http_body::Body for Joined {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        while let Some(first) = self.0.front_mut() {
            if let Some(frame) = ready!(Pin::new(first).poll_frame(context)) {
                return Poll::Ready(Some(frame));
            }
            self.0.pop_front();
        }
        Poll::Ready(None)
    }

    fn size_hint(&self) -> SizeHint {
        let exact: Option<u64> = self.0.iter().map(|body| http_body::Body::size_hint(body).exact()).sum();
        exact.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

impl From<Bytes> for Body {
    fn from(content: Bytes) -> Self {
        Self::new(Full::new(content))
    }
}

impl From<Vec<u8>> for Body {
    fn from(content: Vec<u8>) -> Self {
        Self::from(Bytes::from(content))
    }
}

impl From<String> for Body {
    fn from(content: String) -> Self {
        Self::from(Bytes::from(content))
    }
}

impl From<&'static str> for Body {
    fn from(content: &'static str) -> Self {
        Self::from(Bytes::from_static(content.as_bytes()))
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        Pin::new(self.0.get_mut().unwrap_or_else(PoisonError::into_inner)).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).size_hint()
    }
}

impl Stream for Body {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match ready!(http_body::Body::poll_frame(self.as_mut(), context)) {
                Some(Ok(frame)) => {
                    // Trailers say nothing here.
                    if let Ok(data) = frame.into_data() {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl std::fmt::Debug for Body {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Body(…)")
    }
}
