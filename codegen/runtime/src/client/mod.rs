//! The client: sends operations and reads what comes back.
//!
//! ```no_run
//! # #[cfg(feature = "reqwest")]
//! # async fn example<List>(list: List) -> Result<(), Box<dyn std::error::Error>>
//! # where
//! #     List: octogen_runtime::Operation<Failure = ()> + Clone,
//! #     List::Output: octogen_runtime::Page,
//! # {
//! use octogen_runtime::client::{Client, Credential};
//!
//! let client = Client::builder()
//!     .base_url("https://api.example.com")
//!     .credential(Credential::bearer("…"))
//!     .build()?;
//! let value = client.send(list.clone()).await?;
//! let mut items = client.pages(list).items();
//! while let Some(item) = items.try_next().await? {
//!     // Each page is asked for when its first item is.
//! }
//! # Ok(())
//! # }
//! ```
//!
//! What it takes care of:
//!
//! - A [`Credential`] goes only with operations that take it, only to the origin of the base URL, and never in the
//!   clear but on loopback. None is ever printed.
//! - An operation that is documented at another host goes there, with its credential and only by TLS, while the base URL
//!   is the documented one; with any other base URL, all operations go to its host.
//! - An operation that needs a permission which isn't granted is refused, where the client knows what is granted
//!   ([`ClientBuilder::granted`]).
//! - A redirect is followed for `GET` and `HEAD` within the origin, ten times; any other one is an error.
//! - A body is read up to a limit, and JSON up to a depth; [`Client::stream`] leaves the reading to you.
//! - A credential that ends is asked for, request by request ([`CredentialSource`]), and renewed once after a 401.
//! - Nothing else is sent a second time by itself; `Resilience` does that, with the feature `resilience`.
//!
//! Programs without async have the same client with the feature `blocking`, see the module `blocking`.
//!
//! The transport is any service of tower ([`ClientBuilder::build_over`]); with the feature `reqwest` there is one
//! already, which runs on tokio and speaks HTTP/1.1.

mod address;
#[cfg(feature = "blocking")]
pub mod blocking;
pub(crate) mod body;
mod builder;
#[cfg(feature = "resilience")]
pub(crate) mod call;
mod choice;
pub(crate) mod credential;
mod error;
mod exchange;
mod fault;
mod link;
pub(crate) mod message;
#[cfg(feature = "reqwest")]
mod over_reqwest;
mod pages;
mod plan;
mod proof;
#[cfg(feature = "resilience")]
pub(crate) mod rate_limits;
mod server;
pub(crate) mod source;
pub(crate) mod transport;

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::{Extensions, HeaderMap, StatusCode};
use url::Url;

#[cfg(feature = "resilience")]
pub use crate::layers::{
    BetweenWrites, Budget, BudgetLayer, Cache, CacheKey, Cached, Conditional, ConditionalLayer, Deadline,
    DeadlineLayer, Inner, MemoryCache, Promise, Resend, Resilience, Resilient, RetryPolicy, Trace, TraceLayer,
};
pub use address::may_receive_secrets;
pub use body::Body;
pub use builder::ClientBuilder;
#[cfg(feature = "resilience")]
pub use call::{Call, CredentialId};
pub use credential::{Credential, Holds};
pub use error::Error;
pub use pages::{Items, Pages};
pub use source::{CredentialSource, Provided, Providing, Sourced};
pub use transport::{Answer, BoxError, Channel, Timeout, TransportError};

use crate::codec::error::DecodeError;
use crate::codec::slot::Slot;
use crate::http::{AnyCredential, Grants, Header, Operation, Response, Takes};
use exchange::{Arrived, Reading};
use fault::Cause;
use plan::Plan;
use transport::Transport;

