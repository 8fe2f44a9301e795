//! A document of several files, and overlays: references from one to another, as JSON and as YAML.
//!
//! An input is the entry document; each line `%% PATH` begins a further file, and `%% overlay` an overlay.
#![no_main]

use std::cell::RefCell;

use libfuzzer_sys::fuzz_target;
use octogen::source::{Loader, Root, Source};

#[path = "invariants.rs"]
mod invariants;

struct Bundle<'a> {
    files: Vec<(&'a str, &'a [u8])>,
    asked: RefCell<Vec<String>>,
}

impl Loader for Bundle<'_> {
    fn load(&self, path: &str) -> Result<Source, String> {
        // A loader of files on disk opens exactly this path.
        assert!(!path.starts_with('/') && path.split('/').all(|part| part != ".."), "`{path}` leaves its folder");
        self.asked.borrow_mut().push(path.to_owned());
        let (_, bytes) = self.files.iter().find(|(name, _)| *name == path).ok_or("it is not there")?;
        Source::from_bytes(path.to_owned(), bytes.to_vec()).map_err(|diagnostic| diagnostic.message)
    }

    fn root(&self, entry: &str) -> Root {
        Root { prefix: String::from("folder/"), entry: entry.to_owned() }
    }
}

fuzz_target!(|bytes: &[u8]| {
    let mut files = parted(bytes);
    let overlays = files.extract_if(.., |(name, _)| *name == "overlay").collect::<Vec<_>>();
    let overlays = overlays.into_iter().filter_map(|(name, bytes)| invariants::read(name, bytes)).collect();
    let Some(source) = files.first().and_then(|(name, bytes)| invariants::read(name, bytes)) else { return };
    let bundle = Bundle { files, asked: RefCell::default() };
    invariants::generated(&source, &bundle, overlays);
    let mut asked = bundle.asked.into_inner();
    asked.sort();
    // Twice to generate and at most once for each report; a file that leads back to another is not read again and again.
    assert!(asked.chunk_by(|one, other| one == other).all(|same| same.len() <= 4), "{asked:?}");
});

/// The files of an input by their names; the entry document is called `entry`.
fn parted(bytes: &[u8]) -> Vec<(&str, &[u8])> {
    let mut files = Vec::new();
    let (mut name, mut start, mut at) = ("entry", 0, 0);
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let next = line.strip_prefix(b"%% ").and_then(|path| std::str::from_utf8(path).ok());
        if let Some(next) = next {
            files.push((name, &bytes[start..at]));
            (name, start) = (next.trim(), at + line.len());
        }
        at += line.len();
    }
    files.push((name, &bytes[start..]));
    files
}
