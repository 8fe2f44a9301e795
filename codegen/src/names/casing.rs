//! From documented names to identifiers of Rust.

use heck::{ToSnakeCase, ToUpperCamelCase};
use unicode_ident::{is_xid_continue, is_xid_start};
use unicode_normalization::UnicodeNormalization;

use super::reserved;

/// What an identifier is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// A struct, an enum, an alias.
    Type,
    /// A variant.
    Variant,
    /// A field, a parameter, a function.
    Field,
    /// A module, which is a file as well.
    Module,
}

/// The identifier for a name; `spelled` puts words in the place of signs, to tell names apart that signs do.
pub(super) fn cased(name: &str, case: Case, spelled: bool) -> String {
    let words = words(name, case, spelled);
    let text = match case {
        Case::Type | Case::Variant => words.to_upper_camel_case(),
        Case::Field | Case::Module => words.to_snake_case(),
    };
    let text: String = text.chars().filter(|&c| c == '_' || is_xid_continue(c)).collect();
    let (whole, digit) = match case {
        Case::Type => ("Model", "Model"),
        Case::Variant => ("Empty", "Value"),
        Case::Field | Case::Module => ("empty", "value_"),
    };
    let text = match text.chars().next() {
        None => {
            if name.is_empty() || spelled {
                whole.to_owned()
            } else {
                return cased(name, case, true);
            }
        }
        Some(first) if is_xid_start(first) => text,
        Some(_) => format!("{digit}{text}"),
    };
    reserved::escaped(&text, case)
}

fn words(name: &str, case: Case, spelled: bool) -> String {
    let mut words = String::new();
    let mut characters = name.nfc().peekable();
    let mut behind_word = false;
    while let Some(character) = characters.next() {
        // A sign in front of a digit is part of the value: +1 and -1.
        let signs =
            matches!(character, '+' | '-') && !behind_word && characters.peek().is_some_and(char::is_ascii_digit);
        match word(character).filter(|_| spelled || signs) {
            Some(word) => words.push_str(&format!(" {word} ")),
            None if character.is_ascii() => words.push(if character.is_ascii_alphanumeric() { character } else { ' ' }),
            // Files are ASCII; so are names of letters that have no case, to which heck's rules don't apply.
            None if is_xid_continue(character) && case != Case::Module => words.push(character),
            None if spelled || case == Case::Module => words.push_str(&format!(" u{:x} ", u32::from(character))),
            None => words.push(' '),
        }
        behind_word = character.is_alphanumeric();
    }
    words
}

fn word(sign: char) -> Option<&'static str> {
    Some(match sign {
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '<' => "less than",
        '>' => "greater than",
        '=' => "equal",
        '!' => "not",
        '?' => "question mark",
        '@' => "at",
        '#' => "number sign",
        '$' => "dollar",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '_' => "underscore",
        '~' => "tilde",
        '^' => "caret",
        '\\' => "backslash",
        '(' | ')' => "parenthesis",
        '[' | ']' => "bracket",
        '{' | '}' => "brace",
        '"' | '\'' | '`' => "quote",
        _ => return None,
    })
}
