//! Events of the webhook: those about the app itself have types, any other keeps its name and payload.

#[expect(dead_code, reason = "the command line of the example is not called here")]
#[path = "../../../generated/examples/deliveries.rs"]
mod deliveries;

use github_apps::event::{Event, EventName};
use tests::json::same;

/// An event of each kind, with the action and the installation that its envelope shows.
const EVENTS: [(&str, &str, Option<&str>, Option<i64>); 8] = [
    ("github_app_authorization", r#"{"action":"revoked","sender":SENDER}"#, Some("revoked"), None),
    (
        "installation_target",
        r#"{"action":"renamed","account":{"id":1,"node_id":"a","avatar_url":"b","html_url":"c","login":"new","followers":2},"changes":{"login":{"from":"old"}},"installation":{"id":7,"node_id":"d"},"target_type":"Organization"}"#,
        Some("renamed"),
        Some(7),
    ),
    ("ping", r#"{"zen":"Design for failure.","hook_id":1}"#, None, None),
    // An event that has a type with the feature `events` alone, for which it would be too short.
    (UNTYPED, r#"{"action":"opened","issue":{"number":1.0},"installation":{"id":8}}"#, Some("opened"), Some(8)),
    ("of_tomorrow", r#"{"action":"dreamt","n":1e2,"nothing":null}"#, Some("dreamt"), None),
    ("", "{}", None, None),
    ("Installation", r#"{"action":7.5e0}"#, None, None),
    ("list", "[1, null]", None, None),
];

const UNTYPED: &str = if cfg!(feature = "events") { "issues_of_tomorrow" } else { "issues" };

const SENDER: &str = r#"{"login":"a","id":1,"node_id":"b","avatar_url":"c","gravatar_id":"","url":"d","html_url":"e","followers_url":"f","following_url":"g","gists_url":"h","starred_url":"i","subscriptions_url":"j","organizations_url":"k","repos_url":"l","events_url":"m","received_events_url":"n","type":"Bot","site_admin":false}"#;

#[test]
fn each_event_keeps_its_name_and_payload() {
    for (name, payload, action, installation) in EVENTS {
        let payload = payload.replace("SENDER", SENDER);
        let event = Event::read(name, payload.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!((event.name(), event.kind()), (name, EventName::from(name)));
        assert_eq!(same(&payload, &event.encode()), Ok(()), "{name}");
        let has_type = ["github_app_authorization", "installation_target", "ping"].contains(&name);
        assert_eq!(matches!(event, Event::Other { .. }), !has_type, "{name}");
        let envelope = event.envelope().ok();
        assert_eq!(envelope.as_ref().and_then(|envelope| envelope.action.as_deref()), action, "{name}");
        let found = envelope.and_then(|envelope| envelope.installation?.id);
        assert_eq!(found, installation, "{name}");
    }
}

/// That the types carry them is for the round trips to show; here it is the names that count.
#[test]
fn the_documented_payloads_have_their_event() {
    let text = std::fs::read_to_string(xtask::root().join("spec/apps/events.yaml")).unwrap();
    let document: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
    let mut found = 0;
    for (key, route) in document["paths"].as_mapping().unwrap() {
        let name = key.as_str().unwrap().replace('-', "_");
        let examples = &route["post"]["requestBody"]["content"]["application/json"]["examples"];
        for (title, example) in examples.as_mapping().into_iter().flatten() {
            let payload = serde_json::to_string(&example["value"]).unwrap();
            let event = Event::read(&name, payload.as_bytes()).unwrap_or_else(|error| panic!("{title:?}: {error}"));
            assert!(!matches!(event, Event::Other { .. }), "{title:?}");
            assert_eq!(same(&payload, &event.encode()), Ok(()), "{title:?}");
            found += 1;
        }
    }
    assert_eq!(found, 17);
}

#[test]
fn what_is_not_as_documented_is_an_error_with_its_path() {
    for (name, payload, said) in [
        ("ping", r#"{"hook_id":"one"}"#, "hook_id"),
        ("installation", r#"{"action":"created"}"#, "installation"),
        (UNTYPED, "{", ""),
        ("meta", "", ""),
    ] {
        let error = Event::read(name, payload.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(said), "{name}: {error}");
    }
}

#[test]
fn the_example_says_what_came_of_deliveries() {
    let lines = "ping\t{\"hook_id\":1}\nof_tomorrow\t{\"action\":\"opened\"}\nping\t{\"new\":1}\nping\t{\nping\n";
    let mut out = Vec::new();
    deliveries::run(lines.as_bytes(), &mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    let [dropped, broken, no_tab, sum] = out.lines().collect::<Vec<_>>()[..] else { panic!("{out}") };
    assert_eq!(dropped, "line 3, ping: an undocumented key was dropped");
    assert!(broken.starts_with("line 4, ping: "), "{broken}");
    assert_eq!(no_tab, "line 5: there is no tab between the name and the JSON");
    assert_eq!(sum, "4 deliveries, 2 of an event with a type, 2 came back unchanged");
}

#[test]
fn each_name_is_known_without_the_types() {
    let names: Vec<String> = EventName::all().map(|name| name.to_string()).collect();
    assert_eq!(names.len(), 75);
    assert!(names.iter().all(|name| EventName::from(name.as_str()).as_str() == name));
    assert_eq!(EventName::from("pull_request"), EventName::PullRequest);
    assert_eq!(EventName::from("of_tomorrow"), EventName::Unknown("of_tomorrow".to_owned()));
}
