//! Tokens with their layout: groups, and widths on one line.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use unicode_width::UnicodeWidthStr;

/// A token, or a group of them.
#[derive(Debug)]
pub(super) enum Piece {
    /// A line of documentation.
    Doc(String),
    /// `#[…]`
    Attribute(Group),
    Word(String),
    /// A literal.
    Literal(String),
    Sign(&'static str),
    Group(Group),
}

/// Tokens between brackets.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) delimiter: Delimiter,
    pub(super) inner: Vec<Piece>,
    /// The space inside of the brackets on one line.
    pub(super) padding: &'static str,
    /// The width on one line, if the group fits on one.
    pub(super) width: Option<usize>,
}

impl Group {
    pub(super) fn brackets(&self) -> (&'static str, &'static str) {
        match self.delimiter {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace => ("{", "}"),
            Delimiter::None => ("", ""),
        }
    }

    pub(super) fn is_block(&self) -> bool {
        self.delimiter == Delimiter::Brace
    }

    /// Returns the tokens for one line: without the comma after the last element, unless it makes a tuple of one.
    pub(super) fn tokens_of_one_line(&self) -> &[Piece] {
        let commas = self.inner.iter().filter(|piece| piece.is(",")).count();
        match self.inner.split_last() {
            Some((last, before)) if last.is(",") && (commas > 1 || self.delimiter != Delimiter::Parenthesis) => before,
            _ => &self.inner,
        }
    }
}

impl Piece {
    pub(super) fn is(&self, text: &str) -> bool {
        match self {
            Self::Word(word) => word == text,
            Self::Sign(sign) => *sign == text,
            _ => false,
        }
    }
}

/// Operators of several characters.
const LONG: [&str; 7] = ["..=", "::", "->", "=>", "..", "==", "||"];

const SHORT: [&str; 21] =
    [",", ";", ":", "=", "<", ">", "&", "|", "!", "#", ".", "'", "-", "+", "?", "~", "*", "/", "@", "%", "$"];

/// Converts the tokens of an item.
pub(super) fn pieces(tokens: TokenStream) -> Vec<Piece> {
    pieces_of(tokens, false)
}

/// Converts the tokens within a group, which can be the arguments of a macro.
fn pieces_of(tokens: TokenStream, in_macro: bool) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut signs = String::new();
    for token in tokens {
        match token {
            TokenTree::Punct(punct) => {
                signs.push(punct.as_char());
                if punct.spacing() == Spacing::Alone || punct.as_char() == '\'' {
                    flush(&mut signs, &mut pieces);
                }
                continue;
            }
            TokenTree::Ident(ident) => pieces.push(Piece::Word(ident.to_string())),
            TokenTree::Literal(literal) => pieces.push(Piece::Literal(literal.to_string())),
            TokenTree::Group(group) => read_group(group, in_macro, &mut pieces),
        }
    }
    flush(&mut signs, &mut pieces);
    pieces
}

fn flush(signs: &mut String, pieces: &mut Vec<Piece>) {
    let mut rest = signs.as_str();
    while let Some(first) = rest.chars().next() {
        let known = LONG.iter().chain(&SHORT).find(|sign| rest.starts_with(**sign));
        pieces.extend(known.map(|sign| Piece::Sign(sign)));
        rest = &rest[known.map_or(first.len_utf8(), |sign| sign.len())..];
    }
    signs.clear();
}

fn read_group(group: proc_macro2::Group, in_macro: bool, pieces: &mut Vec<Piece>) {
    let in_macro = in_macro || pieces.last().is_some_and(|last| last.is("!"));
    let (delimiter, tokens) = (group.delimiter(), group.stream());
    // Tokens without another owner are not copied.
    drop(group);
    let inner = pieces_of(tokens, in_macro);
    if delimiter == Delimiter::None {
        pieces.extend(inner);
        return;
    }
    let is_attribute = pieces.last().is_some_and(|last| last.is("#"));
    if is_attribute {
        pieces.pop();
        pieces.push(match inner.as_slice() {
            [Piece::Word(word), Piece::Sign("="), Piece::Literal(text)] if word == "doc" => Piece::Doc(unquoted(text)),
            _ => {
                let width = width(&inner).map(|width| width + 2);
                Piece::Attribute(Group { delimiter, inner, padding: "", width })
            }
        });
        return;
    }
    let is_block = delimiter == Delimiter::Brace;
    let is_padded = is_block && !inner.is_empty() && !pieces.last().is_some_and(|last| last.is("::"));
    let padding = if is_padded { " " } else { "" };
    let mut group = Group { delimiter, inner, padding, width: None };
    if !(is_block && is_broken(pieces, in_macro, &group.inner)) {
        group.width = width(group.tokens_of_one_line()).map(|width| width + 2 + 2 * padding.len());
    }
    pieces.push(Piece::Group(group));
}

