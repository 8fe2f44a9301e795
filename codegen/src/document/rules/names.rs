//! The rule that HTTP allows the names of parameters, headers and cookies.

use super::super::check::Checker;
use super::media_types::is_token;
use crate::diagnostic::{Code, Place};

/// Reports the name of a parameter, a header or a cookie that a request cannot contain.
pub(super) fn check_name(location: &str, name: &str, place: &Place, checker: &mut Checker<'_, '_>) {
    let is_valid = match location {
        "header" | "cookie" => is_token(name),
        _ => !name.is_empty(),
    };
    if !is_valid {
        let (message, help) = match name {
            "" => (
                String::from("the name of a parameter is empty"),
                "octogen sends the value without a name; write a name",
            ),
            _ => (
                format!("`{name}` is not a valid name of a {location}"),
                "a request with it fails; write letters, digits and `-` only",
            ),
        };
        checker.warn(Code::InvalidParameterName, place.clone(), message, help);
    }
}
