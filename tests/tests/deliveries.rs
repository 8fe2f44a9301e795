//! Decodes each recorded delivery as an event. `cargo xtask events` downloads them and sets `DELIVERIES` to their
//! folder.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use github_apps::event::{Event, EventName};
use github_apps::events::models::{CheckRunEvent, StarEvent};
use github_apps::runtime::encode;
use tests::json::same;

/// How many there are in npm `@octokit/webhooks-examples` 7.6.1, and of how many events.
const DELIVERIES: (usize, usize) = (329, 58);

#[test]
fn each_delivery_has_a_type_and_comes_back_as_it_was() {
    let folder = std::env::var_os("DELIVERIES").map(PathBuf::from);
    let folder = folder.expect("the deliveries are fetched: run `cargo xtask events`");
    let (mut count, mut names, mut problems) = (0, BTreeSet::new(), Vec::new());
    for entry in entries(&folder) {
        let name = entry.file_name().unwrap().to_str().unwrap().to_owned();
        for file in entries(&entry) {
            let payload = fs::read_to_string(&file).unwrap();
            count += 1;
            names.insert(name.clone());
            if let Err(problem) = proven(&name, &payload) {
                problems.push(format!("{}: {problem}", file.display()));
            }
        }
    }
    assert!(problems.is_empty(), "{} of {count}:\n{}", problems.len(), problems.join("\n"));
    assert_eq!((count, names.len()), DELIVERIES);
    println!("{count} recorded deliveries of {} events have a type and came back as they were", names.len());
}

/// Whether a delivery is an event with a type, of which nothing is unknown, and comes back, by itself and as an envelope.
fn proven(name: &str, payload: &str) -> Result<(), String> {
    let event = Event::read(name, payload.as_bytes()).map_err(|error| error.to_string())?;
    if matches!(event, Event::Other { .. }) || event.name() != name {
        return Err(String::from("it has no type"));
    }
    same(payload, &event.encode())?;
    // `Unknown(…)` is a variant of a union or a value of an enum that no type knows.
    let printed = format!("{event:?}");
    if let Some((_, unknown)) = printed.split_once("Unknown(") {
        return Err(format!("unknown: {}", unknown.chars().take(80).collect::<String>()));
    }
    let envelope = event.envelope().map_err(|error| format!("its envelope: {error}"))?;
    same(payload, &encode(&envelope)).map_err(|difference| format!("its envelope: {difference}"))
}

fn entries(folder: &std::path::Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

const USER: &str = r#"{"login":"a","id":1,"node_id":"b","avatar_url":"c","gravatar_id":"","url":"d","html_url":"e","followers_url":"f","following_url":"g","gists_url":"h","starred_url":"i","subscriptions_url":"j","organizations_url":"k","repos_url":"l","events_url":"m","received_events_url":"n","type":"Bot","site_admin":false}"#;

/// The type of an event keeps an undocumented action.
#[test]
fn an_action_of_tomorrow_is_kept() {
    for (name, action) in [("star", "polished"), ("check_run", "dreamt")] {
        let payload = format!(r#"{{"action":"{action}","sender":{USER},"n":1.0}}"#);
        let event = Event::read(name, payload.as_bytes()).unwrap();
        match &event {
            Event::Star(star) => assert!(matches!(**star, StarEvent::Unknown(_))),
            Event::CheckRun(run) => assert!(matches!(**run, CheckRunEvent::Unknown(_))),
            other => panic!("{other:?}"),
        }
        assert_eq!(same(&payload, &event.encode()), Ok(()), "{name}");
        assert_eq!(event.envelope().unwrap().action.as_deref(), Some(action));
    }
}

/// A payload that contradicts its event's type is an error with a path, and can be kept without a type.
#[test]
fn what_contradicts_a_type_can_be_kept() {
    let payload = format!(r#"{{"action":"created","starred_at":7,"sender":{USER}}}"#);
    let error = Event::read("star", payload.as_bytes()).unwrap_err().to_string();
    assert!(error.contains("starred_at"), "{error}");
    let event = Event::read_untyped("star", payload.as_bytes()).unwrap();
    assert_eq!((event.name(), same(&payload, &event.encode())), ("star", Ok(())));
}

#[test]
fn each_name_has_a_type() {
    for name in EventName::all() {
        let read = Event::read(name.as_str(), b"{\"action\":[7]}");
        assert!(!matches!(read, Ok(Event::Other { .. })), "{name}");
    }
}
