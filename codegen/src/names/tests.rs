//! Names of tests.

use super::name::Name;
use super::namespace::Namespace;
use super::reserved::Case;
use super::statuses::reason_phrase;
use crate::analyze::Facts;
use crate::ir::{Api, ExampleRole, Status};

/// A struct with the Rust names of test functions: one for each documented payload that the analysis checked. The emitter of
/// tests uses the names of those payloads that come back equal.
#[derive(Debug)]
pub struct TestNames {
    /// The index of each payload, with the name of its test.
    pub examples: Vec<(usize, Name)>,
    /// All identifiers of the tests.
    pub namespace: Namespace,
}

/// Names a test for each payload that was checked.
pub(super) fn tests(api: &Api, facts: &Facts) -> TestNames {
    let mut namespace = Namespace::new(
        Case::Field,
        &["check", "check_value", "models", "values_made_from_schemas", "values_of_schemas"],
    );
    let mut examples = Vec::new();
    for (index, example) in api.examples.iter().enumerate().filter(|(index, _)| facts.outcome(*index).is_some()) {
        let role = match &example.role {
            ExampleRole::Request(media) => format!("{media} request"),
            ExampleRole::Response(Status::Code(200) | Status::Range(2), media) => format!("{media} response"),
            ExampleRole::Response(status, media) => format!("{media} {}", reason_phrase(*status)),
            ExampleRole::Parameter(name) => name.clone(),
            // A table of values holds them.
            ExampleRole::Schema => continue,
        };
        examples.push((index, namespace.claim(&format!("{} {role} {}", example.owner, example.name))));
    }
    TestNames { examples, namespace }
}
