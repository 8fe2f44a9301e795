//! The files of a crate and the content of its manifest.

use std::collections::BTreeSet;
use std::fs;

use octogen::command::write_crate;
use octogen::source::{NoFiles, Source};
use octogen::{CrateOptions, generate_crate, is_package_name};
use octogen_runtime::sources::FILES;

use super::{arguments, folder, root, tree, written};

#[test]
fn the_runtime_travels_as_a_whole() {
    let runtime = root().join("codegen/runtime");
    let sources = tree(&runtime.join("src"));
    let sources = sources.iter().filter(|(_, text)| !text.is_empty()).map(|(path, _)| format!("src/{path}"));
    let others = ["Cargo.toml", "LICENSE-APACHE", "LICENSE-MIT", "README.md"].map(str::to_owned);
    let there: BTreeSet<String> = sources.chain(others).collect();
    let listed: BTreeSet<String> = FILES.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(listed, there, "`sources.rs` of the runtime lists other files than there are");
    for (path, text) in FILES {
        assert_eq!(fs::read_to_string(runtime.join(path)).ok().as_deref(), Some(*text), "{path}");
    }
}

#[test]
fn the_runtime_inherits_nothing_and_agrees_with_the_workspace() {
    let read = |path: &str| fs::read_to_string(root().join(path)).expect("readable");
    let (own, workspace) = (read("codegen/runtime/Cargo.toml"), read("Cargo.toml"));
    let interface = format!("interface = {}", octogen_runtime::INTERFACE);
    assert_eq!(section(&own, "[package.metadata.octogen]"), [interface]);
    let inherits = |line: &&str| !line.starts_with('#') && line.contains("workspace");
    assert_eq!(own.lines().find(inherits), None, "it would not stand alone");
    let (own_package, package) = (section(&own, "[package]"), section(&workspace, "[workspace.package]"));
    for line in package {
        assert!(own_package.contains(&line), "`{line}` of the workspace is not in the runtime's manifest");
    }
    let shared = section(&workspace, "[workspace.dependencies]");
    for line in [section(&own, "[dependencies]"), section(&own, "[dev-dependencies]")].concat() {
        let (name, wanted) = line.split_once(" = ").expect("a dependency");
        let other = shared.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = "));
        assert!(other.is_none_or(|other| version(other) == version(wanted)), "{name}: {wanted}, elsewhere {other:?}");
    }
    for line in section(&workspace, "[workspace.lints.clippy]") {
        assert!(section(&own, "[lints.clippy]").contains(&line), "{line}");
    }
}

/// The snapshot holds each file that people read, except the runtime. The texts of the library are in other snapshots.
#[test]
fn a_crate_is_what_its_snapshot_shows() {
    let out = folder("parts");
    let mut in_parts = arguments("zoo.yaml", &out);
    in_parts.features = true;
    write_crate(&in_parts).expect("the document has no error");
    snapshot("parts", &["Cargo.toml", "src/lib.rs"].map(|path| tree(&out)[path].clone()).join("\n────\n"));
    let out = folder("zoo");
    written("zoo.yaml", &out);
    let files = tree(&out);
    let names: Vec<&str> = files.keys().map(String::as_str).filter(|name| !name.starts_with("runtime/src")).collect();
    let mut text = names.join("\n");
    for path in ["Cargo.toml", "README.md", "src/lib.rs", "tests/round_trips.rs", "examples/round_trip/types.rs"] {
        text.push_str(&format!("\n──── {path} ────\n{}", files[path]));
    }
    snapshot("zoo", &text);
}

