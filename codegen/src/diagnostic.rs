//! Problems of a document, as values. The stages report them, and the command line prints them at the end.

use std::fmt;

use indexmap::IndexSet;

/// A problem of a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// Whether octogen can generate code in spite of it.
    pub severity: Severity,
    /// The fact, in one sentence without a full stop.
    pub message: String,
    /// The place of the problem.
    pub place: Place,
    /// The consequence for the output, and the change that solves the problem.
    pub help: Option<String>,
}

/// The severity of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The output does not honour a part of the document. The help says what octogen does instead.
    Warning,
    /// Nothing is generated.
    Error,
}

/// The place of a problem.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The path of the file, as it was given or referred to.
    pub file: String,
    /// The place within the file.
    pub spot: Spot,
}

/// The place within a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Spot {
    /// The file as a whole.
    File,
    /// A value of the document, by its JSON pointer.
    Pointer(String),
    /// The key that holds a value of the document, by the JSON pointer of the value.
    Key(String),
    /// An offset in bytes, for a text that cannot be parsed.
    Offset(usize),
    /// A line and a column, both from 1, for a text that cannot be parsed.
    LineColumn(usize, usize),
}

/// Collects the diagnostics of all stages.
#[derive(Debug, Default)]
pub struct Diagnostics {
    found: IndexSet<Diagnostic>,
}

impl Diagnostics {
    /// Reports an error.
    pub fn error(&mut self, place: Place, message: impl Into<String>, help: impl Into<String>) {
        self.push(Severity::Error, place, message.into(), help.into());
    }

    /// Reports a warning. The help says what octogen does instead.
    pub fn warn(&mut self, place: Place, message: impl Into<String>, help: impl Into<String>) {
        self.push(Severity::Warning, place, message.into(), help.into());
    }

    /// Adds what was reported elsewhere.
    pub fn append(&mut self, other: Self) {
        self.found.extend(other.found);
    }

    /// Whether an error was reported.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Returns the diagnostics in the order of their report, each once.
    #[must_use]
    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.found.into_iter().collect()
    }

    fn push(&mut self, severity: Severity, place: Place, message: String, help: String) {
        let help = Some(help).filter(|help| !help.is_empty());
        self.found.insert(Diagnostic { severity, message, place, help });
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.spot {
            Spot::File => f.write_str(&self.file),
            Spot::Pointer(pointer) | Spot::Key(pointer) => write!(f, "{}#{pointer}", self.file),
            Spot::Offset(offset) => write!(f, "{}, byte {offset}", self.file),
            Spot::LineColumn(line, column) => write!(f, "{}:{line}:{column}", self.file),
        }
    }
}
