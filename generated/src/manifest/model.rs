//! What GitHub is told of the app that is to be registered.

use crate::apps::models::{EventName, Permissions};
use crate::runtime::{object, setters};

/// What a new app is like. Whatever is absent is for GitHub to choose, or for the person who registers the app.
///
/// ```
/// use github_apps::apps::models::{EventName, Permissions, ReadWriteLevel};
/// use github_apps::manifest::{HookAttributes, Manifest};
/// use github_apps::runtime::encode;
///
/// let permissions = Permissions::new().issues(ReadWriteLevel::Write);
/// let manifest = Manifest::new("https://www.example.com")
///     .name("Octoapp")
///     .hook_attributes(HookAttributes::new("https://example.com/github/events"))
///     .default_permissions(permissions)
///     .default_events(vec![EventName::Issues]);
/// assert_eq!(
///     encode(&manifest),
///     r#"{"name":"Octoapp","url":"https://www.example.com","#.to_owned()
///         + r#""hook_attributes":{"url":"https://example.com/github/events"},"#
///         + r#""default_permissions":{"issues":"write"},"default_events":["issues"]}"#
/// );
/// ```
///
/// The permissions that a list of operations needs are `permissions_for(…).grants.to_model()`, see
/// [`crate::runtime::permissions_for`].
#[non_exhaustive]
pub struct Manifest {
    /// The name that people see. Whoever registers the app can choose another one.
    pub name: Option<String>,
    /// The app's own home page.
    pub url: String,
    /// The webhook.
    pub hook_attributes: Option<HookAttributes>,
    /// Where GitHub sends the browser once the app is there, with a code that is good for its credentials.
    pub redirect_url: Option<String>,
    /// Where GitHub sends a user who has authorized the app; ten at most.
    pub callback_urls: Option<Vec<String>>,
    /// Where GitHub sends a user who has installed the app, if something is left to be done there.
    pub setup_url: Option<String>,
    /// What the app says about itself.
    pub description: Option<String>,
    /// Whether others than its owner can install the app.
    pub public: Option<bool>,
    /// What the app may do where it is installed.
    pub default_permissions: Option<Permissions>,
    /// The events to which the app subscribes.
    pub default_events: Option<Vec<EventName>>,
    /// Whether a user who installs the app is asked to authorize it as well.
    pub request_oauth_on_install: Option<bool>,
    /// Whether a user who changes an installation is sent to `setup_url` as well.
    pub setup_on_update: Option<bool>,
}

object! { Manifest [?name, url, ?hook_attributes, ?redirect_url, ?callback_urls, ?setup_url, ?description, ?public,
?default_permissions, ?default_events, ?request_oauth_on_install, ?setup_on_update] }
setters! { Manifest(url into String) {
    name into String, hook_attributes: HookAttributes, redirect_url into String, callback_urls: Vec<String>,
    setup_url into String, description into String, public: bool, default_permissions: Permissions,
    default_events: Vec<EventName>, request_oauth_on_install: bool, setup_on_update: bool
} }

/// The webhook of a new app. GitHub makes its secret.
#[non_exhaustive]
pub struct HookAttributes {
    /// Where deliveries go.
    pub url: String,
    /// Whether anything is delivered.
    pub active: Option<bool>,
}

object! { HookAttributes [url, ?active] }
setters! { HookAttributes(url into String) { active: bool } defaults { "active" DEFAULT_ACTIVE: bool = true } }
