//! The client for programs without async. It blocks until each result is there.
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
//! [`Client::new`] makes it from an async client, such as one with settings of reqwest:
//!
//! ```no_run
//! # #[cfg(feature = "reqwest")]
//! # fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use octogen_runtime::client::blocking::{self, Driver};
//! use octogen_runtime::client::{Client, reqwest::Proxy};
//!
//! let proxy = Proxy::https("http://proxy.example.com:3128")?;
//! let builder = Client::builder().base_url("https://api.example.com");
//! let client = builder.build_with_reqwest(|http| http.proxy(proxy.clone()))?;
//! let client = blocking::Client::new(client, Driver::new()?);
//! # Ok(())
//! # }
//! ```
//!
//! It is the async client with all its rules and layers, driven by a thread ([`Driver`]). Threads may share it, and their
//! requests run at the same time. It also works within async code and never panics there. But it blocks the thread with all
//! its tasks, so use it in `tokio::task::spawn_blocking`. It can be dropped anywhere.

mod body;
mod client;
mod driver;
mod pages;

pub use body::Body;
pub use client::Client;
pub use driver::Driver;
pub use pages::{Items, Pages};
