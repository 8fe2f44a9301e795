//! The keys of an object: what the codec knows of a generated struct.

use std::str::Chars;
use std::sync::OnceLock;

/// The table of what is no object.
pub(crate) static NONE: Table = Table::new("", "");

/// The keys of an object.
///
/// A table is one text until it is first asked for a key: a compiler has nothing to work out, and most programs use few
/// of the objects that a large description has.
#[derive(Debug)]
pub struct Table {
    name: &'static str,
    written: &'static str,
    fields: OnceLock<Box<[Field]>>,
}

/// One declared key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    key: Box<str>,
    introduction: Box<str>,
    presence: Presence,
}

/// When an object has a key, and how sure that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Every object has it.
    Required,
    /// An object may leave it out.
    Optional,
    /// No schema declares it, payloads have shown it: a value of another type is treated as that of an undeclared key.
    Shown,
}

impl Table {
    /// The table of the struct of that name, its fields written as [`crate::object!`] takes them.
    #[must_use]
    pub const fn new(name: &'static str, written: &'static str) -> Self {
        Self { name, written, fields: OnceLock::new() }
    }

    /// The name of the struct.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The declared keys, in the order in which the fields are lent. Behind them may come the map of all other keys.
    pub fn fields(&self) -> &[Field] {
        self.fields.get_or_init(|| read(self.written))
    }
}

impl Field {
    /// The key as it stands in JSON.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// When an object has the key. Whether its value may be null stands in the type of the field.
    #[must_use]
    pub fn presence(&self) -> Presence {
        self.presence
    }

    pub(crate) fn is_required(&self) -> bool {
        self.presence == Presence::Required
    }

    /// A comma, the key in quotes and a colon.
    pub(crate) fn introduction(&self) -> &str {
        &self.introduction
    }

    fn new(key: String, presence: Presence) -> Self {
        let introduction = format!(",{}:", crate::encode(&key));
        Self { key: key.into(), introduction: introduction.into(), presence }
    }
}

/// `name, ? name, ~ name = "key"; others`: identifiers, marks and string literals, with any white space between.
fn read(written: &str) -> Box<[Field]> {
    let mut fields: Vec<Field> = Vec::new();
    let mut rest = written.chars();
    let mut presence = Presence::Required;
    while let Some(character) = rest.clone().next() {
        match character {
            ';' => break,
            '?' => presence = Presence::Optional,
            '~' => presence = Presence::Shown,
            '=' => {}
            '"' => {
                rest.next();
                let key = literal(&mut rest);
                if let Some(field) = fields.last_mut() {
                    *field = Field::new(key, field.presence);
                }
                continue;
            }
            _ if is_of_name(character) => {
                let text = rest.as_str();
                let (name, behind) = text.split_at(text.find(|c| !is_of_name(c)).unwrap_or(text.len()));
                fields.push(Field::new(name.trim_start_matches("r#").to_owned(), presence));
                presence = Presence::Required;
                rest = behind.chars();
                continue;
            }
            _ => {}
        }
        rest.next();
    }
    fields.into()
}

/// What an identifier is made of, with the mark of a raw one.
fn is_of_name(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '#')
}

/// The text of a string literal, behind its opening quote.
fn literal(rest: &mut Chars<'_>) -> String {
    let mut text = String::new();
    while let Some(character) = rest.next().filter(|character| *character != '"') {
        match character {
            '\\' => text.extend(escaped(rest)),
            character => text.push(character),
        }
    }
    text
}

fn escaped(rest: &mut Chars<'_>) -> Option<char> {
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
            let digits: String =
                rest.by_ref().skip(1).take_while(|digit| *digit != '}').filter(|digit| *digit != '_').collect();
            u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32)
        }
        other => Some(other),
    }
}
