//! How the value of a parameter becomes text: the styles of OpenAPI, which are those of RFC 6570 and a few more.

use super::encoding::{percent_encoded, reserved_encoded};
#[cfg(feature = "client")]
use crate::codec::error::DecodeError;
use crate::codec::slot::Slot;
use crate::codec::value::Value;

/// How the value of a parameter is written.
///
/// ```
/// use octogen_runtime::Style;
///
/// const FILTER: Style = Style::DEEP_OBJECT;
/// const COORDINATES: Style = Style::MATRIX.exploded();
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    kind: Kind,
    exploded: bool,
    reserved: bool,
    segmented: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Simple,
    Label,
    Matrix,
    Form,
    Delimited(&'static str),
    Deep,
    Json,
}

impl Style {
    /// `blue,black`; the usual one of paths and headers.
    pub const SIMPLE: Self = Self::new(Kind::Simple);
    /// `.blue,black`
    pub const LABEL: Self = Self::new(Kind::Label);
    /// `;color=blue,black`
    pub const MATRIX: Self = Self::new(Kind::Matrix);
    /// `color=blue,black`; exploded, the usual one of queries and cookies.
    pub const FORM: Self = Self::new(Kind::Form);
    /// `color=blue%20black`
    pub const SPACE_DELIMITED: Self = Self::new(Kind::Delimited("%20"));
    /// `color=blue%7Cblack`
    pub const PIPE_DELIMITED: Self = Self::new(Kind::Delimited("%7C"));
    /// `color%5Br%5D=100&color%5Bg%5D=200`. What is nested goes on in further brackets, the elements of an array
    /// under their numbers.
    pub const DEEP_OBJECT: Self = Self::new(Kind::Deep);
    /// The value as JSON.
    pub const JSON: Self = Self::new(Kind::Json);

    const fn new(kind: Kind) -> Self {
        Self { kind, exploded: false, reserved: false, segmented: false }
    }

    /// Each element and each key of its own, where the style has a way of writing that.
    #[must_use]
    pub const fn exploded(self) -> Self {
        Self { exploded: true, ..self }
    }

    /// In a query, the reserved characters of RFC 3986 stay as they are, all but those that would end the value or mean
    /// something else in it: `#`, `&`, `+`, `[` and `]`.
    #[must_use]
    pub const fn reserved(self) -> Self {
        Self { reserved: true, ..self }
    }

    /// In a path, a slash of the value parts segments. None of them may be empty, `.` or `..`.
    #[must_use]
    pub const fn segmented(self) -> Self {
        Self { segmented: true, ..self }
    }

    /// What stands in the path.
    pub(super) fn in_path(self, name: &str, value: &dyn Slot) -> String {
        let encode = |text: &str| match self.segmented {
            true => text.split('/').map(percent_encoded).collect::<Vec<_>>().join("/"),
            false => percent_encoded(text),
        };
        let value = self.parts(value).encoded(&encode);
        match self.kind {
            Kind::Label => {
                value.joined(if self.exploded { "." } else { "," }, self.exploded).map(|text| format!(".{text}"))
            }
            Kind::Matrix => {
                let pairs = self.pairs(percent_encoded(name), value, ",");
                let written = |(name, text): &(String, String)| match text.as_str() {
                    "" => format!(";{name}"),
                    text => format!(";{name}={text}"),
                };
                Some(pairs.iter().map(written).collect())
            }
            _ => value.joined(",", self.exploded),
        }
        .unwrap_or_default()
    }

    /// What stands in the query, percent-encoded.
    pub(super) fn in_query(self, name: &str, value: &dyn Slot) -> Vec<(String, String)> {
        let encode: fn(&str) -> String = if self.reserved { reserved_encoded } else { percent_encoded };
        let name = percent_encoded(name);
        match self.kind {
            Kind::Deep => {
                let mut pairs = Vec::new();
                deep(name, &tree(value), &encode, &mut pairs);
                pairs
            }
            Kind::Delimited(delimiter) => self.pairs(name, self.parts(value).encoded(&encode), delimiter),
            _ => self.pairs(name, self.parts(value).encoded(&encode), ","),
        }
    }

    /// What stands in a header, which encodes nothing; `None` where there is nothing to say.
    pub(super) fn in_header(self, value: &dyn Slot) -> Option<String> {
        let text = self.parts(value).joined(",", self.exploded)?;
        // No header takes what isn't ASCII; JSON can say it otherwise.
        Some(if self.kind == Kind::Json { ascii(&text) } else { text })
    }

