//! The command line of the workshop; `cargo xtask corpus` and its siblings start it.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use workshop::{bench, corpus, events, soak};

/// Large tools for maintainers.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", max_term_width = 80)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Fetch and run real documents and recorded payloads, kept under `target/corpus`.
    #[command(subcommand)]
    Corpus(corpus::Corpus),
    /// Generate the events that an app can subscribe to, from GitHub's description, and read its recorded deliveries.
    Events(events::Events),
    /// Run a client against a server with random faults: no request is lost or sent twice, and memory stays flat.
    Soak(soak::Soak),
    /// Measure the generator and its output beside other generators; writes `codegen/docs/benchmarks.md`.
    Bench(bench::Bench),
}

fn main() -> ExitCode {
    if let Some(code) = corpus::as_rustc() {
        return code;
    }
    let root = xtask::root();
    let done = match Arguments::parse().command {
        Command::Corpus(command) => corpus::command(&root, &command),
        Command::Events(events) => events::events(&root, &events),
        Command::Soak(soak) => soak::soak(&root, &soak),
        Command::Bench(bench) => bench::bench(&root, &bench),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
