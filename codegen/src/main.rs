//! The binary `octogen`, which generates a stand-alone crate from an OpenAPI document.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use octogen::command::{CrateArguments, DiagnosticArguments, check_crate, explain, try_document, write_crate};
use octogen::diagnostic::Code;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Generates Rust from OpenAPI: models, operations and tests.
#[derive(Debug, Parser)]
#[command(name = "octogen", version, max_term_width = 80)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
#[command(override_usage = "octogen --spec <FILE> --out <DIR> [OPTIONS]
       octogen try <FILE>
       octogen explain [CODE]")]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    arguments: Option<CrateArguments>,
    #[command(flatten)]
    diagnostics: DiagnosticArguments,
    /// Write nothing, and fail if a file is not up to date.
    #[arg(long)]
    check: bool,
}

/// The arguments of the default command.
#[derive(Args, Debug)]
struct Generate {
    #[command(flatten)]
    arguments: CrateArguments,
    #[command(flatten)]
    diagnostics: DiagnosticArguments,
    /// Write nothing, and fail if a file is not up to date.
    #[arg(long)]
    check: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Generate a crate (the default command).
    #[command(visible_alias = "codegen")]
    Generate(Box<Generate>),
    /// Generate in memory and print the diagnostics; write nothing.
    Try {
        /// The OpenAPI document, as YAML or JSON.
        file: PathBuf,
        /// The folder that contains all files of the document.
        ///
        /// No file outside this folder is read. A reference to one is a warning.
        ///
        /// [default: the folder of the document]
        #[arg(long, value_name = "DIR")]
        root: Option<PathBuf>,
        #[command(flatten)]
        diagnostics: DiagnosticArguments,
    },
    /// Print the meaning, an example and the remedy of a diagnostic's code.
    Explain {
        /// The code, such as `unknown-key`. Without it, all codes are listed.
        code: Option<Code>,
    },
}

fn main() -> ExitCode {
    let Arguments { command, arguments, diagnostics, check } = Arguments::parse();
    let default = arguments.map(|arguments| Command::Generate(Box::new(Generate { arguments, diagnostics, check })));
    let done = match command.or(default) {
        Some(Command::Generate(asked)) => generate(*asked),
        Some(Command::Try { file, root, diagnostics }) => try_document(&file, root.as_deref(), &diagnostics),
        Some(Command::Explain { code }) => {
            print!("{}", explain(code));
            Ok(())
        }
        None => Err(String::from("no document is given; see `octogen --help`")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn generate(Generate { arguments, diagnostics, check }: Generate) -> Result<(), String> {
    let arguments = CrateArguments { diagnostics, ..arguments };
    if check { check_crate(&arguments) } else { write_crate(&arguments) }
}
