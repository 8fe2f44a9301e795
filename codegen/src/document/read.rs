//! From text to values.

use octogen_runtime::Value;

use super::Document;
use crate::diagnostic::{Diagnostics, Place, Spot};
use crate::source::{Format, Source};

/// Reads a file; what is wrong with its text is reported.
pub(super) fn read(source: &Source, diagnostics: &mut Diagnostics) -> Option<Document> {
    let root = match source.format() {
        Format::Json => json(source),
        Format::Yaml => yaml(source),
    };
    match root {
        Ok(root) => Some(Document { path: source.path.clone(), root }),
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
    serde_yaml::from_str(&source.text).map_err(|error| {
        let spot = match error.location() {
            Some(location) => Spot::LineColumn(location.line(), location.column()),
            None => Spot::File,
        };
        (spot, format!("the YAML can't be read: {error}"))
    })
}

/// An error without its place, which the diagnostic shows already.
fn cause(message: &str) -> &str {
    message.split_once("): ").map_or(message, |(_, cause)| cause)
}
