//! `cargo xtask events`: generates the webhook events that an app can subscribe to, from GitHub's OpenAPI document.

mod overlay;
mod table;

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;
use octogen::command::evidence::evidence;
use octogen::command::plan::{self, Change, Wanted, apply, changes};
use octogen::command::report;
use octogen::files::read;
use octogen::source::{NoFiles, Source};
use octogen::{Evidence, ExampleFunctions, Options, Output, Selector, generate};

use self::overlay::Overlay;
use crate::corpus;
use xtask::say;

/// The generated folder, and the other sources of the events.
const FOLDER: &str = "generated/src/events";
const OWN: &str = "spec/apps.yaml";
const OVERLAY: &str = "spec/events/overlay.yaml";
const TABLE: &str = "generated/src/event/table.rs";

/// The path of GitHub's OpenAPI document under `target/corpus`, and its name in the output.
const DESCRIPTION: &str = "openapi/generated/api.github.com.json";
const ORIGIN: &str = "npm @octokit/openapi and spec/events/overlay.yaml";

/// The folders of the packages that the command fetches.
const PACKAGES: [&str; 2] = ["openapi", "webhooks-examples"];

/// Options of `cargo xtask events`.
#[derive(Args, Debug)]
pub struct Events {
    /// Write nothing; fail and name the files that are not up to date.
    #[arg(long)]
    check: bool,
}

/// Fetches GitHub's OpenAPI document and its recorded deliveries, generates the events, and decodes each delivery as an
/// event.
///
/// # Errors
///
/// If a package can't be downloaded, the overlay lacks an event, nothing is generated, a file is not up to date, or a
/// delivery differs after a round trip. With `check`, a package that can't be downloaded is only reported.
pub fn events(root: &Path, events: &Events) -> Result<(), String> {
    match corpus::bring(root, &PACKAGES) {
        Err(why) if events.check => {
            say(format!("the events were not checked: {}", why.lines().next().unwrap_or_default()));
            return Ok(());
        }
        brought => brought?,
    }
    let wanted = wanted(root)?;
    let changes = changes(root, &wanted);
    if events.check {
        for change in &changes {
            say(plan::describe_change(change));
        }
        if !changes.is_empty() {
            return Err(format!("{} files are not up to date; run `cargo xtask events`", changes.len()));
        }
    } else {
        apply(root, &wanted, &changes)?;
        let deleted = changes.iter().filter(|(_, change)| *change == Change::Orphaned).count();
        say(format!("{} files, {} written, {deleted} deleted", wanted.files.len(), changes.len() - deleted));
    }
    proven(root)
}

/// Generates the types of the events and the table of their names.
fn wanted(root: &Path) -> Result<Wanted, String> {
    let failed = |problem: octogen::diagnostic::Diagnostic| problem.message;
    let description = read(&corpus::folder(root).join(DESCRIPTION), ORIGIN).map_err(failed)?;
    let source = read(&root.join(OVERLAY), OVERLAY).map_err(failed)?;
    let overlay = overlay::read(&source)?;
    let own = overlay::own(&read(&root.join(OWN), OWN).map_err(failed)?)?;
    overlay::covers(&overlay, &own, &description)?;
    let recorded = recorded(root, &overlay)?;
    say(format!("{} events, {} recorded deliveries of them", overlay.events.len(), recorded.recorded.len()));
    let output = generated(&description, source, recorded)?;
    let files = output.library.into_iter().map(|file| (Path::new(FOLDER).join(file.path), file.text));
    let table = (PathBuf::from(TABLE), table::text(&overlay, OVERLAY));
    Ok(Wanted { files: files.chain([table]).collect(), owned: [PathBuf::from(FOLDER)].into() })
}

/// Returns the recorded deliveries of these events. Events about the app itself are excluded, since they are in
/// `spec/`.
fn recorded(root: &Path, overlay: &Overlay) -> Result<Evidence, String> {
    let mut found = evidence(&[corpus::payloads(root)?])?;
    let is_wanted = |path: &str| path.split_once('/').is_some_and(|(name, _)| overlay.has(name));
    found.recorded.retain(|one| is_wanted(&one.path));
    Ok(found)
}

fn generated(description: &Source, overlay: Source, evidence: Evidence) -> Result<Output, String> {
    let options = Options {
        style: xtask::codegen::STYLE,
        mount: String::from("crate::events"),
        outside: String::from("github_apps::events"),
        only: vec![Selector::Tag(String::from("events"))],
        evidence,
        examples: ExampleFunctions::Feature(String::from("examples")),
        // Clients only receive these types, so few programs write the name of a nested type.
        place_names: false,
        overlays: vec![overlay],
        ..Options::default()
    };
    let generated = generate(description, &NoFiles, &options);
    let has_failed = generated.output.is_none();
    report::diagnostics(&generated.diagnostics, description, &options.overlays, &NoFiles, has_failed);
    generated.output.ok_or_else(|| String::from("nothing was written"))
}

/// Decodes each recorded delivery as an event, in a test of the package `tests`. The test is compiled first, so that
/// the error names the failed step. With `--workspace`, cargo selects the features that `cargo test --workspace` has
/// compiled already.
fn proven(root: &Path) -> Result<(), String> {
    let deliveries = corpus::payloads(root)?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let test = |arguments: &[&str], failed: &str| {
        let done = Command::new(&cargo)
            .args(["test", "--quiet", "--workspace", "--features", "tests/events", "--test", "deliveries"])
            .args(arguments)
            .env("DELIVERIES", &deliveries)
            .current_dir(root)
            .status()
            .map_err(|error| format!("cargo can't be run: {error}"))?;
        if done.success() { Ok(()) } else { Err(String::from(failed)) }
    };
    test(&["--no-run"], "the test that reads the recorded deliveries can't be built")?;
    test(&["--", "--nocapture"], "not every delivery came back as it was")
}
