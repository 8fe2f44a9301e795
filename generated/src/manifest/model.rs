//! The manifest of a new app.

use crate::apps::models::{EventName, Permissions};
use crate::runtime::{object, setters};

/// The manifest of a GitHub App: the settings with which a new app is registered. GitHub, or the person who registers
/// the app, chooses the settings that are absent. Pass it to [`Registrar::form`](super::Registrar::form).
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
/// `permissions_for(…).grants.to_model()` returns the permissions that a list of operations needs, see
/// [`crate::runtime::permissions_for`].
#[non_exhaustive]
pub struct Manifest {
    /// The name of the app for people. The person who registers it can change it.
    pub name: Option<String>,
    /// The URL of the app's home page.
    pub url: String,
    /// The settings of the app's webhook.
    pub hook_attributes: Option<HookAttributes>,
    /// The URL to which GitHub sends the browser after the registration, with a code for the credentials.
    pub redirect_url: Option<String>,
    /// The URLs to which GitHub sends a user who has authorized the app. At most ten.
    pub callback_urls: Option<Vec<String>>,
    /// The URL to which GitHub sends a user who has installed the app.
    pub setup_url: Option<String>,
    /// The description of the app for people.
    pub description: Option<String>,
    /// Whether others than its owner can install the app.
    pub public: Option<bool>,
    /// The permissions that the app asks for when it is installed.
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

/// The settings of a new app's webhook, as a part of its [`Manifest`]: the URL, and whether GitHub sends deliveries.
/// GitHub makes the secret of the webhook.
#[non_exhaustive]
pub struct HookAttributes {
    /// The URL to which GitHub sends the deliveries of the webhook.
    pub url: String,
    /// Whether the webhook is active, so that GitHub sends deliveries.
    pub active: Option<bool>,
}

object! { HookAttributes [url, ?active] }
setters! { HookAttributes(url into String) { active: bool } defaults { "active" DEFAULT_ACTIVE: bool = true } }
