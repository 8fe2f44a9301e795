//! `cargo xtask corpus sample`: generates, compiles and tests a few documents for `.ci/run`.

use std::path::{Path, PathBuf};

use super::packages::{BESIDE, DIRECTORY};
use super::run::{self, Run};
use super::{fetch, folder};
use xtask::say;

/// Documents of different kinds: 3.0 and 3.1, with many payloads and with none. [`BESIDE`] adds YAML and documents of
/// many files.
const SAMPLE: [&str; 10] = [
    "1password.com/events.json",
    "adyen.com/CheckoutService-v71.json",
    "amazonaws.com/sqs.json",
    "box.com.json",
    "googleapis.com/drive.json",
    "listennotes.com.json",
    "slack.com.json",
    "twilio.com/api.json",
    "vercel.com.json",
    "xkcd.com.json",
];

/// Returns the paths of the documents of the sample. They exist if the corpus has been downloaded.
#[must_use]
pub fn sample_documents(root: &Path) -> Vec<PathBuf> {
    let corpus = folder(root);
    let beside = BESIDE.iter().map(|path| corpus.join(path));
    SAMPLE.iter().map(|path| corpus.join(DIRECTORY).join(path)).chain(beside).collect()
}

/// Generates the sample and runs its tests. If the documents can't be downloaded, it prints one line and succeeds.
///
/// # Errors
///
/// If a document of the sample is refused, or one of its tests fails.
pub(super) fn run(root: &Path) -> Result<(), String> {
    let what = sample_documents(root);
    if !what.iter().all(|file| file.is_file())
        && let Err(why) = fetch::fetch(root)
    {
        say(format!("the sample of the corpus was not run: {}", why.lines().next().unwrap_or_default()));
        return Ok(());
    }
    run::run(root, &Run { what, check: true, test: true, ..Run::default() })
}
