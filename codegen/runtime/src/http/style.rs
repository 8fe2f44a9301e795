//! Styles of parameters: those of OpenAPI, which are those of [RFC 6570](https://www.rfc-editor.org/rfc/rfc6570) and a few
//! more.

use super::percent::{percent_encode, percent_encode_but_reserved};
#[cfg(feature = "client")]
use crate::codec::DecodeError;
use crate::codec::{Slot, Value, decode, encode};

/// The style in which the value of a parameter or a form property is written into a path, a query, a header, a cookie
/// or a form.
///
/// ```
/// use octogen_runtime::Style;
///
/// const FILTER: Style = Style::DEEP_OBJECT;
/// const COORDINATES: Style = Style::MATRIX.exploded();
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    syntax: Syntax,
    exploded: bool,
    reserved: bool,
    segmented: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Syntax {
    Simple,
    Label,
    Matrix,
    Form,
    Delimited(&'static str),
    Deep,
    Json,
}

impl Style {
    /// The parameter style `simple`, a constant: `blue,black`. It is the default in paths and headers.
    pub const SIMPLE: Self = Self::new(Syntax::Simple);
    /// The parameter style `label` of path parameters, a constant: `.blue,black`.
    pub const LABEL: Self = Self::new(Syntax::Label);
    /// The parameter style `matrix` of path parameters, a constant: `;color=blue,black`.
    pub const MATRIX: Self = Self::new(Syntax::Matrix);
    /// The parameter style `form`, a constant: `color=blue,black`. Exploded, it is the default in queries and cookies.
    pub const FORM: Self = Self::new(Syntax::Form);
    /// The parameter style `spaceDelimited` of query parameters, a constant: `color=blue%20black`.
    pub const SPACE_DELIMITED: Self = Self::new(Syntax::Delimited("%20"));
    /// The parameter style `pipeDelimited` of query parameters, a constant: `color=blue%7Cblack`.
    pub const PIPE_DELIMITED: Self = Self::new(Syntax::Delimited("%7C"));
    /// The parameter style `deepObject` of query parameters, a constant: `color%5Br%5D=100&color%5Bg%5D=200`. Nested
    /// keys and the indexes of arrays are in further brackets.
    pub const DEEP_OBJECT: Self = Self::new(Syntax::Deep);
    /// The style of a parameter that the document describes by `content`, a constant: the value is written as JSON.
    pub const JSON: Self = Self::new(Syntax::Json);

    const fn new(syntax: Syntax) -> Self {
        Self {
            syntax,
            exploded: false,
            reserved: false,
            segmented: false,
        }
    }

    /// Sets `explode` for this parameter style: each element of an array and each key of an object is written
    /// separately, if the style can do this.
    #[must_use]
    pub const fn exploded(self) -> Self {
        Self {
            exploded: true,
            ..self
        }
    }

    /// Sets `allowReserved` for this parameter style: a query keeps the reserved characters of RFC 3986, except `#`,
    /// `&`, `+`, `[` and `]`, which would end the value or mean something else.
    #[must_use]
    pub const fn reserved(self) -> Self {
        Self {
            reserved: true,
            ..self
        }
    }

    /// Allows slashes in a path parameter of this style, where they separate segments of the path. No segment may be
    /// empty, `.` or `..`.
    #[must_use]
    pub const fn segmented(self) -> Self {
        Self {
            segmented: true,
            ..self
        }
    }

    /// Writes the text of a path parameter.
    pub(super) fn in_path(self, name: &str, value: &dyn Slot) -> String {
        let escape = |text: &str| match self.segmented {
            true => text
                .split('/')
                .map(percent_encode)
                .collect::<Vec<_>>()
                .join("/"),
            false => percent_encode(text),
        };
        let value = self.parts(value).escaped(&escape);
        match self.syntax {
            Syntax::Label => value
                .joined(if self.exploded { "." } else { "," }, self.exploded)
                .map(|text| format!(".{text}")),
            Syntax::Matrix => {
                let pairs = self.pairs(percent_encode(name), value, ",");
                let write = |(name, text): &(String, String)| match text.as_str() {
                    "" => format!(";{name}"),
                    text => format!(";{name}={text}"),
                };
                Some(pairs.iter().map(write).collect())
            }
            _ => value.joined(",", self.exploded),
        }
        .unwrap_or_default()
    }

    /// Writes the pairs of a query parameter, percent-encoded.
    pub(super) fn in_query(self, name: &str, value: &dyn Slot) -> Vec<(String, String)> {
        let escape: fn(&str) -> String = if self.reserved {
            percent_encode_but_reserved
        } else {
            percent_encode
        };
        let name = percent_encode(name);
        match self.syntax {
            Syntax::Deep => {
                let mut pairs = Vec::new();
                write_deep(name, &to_value(value), &escape, &mut pairs);
                pairs
            }
            Syntax::Delimited(delimiter) => {
                self.pairs(name, self.parts(value).escaped(&escape), delimiter)
            }
            _ => self.pairs(name, self.parts(value).escaped(&escape), ","),
        }
    }

    /// Writes the text of a header, which has no encoding. Returns `None` for an empty array or object.
    pub(super) fn in_header(self, value: &dyn Slot) -> Option<String> {
        let text = self.parts(value).joined(",", self.exploded)?;
        // A header should be ASCII, and JSON can escape all other characters.
        Some(if self.syntax == Syntax::Json {
            escape_non_ascii(&text)
        } else {
            text
        })
    }

    /// Writes the pairs of a cookie parameter.
    pub(super) fn in_cookie(self, name: &str, value: &dyn Slot) -> Vec<(String, String)> {
        self.pairs(
            name.to_owned(),
            self.parts(value).escaped(&percent_encode),
            ",",
        )
    }

    /// Splits a value into texts.
    fn parts(self, value: &dyn Slot) -> Parts {
        if self.syntax == Syntax::Json {
            return Parts::Scalar(encode(value));
        }
        match to_value(value) {
            Value::Array(items) => Parts::List(items.iter().map(scalar_text).collect()),
            Value::Object(entries) => Parts::Pairs(
                entries
                    .iter()
                    .map(|(key, value)| (key.clone(), scalar_text(value)))
                    .collect(),
            ),
            scalar => Parts::Scalar(scalar_text(&scalar)),
        }
    }

    /// Writes one pair, or one per element or key if the style is exploded.
    fn pairs(self, name: String, parts: Parts, delimiter: &str) -> Vec<(String, String)> {
        match parts {
            Parts::List(items) if self.exploded => {
                items.into_iter().map(|text| (name.clone(), text)).collect()
            }
            Parts::Pairs(pairs) if self.exploded => pairs,
            other => other
                .joined(delimiter, false)
                .map(|text| (name, text))
                .into_iter()
                .collect(),
        }
    }
}

/// The texts that a value consists of.
enum Parts {
    Scalar(String),
    List(Vec<String>),
    Pairs(Vec<(String, String)>),
}

impl Parts {
    fn escaped(self, escape: &dyn Fn(&str) -> String) -> Self {
        match self {
            Self::Scalar(text) => Self::Scalar(escape(&text)),
            Self::List(items) => Self::List(items.iter().map(|text| escape(text)).collect()),
            Self::Pairs(pairs) => Self::Pairs(
                pairs
                    .iter()
                    .map(|(key, text)| (escape(key), escape(text)))
                    .collect(),
            ),
        }
    }

    /// Joins all texts into one. Returns `None` for an empty array or object.
    fn joined(self, delimiter: &str, with_equals: bool) -> Option<String> {
        let texts = match self {
            Self::Scalar(text) => return Some(text),
            Self::List(items) => items,
            Self::Pairs(pairs) if with_equals => pairs
                .into_iter()
                .map(|(key, text)| format!("{key}={text}"))
                .collect(),
            Self::Pairs(pairs) => pairs
                .into_iter()
                .flat_map(|(key, text)| [key, text])
                .collect(),
        };
        (!texts.is_empty()).then(|| texts.join(delimiter))
    }
}

/// Writes a value with its keys and indexes in brackets after the name.
fn write_deep(
    name: String,
    value: &Value,
    escape: &dyn Fn(&str) -> String,
    pairs: &mut Vec<(String, String)>,
) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                write_deep(
                    format!("{name}%5B{}%5D", percent_encode(key)),
                    value,
                    escape,
                    pairs,
                );
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                write_deep(format!("{name}%5B{index}%5D"), value, escape, pairs);
            }
        }
        scalar => pairs.push((name, escape(&scalar_text(scalar)))),
    }
}

