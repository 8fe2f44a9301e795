//! Cargo in a folder outside of this workspace: without a network, with the versions of this workspace.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

/// One command at a time: crates that share the target folder may share a runtime, and its documentation tests read what
/// another command may be writing.
static RUNNING: Mutex<()> = Mutex::new(());

/// A folder with a package.
#[derive(Clone, Copy, Debug)]
pub struct Cargo<'a> {
    /// The folder of the package.
    pub folder: &'a Path,
    /// The folder `CARGO_TARGET_TMPDIR` of the test; its parent has most of the compiled dependencies already.
    pub temporary: &'a Path,
}

impl Cargo<'_> {
    /// Runs cargo; returns its output.
    ///
    /// # Panics
    ///
    /// If the command fails or prints a warning.
    #[must_use]
    pub fn succeed(&self, arguments: &[&str]) -> String {
        let (passes, output) = self.run(arguments);
        let folder = self.folder.display();
        assert!(passes && !output.contains("warning"), "cargo {} in {folder}:\n{output}", arguments.join(" "));
        output
    }

    /// Runs cargo; returns whether it succeeded, and its output.
    ///
    /// # Panics
    ///
    /// If cargo can't be run.
    #[must_use]
    pub fn run(&self, arguments: &[&str]) -> (bool, String) {
        self.run_with(&[&["--offline"], arguments].concat())
    }

    /// Runs cargo with access to the network, which dependencies by git need; returns its output.
    ///
    /// # Panics
    ///
    /// If the command fails or prints a warning.
    #[must_use]
    pub fn succeed_online(&self, arguments: &[&str]) -> String {
        let (passes, output) = self.run_with(arguments);
        assert!(passes && !output.contains("warning"), "cargo {}:\n{output}", arguments.join(" "));
        output
    }

    fn run_with(&self, arguments: &[&str]) -> (bool, String) {
        let _running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
        let lock = self.folder.join("Cargo.lock");
        if !lock.exists() {
            let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package has a parent");
            fs::copy(workspace.join("Cargo.lock"), lock).expect("the folder is writable");
        }
        let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(arguments)
            .current_dir(self.folder)
            .env("CARGO_TARGET_DIR", self.temporary.parent().expect("it is in the target folder"))
            // The profile of this workspace, so that dependencies with the same features are not compiled again.
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("RUSTDOCFLAGS", "-D warnings")
            .output()
            .expect("cargo can be run");
        let texts = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        (output.status.success(), texts.concat())
    }
}
