//! A shell in a checkout, which keeps its folder and its variables from one block of commands to the next.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub struct Shell {
    /// All that is written is below it.
    base: PathBuf,
    state: PathBuf,
    /// The current folder.
    folder: PathBuf,
}

impl Shell {
    /// In a checkout of its own, whose parts are those of this one.
    pub fn new(github: &str) -> Self {
        // Within this workspace, a new package would become a member of it.
        let base = std::env::temp_dir().join(format!("github-apps-guide-{}", std::process::id()));
        let folder = base.join("checkout");
        fs::create_dir_all(&folder).unwrap();
        for entry in fs::read_dir(xtask::root()).unwrap() {
            let name = entry.unwrap().file_name();
            if name != "target" && name != ".git" {
                symlink(xtask::root().join(&name), folder.join(&name)).unwrap();
            }
        }
        let state = base.join("state");
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().display().to_string();
        let variables = [
            ("CARGO_NET_OFFLINE", "true"),
            ("CARGO_PROFILE_DEV_DEBUG", "0"),
            ("CARGO_TARGET_DIR", &target),
            ("CARGO_TERM_COLOR", "never"),
            ("GITHUB_SERVER_URL", github),
            ("GITHUB_API_URL", &format!("{github}/api/v3")),
        ];
        let exports: String = variables.iter().map(|(name, value)| format!("export {name}='{value}'\n")).collect();
        fs::write(&state, format!("cd '{}'\n{exports}", folder.display())).unwrap();
        Self { base, state, folder }
    }

    /// Runs commands and passes each line of their output to a function. If it returns `true`, the commands are stopped.
    pub fn run(&mut self, commands: &str, mut somebody: impl FnMut(&str) -> bool) -> String {
        let state = self.state.display();
        let script = format!("set -e\nsource '{state}'\n{commands}{{ echo \"cd '$PWD'\"; export -p; }} > '{state}'\n");
        let mut command = Command::new("bash");
        command
            .args(["-c", &script])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0);
        let mut child = command.spawn().unwrap();
        let mut errors = child.stderr.take().unwrap();
        let errors = std::thread::spawn(move || {
            let mut text = String::new();
            errors.read_to_string(&mut text).map(|_| text)
        });
        let (mut printed, mut is_enough) = (String::new(), false);
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            let line = line.unwrap();
            printed += &format!("{line}\n");
            if !is_enough && somebody(&line) {
                is_enough = true;
                let group = format!("-{}", child.id());
                assert!(Command::new("kill").args(["-TERM", "--", &group]).status().unwrap().success());
            }
        }
        let status = child.wait().unwrap();
        let errors = errors.join().unwrap().unwrap();
        assert!(status.success() || is_enough, "{commands}{printed}{errors}");
        assert!(!errors.contains("warning"), "{commands}{errors}");
        self.enter();
        printed
    }

    /// Writes a file in the folder in which the shell is.
    pub fn write(&self, path: &str, text: &str) {
        // The dependencies have the versions of this repository.
        fs::copy(xtask::root().join("Cargo.lock"), self.folder.join("Cargo.lock")).unwrap();
        fs::write(self.folder.join(path), text).unwrap();
    }

    /// Whether only the owner of a file can read it.
    pub fn is_private(&self, path: &str) -> bool {
        fs::metadata(self.folder.join(path)).unwrap().permissions().mode() & 0o777 == 0o600
    }

    fn enter(&mut self) {
        let state = fs::read_to_string(&self.state).unwrap();
        let first = state.lines().next().unwrap();
        self.folder = PathBuf::from(first.trim_start_matches("cd '").trim_end_matches('\''));
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.base);
    }
}
