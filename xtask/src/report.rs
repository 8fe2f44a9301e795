//! What people see.

use std::io::IsTerminal;
use std::path::Path;

use octogen::diagnostic::{Diagnostic, Severity};
use octogen::report::{render, texts};
use octogen::source::{Loader, NoFiles, Source};

/// How many warnings are shown of a document that is generated all the same, and how many of them that say the same.
const MOST: usize = 20;
const MOST_ALIKE: usize = 3;

/// Shows diagnostics: all of them where the document is refused, a screenful where it is not.
pub(crate) fn diagnostics(found: &[Diagnostic], source: &Source, loader: &dyn Loader, refused: bool) {
    let text_of = texts(source, &[], loader);
    let shown = if refused { found.to_vec() } else { screenful(found) };
    let color = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    eprint!("{}", render(&shown, &text_of, width(), color));
    if shown.len() < found.len() {
        eprintln!("\n… and {} more warnings", found.len() - shown.len());
    }
}

/// Shows why a file is no text, and what can be shown of it all the same.
pub(crate) fn unreadable(problem: &Diagnostic, file: &Path) {
    let bytes = std::fs::read(file).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    diagnostics(std::slice::from_ref(problem), &Source { path: problem.place.file.clone(), text }, &NoFiles, true);
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
