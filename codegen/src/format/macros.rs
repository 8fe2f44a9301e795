//! The layout of macro calls. rustfmt leaves the content of their braces alone, as long as one line begins at the margin.
//!
//! It lays out the macros that `emit` writes, and is not a general formatter.

use std::ops::Range;

use proc_macro2::Delimiter;

use super::structure::{
    MAX_WIDTH, Member, assigned, chain, ends, groups, is_line, is_plain, member, part_of, parts, starts_with_attribute,
};
use super::tokens::{Group, Piece, flat, is_apart, is_type, width};

const STEP: usize = 4;

/// Prints a macro call and a line break after it.
pub(super) fn item(pieces: &[Piece], out: &mut String) {
    statement(pieces, 0, out);
    out.push('\n');
}

/// Prints a statement, a field or an item: its attributes on lines of their own, then the rest.
fn statement(pieces: &[Piece], indent: usize, out: &mut String) {
    let is_ahead = |piece: &&Piece| matches!(piece, Piece::Doc(_) | Piece::Attribute(_));
    let ahead = pieces.iter().take_while(is_ahead).count();
    let (attributes, rest) = pieces.split_at_checked(ahead).unwrap_or((pieces, &[]));
    let is_short = ["fn", "mod", "use"].iter().any(|word| rest.iter().any(|piece| piece.is(word)));
    for (index, attribute) in attributes.iter().enumerate() {
        let next = if is_short || index + 1 < ahead { pieces.get(index + 1) } else { None };
        match (attribute, next) {
            (Piece::Doc(text), _) => {
                out.push_str("///");
                out.push_str(text);
            }
            (other, next) => {
                flat(std::slice::from_ref(other), out);
                // Attributes share a line, also with a function that fits there.
                let wanted = match next {
                    Some(Piece::Attribute(group)) => group.width.map(|width| width + 1),
                    Some(Piece::Doc(_)) | None => None,
                    Some(_) => width(rest),
                };
                if wanted.is_some_and(|wanted| column(out) + 1 + wanted <= MAX_WIDTH) {
                    out.push(' ');
                    continue;
                }
            }
        }
        line(indent, out);
    }
    code(rest, indent, out);
}

/// Prints tokens at the end of the text, over several lines if they do not fit on one.
fn code(pieces: &[Piece], indent: usize, out: &mut String) {
    code_before(pieces, 0, indent, out);
}

/// Prints tokens at the end of the text. If they take one line, that line has space for a closing bracket behind them.
fn code_before(pieces: &[Piece], closing: usize, indent: usize, out: &mut String) {
    if width(pieces).is_some_and(|width| column(out) + width + closing <= MAX_WIDTH) {
        flat(pieces, out);
        return;
    }
    if is_line(pieces) {
        flat(pieces, out);
        return;
    }
    if let Some(at) = assigned(pieces) {
        let (before, behind) = pieces.split_at_checked(at).unwrap_or((pieces, &[]));
        let fits = |from: usize| width(behind).is_some_and(|width| from + width <= MAX_WIDTH);
        declaration(before, indent, out);
        let is_chain = chain(behind).is_some();
        if fits(column(out) + 1) || !is_chain && groups(behind).is_some() && !fits(indent + STEP) {
            out.push(' ');
            code(behind, indent, out);
        } else {
            line(indent + STEP, out);
            code(behind, indent + STEP, out);
        }
        return;
    }
    if let Some(links) = chain(pieces) {
        let mut from = 0;
        for link in links {
            code(pieces.get(from..link).unwrap_or_default(), indent + STEP, out);
            line(indent + STEP, out);
            from = link;
        }
        code(pieces.get(from..).unwrap_or_default(), indent + STEP, out);
        return;
    }
    let Some(at) = groups(pieces) else {
        flat(pieces, out);
        return;
    };
    // Arguments take lines of their own if they do not fit in front of a body, or if they cannot be on one line.
    let opening = pieces.get(..at).unwrap_or_default();
    let first = opening.iter().position(|piece| matches!(piece, Piece::Group(group) if group.width.is_none()));
    let too_wide = width(opening).is_none_or(|width| column(out) + width + 2 > MAX_WIDTH);
    let inner = opening.iter().rposition(|piece| matches!(piece, Piece::Group(group) if !group.inner.is_empty()));
    let at = first.or(inner.filter(|_| too_wide)).unwrap_or(at);
    flat(pieces.get(..at).unwrap_or_default(), out);
    if at > 0 && is_apart(pieces, at) {
        out.push(' ');
    }
    if let Some(Piece::Group(group)) = pieces.get(at) {
        broken(group, pieces.get(..at).unwrap_or_default(), indent, out);
    }
    if at + 1 < pieces.len() && is_apart(pieces, at + 1) {
        out.push(' ');
    }
    code(pieces.get(at + 1..).unwrap_or_default(), indent, out);
}

