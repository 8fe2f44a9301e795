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

/// The folder within which a document may refer to files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// What diagnostics show before the paths of files in it: nothing, or a path that ends in `/`.
    pub shown: String,
    /// The path of the entry document in it.
    pub entry: String,
}

impl Root {
    /// The folder of the entry document itself.
    #[must_use]
    pub fn of(entry: &str) -> Self {
        let (folder, file) = entry.split_at(entry.rfind(['/', '\\']).map_or(0, |end| end + 1));
        Self { shown: folder.to_owned(), entry: file.to_owned() }
    }
}

/// Brings the files that a document refers to. The library itself opens no file.
pub trait Loader {
    /// The file at `path`, relative to the root, with `/` between its parts and no `..`.
    ///
    /// # Errors
    ///
    /// Where it can't be read; the text says why.
    fn load(&self, path: &str) -> Result<Source, String>;

    /// The folder that paths are relative to: that of the entry document, which diagnostics call `entry`, unless a
    /// wider one was chosen.
    fn root(&self, entry: &str) -> Root {
        Root::of(entry)
    }
}

/// A loader for documents that stand alone.
#[derive(Clone, Copy, Debug)]
pub struct NoFiles;

impl Loader for NoFiles {
    fn load(&self, path: &str) -> Result<Source, String> {
        Err(format!("`{path}` is another file, and none can be read here"))
    }
}
