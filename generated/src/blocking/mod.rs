//! The client and the app for programs without async: methods block until the response is there.
//!
//! Requires the feature `blocking`. The app also requires the feature `app`.
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
//! Without an app, [`build_blocking`](crate::client::ClientBuilder::build_blocking) builds a client:
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
//! It is the async client, with its sockets and timers on a thread of their own. All clients of an app share this thread.
//! Several threads can share a client and send at the same time. In async code it does not panic, but it blocks the calling
//! thread and the tasks there. It may be dropped anywhere. A call from the client's own thread, for example from a stream
//! that is being sent, is an error ([`Error::is_transport`](crate::client::Error::is_transport)).

#[cfg(feature = "app")]
mod app;

#[cfg(feature = "app")]
#[cfg_attr(docsrs, doc(cfg(feature = "app")))]
pub use app::{App, InstallationClient};
pub use octogen_runtime::client::blocking::{Body, Client, Driver, Items, Pages};
