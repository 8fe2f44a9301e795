//! What the stages have to say of a document: values, collected in one run, shown at the end.

use std::fmt;

use indexmap::IndexSet;

/// A problem with its place and the way out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// Whether anything can be generated all the same.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where.
    pub place: Place,
    /// What was done instead, or what to do about it.
    pub help: Option<String>,
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A fallback was taken, which the help line names.
    Warning,
    /// No honest crate can be written.
    Error,
}

/// The place of a problem.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The path of the file, as it was given or referred to.
    pub file: String,
    /// Where in the file.
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
    /// A byte of the text: for text that could not be read.
    Offset(usize),
    /// A line and a column, from 1: for text that could not be read.
    LineColumn(usize, usize),
}

/// Collects diagnostics; every stage that reports gets one.
#[derive(Debug, Default)]
pub struct Diagnostics {
    found: IndexSet<Diagnostic>,
}

impl Diagnostics {
    /// Reports an error.
    pub fn error(&mut self, place: Place, message: impl Into<String>, help: impl Into<String>) {
        self.push(Severity::Error, place, message.into(), help.into());
    }

    /// Reports a warning; the help says which fallback was taken.
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

    /// All that was reported, in the order of the report, each once.
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
