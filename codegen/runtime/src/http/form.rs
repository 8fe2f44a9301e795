//! Bodies of `application/x-www-form-urlencoded`.

use super::style::{Style, scalar_text, to_value};
use crate::codec::{Slot, Value};

/// The documented encoding of one property in a form body (URL-encoded or multipart): a style or a media type. Emitted
/// operations list it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding {
    pub(super) name: &'static str,
    style: Option<Style>,
    pub(super) media_type: Option<&'static str>,
}

impl Encoding {
    /// Creates the encoding of a form property that is written in a parameter style. `name` is the property. Emitted
    /// operations call it.
    #[must_use]
    pub const fn styled(name: &'static str, style: Style) -> Self {
        Self {
            name,
            style: Some(style),
            media_type: None,
        }
    }

    /// Creates the encoding of a multipart property that is sent with its own media type. `name` is the property.
    /// Emitted operations call it.
    #[must_use]
    pub const fn of_type(name: &'static str, media_type: &'static str) -> Self {
        Self {
            name,
            style: None,
            media_type: Some(media_type),
        }
    }
}

/// Writes the text of `application/x-www-form-urlencoded`. Unless an encoding states a style, an array is one pair per
/// element, and an object is JSON.
pub(super) fn urlencoded(value: &dyn Slot, encodings: &[Encoding]) -> String {
    let Value::Object(entries) = to_value(value) else {
        return scalar_text(&to_value(value));
    };
    let mut pairs = Vec::new();
    for (name, value) in &entries {
        let default = if matches!(value, Value::Object(_)) {
            Style::JSON
        } else {
            Style::FORM.exploded()
        };
        let stated = encodings
            .iter()
            .find(|encoding| encoding.name == name)
            .and_then(|encoding| encoding.style);
        pairs.extend(stated.unwrap_or(default).in_query(name, value));
    }
    pairs
        .iter()
        .map(|(name, text)| format!("{name}={text}"))
        .collect::<Vec<_>>()
        .join("&")
}

#[cfg(test)]
mod tests {
    use super::{Encoding, urlencoded};
    use crate::codec::{DecodeError, Value, decode};
    use crate::http::style::Style;

    #[test]
    fn properties_become_pairs() -> Result<(), DecodeError> {
        let cases: [(&str, &[Encoding], &str); 8] = [
            (r#"{"a b":"c&d","e":1,"f":null}"#, &[], "a%20b=c%26d&e=1&f="),
            (r#"{"a":[1,"x"]}"#, &[], "a=1&a=x"),
            (r#"{"a":[]}"#, &[], ""),
            (r#"{"a":{"b":[1]}}"#, &[], "a=%7B%22b%22%3A%5B1%5D%7D"),
            (
                r#"{"a":[1,2]}"#,
                &[Encoding::styled("a", Style::FORM)],
                "a=1,2",
            ),
            (
                r#"{"a":{"b":1}}"#,
                &[Encoding::styled("a", Style::DEEP_OBJECT)],
                "a%5Bb%5D=1",
            ),
            (
                r#"{"a":{"b":1}}"#,
                &[Encoding::styled("b", Style::DEEP_OBJECT)],
                "a=%7B%22b%22%3A1%7D",
            ),
            (r#""text""#, &[], "text"),
        ];
        for (json, encodings, expected) in cases {
            assert_eq!(
                urlencoded(&decode::<Value>(json.as_bytes())?, encodings),
                expected,
                "{json}"
            );
        }
        Ok(())
    }
}
