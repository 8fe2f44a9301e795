//! Crates that are too large as a whole, checked one feature at a time, as their users would have them.

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
use super::workers::each;

const MOST_ERRORS: usize = 3;

/// Lets Cargo check one feature, and repeats what it told rustc for each of the others: Cargo itself would do one after
/// the other.
pub(super) fn by_feature(
    context: &Context<'_>,
    folder: &Path,
    member: &Member<'_>,
    bar: &ProgressBar,
) -> Result<Check, String> {
    let package = member.document.package();
    let manifest = fs::read_to_string(folder.join("crates").join(&package).join("Cargo.toml"));
    let manifest = manifest.map_err(|error| format!("the manifest of {package} can't be read: {error}"))?;
    let features: Vec<&str> = manifest.lines().filter_map(|line| line.strip_suffix(" = []")).collect();
    let Some(first) = features.first() else { return Err(format!("{package} has no features")) };
    let words = ["check", "--package", &package, "--no-default-features", "--features", first];
    let (said, done) = cargo(context, folder, &words.map(str::to_owned), &mut |_| {})?;
    let mut check = Check { passed: true, features: features.len(), ..Check::default() };
    let one = said.get(&package).cloned().unwrap_or_default();
    add(&mut check, first, &one, done.status.success(), &fate(&done));
    let Some(words) = command(&folder.join("measured").join(format!("{package}{COMMAND}"))) else { return Ok(check) };
    let others = features.get(1..).unwrap_or_default();
    let work = |feature: &&str| repeated(folder, &words, (first, feature));
    let mut at = 1;
    each(others, context.jobs, &work, &mut |feature, done| {
        at += 1;
        bar.set_message(format!("{} {at}/{} {feature}", member.document.name, features.len()));
        let (said, succeeded, fate) = done?;
        add(&mut check, feature, &said, succeeded, &fate);
        Ok(())
    })?;
    Ok(check)
}

fn add(check: &mut Check, feature: &str, said: &Said, succeeded: bool, fate: &str) {
    let Taken { milliseconds, peak } = said.taken;
    check.taken.milliseconds += milliseconds;
    check.taken.peak = check.taken.peak.max(peak);
    check.warnings += said.warnings;
    if !succeeded {
        check.passed = false;
        if check.errors.len() < MOST_ERRORS {
            check.errors.push(format!("{feature}: {}", said.errors.first().map_or(fate, String::as_str)));
        }
    }
}

/// The words with which Cargo has run rustc.
fn command(file: &Path) -> Option<Vec<String>> {
    serde_json::from_str(&fs::read_to_string(file).ok()?).ok()
}

/// Runs the same rustc for another feature; what it writes is gone afterwards.
fn repeated(folder: &Path, words: &[String], (first, feature): (&str, &str)) -> Result<(Said, bool, String), String> {
    let out = folder.join("features").join(feature);
    let wrong = |error| format!("rustc can't be run: {error}");
    fs::create_dir_all(&out).map_err(wrong)?;
    let (mut arguments, mut is_out) = (Vec::new(), false);
    for word in words {
        let word = if is_out { out.display().to_string() } else { word.clone() };
        is_out = word == "--out-dir";
        let named = format!("feature=\"{first}\"");
        arguments.push(if word == named { format!("feature=\"{feature}\"") } else { word });
    }
    let Some((program, arguments)) = arguments.split_first() else { return Err(String::from("rustc has no name")) };
    let Limits { seconds, memory } = LIMITS;
    let mut guarded = Command::new(std::env::current_exe().map_err(wrong)?);
    guarded.args(["corpus", "guard", "--seconds", &seconds.to_string(), "--memory", &memory.to_string()]);
    guarded.arg(program).arg("--").args(arguments).current_dir(folder);
    let done = measure::run(&mut guarded).map_err(wrong)?;
    // Nothing refers to it, and hundreds of them would fill a disk.
    let _ = fs::remove_dir_all(&out);
    let mut said = Said { taken: done.taken, ..Said::default() };
    for message in done.stderr.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        heard(&mut said, &message);
    }
    Ok((said, done.status.success(), fate(&done)))
}
