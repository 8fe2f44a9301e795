//! The credentials of a new app.

use crate::apps::models::AppFromManifest;
use crate::runtime::{Secret, object};

/// The credentials of an app that was registered from a manifest: its ids, client secret, webhook secret and private
/// key. `Debug` shows no secret; [`crate::runtime::encode`] and [`Credentials::save`] write them.
#[non_exhaustive]
pub struct Credentials {
    /// The numeric app id.
    pub id: i64,
    /// The name of the app in URLs, such as `octoapp` in `https://github.com/apps/octoapp`.
    pub slug: Option<String>,
    /// The name of the app for people. It may differ from the name in the manifest.
    pub name: String,
    /// The app's public page, from which it is installed.
    pub html_url: String,
    /// The URL of the API where the app is registered.
    pub api_url: String,
    /// The client id of the app, which is also the issuer of its tokens.
    pub client_id: String,
    /// The client secret of the app.
    pub client_secret: Secret,
    /// The secret that signs webhook deliveries, or null without a webhook.
    pub webhook_secret: Option<Secret>,
    /// The private key that signs the app's tokens, as PEM.
    pub pem: Secret,
}

object! { Credentials [id, ?slug, name, html_url, api_url, client_id, client_secret, webhook_secret, pem] }

impl Credentials {
    pub(super) fn new(app: AppFromManifest, api_url: &str) -> Self {
        let AppFromManifest { id, slug, name, html_url, client_id, client_secret, webhook_secret, pem, .. } = app;
        Self { id, slug, name, html_url, api_url: api_url.to_owned(), client_id, client_secret, webhook_secret, pem }
    }

    /// Creates a builder of a GitHub App ([`AppBuilder`](crate::app::AppBuilder)) with the client id, the private key
    /// and the API URL of these credentials. Requires the feature `app`.
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
    /// If the private key of the credentials is invalid.
    #[cfg(feature = "app")]
    #[cfg_attr(docsrs, doc(cfg(feature = "app")))]
    pub fn app(&self) -> Result<crate::app::AppBuilder, crate::app::KeyError> {
        let key = crate::app::AppKey::from_pem(self.pem.expose())?;
        Ok(crate::app::App::builder(self.client_id.as_str(), key).base_url(self.api_url.as_str()))
    }

    /// Returns a receiver of webhook deliveries that checks signatures with the webhook secret of these credentials.
    /// `None` if the app has no webhook. Requires the feature `webhook`.
    #[cfg(feature = "webhook")]
    #[cfg_attr(docsrs, doc(cfg(feature = "webhook")))]
    #[must_use]
    pub fn receiver(&self) -> Option<crate::webhook::Receiver> {
        self.webhook_secret.clone().filter(|secret| !secret.expose().is_empty()).map(crate::webhook::Receiver::new)
    }
}
