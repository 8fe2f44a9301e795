//! The version of OpenAPI that a document states.

use octogen_runtime::{JsonType, Value};

use super::File;
use crate::diagnostic::{Diagnostics, Place, Spot};

/// Help for a document without a version.
pub(super) const START: &str = "start the document with `openapi: 3.1.0` or `openapi: 3.0.3`";
const READABLE: &str = "octogen reads versions 3.0 and 3.1; write a complete version, such as `3.1.0`";

/// Checks that the entry file is an OpenAPI document of a version that octogen can read. If not, an error is reported
/// and the result is `None`. Called first when a document is lowered.
pub fn check_version(entry: &File, diagnostics: &mut Diagnostics) -> Option<()> {
    let root = entry.node();
    if let Some(swagger) = root.get("swagger") {
        let help = "convert it to OpenAPI 3 first, for example with `npx swagger2openapi --outfile openapi.json FILE`";
        diagnostics.error(swagger.place(), "this is a Swagger 2.0 document", help);
        return None;
    }
    if *root.value == Value::Null {
        let place = Place { file: entry.path.clone(), spot: Spot::LineColumn(1, 1) };
        diagnostics.error(place, "the document is empty", START);
        return None;
    }
    if root.value.kind() != JsonType::Object {
        let message = format!("the document is {}, but must be an object", root.value.kind());
        diagnostics.error(root.place(), message, START);
        return None;
    }
    let Some(stated) = root.get("openapi") else {
        diagnostics.error(root.place(), "the document has no `openapi` version", START);
        return None;
    };
    let version = match stated.value {
        Value::Number(number) => number.as_str(),
        Value::String(text) => text,
        other => {
            let message = format!("`openapi` is {}, but must be a string", other.kind());
            diagnostics.error(stated.place(), message, READABLE);
            return None;
        }
    };
    if !version.starts_with("3.") {
        diagnostics.error(stated.place(), format!("`{version}` is not a version that octogen can read"), READABLE);
        return None;
    }
    if !version.starts_with("3.0") && !version.starts_with("3.1") {
        let message = format!("OpenAPI {version} is newer than the versions that octogen knows");
        diagnostics.warn(stated.place(), message, "octogen reads it as version 3.1");
    }
    Some(())
}
