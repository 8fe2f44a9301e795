//! Stored results of earlier runs, so that a stopped run can continue.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The results of finished work, by key.
#[derive(Debug)]
pub struct State {
    known: HashMap<String, Value>,
    file: File,
}

impl State {
    /// Reads the stored results; with `fresh`, it discards them.
    ///
    /// # Errors
    ///
    /// If the file can't be written.
    pub fn open(path: &Path, fresh: bool) -> Result<Self, String> {
        let text = if fresh { String::new() } else { fs::read_to_string(path).unwrap_or_default() };
        // A stopped run may have left an incomplete line.
        let entries = text.lines().filter_map(|line| serde_json::from_str::<(String, Value)>(line).ok());
        let known = entries.collect();
        let wrong = |error| format!("`{}` can't be written: {error}", path.display());
        fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).map_err(wrong)?;
        let mut options = OpenOptions::new();
        let mut file = options.create(true).append(!fresh).write(true).truncate(fresh).open(path).map_err(wrong)?;
        if !text.is_empty() && !text.ends_with('\n') {
            file.write_all(b"\n").map_err(wrong)?;
        }
        Ok(Self { known, file })
    }

    /// Returns the stored result of finished work.
    #[must_use]
    pub fn get<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        serde_json::from_value(self.known.get(key)?.clone()).ok()
    }

    /// Appends a result to the file, in one write.
    ///
    /// # Errors
    ///
    /// If the file can't be written.
    pub fn put<T: Serialize>(&mut self, key: &str, done: &T) -> Result<(), String> {
        let line = serde_json::to_string(&(key, done)).map_err(|error| error.to_string())?;
        self.file.write_all(format!("{line}\n").as_bytes()).map_err(|error| format!("the state can't be kept: {error}"))
    }
}
