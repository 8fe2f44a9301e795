//! Where GitHub is: its pages, its API, and the page of a new app.

use url::Url;

use super::RegisterError;
use crate::runtime::client::may_receive_secrets;
use crate::runtime::{Operation, Secret, operation};

operation! {
    /// The page of a new app, for the account of the person who opens it.
    pub struct NewApp(state into Secret = query("state")) -> Result<(), ()> = post("new-app", "/settings/apps/new");
}

operation! {
    /// The page of a new app, for an organization.
    pub struct NewAppOf(
        organization into String = path("organization"),
        state into Secret = query("state"),
    ) -> Result<(), ()> = post("new-app-of", "/organizations/{organization}/settings/apps/new");
}

/// Where the pages of GitHub are, so that neither a manifest nor a key goes anywhere in the clear.
pub(super) fn web(url: &str) -> Result<Url, RegisterError> {
    let url = Url::parse(url).map_err(|_| RegisterError::Address("it is no URL"))?;
    if !may_receive_secrets(url.as_str()) {
        return Err(RegisterError::Address("it isn't `https`, and anybody on the way could read along"));
    }
    let is_plain = url.username().is_empty() && url.password().is_none();
    if !is_plain || url.query().is_some() || url.fragment().is_some() {
        return Err(RegisterError::Address("it has more than a host and a path"));
    }
    Ok(url)
}

/// Where the API is: for github.com and for `*.ghe.com` it has a host of its own, for a GitHub Enterprise Server a path.
pub(super) fn api(web: &Url) -> String {
    match web.host_str().unwrap_or_default() {
        host if host == "github.com" || host.ends_with(".ghe.com") => format!("https://api.{host}"),
        _ => format!("{}/api/v3", base(web)),
    }
}

/// The page of a new app, by the route of an operation: no name of an organization leads to another one.
pub(super) fn action(web: &Url, organization: Option<&str>, state: Secret) -> Result<String, RegisterError> {
    let request = match organization {
        Some(name) => NewAppOf::new(name, state).request(),
        None => NewApp::new(state).request(),
    };
    let request = request.map_err(RegisterError::Organization)?;
    let query: Vec<String> = request.query.iter().map(|(name, value)| format!("{name}={value}")).collect();
    Ok(format!("{}{}?{}", base(web), request.path, query.join("&")))
}

fn base(web: &Url) -> &str {
    web.as_str().trim_end_matches('/')
}
