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

use super::body_error::{BodyError, BoxError};

/// The body of an HTTP request or response as a type: bytes in memory, or a stream of bytes. Transports and layers
/// receive and return it.
///
/// A stream is sent while it is read. If its length is not known, HTTP/1.1 sends it in chunks:
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
pub struct Body(Content);

enum Content {
    /// Bytes. Those that were read are removed.
    Whole(Bytes),
    /// Bodies that are read one after the other.
    Joined(VecDeque<Body>),
    Stream(Mutex<UnsyncBoxBody<Bytes, BoxError>>),
}

impl Body {
    /// Creates an HTTP body from any type that implements `http_body::Body`, such as the response body of a custom
    /// transport.
    pub fn new<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        let mut body = Some(body);
        // A `Body` that passes a layer is not wrapped again, because its bytes stay together then.
        let own = (&mut body as &mut dyn Any)
            .downcast_mut::<Option<Self>>()
            .and_then(Option::take);
        let wrapped = |body: B| {
            Self(Content::Stream(Mutex::new(UnsyncBoxBody::new(
                body.map_err(Into::into),
            ))))
        };
        own.or_else(|| body.map(wrapped))
            .unwrap_or_else(Self::empty)
    }

    /// Creates an HTTP body without bytes.
    #[must_use]
    pub fn empty() -> Self {
        Self::from(Bytes::new())
    }

    /// Creates an HTTP body from a stream of bytes, such as a large upload. A known length is sent as `content-length`.
    pub fn from_stream<S, E>(stream: S, length: impl Into<Option<u64>>) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<BoxError> + 'static,
    {
        let stream: Pin<Box<dyn Stream<Item = Result<Bytes, E>> + Send>> = Box::pin(stream);
        Self::new(Streamed {
            stream,
            length: length.into(),
        })
    }

    /// Returns the next bytes of this HTTP body, or `None` after its end. The [`Stream`] of the body returns the same.
    ///
    /// ```
    /// use octogen_runtime::client::Body;
    ///
    /// async fn length(mut body: Body) -> Result<usize, Box<dyn std::error::Error>> {
    ///     let mut length = 0;
    ///     while let Some(bytes) = body.chunk().await? {
    ///         length += bytes.len();
    ///     }
    ///     Ok(length)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// If the body breaks off.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, BodyError> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }

    /// Returns a copy of this HTTP body, or `None` if it contains a stream, which can be read only once. Layers copy
    /// the body before they send a request again.
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
            Content::Whole(content) => Some(Self::from(content.clone())),
            Content::Joined(parts) => Some(Self(Content::Joined(
                parts.iter().map(Self::try_clone).collect::<Option<_>>()?,
            ))),
            Content::Stream(_) => None,
        }
    }

    /// Returns whether [`Body::try_clone`] returns a copy.
    #[cfg(feature = "resilience")]
    pub(crate) fn is_repeatable(&self) -> bool {
        match &self.0 {
            Content::Whole(_) => true,
            Content::Joined(parts) => parts.iter().all(Self::is_repeatable),
            Content::Stream(_) => false,
        }
    }

    /// Returns the bytes of this HTTP body, or `None` if it is a stream or consists of several parts.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match &self.0 {
            Content::Whole(content) => Some(content),
            _ => None,
        }
    }

    /// Takes the bytes, if the body is bytes in one piece and not longer than the limit.
    pub(crate) fn take_whole(&mut self, limit: usize) -> Option<Bytes> {
        match &mut self.0 {
            Content::Whole(content) if content.len() <= limit => Some(std::mem::take(content)),
            _ => None,
        }
    }

    /// Reads the body into one piece: to its end, to the first bytes beyond the limit, or until `late` is ready.
    /// Returns what was read, and the reason for the end.
    pub(crate) async fn read(
        &mut self,
        limit: usize,
        mut late: impl FnMut(&mut Context<'_>) -> Poll<BoxError>,
    ) -> (Bytes, End) {
        if let Some(whole) = self.take_whole(limit) {
            return (whole, End::Whole);
        }
        let (mut first, mut more) = (Bytes::new(), BytesMut::new());
        let end = loop {
            let next = poll_fn(|context| {
                match http_body::Body::poll_frame(Pin::new(&mut *self), context) {
                    Poll::Pending => late(context).map(|error| Some(Err(error))),
                    next => next,
                }
            });
            match next.await {
                None => break End::Whole,
                Some(Err(error)) => break End::Broken(error),
                Some(Ok(frame)) => {
                    // Trailers are ignored.
                    let Ok(data) = frame.into_data() else {
                        continue;
                    };
                    if first.is_empty() && more.is_empty() {
                        first = data;
                    } else {
                        // Most bodies arrive in one piece, which is not copied.
                        more.extend_from_slice(&std::mem::take(&mut first));
                        more.extend_from_slice(&data);
                    }
                    if first.len() + more.len() > limit {
                        break End::Limit;
                    }
                }
            }
        };
        (
            if more.is_empty() {
                first
            } else {
                more.freeze()
            },
            end,
        )
    }

    /// Creates a body from bodies that are read one after the other.
    pub(crate) fn from_parts(mut parts: Vec<Self>) -> Self {
        match (parts.pop(), parts.is_empty()) {
            (None, _) => Self::empty(),
            (Some(only), true) => only,
            (Some(last), false) => {
                parts.push(last);
                Self(Content::Joined(parts.into()))
            }
        }
    }
}

/// The reason why reading a body ended.
pub(crate) enum End {
    Whole,
    Limit,
    Broken(BoxError),
}

/// A stream that is read as a body.
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

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let next = ready!(Pin::new(&mut self.stream).poll_next(context));
        if let (Some(Ok(data)), Some(length)) = (&next, &mut self.length) {
            *length = length.saturating_sub(u64::try_from(data.len()).unwrap_or(u64::MAX));
        }
        Poll::Ready(next.map(|data| data.map(Frame::data).map_err(Into::into)))
    }

    fn size_hint(&self) -> SizeHint {
        self.length
            .map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// Polls the next frame of bodies that are read one after the other.
fn poll_parts(
    parts: &mut VecDeque<Body>,
    context: &mut Context<'_>,
) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
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
        Self(Content::Whole(content))
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

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match &mut self.0 {
            Content::Whole(content) if content.is_empty() => Poll::Ready(None),
            Content::Whole(content) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(content))))),
            Content::Joined(parts) => poll_parts(parts, context),
            Content::Stream(body) => {
                Pin::new(body.get_mut().unwrap_or_else(PoisonError::into_inner)).poll_frame(context)
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Content::Whole(content) => content.is_empty(),
            Content::Joined(parts) => parts.iter().all(http_body::Body::is_end_stream),
            Content::Stream(body) => body
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Content::Whole(content) => {
                SizeHint::with_exact(u64::try_from(content.len()).unwrap_or(u64::MAX))
            }
            Content::Joined(parts) => {
                let exact: Option<u64> = parts
                    .iter()
                    .map(|body| http_body::Body::size_hint(body).exact())
                    .sum();
                exact.map_or_else(SizeHint::default, SizeHint::with_exact)
            }
            Content::Stream(body) => body
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .size_hint(),
        }
    }
}

impl Stream for Body {
    type Item = Result<Bytes, BodyError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match ready!(http_body::Body::poll_frame(self.as_mut(), context)) {
                Some(Ok(frame)) => {
                    // Trailers are ignored.
                    if let Ok(data) = frame.into_data() {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(BodyError(error)))),
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