/// Prints a group over several lines.
fn broken(group: &Group, before: &[Piece], indent: usize, out: &mut String) {
    let (open, close) = group.brackets();
    let is_macro = before.last().is_some_and(|last| last.is("!"));
    out.push_str(open);
    let parts = parts(&group.inner);
    let is_alone = group.is_block() && !is_macro || is_type(before) || starts_with_attribute(&group.inner);
    if let ([_], Some(Piece::Group(_)), false) = (parts.as_slice(), group.inner.last(), is_alone) {
        out.push_str(group.padding);
        code_before(&group.inner, group.padding.len() + close.len(), indent, out);
        out.push_str(group.padding);
        out.push_str(close);
        return;
    }
    let has_commas = parts.iter().any(|part| part_of(group, part).last().is_some_and(|last| last.is(",")));
    let is_list = !group.is_block() || has_commas;
    let is_match = before.iter().any(|piece| piece.is("match"));
    let is_filled = is_list && !is_match && !is_macro && parts.iter().all(|part| is_plain(part_of(group, part)));
    // Keys without arguments begin right behind the name of their table.
    let is_key = |part: &Range<usize>| !part_of(group, part).iter().any(|piece| matches!(piece, Piece::Group(_)));
    let is_table = matches!(before, [.., Piece::Word(_)]) && group.delimiter == Delimiter::Bracket;
    let is_key_table = is_table && parts.iter().all(is_key);
    if is_filled {
        filled(group, &parts, is_key_table, indent + STEP, out);
    } else {
        let mut last = None;
        for part in &parts {
            let part = part_of(group, part);
            let member = member(part, indent + STEP);
            if last.is_some_and(|last| last != member || member == Member::Long) {
                out.push('\n');
            }
            last = Some(member);
            line(indent + STEP, out);
            statement(part, indent + STEP, out);
            if is_list && !is_macro && group.delimiter != Delimiter::Bracket && !ends(part) {
                out.push(',');
            }
        }
    }
    line(indent, out);
    out.push_str(close);
}

/// Prints short elements, as many on a line as fit. Macros need no comma behind the last element. `is_behind_name` says
/// whether the first one can follow the name of a table.
fn filled(group: &Group, parts: &[Range<usize>], is_behind_name: bool, indent: usize, out: &mut String) {
    for (index, part) in parts.iter().enumerate() {
        let part = part_of(group, part);
        let width = width(part).unwrap_or_default();
        match index {
            0 if is_behind_name && column(out) + width <= MAX_WIDTH => {}
            1.. if column(out) + 1 + width <= MAX_WIDTH => out.push(' '),
            _ => line(indent, out),
        }
        if column(out) + width <= MAX_WIDTH {
            flat(part, out);
        } else {
            wide(part, indent, out);
        }
    }
}

/// Prints an element that is longer than a line. A line ends behind `=`, behind `:`, or behind the name of a variant with its
/// type.
fn wide(part: &[Piece], indent: usize, out: &mut String) {
    let behind = |sign: &str| part.iter().position(|piece| piece.is(sign)).map(|at| at + 1);
    let variant = || part.windows(2).position(|two| matches!(two, [Piece::Group(_), Piece::Word(_)])).map(|at| at + 1);
    let Some((before, rest)) =
        behind("=").or_else(|| behind(":")).or_else(variant).and_then(|at| part.split_at_checked(at))
    else {
        code(part, indent, out);
        return;
    };
    declaration(before, indent, out);
    line(indent + STEP, out);
    code(rest, indent + STEP, out);
}

