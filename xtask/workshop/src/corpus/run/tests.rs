//! Runs the tests of the generated crates, which check the documented payloads.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use clap::Args;

use super::Context;
use super::cargo::Said;
use super::compile::Found;
use super::measure::{self, Limits, fate};
use super::row::{Check, Test};
use super::workers::each;

/// The number of failed tests that are stored for one crate.
const MOST_FAILED: usize = 10;

/// Options of the command that runs a program with limits: the program, and its limits.
#[derive(Args, Debug)]
pub struct Guard {
    #[command(flatten)]
    limits: Limits,
    program: PathBuf,
    #[arg(last = true)]
    arguments: Vec<String>,
}

/// Runs a program with limits on time and memory.
///
/// # Errors
///
/// If the program can't be run, or fails.
pub fn guard(guard: &Guard) -> Result<(), String> {
    guard.limits.bound();
    let mut command = Command::new(&guard.program);
    command.args(&guard.arguments);
    started(&mut command)
}

#[cfg(unix)]
fn started(command: &mut Command) -> Result<(), String> {
    use std::os::unix::process::CommandExt;
    Err(format!("the program can't be run: {}", command.exec()))
}

#[cfg(not(unix))]
fn started(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|error| format!("the program can't be run: {error}"))?;
    std::process::exit(status.code().unwrap_or(1))
}

/// Runs the test binaries of all crates.
pub(super) fn all(context: &Context<'_>, said: BTreeMap<String, Said>) -> Result<Vec<(String, Found)>, String> {
    let said: Vec<(String, Said)> = said.into_iter().collect();
    let mut found = Vec::new();
    each(&said, context.jobs, &|(_, said)| tested(context, said), &mut |(name, said), test| {
        let passed = said.library && said.errors.is_empty();
        let (warnings, errors, taken) = (said.warnings, said.errors.clone(), said.taken);
        found.push((name.clone(), (Check { passed, warnings, errors, features: 0, taken }, test)));
        Ok(())
    })?;
    Ok(found)
}

/// Runs the test binaries of one crate.
pub(super) fn tested(context: &Context<'_>, said: &Said) -> Option<Test> {
    if !context.run.test {
        return None;
    }
    let Some(program) = &said.tests else {
        let failed = said.errors.iter().map(|_| String::from("the tests do not compile")).take(1).collect();
        return Some(Test { failed, ..Test::default() });
    };
    let limits = context.run.limits;
    let mut command = Command::new(&context.program);
    command.args(["corpus", "guard", "--seconds", &limits.seconds.to_string()]);
    command.args(["--memory", &limits.memory.to_string()]).arg(program);
    // The tests of one crate are short, so several crates are tested in parallel.
    command.args(["--", "--test-threads", "1"]);
    let done = match measure::run(&mut command) {
        Ok(done) => done,
        Err(error) => return Some(Test { failed: vec![error.to_string()], ..Test::default() }),
    };
    let mut test = Test { taken: done.taken, ..Test::default() };
    for line in done.stdout.lines().filter_map(|line| line.strip_prefix("test ")) {
        match line.rsplit_once(" ... ") {
            // Each value of a schema is a row of one of these tests, and no test of its own.
            Some(("values_of_schemas" | "values_made_from_schemas", "ok")) => test.tables += 1,
            Some((_, "ok")) => test.passed += 1,
            Some((name, "FAILED")) => test.failed.push(format!("{name}: {}", why(&done.stdout, name))),
            _ => {}
        }
    }
    if !done.status.success() && test.failed.is_empty() {
        test.failed.push(fate(&done));
    }
    test.failed.truncate(MOST_FAILED);
    Some(test)
}

/// Returns the output of a failed test.
fn why(stdout: &str, name: &str) -> String {
    let said = stdout.split(&format!("---- {name} stdout ----")).nth(1).unwrap_or_default();
    let lines = said.trim().lines().skip_while(|line| line.is_empty() || line.contains("panicked at"));
    lines
        .take_while(|line| !line.starts_with("note:") && !line.starts_with("----"))
        .take(3)
        .collect::<Vec<_>>()
        .join(" ")
}
