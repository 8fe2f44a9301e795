//! The command line of the package `workshop`. `cargo xtask corpus`, `events`, `exam`, `soak` and `bench` start it.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
#[cfg(feature = "exam")]
use workshop::exam;
use workshop::{bench, corpus, events, soak};

/// Corpus runs, benchmarks, event generation and the soak test.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", max_term_width = 80)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Fetch published documents and recorded payloads into `target/corpus`, and generate from them.
    #[command(subcommand)]
    Corpus(corpus::Corpus),
    /// Generate the webhook events that an app can subscribe to, and decode GitHub's recorded deliveries.
    Events(events::Events),
    /// Make values from the schemas of documents, and check that each comes back as the type that it is.
    #[cfg(feature = "exam")]
    Exam(exam::Exam),
    /// Run the soak test: a client against a server with random faults.
    Soak(soak::Soak),
    /// Compare the speed of octogen and its output with other generators; update `codegen/docs/benchmarks.md`.
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
        #[cfg(feature = "exam")]
        Command::Exam(exam) => exam::exam(&root, &exam),
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