/// Prints the tokens up to a sign at their end. A type behind `:` takes a line of its own if they do not fit on one.
fn declaration(pieces: &[Piece], indent: usize, out: &mut String) {
    let ty = pieces.iter().position(|piece| piece.is(":")).and_then(|at| pieces.split_at_checked(at + 1));
    match (width(pieces), ty, pieces.split_last()) {
        (Some(width), ..) if column(out) + width <= MAX_WIDTH => flat(pieces, out),
        (Some(_), Some((name, ty)), _) if !ty.is_empty() => {
            flat(name, out);
            line(indent + STEP, out);
            flat(ty, out);
        }
        (.., Some((sign, place))) if !place.is_empty() => {
            code(place, indent, out);
            if is_apart(pieces, place.len()) {
                out.push(' ');
            }
            flat(std::slice::from_ref(sign), out);
        }
        _ => flat(pieces, out),
    }
}

/// Begins a line.
fn line(indent: usize, out: &mut String) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
}

/// Returns the width of the last line.
fn column(out: &str) -> usize {
    let start = out.rfind('\n').map_or(0, |at| at + 1);
    out.get(start..).map_or(0, |last| last.chars().count())
}

#[cfg(test)]
mod tests {
    use super::{MAX_WIDTH, item};
    use crate::format::tokens::pieces;

    fn laid_out(call: &str) -> String {
        let mut out = String::new();
        item(&pieces(call.parse().unwrap()), &mut out);
        out
    }

    #[test]
    fn keys_begin_behind_the_name_of_their_table() {
        let keys = vec!["?key"; 40].join(", ");
        let text = laid_out(&format!("object! {{ Pet [{keys}] }}"));
        assert!(text.starts_with("object! { Pet [?key, ?key,"), "{text}");
        assert!(text.ends_with(" ?key\n] }\n"), "{text}");
        assert_eq!(text.lines().count(), 4, "{text}");
    }

    #[test]
    fn variants_of_a_union_are_between_the_lines_of_their_brackets() {
        let (one, other) = ("A".repeat(50), "B".repeat(50));
        let text = laid_out(&format!(
            "union! {{ Pet [{one}({one}) likely(has(&[\"name\"])), {other}({other}) any(lacks(&[\"a\"])); Unknown] }}"
        ));
        let lines = [
            "union! { Pet [",
            &format!("    {one}({one})"),
            "        likely(has(&[\"name\"])),",
            &format!("    {other}({other})"),
            "        any(lacks(&[\"a\"])); Unknown",
            "] }",
        ];
        assert_eq!(text.lines().collect::<Vec<_>>(), lines);
    }

    #[test]
    fn a_value_that_is_too_long_has_a_line_of_its_own() {
        let ty = "T".repeat(110);
        let text = laid_out(&format!("setters! {{ Pet() {{ name: {ty}, tame: bool }} }}"));
        assert!(text.contains(&format!("\n    name:\n        {ty},\n    tame: bool\n")), "{text}");
    }

    #[test]
    fn a_declaration_that_is_too_long_has_lines_for_its_type_and_its_value() {
        let (ty, value) = ("T".repeat(100), "V".repeat(20));
        let text = laid_out(&format!(
            "setters! {{ Pet() {{ tame: bool }} defaults {{ \"tame\" DEFAULT_TAME: {ty} = {ty}::{value} }} }}"
        ));
        let expected = format!("\n        \"tame\" DEFAULT_TAME:\n            {ty} =\n            {ty}::{value}\n");
        assert!(text.contains(&expected), "{text}");
    }

    #[test]
    fn no_line_of_keys_is_longer_than_the_width() {
        for letters in 40..100 {
            let text = laid_out(&format!("object! {{ Pet [id, {}, name] }}", "a".repeat(letters)));
            let longest = text.lines().map(str::len).max();
            assert!(longest <= Some(MAX_WIDTH), "{text}");
        }
    }
}