#[test]
fn the_manifest_says_what_the_command_line_said() {
    let out = folder("manifests");
    let cases: [(&str, Option<&str>, Option<&str>, bool); 8] = [
        ("by default", None, None, false),
        ("another name", Some("zoo_of-2"), None, false),
        ("a version", None, Some("^0.1, <0.3"), false),
        ("a version for a member", None, Some("0.1"), true),
        ("a folder", None, Some("codegen/runtime"), false),
        ("a folder for a member", None, Some("codegen/runtime"), true),
        ("a git address", None, Some("https://example.com/octogen.git#1a2b3c"), false),
        ("a member of a workspace that has a runtime", None, None, true),
    ];
    let mut manifests = String::new();
    for (case, name, runtime, member) in cases {
        let mut arguments = arguments("empty.json", &out);
        let there = runtime.map(|given| root().join(given)).filter(|path| path.exists());
        arguments.name = name.map(str::to_owned);
        arguments.runtime = there.map(|path| path.display().to_string()).or(runtime.map(str::to_owned));
        arguments.stand_alone = !member;
        write_crate(&arguments).unwrap_or_else(|error| panic!("{case}: {error}"));
        let text = fs::read_to_string(out.join("Cargo.toml")).expect("readable");
        let kept = |line: &&str| {
            ["name", "octogen_runtime =", "path", "[workspace", "members"].iter().any(|it| line.starts_with(it))
        };
        let lines: Vec<&str> = text.lines().filter(kept).collect();
        // The folder of the build may lie anywhere.
        let lines = lines.join("\n").replace(&up(&out), "UP");
        manifests.push_str(&format!("──── {case} ────\n{lines}\n"));
        assert_eq!(out.join("runtime/src/lib.rs").exists(), runtime.is_none() && !member, "{case}");
        assert_eq!(out.join(".gitignore").exists(), !member, "{case}");
    }
    snapshot("manifests", &manifests);
}

/// Titles, and the packages that they give.
const TITLES: &[(&str, &str)] = &[
    ("The Zoo API", "the-zoo-api"),
    ("GitHub's REST API v3.1", "githubs-rest-api-v3-1"),
    ("OpenAI", "openai"),
    ("3D printing", "api-3d-printing"),
    ("", "api"),
    ("???", "question-mark-question-mark-question-mark"),
    ("std", "std-api"),
    ("Proc-Macro", "proc-macro-api"),
    ("type", "type-api"),
    ("con", "con-api"),
    ("octogen runtime", "octogen-runtime-api"),
    ("Straße", "strasse"),
    ("動物園", "u52d5-u7269-u5712"),
    ("../../etc", "etc"),
    (
        "A title that goes on and on until nobody can remember how it began or why it was given",
        "a-title-that-goes-on-and-on-until-nobody-can-remember",
    ),
];

#[test]
fn a_title_gives_a_name_that_cargo_takes() {
    for (title, wanted) in TITLES {
        let text = format!("{{\"openapi\":\"3.1.0\",\"info\":{{\"title\":{title:?}}}}}");
        let source = Source { path: String::from("a/zoo\nmod b;.json"), text };
        let output = generate_crate(&source, &NoFiles, &CrateOptions::default()).output.expect("there is no error");
        assert_eq!((output.name.as_str(), is_package_name(&output.name)), (*wanted, true), "{title}");
        let first = "// @generated by octogen from zoo_mod b_.json; change that and run it again.\n";
        let rust = |path: &str| output.files.iter().any(|file| file.path == path && file.text.starts_with(first));
        assert!(rust("src/lib.rs") && rust("tests/round_trips.rs"), "the name of a document is not code");
    }
}

/// Returns the relative path from a folder to the workspace.
fn up(out: &std::path::Path) -> String {
    let out = out.canonicalize().expect("it is there");
    let root = root().canonicalize().expect("it is there");
    let shared = out.components().zip(root.components()).take_while(|(one, other)| one == other).count();
    let down: Vec<String> =
        root.components().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    let up = "../".repeat(out.components().count() - shared);
    format!("{up}{}", down.join("/")).trim_end_matches('/').to_owned()
}

/// The lines of a section, without comments.
fn section<'a>(text: &'a str, title: &str) -> Vec<&'a str> {
    let lines = text.lines().skip_while(|line| *line != title).skip(1).take_while(|line| !line.starts_with('['));
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

/// The version that a dependency asks for.
fn version(wanted: &str) -> Option<&str> {
    let quoted = wanted.split_once("version = ").map_or(wanted, |(_, rest)| rest);
    quoted.split('"').nth(1)
}

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots/stand_alone");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}
