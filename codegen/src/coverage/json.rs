//! The coverage report as JSON.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use octogen_runtime::{Map, Value};
use rustc_hash::FxHashMap;

use super::{CoverageReport, PayloadKind, Row};
use crate::diagnostic::{Place, Spot};
use crate::document::locate_all;
use crate::source::Format;

impl CoverageReport {
    /// Writes this coverage report as JSON text, with one entry on each line. The argument loads the text of a file,
    /// for line numbers.
    #[must_use]
    pub fn to_json<'a>(&self, text_of: &dyn Fn(&str) -> Option<Cow<'a, str>>) -> String {
        let places = self.entries.iter().map(|entry| &entry.place).chain(self.widened.iter().map(|one| &one.place));
        let lines = Lines::new(places, text_of);
        let counts = self.rows.iter().map(|(kind, row)| counts(*kind, row));
        let entries = self.entries.iter().map(|entry| {
            let mut fields = vec![
                ("of", text(entry.kind.plural())),
                ("state", text(entry.state)),
                ("payload", text(&entry.title)),
                ("path", text(&entry.path)),
                ("why", text(&entry.why)),
            ];
            fields.extend(lines.fields(&entry.place));
            object(fields)
        });
        let widened = self.widened.iter().map(|one| {
            let mut fields = vec![("at", text(&one.at))];
            fields.extend(one.key.iter().map(|key| ("key", text(key))));
            fields.push(("what", text(one.what)));
            if !one.observed.is_empty() {
                let observed = one.observed.iter().filter_map(|text| octogen_runtime::decode(text.as_bytes()).ok());
                fields.push(("observed", Value::Array(observed.collect())));
            }
            fields.extend([("why", text(&one.why)), ("path", text(&one.path))]);
            fields.extend(lines.fields(&one.place));
            object(fields)
        });
        let counts = listed("counts", counts);
        let widened = listed("widened", widened);
        let nulls = format!("  \"ignored_null_examples\": {}", self.null_examples);
        format!("{{\n{counts},\n{nulls},\n{widened},\n{}\n}}\n", listed("payloads", entries))
    }
}

fn listed(name: &str, items: impl Iterator<Item = Value>) -> String {
    let lines: Vec<String> = items.map(|item| format!("    {}", octogen_runtime::encode(&item))).collect();
    if lines.is_empty() {
        return format!("  \"{name}\": []");
    }
    format!("  \"{name}\": [\n{}\n  ]", lines.join(",\n"))
}

fn counts(kind: PayloadKind, row: &Row) -> Value {
    let number = |count: usize| Value::Number(u64::try_from(count).unwrap_or(u64::MAX).into());
    object(vec![
        ("of", text(kind.plural())),
        ("payloads", number(row.payloads)),
        ("equal", number(row.equal)),
        ("contradicted", number(row.contradicted)),
        ("unsupported", number(row.unsupported)),
        ("with_json", number(row.with_json)),
        ("with_unknown_values", number(row.with_unknown_values)),
        ("with_unknown_variants", number(row.with_unknown_variants)),
        ("with_rests", number(row.with_rests)),
        ("leaves", number(row.leaves)),
        ("json_leaves", number(row.json_leaves)),
    ])
}

fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

fn object(fields: Vec<(&str, Value)>) -> Value {
    Value::Object(fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<Map<Value>>())
}

/// The line numbers of places, by file and pointer.
struct Lines<'a>(FxHashMap<(&'a str, &'a str), usize>);

impl<'a> Lines<'a> {
    fn new<'t>(places: impl Iterator<Item = &'a Place>, text_of: &dyn Fn(&str) -> Option<Cow<'t, str>>) -> Self {
        let mut wanted: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for place in places {
            if let Spot::Pointer(pointer) = &place.spot {
                wanted.entry(&place.file).or_default().insert(pointer);
            }
        }
        let mut lines = FxHashMap::default();
        for (file, pointers) in wanted {
            let pointers: Vec<&str> = pointers.into_iter().collect();
            let Some(text) = text_of(file) else { continue };
            let found = locate_all(&text, Format::detect(file, &text), &pointers);
            // One walk counts the line breaks, since the places ascend.
            let mut spans: Vec<(usize, &str)> = Vec::new();
            spans.extend(found.iter().zip(&pointers).filter_map(|(span, at)| Some((span.as_ref()?.0.start, *at))));
            spans.sort_unstable();
            let (mut line, mut at) = (1, 0);
            for (start, pointer) in spans {
                line += text.get(at..start).map_or(0, |part| part.matches('\n').count());
                at = start;
                lines.insert((file, pointer), line);
            }
        }
        Self(lines)
    }

    fn fields(&self, place: &Place) -> Vec<(&'static str, Value)> {
        let pointer = if let Spot::Pointer(pointer) = &place.spot { pointer.as_str() } else { "" };
        let line = self.0.get(&(place.file.as_str(), pointer)).and_then(|line| u64::try_from(*line).ok());
        let mut fields = vec![("file", text(&place.file)), ("pointer", text(pointer))];
        fields.extend(line.map(|line| ("line", Value::Number(line.into()))));
        fields
    }
}
