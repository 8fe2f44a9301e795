//! `cargo xtask corpus sample`: a few of the documents, for `.ci/run`.

use std::path::Path;

use super::packages::{BESIDE, DIRECTORY};
use super::run::{self, Run};
use super::{fetch, folder};
use xtask::say;

/// Documents of different kinds, 3.0 and 3.1, with many payloads and with none; YAML and many files come beside them.
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

/// Runs the sample with its tests; where the documents can't be had, it says so in one line.
///
/// # Errors
///
/// If a document of the sample is not generated, or a test of it fails.
pub(super) fn run(root: &Path) -> Result<(), String> {
    let corpus = folder(root);
    let beside = BESIDE.iter().map(|path| corpus.join(path));
    let what: Vec<_> = SAMPLE.iter().map(|path| corpus.join(DIRECTORY).join(path)).chain(beside).collect();
    if !what.iter().all(|file| file.is_file())
        && let Err(why) = fetch::fetch(root)
    {
        say(format!("the sample of the corpus was not run: {}", why.lines().next().unwrap_or_default()));
        return Ok(());
    }
    run::run(root, &Run { what, check: true, test: true, ..Run::default() })
}
