//! The files that a second run writes, keeps and deletes.

use std::fs;
use std::path::Path;

use octogen::command::{check_crate, write_crate};

use super::{arguments, folder, tree, written};

#[test]
fn two_runs_give_the_same_bytes_wherever_they_go() {
    let (one, other) = (folder("same/one"), folder("same/deeper/other"));
    written("zoo.yaml", &one);
    written("zoo.yaml", &other);
    assert_eq!(tree(&one), tree(&other));
    let time = |path: &str| fs::metadata(one.join(path)).and_then(|data| data.modified()).expect("it is there");
    let before = ["src/lib.rs", "octogen.json"].map(time);
    written("zoo.yaml", &one);
    assert_eq!(["src/lib.rs", "octogen.json"].map(time), before, "what is up to date is not touched");
}

#[test]
fn an_empty_folder_is_as_good_as_none() {
    let out = folder("void");
    fs::create_dir_all(&out).expect("writable");
    written("zoo.yaml", &out);
    assert!(out.join("src/lib.rs").exists());
}

/// As Git on Windows checks files out.
#[test]
fn other_line_breaks_are_no_change() {
    let (out, fresh) = (folder("breaks"), folder("plain"));
    written("zoo.yaml", &out);
    for (path, text) in tree(&out).iter().filter(|(_, text)| !text.is_empty()) {
        fs::write(out.join(path), text.replace('\n', "\r\n")).expect("writable");
    }
    assert_eq!(check_crate(&arguments("zoo.yaml", &out)), Ok(()));
    written("empty.json", &out);
    written("empty.json", &fresh);
    let plain = tree(&out).into_iter().map(|(path, text)| (path, text.replace("\r\n", "\n")));
    assert_eq!(plain.collect::<std::collections::BTreeMap<_, _>>(), tree(&fresh));
}

#[test]
fn files_of_others_stay() {
    let out = folder("others");
    written("zoo.yaml", &out);
    for path in ["Cargo.lock", "target/debug/a.rs", "src/hand_written.rs", "runtime/notes.md", "src/lib.part"] {
        let file = out.join(path);
        fs::create_dir_all(file.parent().expect("it has a parent")).expect("writable");
        fs::write(file, "hand-written").expect("writable");
    }
    let before = tree(&out);
    written("zoo.yaml", &out);
    assert_eq!(tree(&out), before);
}

#[test]
fn what_is_no_longer_wanted_goes_and_what_is_missing_comes() {
    let (out, fresh) = (folder("goes"), folder("fresh"));
    written("zoo.yaml", &out);
    fs::write(out.join("src/endpoints/notes.md"), "hand-written").expect("writable");
    fs::remove_file(out.join(".gitignore")).expect("there");
    written("empty.json", &out);
    written("empty.json", &fresh);
    assert!(!out.join("src/webhooks.rs").exists() && !out.join("tests/check").exists());
    fs::remove_dir_all(out.join("src/endpoints")).expect("the hand-written file is still there");
    assert_eq!(tree(&out), tree(&fresh));
}

/// A run that was stopped half-way can be repeated.
#[test]
fn a_run_that_was_stopped_can_be_repeated() {
    let (out, wanted) = (folder("stopped"), folder("whole"));
    written("zoo.yaml", &wanted);
    // The first run was interrupted: the manifest and some of the files are there.
    fs::create_dir_all(out.join("src")).expect("writable");
    for path in ["octogen.json", "src/lib.rs"] {
        fs::copy(wanted.join(path), out.join(path)).expect("writable");
    }
    fs::write(out.join("src/webhooks.rs.octogen-part"), "half of").expect("writable");
    written("zoo.yaml", &out);
    assert_eq!(tree(&out), tree(&wanted));
    // A later one: the list is the old one, and some of the files are new.
    written("empty.json", &out);
    fs::copy(wanted.join("src/lib.rs"), out.join("src/lib.rs")).expect("writable");
    fs::copy(wanted.join("src/webhooks.rs"), out.join("src/webhooks.rs")).expect("writable");
    written("zoo.yaml", &out);
    assert_eq!(tree(&out), tree(&wanted));
}

#[test]
fn a_check_writes_nothing() {
    let out = folder("checked");
    assert!(check_crate(&arguments("zoo.yaml", &out)).is_err_and(|error| error.contains("are not up to date")));
    assert!(!out.exists());
    written("zoo.yaml", &out);
    assert_eq!(check_crate(&arguments("zoo.yaml", &out)), Ok(()));
    let before = tree(&out);
    assert!(check_crate(&arguments("empty.json", &out)).is_err());
    assert_eq!(tree(&out), before);
}

#[test]
fn a_document_with_an_error_changes_nothing() {
    let out = folder("wrong");
    written("zoo.yaml", &out);
    let before = tree(&out);
    let spec = folder("wrong.yaml");
    for (text, deny) in [
        ("openapi: 3.1.0\npaths: { /a: { $ref: '#/paths/~1a' } }", false),
        ("openapi: 2.0", false),
        ("openapi: 3.1.0\ninfo: { title: [] }", true),
    ] {
        fs::write(&spec, text).expect("writable");
        let mut arguments = arguments("zoo.yaml", &out);
        arguments.spec.clone_from(&spec);
        arguments.diagnostics.deny = deny.then_some(octogen::command::Denied::Warnings).into_iter().collect();
        assert_eq!(write_crate(&arguments), Err(String::from("nothing was written")), "{text}");
        assert_eq!(tree(&out), before, "{text}");
        let new = folder("wrong-new");
        arguments.out.clone_from(&new);
        assert!(write_crate(&arguments).is_err() && !Path::new(&new).exists(), "{text}");
    }
}
