//! The client and the app for programs without async: the same operations, whose results are waited for.
//!
//! ```no_run
//! # #[cfg(feature = "app")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use github_apps::app::AppKey;
//! use github_apps::apps::endpoints::{ListInstallationRepositories, ListInstallations};
//! use github_apps::blocking::App;
//!
//! let app = App::new("Iv23liExample", AppKey::from_file("my-app.private-key.pem")?)?;
//! for installation in app.client().pages(ListInstallations::new().per_page(100)).items() {
//!     let installation = installation?;
//!     let covered = app.installation(installation.id).send(ListInstallationRepositories::new())?;
//!     println!("{} with {} repositories", installation.html_url, covered.total_count);
//! }
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "app"))]
//! # fn main() {}
//! ```
//!
//! A client without an app is [`build_blocking`](crate::client::ClientBuilder::build_blocking)'s:
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # #[cfg(feature = "apps")] {
//! use github_apps::apps::{endpoints::GetApp, security::AppJwt};
//! use github_apps::client::github;
//!
//! # let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
//! # let url = format!("http://{}", listener.local_addr()?);
//! # drop(listener);
//! let client = github().base_url(url).credential(AppJwt::new("a.b.c")).build_blocking()?;
//! assert!(client.send(GetApp::new()).unwrap_err().is_connect());
//! # }
//! # Ok(())
//! # }
//! ```
//!
//! Behind it is the async client with a thread of its own, which does what is to be done with sockets and timers. All
//! clients of an app share it, and threads share a client: each of their requests is under way at once. Within async code
//! it works and never panics, but it blocks the thread that it is called on, and with it the tasks there. It may be
//! dropped anywhere. Only where something that runs on that thread calls back, such as a stream that is being sent, there
//! is an error ([`Error::is_transport`](crate::client::Error::is_transport)).

#[cfg(feature = "app")]
mod app;

#[cfg(feature = "app")]
pub use app::{App, Installation};
pub use octogen_runtime::client::blocking::{Body, Client, Driver, Items, Pages};
