use std::fmt;

use super::body::Body;
use super::driver::Driver;
use super::pages::Pages;
use crate::client::builder::ClientBuilder;
use crate::client::client as async_client;
use crate::client::error::Error;
use crate::client::error_details::ErrorDetails;
use crate::client::exchange::{self, Received};
use crate::client::into_credential::IntoCredential;
use crate::client::plan::{Plan, Reading};
use crate::client::response::{FullResponse, read_failure, read_response};
use crate::http::{AnyCredential, Grants, Operation, Takes};

/// The blocking HTTP client of a generated crate: sends operations to a server and waits for their responses. Use it in
/// programs without async. A clone is cheap and shares the connections and the driver.
///
/// The methods are those of the async [`Client`](async_client::Client). [`ClientBuilder::build_blocking`] builds it, or
/// [`Client::new`] wraps an async client.
pub struct Client<Held = AnyCredential> {
    client: async_client::Client<Held>,
    driver: Driver,
}

impl<Held> Client<Held> {
    /// Creates a blocking HTTP client from an async one and a driver thread. Do not use the async client elsewhere,
    /// since its connections end with the driver.
    #[must_use]
    pub fn new(client: async_client::Client<Held>, driver: Driver) -> Self {
        Self { client, driver }
    }

    /// Returns the driver thread of this blocking client. Use it to wait for other futures, or to create further
    /// blocking clients on the same thread.
    #[must_use]
    pub fn driver(&self) -> &Driver {
        &self.driver
    }

    /// Returns the base URL of this blocking client, under which the paths of operations are.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.client.base_url()
    }

    /// Returns a blocking client with another credential in place of all credentials, over the same connections. See
    /// [`async_client::Client::with_credential`].
    #[must_use]
    pub fn with_credential<C: IntoCredential>(&self, credential: C) -> Client<C::Held> {
        Client::new(self.client.with_credential(credential), self.driver.clone())
    }

    /// Returns a blocking client that sends no credential, over the same connections. See
    /// [`async_client::Client::without_credential`].
    #[must_use]
    pub fn without_credential(&self) -> Client {
        Client::new(self.client.without_credential(), self.driver.clone())
    }

    /// Returns a blocking client that knows the permissions of its credential. It does not send an operation that needs
    /// others. See [`async_client::Client::with_granted`].
    #[must_use]
    pub fn with_granted(&self, permissions: impl Into<Grants>) -> Self {
        Self::new(self.client.with_granted(permissions), self.driver.clone())
    }

    /// Returns a blocking client that adds an extension to its HTTP requests, for layers to read. See
    /// [`async_client::Client::with_extension`].
    #[must_use]
    pub fn with_extension<T: Clone + Send + Sync + 'static>(&self, extension: T) -> Self {
        Self::new(self.client.with_extension(extension), self.driver.clone())
    }

    /// Sends an operation, waits for the HTTP response, and returns the documented value of its body.
    ///
    /// # Errors
    ///
    /// If the operation may not be sent, there is no response, or the response is an error or not as documented.
    pub fn send<O>(&self, operation: O) -> Result<O::Output, Error<O::Failure>>
    where
        O: Operation + Takes<Held>,
    {
        Ok(self.send_full(operation)?.body)
    }

    /// Sends an operation, waits for the HTTP response, and returns the documented value of its body together with the
    /// status code and the headers.
    ///
    /// # Errors
    ///
    /// If [`Client::send`] would fail: the operation may not be sent, there is no response, or the response is an error
    /// or not as documented.
    pub fn send_full<O>(&self, operation: O) -> Result<FullResponse<O::Output>, Error<O::Failure>>
    where
        O: Operation + Takes<Held>,
    {
        let plan = Plan::new(
            &self.client.settings,
            const { &O::INFO },
            operation.request(),
        );
        let received = plan.and_then(|plan| self.exchange(plan));
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
    pub fn stream<O>(&self, operation: O) -> Result<FullResponse<Body>, Error<O::Failure>>
    where
        O: Operation + Takes<Held>,
    {
        let plan = Plan::new(
            &self.client.settings,
            const { &O::INFO },
            operation.request(),
        );
        let received = plan
            .and_then(|plan| self.begin(plan))
            .map_err(|error| Error::new(error, None))?;
        if received.is_result() {
            let body = Body::new(received.body, self.driver.clone());
            return Ok(FullResponse {
                status: received.status,
                headers: received.headers,
                body,
            });
        }
        let whole = exchange::receive_body(received, self.client.settings.body_limit);
        let whole = self
            .driver
            .run(Some(O::INFO.id), whole)
            .and_then(|whole| whole);
        Err(whole.map_or_else(|error| Error::new(error, None), read_failure::<O>))
    }

    /// Returns an iterator over the pages of an operation's result. Each page is requested when the iterator reaches
    /// it.
    pub fn pages<O: Operation + Takes<Held>>(&self, operation: O) -> Pages<O> {
        Pages::new(self.client.pages(operation), self.driver.clone())
    }

    /// Returns an iterator over the pages of an operation's result that begins at an address of [`Pages::address`]. Use
    /// it to continue an earlier iteration. The address must have the origin of the operation.
    pub fn pages_from<O: Operation + Takes<Held>>(&self, operation: O, address: &str) -> Pages<O> {
        Pages::new(
            self.client.pages_from(operation, address),
            self.driver.clone(),
        )
    }

    fn exchange(&self, plan: Box<Plan>) -> Result<Received, Box<ErrorDetails>> {
        self.driver.run(
            Some(plan.info.id),
            exchange::exchange(&self.client.settings, plan),
        )?
    }

    fn begin(&self, plan: Box<Plan>) -> Result<Received<crate::http::Body>, Box<ErrorDetails>> {
        let operation = Some(plan.info.id);
        self.driver.run(
            operation,
            exchange::send(&self.client.settings, plan, Reading::Streamed),
        )?
    }
}

impl<Held> ClientBuilder<Held> {
    /// Builds a blocking client that sends over HTTP, for programs without async.
    ///
    /// # Errors
    ///
    /// If [`ClientBuilder::build`] fails, or the system cannot start a thread.
    #[cfg(feature = "reqwest")]
    pub fn build_blocking(self) -> Result<Client<Held>, Error> {
        Ok(Client::new(self.build()?, Driver::new()?))
    }
}

impl<Held> Clone for Client<Held> {
    fn clone(&self) -> Self {
        Self::new(self.client.clone(), self.driver.clone())
    }
}

impl<Held> fmt::Debug for Client<Held> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.client.fmt(f)
    }
}
