//! The steps of a registration: the form, the callback, and the exchange of the code.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use url::Url;

use super::callback::{self, ManifestCode};
use super::credentials::Credentials;
use super::form::Form;
use super::state::States;
use super::{Manifest, RegisterError, new_app_page};
use crate::address::api_url;
use crate::apps::endpoints::CreateAppFromManifest;
use crate::client::{Client, github};
use crate::runtime::client::may_receive_secrets;

/// GitHub's limit for all three steps.
const STATE_LIFETIME: Duration = Duration::from_secs(60 * 60);

/// A registrar of GitHub Apps: it makes the form for a manifest, checks the callback of the browser, and exchanges its
/// code for the credentials of the new app. Clones share the states that they have issued.
///
/// | setting | default |
/// |---|---|
/// | GitHub | github.com |
/// | lifetime of a state | one hour |
#[derive(Clone)]
pub struct Registrar {
    web: Url,
    client: Client,
    states: Arc<States>,
}

impl Registrar {
    /// Creates a registrar, which registers apps from manifests, for github.com.
    ///
    /// # Errors
    ///
    /// If TLS can't be set up.
    pub fn new() -> Result<Self, RegisterError> {
        Self::at("https://github.com")
    }

    /// Creates a registrar of apps for another GitHub server, by the URL of its web pages: `https://github.example.com`
    /// for a GitHub Enterprise Server, whose API is at `/api/v3`, or `https://octocorp.ghe.com`.
    ///
    /// # Errors
    ///
    /// If the URL is invalid, or neither `https` nor on loopback, or TLS can't be set up.
    pub fn at(web_url: &str) -> Result<Self, RegisterError> {
        let web = new_app_page::parse_web_url(web_url)?;
        let client = github().base_url(api_url(&web)).build();
        let client = client.map_err(|error| RegisterError::Client(Box::new(error)))?;
        Ok(Self { web, client, states: Arc::new(States::new(STATE_LIFETIME)) })
    }

    /// Sets the HTTP client with which this registrar exchanges the code for credentials, with its server, timeout and
    /// transport. The client's own credentials are not used.
    #[must_use]
    pub fn client<Held>(self, client: Client<Held>) -> Self {
        Self { client: client.without_credential(), ..self }
    }

    /// Sets the lifetime of a `state`, the random value that ties a registration form to its callback. The default is
    /// one hour, GitHub's own limit. States that this registrar has issued before become invalid.
    #[must_use]
    pub fn state_lifetime(self, lifetime: Duration) -> Self {
        Self { states: Arc::new(States::new(lifetime)), ..self }
    }

    /// Returns a registration form with this manifest, for a new app that is owned by the person who submits the form.
    ///
    /// # Errors
    ///
    /// If the system gives no random numbers.
    pub fn form(&self, manifest: &Manifest) -> Result<Form, RegisterError> {
        self.issue_form(None, manifest)
    }

    /// Returns a registration form with this manifest, for a new app that is owned by an organization.
    ///
    /// # Errors
    ///
    /// If the name of the organization is invalid, or the system gives no random numbers.
    pub fn form_for_organization(&self, organization: &str, manifest: &Manifest) -> Result<Form, RegisterError> {
        self.issue_form(Some(organization), manifest)
    }

    /// Checks the query of the callback that the browser requests after a registration, and returns the code in it.
    /// Then pass the code to [`Registrar::exchange`]. A state is valid once, a code for an hour.
    ///
    /// # Errors
    ///
    /// If the state is missing, repeated, unknown, used or expired, or the code is missing, repeated or invalid. If the
    /// code is the problem, the state stays valid.
    pub fn accept(&self, query: &str) -> Result<ManifestCode, RegisterError> {
        let (state, code) = callback::read_query(query)?;
        self.states.take(state.expose())?;
        Ok(code)
    }

    /// Exchanges the code of a registration callback for the credentials of the new app, with a request to GitHub.
    /// GitHub gives them once, so save them first of all.
    ///
    /// # Errors
    ///
    /// If GitHub refuses the code or is not reached, or the URL of the API is neither `https` nor on loopback. If GitHub was
    /// not reached, the code can be exchanged again.
    pub async fn exchange(&self, code: &ManifestCode) -> Result<Credentials, RegisterError> {
        let api = self.client.base_url();
        if !may_receive_secrets(api) {
            return Err(RegisterError::Address("its API is not `https`, so that others could read the private key"));
        }
        let sent = self.client.send(CreateAppFromManifest::new(code.secret())).await;
        let app = sent.map_err(|error| RegisterError::Exchange(Box::new(error)))?;
        Ok(Credentials::new(app, api))
    }

    fn issue_form(&self, organization: Option<&str>, manifest: &Manifest) -> Result<Form, RegisterError> {
        let action = new_app_page::new_app_url(&self.web, organization, self.states.issue()?)?;
        Ok(Form::new(action, self.web.origin().ascii_serialization(), organization, manifest))
    }
}

impl fmt::Debug for Registrar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Registrar({}, {:?})", self.web, self.client)
    }
}
