//! From text to values.

use octogen_runtime::Value;

use super::syntax_errors::Fault;
use super::{File, duplicate_keys, syntax_errors};
use crate::diagnostic::{Diagnostics, Place};
use crate::source::{Format, Source};

/// Reads a file; what is wrong with its text is reported.
pub(super) fn parse(source: &Source, diagnostics: &mut Diagnostics) -> Option<File> {
    let says_nothing = source.text.trim_matches(|char: char| char.is_whitespace() || char == '\u{feff}').is_empty();
    let root = match source.format() {
        _ if says_nothing => Err(syntax_errors::empty()),
        Format::Json => json(source),
        Format::Yaml => yaml(source),
    };
    match root {
        Ok(root) => {
            duplicate_keys::report(source, diagnostics);
            Some(File { path: source.path.clone(), root })
        }
        Err(Fault { spot, message, help }) => {
            diagnostics.error(Place { file: source.path.clone(), spot }, message, help);
            None
        }
    }
}

fn json(source: &Source) -> Result<Value, Fault> {
    // A byte order mark is no JSON, but editors leave it in files.
    let text = source.text.trim_start_matches('\u{feff}');
    let before = source.text.len() - text.len();
    octogen_runtime::decode(text.as_bytes()).map_err(|error| syntax_errors::json(&source.text, before, &error))
}

fn yaml(source: &Source) -> Result<Value, Fault> {
    let start = deep_start(&source.text);
    if let Some(Err(error)) = start.map(serde_yaml::from_str::<Value>)
        && error.to_string().contains("recursion limit exceeded")
    {
        return Err(syntax_errors::yaml(&source.text, &error));
    }
    let mut root = serde_yaml::from_str(&source.text).map_err(|error| syntax_errors::yaml(&source.text, &error))?;
    apply_merges(&mut root);
    Ok(root)
}

/// The text up to where very many brackets seem to be open.
///
/// The YAML reader looks at each open bracket again at every step: a hundred thousand of them keep it busy for a minute.
/// Where the start of a text is nested too deeply, so is all of it, and nothing else of this start is believed.
fn deep_start(text: &str) -> Option<&str> {
    let mut open = 0_usize;
    let far = text.bytes().position(|byte| {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        open > 500
    });
    far.map(|end| &text[..=end])
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
