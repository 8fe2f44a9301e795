//! Compiles and tests the generated crates of a corpus run.

use std::collections::BTreeMap;
use std::path::Path;

use indicatif::ProgressBar;

use super::batches::{Member, batched, clean, write_workspace};
use super::cargo::{Said, cargo};
use super::documents::Document;
use super::features::by_feature;
use super::measure::fate;
use super::row::{Check, Row, Test};
use super::state::State;
use super::workers::bar;
use super::{Context, tests};

/// The results for one crate.
pub(super) type Found = (Check, Option<Test>);

/// Checks and tests the crates without a stored result, and adds the results to the rows.
///
/// # Errors
///
/// If Cargo can't be run, or a result can't be stored.
pub(super) fn all(
    context: &Context<'_>,
    documents: &[Document],
    rows: &mut [Row],
    state: &mut State,
) -> Result<(), String> {
    let stage = if context.run.test { "test" } else { "check" };
    let documents: BTreeMap<&str, &Document> =
        documents.iter().map(|document| (document.name.as_str(), document)).collect();
    let mut found: BTreeMap<String, Found> = BTreeMap::new();
    let mut waiting = Vec::new();
    for row in rows.iter().filter(|row| row.is_generated()) {
        match (state.get::<Found>(&key(stage, row)), documents.get(row.document.as_str())) {
            (Some(known), _) => drop(found.insert(row.document.clone(), known)),
            (None, Some(document)) => waiting.push(Member::new(document, row)),
            (None, None) => {}
        }
    }
    let bar = bar(stage, found.len() + waiting.len());
    bar.inc(u64::try_from(found.len()).unwrap_or_default());
    let digests: BTreeMap<&str, String> = rows.iter().map(|row| (row.document.as_str(), key(stage, row))).collect();
    let (large, others): (Vec<_>, Vec<_>) = waiting.into_iter().partition(Member::is_large);
    let batches = batched(others).into_iter().chain(large.into_iter().map(|member| vec![member]));
    for batch in batches {
        for (name, one) in compiled(context, &batch, state, &bar)? {
            // Failures are not stored, so that the next run tries them again.
            let holds = one.0.passed && one.1.as_ref().is_none_or(|test| test.failed.is_empty());
            if let Some(key) = digests.get(name.as_str()).filter(|_| holds) {
                state.put(key, &one)?;
            }
            found.insert(name, one);
        }
        bar.set_position(u64::try_from(found.len()).unwrap_or_default());
        if bar.is_hidden() {
            // Without a terminal, the log reports the progress.
            let (at, all) = (bar.position(), bar.length().unwrap_or_default());
            eprintln!("{stage}: {at} of {all} crates after {} s", bar.elapsed().as_secs());
        }
    }
    clean(context);
    bar.finish_and_clear();
    for row in rows {
        if let Some((check, test)) = found.remove(&row.document) {
            (row.check, row.test) = (Some(check), test);
        }
    }
    Ok(())
}

/// Returns the key of a crate's stored result. It contains the digest of the generated files: a changed generator that
/// emits the same files needs no new check.
fn key(stage: &str, row: &Row) -> String {
    format!("{stage} {} {}", row.document, row.digest)
}

/// Compiles the crates of a batch. A failure is stored with its crate; the other crates continue.
fn compiled(
    context: &Context<'_>,
    batch: &[Member<'_>],
    state: &mut State,
    bar: &ProgressBar,
) -> Result<Vec<(String, Found)>, String> {
    let (folder, unwritten) = write_workspace(context, batch)?;
    let mut found: Vec<(String, Found)> =
        unwritten.iter().map(|(member, error)| failed(member, error.clone())).collect();
    let is_written =
        |member: &&Member<'_>| unwritten.iter().all(|(other, _)| other.document.name != member.document.name);
    let written: Vec<Member<'_>> = batch.iter().filter(is_written).copied().collect();
    match written.as_slice() {
        [] => {}
        [member] if member.is_large() => found.push(match large(context, &folder, member, state, bar) {
            Ok(found) => (member.document.name.clone(), found),
            Err(error) => failed(member, error),
        }),
        members => found.extend(together(context, &folder, members, state, bar)?),
    }
    Ok(found)
}

/// Compiles a crate that is too large as a whole: its library some features at a time, then its tests with all
/// features.
fn large(
    context: &Context<'_>,
    folder: &Path,
    member: &Member<'_>,
    state: &mut State,
    bar: &ProgressBar,
) -> Result<Found, String> {
    let check = by_feature(context, folder, member, state, bar)?;
    if !context.run.test || member.tests == 0 {
        return Ok((check, None));
    }
    let package = member.document.package();
    let words =
        ["build", "--test", "round_trips", "--package", &package, "--no-default-features", "--features", "full"];
    let (found, done) = cargo(context, folder, &words.map(str::to_owned), &mut |_| {})?;
    let mut said = found.get(&package).cloned().unwrap_or_default();
    if said.tests.is_none() && said.errors.is_empty() {
        said.errors.push(format!("rustc printed no result: {}", fate(&done)));
    }
    Ok((check, tests::tested(context, &said)))
}

fn failed(member: &Member<'_>, error: String) -> (String, Found) {
    (member.document.name.clone(), (Check { errors: vec![error], ..Check::default() }, None))
}

/// Compiles the crates of one workspace with Cargo. If Cargo compiles none of them, it tries each half of them.
fn together(
    context: &Context<'_>,
    folder: &Path,
    batch: &[Member<'_>],
    state: &mut State,
    bar: &ProgressBar,
) -> Result<Vec<(String, Found)>, String> {
    let mut said: BTreeMap<String, Said> = BTreeMap::new();
    let has_tests = |member: &&Member<'_>| context.run.test && member.tests > 0;
    let (tested, checked): (Vec<&Member<'_>>, Vec<&Member<'_>>) = batch.iter().partition(has_tests);
    for (members, command) in [(tested, ["build", "--test", "round_trips"].as_slice()), (checked, &["check"])] {
        if members.is_empty() {
            continue;
        }
        let packages = members.iter().flat_map(|member| [String::from("--package"), member.document.package()]);
        let arguments: Vec<String> = command.iter().map(|word| (*word).to_owned()).chain(packages).collect();
        let mut built = |package: &str| {
            let document = members.iter().find(|member| member.document.package() == package);
            bar.set_message(document.map(|member| member.document.name.clone()).unwrap_or_default());
        };
        let (found, done) = cargo(context, folder, &arguments, &mut built)?;
        if found.is_empty() && !done.status.success() {
            // Cargo refused the whole workspace: smaller workspaces isolate the cause.
            let [member] = batch else { return halves(context, batch, state, bar) };
            return Ok(vec![failed(member, done.stderr)]);
        }
        for member in members {
            let mut one = found.get(&member.document.package()).cloned().unwrap_or_default();
            if !one.library && one.errors.is_empty() {
                one.errors.push(format!("rustc printed no result: {}", fate(&done)));
            }
            said.insert(member.document.name.clone(), one);
        }
    }
    tests::all(context, said)
}

fn halves(
    context: &Context<'_>,
    batch: &[Member<'_>],
    state: &mut State,
    bar: &ProgressBar,
) -> Result<Vec<(String, Found)>, String> {
    let (one, other) = batch.split_at(batch.len() / 2);
    let mut found = compiled(context, one, state, bar)?;
    found.extend(compiled(context, other, state, bar)?);
    Ok(found)
}
