//! What emitted code costs: growth that nobody agreed to is told.

use xtask::cost::{grown, parsed};

const AGREED: &str = "figure\tvalue\nlines\t100.0\ntypes\t3.0\n";

fn check(now: &str, told: &[&str]) {
    assert_eq!(grown(&parsed(AGREED), &parsed(&format!("figure\tvalue\n{now}"))), told, "{now}");
}

#[test]
fn growth_of_more_than_a_tenth_is_told() {
    check("lines\t100.0\ntypes\t3.0", &[]);
    check("lines\t109.9\ntypes\t1.0", &[]);
    check("lines\t110.1\ntypes\t3.4", &["lines: 110.1, it was 100.0", "types: 3.4, it was 3.0"]);
    check("enums\t1.0", &["enums: 1.0, it is new"]);
    check("", &[]);
}

#[test]
fn what_was_agreed_to_can_be_read() {
    let agreed = parsed(include_str!("../cost.tsv"));
    let wanted = ["lines", "types", "impls and tables"];
    assert!(wanted.iter().all(|what| agreed.contains_key(&format!("spec apps: {what} per operation"))), "{agreed:?}");
}
