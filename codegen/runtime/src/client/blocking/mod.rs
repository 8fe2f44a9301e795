//! The client for programs without async: the same operations, whose results are waited for.
//!
//! ```no_run
//! # #[cfg(feature = "reqwest")]
//! # fn example<List>(list: List) -> Result<(), Box<dyn std::error::Error>>
//! # where
//! #     List: octogen_runtime::Operation<Failure = ()> + Clone,
//! #     List::Output: octogen_runtime::Page,
//! # {
//! use octogen_runtime::client::{Client, Credential};
//!
//! let client = Client::builder()
//!     .base_url("https://api.example.com")
//!     .credential(Credential::bearer("…"))
//!     .build_blocking()?;
//! let value = client.send(list.clone())?;
//! for item in client.pages(list).items() {
//!     let item = item?;
//! }
//! # Ok(())
//! # }
//! ```
//!
//! It is the async client, driven by a thread of its own ([`Driver`]), with all its rules and layers. Threads may share
//! it: each of their requests is under way at once. Within async code it works as well and never panics, but it blocks the
//! thread that it is called on, and with it all tasks there: `tokio::task::spawn_blocking` is the place for it. It can be
//! dropped anywhere.

mod body;
mod driver;
mod pages;

use std::fmt;

pub use body::Body;
pub use driver::Driver;
pub use pages::{Items, Pages};

use super::credential::Holds;
use super::exchange::{self, Arrived, Reading};
use super::fault::Fault;
use super::plan::Plan;
use super::{ClientBuilder, Error, FullResponse, failed, read};
use crate::http::{AnyCredential, Grants, Operation, Takes};

/// Sends operations to a server and waits for what comes back. A clone shares connections and the driver with the original,
/// and costs nothing.
///
/// The methods are those of the async [`Client`](super::Client), which [`ClientBuilder`] begins.
pub struct Client<Held = AnyCredential> {
    client: super::Client<Held>,
    driver: Driver,
}

impl<Held> Client<Held> {
    /// Waits for what an async client does. That one should be used nowhere else: its connections end with the driver.
    #[must_use]
    pub fn new(client: super::Client<Held>, driver: Driver) -> Self {
        Self { client, driver }
    }

    /// What it waits by, for futures of your own and for other clients.
    #[must_use]
    pub fn driver(&self) -> &Driver {
        &self.driver
    }

    /// The URL under which the paths of the operations are.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.client.base_url()
    }

    /// See [`super::Client::with_credential`].
    #[must_use]
    pub fn with_credential<C: Holds>(&self, credential: C) -> Client<C::Held> {
        Client::new(self.client.with_credential(credential), self.driver.clone())
    }

    /// See [`super::Client::without_credential`].
    #[must_use]
    pub fn without_credential(&self) -> Client {
        Client::new(self.client.without_credential(), self.driver.clone())
    }

    /// See [`super::Client::with_granted`].
    #[must_use]
    pub fn with_granted(&self, permissions: impl Into<Grants>) -> Self {
        Self::new(self.client.with_granted(permissions), self.driver.clone())
    }

    /// See [`super::Client::with_extension`].
    #[must_use]
    pub fn with_extension<T: Clone + Send + Sync + 'static>(&self, extension: T) -> Self {
        Self::new(self.client.with_extension(extension), self.driver.clone())
    }

    /// Sends an operation and gives what it documents.
    ///
    /// # Errors
    ///
    /// Where nothing may be sent, nothing comes back, or what comes back is an error or not as documented.
    pub fn send<O>(&self, operation: O) -> Result<O::Output, Error<O::Failure>>
    where
        O: Operation + Takes<Held>,
    {
        Ok(self.send_full(operation)?.body)
    }

    /// Sends an operation and gives what it documents, with status and headers.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`].
    pub fn send_full<O>(&self, operation: O) -> Result<FullResponse<O::Output>, Error<O::Failure>>
    where
        O: Operation + Takes<Held>,
    {
        let plan = Plan::new(&self.client.settings, const { &O::ABOUT }, operation.request());
        let arrived = plan.and_then(|plan| self.exchanged(plan));
        arrived.map_err(|fault| Error::new(fault, None)).and_then(read::<O>)
    }

    /// Sends an operation and gives the response before its body, which is read as it comes, without a limit but that of
    /// the client's timeout. An error response is received and read as [`Client::send`] reads it.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`], but for those of the body.
    pub fn stream<O>(&self, operation: O) -> Result<FullResponse<Body>, Error<O::Failure>>
    where
        O: Operation + Takes<Held>,
    {
        let plan = Plan::new(&self.client.settings, const { &O::ABOUT }, operation.request());
        let arrived = plan.and_then(|plan| self.begun(plan)).map_err(|fault| Error::new(fault, None))?;
        if arrived.is_result() {
            let body = Body::new(arrived.body, self.driver.clone());
            return Ok(FullResponse { status: arrived.status, headers: arrived.headers, body });
        }
        let whole = exchange::receive_into(arrived, self.client.settings.limit);
        let whole = self.driver.run(Some(O::ABOUT.id), whole).and_then(|whole| whole);
        Err(whole.map_or_else(|fault| Error::new(fault, None), failed::<O>))
    }

    /// The pages of an operation's result, each asked for when it is its turn.
    pub fn pages<O: Operation + Takes<Held>>(&self, operation: O) -> Pages<O> {
        Pages::new(self.client.pages(operation), self.driver.clone())
    }

    /// The pages of an operation's result from an address on that [`Pages::address`] gave. It is followed only where it is
    /// at the origin to which the operation goes anyway.
    pub fn pages_from<O: Operation + Takes<Held>>(&self, operation: O, address: &str) -> Pages<O> {
        Pages::new(self.client.pages_from(operation, address), self.driver.clone())
    }

    fn exchanged(&self, plan: Box<Plan>) -> Result<Arrived, Box<Fault>> {
        self.driver.run(Some(plan.about.id), exchange::run(&self.client.settings, plan))?
    }

    fn begun(&self, plan: Box<Plan>) -> Result<Arrived<super::Body>, Box<Fault>> {
        let operation = Some(plan.about.id);
        self.driver.run(operation, exchange::begin(&self.client.settings, plan, Reading::Streamed))?
    }
}

impl<Held> ClientBuilder<Held> {
    /// The client, over HTTP, for programs without async.
    ///
    /// # Errors
    ///
    /// As for [`ClientBuilder::build`], and where there is no thread for it.
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
