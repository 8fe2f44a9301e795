//! The evidence that the command line selects: modes, and folders of recorded payloads.

use std::path::{Path, PathBuf};

use crate::coverage::CoverageReport;
use crate::files::{files_below, read};
use crate::{Evidence, Mode, Recorded, Widening};

/// Reads the values of the command-line option `--evidence` into the options of the evidence stage. Each value is a
/// mode, or a folder of recorded payloads.
///
/// # Errors
///
/// If a value is neither a mode nor a folder, or a payload cannot be read. The text says so.
pub fn evidence(words: &[PathBuf]) -> Result<Evidence, String> {
    let mut evidence = Evidence::default();
    for word in words {
        match word.to_str() {
            Some("off") => evidence.mode = Mode::Off,
            Some("presence") => evidence.mode = Mode::Presence,
            Some("all") => evidence.mode = Mode::All,
            _ if word.is_dir() => evidence.recorded.extend(recorded(word)?),
            _ => {
                return Err(format!(
                    "`{}` is not a value of `--evidence`: use `off`, `presence`, `all` or a folder of payloads",
                    word.display()
                ));
            }
        }
    }
    Ok(evidence)
}

/// The kinds of widenings, each with what it did to one type and to several.
const KINDS: [(&str, &str, &str); 8] = [
    ("optional", "required key became optional", "required keys became optional"),
    ("nullable", "type admits null", "types admit null"),
    ("added", "undeclared key was added", "undeclared keys were added"),
    ("opened", "open object got the observed keys", "open objects got the observed keys"),
    ("observed", "value without a schema got a type", "values without a schema got a type"),
    ("number", "integer became a number", "integers became numbers"),
    ("union", "type became a wider union", "types became wider unions"),
    ("any", "type became any JSON", "types became any JSON"),
];

/// Returns the lines about the widenings of a run, for the terminal: one for each kind, with its number and its first
/// place. With `verbose`, all places follow. The coverage report lists them as well.
#[must_use]
pub fn lines(coverage: &CoverageReport, verbose: bool) -> Vec<String> {
    let mut lines = Vec::new();
    for (kind, one, many) in KINDS {
        let mut found = coverage.widened.iter().filter(|widening| widening.what == kind).map(place);
        let Some(first) = found.next() else { continue };
        let others: Vec<String> = found.collect();
        let text = if others.is_empty() { one } else { many };
        lines.push(format!("evidence: {} {text}, such as {first}", others.len() + 1));
        lines.extend(others.into_iter().filter(|_| verbose).map(|other| format!("  {other}")));
    }
    if coverage.null_examples > 0 {
        lines.push(format!("null examples ignored: {}", coverage.null_examples));
    }
    lines
}

/// Returns the type that a payload widened, with its key, and the place of the payload.
fn place(widening: &Widening) -> String {
    let key = widening.key.as_ref().map_or_else(String::new, |key| format!(" `{key}`"));
    format!("{}{key}, because of {}", widening.at, widening.place)
}

/// Reads the coverage report of an earlier run, if there is one.
pub(super) fn read_earlier_report(file: &Path) -> Result<Option<String>, String> {
    if !file.exists() {
        return Ok(None);
    }
    let name = file.display().to_string();
    read(file, &name).map(|source| Some(source.text)).map_err(|problem| format!("`{name}`: {}", problem.message))
}

/// Reads the recorded payloads of a folder.
fn recorded(folder: &Path) -> Result<Vec<Recorded>, String> {
    let mut found = Vec::new();
    let mut files = files_below(folder);
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "json")) {
        let inside = file.strip_prefix(folder).unwrap_or(file);
        let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
        let path = parts.join("/");
        let text = read(file, &path).map_err(|error| error.message)?.text;
        found.push(Recorded { path, text });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Place, Spot};

    fn widening(what: &'static str, at: &str, key: Option<&str>) -> Widening {
        Widening {
            at: at.to_owned(),
            key: key.map(str::to_owned),
            what,
            observed: Vec::new(),
            why: String::new(),
            place: Place { file: String::from("zoo.yaml"), spot: Spot::Pointer(String::from("/example")) },
            path: String::from("$"),
        }
    }

    #[test]
    fn each_kind_of_widening_is_one_line_and_all_places_follow_if_asked() {
        let widened = vec![
            widening("nullable", "Cat", Some("name")),
            widening("optional", "Dog", Some("age")),
            widening("nullable", "Bird", None),
            widening("nullable", "Fish", Some("fins")),
        ];
        let coverage = CoverageReport { widened, null_examples: 2, ..CoverageReport::default() };
        let optional = "evidence: 1 required key became optional, such as Dog `age`, because of zoo.yaml#/example";
        let nullable = "evidence: 3 types admit null, such as Cat `name`, because of zoo.yaml#/example";
        let ignored = "null examples ignored: 2";
        assert_eq!(lines(&coverage, false), [optional, nullable, ignored]);
        let others = ["  Bird, because of zoo.yaml#/example", "  Fish `fins`, because of zoo.yaml#/example"];
        assert_eq!(lines(&coverage, true), [optional, nullable, others[0], others[1], ignored]);
        assert_eq!(lines(&CoverageReport::default(), true), [""; 0]);
    }

    #[test]
    fn each_kind_of_widening_has_a_text() {
        let documented = "`optional`, `nullable`, `added`, `opened`, `observed`, `number`, `union` or `any`";
        let kinds: Vec<String> = KINDS.iter().map(|(kind, ..)| format!("`{kind}`")).collect();
        assert_eq!(kinds, documented.replace(" or ", ", ").split(", ").collect::<Vec<_>>());
    }
}
