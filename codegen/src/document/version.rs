//! The version of OpenAPI that a document states.

use octogen_runtime::{JsonType, Value};

use super::Node;
use super::check::Version;
use super::read::wrong_type;
use crate::diagnostic::{Code, Diagnostics, Place, Spot};

/// Help for a document without a version.
pub(super) const START: &str = "start the document with its version, such as `openapi: 3.1.0` or `openapi: 3.0.3`";
const ADD_COLON: &str = "write a colon and a space between a key and its value, as in `openapi: 3.1.0`";
const WRITE_IN_FULL: &str =
    "write the version in full, such as `3.0.3` or `3.1.0`; octogen supports OpenAPI 3.0 and 3.1";
const CONVERT: &str = "octogen supports OpenAPI 3.0 and 3.1; convert the document to one of these versions";

/// Checks that the entry file is an OpenAPI document of a version that octogen can read. If not, an error is reported
/// and the result is `None`. Called first when a document is lowered.
pub fn check_version(root: &Node<'_>, diagnostics: &mut Diagnostics) -> Option<Version> {
    if let Some(swagger) = root.get("swagger") {
        let help = "convert it to OpenAPI 3 first, for example with `npx swagger2openapi --outfile openapi.json FILE`";
        diagnostics.error(
            Code::UnsupportedVersion,
            swagger.place(),
            "this is a document of Swagger 2.0, which octogen does not support",
            help,
        );
        return None;
    }
    if *root.value == Value::Null {
        let place = Place { file: root.file.path.clone(), spot: Spot::LineColumn(1, 1) };
        diagnostics.error(Code::MissingVersion, place, "the document is empty", START);
        return None;
    }
    if root.value.kind() != JsonType::Object {
        let message = wrong_type("the document", root.value, JsonType::Object);
        let lacks_colon = root.value.as_str().is_some_and(|text| text.starts_with("openapi"));
        let help = if lacks_colon { ADD_COLON } else { START };
        diagnostics.error(Code::MissingVersion, root.place(), message, help);
        return None;
    }
    let Some(stated) = root.get("openapi") else {
        diagnostics.error(Code::MissingVersion, root.place(), "the document has no `openapi` version", START);
        return None;
    };
    let version = match stated.value {
        Value::Number(number) => number.as_str(),
        Value::String(text) => text,
        other => {
            let message = wrong_type("`openapi`", other, JsonType::String);
            diagnostics.error(Code::UnsupportedVersion, stated.place(), message, WRITE_IN_FULL);
            return None;
        }
    };
    if !version.starts_with("3.") {
        let is_other = version.starts_with(|first: char| first.is_ascii_digit() && first != '3');
        let help = if is_other { CONVERT } else { WRITE_IN_FULL };
        diagnostics.error(
            Code::UnsupportedVersion,
            stated.place(),
            format!("`{version}` is not a supported version of OpenAPI"),
            help,
        );
        return None;
    }
    if !version.starts_with("3.0") && !version.starts_with("3.1") {
        let message = format!("OpenAPI {version} is newer than the versions that octogen supports");
        let help =
            "octogen reads the document as OpenAPI 3.1 and ignores newer features; write `3.1.0` if it uses none";
        diagnostics.warn(Code::UnsupportedVersion, stated.place(), message, help);
    }
    Some(if version.starts_with("3.0") { Version::V3_0 } else { Version::V3_1 })
}
