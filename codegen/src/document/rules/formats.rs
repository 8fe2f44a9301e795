//! Names of formats that are probably misspelt.

use crate::diagnostic::nearest;

/// The formats that decide a Rust type. A name that is close to one of them loses the type.
const TYPED: [&str; 9] = ["binary", "date", "date-time", "double", "float", "int32", "int64", "uint32", "uint64"];

/// Formats of other registries that are close to a typed one, and are not misspelt.
const OTHERS: [&str; 7] = ["int8", "int16", "uint8", "uint16", "int128", "uint128", "half"];

/// Names of formats in other languages, and the format that OpenAPI has for them.
const FOREIGN: [(&[&str], &str); 4] = [
    (&["datetime", "dateTime", "DateTime", "date_time", "timestamp-iso8601", "iso8601", "rfc3339"], "date-time"),
    (&["int", "integer", "Int32", "i32"], "int32"),
    (&["long", "Int64", "i64", "bigint64"], "int64"),
    (&["file", "bytes", "octet-stream"], "binary"),
];

/// Returns the format that a format of no registry probably means. A format that octogen does not use is not reported,
/// because documents can define their own.
pub(super) fn meant_format(stated: &str) -> Option<&'static str> {
    if TYPED.contains(&stated) || OTHERS.contains(&stated) {
        return None;
    }
    let foreign = FOREIGN.iter().find(|(names, _)| names.contains(&stated)).map(|(_, meant)| *meant);
    foreign.or_else(|| nearest(stated, TYPED.into_iter()).filter(|_| stated.len() > 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_near_a_typed_one_is_misspelt() {
        for (stated, expected) in [
            ("datetime", Some("date-time")),
            ("date-tim", Some("date-time")),
            ("long", Some("int64")),
            ("int", Some("int32")),
            ("in64", Some("int64")),
            ("int16", None),
            ("uuid", None),
            ("uri", None),
            ("time", None),
            ("currency", None),
            ("date", None),
        ] {
            assert_eq!(meant_format(stated), expected, "{stated}");
        }
    }
}
