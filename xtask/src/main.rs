//! The command line of `cargo xtask`, which contains this workspace's maintenance commands.

use std::path::{Path, PathBuf};
use std::process::{self, ExitCode};

use clap::{Args, Parser, Subcommand};
use octogen::command::{CrateArguments, DiagnosticArguments, check_crate, try_document, write_crate};
use xtask::{codegen, root};

/// The commands of this workspace.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", max_term_width = 80)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Generate the Rust modules from the documents under `spec/`, or with `--spec` and `--out` a stand-alone crate.
    #[command(override_usage = "cargo xtask codegen [--check]
       cargo xtask codegen --spec <FILE> --out <DIR> [OPTIONS]")]
    Codegen(Box<Codegen>),
    /// Run one document through the generator and print the diagnostics; write nothing.
    Try {
        /// The OpenAPI document to read.
        file: PathBuf,
        /// The folder that contains every file that the document refers to; by default the document's own folder.
        #[arg(long, value_name = "DIR")]
        root: Option<PathBuf>,
        #[command(flatten)]
        diagnostics: DiagnosticArguments,
    },
    /// Fetch published documents and recorded payloads into `target/corpus`, and generate from them.
    #[command(disable_help_flag = true)]
    Corpus(Forwarded),
    /// Generate the webhook events that an app can subscribe to, and decode GitHub's recorded deliveries.
    #[command(disable_help_flag = true)]
    Events(Forwarded),
    /// Make values from the schemas of documents, and check that each comes back as the type that it is.
    #[command(disable_help_flag = true)]
    Exam(Forwarded),
    /// Run the soak test: a client against a server with random faults.
    #[command(disable_help_flag = true)]
    Soak(Forwarded),
    /// Compare the speed of octogen and its output with other generators; update `codegen/docs/benchmarks.md`.
    #[command(disable_help_flag = true)]
    Bench(Forwarded),
}

/// The arguments of `cargo xtask codegen`. Without `--spec` and `--out`, it generates this workspace's own modules.
#[derive(Args, Debug)]
#[command(mut_arg("spec", |spec| spec.required(false).requires("out")))]
#[command(mut_arg("out", |out| out.required(false).requires("spec")))]
#[command(mut_arg("deny", |deny| deny.requires("spec")), mut_arg("allow", |allow| allow.requires("spec")))]
#[command(mut_arg("verbose", |verbose| verbose.requires("spec")), mut_arg("format", |format| format.requires("spec")))]
struct Codegen {
    #[command(flatten)]
    arguments: Option<CrateArguments>,
    #[command(flatten)]
    diagnostics: DiagnosticArguments,
    /// Write nothing; fail and name the files that are not up to date.
    #[arg(long)]
    check: bool,
}

/// The arguments of a command of the package `workshop`.
#[derive(Args, Debug)]
struct Forwarded {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

fn main() -> ExitCode {
    let root = root();
    let done = match Arguments::parse().command {
        Command::Codegen(asked) => generate(&root, *asked),
        Command::Try { file, root, diagnostics } => try_document(&file, root.as_deref(), &diagnostics),
        Command::Corpus(forwarded) => return forward(&root, "corpus", &forwarded),
        Command::Events(forwarded) => return forward(&root, "events", &forwarded),
        Command::Exam(forwarded) => return forward(&root, "exam", &forwarded),
        Command::Soak(forwarded) => return forward(&root, "soak", &forwarded),
        Command::Bench(forwarded) => return forward(&root, "bench", &forwarded),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

/// Generates the modules of this workspace, or a stand-alone crate.
fn generate(root: &Path, Codegen { arguments, diagnostics, check }: Codegen) -> Result<(), String> {
    match arguments.map(|arguments| CrateArguments { diagnostics, ..arguments }) {
        None if check => codegen::check(root),
        None => codegen::write(root),
        Some(arguments) if check => check_crate(&arguments),
        Some(arguments) => write_crate(&arguments),
    }
}

/// Builds the package `workshop` with optimisation and runs one of its commands.
fn forward(root: &Path, command: &str, forwarded: &Forwarded) -> ExitCode {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let features: &[&str] = if command == "exam" { &["--features", "exam"] } else { &[] };
    let status = process::Command::new(cargo)
        .args(["run", "--quiet", "--release", "--package", "workshop", "--manifest-path"])
        .arg(root.join("Cargo.toml"))
        .args(features)
        .args(["--", command])
        .args(&forwarded.arguments)
        .status();
    match status {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(status) => ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)),
        Err(error) => {
            eprintln!("error: cargo can't be run: {error}");
            ExitCode::FAILURE
        }
    }
}
