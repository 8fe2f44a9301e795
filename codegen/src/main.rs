//! The binary `octogen`: a stand-alone crate from any OpenAPI document.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use octogen::command::{CrateArguments, Format, check_crate, try_document, write_crate};

/// Rust from OpenAPI: models, operations, and a test for every documented payload.
#[derive(Debug, Parser)]
#[command(name = "octogen", version, max_term_width = 80)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write a crate that stands alone.
    Generate {
        #[command(flatten)]
        arguments: CrateArguments,
        /// Write nothing; fail and name the files that are not up to date.
        #[arg(long)]
        check: bool,
    },
    /// Run a document through the generator and say what came of it; write nothing.
    Try {
        /// The document.
        file: PathBuf,
        /// How diagnostics are shown: to people on stderr, or one JSON object per line on stdout.
        #[arg(long, default_value = "text")]
        format: Format,
    },
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Generate { arguments, check: false } => write_crate(&arguments),
        Command::Generate { arguments, check: true } => check_crate(&arguments),
        Command::Try { file, format } => try_document(&file, format),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
