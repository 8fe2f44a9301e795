//! The structure of the content of a macro call: its elements, its chains of calls, its assignments.

use std::ops::Range;

use super::tokens::{Group, Piece, width};

/// The longest line, in columns.
pub(super) const MAX_WIDTH: usize = 120;

/// Returns whether an entry stays on one line, regardless of its length: an alias, a response, or a call with only
/// literals.
pub(super) fn is_line(pieces: &[Piece]) -> bool {
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
pub(super) fn assigned(pieces: &[Piece]) -> Option<usize> {
    let at = pieces.iter().position(|piece| piece.is("=") || piece.is("=>"))?;
    let is_item = pieces.get(..at)?.iter().any(|piece| matches!(piece, Piece::Group(group) if group.is_block()));
    (!is_item).then_some(at + 1)
}

/// Returns the indices of the calls that are chained to a first one, if there are any.
pub(super) fn chain(pieces: &[Piece]) -> Option<Vec<usize>> {
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
pub(super) fn groups(pieces: &[Piece]) -> Option<usize> {
    pieces.iter().rposition(|piece| matches!(piece, Piece::Group(group) if !group.inner.is_empty()))
}

pub(super) fn part_of<'a>(group: &'a Group, part: &Range<usize>) -> &'a [Piece] {
    group.inner.get(part.clone()).unwrap_or_default()
}

/// Returns whether an element needs no line of its own.
pub(super) fn is_plain(part: &[Piece]) -> bool {
    width(part).is_some() && !starts_with_attribute(part) && !part.iter().any(|piece| piece.is("pub") || piece.is("=>"))
}

pub(super) fn starts_with_attribute(pieces: &[Piece]) -> bool {
    matches!(pieces.first(), Some(Piece::Attribute(_) | Piece::Doc(_)))
}

pub(super) fn ends(part: &[Piece]) -> bool {
    part.last().is_some_and(|last| last.is(",") || last.is(";"))
}

/// The kind of a member. An empty line separates members of different kinds, and functions of several lines.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Member {
    Other,
    /// A function on one line.
    Short,
    Long,
}

pub(super) fn member(part: &[Piece], indent: usize) -> Member {
    let is_ahead = |piece: &&Piece| matches!(piece, Piece::Doc(_) | Piece::Attribute(_));
    let rest = part.get(part.iter().take_while(is_ahead).count()..).unwrap_or_default();
    match rest.iter().any(|piece| piece.is("fn")) {
        false => Member::Other,
        true if width(rest).is_some_and(|width| indent + width <= MAX_WIDTH) => Member::Short,
        true => Member::Long,
    }
}

/// Returns the parts of a group. A part ends with a comma, a semicolon or a body.
pub(super) fn parts(inner: &[Piece]) -> Vec<Range<usize>> {
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
