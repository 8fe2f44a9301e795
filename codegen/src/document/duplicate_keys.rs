//! Finds keys that an object has more than once. Only the last value of such a key is read.

use std::borrow::Cow;
use std::collections::HashSet;

use octogen_runtime::{DecodeError, JsonType, Reader};
use saphyr_parser::{Event, Parser};

use crate::diagnostic::{Code, Diagnostics, Place, Spot};
use crate::source::{Format, Source};

/// Reports each duplicate key of a text that was read without an error.
pub(super) fn report_duplicate_keys(source: &Source, diagnostics: &mut Diagnostics) {
    let mut found = Vec::new();
    match source.format() {
        Format::Yaml => yaml(&source.text, &mut found),
        Format::Json => {
            let text = source.text.trim_start_matches('\u{feff}');
            let before = source.text.len() - text.len();
            // An error of the reader was reported when the text was parsed.
            let _ = Reader::new(text.as_bytes()).and_then(|mut reader| json(text, &mut reader, before, &mut found));
        }
    }
    for (spot, key) in found {
        let place = Place { file: source.path.clone(), spot };
        let help = "octogen reads the last value of the key only; rename or remove the others";
        diagnostics.warn(Code::DuplicateKey, place, format!("the object has the key `{key}` more than once"), help);
    }
}

/// The recursion is bounded, because the reader refuses JSON with more than 127 levels.
fn json(
    text: &str,
    reader: &mut Reader<'_>,
    before: usize,
    found: &mut Vec<(Spot, String)>,
) -> Result<(), DecodeError> {
    match reader.peek()? {
        JsonType::Object => {
            reader.begin_object()?;
            let mut keys: HashSet<Cow<'_, str>> = HashSet::new();
            let mut end_of_last = reader.offset();
            while let Some(key) = reader.next_key(keys.is_empty())? {
                if keys.contains(&key) {
                    // Only white space and a comma are before the key.
                    let quote = text[end_of_last..].find('"').unwrap_or_default();
                    found.push((Spot::Offset(before + end_of_last + quote), key.to_string()));
                }
                keys.insert(key);
                json(text, reader, before, found)?;
                end_of_last = reader.offset();
            }
        }
        JsonType::Array => {
            reader.begin_array()?;
            let mut first = true;
            while reader.next_item(first)? {
                first = false;
                json(text, reader, before, found)?;
            }
        }
        _ => reader.skip()?,
    }
    Ok(())
}

fn yaml(text: &str, found: &mut Vec<(Spot, String)>) {
    /// An open map with its keys so far, and whether the next event is a key. `None` is an open sequence.
    type Open = Option<(HashSet<String>, bool)>;
    let mut open: Vec<Open> = Vec::new();
    let mut parser = Parser::new_from_str(text);
    while let Some(Ok((event, span))) = parser.next_event() {
        let key = match &event {
            Event::Scalar(scalar, ..) => Some(scalar.to_string()),
            Event::Alias(_) | Event::MappingStart(..) | Event::SequenceStart(..) => None,
            Event::MappingEnd | Event::SequenceEnd => {
                open.pop();
                continue;
            }
            _ => continue,
        };
        if let Some(Some((keys, is_key))) = open.last_mut() {
            // A map can have several merges.
            let key = key.filter(|key| *is_key && key != "<<");
            if let Some(key) = key
                && !keys.insert(key.clone())
            {
                found.push((Spot::LineColumn(span.start.line(), span.start.col() + 1), key));
            }
            *is_key = !*is_key;
        }
        match event {
            Event::MappingStart(..) => open.push(Some((HashSet::new(), true))),
            Event::SequenceStart(..) => open.push(None),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn duplicates(path: &str, text: &str) -> Vec<String> {
        let source = Source { path: path.to_owned(), text: text.to_owned() };
        let mut diagnostics = Diagnostics::default();
        report_duplicate_keys(&source, &mut diagnostics);
        diagnostics.into_vec().into_iter().map(|one| format!("{} {}", one.place, one.message)).collect()
    }

    #[test]
    fn the_place_is_that_of_the_second_key() {
        let message = "the object has the key `a` more than once";
        let cases = [
            ("a.json", r#"{"a": 1, "b": {"a": 2}}"#, None),
            ("a.json", r#"{"a": 1, "b": [{"a": 2 , "a": 3}]}"#, Some("a.json, byte 25")),
            ("a.json", "\u{feff}{\"a\":1,\"\\u0061\":2}", Some("a.json, byte 10")),
            ("a.yaml", "a: 1\nb: { a: 2 }\n", None),
            ("a.yaml", "a: 1\nb: [a, a]\na: 2\n", Some("a.yaml:3:1")),
            ("a.yaml", "x: &x { y: 1 }\na: { <<: *x, <<: *x }\n", None),
        ];
        for (path, text, place) in cases {
            let expected: Vec<String> = place.iter().map(|place| format!("{place} {message}")).collect();
            assert_eq!(duplicates(path, text), expected, "{text}");
        }
    }
}
