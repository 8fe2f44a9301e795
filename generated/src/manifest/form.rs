//! The form that sends the browser with the manifest to GitHub.

use std::fmt;

use super::Manifest;
use super::html::{escape_html, render_page};
use crate::runtime::{Grants, encode};

/// The HTML form with which the browser of a person sends the manifest of a new app to GitHub. It is valid for one
/// registration, as long as its state is. [`Registrar::form`](super::Registrar::form) creates it.
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

    /// Returns the URL on GitHub to which this registration form is sent, with the state in its query.
    #[must_use]
    pub fn action(&self) -> &str {
        &self.action
    }

    /// Returns the manifest of the new app as JSON text, which this registration form sends to GitHub.
    #[must_use]
    pub fn manifest(&self) -> String {
        encode(&self.manifest)
    }

    /// Renders this registration form as an HTML `<form>` with one button, to be placed in a page of your own. It needs
    /// no script.
    #[must_use]
    pub fn html(&self) -> String {
        let (action, manifest) = (escape_html(&self.action), escape_html(&self.manifest()));
        format!(
            "<form action=\"{action}\" method=\"post\" accept-charset=\"utf-8\">\n\
             <input type=\"hidden\" name=\"manifest\" value=\"{manifest}\">\n\
             <button type=\"submit\">Continue on GitHub</button>\n</form>"
        )
    }

    /// Renders a whole HTML page that describes the new app and contains this registration form. Send it to the browser
    /// of the person who registers the app.
    #[must_use]
    pub fn page(&self) -> String {
        let name = self.manifest.name.as_deref();
        let title = name.map_or_else(|| String::from("Register the app"), |name| format!("Register {name}"));
        let rows: String =
            self.facts().iter().map(|(name, value)| format!("<dt>{name}</dt><dd>{value}</dd>\n")).collect();
        let content = format!(
            "<p>GitHub shows the app once more and asks for its name. Once you have agreed, it brings you back \
             here.</p>\n<dl>\n{rows}</dl>\n{}",
            self.html()
        );
        render_page(&title, &content)
    }

    /// Returns the value of the header `Content-Security-Policy` for the page with this registration form. It allows no
    /// script, no loading, and no form to another server than GitHub's.
    #[must_use]
    pub fn policy(&self) -> String {
        format!(
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; form-action {}",
            self.origin
        )
    }

    /// Returns the properties of the app as names and HTML.
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
            ("Permissions", Some(join_or_none(granted.collect()))),
            ("Events", Some(join_or_none(events))),
        ];
        facts.into_iter().filter_map(|(name, value)| Some((name, escape_html(&value?)))).collect()
    }
}

fn join_or_none(all: Vec<String>) -> String {
    if all.is_empty() { String::from("none") } else { all.join(", ") }
}

/// Leaves out the state.
impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Form({})", self.action.split('?').next().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(name: &str) -> Form {
        let action = String::from("https://github.com/settings/apps/new?state=s3cret");
        Form::new(action, String::from("https://github.com"), None, &Manifest::new("https://example.com").name(name))
    }

    #[test]
    fn the_manifest_is_one_escaped_field() {
        let html = form("\"><script>").html();
        assert!(html.contains(r#"value="{&quot;name&quot;:&quot;\&quot;&gt;&lt;script&gt;&quot;,"#), "{html}");
        assert!(!html.contains("<script>"));
    }

    #[test]
    fn the_policy_allows_the_form_to_go_to_github_only() {
        let policy = form("a").policy();
        assert!(policy.starts_with("default-src 'none';") && policy.ends_with("form-action https://github.com"));
    }

    #[test]
    fn debug_leaves_out_the_state() {
        assert_eq!(format!("{:?}", form("a")), "Form(https://github.com/settings/apps/new)");
    }
}