/// Sends operations to a server. A clone shares connections with the original and costs nothing.
///
/// ```no_run
/// # #[cfg(feature = "reqwest")]
/// # async fn example<Get: octogen_runtime::Operation<Failure = ()>>(
/// #     get: Get,
/// # ) -> Result<(), Box<dyn std::error::Error>> {
/// use octogen_runtime::client::{Client, Credential};
///
/// let client = Client::builder()
///     .base_url("https://api.example.com")
///     .user_agent("my-program/1.0")
///     .credential(Credential::bearer("…"))
///     .build()?;
/// match client.send(get).await {
///     Ok(value) => drop(value),
///     Err(error) if error.is_timeout() => eprintln!("ask again later: {error}"),
///     Err(error) => return Err(error.into()),
/// }
/// # Ok(())
/// # }
/// ```
///
/// `Held` is what the compiler knows of its credential: a scheme of a generated crate, or [`AnyCredential`].
pub struct Client<Held = AnyCredential> {
    settings: Arc<Settings>,
    held: PhantomData<fn() -> Held>,
}

#[derive(Clone)]
pub(crate) struct Settings {
    base: Url,
    headers: HeaderMap,
    credentials: Vec<Credential>,
    /// What is granted, where it is known.
    granted: Option<Arc<Grants>>,
    limit: usize,
    timeout: Option<Duration>,
    /// What each request carries along for layers.
    extensions: Extensions,
    transport: Arc<dyn Transport>,
}

/// A value with the response that it came in.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FullResponse<T> {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// What the operation documents.
    pub body: T,
}

impl Client {
    /// Begins a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }
}

impl<Held> Client<Held> {
    fn new(settings: Settings) -> Self {
        Self { settings: Arc::new(settings), held: PhantomData }
    }

    /// The URL under which the paths of the operations are.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.settings.base.as_str()
    }

    /// The same client with another credential in place of all that it holds, over the same connections. What is granted
    /// to that one isn't known.
    #[must_use]
    pub fn with_credential<C: Holds>(&self, credential: C) -> Client<C::Held> {
        let credentials = vec![credential.into()];
        Client::new(Settings { credentials, granted: None, ..Settings::clone(&self.settings) })
    }

    /// The same client without any credential, over the same connections.
    #[must_use]
    pub fn without_credential(&self) -> Client {
        Client::new(Settings { credentials: Vec::new(), granted: None, ..Settings::clone(&self.settings) })
    }

    /// The same client with the permissions that are granted to its credential, see [`ClientBuilder::granted`].
    #[must_use]
    pub fn with_granted(&self, permissions: impl Into<Grants>) -> Self {
        Self::new(Settings { granted: Some(Arc::new(permissions.into())), ..Settings::clone(&self.settings) })
    }

    /// The same client, whose requests have this among their extensions: for layers, which may go by it.
    ///
    /// With the feature `resilience`, that is how to say which operations may be sent again:
    ///
    /// ```
    /// # #[cfg(feature = "resilience")]
    /// # async fn example<Create: octogen_runtime::Operation>(
    /// #     client: octogen_runtime::client::Client,
    /// #     create: Create,
    /// # ) -> Result<(), octogen_runtime::client::Error<Create::Failure>> {
    /// use octogen_runtime::client::Resend;
    ///
    /// client.with_extension(Resend::Always).send(create).await?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with_extension<T: Clone + Send + Sync + 'static>(&self, extension: T) -> Self {
        let mut settings = Settings::clone(&self.settings);
        settings.extensions.insert(extension);
        Self::new(settings)
    }

    /// Sends an operation and gives what it documents.
    ///
    /// # Errors
    ///
    /// Where nothing may be sent, nothing comes back, or what comes back is an error or not as documented.
    pub async fn send<O>(&self, operation: O) -> Result<O::Output, Error<O::Failure>>
    where
        O: Operation + Takes<Held>,
    {
        Ok(self.send_full(operation).await?.body)
    }

    /// Sends an operation and gives what it documents, with status and headers.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`].
    pub async fn send_full<O>(&self, operation: O) -> Result<FullResponse<O::Output>, Error<O::Failure>>
    where
        O: Operation + Takes<Held>,
    {
        let plan = Plan::new(&self.settings, const { &O::ABOUT }, operation.request());
        let arrived = match plan {
            Ok(plan) => exchange::run(&self.settings, plan).await,
            Err(fault) => Err(fault),
        };
        arrived.map_err(|fault| Error::new(fault, None)).and_then(read::<O>)
    }

    /// Sends an operation and gives the response before its body: the body is read as it comes, without a limit but
    /// that of the client's timeout. An error response is received and read as [`Client::send`] reads it.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`], but for those of the body.
    pub async fn stream<O>(&self, operation: O) -> Result<FullResponse<Body>, Error<O::Failure>>
    where
        O: Operation + Takes<Held>,
    {
        let untyped = |fault| Error::new(fault, None);
        let plan = Plan::new(&self.settings, const { &O::ABOUT }, operation.request()).map_err(untyped)?;
        let arrived = exchange::begin(&self.settings, plan, Reading::Streamed).await.map_err(untyped)?;
        if arrived.is_result() {
            return Ok(FullResponse { status: arrived.status, headers: arrived.headers, body: arrived.body });
        }
        let arrived = exchange::receive_into(arrived, self.settings.limit).await.map_err(untyped)?;
        Err(failed::<O>(arrived))
    }

    /// The pages of an operation's result.
    pub fn pages<O: Operation + Takes<Held>>(&self, operation: O) -> Pages<O> {
        Pages::new(Arc::clone(&self.settings), &operation)
    }

    /// The pages of an operation's result from an address on that [`Pages::address`] gave. It is followed only where it is
    /// at the origin to which the operation goes anyway.
    pub fn pages_from<O: Operation + Takes<Held>>(&self, operation: O, address: &str) -> Pages<O> {
        Pages::from(Arc::clone(&self.settings), &operation, address)
    }
}

