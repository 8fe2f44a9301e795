//! Keys that stand twice in an object: of the two values, only the last one is read.

use std::borrow::Cow;
use std::collections::HashSet;

use octogen_runtime::{DecodeError, JsonType, Reader};
use saphyr_parser::{Event, Parser};

use crate::diagnostic::{Diagnostics, Place, Spot};
use crate::source::{Format, Source};

/// Reports each key that stands twice; the text is known to be readable.
pub(super) fn report(source: &Source, diagnostics: &mut Diagnostics) {
    let mut found = Vec::new();
    match source.format() {
        Format::Yaml => yaml(&source.text, &mut found),
        Format::Json => {
            let text = source.text.trim_start_matches('\u{feff}');
            let before = source.text.len() - text.len();
            // What is wrong with the text was reported when it was read.
            let _ = Reader::new(text.as_bytes()).and_then(|mut reader| json(text, &mut reader, before, &mut found));
        }
    }
    for (spot, key) in found {
        let place = Place { file: source.path.clone(), spot };
        diagnostics.warn(place, format!("the key `{key}` stands twice in its object"), "the last one is taken");
    }
}

/// Readable JSON is at most 127 levels deep, which bounds the recursion.
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
            let mut behind = reader.offset();
            while let Some(key) = reader.next_key(keys.is_empty())? {
                if keys.contains(&key) {
                    // Nothing but white space, a comma and the key itself was passed.
                    let quote = text[behind..].find('"').unwrap_or_default();
                    found.push((Spot::Offset(before + behind + quote), key.to_string()));
                }
                keys.insert(key);
                json(text, reader, before, found)?;
                behind = reader.offset();
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
    /// An open map with the keys that were seen, and whether a key comes next; `None` is an open sequence.
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
            // A merge may stand more than once.
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
