//! The rules: which room may import which, and what is said only at home.

/// What each room of the generator may import, a whole room or one item of it; `lib` is what `lib.rs` itself has.
/// `lib.rs` alone sees all of them.
pub(crate) const ROOMS: &[(&str, &[&str])] = &[
    ("diagnostic", &[]),
    ("source", &["diagnostic"]),
    ("document", &["diagnostic", "source"]),
    ("report", &["diagnostic", "document::locate_all", "source"]),
    ("ir", &["diagnostic"]),
    ("lower", &["document", "ir", "diagnostic"]),
    ("analyze", &["ir", "diagnostic"]),
    ("evidence", &["ir", "analyze", "diagnostic"]),
    ("coverage", &["ir", "analyze", "evidence", "diagnostic", "document::locate_all", "source"]),
    ("names", &["ir", "analyze", "diagnostic"]),
    ("emit", &["ir", "analyze", "names"]),
    ("format", &["emit"]),
    ("options", &["evidence", "lower::Selector", "package::Runtime", "source"]),
    ("output", &["diagnostic", "format", "coverage"]),
    ("package", &["format::GeneratedFile"]),
    ("files", &["diagnostic", "format::GeneratedFile", "source"]),
    ("command", &["diagnostic", "files", "lib", "package::Runtime", "report", "source"]),
];

/// Stands for the items of `lib.rs` itself.
pub(crate) const LIB: &str = "lib";

/// Something that code may say only in certain places.
pub(crate) struct Ban {
    /// Paths, as `std::fs`, and calls, as `.unwrap(` or `panic!`.
    pub(crate) what: &'static [&'static str],
    /// The folders and files in which it is banned.
    pub(crate) within: &'static [&'static str],
    /// Those among them that are its home.
    pub(crate) home: &'static [&'static str],
    pub(crate) why: &'static str,
}

pub(crate) const APP: &str = "generated/src/app/";
pub(crate) const MANIFEST: &str = "generated/src/manifest/";
pub(crate) const USER: &str = "generated/src/user/";
pub(crate) const GENERATOR: &str = "codegen/src/";
pub(crate) const RUNTIME: &str = "codegen/runtime/src/";
const EMIT: &str = "codegen/src/emit";
const NAMES: &str = "codegen/src/names";
const PARSERS: &str = "codegen/src/document/";
const COMMAND: &str = "codegen/src/command/";

pub(crate) const BANS: &[Ban] = &[
    Ban { what: &["serde_yaml"], within: &[GENERATOR], home: &[PARSERS], why: "YAML is read in `document`" },
    Ban { what: &["saphyr_parser"], within: &[GENERATOR], home: &[PARSERS], why: "places are found in `document`" },
    Ban {
        what: &["serde_json", "serde_json_path"],
        within: &[GENERATOR],
        home: &["codegen/src/document/overlay.rs"],
        why: "targets of overlays are looked up in `document`, and nothing else is read by serde_json",
    },
    Ban {
        what: &["strsim"],
        within: &[GENERATOR],
        home: &["codegen/src/document/nearest.rs"],
        why: "words are compared in `document`",
    },
    Ban { what: &["heck"], within: &[GENERATOR], home: &[NAMES], why: "words are cased in `names`" },
    Ban { what: &["quote"], within: &[GENERATOR], home: &[EMIT], why: "tokens are written in `emit`" },
    Ban {
        what: &["annotate_snippets"],
        within: &[GENERATOR],
        home: &["codegen/src/report/"],
        why: "excerpts are drawn in `report`",
    },
    Ban {
        what: &["reqwest"],
        within: &[RUNTIME],
        home: &["codegen/runtime/src/client/reqwest_transport.rs"],
        why: "the client knows services of tower",
    },
    Ban {
        what: &["std::fs"],
        within: &[GENERATOR, RUNTIME],
        home: &["codegen/src/files.rs", COMMAND],
        why: "only `files` and the command line touch files",
    },
    Ban {
        what: &["clap", "semver", "sha2"],
        within: &[GENERATOR],
        home: &[COMMAND, "codegen/src/main.rs"],
        why: "build scripts do without the command line",
    },
    Ban {
        what: &["format_ident!", "Ident::new", "Ident::new_raw", "quote::format_ident"],
        within: &[GENERATOR],
        home: &[NAMES],
        why: "an identifier that is not made in `names` skips the check for collisions",
    },
    Ban {
        what: &["HashMap", "HashSet"],
        within: &[EMIT, NAMES],
        home: &[],
        why: "its order would differ from run to run",
    },
    Ban {
        what: &[".unwrap(", "panic!", "todo!", "unimplemented!", "unreachable!"],
        within: &[GENERATOR, RUNTIME, APP, MANIFEST, USER],
        home: &[],
        why: "no input may end the process",
    },
    Ban {
        what: &["github_apps", "octogen", "include!"],
        within: &[RUNTIME],
        home: &[],
        why: "the runtime knows no crate that was generated, nor what generates it",
    },
];