/// What an operation makes of its response.
fn read<O: Operation>(arrived: Arrived) -> Result<FullResponse<O::Output>, Error<O::Failure>> {
    if !arrived.is_result() {
        return Err(failed::<O>(arrived));
    }
    let location = arrived.location();
    let response = Response::new(arrived.status.as_u16(), &arrived.body).leading_to(location.as_deref());
    match O::read(&response) {
        Ok(body) => Ok(FullResponse { status: arrived.status, headers: arrived.headers, body }),
        Err(error) => Err(Error::new(arrived.into_fault(Cause::Decode(error)), None)),
    }
}

/// What an operation makes of an error response.
fn failed<O: Operation>(arrived: Arrived) -> Error<O::Failure> {
    match O::read_failure(&Response::new(arrived.status.as_u16(), &arrived.body)) {
        Ok(failure) => Error::new(arrived.into_fault(Cause::Status), Some(failure)),
        Err(error) => Error::new(arrived.into_fault(Cause::Failure(error)), None),
    }
}

impl<T> FullResponse<T> {
    /// A documented header; `None` where it is not there.
    ///
    /// ```
    /// # fn example<T>(response: octogen_runtime::client::FullResponse<T>) -> Result<(), octogen_runtime::DecodeError> {
    /// # struct ListInstallations;
    /// # impl ListInstallations {
    /// #     const HEADER_LINK: octogen_runtime::Header<String> = octogen_runtime::Header::new("Link");
    /// # }
    /// let link: Option<String> = response.get(ListInstallations::HEADER_LINK)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Where it is there and not of the documented type.
    pub fn get<H: Slot>(&self, header: Header<H>) -> Result<Option<H>, DecodeError> {
        self.header(header.name())
    }

    /// A header by its name, as any type; `None` where it is not there.
    ///
    /// ```
    /// # fn example<T>(response: octogen_runtime::client::FullResponse<T>) -> Result<(), octogen_runtime::DecodeError> {
    /// let left: Option<i64> = response.header("x-ratelimit-remaining")?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Where it is there and not of that type.
    pub fn header<H: Slot>(&self, name: &str) -> Result<Option<H>, DecodeError> {
        let all: Vec<_> =
            self.headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
        if all.is_empty() { Ok(None) } else { crate::http::of_text(&all.join(",")).map(Some) }
    }
}

impl<Held> Clone for Client<Held> {
    fn clone(&self) -> Self {
        Self { settings: Arc::clone(&self.settings), held: PhantomData }
    }
}

impl<Held> fmt::Debug for Client<Held> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Settings { base, credentials, .. } = &*self.settings;
        write!(f, "Client({base}, credentials: {credentials:?})")
    }
}
