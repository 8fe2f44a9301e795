//! Formats: names that are probably misspelt, and values that do not have the form of their format.

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

/// Returns whether a text can have a format: whether it is a date or a time if the format requires one.
pub(super) fn fits_format(format: &str, text: &str) -> bool {
    match format {
        "date" => is_date(text),
        "date-time" => text.split_once(['T', 't', ' ']).is_some_and(|(date, time)| is_date(date) && is_time(time)),
        _ => true,
    }
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let is_number = |text: &str, length: usize| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_within = |text: &str, most: u8| text.parse().is_ok_and(|number: u8| (1..=most).contains(&number));
    match parts.as_slice() {
        [year, month, day] => {
            is_number(year, 4) && is_number(month, 2) && is_number(day, 2) && is_within(month, 12) && is_within(day, 31)
        }
        _ => false,
    }
}

/// Returns whether a text begins as a time does. Documents often leave out the time zone.
fn is_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    matches!(bytes, [a, b, b':', c, d, ..] if [a, b, c, d].into_iter().all(u8::is_ascii_digit))
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

    #[test]
    fn a_text_fits_a_date_or_a_time() {
        for (format, text, expected) in [
            ("date", "2026-01-31", true),
            ("date", "2026-13-01", false),
            ("date", "31.1.2026", false),
            ("date", "yesterday", false),
            ("date-time", "2026-01-31T10:00:00Z", true),
            ("date-time", "2026-01-31 10:00", true),
            ("date-time", "2026-01-31", false),
            ("date-time", "yesterday", false),
            ("email", "yesterday", true),
        ] {
            assert_eq!(fits_format(format, text), expected, "{format} {text}");
        }
    }
}
