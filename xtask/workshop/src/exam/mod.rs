//! `cargo xtask exam`: makes values from the schemas of a document, and compares what octogen does with each of them with
//! the judgement of an independent validator.
//!
//! The maker reads the raw document and shares no code with the generator. A value counts only if the validator accepts it.

mod cases;
mod compiled;
mod constructed;
mod corpus;
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
mod suite;

use std::path::{Path, PathBuf};

use clap::Args;
use octogen::files::{Folder, read, write};
use octogen::source::{Loader, Source};

use crate::corpus::run::documents::Document;
use crate::corpus::run::measure::Limits;
use results::Results;
use xtask::say;

/// The arguments of `cargo xtask exam`.
#[derive(Args, Debug)]
pub struct Exam {
    /// The documents to examine.
    #[arg(value_name = "DOCUMENT", required_unless_present_any = ["corpus", "suite"])]
    documents: Vec<PathBuf>,
    /// Examine the documents of the corpus, each in a separate process.
    #[arg(long, conflicts_with = "documents")]
    corpus: bool,
    /// Examine only this number of documents of the corpus.
    #[arg(long, value_name = "N", requires = "corpus")]
    sample: Option<usize>,
    /// Compile the crates as well, and compare what they do with the predictions.
    #[arg(long)]
    compile: bool,
    /// The seed by which the documents of a sample are drawn.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Write a summary in Markdown to this file.
    #[arg(long, value_name = "FILE")]
    summary: Option<PathBuf>,
    /// The number of values, in percent of the usual one.
    #[arg(long, value_name = "PERCENT", default_value_t = 100)]
    values: usize,
    /// Check the valid instances of this folder of JSON Schema's test suite, such as `tests/draft2020-12`.
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["documents", "corpus"])]
    suite: Option<PathBuf>,
    /// Print the results as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    limits: Limits,
}

/// Examines documents and prints a report.
///
/// # Errors
///
/// If a document can't be read, or the summary can't be written.
pub fn exam(root: &Path, exam: &Exam) -> Result<(), String> {
    if let Some(folder) = &exam.suite {
        say(suite::run(folder)?);
        return Ok(());
    }
    let mut all = Results::default();
    if exam.compile {
        let documents =
            if exam.corpus { corpus::sample(root, (exam.sample, exam.seed))? } else { named(&exam.documents) };
        all = compiled::compile(root, &documents, exam.values)?;
    } else if exam.corpus {
        let (results, milliseconds, peak) = corpus::corpus(root, (exam.sample, exam.seed), exam.values)?;
        all = results;
        eprintln!("{} s of processor time, at most {} MB in one process", milliseconds / 1_000, peak >> 20);
    } else {
        // Other processes must not decide whether a document is examined, so that only processor time is limited.
        exam.limits.bound();
        for file in &exam.documents {
            all.merge(document(file, exam.values)?);
        }
    }
    if let Some(file) = &exam.summary {
        let text = report::markdown(&all);
        write(file, &text).map_err(|error| format!("`{}` can't be written: {error}", file.display()))?;
    }
    if exam.json {
        say(serde_json::to_string(&all).map_err(|error| error.to_string())?);
    } else {
        say(report::text(&all).trim_end());
    }
    Ok(())
}

/// A value that was made from a schema and that the validator accepts.
#[derive(Clone, Debug)]
pub struct Made {
    /// The place of the schema.
    pub place: String,
    /// The kind of the case, such as `number-limit`.
    pub kind: String,
    /// The value as JSON.
    pub value: String,
    /// The result, such as `equal`.
    pub outcome: String,
}

/// Examines a document, and returns all valid values with their results.
#[must_use]
pub fn examine_source(source: &Source, loader: &dyn Loader) -> Vec<Made> {
    let mut made = Vec::new();
    examine::examine(&source.path, source, loader, 100, &mut |valid| {
        made.push(Made {
            place: valid.place.to_owned(),
            kind: report::name(&valid.kind),
            value: valid.text.to_owned(),
            outcome: report::name(&valid.outcome),
        });
    });
    made
}

/// The values that a program builds with the constructors and setters of emitted code, judged by the validator.
#[derive(Clone, Debug)]
pub struct Constructed {
    /// The number of values.
    pub values: usize,
    /// The number of values that several branches of a `oneOf` admit.
    pub ambiguous: usize,
    /// The other values that the validator refuses, each with its document, its place and the arguments.
    pub refused: Vec<String>,
}

/// Builds values of the schemas in requests of a document with the constructors and setters of emitted code. The arguments are
/// parts of made values that the validator accepts.
///
/// # Errors
///
/// If the document can't be read.
pub fn construct(file: &Path) -> Result<Constructed, String> {
    let constructed::Constructed { values, ambiguous, refused } = document(file, 8)?.constructed;
    Ok(Constructed { values, ambiguous, refused })
}

/// Returns the documents that the command line names.
fn named(files: &[PathBuf]) -> Vec<Document> {
    let document = |file: &PathBuf| Document { file: file.clone(), name: file.display().to_string(), bytes: 0 };
    files.iter().map(document).collect()
}

/// Examines one document.
fn document(file: &Path, values: usize) -> Result<Results, String> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let source = read(file, &name).map_err(|problem| problem.message)?;
    Ok(examine::examine(&name, &source, &Folder::of(file), values, &mut |_| {}))
}
