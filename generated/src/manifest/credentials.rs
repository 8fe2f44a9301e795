//! What a new app proves itself with.

use crate::apps::models::AppFromManifest;
use crate::runtime::{Secret, object};

/// The credentials of a new app. Its secrets don't print; [`crate::runtime::encode`] writes them, and so does
/// [`Credentials::save`].
#[non_exhaustive]
pub struct Credentials {
    /// The app id.
    pub id: i64,
    /// The name in URLs.
    pub slug: Option<String>,
    /// The name that people see, which may be another one than that of the manifest.
    pub name: String,
    /// The app's public page, from which it is installed.
    pub html_url: String,
    /// Where the API is at which the app is registered.
    pub api_url: String,
    /// The public half of the app's OAuth credentials. It stands for the app as the issuer of its tokens.
    pub client_id: String,
    /// The secret half of the app's OAuth credentials.
    pub client_secret: Secret,
    /// The key with which deliveries are signed, or null when there is none.
    pub webhook_secret: Option<Secret>,
    /// The private key that signs the app's tokens, as a PEM block with line breaks.
    pub pem: Secret,
}

object! { Credentials [id, ?slug, name, html_url, api_url, client_id, client_secret, webhook_secret, pem] }

impl Credentials {
    pub(super) fn new(app: AppFromManifest, api_url: &str) -> Self {
        let AppFromManifest { id, slug, name, html_url, client_id, client_secret, webhook_secret, pem, .. } = app;
        Self { id, slug, name, html_url, api_url: api_url.to_owned(), client_id, client_secret, webhook_secret, pem }
    }

    /// Begins the app that has these credentials.
    ///
    /// ```no_run
    /// use github_apps::manifest::Credentials;
    ///
    /// let app = Credentials::load("octoapp.json")?.app()?.build()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Where the private key is none.
    #[cfg(feature = "app")]
    pub fn app(&self) -> Result<crate::app::AppBuilder, crate::app::KeyError> {
        let key = crate::app::AppKey::from_pem(self.pem.expose())?;
        Ok(crate::app::App::builder(self.client_id.as_str(), key).base_url(self.api_url.as_str()))
    }

    /// What lets in the deliveries of the app's webhook; `None` where it has none.
    #[cfg(feature = "webhook")]
    #[must_use]
    pub fn receiver(&self) -> Option<crate::webhook::Receiver> {
        self.webhook_secret.clone().filter(|secret| !secret.expose().is_empty()).map(crate::webhook::Receiver::new)
    }
}
