//! Prints diagnostics and results for people.

use std::io::IsTerminal;
use std::path::Path;
use std::{fs, slice};

use crate::Counts;
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::{render, texts};
use crate::source::{Loader, NoFiles, Source};

/// The most warnings that are printed if code is generated, and the most of them with the same message.
const MOST: usize = 20;
const MOST_ALIKE: usize = 3;

/// Prints diagnostics to stderr as text for people: all of them if no code was generated, and a limited number of
/// warnings otherwise.
pub fn diagnostics(found: &[Diagnostic], source: &Source, overlays: &[Source], loader: &dyn Loader, refused: bool) {
    let text_of = texts(source, overlays, loader);
    let printed = if refused { found.to_vec() } else { screenful(found) };
    let color = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    eprint!("{}", render(&printed, &text_of, width(), color));
    if printed.len() < found.len() {
        eprintln!("\n… and {} more warnings", found.len() - printed.len());
    }
}

fn screenful(found: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut printed: Vec<Diagnostic> = Vec::new();
    for one in found {
        let alike = printed.iter().filter(|earlier| earlier.message == one.message).count();
        if one.severity == Severity::Error || (alike < MOST_ALIKE && printed.len() < MOST) {
            printed.push(one.clone());
        }
    }
    printed
}

fn width() -> usize {
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(100)
}

/// Prints to stderr the diagnostic that a file is not valid text, with an excerpt in which replacement characters mark
/// the invalid bytes.
pub fn unreadable(problem: &Diagnostic, file: &Path) {
    diagnostics(slice::from_ref(problem), &lossy(problem, file), &[], &NoFiles, true);
}

/// Returns the text of a file, with replacement characters for invalid bytes.
pub(super) fn lossy(problem: &Diagnostic, file: &Path) -> Source {
    let bytes = fs::read(file).unwrap_or_default();
    Source { path: problem.place.file.clone(), text: String::from_utf8_lossy(&bytes).into_owned() }
}

/// Returns the summary line of a run, which fits a terminal of 80 columns: the name of the document, the counts and the
/// duration.
#[must_use]
pub fn line(name: &str, counts: Counts, warnings: usize, milliseconds: u128) -> String {
    let Counts { operations, models, examples } = counts;
    format!(
        "{name:<14} {operations:>5} operations {models:>5} models {examples:>5} examples {warnings:>4} warnings {milliseconds:>5} ms"
    )
}
