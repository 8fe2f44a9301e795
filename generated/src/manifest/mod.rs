//! Registers a GitHub App from a manifest.
//!
//! A person confirms the manifest on a page of GitHub, and the program gets the app's credentials. Requires the feature
//! `manifest`.
//!
//! 1. The program shows a [`Form`]. Its button sends the browser with the manifest to GitHub.
//! 2. GitHub sends the browser back to the manifest's `redirect_url`, with a code.
//! 3. The program exchanges the code for the [`Credentials`] of the app, once and within an hour.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use github_apps::manifest::{Manifest, Registrar, RegisterError};
//!
//! let registrar = Registrar::new()?;
//! let manifest = Manifest::new("https://example.com").name("Octoapp").redirect_url("https://example.com/registered");
//!
//! // The response to the first request is a page with a button.
//! let form = registrar.form(&manifest)?;
//! assert!(form.action().starts_with("https://github.com/settings/apps/new?state="));
//! assert!(form.page().contains("Register Octoapp"));
//!
//! // The second request is that of `redirect_url`. This one has a state of somebody else.
//! let error = registrar.accept("code=a180b1a3d263c81bc6441d7b990bae27d4c10679&state=abc123").unwrap_err();
//! assert!(matches!(error, RegisterError::UnknownState) && error.status() == 400);
//! # Ok(())
//! # }
//! ```
//!
//! ```no_run
//! # async fn example(
//! #     registrar: github_apps::manifest::Registrar, query: &str,
//! # ) -> Result<(), Box<dyn std::error::Error>> {
//! use github_apps::manifest::IfExists;
//!
//! let code = registrar.accept(query)?;
//! let credentials = registrar.exchange(&code).await?;
//! credentials.save("octoapp.json", IfExists::Keep)?;
//! # Ok(())
//! # }
//! ```
//!
//! A state is 256 random bits. It is valid once and for an hour, and known to this process only. It proves that the browser
//! had the form, so show the form only to people who may register the app.
//!
//! Source: <https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest>.

mod callback;
mod credentials;
mod error;
mod file;
mod form;
mod html;
mod model;
mod new_app_page;
mod registrar;
mod state;

pub use callback::ManifestCode;
pub use credentials::Credentials;
pub use error::RegisterError;
pub use file::{FileError, IfExists};
pub use form::Form;
pub use html::{escape_html, render_page};
pub use model::{HookAttributes, Manifest};
pub use registrar::Registrar;
