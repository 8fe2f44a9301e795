//! Prints diagnostics and results for people.

use std::io::IsTerminal;
use std::path::Path;
use std::{fs, slice};

use crate::Counts;
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::{render, texts};
use crate::source::{Loader, NoFiles, Source};

/// How many warnings are shown of a document that is generated all the same, and how many of them that say the same.
const MOST: usize = 20;
const MOST_ALIKE: usize = 3;

/// Shows diagnostics: all of them where the document is refused, a screenful where it is not.
pub fn diagnostics(found: &[Diagnostic], source: &Source, overlays: &[Source], loader: &dyn Loader, refused: bool) {
    let text_of = texts(source, overlays, loader);
    let shown = if refused { found.to_vec() } else { screenful(found) };
    let color = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    eprint!("{}", render(&shown, &text_of, width(), color));
    if shown.len() < found.len() {
        eprintln!("\n… and {} more warnings", found.len() - shown.len());
    }
}

fn screenful(found: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut shown: Vec<Diagnostic> = Vec::new();
    for one in found {
        let alike = shown.iter().filter(|earlier| earlier.message == one.message).count();
        if one.severity == Severity::Error || (alike < MOST_ALIKE && shown.len() < MOST) {
            shown.push(one.clone());
        }
    }
    shown
}

fn width() -> usize {
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(100)
}

/// Shows why a file is no text, and what can be shown of it all the same.
pub fn unreadable(problem: &Diagnostic, file: &Path) {
    diagnostics(slice::from_ref(problem), &lossy(problem, file), &[], &NoFiles, true);
}

/// The file, with replacement characters in the place of what is no text.
pub(super) fn lossy(problem: &Diagnostic, file: &Path) -> Source {
    let bytes = fs::read(file).unwrap_or_default();
    Source { path: problem.place.file.clone(), text: String::from_utf8_lossy(&bytes).into_owned() }
}

/// The line on a document that was generated from; it fits a terminal of 80 columns.
#[must_use]
pub fn line(name: &str, counts: Counts, warnings: usize, milliseconds: u128) -> String {
    let Counts { operations, models, examples } = counts;
    format!(
        "{name:<14} {operations:>5} operations {models:>5} models {examples:>5} examples {warnings:>4} warnings {milliseconds:>5} ms"
    )
}
