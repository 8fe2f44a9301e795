// Compares JSON texts, for the tests of round trips.
//
// It shares no code with the codec that it checks, so that both cannot have the same error. It keeps numbers as text, and
// rejects what RFC 8259 rejects.

use std::collections::BTreeMap;
use std::fmt;

/// The greatest depth of nested arrays and objects; each uses a few frames of the stack.
const MAX_DEPTH: usize = 512;

/// The most characters of a value in a message.
const MOST_CHARACTERS: usize = 80;

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tree {
    /// A value without quotes, as its text: `null`, `true`, `false` or a number.
    Bare(String),
    /// A string, without quotes and escapes.
    String(String),
    /// An array: `[…]`.
    Array(Vec<Tree>),
    /// An object: `{…}`.
    Object(BTreeMap<String, Tree>),
}

/// Checks that two JSON texts have equal values. The order of keys and white space may differ.
///
/// # Errors
///
/// If they differ: one line for each place, with its JSON path and both values. Or if one of them is not JSON.
pub fn same(one: &str, other: &str) -> Result<(), String> {
    let one = parse(one).map_err(|message| format!("the first text is not JSON: {message}"))?;
    let other =
        parse(other).map_err(|message| format!("the second text is not JSON: {message}"))?;
    let mut differences = Vec::new();
    compare("$", Some(&one), Some(&other), &mut differences);
    if differences.is_empty() {
        Ok(())
    } else {
        Err(differences.join("\n"))
    }
}

/// Reads one JSON text.
///
/// # Errors
///
/// If it is not JSON, contains a key twice, or is nested too deeply. The message names the byte.
pub fn parse(text: &str) -> Result<Tree, String> {
    let mut lexer = Lexer { text, at: 0 };
    let tree = lexer.value(0)?;
    match lexer.peek() {
        None => Ok(tree),
        Some(_) => lexer.fail("more text follows"),
    }
}

fn compare(path: &str, one: Option<&Tree>, other: Option<&Tree>, differences: &mut Vec<String>) {
    match (one, other) {
        (Some(Tree::Array(one)), Some(Tree::Array(other))) => {
            for index in 0..one.len().max(other.len()) {
                compare(
                    &format!("{path}[{index}]"),
                    one.get(index),
                    other.get(index),
                    differences,
                );
            }
        }
        (Some(Tree::Object(one)), Some(Tree::Object(other))) => {
            let added = other.keys().filter(|key| !one.contains_key(*key));
            for key in one.keys().chain(added) {
                compare(&below(path, key), one.get(key), other.get(key), differences);
            }
        }
        (Some(_), None) => differences.push(format!("{path}: was lost")),
        (None, Some(_)) => differences.push(format!("{path}: was added")),
        (Some(one), Some(other)) if one != other => {
            differences.push(format!("{path}: {} became {}", cut(one), cut(other)));
        }
        _ => {}
    }
}

fn below(path: &str, key: &str) -> String {
    let plain = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_');
    if plain {
        format!("{path}.{key}")
    } else {
        format!("{path}[{key:?}]")
    }
}

/// Returns the text of a value, cut to the length that a message allows.
fn cut(tree: &Tree) -> String {
    let text = tree.to_string();
    let end = text.char_indices().nth(MOST_CHARACTERS);
    end.map_or_else(|| text.clone(), |(end, _)| format!("{}…", &text[..end]))
}

impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bare(text) => f.write_str(text),
            Self::String(text) => write!(f, "{text:?}"),
            Self::Array(items) => {
                let items: Vec<String> = items.iter().map(ToString::to_string).collect();
                write!(f, "[{}]", items.join(","))
            }
            Self::Object(entries) => {
                let entries: Vec<String> = entries
                    .iter()
                    .map(|(key, value)| format!("{key:?}:{value}"))
                    .collect();
                write!(f, "{{{}}}", entries.join(","))
            }
        }
    }
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl Lexer<'_> {
    fn value(&mut self, depth: usize) -> Result<Tree, String> {
        match self.peek() {
            Some('[' | '{') if depth == MAX_DEPTH => {
                self.fail("more than 512 nested arrays and objects")
            }
            Some('[') => self.array(depth + 1),
            Some('{') => self.object(depth + 1),
            Some('"') => Ok(Tree::String(self.string()?)),
            _ => self.bare(),
        }
    }

    fn array(&mut self, depth: usize) -> Result<Tree, String> {
        let mut items = Vec::new();
        self.at += 1;
        while self.more(']', items.is_empty())? {
            items.push(self.value(depth)?);
        }
        Ok(Tree::Array(items))
    }

    fn object(&mut self, depth: usize) -> Result<Tree, String> {
        let mut entries = BTreeMap::new();
        self.at += 1;
        while self.more('}', entries.is_empty())? {
            if self.peek() != Some('"') {
                return self.fail("a key is missing");
            }
            let start = self.at;
            let key = self.string()?;
            if !self.take(':') {
                return self.fail("`:` is missing");
            }
            let value = self.value(depth)?;
            if entries.contains_key(&key) {
                return Err(format!("byte {start}: the key {key:?} comes twice"));
            }
            entries.insert(key, value);
        }
        Ok(Tree::Object(entries))
    }

    /// Returns whether another member follows before the closing bracket. After a comma, one must follow.
    fn more(&mut self, close: char, first: bool) -> Result<bool, String> {
        if self.take(close) {
            Ok(false)
        } else if first || self.take(',') {
            Ok(true)
        } else {
            self.fail(&format!("`,` or `{close}` is missing"))
        }
    }

    fn bare(&mut self) -> Result<Tree, String> {
        let rest = self.rest();
        let end = rest
            .find([',', ':', '[', ']', '{', '}', '"', ' ', '\t', '\n', '\r'])
            .unwrap_or(rest.len());
        let text = rest[..end].to_owned();
        if !matches!(text.as_str(), "null" | "true" | "false") && !is_number(&text) {
            return self.fail("a value is missing");
        }
        self.at += end;
        Ok(Tree::Bare(text))
    }

    fn string(&mut self) -> Result<String, String> {
        let mut text = String::new();
        self.at += 1;
        loop {
            match self.rest().chars().next() {
                Some('"') => break,
                Some('\\') => text.push_str(&self.escape()?),
                Some('\0'..='\u{1f}') => {
                    return self.fail("a string contains a control character");
                }
                Some(plain) => {
                    text.push(plain);
                    self.at += plain.len_utf8();
                }
                None => return self.fail("the text ends inside a string"),
            }
        }
        self.at += 1;
        Ok(text)
    }

    fn escape(&mut self) -> Result<String, String> {
        const LETTERS: &str = "\"\\/bfnrt";
        const MEANINGS: &str = "\"\\/\u{8}\u{c}\n\r\t";
        let letter = self.rest().chars().nth(1);
        if let Some((_, meaning)) = LETTERS
            .chars()
            .zip(MEANINGS.chars())
            .find(|(short, _)| letter == Some(*short))
        {
            self.at += 2;
            return Ok(meaning.to_string());
        }
        // A character beyond U+FFFF is written as two UTF-16 units.
        let mut units = vec![self.unit()?];
        if (0xD800..0xDC00).contains(&units[0]) {
            units.push(self.unit()?);
        }
        String::from_utf16(&units).or_else(|_| self.fail("a surrogate has no partner"))
    }

    fn unit(&mut self) -> Result<u16, String> {
        let digits = self
            .rest()
            .strip_prefix("\\u")
            .and_then(|rest| rest.get(..4))
            .unwrap_or_default();
        match u16::from_str_radix(digits, 16) {
            Ok(unit) if !digits.starts_with('+') => {
                self.at += 6;
                Ok(unit)
            }
            _ => self.fail("an escape is wrong"),
        }
    }

    fn take(&mut self, wanted: char) -> bool {
        let taken = self.peek() == Some(wanted);
        self.at += if taken { wanted.len_utf8() } else { 0 };
        taken
    }

    /// Skips white space and returns the next character.
    fn peek(&mut self) -> Option<char> {
        self.at = self.text.len()
            - self
                .rest()
                .trim_start_matches([' ', '\t', '\n', '\r'])
                .len();
        self.rest().chars().next()
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn fail<T>(&self, message: &str) -> Result<T, String> {
        Err(format!("byte {}: {message}", self.at))
    }
}

/// Returns whether a text is a number of JSON: no needless zeros, optionally a sign, a fraction and an exponent.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let integer = integer.strip_prefix('-').unwrap_or(integer);
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    [integer, fraction, exponent].into_iter().all(digits)
        && (integer == "0" || !integer.starts_with('0'))
}
