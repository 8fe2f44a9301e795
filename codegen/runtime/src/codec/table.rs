//! Field tables: the keys of a generated struct.

use std::str::Chars;
use std::sync::OnceLock;

use super::json::Writer;

/// The table of a type that is not an object.
pub(super) static EMPTY_TABLE: Table = Table::new("", "");

/// The table of the JSON keys of a generated struct, which the shared decoder and encoder of objects follow. The macro
/// [`object!`](crate::object!) creates one static table for each struct.
///
/// A table is one text until its fields are first asked for. So the compiler has little to do, and a program pays only for
/// the types that it uses.
#[derive(Debug)]
pub struct Table {
    name: &'static str,
    text: &'static str,
    fields: OnceLock<Box<[Field]>>,
}

/// An entry in the table of a generated struct: one JSON key, and whether objects must have the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    key: Box<str>,
    /// A comma, the key in quotes, and a colon.
    introduction: Box<str>,
    presence: Presence,
}

/// The presence of a key in a JSON object, as an enum: required, optional, or only observed in examples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Every object has the key.
    Required,
    /// An object may leave out the key.
    Optional,
    /// The key is not in the schema; it was inferred from examples. A value of another type is not an error: the key is then
    /// treated as one that is not declared.
    Observed,
}

impl Table {
    /// Creates the table of the JSON keys of a generated struct. `text` lists the fields as [`crate::object!`] takes
    /// them; the macro calls it.
    #[must_use]
    pub const fn new(name: &'static str, text: &'static str) -> Self {
        Self {
            name,
            text,
            fields: OnceLock::new(),
        }
    }

    /// Returns the Rust name of the generated struct that this table of JSON keys describes. The `Debug` of such
    /// structs prints it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the JSON keys of a generated struct as table entries, in the order in which the struct lends its fields
    /// to the codec.
    pub fn fields(&self) -> &[Field] {
        self.fields.get_or_init(|| parse_fields(self.text))
    }
}

impl Field {
    /// Returns the JSON key of this table entry, as objects in documents have it.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Returns whether a JSON object must have the key of this table entry. The type of the struct's field says whether
    /// the value may be `null`.
    #[must_use]
    pub fn presence(&self) -> Presence {
        self.presence
    }

    pub(crate) fn is_required(&self) -> bool {
        self.presence == Presence::Required
    }

    /// Returns a comma, the key in quotes, and a colon.
    pub(crate) fn introduction(&self) -> &str {
        &self.introduction
    }

    fn new(key: String, presence: Presence) -> Self {
        let mut writer = Writer::default();
        writer.raw(",");
        writer.string(&key);
        writer.raw(":");
        let introduction = writer.finish();
        Self {
            key: key.into(),
            introduction: introduction.into(),
            presence,
        }
    }
}

/// Parses `name, ? name, ~ name = "key"; others`: identifiers, marks and string literals, with any white space between.
fn parse_fields(text: &str) -> Box<[Field]> {
    let mut fields: Vec<Field> = Vec::new();
    let mut rest = text.chars();
    let mut presence = Presence::Required;
    while let Some(character) = rest.clone().next() {
        match character {
            ';' => break,
            '?' => presence = Presence::Optional,
            '~' => presence = Presence::Observed,
            '=' => {}
            '"' => {
                rest.next();
                let key = parse_literal(&mut rest);
                if let Some(field) = fields.last_mut() {
                    *field = Field::new(key, field.presence);
                }
                continue;
            }
            _ if is_identifier_part(character) => {
                let left = rest.as_str();
                let (name, left) =
                    left.split_at(left.find(|c| !is_identifier_part(c)).unwrap_or(left.len()));
                fields.push(Field::new(
                    name.trim_start_matches("r#").to_owned(),
                    presence,
                ));
                presence = Presence::Required;
                rest = left.chars();
                continue;
            }
            _ => {}
        }
        rest.next();
    }
    fields.into()
}

/// Returns whether an identifier may contain the character. `#` is part of a raw one.
fn is_identifier_part(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '#')
}

/// Parses a string literal whose opening quote was read.
fn parse_literal(rest: &mut Chars<'_>) -> String {
    let mut text = String::new();
    while let Some(character) = rest.next().filter(|character| *character != '"') {
        match character {
            '\\' => text.extend(parse_escape(rest)),
            character => text.push(character),
        }
    }
    text
}

/// Parses an escape whose backslash was read.
fn parse_escape(rest: &mut Chars<'_>) -> Option<char> {
    match rest.next()? {
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        '0' => Some('\0'),
        'x' => {
            let digits: String = rest.by_ref().take(2).collect();
            u8::from_str_radix(&digits, 16).ok().map(char::from)
        }
        'u' => {
            let digits: String = rest
                .by_ref()
                .skip(1)
                .take_while(|digit| *digit != '}')
                .filter(|digit| *digit != '_')
                .collect();
            u32::from_str_radix(&digits, 16)
                .ok()
                .and_then(char::from_u32)
        }
        other => Some(other),
    }
}

#[cfg(test)]
mod tests {
    use super::{Presence, Table};

    #[test]
    fn a_text_becomes_fields() {
        let table = Table::new(
            "T",
            r##"a, ? b , ~ c="C \"x\" \\ \u{e9}\x41\n", r#type, ?r#move = "move#", d; others"##,
        );
        let fields: Vec<_> = table
            .fields()
            .iter()
            .map(|field| (field.key(), field.presence()))
            .collect();
        let expected = [
            ("a", Presence::Required),
            ("b", Presence::Optional),
            ("C \"x\" \\ éA\n", Presence::Observed),
            ("type", Presence::Required),
            ("move#", Presence::Optional),
            ("d", Presence::Required),
        ];
        assert_eq!(fields, expected);
        assert_eq!(
            table.fields()[2].introduction(),
            ",\"C \\\"x\\\" \\\\ éA\\n\":"
        );
    }

    #[test]
    fn a_text_without_fields_is_empty() {
        assert_eq!(Table::new("T", "").fields(), []);
        assert_eq!(Table::new("T", "; others").fields(), []);
    }
}
