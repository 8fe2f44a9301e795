//! The three steps: to GitHub with a manifest, back with a code, and the code for credentials.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use url::Url;

use super::callback::{self, Code};
use super::credentials::Credentials;
use super::form::Form;
use super::state::States;
use super::{Manifest, RegisterError, place};
use crate::apps::endpoints::CreateAppFromManifest;
use crate::client::{Client, github};
use crate::runtime::client::may_receive_secrets;

/// For as long GitHub waits for all three steps.
const LIFE: Duration = Duration::from_secs(60 * 60);

/// Registers apps. A clone knows the states that the original has given out.
///
/// | | unless said otherwise |
/// |---|---|
/// | GitHub | github.com |
/// | a state is good for | one hour, and once |
#[derive(Clone)]
pub struct Registrar {
    web: Url,
    client: Client,
    states: Arc<States>,
}

impl Registrar {
    /// At github.com.
    ///
    /// # Errors
    ///
    /// Where TLS can't be set up.
    pub fn new() -> Result<Self, RegisterError> {
        Self::at("https://github.com")
    }

    /// At another GitHub, by the URL of its pages: `https://github.example.com` for a GitHub Enterprise Server, whose API
    /// is then at `/api/v3`, or `https://octocorp.ghe.com`.
    ///
    /// # Errors
    ///
    /// Where the URL is none, isn't `https` although it leads beyond loopback, or TLS can't be set up.
    pub fn at(web_url: &str) -> Result<Self, RegisterError> {
        let web = place::web(web_url)?;
        let client = github().base_url(place::api(&web)).build();
        let client = client.map_err(|error| RegisterError::Client(Box::new(error)))?;
        Ok(Self { web, client, states: Arc::new(States::new(LIFE)) })
    }

    /// A client of your own, with its server, its timeout and its transport. Its credentials aren't used.
    #[must_use]
    pub fn client<Held>(self, client: Client<Held>) -> Self {
        Self { client: client.without_credential(), ..self }
    }

    /// How long a state is good for, in place of the hour that GitHub waits. Those that were given out are forgotten.
    #[must_use]
    pub fn state_life(self, life: Duration) -> Self {
        Self { states: Arc::new(States::new(life)), ..self }
    }

    /// The form for an app of the person who opens it.
    ///
    /// # Errors
    ///
    /// Where this machine has no random numbers.
    pub fn form(&self, manifest: &Manifest) -> Result<Form, RegisterError> {
        self.form_of(None, manifest)
    }

    /// The form for an app of an organization.
    ///
    /// # Errors
    ///
    /// Where no organization can have that name, or this machine has no random numbers.
    pub fn form_for(&self, organization: &str, manifest: &Manifest) -> Result<Form, RegisterError> {
        self.form_of(Some(organization), manifest)
    }

    /// The code of a callback, by the query of its URL. The state is used up with that, and the code is good for an hour.
    ///
    /// # Errors
    ///
    /// Where the state is missing, unknown, used or too old, or the code is missing or none. Nothing is used up where the
    /// code is to blame.
    pub fn accept(&self, query: &str) -> Result<Code, RegisterError> {
        let (state, code) = callback::read(query)?;
        self.states.take(state.expose())?;
        Ok(code)
    }

    /// The credentials of the new app. GitHub gives them once: keep them before anything else is done.
    ///
    /// # Errors
    ///
    /// Where GitHub refuses, isn't reached, or would answer in the clear. What didn't reach GitHub can be sent again.
    pub async fn exchange(&self, code: &Code) -> Result<Credentials, RegisterError> {
        let api = self.client.base_url();
        if !may_receive_secrets(api) {
            return Err(RegisterError::Address("its API isn't `https`, and anybody on the way could read the key"));
        }
        let sent = self.client.send(CreateAppFromManifest::new(code.secret())).await;
        let app = sent.map_err(|error| RegisterError::Exchange(Box::new(error)))?;
        Ok(Credentials::new(app, api))
    }

    fn form_of(&self, organization: Option<&str>, manifest: &Manifest) -> Result<Form, RegisterError> {
        let action = place::action(&self.web, organization, self.states.issue()?)?;
        Ok(Form::new(action, self.web.origin().ascii_serialization(), organization, manifest))
    }
}

impl fmt::Debug for Registrar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Registrar({}, {:?})", self.web, self.client)
    }
}
