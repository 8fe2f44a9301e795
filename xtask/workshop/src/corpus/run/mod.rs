//! `cargo xtask corpus run`: generates from many documents and reports the results.

mod batches;
mod cargo;
mod compile;
pub(crate) mod documents;
mod features;
mod generate;
mod lock;
pub(crate) mod measure;
mod one;
mod page;
pub(crate) mod row;
mod siblings;
mod state;
mod summary;
mod table;
mod tests;
mod totals;
pub(crate) mod workers;

pub use cargo::as_rustc;
pub use one::{One, one};
pub use siblings::moved;
pub use tests::{Guard, guard};

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use clap::Args;
use octogen::files::write;

use documents::Document;
use measure::Limits;
use one::Wishes;
use row::Row;
use state::State;

use super::sha256;
use xtask::say;

/// Options of `cargo xtask corpus run`: the documents, and the checks of their crates.
#[derive(Args, Debug, Default)]
pub struct Run {
    /// Documents, or folders of documents; by default all that `corpus fetch` downloads.
    #[arg(value_name = "DIR|FILE")]
    pub what: Vec<PathBuf>,
    /// Run only the documents whose name contains this text; repeat it for more texts.
    #[arg(long, value_name = "TEXT")]
    pub only: Vec<String>,
    /// Run only every N-th document, in the order of their names.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub every: Option<u32>,
    /// Check each crate with rustc.
    #[arg(long)]
    pub check: bool,
    /// Compile and run the tests of each crate, which are its documented payloads.
    #[arg(long)]
    pub test: bool,
    #[command(flatten)]
    pub wishes: Wishes,
    /// The number of features to check together, if a crate is too large to check as a whole.
    #[arg(long, value_name = "N", default_value_t = 32)]
    pub together: usize,
    /// The number of parallel processes; by default one for each processor.
    #[arg(long)]
    pub jobs: Option<usize>,
    /// Discard the stored results of earlier runs.
    #[arg(long)]
    pub fresh: bool,
    /// Write a summary in Markdown to this file.
    #[arg(long, value_name = "FILE")]
    pub summary: Option<PathBuf>,
    #[command(flatten)]
    pub limits: Limits,
}

/// The values that all stages of a corpus run share.
struct Context<'a> {
    /// The folder of the crates, results and reports of all runs.
    folder: PathBuf,
    /// The runtime package that the generated crates depend on.
    runtime: PathBuf,
    /// The lock file for compiling the generated crates.
    lock: PathBuf,
    /// A copy of this program. The run continues with it even if the original is compiled again.
    program: PathBuf,
    /// The digest of this program. It changes with the generator, which the program contains.
    digest: String,
    run: &'a Run,
    jobs: usize,
}

impl Context<'_> {
    /// Returns the key under which the result for a document is stored.
    fn key(&self, stage: &str, document: &Document, digest: &str) -> String {
        let wishes = serde_json::to_string(&self.run.wishes).unwrap_or_default();
        let all = [stage, &document.name, digest, &self.digest, &wishes];
        sha256(all.join("\n").as_bytes())
    }
}

/// Generates from the documents, checks their crates, and writes the report.
///
/// # Errors
///
/// If a document is missing, a document that was named on the command line is refused, or octogen itself has a fault.
pub fn run(root: &Path, run: &Run) -> Result<(), String> {
    let documents = documents::find(root, run)?;
    if documents.is_empty() {
        return Err(String::from("no document was found"));
    }
    let folder = root.join("target/corpus-run");
    let _lock = lock::lock(&folder)?;
    let program = folder.join("program");
    let copied = std::env::current_exe().and_then(|this| fs::copy(this, &program)).and_then(|_| fs::read(&program));
    let digest = sha256(&copied.map_err(|error| format!("this program can't be copied: {error}"))?);
    let context = Context {
        folder,
        runtime: root.join("codegen/runtime"),
        lock: root.join("Cargo.lock"),
        jobs: run.jobs.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from)),
        program,
        digest,
        run,
    };
    let mut state = State::open(&context.folder.join("state.jsonl"), run.fresh)?;
    let mut rows = generate::all(&context, &documents, &mut state)?;
    if run.check || run.test {
        compile::all(&context, &documents, &mut rows, &mut state)?;
    }
    rows.sort_by(|one, other| one.document.cmp(&other.document));
    report(&context, root, &rows)?;
    let named: Vec<&Row> = rows.iter().filter(|row| !row.is_generated() && is_named(run, &row.document)).collect();
    let faults = rows.iter().filter(|row| row.is_fault()).count();
    match (faults, named.len()) {
        (0, 0) => Ok(()),
        (0, refused) => Err(format!("{refused} documents that were named are refused")),
        (faults, _) => Err(format!("octogen failed with {faults} documents")),
    }
}

/// Returns whether the command line names the document itself. If octogen refuses such a document, the run fails.
fn is_named(run: &Run, document: &str) -> bool {
    run.what.iter().any(|file| file.is_file() && file.to_string_lossy().replace('\\', "/").ends_with(document))
}

fn report(context: &Context<'_>, root: &Path, rows: &[Row]) -> Result<(), String> {
    let (json, page) = (context.folder.join("report.json"), context.folder.join("report.html"));
    let lines = rows.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>();
    let lines = lines.map_err(|error| error.to_string())?.join(",\n");
    let totals = totals::totals(rows);
    let mut files = vec![(json, format!("[\n{lines}\n]\n")), (page, page::page(rows, &totals))];
    files.extend(context.run.summary.iter().map(|file| (file.clone(), summary::summary(context.run, rows, &totals))));
    say(table::table(rows, &totals).trim_end());
    for (file, text) in files {
        write(&file, &text).map_err(|error| format!("`{}` can't be written: {error}", file.display()))?;
        say(file.strip_prefix(root).unwrap_or(&file).to_string_lossy());
    }
    Ok(())
}
