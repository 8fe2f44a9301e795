//! The exam of the corpus: each document is examined in a process of its own.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::Path;
use std::process::Command;
use std::thread;

use super::results::Results;
use crate::corpus::run::Run;
use crate::corpus::run::documents::{Document, find};
use crate::corpus::run::measure::{fate, run};
use crate::corpus::run::workers::{bar, each};

/// Returns the documents of the corpus, the largest first. With a number, only that many documents are drawn by a seed.
pub(super) fn sample(root: &Path, (number, seed): (Option<usize>, u64)) -> Result<Vec<Document>, String> {
    let mut documents = find(root, &Run::default())?;
    if let Some(number) = number {
        documents.sort_by_key(|document| position(&document.name, seed));
        documents.truncate(number);
        documents.sort_by_key(|document| std::cmp::Reverse(document.bytes));
    }
    Ok(documents)
}

/// Examines documents of the corpus, and returns the results of all of them with the time in milliseconds and the peak
/// memory in bytes.
pub(super) fn corpus(root: &Path, drawn: (Option<usize>, u64), values: usize) -> Result<(Results, u64, u64), String> {
    let documents = sample(root, drawn)?;
    let program = std::env::current_exe().map_err(|error| format!("this program has no path: {error}"))?;
    let jobs = thread::available_parallelism().map_or(1, usize::from);
    let bar = bar("exam", documents.len());
    let (mut all, mut milliseconds, mut peak) = (Results::default(), 0, 0);
    let work = |document: &Document| {
        let mut command = Command::new(&program);
        command.args(["exam", "--json", "--values", &values.to_string()]).arg(&document.file);
        run(&mut command)
    };
    each(&documents, jobs, &work, &mut |document, done| {
        bar.set_message(document.name.clone());
        bar.inc(1);
        let done = done.map_err(|error| error.to_string())?;
        milliseconds += done.taken.milliseconds;
        peak = peak.max(done.taken.peak);
        match serde_json::from_str::<Results>(&done.stdout) {
            Ok(mut results) => {
                results.name(&document.name);
                all.merge(results);
            }
            Err(_) => {
                all.documents += 1;
                all.refused_documents.push(format!("{}: {}", document.name, fate(&done)));
            }
        }
        Ok(())
    })?;
    bar.finish_and_clear();
    Ok((all, milliseconds, peak))
}

/// Returns the position of a document in the order of a seed.
fn position(name: &str, seed: u64) -> u64 {
    let mut hasher = DefaultHasher::new();
    (seed, name).hash(&mut hasher);
    hasher.finish()
}
