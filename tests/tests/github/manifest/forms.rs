//! The form: text of a manifest does not become HTML, and the form is sent to the page of a new app only.

use github_apps::manifest::{HookAttributes, Manifest, RegisterError, Registrar};
use octogen_runtime::{decode, encode};

use super::{attribute, manifest, registrar, state};

/// Texts that end an attribute, an element or the form unless they are escaped.
const HOSTILE: [&str; 6] = [
    r#""><script>alert(1)</script>"#,
    "'></form><form action='https://example.com'>",
    "</form></body>&quot;&#34;&amp;",
    "a\" onfocus=alert(1) autofocus=\"",
    "<!-- --> <![CDATA[ \u{0}\r\n\t \u{2028} ü 🐙",
    "&lt;b&gt; \\\" \\u0022",
];

#[test]
fn a_text_stays_a_text() {
    for text in HOSTILE {
        let manifest = Manifest::new(text)
            .name(text)
            .description(text)
            .hook_attributes(HookAttributes::new(text))
            .redirect_url(text)
            .default_events(vec![text.into()]);
        let form = registrar().form_for_organization(text, &manifest).unwrap();
        for html in [form.html(), form.page()] {
            assert_eq!(html.matches("<form ").count(), 1, "{html}");
            assert_eq!(html.matches("</form>").count(), 1, "{html}");
            assert!(!html.contains("<script") && !html.contains("<!--") && !html.contains('\0'), "{html}");
            assert_eq!(attribute(&html, "<form", "action"), form.action());
            let sent = attribute(&html, "name=\"manifest\"", "value");
            assert_eq!(sent, form.manifest());
            assert_eq!(decode::<Manifest>(sent.as_bytes()).unwrap(), manifest);
            // Each attribute of the form is one that the form has.
            let (_, element) = html.split_once("<form").unwrap();
            let (element, _) = element.split_once("</form>").unwrap();
            assert_eq!(element.matches('"').count(), 14, "{element}");
        }
    }
}

/// Browsers normalize `\r\n`, also in hidden fields, so the attribute must not contain line breaks.
#[test]
fn no_line_break_is_lost() {
    let manifest = manifest().description("one\r\ntwo\nthree\r");
    let sent = attribute(&registrar().form(&manifest).unwrap().html(), "name=\"manifest\"", "value");
    assert!(!sent.contains(['\r', '\n']) && sent == encode(&manifest), "{sent}");
}

#[test]
fn no_organization_leads_elsewhere() {
    for (name, segment) in [
        ("octo-org", "octo-org"),
        ("octo/../..", "octo%2F..%2F.."),
        ("../../login?a=b#c", "..%2F..%2Flogin%3Fa%3Db%23c"),
        ("..\\..", "..%5C.."),
        ("%2e%2e", "%252e%252e"),
        // A browser takes tabs and line breaks out of a URL.
        (".\t.", ".%09."),
        (".\n.", ".%0A."),
        ("a b", "a%20b"),
        ("@example.com", "%40example.com"),
        ("{organization}", "%7Borganization%7D"),
        ("münchen", "m%C3%BCnchen"),
    ] {
        let form = registrar().form_for_organization(name, &manifest()).unwrap();
        let expected = format!("https://github.com/organizations/{segment}/settings/apps/new?state={}", state(&form));
        assert_eq!(form.action(), expected);
    }
    for name in ["", ".", ".."] {
        let error = registrar().form_for_organization(name, &manifest()).unwrap_err();
        assert!(matches!(error, RegisterError::Organization(_)), "{error}");
        assert_eq!(error.to_string(), "the name of the organization is invalid");
    }
}

#[test]
fn github_may_be_elsewhere() {
    for (url, page, api) in [
        ("https://github.com", "https://github.com", "https://api.github.com/"),
        ("https://github.com/", "https://github.com", "https://api.github.com/"),
        ("https://octocorp.ghe.com", "https://octocorp.ghe.com", "https://api.octocorp.ghe.com/"),
        ("https://git.example.com:8443", "https://git.example.com:8443", "https://git.example.com:8443/api/v3"),
        ("https://example.com/git/", "https://example.com/git", "https://example.com/git/api/v3"),
        ("http://127.0.0.1:7", "http://127.0.0.1:7", "http://127.0.0.1:7/api/v3"),
        ("http://[::1]:7", "http://[::1]:7", "http://[::1]:7/api/v3"),
        ("http://localhost:7", "http://localhost:7", "http://localhost:7/api/v3"),
    ] {
        let registrar = Registrar::at(url).unwrap();
        let form = registrar.form(&manifest()).unwrap();
        assert!(form.action().starts_with(&format!("{page}/settings/apps/new?state=")), "{form:?}");
        let printed = format!("{registrar:?}");
        assert!(printed.contains(&format!("Client({api},")), "{printed}");
    }
    for url in [
        "http://github.com",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "github.com",
        "",
        "ftp://github.com",
        "data:text/html,a",
        "https://octocat:s3cret@github.com",
        "https://github.com/?a=s3cret",
        "https://github.com/#s3cret",
    ] {
        let error = Registrar::at(url).unwrap_err();
        assert!(matches!(error, RegisterError::Address(_)), "{url}: {error}");
        assert!(!format!("{error} {error:?}").contains("s3cret"), "{error:?}");
    }
}

#[test]
fn the_policy_lets_the_form_go_to_github_alone() {
    let form = Registrar::at("https://git.example.com:8443/a").unwrap().form(&manifest()).unwrap();
    assert!(form.policy().ends_with("; form-action https://git.example.com:8443"), "{}", form.policy());
    assert_eq!(format!("{form:?}"), "Form(https://git.example.com:8443/a/settings/apps/new)");
}
