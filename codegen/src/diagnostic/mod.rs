//! Problems of a document, as values. The stages report them, and the command line prints them at the end.

mod code;
mod codes;
mod explanation;
mod formats;
mod levels;
mod nearest;

use std::fmt;

use indexmap::IndexSet;

pub use codes::Code;
pub use explanation::Explanation;
pub(crate) use formats::fits_format;
pub use levels::Levels;
pub(crate) use nearest::nearest;

/// A diagnostic: one problem that octogen reports about an OpenAPI document, with its kind, its severity, its place
/// and the change that solves it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// The kind of the problem.
    pub code: Code,
    /// Whether octogen can generate code in spite of it.
    pub severity: Severity,
    /// The fact, in one sentence without a full stop.
    pub message: String,
    /// The place of the problem.
    pub place: Place,
    /// The consequence for the output, and the change that solves the problem.
    pub help: Option<String>,
}

/// The severity of a diagnostic: a warning lets octogen generate code, and an error does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The output does not honour a part of the document. The help says what octogen does instead.
    Warning,
    /// Nothing is generated.
    Error,
}

/// The place of a problem, which a diagnostic points at: a file and a position in that file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The path of the file, as it was given or referred to.
    pub file: String,
    /// The place within the file.
    pub spot: Spot,
}

impl Place {
    /// Returns the place of a value within the value at this place, by the JSON pointer that starts there.
    #[must_use]
    pub fn within(&self, pointer: &str) -> Self {
        let spot = match &self.spot {
            Spot::Pointer(outer) => Spot::Pointer(format!("{outer}{pointer}")),
            spot => spot.clone(),
        };
        Self { file: self.file.clone(), spot }
    }

    /// Returns the JSON pointer of the place, or an empty text for a place without one.
    #[must_use]
    pub fn pointer(&self) -> &str {
        match &self.spot {
            Spot::Pointer(pointer) | Spot::Key(pointer) => pointer,
            Spot::File | Spot::Offset(_) | Spot::LineColumn(..) => "",
        }
    }
}

/// The position of a problem within a file: a JSON pointer to a value, or an offset if the text cannot be parsed.
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

/// A collection of the diagnostics of one run. Each stage of the generator gets it as an argument and adds errors and
/// warnings to it.
#[derive(Debug, Default)]
pub struct Diagnostics {
    found: IndexSet<Diagnostic>,
}

impl Diagnostics {
    /// Adds an error at a place of a document to these diagnostics. After an error, no code is generated.
    pub fn error(&mut self, code: Code, place: Place, message: impl Into<String>, help: impl Into<String>) {
        self.push(code, Severity::Error, place, message.into(), help.into());
    }

    /// Adds a warning at a place of a document to these diagnostics. The help text says what octogen does instead.
    pub fn warn(&mut self, code: Code, place: Place, message: impl Into<String>, help: impl Into<String>) {
        self.push(code, Severity::Warning, place, message.into(), help.into());
    }

    /// Adds all diagnostics of another collection to this one, for example those of a stage that collected its own.
    pub fn append(&mut self, other: Self) {
        self.found.extend(other.found);
    }

    /// Returns whether these diagnostics contain an error, so that no code may be generated.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Returns the collected diagnostics as a list, in the order in which the stages reported them, without
    /// repetitions.
    #[must_use]
    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.found.into_iter().collect()
    }

    fn push(&mut self, code: Code, severity: Severity, place: Place, message: String, help: String) {
        let help = Some(help).filter(|help| !help.is_empty());
        self.found.insert(Diagnostic { code, severity, message, place, help });
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
