//! Compares github-apps with octocrab on GitHub's payloads, and runs the programs of both. Prints a line for each finding,
//! its words apart by tabs, for `cargo xtask bench octocrab`.
//!
//! ```text
//! compare DESCRIPTION FOLDER_OF_DELIVERIES FOLDER_OF_OUR_PROGRAMS FOLDER_OF_THEIRS
//! ```

mod cases;
#[allow(dead_code)]
#[path = "../../../../../codegen/assets/json.rs"]
mod json;
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
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [description, deliveries, ours, theirs] = arguments.as_slice() else {
        return Err("compare DESCRIPTION DELIVERIES OURS THEIRS".into());
    };
    let description: serde_json::Value = serde_json::from_slice(&fs::read(description)?)?;
    let examples = examples(&description);
    let deliveries = recorded(Path::new(deliveries))?;
    for Example { case, json } in &examples {
        let shown = |read: &Result<String, String>| match read {
            Ok(back) => json::same(json, back).err().map_or_else(|| "unchanged".to_owned(), |why| first_line(&why)),
            Err(why) => format!("fails: {}", first_line(why)),
        };
        println!("example\t{}\t{}\t{}", case.id, shown(&(case.ours)(json)), shown(&(case.theirs)(json)));
    }
    for (name, json) in &deliveries {
        let ours = Event::read(name, json.as_bytes()).map(|event| event.encode());
        let theirs = WebhookEvent::try_from_header_and_body(name, json).and_then(|event| serde_json::to_string(&event));
        let state = |read: Result<String, String>| match read {
            Ok(back) if json::same(json, &back).is_ok() => "unchanged".to_owned(),
            Ok(_) => "changed".to_owned(),
            Err(why) => format!("fails: {}", first_line(&why)),
        };
        let states = [state(ours.map_err(|why| why.to_string())), state(theirs.map_err(|why| why.to_string()))];
        println!("delivery\t{name}\t{}\t{}", states[0], states[1]);
    }
    speed::measure(&examples, &deliveries);
    programs::run(&examples, &deliveries, [Path::new(ours), Path::new(theirs)])
}

/// The recorded deliveries: the name of the event, and the body.
fn recorded(folder: &Path) -> Result<Vec<(String, String)>, Failed> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
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
