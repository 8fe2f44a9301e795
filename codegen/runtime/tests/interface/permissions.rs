//! The smallest grant for a list of operations.

use octogen_runtime::{Method, OperationInfo, Permission, permissions_for};

/// Permissions with their levels.
type Levels = &'static [(&'static str, &'static str)];

type Ways = &'static [&'static [Permission]];

const fn needs(name: &'static str, level: &'static str) -> Permission {
    Permission::new(name, level)
}

const READ_ISSUES: Ways = &[&[needs("issues", "read")]];
const WRITE_ISSUES: Ways = &[&[needs("issues", "write")]];
const ISSUES_OR_PULLS: Ways = &[
    &[needs("issues", "read")],
    &[needs("pull_requests", "read")],
];
const PULLS_OR_CHECKS: Ways = &[
    &[needs("pull_requests", "write")],
    &[needs("checks", "read")],
];
const BOTH_OR_ADMINISTRATION: Ways = &[
    &[needs("contents", "read"), needs("metadata", "read")],
    &[needs("administration", "write")],
];
const METADATA: Ways = &[&[needs("metadata", "read")]];
const NONE_OR_CONTENTS: Ways = &[&[], &[needs("contents", "read")]];
const STRANGE: Ways = &[&[needs("issues", "own")]];

/// The permissions of operations, and the smallest set for all of them; `None` is not documented.
#[test]
fn the_smallest_grant() {
    let cases: [(&[Option<Ways>], Levels); 12] = [
        (&[], &[]),
        (&[Some(&[]), Some(NONE_OR_CONTENTS), None], &[]),
        (
            &[Some(READ_ISSUES), Some(WRITE_ISSUES), Some(READ_ISSUES)],
            &[("issues", "write")],
        ),
        (&[Some(ISSUES_OR_PULLS)], &[("issues", "read")]),
        (
            &[Some(ISSUES_OR_PULLS), Some(WRITE_ISSUES)],
            &[("issues", "write")],
        ),
        // A level more is less than a permission more.
        (
            &[Some(ISSUES_OR_PULLS), Some(PULLS_OR_CHECKS)],
            &[("pull_requests", "write")],
        ),
        (
            &[Some(PULLS_OR_CHECKS), Some(ISSUES_OR_PULLS)],
            &[("pull_requests", "write")],
        ),
        (&[Some(PULLS_OR_CHECKS)], &[("checks", "read")]),
        (
            &[Some(BOTH_OR_ADMINISTRATION)],
            &[("administration", "write")],
        ),
        (
            &[Some(BOTH_OR_ADMINISTRATION), Some(METADATA)],
            &[("contents", "read"), ("metadata", "read")],
        ),
        (
            &[Some(BOTH_OR_ADMINISTRATION), Some(METADATA), None],
            &[("contents", "read"), ("metadata", "read")],
        ),
        (&[Some(STRANGE)], &[("issues", "own")]),
    ];
    for (operations, expected) in cases {
        let about = |ways: &Option<Ways>| {
            let about = OperationInfo::new("operation", Method::Get, "/");
            ways.map_or(about, |ways| about.needing(ways))
        };
        let abouts: Vec<OperationInfo> = operations.iter().map(about).collect();
        let found = permissions_for(&abouts);
        assert_eq!(
            found.grants.iter().collect::<Vec<_>>(),
            expected,
            "{operations:?}"
        );
        assert_eq!(
            found.undocumented.len(),
            operations.iter().filter(|ways| ways.is_none()).count()
        );
        for about in &abouts {
            assert!(
                found.grants.allow(about).is_ok(),
                "{expected:?} doesn't allow {:?}",
                about.permissions
            );
        }
    }
}

/// Beyond what can be tried, it still is enough, and comes to an end.
#[test]
fn many_choices_come_to_an_end() {
    let name = |number: usize| -> &'static str { Box::leak(format!("p{number}").into_boxed_str()) };
    let way = |number: usize| -> &'static [Permission] { vec![needs(name(number), "read")].leak() };
    let ways = |at: usize| vec![way(at), way(at * 7 % 400), way(at * 3 % 400)].leak();
    let abouts: Vec<OperationInfo> = (0..400)
        .map(|at| OperationInfo::new("choice", Method::Get, "/").needing(ways(at)))
        .collect();
    let found = permissions_for(&abouts);
    assert!(abouts.iter().all(|about| found.grants.allow(about).is_ok()));
    assert!(found.grants.len() < abouts.len(), "{}", found.grants.len());
}
