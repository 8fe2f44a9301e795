//! Checks crates that are too large to compile as a whole, some features at a time.

use std::fs;
use std::path::Path;
use std::process::Command;

use indicatif::ProgressBar;
use serde_json::Value;

use super::Context;
use super::batches::Member;
use super::cargo::{COMMAND, LIMITS, Said, cargo, heard};
use super::measure::{self, Limits, Taken, fate};
use super::row::Check;
use super::state::State;
use super::workers::each;
use crate::corpus::sha256;

const MOST_ERRORS: usize = 3;

/// Checks the crate without features through Cargo, then repeats Cargo's rustc command with some features at a time.
/// Cargo itself would run the groups one after the other. The result of each finished group is stored.
///
/// # Errors
///
/// If a command can't be run, or a result can't be stored.
pub(super) fn by_feature(
    context: &Context<'_>,
    folder: &Path,
    member: &Member<'_>,
    state: &mut State,
    bar: &ProgressBar,
) -> Result<Check, String> {
    let package = member.document.package();
    let manifest = fs::read_to_string(folder.join("crates").join(&package).join("Cargo.toml"));
    let manifest = manifest.map_err(|error| format!("the manifest of {package} can't be read: {error}"))?;
    let features: Vec<&str> = manifest.lines().filter_map(|line| line.strip_suffix(" = []")).collect();
    let mut check = Check { passed: true, features: features.len(), ..Check::default() };
    let mut waiting = Vec::new();
    for group in features.chunks(context.run.together.max(1)) {
        let key = format!("features {} {} {}", member.document.name, member.digest, sha256(group.join(",").as_bytes()));
        match state.get::<(usize, Taken)>(&key) {
            Some((warnings, taken)) => {
                let said = Said { warnings, taken, ..Said::default() };
                add(&mut check, group, &Ok((said, true, String::new())));
            }
            None => waiting.push((group, key)),
        }
    }
    if waiting.is_empty() {
        return Ok(check);
    }
    let words = ["check", "--package", &package, "--no-default-features"];
    let (_, done) = cargo(context, folder, &words.map(str::to_owned), &mut |_| {})?;
    let file = folder.join("measured").join(format!("{package}{COMMAND}"));
    let words = command(&file).ok_or_else(|| format!("{package} was not given to rustc: {}", fate(&done)))?;
    let mut at = features.len() - waiting.iter().map(|(group, _)| group.len()).sum::<usize>();
    let work = |(group, key): &(&[&str], String)| repeated(context, folder, &words, group, key);
    each(&waiting, context.jobs, &work, &mut |(group, key), done| {
        at += group.len();
        bar.set_message(format!("{} {at} of {} features", member.document.name, features.len()));
        if let Ok((said, true, _)) = &done {
            state.put(key, &(said.warnings, said.taken))?;
        }
        add(&mut check, group, &done);
        Ok(())
    })?;
    Ok(check)
}

/// The result of a rustc run: its messages, whether it succeeded, and the reason if it failed.
type Ended = Result<(Said, bool, String), String>;

fn add(check: &mut Check, group: &[&str], ended: &Ended) {
    let why = match ended {
        Ok((said, succeeded, fate)) => {
            check.taken.milliseconds += said.taken.milliseconds;
            check.taken.peak = check.taken.peak.max(said.taken.peak);
            check.warnings += said.warnings;
            (!succeeded).then(|| said.errors.first().unwrap_or(fate))
        }
        Err(error) => Some(error),
    };
    if let Some(why) = why {
        check.passed = false;
        if check.errors.len() < MOST_ERRORS {
            check.errors.push(format!("{}: {why}", group.join(", ")));
        }
    }
}

/// Returns the arguments with which Cargo ran rustc.
fn command(file: &Path) -> Option<Vec<String>> {
    serde_json::from_str(&fs::read_to_string(file).ok()?).ok()
}

/// Runs the same rustc command with some features, and deletes its output.
fn repeated(context: &Context<'_>, folder: &Path, words: &[String], group: &[&str], key: &str) -> Ended {
    let out = folder.join("features").join(&sha256(key.as_bytes())[..10]);
    let wrong = |error| format!("rustc can't be run: {error}");
    fs::create_dir_all(&out).map_err(wrong)?;
    let (mut arguments, mut is_out) = (Vec::new(), false);
    for word in words {
        arguments.push(if is_out { out.display().to_string() } else { word.clone() });
        is_out = word == "--out-dir";
    }
    for feature in group {
        arguments.extend([String::from("--cfg"), format!("feature=\"{feature}\"")]);
    }
    let Some((program, arguments)) = arguments.split_first() else { return Err(String::from("rustc has no name")) };
    let Limits { seconds, memory } = LIMITS;
    let mut guarded = Command::new(&context.program);
    guarded.args(["corpus", "guard", "--seconds", &seconds.to_string(), "--memory", &memory.to_string()]);
    guarded.arg(program).arg("--").args(arguments).current_dir(folder);
    let done = measure::run(&mut guarded).map_err(wrong)?;
    // No other crate uses the output, and hundreds of outputs would fill a disk.
    let _ = fs::remove_dir_all(&out);
    let mut said = Said { taken: done.taken, ..Said::default() };
    for message in done.stderr.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        heard(&mut said, &message);
    }
    Ok((said, done.status.success(), fate(&done)))
}
