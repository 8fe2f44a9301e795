//! Texts of documents, and the trait by which a caller loads further files.

mod encoding;

use crate::diagnostic::{Code, Diagnostic, Place, Severity};

/// A text file in memory with its path: the OpenAPI document, an overlay, or a file that the document refers to. It is
/// the input of the generator.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path, as diagnostics show it.
    pub path: String,
    /// The text.
    pub text: String,
}

impl Source {
    /// Creates a source file from the bytes of a file: decodes them as UTF-8 and removes a byte order mark. Use it
    /// after reading a file.
    ///
    /// # Errors
    ///
    /// If the bytes are not UTF-8. The diagnostic names the first invalid byte and a likely encoding.
    pub fn from_bytes(path: String, bytes: Vec<u8>) -> Result<Self, Diagnostic> {
        match encoding::decode(bytes) {
            Ok(text) => Ok(Self { path, text }),
            Err(error) => {
                let encoding::EncodingError { message, spot, help } = error;
                let place = Place { file: path, spot };
                Err(Diagnostic {
                    code: Code::UnreadableFile,
                    severity: Severity::Error,
                    message,
                    place,
                    help: Some(help),
                })
            }
        }
    }

    /// Returns whether the text of this source file is JSON or YAML: by the extension of its path, or else by its first
    /// character.
    #[must_use]
    pub fn format(&self) -> Format {
        Format::detect(&self.path, &self.text)
    }
}

/// The text format of a source file, JSON or YAML, which decides how it is parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JSON
    Json,
    /// YAML
    Yaml,
}

impl Format {
    /// Returns the format of a text in a file with this path. See [`Source::format`].
    pub(crate) fn detect(path: &str, text: &str) -> Self {
        let ending = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        match ending.as_str() {
            "json" => Self::Json,
            "yaml" | "yml" => Self::Yaml,
            _ if text.trim_start_matches([' ', '\t', '\r', '\n', '\u{feff}']).starts_with('{') => Self::Json,
            _ => Self::Yaml,
        }
    }
}

/// The root folder of a run: the folder that contains all files an OpenAPI document may refer to. A [`Loader`] says
/// which folder that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// The prefix that makes a path within the folder a path for diagnostics: empty, or ending in `/`.
    pub prefix: String,
    /// The path of the entry document within the folder.
    pub entry: String,
}

impl Root {
    /// Returns the root folder for an entry document: the folder part of its path. It is the default of
    /// [`Loader::root`].
    #[must_use]
    pub fn of(entry: &str) -> Self {
        let (folder, file) = entry.split_at(entry.rfind(['/', '\\']).map_or(0, |end| end + 1));
        Self { prefix: folder.to_owned(), entry: file.to_owned() }
    }
}

/// A trait for callers of the library that lets the generator load the files to which an OpenAPI document refers. The
/// library itself opens no file.
pub trait Loader {
    /// Loads the file at `path`, which is relative to the root, with `/` between its parts and without `..`. For a
    /// reference to the network, `path` is an absolute URI, such as `https://example.com/zoo.yaml`.
    ///
    /// # Errors
    ///
    /// If the file cannot be read. The text says why.
    fn load(&self, path: &str) -> Result<Source, String>;

    /// Returns the folder that paths are relative to. The default is the folder of the entry document, whose path in
    /// diagnostics is `entry`.
    fn root(&self, entry: &str) -> Root {
        Root::of(entry)
    }
}

/// A loader that has no files: use it for an OpenAPI document that refers to no other file.
#[derive(Clone, Copy, Debug)]
pub struct NoFiles;

impl Loader for NoFiles {
    fn load(&self, path: &str) -> Result<Source, String> {
        Err(format!("`{path}` is another file, and octogen has no access to other files here"))
    }
}
