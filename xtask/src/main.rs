//! The command line of this workspace: `cargo xtask codegen`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use octogen::command::{CrateArguments, Format, check_crate, try_document, write_crate};
use xtask::{bench, codegen, corpus, cost, events, root, soak};

/// The commands of this workspace.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", max_term_width = 80)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Generate the Rust modules from the documents under `spec/`, or with `--spec` and `--out` a crate that stands alone.
    #[command(override_usage = "cargo xtask codegen [--check]
       cargo xtask codegen --spec <FILE> --out <DIR> [OPTIONS]")]
    // Without them it is this workspace that is generated.
    #[command(mut_arg("spec", |spec| spec.required(false).requires("out")))]
    #[command(mut_arg("out", |out| out.required(false).requires("spec")))]
    Codegen {
        #[command(flatten)]
        arguments: Option<CrateArguments>,
        /// Write nothing; fail and name the files that are not up to date.
        #[arg(long)]
        check: bool,
    },
    /// Run one document through the generator and say what came of it; write nothing.
    Try {
        /// The document.
        file: PathBuf,
        /// The folder that has all that the document refers to, where that is not its own.
        #[arg(long, value_name = "DIR")]
        root: Option<PathBuf>,
        /// How diagnostics are shown: to people on stderr, or one JSON object per line on stdout.
        #[arg(long, default_value = "text")]
        format: Format,
    },
    /// Real descriptions and recorded payloads, kept under `target/corpus`.
    #[command(subcommand)]
    Corpus(corpus::Corpus),
    /// Generate the events that an app can subscribe to, from GitHub's description, and read its recorded deliveries.
    Events(events::Events),
    /// Compare what emitted code costs with what the last change agreed to; fails where it has grown by over a tenth.
    Cost(cost::Cost),
    /// Leave a client running against a server with faults by chance: nothing lost, nothing done twice, memory flat.
    Soak(soak::Soak),
    /// Measure what the generator and its output cost, beside other generators; writes `codegen/BENCHMARKS.md`.
    Bench(bench::Bench),
}

fn main() -> ExitCode {
    if let Some(code) = corpus::as_rustc() {
        return code;
    }
    let root = root();
    let done = match Arguments::parse().command {
        Command::Codegen { arguments: None, check: false } => codegen::write(&root),
        Command::Codegen { arguments: None, check: true } => codegen::check(&root),
        Command::Codegen { arguments: Some(arguments), check: false } => write_crate(&arguments),
        Command::Codegen { arguments: Some(arguments), check: true } => check_crate(&arguments),
        Command::Try { file, root, format } => try_document(&file, root.as_deref(), format),
        Command::Corpus(asked) => corpus::command(&root, &asked),
        Command::Events(asked) => events::events(&root, &asked),
        Command::Cost(asked) => cost::cost(&root, &asked),
        Command::Soak(asked) => soak::soak(&root, &asked),
        Command::Bench(wanted) => bench::bench(&root, &wanted),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
