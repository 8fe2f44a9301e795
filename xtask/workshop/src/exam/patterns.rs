//! Makes texts that match a regular expression.

use regex_syntax::hir::{Class, Hir, HirKind};

/// The length that a made text may have.
const MAX_LENGTH: usize = 400;

/// Characters that a class is asked for first, since they are easy to read.
const PREFERRED: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_ ";

/// Returns a text that matches a pattern, with `further` repetitions more than each repetition asks for, as far as it
/// allows them. The variation selects among characters. Returns `None` if the pattern has no such form.
pub(super) fn matching(pattern: &str, further: u32, variation: usize) -> Option<String> {
    let hir = regex_syntax::ParserBuilder::new().build().parse(pattern).ok()?;
    let mut text = String::new();
    write(&hir, further, variation, &mut text)?;
    Some(text)
}

fn write(hir: &Hir, further: u32, variation: usize, text: &mut String) -> Option<()> {
    if text.len() > MAX_LENGTH {
        return Some(());
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => text.push(character(class, variation + text.len())?),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(u32::MAX);
            for _ in 0..repetition.min.saturating_add(further).min(most).min(1_000) {
                write(&repetition.sub, further, variation, text)?;
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, further, variation, text)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| write(part, further, variation, text))?,
        HirKind::Alternation(branches) => write(branches.get(variation % branches.len())?, further, variation, text)?,
    }
    Some(())
}

fn character(class: &Class, variation: usize) -> Option<char> {
    let Class::Unicode(class) = class else {
        let Class::Bytes(class) = class else { return None };
        return class.ranges().first().map(|range| char::from(range.start()));
    };
    let has = |char: &char| class.ranges().iter().any(|range| (range.start()..=range.end()).contains(char));
    let preferred: Vec<char> = PREFERRED.chars().filter(has).collect();
    match preferred.len() {
        0 => class.ranges().first().map(|range| range.start()),
        count => preferred.get(variation % count).copied(),
    }
}
