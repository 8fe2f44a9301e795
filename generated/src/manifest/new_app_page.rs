//! The address of GitHub's page of a new app.

use url::Url;

use super::RegisterError;
use crate::runtime::client::may_receive_secrets;
use crate::runtime::{Operation, Secret, operation};

operation! {
    /// GitHub's web page on which a person registers a new app in their own account.
    ///
    /// The operation is not sent: only its path and query become the URL of the registration form.
    pub struct NewApp(state into Secret = query("state")) -> Result<()> = post("new-app", "/settings/apps/new");
}

operation! {
    /// GitHub's web page on which a person registers a new app for an organization.
    ///
    /// The operation is not sent: only its path and query become the URL of the registration form.
    pub struct NewOrganizationApp(
        organization into String = path("organization"),
        state into Secret = query("state"),
    ) -> Result<()> = post("new-organization-app", "/organizations/{organization}/settings/apps/new");
}

/// Parses and checks the URL of a GitHub server's web pages. A form with a manifest is sent there, and a private key
/// comes from its API.
pub(super) fn parse_web_url(url: &str) -> Result<Url, RegisterError> {
    let parsed = Url::parse(url).map_err(|_| RegisterError::Address("it can't be parsed"))?;
    if !may_receive_secrets(url) {
        return Err(RegisterError::Address("it is not `https`, so that others could read the private key"));
    }
    let has_user = !parsed.username().is_empty() || parsed.password().is_some();
    if has_user || parsed.query().is_some() || parsed.fragment().is_some() {
        return Err(RegisterError::Address("it has more than a host and a path"));
    }
    Ok(parsed)
}

/// Returns the URL of GitHub's page for a new app, with a state. An operation builds it, so that no name of an
/// organization changes the path.
pub(super) fn new_app_url(web: &Url, organization: Option<&str>, state: Secret) -> Result<String, RegisterError> {
    let request = match organization {
        Some(name) => NewOrganizationApp::new(name, state).request(),
        None => NewApp::new(state).request(),
    };
    let request = request.map_err(RegisterError::Organization)?;
    let query: Vec<String> = request.query.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let base = web.as_str().trim_end_matches('/');
    Ok(format!("{base}{}?{}", request.path, query.join("&")))
}
