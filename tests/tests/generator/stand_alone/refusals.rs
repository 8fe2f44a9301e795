//! Folders and arguments that are refused: each case is a folder, and a snapshot has the message. No file may change.

use std::fs;
use std::path::Path;

use octogen::command::{CrateArguments, write_crate};

use super::{arguments, folder, root, tree, written};

/// A name, and the changes to the arguments and to a folder, which has a crate or is `fresh`.
struct Case {
    name: &'static str,
    fresh: bool,
    prepare: fn(&Path, &mut CrateArguments),
}

const fn of_crate(name: &'static str, prepare: fn(&Path, &mut CrateArguments)) -> Case {
    Case { name, fresh: false, prepare }
}

const fn of_fresh(name: &'static str, prepare: fn(&Path, &mut CrateArguments)) -> Case {
    Case { name, fresh: true, prepare }
}

const CASES: &[Case] = &[
    of_fresh("another folder", |out, _| put(out, "notes.md", "hand-written")),
    of_fresh("a hidden file alone", |out, _| put(out, ".gitignore", "/target\n")),
    of_fresh("a file", |out, _| fs::write(out, "hand-written").expect("writable")),
    of_fresh("a list that is none", |out, _| put(out, "octogen.json", "[]")),
    of_fresh("a list without JSON", |out, _| put(out, "octogen.json", "xxh3_128")),
    of_fresh("a list that leads out", |out, _| put(out, "octogen.json", r#"{"xxh3_128":{"../a":""}}"#)),
    of_fresh("a list that leads away", |out, _| put(out, "octogen.json", r#"{"xxh3_128":{"/etc/a":""}}"#)),
    of_fresh("a list of numbers", |out, _| put(out, "octogen.json", r#"{"xxh3_128":{"a":1}}"#)),
    of_crate("two that were changed", |out, _| {
        put(out, "src/lib.rs", "hand-written");
        put(out, "runtime/src/lib.rs", "hand-written");
    }),
    of_crate("changed and no longer wanted", |out, arguments| {
        put(out, "src/webhooks.rs", "hand-written");
        arguments.spec.set_file_name("empty.json");
    }),
    of_crate("not listed", |out, _| {
        let list = fs::read_to_string(out.join("octogen.json")).expect("there");
        let others: Vec<&str> = list.lines().filter(|line| !line.contains("webhooks.rs")).collect();
        put(out, "octogen.json", &others.join("\n"));
        put(out, "src/webhooks.rs", "hand-written");
    }),
    of_crate("a folder in the place of a file", |out, _| {
        fs::remove_file(out.join("src/webhooks.rs")).expect("there");
        fs::create_dir(out.join("src/webhooks.rs")).expect("writable");
    }),
    of_crate("a file in the place of a folder", |out, _| {
        fs::remove_dir_all(out.join("src/models")).expect("there");
        put(out, "src/models", "hand-written");
    }),
    of_fresh("a name that Rust has", |_, arguments| arguments.name = Some(String::from("proc-macro"))),
    of_fresh("a word of Rust", |_, arguments| arguments.name = Some(String::from("type"))),
    of_fresh("a name with a path", |_, arguments| arguments.name = Some(String::from("../zoo"))),
    of_fresh("a name with capitals", |_, arguments| arguments.name = Some(String::from("Zoo"))),
    of_fresh("a name that starts with a digit", |_, arguments| arguments.name = Some(String::from("3zoo"))),
    of_fresh("the name of the runtime", |_, arguments| arguments.name = Some(String::from("octogen-runtime"))),
    of_fresh("no runtime", |_, arguments| arguments.runtime = Some(String::from("./nowhere"))),
    of_fresh("a version that is none", |_, arguments| arguments.runtime = Some(String::from("0.1.x.y"))),
    of_fresh("another package", |_, arguments| arguments.runtime = Some(root().join("codegen").display().to_string())),
    of_fresh("a git address without a revision", |_, arguments| {
        arguments.runtime = Some(String::from("https://example.com/octogen.git"));
    }),
    of_crate("a runtime that is too old", |out, arguments| {
        let old = out.with_file_name("old-runtime");
        let manifest = fs::read_to_string(out.join("runtime/Cargo.toml")).expect("there");
        put(&old, "Cargo.toml", &manifest.replace("interface = 1", "interface = 0"));
        arguments.runtime = Some(old.display().to_string());
    }),
    of_crate("the runtime within", |out, arguments| {
        arguments.runtime = Some(out.join("runtime").display().to_string());
    }),
    of_fresh("no document", |_, arguments| arguments.spec.set_file_name("nothing.yaml")),
];

#[cfg(unix)]
const LINKS: &[Case] = &[
    of_fresh("a link to nowhere", |out, _| link("nowhere", out)),
    of_crate("a folder that is a link", |out, _| {
        fs::rename(out.join("src"), out.join("elsewhere")).expect("there");
        link("elsewhere", &out.join("src"));
    }),
    of_crate("a file that is a link", |out, _| {
        fs::rename(out.join("README.md"), out.join("elsewhere.md")).expect("there");
        link("elsewhere.md", &out.join("README.md"));
    }),
    of_crate("a list that is a link", |out, _| {
        fs::rename(out.join("octogen.json"), out.join("elsewhere.json")).expect("there");
        link("elsewhere.json", &out.join("octogen.json"));
    }),
];

#[cfg(not(unix))]
const LINKS: &[Case] = &[];

#[test]
fn what_is_not_ours_is_refused_and_stays() {
    let mut text = String::new();
    for case in CASES.iter().chain(LINKS) {
        let out = folder("refused/crate");
        let mut arguments = arguments("zoo.yaml", &out);
        if !case.fresh {
            written("zoo.yaml", &out);
        }
        (case.prepare)(&out, &mut arguments);
        let before = tree(&out);
        let message = write_crate(&arguments).expect_err(case.name);
        assert_eq!(tree(&out), before, "{}", case.name);
        let beside = out.parent().expect("it has a parent").display().to_string();
        let message = message.replace(&out.display().to_string(), "OUT").replace(&beside, "BESIDE");
        let message = message.replace(&root().display().to_string(), "ROOT");
        text.push_str(&format!("──── {} ────\n{message}\n", case.name));
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots/stand_alone");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    if cfg!(unix) {
        settings.bind(|| insta::assert_snapshot!("refusals", text));
    }
}

fn put(out: &Path, path: &str, text: &str) {
    let file = out.join(path);
    fs::create_dir_all(file.parent().expect("it has a parent")).expect("writable");
    fs::write(file, text).expect("writable");
}

#[cfg(unix)]
fn link(to: &str, from: &Path) {
    std::os::unix::fs::symlink(to, from).expect("writable");
}