    /// The cookies.
    pub(super) fn in_cookie(self, name: &str, value: &dyn Slot) -> Vec<(String, String)> {
        self.pairs(name.to_owned(), self.parts(value).encoded(&percent_encoded), ",")
    }

    fn parts(self, value: &dyn Slot) -> Parts {
        if self.kind == Kind::Json {
            return Parts::Scalar(crate::encode(value));
        }
        match tree(value) {
            Value::Array(items) => Parts::List(items.iter().map(text).collect()),
            Value::Object(entries) => {
                Parts::Pairs(entries.iter().map(|(key, value)| (key.clone(), text(value))).collect())
            }
            scalar => Parts::Scalar(text(&scalar)),
        }
    }

    /// A name and a text, or one for each element or key.
    fn pairs(self, name: String, parts: Parts, delimiter: &str) -> Vec<(String, String)> {
        match parts {
            Parts::List(items) if self.exploded => items.into_iter().map(|text| (name.clone(), text)).collect(),
            Parts::Pairs(pairs) if self.exploded => pairs,
            other => other.joined(delimiter, false).map(|text| (name, text)).into_iter().collect(),
        }
    }
}

/// The texts that a value is made of.
enum Parts {
    Scalar(String),
    List(Vec<String>),
    Pairs(Vec<(String, String)>),
}

impl Parts {
    fn encoded(self, encode: &dyn Fn(&str) -> String) -> Self {
        match self {
            Self::Scalar(text) => Self::Scalar(encode(&text)),
            Self::List(items) => Self::List(items.iter().map(|text| encode(text)).collect()),
            Self::Pairs(pairs) => Self::Pairs(pairs.iter().map(|(key, text)| (encode(key), encode(text))).collect()),
        }
    }

    /// All in one text; `None` of a list or an object that has nothing in it.
    fn joined(self, delimiter: &str, with_equals: bool) -> Option<String> {
        let texts = match self {
            Self::Scalar(text) => return Some(text),
            Self::List(items) => items,
            Self::Pairs(pairs) if with_equals => pairs.into_iter().map(|(key, text)| format!("{key}={text}")).collect(),
            Self::Pairs(pairs) => pairs.into_iter().flat_map(|(key, text)| [key, text]).collect(),
        };
        (!texts.is_empty()).then(|| texts.join(delimiter))
    }
}

fn deep(name: String, value: &Value, encode: &dyn Fn(&str) -> String, pairs: &mut Vec<(String, String)>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                deep(format!("{name}%5B{}%5D", percent_encoded(key)), value, encode, pairs);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                deep(format!("{name}%5B{index}%5D"), value, encode, pairs);
            }
        }
        scalar => pairs.push((name, encode(&text(scalar)))),
    }
}

/// The value as a tree, whatever type it is of.
pub(super) fn tree(value: &dyn Slot) -> Value {
    crate::decode(crate::encode(value).as_bytes()).unwrap_or(Value::Null)
}

/// The text of a scalar. No style says how to nest further: what is nested is JSON.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => crate::encode(other),
    }
}

/// JSON in which everything outside of ASCII is escaped.
fn ascii(json: &str) -> String {
    let mut ascii = String::new();
    for character in json.chars() {
        if character.is_ascii() {
            ascii.push(character);
        } else {
            let units =
                character.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect::<String>();
            ascii.push_str(&units);
        }
    }
    ascii
}

/// A value from its text in the style `simple`: a text, the elements of an array, or what stands as it would in JSON.
#[cfg(feature = "client")]
pub(crate) fn of_text<T: Slot>(text: &str) -> Result<T, DecodeError> {
    let quoted = |text: &str| crate::encode(&text.to_owned());
    let as_text = crate::decode(quoted(text).as_bytes());
    if as_text.is_ok() {
        return as_text;
    }
    let items: Vec<&str> = text.split(',').map(str::trim).filter(|item| !item.is_empty()).collect();
    let texts = format!("[{}]", items.iter().map(|item| quoted(item)).collect::<Vec<_>>().join(","));
    let values = format!("[{}]", items.join(","));
    let others = [text, &texts, &values].into_iter().find_map(|json| crate::decode(json.as_bytes()).ok());
    others.map_or(as_text, Ok)
}
