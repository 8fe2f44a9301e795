//! Registers a GitHub App from a manifest: a person agrees on a page of GitHub, and the program has the app's credentials.
//!
//! 1. The program shows a [`Form`], whose button brings a person to GitHub, with what the app is to be like.
//! 2. GitHub brings the person back to the manifest's `redirect_url`, with a code.
//! 3. The code is good for the [`Credentials`] of the app, once and within an hour.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use github_apps::manifest::{Manifest, Registrar, RegisterError};
//!
//! let registrar = Registrar::new()?;
//! let manifest = Manifest::new("https://example.com").name("Octoapp").redirect_url("https://example.com/registered");
//!
//! // The first request: a page with a button.
//! let form = registrar.form(&manifest)?;
//! assert!(form.action().starts_with("https://github.com/settings/apps/new?state="));
//! assert!(form.page().contains("Register Octoapp"));
//!
//! // The second one is that of `redirect_url`. This one comes from somebody else.
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
//! use github_apps::manifest::IfThere;
//!
//! let code = registrar.accept(query)?;
//! let credentials = registrar.exchange(&code).await?;
//! credentials.save("octoapp.json", IfThere::Keep)?;
//! # Ok(())
//! # }
//! ```
//!
//! A state is 256 bits by chance, good once and for an hour, and known to this process alone. It proves that who comes back
//! was shown the form: show that to nobody who may not register the app.
//!
//! What a manifest has, and what GitHub makes of it:
//! <https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest>.

mod callback;
mod credentials;
mod error;
mod file;
mod form;
mod html;
mod model;
mod place;
mod registrar;
mod state;

pub use callback::Code;
pub use credentials::Credentials;
pub use error::RegisterError;
pub use file::{FileError, IfThere};
pub use form::Form;
pub use html::{escape, page};
pub use model::{HookAttributes, Manifest};
pub use registrar::Registrar;
