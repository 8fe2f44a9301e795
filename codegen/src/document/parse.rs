//! Parses YAML and JSON texts into values.

use octogen_runtime::Value;

use super::json::read_json;
use super::syntax_errors::SyntaxError;
use super::{File, duplicate_keys, syntax_errors};
use crate::diagnostic::{Code, Diagnostics, Place};
use crate::source::{Format, Source};

/// Parses a file. An error of its text is reported.
pub(super) fn parse(source: &Source, diagnostics: &mut Diagnostics) -> Option<File> {
    let is_empty = source.text.trim_matches(|char: char| char.is_whitespace() || char == '\u{feff}').is_empty();
    let root = match source.format() {
        _ if is_empty => Err(syntax_errors::empty()),
        Format::Json => json(source, diagnostics),
        Format::Yaml => yaml(source, diagnostics),
    };
    match root {
        Ok(root) => Some(File { path: source.path.clone(), root }),
        Err(SyntaxError { spot, message, help }) => {
            diagnostics.error(Code::SyntaxError, Place { file: source.path.clone(), spot }, message, help);
            None
        }
    }
}

fn json(source: &Source, diagnostics: &mut Diagnostics) -> Result<Value, SyntaxError> {
    // Some editors write a byte order mark, which JSON does not allow.
    let text = source.text.trim_start_matches('\u{feff}');
    let before = source.text.len() - text.len();
    let (root, duplicates) = read_json(text).map_err(|error| syntax_errors::json(&source.text, before, &error))?;
    duplicate_keys::report_in_json(&source.path, before, duplicates, diagnostics);
    Ok(root)
}

fn yaml(source: &Source, diagnostics: &mut Diagnostics) -> Result<Value, SyntaxError> {
    let start = deep_start(&source.text);
    if let Some(Err(error)) = start.map(serde_yaml::from_str::<Value>)
        && error.to_string().contains("recursion limit exceeded")
    {
        return Err(syntax_errors::yaml(&source.text, &error));
    }
    let mut root = serde_yaml::from_str(&source.text).map_err(|error| syntax_errors::yaml(&source.text, &error))?;
    apply_merges(&mut root);
    duplicate_keys::report_in_yaml(&source.path, &source.text, diagnostics);
    Ok(root)
}

/// Returns the start of a text, up to the bracket by which more than 500 seem to be open.
///
/// For each event, the YAML reader looks at all open brackets: a hundred thousand of them take it a minute. If the start is
/// nested too deeply, then the text is. Any other error of the start is ignored.
fn deep_start(text: &str) -> Option<&str> {
    let mut open = 0_usize;
    let deep = text.bytes().position(|byte| {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        open > 500
    });
    deep.map(|end| &text[..=end])
}

/// Merges the maps under `<<` into the map around it, as in YAML 1.1. The keys of the map itself win.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(path: &str, text: &str) -> Result<Value, String> {
        let source = Source { path: path.to_owned(), text: text.to_owned() };
        let mut diagnostics = Diagnostics::default();
        let file = parse(&source, &mut diagnostics);
        file.map(|file| file.root).ok_or_else(|| diagnostics.into_vec().remove(0).message)
    }

    #[test]
    fn merges_of_yaml_are_applied() {
        let cases = [
            ("a: &a { x: 1, y: 2 }\nb: { <<: *a, y: 3 }", "{y: 3, x: 1}"),
            ("a: &a { x: 1 }\nc: &c { x: 2, z: 3 }\nb: { <<: [*a, *c] }", "{x: 1, z: 3}"),
            ("b: { <<: text }", "{<<: text}"),
        ];
        for (text, expected) in cases {
            let root = parsed("a.yaml", text);
            let merged = root.as_ref().ok().and_then(|root| root.get("b"));
            assert_eq!(merged, parsed("b.yaml", expected).ok().as_ref(), "{text}");
        }
    }

    #[test]
    fn texts_that_are_too_deep_are_refused_at_once() {
        for text in ["[".repeat(100_000), "{a: ".repeat(100_000)] {
            let error = parsed("a.yaml", &text).err().unwrap_or_default();
            assert!(error.contains("more than 127 nested arrays and objects"), "{error}");
        }
    }

    #[test]
    fn a_duplicate_key_is_reported_behind_a_byte_order_mark() {
        let source = Source { path: "a.json".to_owned(), text: "\u{feff}{\"a\":1,\"a\":2}".to_owned() };
        let mut diagnostics = Diagnostics::default();
        assert!(parse(&source, &mut diagnostics).is_some());
        let places: Vec<String> = diagnostics.into_vec().into_iter().map(|one| one.place.to_string()).collect();
        assert_eq!(places, ["a.json, byte 10"]);
    }

    #[test]
    fn the_text_of_a_number_is_kept() {
        for text in ["1.10", "1e2", "12345678901234567890"] {
            assert_eq!(parsed("a.json", text).ok().map(|value| octogen_runtime::encode(&value)), Some(text.to_owned()));
        }
    }
}
