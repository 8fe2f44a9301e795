//! Manifests have the keys that GitHub documents, and are equal after a round trip.

use github_apps::app::App;
use github_apps::apps::endpoints::ListUserInstallationRepositories;
use github_apps::apps::models::{EventName, Permissions, ReadWriteLevel};
use github_apps::manifest::{HookAttributes, Manifest};
use octogen_runtime::{Operation, decode, encode};

/// The example of GitHub's page.
const DOCUMENTED: &str = r#"{"name":"Octoapp","url":"https://www.example.com","hook_attributes":{"url":"https://example.com/github/events"},"redirect_url":"https://example.com/redirect","callback_urls":["https://example.com/callback"],"public":true,"default_permissions":{"issues":"write","checks":"write"},"default_events":["issues","issue_comment","check_suite","check_run"]}"#;

/// Each key that it documents.
const WHOLE: &str = r#"{"name":"Octoapp","url":"https://www.example.com","hook_attributes":{"url":"https://example.com/github/events","active":false},"redirect_url":"https://example.com/redirect","callback_urls":[],"setup_url":"https://example.com/setup","description":"","public":false,"default_permissions":{"metadata":"read","tomorrow":"admin"},"default_events":["egg"],"request_oauth_on_install":true,"setup_on_update":false}"#;

#[test]
fn what_is_documented_can_be_said() {
    let manifest = Manifest::new("https://www.example.com")
        .name("Octoapp")
        .hook_attributes(HookAttributes::new("https://example.com/github/events"))
        .redirect_url("https://example.com/redirect")
        .callback_urls(vec![String::from("https://example.com/callback")])
        .public(true)
        .default_permissions(Permissions::new().issues(ReadWriteLevel::Write).checks(ReadWriteLevel::Write))
        .default_events(vec![EventName::Issues, EventName::IssueComment, EventName::CheckSuite, EventName::CheckRun]);
    assert_eq!(encode(&manifest), DOCUMENTED);
    assert_eq!(decode::<Manifest>(DOCUMENTED.as_bytes()).unwrap(), manifest);
}

#[test]
fn a_manifest_comes_back_as_it_was() {
    for json in [DOCUMENTED, WHOLE, r#"{"url":""}"#] {
        assert_eq!(encode(&decode::<Manifest>(json.as_bytes()).unwrap()), json);
    }
    let whole: Manifest = decode(WHOLE.as_bytes()).unwrap();
    assert_eq!(whole.default_events, Some(vec![EventName::from("egg")]));
    let error = decode::<Manifest>(b"{}").unwrap_err().to_string();
    assert!(error.ends_with("the required key `url` is missing"), "{error}");
}

#[test]
fn the_permissions_of_operations_are_those_of_a_manifest() {
    let needs = App::permissions_for([&ListUserInstallationRepositories::INFO]);
    let manifest = Manifest::new("https://example.com").default_permissions(needs.grants.to_model().unwrap());
    assert_eq!(encode(&manifest), r#"{"url":"https://example.com","default_permissions":{"metadata":"read"}}"#);
}
