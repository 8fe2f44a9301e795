//! A value that a program builds with constructors and setters is valid.

use std::path::{Path, PathBuf};

use octogen::files::sorted_entries;
use workshop::corpus::sample_documents;
use workshop::exam::construct;

/// Asserts that the validator refuses no value but those that several branches of a `oneOf` admit.
fn assert_valid(files: &[PathBuf], most_ambiguous: usize) -> Result<(), String> {
    let (mut refused, mut values, mut ambiguous) = (Vec::new(), 0, 0);
    for file in files {
        let constructed = construct(file)?;
        values += constructed.values;
        ambiguous += constructed.ambiguous;
        refused.extend(constructed.refused);
    }
    println!("{values} values, {ambiguous} of several branches");
    assert!(refused.is_empty(), "{} of {values} values: {refused:#?}", refused.len());
    assert!(values > 500, "only {values} values were built");
    assert!(ambiguous <= most_ambiguous, "{ambiguous} of {values} values belong to several branches");
    Ok(())
}

fn documents(folder: &str) -> Vec<PathBuf> {
    let entries = sorted_entries(&xtask::root().join(folder));
    let is_document = |path: &PathBuf| path.extension().is_some_and(|end| end == "yaml" || end == "json");
    entries.into_iter().filter(is_document).collect()
}

#[test]
fn values_of_committed_documents_are_valid() -> Result<(), String> {
    let files = [documents("spec"), documents("tests/fixtures/emit"), documents("tests/fixtures/service")].concat();
    assert_valid(&files, 5)
}

#[test]
fn values_of_real_documents_are_valid() -> Result<(), String> {
    let files = sample_documents(xtask::root().as_ref());
    if !files.iter().all(|file: &PathBuf| Path::is_file(file)) {
        println!("skipped: `cargo xtask corpus sample` downloads the documents");
        return Ok(());
    }
    assert_valid(&files, 5)
}
