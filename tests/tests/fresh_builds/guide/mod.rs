//! The commands of `generated/GUIDE.md`, in their order and as they stand there, with a server on loopback as GitHub.

#![cfg(unix)]

mod examples;
mod github;
mod page;
mod shell;

use std::fs;

use page::{Step, steps};
use shell::Shell;

#[test]
fn a_reader_gets_from_nothing_to_a_running_app() {
    let steps = steps(&fs::read_to_string(xtask::root().join("generated/GUIDE.md")).unwrap());
    let github = github::start();
    let mut shell = Shell::new(&github.url);
    let mut printed = Vec::new();
    for step in &steps {
        match step {
            Step::File(path, text) => shell.write(path, text),
            Step::Commands(commands) => printed.push(shell.run(commands, github::visit)),
        }
    }
    let [registered, _, token, _, program, listening, repaired] = printed.as_slice() else {
        panic!("the page has other commands: {printed:#?}");
    };
    check(registered, &["Octocat App is registered, with the app id 1.", "../octoapp/private-key.pem"]);
    check(token, &["a token of installation 1", "until         2016-07-11T22:14:10Z"]);
    check(
        program,
        &["Octocat App is installed at", "https://github.com/organizations/github/settings/installations/1 with 1"],
    );
    check(listening, &["listening on http://127.0.0.1:", "ping"]);
    check(repaired, &["0 events that failed"]);
    for path in ["../octoapp/app.json", "../octoapp/private-key.pem"] {
        assert!(shell.is_private(path), "{path} can be read by others");
    }
}

fn check(printed: &str, expected: &[&str]) {
    for text in expected {
        assert!(printed.contains(text), "`{text}` is not in\n{printed}");
    }
}
