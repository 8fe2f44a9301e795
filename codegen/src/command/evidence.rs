//! The evidence that the command line selects: modes, and folders of recorded payloads.

use std::path::{Path, PathBuf};

use crate::{Evidence, Mode, Recorded};

use crate::files::{files_below, read};

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

/// Reads the coverage report of an earlier run, if there is one.
pub(super) fn earlier(file: &Path) -> Result<Option<String>, String> {
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
