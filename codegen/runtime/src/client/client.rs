use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::error::Error;
use super::exchange;
use super::into_credential::IntoCredential;
use super::pages::Pages;
use super::plan::{Plan, Reading};
use super::response::{FullResponse, read_failure, read_response};
use super::settings::Settings;
use crate::http::{AnyCredential, Body, Grants, Operation, Takes};

/// The async HTTP client of a generated crate: sends operations to a server. A clone is cheap and shares the
/// connections.
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
/// `Held` is the type of its credential: a type of a generated crate for one security scheme, or [`AnyCredential`].
pub struct Client<Held = AnyCredential> {
    pub(crate) settings: Arc<Settings>,
    held: PhantomData<fn() -> Held>,
}

impl<Held> Client<Held> {
    pub(crate) fn new(settings: Settings) -> Self {
        Self {
            settings: Arc::new(settings),
            held: PhantomData,
        }
    }

    /// Returns the base URL of this client, under which the paths of operations are.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.settings.base.as_str()
    }

    /// Returns a client with another credential in place of all credentials, over the same connections. The permissions
    /// that are granted to it are not known.
    #[must_use]
    pub fn with_credential<C: IntoCredential>(&self, credential: C) -> Client<C::Held> {
        let credentials = vec![credential.into()];
        Client::new(Settings {
            credentials,
            granted: None,
            ..Settings::clone(&self.settings)
        })
    }

    /// Returns a client that sends no credential, over the same connections.
    #[must_use]
    pub fn without_credential(&self) -> Client {
        Client::new(Settings {
            credentials: Vec::new(),
            granted: None,
            ..Settings::clone(&self.settings)
        })
    }

    /// Returns a client that knows the permissions of its credential. It does not send an operation that needs others.
    #[must_use]
    pub fn with_granted(&self, permissions: impl Into<Grants>) -> Self {
        Self::new(Settings {
            granted: Some(Arc::new(permissions.into())),
            ..Settings::clone(&self.settings)
        })
    }

    /// Returns a client that adds an extension to its HTTP requests. Layers may read it; the server does not see it.
    ///
    /// With the feature `resilience`, an extension decides which operations may be sent again:
    ///
    /// ```
    /// # #[cfg(feature = "resilience")]
    /// # async fn example<Create: octogen_runtime::Operation>(
    /// #     client: octogen_runtime::client::Client,
    /// #     create: Create,
    /// # ) -> Result<(), octogen_runtime::client::Error<Create::Failure>> {
    /// use octogen_runtime::layers::Resend;
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

    /// Sends an operation, and returns the documented value of the HTTP response's body.
    ///
    /// # Errors
    ///
    /// If the operation may not be sent, there is no response, or the response is an error or not as documented.
    pub async fn send<O>(&self, operation: O) -> Result<O::Output, Error<O::Failure>>
    where
        O: Operation + Takes<Held>,
    {
        Ok(self.send_full(operation).await?.body)
    }

    /// Sends an operation, and returns the documented value of the HTTP response's body together with the status code
    /// and the headers.
    ///
    /// # Errors
    ///
    /// If [`Client::send`] would fail: the operation may not be sent, there is no response, or the response is an error
    /// or not as documented.
    pub async fn send_full<O>(
        &self,
        operation: O,
    ) -> Result<FullResponse<O::Output>, Error<O::Failure>>
    where
        O: Operation + Takes<Held>,
    {
        let plan = Plan::new(&self.settings, const { &O::INFO }, operation.request());
        let received = match plan {
            Ok(plan) => exchange::exchange(&self.settings, plan).await,
            Err(error) => Err(error),
        };
        received
            .map_err(|error| Error::new(error, None))
            .and_then(read_response::<O>)
    }

    /// Sends an operation and returns the HTTP response as soon as its headers arrive, for large downloads. The caller
    /// reads the body while it arrives. Only the timeout of the client limits it. An error response is received and
    /// read as by [`Client::send`].
    ///
    /// # Errors
    ///
    /// If the operation may not be sent, there is no response, or the response is an error ([`Client::send`]).
    pub async fn stream<O>(&self, operation: O) -> Result<FullResponse<Body>, Error<O::Failure>>
    where
        O: Operation + Takes<Held>,
    {
        let untyped = |error| Error::new(error, None);
        let plan =
            Plan::new(&self.settings, const { &O::INFO }, operation.request()).map_err(untyped)?;
        let received = exchange::send(&self.settings, plan, Reading::Streamed)
            .await
            .map_err(untyped)?;
        if received.is_result() {
            return Ok(FullResponse {
                status: received.status,
                headers: received.headers,
                body: received.body,
            });
        }
        let received = exchange::receive_body(received, self.settings.body_limit)
            .await
            .map_err(untyped)?;
        Err(read_failure::<O>(received))
    }

    /// Returns the pages of an operation's result as a stream. Each page is requested when it is polled.
    pub fn pages<O: Operation + Takes<Held>>(&self, operation: O) -> Pages<O> {
        Pages::new(Arc::clone(&self.settings), &operation)
    }

    /// Returns the pages of an operation's result as a stream that begins at an address of [`Pages::address`]. Use it
    /// to continue an earlier stream. The address must have the origin of the operation.
    pub fn pages_from<O: Operation + Takes<Held>>(&self, operation: O, address: &str) -> Pages<O> {
        Pages::from_address(Arc::clone(&self.settings), &operation, address)
    }
}

impl<Held> Clone for Client<Held> {
    fn clone(&self) -> Self {
        Self {
            settings: Arc::clone(&self.settings),
            held: PhantomData,
        }
    }
}

impl<Held> fmt::Debug for Client<Held> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Settings {
            base, credentials, ..
        } = &*self.settings;
        write!(f, "Client({base}, credentials: {credentials:?})")
    }
}
