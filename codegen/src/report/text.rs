//! Shows diagnostics the way rustc does.

use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};

use super::excerpt::{Excerpt, PLACE, clean, excerpt};
use super::places::visit;
use crate::diagnostic::{Diagnostic, Severity, Spot};

/// Narrower terminals get lines that are too long for them.
const MIN_WIDTH: usize = 40;

/// The diagnostics as text, with a blank line between them and a line break at the end.
///
/// `text_of` brings the text of a file; it is called once per file. Excerpts are cut to `width` columns, messages are
/// left to the terminal to wrap. Whatever comes from a document is shown without control characters.
#[must_use]
pub fn render(
    diagnostics: &[Diagnostic],
    text_of: &dyn Fn(&str) -> Option<String>,
    width: usize,
    color: bool,
) -> String {
    let width = width.max(MIN_WIDTH);
    let renderer = if color { Renderer::styled() } else { Renderer::plain() }.term_width(width);
    let mut excerpts: Vec<_> = diagnostics.iter().map(|_| None).collect();
    visit(diagnostics, text_of, &mut |index, text, start, end| {
        excerpts[index] = Some(excerpt(text, start, end, width));
    });
    let shown = diagnostics.iter().zip(&excerpts);
    let shown = shown.map(|(diagnostic, excerpt)| render_one(&renderer, diagnostic, excerpt.as_ref()) + "\n");
    shown.collect::<Vec<_>>().join("\n")
}

fn render_one(renderer: &Renderer, diagnostic: &Diagnostic, excerpt: Option<&Excerpt>) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let place = shown_place(diagnostic, excerpt);
    let mut elements: Vec<Element<'_>> = vec![match excerpt {
        // The column that the snippet would print counts from the cut.
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
    if let Some(help) = &diagnostic.help {
        let lines: Vec<_> = help.lines().map(clean).collect();
        elements.push(Level::HELP.message(lines.join("\n")).into());
    }
    let report = level.primary_title(clean(&diagnostic.message)).elements(elements);
    put_place(&renderer.render(&[report]), &place)
}

fn shown_place(diagnostic: &Diagnostic, excerpt: Option<&Excerpt>) -> String {
    let file = clean(&diagnostic.place.file);
    match (excerpt, &diagnostic.place.spot) {
        (Some(Excerpt { line, column, .. }), _) | (None, Spot::LineColumn(line, column)) => {
            format!("{file}:{line}:{column}")
        }
        (None, Spot::File | Spot::Pointer(_) | Spot::Key(_) | Spot::Offset(_)) => file,
    }
}

fn put_place(drawn: &str, place: &str) -> String {
    let Some((before, after)) = drawn.split_once(PLACE) else {
        return drawn.to_owned();
    };
    let end_of_line = after.find('\n').unwrap_or(after.len());
    format!("{before}{place}{}", &after[end_of_line..])
}
