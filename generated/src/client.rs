//! The client of GitHub: [`github`] begins one, and sends what the `endpoints` of a generation have.
//!
//! ```no_run
//! # async fn example(jwt: String) -> Result<(), Box<dyn std::error::Error>> {
//! # #[cfg(feature = "apps")] {
//! use github_apps::apps::endpoints::{GetApp, ListInstallations};
//! use github_apps::client::{app_jwt, github};
//!
//! let client = github().credential(app_jwt(jwt)).build()?;
//! println!("I am {}", client.send(GetApp::new()).await?.name);
//!
//! let mut all = client.pages(ListInstallations::new().per_page(100)).items();
//! while let Some(installation) = all.try_next().await? {
//!     println!("{} since {}", installation.html_url, installation.created_at);
//! }
//! # }
//! # Ok(())
//! # }
//! ```
//!
//! A JWT is taken ready-made; signing one and keeping tokens fresh are not part of it yet.

use octogen_runtime::Secret;
pub use octogen_runtime::client::{
    Body, BoxError, Client, ClientBuilder, Credential, Error, FullResponse, Items, Pages, Timeout, TransportError,
};

#[cfg(feature = "apps")]
use crate::apps::SERVER;
#[cfg(all(feature = "apps-2017", not(feature = "apps")))]
use crate::apps_2017::SERVER;
#[cfg(all(feature = "integrations", not(any(feature = "apps", feature = "apps-2017"))))]
use crate::integrations::SERVER;
#[cfg(not(any(feature = "apps", feature = "apps-2017", feature = "integrations")))]
const SERVER: &str = "https://api.github.com";

/// Begins a client of github.com; with the feature `apps` it names the version of the API that `apps` documents.
///
/// ```
/// let client = github_apps::client::github().user_agent("my-app/1.0").build()?;
/// assert_eq!(format!("{client:?}"), "Client(https://api.github.com/, credentials: [])");
/// # Ok::<(), github_apps::client::Error>(())
/// ```
pub fn github() -> ClientBuilder {
    let builder = Client::builder().base_url(SERVER).user_agent(concat!("github-apps/", env!("CARGO_PKG_VERSION")));
    #[cfg(feature = "apps")]
    let builder = builder.header("x-github-api-version", crate::apps::API_VERSION);
    builder
}

/// The app itself (`appJwt`), by a JWT that is signed already.
pub fn app_jwt(jwt: impl Into<Secret>) -> Credential {
    Credential::jwt(jwt).for_scheme("appJwt")
}

/// An installation of the app (`installationToken`).
pub fn installation_token(token: impl Into<Secret>) -> Credential {
    Credential::bearer(token).for_scheme("installationToken")
}

/// A user as the API of 2017 knows them (`userTokenQuery`): the token stands in the query, where it is never shown.
pub fn user_token_query(token: impl Into<Secret>) -> Credential {
    Credential::query("access_token", token).for_scheme("userTokenQuery")
}
