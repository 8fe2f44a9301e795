//! The HTTP client of GitHub.
//!
//! [`github`] starts its builder, and [`Client::send`] sends the operations of a generation's `endpoints`. Requires the
//! feature `client`, which is on by default.
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
//! An [`Error`] says what went wrong, and has the documented error response as a typed value:
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
//! The credentials of each generation are in its `security`. An operation that takes another credential than the client's
//! does not compile:
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
//! A token of an installation has permissions. A client that knows them refuses an operation that needs another permission
//! before it sends anything. If the server refuses an operation, the error names the permission too:
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # #[cfg(all(feature = "apps", feature = "integrations"))] {
//! use github_apps::apps::models::InstallationAccessToken;
//! use github_apps::client::github;
//! use github_apps::integrations::{endpoints::ListDeployments, security};
//!
//! # let token: InstallationAccessToken = github_apps::runtime::decode(
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
//! With the feature `resilience`, a client retries, respects GitHub's rate limits, and sends conditional requests:
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
//!     .write_interval(Duration::from_secs(1))
//!     .deadline(Duration::from_secs(300))
//!     .cache(MemoryCache::new(64 * 1024 * 1024));
//! let client = github().credential(AppJwt::new("a.b.c")).layer(resilience).build()?;
//! # }
//! # Ok::<(), github_apps::client::Error>(())
//! ```
//!
//! `Resend::Refused` repeats requests that change something, if GitHub has refused them because of a rate limit. GitHub asks
//! for a second between requests that change something; each credential has its own queue. A response with status 304 does
//! not count against the hourly limit.
//!
//! With the feature `blocking`, `build_blocking` builds the same client for programs without async.
//!
//! An untyped [`Credential`], or several of them ([`ClientBuilder::credentials`]), are checked when an operation is
//! sent. This client takes a signed JWT; the module `app` signs JWTs and keeps the tokens of installations fresh.

pub use octogen_runtime::{Grants, MissingPermissions, RequiredPermission, RequiredPermissions, permissions_for};

#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
pub use octogen_runtime::client::reqwest;
pub use octogen_runtime::client::{
    Body, BodyError, BoxError, Client, ClientBuilder, Credential, CredentialSource, Error, FullResponse,
    IntoCredential, Items, Pages, ProvideFuture, Provided, SourcedCredential, Timeout, TransportError,
};
#[cfg(feature = "resilience")]
pub use octogen_runtime::client::{Call, CredentialId};
#[cfg(feature = "resilience")]
pub use octogen_runtime::layers::{
    Cache, CacheFuture, CacheKey, CachedResponse, MemoryCache, Resend, Resilience, WriteInterval,
};

#[cfg(feature = "apps")]
use crate::apps::SERVER;
#[cfg(all(feature = "apps-2017", not(feature = "apps")))]
use crate::apps_2017::SERVER;
#[cfg(all(feature = "integrations", not(any(feature = "apps", feature = "apps-2017"))))]
use crate::integrations::SERVER;
#[cfg(not(any(feature = "apps", feature = "apps-2017", feature = "integrations")))]
const SERVER: &str = "https://api.github.com";

/// Creates a builder of an HTTP client for the API of github.com. With the feature `apps`, the client sends the API
/// version that `apps` describes in each request. Add a credential, and then call `build`.
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

/// Returns a base URL for `Debug`, or `…` if it may contain a password.
#[cfg(any(feature = "app", feature = "user"))]
pub(crate) fn redact_base_url(base: &str) -> &str {
    if base.contains(['@', '?', '#']) { "…" } else { base }
}
