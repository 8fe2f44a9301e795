//! The layout of macro calls. rustfmt leaves the content of their braces alone, as long as one line begins at the margin.
//!
//! It lays out the macros that `emit` writes, and is not a general formatter.

use std::ops::Range;

use proc_macro2::Delimiter;

use super::tokens::{Group, Piece, flat, is_apart, is_type, width};

/// The longest line, in columns.
const MAX_WIDTH: usize = 120;

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
    if width(pieces).is_some_and(|width| column(out) + width <= MAX_WIDTH) {
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
        match (width(before), before.split_last()) {
            (Some(width), _) if column(out) + width <= MAX_WIDTH => flat(before, out),
            (_, Some((sign, place))) => {
                code(place, indent, out);
                out.push(' ');
                flat(std::slice::from_ref(sign), out);
            }
            _ => {}
        }
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

/// Returns whether an entry stays on one line, regardless of its length: an alias, a response, or a call with only
/// literals.
fn is_line(pieces: &[Piece]) -> bool {
    let is_alias = || pieces.iter().any(|piece| piece.is("type")) && groups(pieces).is_none();
    let is_said = || {
        let said = pieces.split_last().filter(|(last, _)| last.is(",")).map_or(pieces, |(_, said)| said);
        matches!(said, [.., Piece::Sign(":"), Piece::Literal(_)])
    };
    // A call with only literals cannot be made shorter.
    let is_plain_call = || match pieces {
        [Piece::Word(_), Piece::Group(group)] => {
            group.inner.iter().all(|piece| matches!(piece, Piece::Literal(_) | Piece::Sign(",")))
        }
        _ => false,
    };
    is_alias() || is_said() || is_plain_call()
}

/// Returns the index of the value after `=` or `=>`.
fn assigned(pieces: &[Piece]) -> Option<usize> {
    let at = pieces.iter().position(|piece| piece.is("=") || piece.is("=>"))?;
    let is_item = pieces.get(..at)?.iter().any(|piece| matches!(piece, Piece::Group(group) if group.is_block()));
    (!is_item).then_some(at + 1)
}

/// Returns the indices of the calls that are chained to a first one, if there are any.
fn chain(pieces: &[Piece]) -> Option<Vec<usize>> {
    let links = pieces.windows(3).enumerate().filter_map(|(index, window)| match window {
        [dot, Piece::Word(_), Piece::Group(_)] if dot.is(".") => Some(index),
        _ => None,
    });
    let links: Vec<usize> = links.collect();
    let calls = pieces.iter().filter(|piece| matches!(piece, Piece::Group(_))).count();
    let is_call = pieces.iter().all(|piece| !matches!(piece, Piece::Group(group) if group.is_block()));
    (is_call && !links.is_empty() && calls > 1).then_some(links)
}

/// Returns the index of the last group that is not empty.
fn groups(pieces: &[Piece]) -> Option<usize> {
    pieces.iter().rposition(|piece| matches!(piece, Piece::Group(group) if !group.inner.is_empty()))
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
        code(&group.inner, indent, out);
        out.push_str(group.padding);
        out.push_str(close);
        return;
    }
    let has_commas = parts.iter().any(|part| part_of(group, part).last().is_some_and(|last| last.is(",")));
    let is_list = !group.is_block() || has_commas;
    let is_match = before.iter().any(|piece| piece.is("match"));
    let is_filled = is_list && !is_match && !is_macro && parts.iter().all(|part| is_plain(part_of(group, part)));
    // The elements of a table begin right behind its name.
    let is_table = matches!(before, [.., Piece::Word(_)]) && group.delimiter == Delimiter::Bracket;
    if is_filled {
        if !is_table {
            line(indent + STEP, out);
        }
        filled(&group.inner, &parts, indent + STEP, out);
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

fn part_of<'a>(group: &'a Group, part: &Range<usize>) -> &'a [Piece] {
    group.inner.get(part.clone()).unwrap_or_default()
}

/// Returns whether an element needs no line of its own.
fn is_plain(part: &[Piece]) -> bool {
    width(part).is_some() && !starts_with_attribute(part) && !part.iter().any(|piece| piece.is("pub") || piece.is("=>"))
}

/// Prints short elements, as many on a line as fit. Macros need no comma behind the last element.
fn filled(pieces: &[Piece], parts: &[Range<usize>], indent: usize, out: &mut String) {
    for (index, part) in parts.iter().enumerate() {
        let part = pieces.get(part.clone()).unwrap_or_default();
        if index > 0 {
            match column(out) + 1 + width(part).unwrap_or_default() <= MAX_WIDTH {
                true => out.push(' '),
                false => line(indent, out),
            }
        }
        flat(part, out);
    }
}

fn starts_with_attribute(pieces: &[Piece]) -> bool {
    matches!(pieces.first(), Some(Piece::Attribute(_) | Piece::Doc(_)))
}

fn ends(part: &[Piece]) -> bool {
    part.last().is_some_and(|last| last.is(",") || last.is(";"))
}

/// The kind of a member. An empty line separates members of different kinds, and functions of several lines.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Member {
    Other,
    /// A function on one line.
    Short,
    Long,
}

fn member(part: &[Piece], indent: usize) -> Member {
    let is_ahead = |piece: &&Piece| matches!(piece, Piece::Doc(_) | Piece::Attribute(_));
    let rest = part.get(part.iter().take_while(is_ahead).count()..).unwrap_or_default();
    match rest.iter().any(|piece| piece.is("fn")) {
        false => Member::Other,
        true if width(rest).is_some_and(|width| indent + width <= MAX_WIDTH) => Member::Short,
        true => Member::Long,
    }
}

/// Returns the parts of a group. A part ends with a comma, a semicolon or a body.
fn parts(inner: &[Piece]) -> Vec<Range<usize>> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    for (index, piece) in inner.iter().enumerate() {
        depth = match piece {
            Piece::Sign("<") => depth + 1,
            Piece::Sign(">") => depth.saturating_sub(1),
            _ => depth,
        };
        let is_end = match piece {
            Piece::Sign("," | ";") => depth == 0,
            Piece::Group(group) if group.is_block() => {
                !inner.get(index + 1).is_some_and(|next| next.is(",") || next.is(";") || next.is("."))
            }
            _ => false,
        };
        if is_end {
            parts.push(start..index + 1);
            start = index + 1;
        }
    }
    if start < inner.len() {
        parts.push(start..inner.len());
    }
    parts
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
