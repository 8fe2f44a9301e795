//! `cargo xtask exam`: makes values from the schemas of a document, and compares what octogen does with each of them with
//! the judgement of an independent validator.
//!
//! The maker reads the raw document and shares no code with the generator. A value counts only if the validator accepts it.

mod cases;
mod documents;
mod examine;
mod explore;
mod judge;
mod make;
mod oracle;
mod patterns;
mod report;
mod results;
mod roots;
mod scalars;
mod schemas;

use std::path::{Path, PathBuf};

use clap::Args;
use octogen::files::{Folder, read};

use results::Results;
use xtask::say;

/// The arguments of `cargo xtask exam`.
#[derive(Args, Debug)]
pub struct Exam {
    /// The documents to examine.
    #[arg(value_name = "DOCUMENT")]
    documents: Vec<PathBuf>,
    /// The number of values, in percent of the usual one.
    #[arg(long, value_name = "PERCENT", default_value_t = 100)]
    values: usize,
    /// Print the results as JSON.
    #[arg(long)]
    json: bool,
}

/// Examines documents and prints a report.
///
/// # Errors
///
/// If a document can't be read.
pub fn exam(_root: &Path, exam: &Exam) -> Result<(), String> {
    let mut all = Results::default();
    for file in &exam.documents {
        all.merge(document(file, exam.values)?);
    }
    print(&all, exam.json)
}

/// Examines one document.
fn document(file: &Path, values: usize) -> Result<Results, String> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let source = read(file, &name).map_err(|problem| problem.message)?;
    Ok(examine::examine(&name, &source, &Folder::of(file), values))
}

fn print(results: &Results, json: bool) -> Result<(), String> {
    if json {
        say(serde_json::to_string(results).map_err(|error| error.to_string())?);
    } else {
        say(report::text(results).trim_end());
    }
    Ok(())
}
