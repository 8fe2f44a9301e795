//! The form whose button brings a person, with the manifest, to GitHub's page of the new app.

use std::fmt;

use super::Manifest;
use super::html::{escape, page};
use crate::runtime::{Grants, encode};

/// What a person is shown before GitHub is. It is good for one app, and for as long as its state.
#[derive(Clone)]
pub struct Form {
    action: String,
    origin: String,
    organization: Option<String>,
    manifest: Manifest,
}

impl Form {
    pub(super) fn new(action: String, origin: String, organization: Option<&str>, manifest: &Manifest) -> Self {
        Self { action, origin, organization: organization.map(str::to_owned), manifest: manifest.clone() }
    }

    /// The URL to which the form goes, with its state.
    #[must_use]
    pub fn action(&self) -> &str {
        &self.action
    }

    /// What the form sends as `manifest`.
    #[must_use]
    pub fn manifest(&self) -> String {
        encode(&self.manifest)
    }

    /// The form alone, with one button, for a page of your own. It needs no script.
    #[must_use]
    pub fn html(&self) -> String {
        let (action, manifest) = (escape(&self.action), escape(&self.manifest()));
        format!(
            "<form action=\"{action}\" method=\"post\" accept-charset=\"utf-8\">\n\
             <input type=\"hidden\" name=\"manifest\" value=\"{manifest}\">\n\
             <button type=\"submit\">Continue on GitHub</button>\n</form>"
        )
    }

    /// A whole page that says what the app will be like, with the form.
    #[must_use]
    pub fn page(&self) -> String {
        let name = self.manifest.name.as_deref();
        let title = name.map_or_else(|| String::from("Register the app"), |name| format!("Register {name}"));
        let rows: String = self.facts().iter().map(|(what, is)| format!("<dt>{what}</dt><dd>{is}</dd>\n")).collect();
        let content = format!(
            "<p>GitHub shows the app once more and asks for its name. Once you have agreed, it brings you back \
             here.</p>\n<dl>\n{rows}</dl>\n{}",
            self.html()
        );
        page(&title, &content)
    }

    /// A `Content-Security-Policy` for the page: no script, nothing that is loaded, and no form to anywhere else.
    #[must_use]
    pub fn policy(&self) -> String {
        format!(
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; form-action {}",
            self.origin
        )
    }

    /// What the app will be like, as HTML.
    fn facts(&self) -> Vec<(&'static str, String)> {
        let Manifest { url, description, hook_attributes, default_permissions, default_events, public, .. } =
            &self.manifest;
        let granted = default_permissions.as_ref().map(Grants::from).unwrap_or_default();
        let granted = granted.iter().map(|(name, level)| format!("{name}: {level}"));
        let events: Vec<String> = default_events.iter().flatten().map(|event| event.as_str().to_owned()).collect();
        let public = public.map(|public| if public { "anybody" } else { "its owner" });
        let facts = [
            ("Owner", Some(self.organization.as_deref().unwrap_or("you").to_owned())),
            ("About", description.clone()),
            ("Home page", Some(url.clone())),
            ("Webhook", hook_attributes.as_ref().map(|hook| hook.url.clone())),
            ("Installed by", public.map(str::to_owned)),
            ("Permissions", Some(listed(granted.collect()))),
            ("Events", Some(listed(events))),
        ];
        facts.into_iter().filter_map(|(what, is)| Some((what, escape(&is?)))).collect()
    }
}

fn listed(all: Vec<String>) -> String {
    if all.is_empty() { String::from("none") } else { all.join(", ") }
}

/// Without the state.
impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Form({})", self.action.split('?').next().unwrap_or_default())
    }
}
