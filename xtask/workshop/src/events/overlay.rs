//! Reads the events of the overlay, and checks that the overlay has every event of GitHub's document.

use std::collections::{BTreeMap, BTreeSet};

use octogen::source::Source;
use octogen_runtime::{Value, decode};
use serde_yaml::Value as Yaml;

/// The events that the overlay adds.
#[derive(Debug)]
pub(super) struct Overlay {
    /// The name and the summary of each event, in the order of the overlay.
    pub(super) events: Vec<(String, String)>,
    /// The schemas of each event's actions.
    schemas: BTreeMap<String, BTreeSet<String>>,
}

impl Overlay {
    pub(super) fn has(&self, event: &str) -> bool {
        self.schemas.contains_key(event)
    }
}

/// Reads the webhooks that the overlay's actions add, and the schema of each.
pub(super) fn read(source: &Source) -> Result<Overlay, String> {
    let root: Yaml = serde_yaml::from_str(&source.text).map_err(|error| format!("`{}`: {error}", source.path))?;
    let mut overlay = Overlay { events: Vec::new(), schemas: BTreeMap::new() };
    let actions = root["actions"].as_sequence().map(Vec::as_slice).unwrap_or_default();
    let updates = || actions.iter().filter_map(|action| action["update"].as_mapping()).flatten();
    let added: BTreeMap<&str, &Yaml> = updates().filter_map(|(key, value)| Some((key.as_str()?, value))).collect();
    let webhooks = added.get("x-webhooks").and_then(|webhooks| webhooks.as_mapping());
    for (name, webhook) in webhooks.into_iter().flatten() {
        let name = name.as_str().unwrap_or_default();
        let post = &webhook["post"];
        let schema = &post["requestBody"]["content"]["application/json"]["schema"]["$ref"];
        let schema = schema.as_str().and_then(|path| added.get(path.rsplit('/').next()?));
        let mut found = BTreeSet::new();
        references(schema.copied().unwrap_or(&Yaml::Null), &mut found);
        overlay.events.push((name.to_owned(), post["summary"].as_str().unwrap_or_default().to_owned()));
        overlay.schemas.insert(name.to_owned(), found);
    }
    Ok(overlay)
}

fn references(value: &Yaml, found: &mut BTreeSet<String>) {
    match value {
        Yaml::Mapping(entries) => {
            found.extend(entries.get("$ref").and_then(Yaml::as_str).map(str::to_owned));
            entries.values().for_each(|value| references(value, found));
        }
        Yaml::Sequence(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

/// Returns the events that the document in `spec/` describes.
pub(super) fn own(source: &Source) -> Result<BTreeSet<String>, String> {
    let root: Yaml = serde_yaml::from_str(&source.text).map_err(|error| format!("`{}`: {error}", source.path))?;
    let names = root["webhooks"].as_mapping().into_iter().flatten().filter_map(|(name, _)| name.as_str());
    Ok(names.map(|name| name.replace('-', "_")).collect())
}

/// Checks that the overlay is up to date. Each webhook of GitHub's document must be in the overlay, under the event
/// that the document assigns to it, or its event must be in `spec/`. The overlay must contain no removed event, and no
/// event twice.
pub(super) fn covers(overlay: &Overlay, own: &BTreeSet<String>, description: &Source) -> Result<(), String> {
    let described: Value = decode(description.text.as_bytes()).map_err(|error| error.to_string())?;
    let webhooks = described.get("x-webhooks").and_then(Value::as_object);
    let mut schemas: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, webhook) in webhooks.into_iter().flatten() {
        let post = webhook.get("post");
        let text = |keys: &[&str]| {
            let found = keys.iter().try_fold(post?, |value, key| value.get(key));
            found.and_then(Value::as_str).map(str::to_owned)
        };
        let event = text(&["x-github", "subcategory"]).map(|event| event.replace('-', "_"));
        let schema = text(&["requestBody", "content", "application/json", "schema", "$ref"]);
        let (Some(event), Some(schema)) = (event, schema) else {
            return Err(format!("the webhook `{name}` of the description is not like the others"));
        };
        schemas.entry(event).or_default().insert(schema);
    }
    let mut problems = Vec::new();
    for (event, wanted) in schemas.iter().filter(|(event, _)| !own.contains(*event)) {
        let there = overlay.schemas.get(event).cloned().unwrap_or_default();
        problems.extend(wanted.difference(&there).map(|schema| format!("`{event}` lacks `{schema}`")));
        problems.extend(there.difference(wanted).map(|schema| format!("`{event}` no longer has `{schema}`")));
    }
    let gone = overlay.schemas.keys().filter(|event| !schemas.contains_key(*event));
    problems.extend(gone.map(|event| format!("`{event}` is no longer an event")));
    let twice = overlay.schemas.keys().filter(|event| own.contains(*event));
    problems.extend(twice.map(|event| format!("`{event}` already has a type from `spec/`")));
    if problems.is_empty() { Ok(()) } else { Err(format!("the overlay is not up to date:\n{}", problems.join("\n"))) }
}
