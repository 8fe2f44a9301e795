//! Fuzzes the whole generator, from the bytes of a document to the report.
//!
//! Seven of eight inputs are changed as JSON trees, so that most of them remain documents.
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use octogen::source::{Loader, Source};

#[path = "invariants.rs"]
mod invariants;
#[path = "tree/mod.rs"]
mod tree;

/// One file lies beside the document, with the same text.
struct Twin<'a>(&'a Source);

impl Loader for Twin<'_> {
    fn load(&self, path: &str) -> Result<Source, String> {
        let twin = Source { path: path.to_owned(), text: self.0.text.clone() };
        if path == "a.yaml" { Ok(twin) } else { Err(format!("`{path}` is not there")) }
    }
}

fuzz_target!(|bytes: &[u8]| {
    // Without an ending the text says which format it is.
    if let Some(source) = invariants::read("document", bytes) {
        invariants::generated(&source, &Twin(&source), Vec::new());
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let changed = if seed % 8 == 0 { None } else { tree::changed(&data[..size], seed) };
    match changed.filter(|text| text.len() <= max_size) {
        Some(text) => {
            data[..text.len()].copy_from_slice(text.as_bytes());
            text.len()
        }
        None => fuzzer_mutate(data, size, max_size),
    }
});