/// Converts a value of any type.
pub(super) fn to_value(value: &dyn Slot) -> Value {
    decode(encode(value).as_bytes()).unwrap_or(Value::Null)
}

/// Returns the text of a scalar. An array or object becomes JSON, since no style defines nested values.
pub(super) fn scalar_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => encode(other),
    }
}

/// Escapes all characters of JSON that are not ASCII.
fn escape_non_ascii(json: &str) -> String {
    let mut ascii = String::new();
    for character in json.chars() {
        if character.is_ascii() {
            ascii.push(character);
        } else {
            let units = character
                .encode_utf16(&mut [0; 2])
                .iter()
                .map(|unit| format!("\\u{unit:04x}"))
                .collect::<String>();
            ascii.push_str(&units);
        }
    }
    ascii
}

/// Reads a value from its text in the style `simple`: a string, the elements of an array, or JSON.
#[cfg(feature = "client")]
pub(crate) fn parse_simple<T: Slot>(text: &str) -> Result<T, DecodeError> {
    let quoted = |text: &str| encode(&text.to_owned());
    let as_text = decode(quoted(text).as_bytes());
    if as_text.is_ok() {
        return as_text;
    }
    let items: Vec<&str> = text
        .split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .collect();
    let texts = format!(
        "[{}]",
        items
            .iter()
            .map(|item| quoted(item))
            .collect::<Vec<_>>()
            .join(",")
    );
    let values = format!("[{}]", items.join(","));
    let others = [text, &texts, &values]
        .into_iter()
        .find_map(|json| decode(json.as_bytes()).ok());
    others.map_or(as_text, Ok)
}

#[cfg(test)]
mod tests;
