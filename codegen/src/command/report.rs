//! Prints diagnostics and results for people.

use std::io::IsTerminal;
use std::path::Path;
use std::{fs, slice};

use indexmap::IndexMap;

use crate::Counts;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::report::{render_each, texts};
use crate::source::{Loader, NoFiles, Source};

/// The maximum number of warnings with the same code that are printed with their places.
const MOST_ALIKE: usize = 3;

/// Prints diagnostics to stderr as text for people, grouped by their codes: warnings about types, then warnings about
/// examples, then errors. Without `verbose`, only the first warnings of each code have their places.
pub fn diagnostics(found: &[Diagnostic], source: &Source, overlays: &[Source], loader: &dyn Loader, verbose: bool) {
    let (printed, more) = select(found, verbose);
    let color = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let reports = render_each(&printed, &texts(source, overlays, loader), width(), color);
    for (index, report) in reports.iter().enumerate() {
        let blank = if index == 0 { "" } else { "\n" };
        eprint!("{blank}{report}");
        if let Some((_, count)) = more.iter().find(|(behind, _)| *behind == index) {
            let code = printed[index].code;
            eprintln!("\n… and {count} more (`octogen explain {code}`); `--verbose` prints all");
        }
    }
}

/// Returns the diagnostics to print in their order, and how many more there are behind each of the last of a code.
fn select(found: &[Diagnostic], verbose: bool) -> (Vec<Diagnostic>, Vec<(usize, usize)>) {
    let mut groups: IndexMap<(Severity, Code), Vec<&Diagnostic>> = IndexMap::new();
    for one in found {
        groups.entry((one.severity, one.code)).or_default().push(one);
    }
    // The sort is stable: groups of one kind keep the order in which the stages reported them.
    groups.sort_by(|(severity, code), _, (other_severity, other), _| {
        (severity, code.is_about_examples()).cmp(&(other_severity, other.is_about_examples()))
    });
    let (mut printed, mut more) = (Vec::new(), Vec::new());
    for ((severity, _), group) in groups {
        let most = if verbose || severity == Severity::Error { group.len() } else { MOST_ALIKE };
        printed.extend(group.iter().take(most).map(|one| (*one).clone()));
        if group.len() > most {
            more.push((printed.len() - 1, group.len() - most));
        }
    }
    (printed, more)
}

fn width() -> usize {
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(100)
}

/// Prints to stderr the diagnostic that a file is not valid text, with an excerpt in which replacement characters mark
/// the invalid bytes.
pub fn print_unreadable(problem: &Diagnostic, file: &Path) {
    diagnostics(slice::from_ref(problem), &read_lossily(problem, file), &[], &NoFiles, true);
}

/// Returns the text of a file, with replacement characters for invalid bytes.
pub(super) fn read_lossily(problem: &Diagnostic, file: &Path) -> Source {
    let bytes = fs::read(file).unwrap_or_default();
    Source { path: problem.place.file.clone(), text: String::from_utf8_lossy(&bytes).into_owned() }
}

/// Returns the summary line of a run, which fits a terminal of 80 columns: the name of the document, the counts and the
/// duration.
#[must_use]
pub fn summarize_run(name: &str, counts: Counts, warnings: usize, milliseconds: u128) -> String {
    let Counts { operations, models, examples } = counts;
    format!(
        "{name:<14} {operations:>5} operations {models:>5} models {examples:>5} examples {warnings:>4} warnings {milliseconds:>5} ms"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Place, Spot};

    #[test]
    fn diagnostics_are_grouped_and_cut() {
        let diagnostic = |code, severity, message: usize| {
            let place = Place { file: String::new(), spot: Spot::File };
            Diagnostic { code, severity, message: message.to_string(), place, help: None }
        };
        let mut found = vec![diagnostic(Code::SyntaxError, Severity::Error, 0)];
        for message in 0..5 {
            found.push(diagnostic(Code::ContradictoryExample, Severity::Warning, message));
            found.push(diagnostic(Code::UnknownKey, Severity::Warning, message));
        }
        let (printed, more) = select(&found, false);
        let codes: Vec<&str> = printed.iter().map(|one| one.code.name()).collect();
        let expected = [["unknown-key"; 3].as_slice(), &["contradictory-example"; 3], &["syntax-error"]].concat();
        assert_eq!(codes, expected);
        assert_eq!(more, [(2, 2), (5, 2)]);
        let (printed, more) = select(&found, true);
        assert_eq!((printed.len(), more.len()), (11, 0));
    }
}
