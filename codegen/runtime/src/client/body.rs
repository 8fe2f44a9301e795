//! The bodies of requests and responses.

use std::any::Any;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt;
use http_body_util::combinators::UnsyncBoxBody;

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
pub struct Body(Kind);

enum Kind {
    /// All of it is there, and what was taken of it isn't any more.
    Whole(Bytes),
    /// One after the other.
    Joined(VecDeque<Body>),
    Other(Mutex<UnsyncBoxBody<Bytes, BoxError>>),
}

impl Body {
    /// Any other body.
    pub fn new<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        let mut body = Some(body);
        // What comes through a layer as it is stays in one piece, so that it needn't be read once more.
        let own = (&mut body as &mut dyn Any).downcast_mut::<Option<Self>>().and_then(Option::take);
        let wrapped = |body: B| Self(Kind::Other(Mutex::new(UnsyncBoxBody::new(body.map_err(Into::into)))));
        own.or_else(|| body.map(wrapped)).unwrap_or_else(Self::empty)
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

    /// The same body again, where all of it is there; what is to come of a stream comes only once.
    ///
    /// ```
    /// use octogen_runtime::client::Body;
    ///
    /// assert_eq!(Body::from("{}").try_clone().as_ref().and_then(Body::as_bytes), Some(b"{}".as_slice()));
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
    /// assert!(Body::from_stream(Chunks, None).try_clone().is_none());
    /// ```
    #[must_use]
    pub fn try_clone(&self) -> Option<Self> {
        match &self.0 {
            Kind::Whole(content) => Some(Self::from(content.clone())),
            Kind::Joined(parts) => Some(Self(Kind::Joined(parts.iter().map(Self::try_clone).collect::<Option<_>>()?))),
            Kind::Other(_) => None,
        }
    }

    /// Whether [`Body::try_clone`] gives one.
    #[cfg(feature = "resilience")]
    pub(crate) fn is_repeatable(&self) -> bool {
        match &self.0 {
            Kind::Whole(_) => true,
            Kind::Joined(parts) => parts.iter().all(Self::is_repeatable),
            Kind::Other(_) => false,
        }
    }

    /// The bytes, where all of them are there in one piece.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match &self.0 {
            Kind::Whole(content) => Some(content),
            _ => None,
        }
    }

    /// All of it, where it is there in one piece and not too long.
    pub(crate) fn take_whole(&mut self, limit: usize) -> Option<Bytes> {
        match &mut self.0 {
            Kind::Whole(content) if content.len() <= limit => Some(std::mem::take(content)),
            _ => None,
        }
    }

    /// What comes of it, in one piece: up to its end, to the piece that goes beyond a limit, or until it is too late.
    pub(crate) async fn gather(
        &mut self,
        limit: usize,
        mut late: impl FnMut(&mut Context<'_>) -> Poll<BoxError>,
    ) -> (Bytes, End) {
        if let Some(whole) = self.take_whole(limit) {
            return (whole, End::Whole);
        }
        let (mut first, mut more) = (Bytes::new(), BytesMut::new());
        let end = loop {
            let next = poll_fn(|context| match http_body::Body::poll_frame(Pin::new(&mut *self), context) {
                Poll::Pending => late(context).map(|error| Some(Err(error))),
                next => next,
            });
            match next.await {
                None => break End::Whole,
                Some(Err(error)) => break End::Broken(error),
                Some(Ok(frame)) => {
                    // Trailers say nothing here.
                    let Ok(data) = frame.into_data() else { continue };
                    if first.is_empty() && more.is_empty() {
                        first = data;
                    } else {
                        // Most bodies come in one piece, which is then not copied.
                        more.extend_from_slice(&std::mem::take(&mut first));
                        more.extend_from_slice(&data);
                    }
                    if first.len() + more.len() > limit {
                        break End::Limit;
                    }
                }
            }
        };
        (if more.is_empty() { first } else { more.freeze() }, end)
    }

    /// Bodies one after the other.
    pub(crate) fn of_parts(mut parts: Vec<Self>) -> Self {
        match (parts.pop(), parts.is_empty()) {
            (None, _) => Self::empty(),
            (Some(only), true) => only,
            (Some(last), false) => {
                parts.push(last);
                Self(Kind::Joined(parts.into()))
            }
        }
    }
}

/// Where a body ended.
pub(crate) enum End {
    Whole,
    Limit,
    Broken(BoxError),
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

/// What comes next of several bodies.
fn poll_parts(parts: &mut VecDeque<Body>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
    while let Some(first) = parts.front_mut() {
        if let Some(frame) = ready!(http_body::Body::poll_frame(Pin::new(first), context)) {
            return Poll::Ready(Some(frame));
        }
        parts.pop_front();
    }
    Poll::Ready(None)
}

impl From<Bytes> for Body {
    fn from(content: Bytes) -> Self {
        Self(Kind::Whole(content))
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
        match &mut self.0 {
            Kind::Whole(content) if content.is_empty() => Poll::Ready(None),
            Kind::Whole(content) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(content))))),
            Kind::Joined(parts) => poll_parts(parts, context),
            Kind::Other(body) => Pin::new(body.get_mut().unwrap_or_else(PoisonError::into_inner)).poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Kind::Whole(content) => content.is_empty(),
            Kind::Joined(parts) => parts.iter().all(http_body::Body::is_end_stream),
            Kind::Other(body) => body.lock().unwrap_or_else(PoisonError::into_inner).is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Kind::Whole(content) => SizeHint::with_exact(u64::try_from(content.len()).unwrap_or(u64::MAX)),
            Kind::Joined(parts) => {
                let exact: Option<u64> = parts.iter().map(|body| http_body::Body::size_hint(body).exact()).sum();
                exact.map_or_else(SizeHint::default, SizeHint::with_exact)
            }
            Kind::Other(body) => body.lock().unwrap_or_else(PoisonError::into_inner).size_hint(),
        }
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
