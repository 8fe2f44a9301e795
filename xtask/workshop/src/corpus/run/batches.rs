//! Groups crates into workspaces that are compiled together; each crate has its own rustc process.

use std::fs;
use std::path::PathBuf;

use octogen::files::{sorted_entries, write};

use super::documents::Document;
use super::row::Row;
use super::workers::each;
use super::{Context, generate};

/// The maximum size of one batch. It bounds the disk space, and the work that is lost if a run is stopped.
const MOST_CRATES: usize = 64;
const MOST_LINES: usize = 400_000;

/// A crate with more lines than this is checked some features at a time.
const LARGE: usize = 600_000;

/// One crate of a batch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member<'a> {
    pub(super) document: &'a Document,
    pub(super) lines: usize,
    /// The number of the crate's tests.
    pub(super) tests: usize,
    /// The digest of the generated files.
    pub(super) digest: &'a str,
}

impl<'a> Member<'a> {
    pub(super) fn new(document: &'a Document, row: &'a Row) -> Self {
        Self { document, lines: row.lines, tests: row.all().fitting, digest: &row.digest }
    }

    /// Returns whether the crate is checked some features at a time.
    pub(super) fn is_large(&self) -> bool {
        self.lines > LARGE
    }
}

/// Groups crates into batches; the crates of one batch are of similar size.
pub(super) fn batched<'a>(mut members: Vec<Member<'a>>) -> Vec<Vec<Member<'a>>> {
    members.sort_by(|one, other| other.lines.cmp(&one.lines).then_with(|| one.document.name.cmp(&other.document.name)));
    let mut batches: Vec<Vec<Member<'a>>> = Vec::new();
    let mut lines = 0;
    for member in members {
        match batches.last_mut() {
            Some(batch) if batch.len() < MOST_CRATES && lines + member.lines <= MOST_LINES => {
                lines += member.lines;
                batch.push(member);
            }
            _ => {
                lines = member.lines;
                batches.push(vec![member]);
            }
        }
    }
    batches
}

/// Deletes the batch's folder, writes the workspace of the batch, and returns the crates that could not be written,
/// with their errors.
///
/// # Errors
///
/// If the workspace manifest can't be written.
pub(super) fn write_workspace<'a>(
    context: &Context<'_>,
    members: &[Member<'a>],
) -> Result<(PathBuf, Vec<(Member<'a>, String)>), String> {
    let folder = context.folder.join("batch");
    let wrong = |error| format!("`{}` can't be written: {error}", folder.display());
    clean(context);
    fs::create_dir_all(&folder).map_err(wrong)?;
    let crates = folder.join("crates");
    let work = |member: &Member<'_>| {
        let document = member.document;
        generate::into(context, document, &crates.join(document.package()), member.is_large())
    };
    let mut failed = Vec::new();
    each(members, context.jobs, &work, &mut |member, done| {
        if let Err(error) = done {
            // An incomplete crate would stop Cargo for the whole batch.
            let _ = fs::remove_dir_all(crates.join(member.document.package()));
            failed.push((*member, error));
        }
        Ok(())
    })?;
    // Test binaries without debug information are small. The text is fixed, so that it needs no TOML library.
    let manifest =
        "[workspace]\nmembers = [\"crates/*\"]\nresolver = \"3\"\n\n[profile.dev]\ndebug = 0\nstrip = \"symbols\"\n";
    write(&folder.join("Cargo.toml"), manifest).map_err(wrong)?;
    fs::copy(&context.lock, folder.join("Cargo.lock")).map_err(wrong)?;
    Ok((folder, failed))
}

/// Removes the crates of a batch and their build output; the compiled dependencies, which all crates share, stay.
pub(super) fn clean(context: &Context<'_>) {
    let folder = context.folder.join("batch");
    let _ = fs::remove_dir_all(&folder);
    let built = context.folder.join("build/debug");
    for place in ["deps", ".fingerprint", "examples", "build", "incremental"] {
        for entry in sorted_entries(&built.join(place)) {
            let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let is_ours = ["doc-", "doc_", "libdoc_", "round_trips-"].iter().any(|start| name.starts_with(start));
            if is_ours {
                let _ = if entry.is_dir() { fs::remove_dir_all(&entry) } else { fs::remove_file(&entry) };
            }
        }
    }
}
