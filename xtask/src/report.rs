//! What people see.

use std::io::IsTerminal;

use octogen::diagnostic::{Diagnostic, Severity};
use octogen::report::render;
use octogen::source::{Loader, Source};

/// Shows diagnostics, at most a screenful of warnings.
pub(crate) fn diagnostics(found: &[Diagnostic], source: &Source, loader: &dyn Loader) {
    const MOST: usize = 20;
    let text_of = |file: &str| {
        let own = file == source.path;
        if own { Some(source.text.clone()) } else { loader.load(file).ok().map(|source| source.text) }
    };
    let (errors, warnings): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        found.iter().partition(|one| one.severity == Severity::Error);
    let left_out = warnings.len().saturating_sub(MOST);
    let shown: Vec<Diagnostic> = errors.into_iter().chain(warnings.into_iter().take(MOST)).cloned().collect();
    let color = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    eprint!("{}", render(&shown, &text_of, width(), color));
    if left_out > 0 {
        eprintln!("\n… and {left_out} more warnings");
    }
}

fn width() -> usize {
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(100)
}
