//! Where documents come from.

/// A file and its text.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path, as diagnostics show it.
    pub path: String,
    /// The text.
    pub text: String,
}

impl Source {
    /// Whether the text is read as JSON: by the ending of the path, or else by its first character.
    #[must_use]
    pub fn format(&self) -> Format {
        let ending = self.path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        match ending.as_str() {
            "json" => Format::Json,
            "yaml" | "yml" => Format::Yaml,
            _ if self.text.trim_start().starts_with('{') => Format::Json,
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
