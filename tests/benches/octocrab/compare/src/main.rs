//! Compares github-apps with octocrab on GitHub's payloads, and runs the programs of both. Prints a line for each finding,
//! with tabs between its words, for `cargo xtask bench octocrab`. Without arguments, it only measures how fast both decode
//! the payloads that `cargo xtask bench octocrab` has put into `target/corpus`.
//!
//! ```text
//! cargo bench --package compare
//! cargo bench --package compare -- DESCRIPTION FOLDER_OF_DELIVERIES FOLDER_OF_OUR_PROGRAMS FOLDER_OF_THEIRS
//! ```

mod cases;
#[allow(dead_code, reason = "it is a file of the generator, of which this takes a part")]
mod json {
    include!("../../../../../codegen/assets/json.rs");
}
mod programs;
mod speed;

use std::error::Error;
use std::fs;
use std::path::Path;

use cases::{Example, examples};
use github_apps::event::Event;
use octocrab::models::webhook_events::WebhookEvent;

type Failed = Box<dyn Error>;

fn main() -> Result<(), Failed> {
    // Cargo adds an argument of its own.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let fetched = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../target/corpus");
    let [description, deliveries, ours, theirs] = arguments.as_slice() else {
        if !arguments.is_empty() {
            return Err("compare DESCRIPTION DELIVERIES OURS THEIRS".into());
        }
        let examples = documented(&fetched.join("openapi/generated/api.github.com.json"))?;
        speed::measure(&examples, &recorded(&fetched.join("webhooks-examples/payloads"))?);
        return Ok(());
    };
    let examples = documented(Path::new(description))?;
    let deliveries = recorded(Path::new(deliveries))?;
    for Example { case, json } in &examples {
        println!("example\t{}\t{}\t{}", case.id, state(json, (case.ours)(json)), state(json, (case.theirs)(json)));
    }
    for (name, json) in &deliveries {
        let ours = Event::read(name, json.as_bytes()).map(|event| event.encode()).map_err(|why| why.to_string());
        println!("delivery\t{name}\t{}\t{}", state(json, ours), state(json, of_octocrab(name, json)));
    }
    speed::measure(&examples, &deliveries);
    programs::run(&examples, &deliveries, [Path::new(ours), Path::new(theirs)])
}

/// The examples of the description.
fn documented(file: &Path) -> Result<Vec<Example>, Failed> {
    let description = fs::read(file).map_err(|error| format!("`{}` can't be read: {error}", file.display()))?;
    Ok(examples(&serde_json::from_slice(&description)?))
}

/// The result for a payload: `unchanged`, `null` if only null and absent were confused, `fails`, or `changed`; the
/// last two with the first difference.
fn state(json: &str, back: Result<String, String>) -> String {
    let back = match back {
        Ok(back) => back,
        Err(why) => return format!("fails: {}", first_line(&why)),
    };
    match json::same(json, &back) {
        Ok(()) => String::from("unchanged"),
        Err(why) if json::same(&without_nulls(json), &without_nulls(&back)).is_ok() => {
            format!("null: {}", first_line(&why))
        }
        Err(why) => format!("changed: {}", first_line(&why)),
    }
}

/// A delivery as octocrab writes it, without the name of the variant that serde puts around what is the event's own.
fn of_octocrab(name: &str, json: &str) -> Result<String, String> {
    let event = WebhookEvent::try_from_header_and_body(name, json).map_err(|why| why.to_string())?;
    let (mut whole, own) = (serde_json::to_value(&event).unwrap_or_default(), serde_json::to_value(&event.specific));
    let own = own
        .ok()
        .and_then(|own| own.as_object().and_then(|own| own.iter().next()).map(|(key, own)| (key.clone(), own.clone())));
    if let (Some(whole), Some((variant, serde_json::Value::Object(own)))) = (whole.as_object_mut(), own) {
        whole.remove(&variant);
        whole.extend(own);
    }
    Ok(whole.to_string())
}

fn without_nulls(json: &str) -> String {
    fn strip(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Object(entries) => {
                entries.retain(|_, value| !value.is_null());
                entries.values_mut().for_each(strip);
            }
            serde_json::Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut value = serde_json::from_str(json).unwrap_or_default();
    strip(&mut value);
    value.to_string()
}

/// The recorded deliveries: the name of the event, and the body.
fn recorded(folder: &Path) -> Result<Vec<(String, String)>, Failed> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder).map_err(|error| format!("`{}` can't be read: {error}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        for file in fs::read_dir(entry.path())? {
            let name = entry.file_name().to_string_lossy().into_owned();
            let file = file?.path();
            found.push((name, file.clone(), fs::read_to_string(file)?));
        }
    }
    found.sort();
    Ok(found.into_iter().map(|(name, _, json)| (name, json)).collect())
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().replace('\t', " ")
}
