//! Reports keys that an object has more than once. Only the last value of such a key is read.

use rustc_hash::FxHashSet;
use saphyr_parser::{Event, Parser};

use super::json::DuplicateKey;
use crate::diagnostic::{Code, Diagnostics, Place, Spot};

/// Reports duplicate keys of a JSON text, which `before` other bytes of the file precede.
pub(super) fn report_in_json(path: &str, before: usize, found: Vec<DuplicateKey>, diagnostics: &mut Diagnostics) {
    for DuplicateKey { offset, key } in found {
        report(path, Spot::Offset(before + offset), &key, diagnostics);
    }
}

/// Finds and reports the duplicate keys of a YAML text that was read without an error.
pub(super) fn report_in_yaml(path: &str, text: &str, diagnostics: &mut Diagnostics) {
    let mut found = Vec::new();
    yaml(text, &mut found);
    for (spot, key) in found {
        report(path, spot, &key, diagnostics);
    }
}

fn report(path: &str, spot: Spot, key: &str, diagnostics: &mut Diagnostics) {
    let place = Place { file: path.to_owned(), spot };
    let help = "octogen reads the last value of the key only; rename or remove the others";
    diagnostics.warn(Code::DuplicateKey, place, format!("the object has the key `{key}` more than once"), help);
}

fn yaml(text: &str, found: &mut Vec<(Spot, String)>) {
    /// An open map with its keys so far, and whether the next event is a key. `None` is an open sequence.
    type Open = Option<(FxHashSet<String>, bool)>;
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
            Event::MappingStart(..) => open.push(Some((FxHashSet::default(), true))),
            Event::SequenceStart(..) => open.push(None),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_that_of_the_second_key() {
        let message = "the object has the key `a` more than once";
        let cases = [
            ("a: 1\nb: { a: 2 }\n", None),
            ("a: 1\nb: [a, a]\na: 2\n", Some("a.yaml:3:1")),
            ("x: &x { y: 1 }\na: { <<: *x, <<: *x }\n", None),
        ];
        for (text, place) in cases {
            let mut diagnostics = Diagnostics::default();
            report_in_yaml("a.yaml", text, &mut diagnostics);
            let found: Vec<String> =
                diagnostics.into_vec().into_iter().map(|one| format!("{} {}", one.place, one.message)).collect();
            let expected: Vec<String> = place.iter().map(|place| format!("{place} {message}")).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
