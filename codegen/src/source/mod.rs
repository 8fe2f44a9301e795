//! Where documents come from.

mod encoding;

use crate::diagnostic::{Diagnostic, Place, Severity};

/// A file and its text.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path, as diagnostics show it.
    pub path: String,
    /// The text.
    pub text: String,
}

impl Source {
    /// The text that the bytes of a file are, without the byte order mark that some editors leave.
    ///
    /// # Errors
    ///
    /// Where they are not UTF-8. The diagnostic says at which byte, and what they look like instead.
    pub fn from_bytes(path: String, bytes: Vec<u8>) -> Result<Self, Diagnostic> {
        match encoding::text(bytes) {
            Ok(text) => Ok(Self { path, text }),
            Err(fault) => {
                let encoding::Fault { message, spot, help } = fault;
                let place = Place { file: path, spot };
                Err(Diagnostic { severity: Severity::Error, message, place, help: Some(help) })
            }
        }
    }

    /// Whether the text is read as JSON: by the ending of the path, or else by its first character.
    #[must_use]
    pub fn format(&self) -> Format {
        let ending = self.path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        match ending.as_str() {
            "json" => Format::Json,
            "yaml" | "yml" => Format::Yaml,
            _ if self.text.trim_start_matches([' ', '\t', '\r', '\n', '\u{feff}']).starts_with('{') => Format::Json,
            _ => Format::Yaml,
        }
    }
}

/// The two ways in which an OpenAPI document is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JSON
    Json,
    /// YAML
    Yaml,
}

/// The path of a file beside another one: `spec/zoo.yaml` and `parts/pets.yaml` give `spec/parts/pets.yaml`.
#[must_use]
pub fn beside(entry: &str, path: &str) -> String {
    let folder = entry.rfind(['/', '\\']).map_or("", |end| &entry[..=end]);
    format!("{folder}{path}")
}

/// Brings the files that a document refers to. The library itself opens no file.
pub trait Loader {
    /// The file at `path`, relative to the folder of the entry document, with `/` between its parts and no `..`.
    ///
    /// # Errors
    ///
    /// Where it can't be read; the text says why.
    fn load(&self, path: &str) -> Result<Source, String>;
}

/// A loader for documents that stand alone.
#[derive(Clone, Copy, Debug)]
pub struct NoFiles;

impl Loader for NoFiles {
    fn load(&self, path: &str) -> Result<Source, String> {
        Err(format!("`{path}` is another file, and none can be read here"))
    }
}
