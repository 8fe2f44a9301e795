//! The client of GitHub: [`github`] begins one, and sends what the `endpoints` of a generation have.
//!
//! ```no_run
//! # async fn example(jwt: String) -> Result<(), Box<dyn std::error::Error>> {
//! # #[cfg(feature = "apps")] {
//! use github_apps::apps::endpoints::{GetApp, ListInstallations};
//! use github_apps::apps::security::AppJwt;
//! use github_apps::client::github;
//!
//! let client = github().credential(AppJwt::new(jwt)).build()?;
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
//! An [`Error`] tells what kind it is, and has the documented error response with its type:
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # #[cfg(feature = "apps")] {
//! # use github_apps::apps::security::AppJwt;
//! # use github_apps::client::github;
//! use github_apps::apps::endpoints::GetInstallation;
//!
//! # let server = axum::Router::new().fallback(|| async { (axum::http::StatusCode::NOT_FOUND, r#"{"message":"Gone"}"#) });
//! # let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
//! # let url = format!("http://{}", listener.local_addr()?);
//! # tokio::spawn(async move { axum::serve(listener, server).await });
//! # let client = github().base_url(url).credential(AppJwt::new("a.b.c")).build()?;
//! match client.send(GetInstallation::new(1)).await {
//!     Ok(installation) => println!("{}", installation.app_slug),
//!     Err(error) if error.status().is_some_and(|status| status == 404) => {
//!         let documented = error.failure().and_then(|body| body.message.as_deref());
//!         assert_eq!(documented, Some("Gone"));
//!         assert_eq!(error.to_string(), "get-installation: the server answered 404 Not Found: Gone");
//!     }
//!     Err(error) => return Err(error.into()),
//! }
//! # }
//! # Ok(())
//! # }
//! ```
//!
//! Each generation has its credentials in `security`. An operation that takes another one than the client holds doesn't
//! compile:
//!
//! ```compile_fail,E0277
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use github_apps::apps::endpoints::ListInstallationRepositories;
//! use github_apps::apps::security::AppJwt;
//! use github_apps::client::github;
//!
//! let client = github().credential(AppJwt::new("a.b.c")).build()?;
//! client.send(ListInstallationRepositories::new()).await?;
//! # Ok(())
//! # }
//! ```
//!
//! A token of an installation has permissions. A client that knows them refuses an operation that needs another one,
//! before anything is sent, and reads which one it is where the server refuses:
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # #[cfg(all(feature = "apps", feature = "integrations"))] {
//! use github_apps::apps::models::InstallationToken;
//! use github_apps::client::github;
//! use github_apps::integrations::{endpoints::ListDeployments, security};
//!
//! # let token: InstallationToken = github_apps::runtime::decode(
//! #     br#"{"token":"ghs_1","expires_at":"2016-07-11T22:14:10Z","permissions":{"deployments":"read"}}"#)?;
//! let mut builder = github().credential(security::InstallationToken::new(token.token));
//! if let Some(permissions) = &token.permissions {
//!     builder = builder.granted(permissions);
//! }
//! let error = builder.build()?.send(ListDeployments::new(1)).await.unwrap_err();
//! assert!(error.is_permission());
//! assert_eq!(error.to_string(), "list-deployments: the permission `deployments: write` is missing");
//! # }
//! # Ok(())
//! # }
//! ```
//!
//! A client that is left running retries, keeps to GitHub's limits and asks whether what it has still holds, with the
//! feature `resilience`:
//!
//! ```
//! # #[cfg(all(feature = "apps", feature = "resilience"))] {
//! use std::time::Duration;
//!
//! use github_apps::apps::security::AppJwt;
//! use github_apps::client::{MemoryCache, Resend, Resilience, github};
//!
//! let resilience = Resilience::new()
//!     .resend(Resend::Refused)
//!     .between_writes(Duration::from_secs(1))
//!     .deadline(Duration::from_secs(300))
//!     .cache(MemoryCache::new(64 * 1024 * 1024));
//! let client = github().credential(AppJwt::new("a.b.c")).layer(resilience).build()?;
//! # }
//! # Ok::<(), github_apps::client::Error>(())
//! ```
//!
//! `Resend::Refused` also sends again what changes something, once GitHub has refused it for a limit. A second between what
//! changes something is what GitHub asks of who does much of it; each credential has a queue of its own. A 304 doesn't
//! count against the limit of an hour.
//!
//! Programs without async have the same client by `build_blocking`, with the feature `blocking`.
//!
//! A [`Credential`] made by hand, or several of them ([`ClientBuilder::credentials`]), are checked before anything is
//! sent. A JWT is taken ready-made here; the module `app` signs it, and keeps the tokens of installations fresh.

pub use octogen_runtime::{Grants, MissingPermissions, Need, Needs, permissions_for};

#[cfg(feature = "resilience")]
pub use octogen_runtime::client::{
    BetweenWrites, Cache, CacheKey, Cached, Call, CredentialId, MemoryCache, Resend, Resilience,
};
pub use octogen_runtime::client::{
    Body, BoxError, Client, ClientBuilder, Credential, CredentialSource, Error, FullResponse, Holds, Items, Pages,
    Provided, Providing, Sourced, Timeout, TransportError,
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

/// A base URL as it is shown: what is refused as one may hold a password.
#[cfg(any(feature = "app", feature = "user"))]
pub(crate) fn shown(base: &str) -> &str {
    if base.contains(['@', '?', '#']) { "…" } else { base }
}
