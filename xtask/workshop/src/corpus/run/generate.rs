//! Generates from each document in a process of its own.

use std::path::Path;
use std::process::Command;

use super::Context;
use super::documents::Document;
use super::measure::{self, fate};
use super::row::{Problem, Row};
use super::state::State;
use super::workers::{bar, each};
use crate::corpus::sha256;

/// Returns the rows of all documents. For an unchanged document it is the stored row of an earlier run.
///
/// # Errors
///
/// If a result can't be stored.
pub(super) fn all(context: &Context<'_>, documents: &[Document], state: &mut State) -> Result<Vec<Row>, String> {
    let mut rows = Vec::new();
    let bar = bar("generate", documents.len());
    let known = |document: &Document, state: &State| {
        let key = context.key("generate", document, &document.digest());
        let row = state.get::<Row>(&key).filter(|row| has_same_files(document, row));
        (key, row)
    };
    let mut waiting = Vec::new();
    for document in documents {
        match known(document, state) {
            (_, Some(row)) => rows.push(row),
            (key, None) => waiting.push((document, key)),
        }
    }
    bar.inc(u64::try_from(rows.len()).unwrap_or_default());
    each(&waiting, context.jobs, &|(document, _)| row(context, document), &mut |(document, key), row| {
        bar.set_message(document.name.clone());
        bar.inc(1);
        state.put(key, &row)?;
        rows.push(row);
        Ok(())
    })?;
    bar.finish_and_clear();
    Ok(rows)
}

/// Generates the crate of a document into a folder.
pub(super) fn into(context: &Context<'_>, document: &Document, out: &Path, features: bool) -> Result<(), String> {
    let mut command = command(context, document);
    command.args(["--package", &document.package()]).arg("--out").arg(out);
    command.arg("--runtime").arg(&context.runtime);
    if features {
        command.arg("--features");
    }
    let done = measure::run(&mut command).map_err(|error| format!("this program can't be run: {error}"))?;
    if done.status.success() { Ok(()) } else { Err(format!("{}: {}", document.name, fate(&done))) }
}

fn row(context: &Context<'_>, document: &Document) -> Row {
    let mut command = command(context, document);
    let wishes = &context.run.wishes;
    command.args(wishes.twice.then_some("--twice")).args(wishes.siblings.then_some("--siblings"));
    let done = measure::run(&mut command);
    let mut row = match &done {
        Ok(done) if done.status.success() => serde_json::from_str(&done.stdout).map_err(|error| error.to_string()),
        Ok(done) => Err(fate(done)),
        Err(error) => Err(format!("this program can't be run: {error}")),
    }
    .unwrap_or_else(|message| {
        let problem = Problem { place: document.name.clone(), message };
        Row { refused: vec![problem], crashed: true, ..Row::default() }
    });
    row.document.clone_from(&document.name);
    row.bytes = document.bytes;
    row.taken = done.map(|done| done.taken).unwrap_or_default();
    row
}

fn command(context: &Context<'_>, document: &Document) -> Command {
    let run = context.run;
    let mut command = Command::new(&context.program);
    command.args(["corpus", "one"]).arg(&document.file);
    for word in &run.wishes.evidence {
        command.arg("--evidence").arg(word);
    }
    command.args(["--seconds", &run.limits.seconds.to_string(), "--memory", &run.limits.memory.to_string()]);
    command
}

/// Returns whether the files that a document refers to are unchanged.
fn has_same_files(document: &Document, row: &Row) -> bool {
    let folder = document.file.parent().unwrap_or(Path::new("."));
    row.files.iter().all(|(path, digest)| std::fs::read(folder.join(path)).is_ok_and(|bytes| sha256(&bytes) == *digest))
}
