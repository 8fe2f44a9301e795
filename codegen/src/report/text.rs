//! Renders diagnostics in the style of rustc.

use std::borrow::Cow;
use std::collections::BTreeSet;

use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};

use super::excerpt::{Excerpt, PLACE, REPLACEMENT, clean, excerpt, hidden_code_points};
use super::places::visit;
use crate::diagnostic::{Diagnostic, Severity, Spot};

/// The least width. On a narrower terminal, lines are too long.
const MIN_WIDTH: usize = 40;

/// Renders diagnostics as text for a terminal, with excerpts of the files, a blank line between two of them and a line
/// break at the end.
///
/// `text_of` loads the text of a file, and is called once for each file. Excerpts are cut to `width` columns; messages are
/// not. Control characters of a document are replaced.
#[must_use]
pub fn render<'a>(
    diagnostics: &[Diagnostic],
    text_of: &dyn Fn(&str) -> Option<Cow<'a, str>>,
    width: usize,
    color: bool,
) -> String {
    render_each(diagnostics, text_of, width, color).join("\n")
}

/// Renders diagnostics as [`render`] does, each as a text of its own.
#[must_use]
pub fn render_each<'a>(
    diagnostics: &[Diagnostic],
    text_of: &dyn Fn(&str) -> Option<Cow<'a, str>>,
    width: usize,
    color: bool,
) -> Vec<String> {
    let width = width.max(MIN_WIDTH);
    let renderer = if color { Renderer::styled() } else { Renderer::plain() }.term_width(width);
    let mut excerpts: Vec<_> = diagnostics.iter().map(|_| None).collect();
    visit(diagnostics, text_of, &mut |index, text, start, end| {
        excerpts[index] = Some(excerpt(text, start, end, width));
    });
    let pairs = diagnostics.iter().zip(&excerpts);
    pairs.map(|(diagnostic, excerpt)| render_one(&renderer, diagnostic, excerpt.as_ref()) + "\n").collect()
}

fn render_one(renderer: &Renderer, diagnostic: &Diagnostic, excerpt: Option<&Excerpt>) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let place = place_with_position(diagnostic, excerpt);
    let mut elements: Vec<Element<'_>> = vec![match excerpt {
        // The snippet would count columns from the start of the excerpt.
        Some(excerpt) => Snippet::source(&excerpt.text)
            .path(PLACE.to_string())
            .line_start(excerpt.line)
            .annotation(AnnotationKind::Primary.span(excerpt.marked.clone()))
            .into(),
        None => Origin::path(PLACE.to_string()).into(),
    }];
    if let Spot::Pointer(pointer) | Spot::Key(pointer) = &diagnostic.place.spot
        && !pointer.is_empty()
    {
        elements.push(Level::NOTE.message(format!("at `{}`", clean(pointer))).into());
    }
    let mut hidden: BTreeSet<String> = hidden_code_points(&diagnostic.message).collect();
    hidden.extend(excerpt.into_iter().flat_map(|excerpt| excerpt.hidden.iter().cloned()));
    if let Some(note) = note_on_hidden(&hidden) {
        elements.push(Level::NOTE.message(note).into());
    }
    if diagnostic.severity == Severity::Error {
        elements.push(Level::NOTE.message("octogen generates nothing until this error is corrected").into());
    }
    if let Some(help) = &diagnostic.help {
        let lines: Vec<_> = help.lines().map(clean).collect();
        elements.push(Level::HELP.message(lines.join("\n")).into());
    }
    let report = level.primary_title(clean(&diagnostic.message)).id(diagnostic.code.name()).elements(elements);
    put_place(&renderer.render(&[report]), &place)
}

/// Says which characters `�` replaces.
fn note_on_hidden(hidden: &BTreeSet<String>) -> Option<String> {
    let code_points = hidden.iter().filter(|code_point| *code_point != REPLACEMENT);
    let named = code_points.map(String::as_str).collect::<Vec<_>>().join(", ");
    match (!hidden.contains(REPLACEMENT), named.is_empty()) {
        (true, true) => None,
        (false, true) => Some(String::from("`�` replaces bytes that are not UTF-8")),
        (true, false) => Some(format!("`�` replaces invisible characters of the document: {named}")),
        (false, false) => Some(format!("`�` replaces bytes that are not UTF-8, and invisible characters: {named}")),
    }
}

fn place_with_position(diagnostic: &Diagnostic, excerpt: Option<&Excerpt>) -> String {
    let file = clean(&diagnostic.place.file);
    match (excerpt, &diagnostic.place.spot) {
        (Some(Excerpt { line, column, .. }), _) | (None, Spot::LineColumn(line, column)) => {
            format!("{file}:{line}:{column}")
        }
        (None, Spot::File | Spot::Pointer(_) | Spot::Key(_) | Spot::Offset(_)) => file,
    }
}

fn put_place(rendered: &str, place: &str) -> String {
    let Some((before, after)) = rendered.split_once(PLACE) else {
        return rendered.to_owned();
    };
    let end_of_line = after.find('\n').unwrap_or(after.len());
    format!("{before}{place}{}", &after[end_of_line..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_names_the_characters_that_are_replaced() {
        let cases = [
            ("plain \u{7}", None),
            ("\u{202e}a\u{2066}\u{202e}", Some("`�` replaces invisible characters of the document: U+202E, U+2066")),
            ("a\u{fffd}", Some("`�` replaces bytes that are not UTF-8")),
            ("\u{fffd}\u{feff}", Some("`�` replaces bytes that are not UTF-8, and invisible characters: U+FEFF")),
        ];
        for (text, expected) in cases {
            assert_eq!(note_on_hidden(&hidden_code_points(text).collect()).as_deref(), expected, "{text:?}");
        }
    }
}
