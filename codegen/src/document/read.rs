//! From text to values.

use octogen_runtime::Value;

use super::{Document, duplicates};
use crate::diagnostic::{Diagnostics, Place, Spot};
use crate::source::{Format, Source};

/// Reads a file; what is wrong with its text is reported.
pub(super) fn read(source: &Source, diagnostics: &mut Diagnostics) -> Option<Document> {
    let root = match source.format() {
        Format::Json => json(source),
        Format::Yaml => yaml(source),
    };
    match root {
        Ok(root) => {
            duplicates::report(source, diagnostics);
            Some(Document { path: source.path.clone(), root })
        }
        Err((spot, message)) => {
            let help = "nothing can be generated from a text that can't be read";
            diagnostics.error(Place { file: source.path.clone(), spot }, message, help);
            None
        }
    }
}

fn json(source: &Source) -> Result<Value, (Spot, String)> {
    // A byte order mark is no JSON, but editors leave it in files.
    let text = source.text.trim_start_matches('\u{feff}');
    octogen_runtime::decode(text.as_bytes()).map_err(|error| {
        let offset = error.offset() + source.text.len() - text.len();
        (Spot::Offset(offset), format!("the JSON can't be read: {}", cause(&error.to_string())))
    })
}

fn yaml(source: &Source) -> Result<Value, (Spot, String)> {
    let mut root = serde_yaml::from_str(&source.text).map_err(|error| {
        let spot = match error.location() {
            Some(location) => Spot::LineColumn(location.line(), location.column()),
            None => Spot::File,
        };
        let message = error.to_string();
        let cause = message.split(" at line ").next().unwrap_or_default();
        (spot, format!("the YAML can't be read: {cause}"))
    })?;
    apply_merges(&mut root);
    Ok(root)
}

/// Puts what `<<` names into the map around it, as YAML 1.1 has it; the map's own keys win.
fn apply_merges(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(apply_merges),
        Value::Object(entries) => {
            entries.values_mut().for_each(apply_merges);
            let merged = match entries.get("<<") {
                Some(Value::Object(_)) => entries.shift_remove("<<").into_iter().collect(),
                Some(Value::Array(maps)) if maps.iter().all(|map| map.as_object().is_some()) => {
                    let maps = entries.shift_remove("<<");
                    maps.as_ref().and_then(Value::as_array).unwrap_or_default().to_vec()
                }
                _ => Vec::new(),
            };
            for (key, value) in merged.iter().filter_map(Value::as_object).flatten() {
                entries.entry(key.clone()).or_insert_with(|| value.clone());
            }
        }
        _ => {}
    }
}

/// An error without its place, which the diagnostic shows already.
fn cause(message: &str) -> &str {
    message.split_once("): ").map_or(message, |(_, cause)| cause)
}