/// Returns whether the content of braces after these tokens takes lines of its own, however short it is.
fn is_broken(before: &[Piece], in_macro: bool, inner: &[Piece]) -> bool {
    if inner.is_empty() {
        return false;
    }
    let starts = |word: &str| before.iter().any(|piece| piece.is(word));
    let statements = inner.iter().filter(|piece| piece.is(";")).count();
    starts("match") || starts("impl") && !starts("fn") || statements > 1 || !in_macro && is_type(before)
}

/// Returns whether these tokens begin the fields of a struct or the variants of an enum.
pub(super) fn is_type(before: &[Piece]) -> bool {
    before.iter().any(|piece| piece.is("struct") || piece.is("enum"))
}

/// Returns the width of tokens on one line, unless one of them needs several lines.
pub(super) fn width(pieces: &[Piece]) -> Option<usize> {
    let mut width = 0;
    for (index, piece) in pieces.iter().enumerate() {
        width += match piece {
            Piece::Doc(_) => return None,
            Piece::Attribute(group) => group.width? + 1,
            Piece::Word(text) | Piece::Literal(text) => columns(text),
            Piece::Sign(sign) => sign.len(),
            Piece::Group(group) => group.width?,
        };
        if index > 0 && is_apart(pieces, index) {
            width += 1;
        }
    }
    Some(width)
}

/// Returns the width of a text, as rustfmt counts it: some characters take two columns.
pub(super) fn columns(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}

/// Returns the elements of a list that is separated by commas. Commas within `<` and `>` do not count.
pub(super) fn elements(list: &[Piece]) -> Vec<&[Piece]> {
    let mut depth = 0_usize;
    let elements = list.split(|piece| {
        match piece {
            Piece::Sign("<") => depth += 1,
            Piece::Sign(">") => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && piece.is(",")
    });
    elements.filter(|element| !element.is_empty()).collect()
}

/// Returns whether a space precedes a token.
pub(super) fn is_apart(pieces: &[Piece], index: usize) -> bool {
    let (Some(before), Some(piece)) = (index.checked_sub(1).and_then(|before| pieces.get(before)), pieces.get(index))
    else {
        return false;
    };
    match (before, piece) {
        (Piece::Sign("::" | "<" | "&" | "!" | "." | "'" | ".." | "..="), Piece::Group(group)) if group.is_block() => {
            before.is("!")
        }
        (Piece::Sign("::" | "<" | "&" | "." | "'" | ".." | "..=" | "-" | "?" | "~"), _) => false,
        (Piece::Sign("!"), _) => false,
        (_, Piece::Sign("," | ";" | ":" | "." | "::" | "!" | ">" | ".." | "..=")) => false,
        (Piece::Word(_) | Piece::Sign(">"), Piece::Sign("<")) => false,
        (_, Piece::Group(group)) if group.is_block() => true,
        (Piece::Word(_), Piece::Group(group)) if group.delimiter == Delimiter::Bracket => true,
        (Piece::Word(word), Piece::Group(_)) => matches!(word.as_str(), "match" | "in" | "return" | "mut" | "dyn"),
        (Piece::Group(group), Piece::Group(_)) => group.is_block(),
        (Piece::Sign(">"), Piece::Group(_)) => false,
        _ => true,
    }
}

/// Returns the text of a string literal.
fn unquoted(literal: &str) -> String {
    let inner = literal.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(literal);
    let mut text = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some((plain, escape)) = rest.split_once('\\') {
        text.push_str(plain);
        let (character, behind) = escaped(escape);
        text.extend(character);
        rest = behind;
    }
    text.push_str(rest);
    text
}

/// Returns the character that an escape after a backslash means, and the text after the escape.
fn escaped(text: &str) -> (Option<char>, &str) {
    let mut rest = text.chars();
    let character = match rest.next() {
        Some('n') => '\n',
        Some('r') => '\r',
        Some('t') => '\t',
        Some('0') => '\0',
        Some('u') => {
            let (code, behind) = text.strip_prefix("u{").and_then(|code| code.split_once('}')).unwrap_or_default();
            return (u32::from_str_radix(code, 16).ok().and_then(char::from_u32), behind);
        }
        Some(other) => other,
        None => return (None, ""),
    };
    (Some(character), rest.as_str())
}

/// Prints tokens on one line.
pub(super) fn flat(pieces: &[Piece], out: &mut String) {
    for (index, piece) in pieces.iter().enumerate() {
        if index > 0 && is_apart(pieces, index) {
            out.push(' ');
        }
        match piece {
            Piece::Doc(text) => out.push_str(text),
            Piece::Word(text) | Piece::Literal(text) => out.push_str(text),
            Piece::Sign(sign) => out.push_str(sign),
            Piece::Attribute(group) => {
                out.push('#');
                flat_group(group, out);
            }
            Piece::Group(group) => flat_group(group, out),
        }
    }
}

fn flat_group(group: &Group, out: &mut String) {
    let (open, close) = group.brackets();
    out.push_str(open);
    out.push_str(group.padding);
    flat(group.tokens_of_one_line(), out);
    out.push_str(group.padding);
    out.push_str(close);
}
