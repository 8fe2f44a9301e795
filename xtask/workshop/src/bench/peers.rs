//! The other generators: their registries, versions and commands.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::child::{End, run};

/// Another generator, from the registry of its language.
pub(super) struct Peer {
    pub(super) name: &'static str,
    pub(super) version: &'static str,
    /// The registry to install the generator from.
    from: Registry,
    /// The command that generates; `{spec}`, `{out}` and `{peers}` are replaced by paths.
    pub(super) generate: &'static [&'static str],
}

enum Registry {
    Crates {
        package: &'static str,
    },
    /// A package of Python's registry, which contains the JAR file of a Java program.
    Python {
        package: &'static str,
    },
}

pub(super) const PEERS: [Peer; 5] = [
    Peer {
        name: "oas3-gen",
        version: "0.29.0",
        from: Registry::Crates { package: "oas3-gen" },
        generate: &["{peers}/bin/oas3-gen", "generate", "client-mod", "-i", "{spec}", "-o", "{out}/src"],
    },
    Peer {
        name: "ploidy",
        version: "0.15.0",
        from: Registry::Crates { package: "ploidy" },
        generate: &["{peers}/bin/ploidy", "generate", "rust", "{spec}", "-o", "{out}", "--name", "theirs"],
    },
    Peer {
        name: "openapi-to-rust",
        version: "0.23.0",
        from: Registry::Crates { package: "openapi-to-rust" },
        generate: &[
            "{peers}/bin/openapi-to-rust",
            "generate",
            "{spec}",
            "--output-dir",
            "{out}/src",
            "--module-name",
            "theirs",
        ],
    },
    Peer {
        name: "progenitor",
        version: "0.15.1",
        from: Registry::Crates { package: "cargo-progenitor" },
        generate: &[
            "{peers}/bin/cargo-progenitor",
            "progenitor",
            "-i",
            "{spec}",
            "-o",
            "{out}",
            "-n",
            "theirs",
            "-v",
            "0.1.0",
        ],
    },
    Peer {
        name: "openapi-generator",
        version: "7.26.0",
        from: Registry::Python { package: "openapi-generator-cli" },
        generate: &[
            "java",
            "-jar",
            "{peers}/python/openapi_generator_cli/openapi-generator.jar",
            "generate",
            "-g",
            "rust",
            "-i",
            "{spec}",
            "-o",
            "{out}",
            "--skip-validate-spec",
            "--package-name",
            "theirs",
        ],
    },
];

/// Returns the folder in which the other generators are installed.
pub(super) fn folder(root: &Path) -> PathBuf {
    root.join("target/peers")
}

impl Peer {
    /// Installs this version of the generator, unless it is already installed.
    pub(super) fn install(&self, root: &Path) -> Result<(), String> {
        let peers = folder(root);
        let stamp = peers.join(format!("{}-{}", self.name, self.version));
        if stamp.exists() {
            return Ok(());
        }
        println!("installing {} {}", self.name, self.version);
        let mut command = match self.from {
            Registry::Crates { package } => {
                let mut command = Command::new("cargo");
                command.args(["install", "--locked", "--root"]).arg(&peers);
                command.arg(format!("{package}@{}", self.version));
                command.env("CARGO_TARGET_DIR", peers.join("build"));
                command
            }
            Registry::Python { package } => {
                let mut command = Command::new("python3");
                command.args(["-m", "pip", "install", "--quiet", "--no-deps", "--upgrade", "--target"]);
                command.arg(peers.join("python")).arg(format!("{package}=={}", self.version));
                command
            }
        };
        let log = peers.join(format!("{}.log", self.name));
        match run(&mut command, &log, Duration::from_secs(1800))? {
            (End::Done, _) => std::fs::write(&stamp, "").map_err(|error| error.to_string()),
            _ => Err(format!("{} could not be installed; see `{}`", self.name, log.display())),
        }
    }

    /// Returns the command that generates from a document into a folder.
    pub(super) fn generate(&self, root: &Path, spec: &Path, out: &Path) -> Command {
        let filled = |word: &&str| {
            word.replace("{peers}", &folder(root).to_string_lossy())
                .replace("{spec}", &spec.to_string_lossy())
                .replace("{out}", &out.to_string_lossy())
        };
        let words: Vec<String> = self.generate.iter().map(filled).collect();
        let mut command = Command::new(words.first().map_or("", String::as_str));
        command.args(words.iter().skip(1));
        command
    }
}
