//! The coverage report: the round trip of each documented payload, and the types that payloads widened.

mod json;
mod places;

use std::collections::BTreeMap;

pub use places::Places;

use rustc_hash::FxHashSet;

use crate::analyze::{Effect, Facts, PlainJson, RoundTrip, ValueCounts};
use crate::diagnostic::Place;
use crate::evidence::Widening;
use crate::ir::{Api, Example, ExampleRole, ExampleSource};

/// The coverage report of a run: for all documented payloads, whether emitted code decodes them and writes them back
/// unchanged.
///
/// A payload is an `example`, or an entry of `examples`, beside a schema or within it. A payload that several places
/// refer to counts once for each type. The examples of properties are also put together to payloads of their schema.
///
/// A payload is *equal* if a round trip writes it back unchanged, *contradicted* if it does not, and *unsupported* if it
/// has no type. A *leaf* is a scalar, an empty array or an empty object. A leaf is *plain JSON* if the type around it is
/// any JSON.
#[derive(Clone, Debug, Default)]
pub struct CoverageReport {
    /// The counts by kind of payload.
    pub rows: Vec<(PayloadKind, Row)>,
    /// The number of examples that are null although their schemas do not admit it. They are not payloads.
    pub null_examples: usize,
    /// The payloads that are not equal, or equal only because an unknown value is kept.
    pub entries: Vec<Entry>,
    /// The types that are wider than their schemas.
    pub widened: Vec<Widening>,
    /// The number of leaves of equal payloads that are plain JSON, by cause.
    pub plain: BTreeMap<&'static str, usize>,
    /// The places of all types, with or without payloads.
    pub places: Places,
}

/// The kind of a documented payload, by its owner: for example the response of an operation, or the body of a webhook.
/// The coverage report counts by kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PayloadKind {
    /// A response of an operation.
    Response,
    /// The request body of an operation.
    Request,
    /// A parameter of an operation.
    Parameter,
    /// The payload of a webhook.
    Webhook,
    /// A header of a webhook.
    Header,
    /// An example within a schema.
    Schema,
    /// The examples of the properties of a schema, put together.
    Assembled,
    /// An example that is JSON written as a text.
    Text,
    /// A payload that was recorded.
    Recorded,
}

impl PayloadKind {
    /// Returns the plural noun of this kind of payload, for the rows of the coverage report.
    #[must_use]
    pub fn plural(self) -> &'static str {
        match self {
            Self::Response => "responses",
            Self::Request => "requests",
            Self::Parameter => "parameters",
            Self::Webhook => "webhooks",
            Self::Header => "headers of webhooks",
            Self::Schema => "schemas",
            Self::Assembled => "assembled from properties",
            Self::Text => "JSON as text",
            Self::Recorded => "recorded",
        }
    }
}

/// A row of the coverage report: the counts of all documented payloads of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// All payloads.
    pub payloads: usize,
    /// The equal payloads.
    pub equal: usize,
    /// The contradicted payloads.
    pub contradicted: usize,
    /// The payloads without a type.
    pub unsupported: usize,
    /// Equal payloads with a leaf that is plain JSON.
    pub with_json: usize,
    /// Equal payloads with a value that its enum does not document.
    pub with_unknown_values: usize,
    /// Equal payloads with a value that fits no variant of its union.
    pub with_unknown_variants: usize,
    /// Equal payloads with undeclared keys that a map keeps.
    pub with_rests: usize,
    /// The leaves of equal payloads.
    pub leaves: usize,
    /// The leaves of equal payloads that are plain JSON.
    pub json_leaves: usize,
}

/// An entry of the coverage report: one payload that is not written back unchanged, or that its types do not fully
/// describe.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The kind of the payload.
    pub kind: PayloadKind,
    /// `contradicted`, `unsupported`, `kept` (equal, because an undocumented value is kept), or `json` (plain JSON).
    pub state: &'static str,
    /// The operation or webhook, and the name of the payload.
    pub title: String,
    /// The place of the payload.
    pub place: Place,
    /// The path to the value within the payload.
    pub path: String,
    /// The requirement of the type, and the value in the payload.
    pub why: String,
}

/// Creates the coverage report from the facts about the payloads of an API, and from the widenings: the changes that made
/// types admit payloads that contradict their schemas. Called once per run, after the analyze stage.
#[must_use]
pub fn report_coverage(api: &Api, facts: &Facts, widened: Vec<Widening>) -> CoverageReport {
    let operations: FxHashSet<&str> = api.operations.iter().map(|operation| operation.id.as_str()).collect();
    let webhooks: FxHashSet<&str> = api.webhooks.iter().map(|webhook| webhook.name.as_str()).collect();
    let is_event = |owner: &str| webhooks.contains(owner) && !operations.contains(owner);
    let mut rows: BTreeMap<PayloadKind, Row> = BTreeMap::new();
    let (mut entries, mut plain) = (Vec::new(), BTreeMap::new());
    for (index, example) in api.examples.iter().enumerate() {
        let kind = match example.source {
            ExampleSource::Recorded => PayloadKind::Recorded,
            ExampleSource::Text => PayloadKind::Text,
            ExampleSource::Assembled => PayloadKind::Assembled,
            ExampleSource::Stated => kind(&example.role, is_event(&example.owner)),
        };
        if let Some(outcome) = facts.outcome(index) {
            count(rows.entry(kind).or_default(), outcome);
            for one in outcome.json.iter().filter(|_| outcome.is_equal()) {
                *plain.entry(places::cause(one.edge)).or_default() += one.leaves;
            }
            entries.extend(entries_of(kind, example, outcome));
        }
    }
    let mut seen = FxHashSet::default();
    for one in api.unsupported.iter().filter(|one| seen.insert((&one.place, &one.reason))) {
        let kind = kind(&one.role, is_event(&one.owner));
        let row = rows.entry(kind).or_default();
        row.payloads += 1;
        row.unsupported += 1;
        let place = one.place.clone();
        let (title, why, path) = (one.owner.clone(), one.reason.clone(), String::from("$"));
        entries.push(Entry { kind, state: "unsupported", title, place, path, why });
    }
    let (rows, places) = (rows.into_iter().collect(), places::count_places(api));
    CoverageReport { rows, null_examples: api.null_examples, entries, widened, plain, places }
}

fn kind(role: &ExampleRole, is_event: bool) -> PayloadKind {
    match (role, is_event) {
        (ExampleRole::Response(..), _) => PayloadKind::Response,
        (ExampleRole::Request(_), false) => PayloadKind::Request,
        (ExampleRole::Request(_), true) => PayloadKind::Webhook,
        (ExampleRole::Parameter(_), false) => PayloadKind::Parameter,
        (ExampleRole::Parameter(_), true) => PayloadKind::Header,
        (ExampleRole::Schema, _) => PayloadKind::Schema,
    }
}

fn count(row: &mut Row, outcome: &RoundTrip) {
    row.payloads += 1;
    if !outcome.is_equal() {
        row.contradicted += 1;
        return;
    }
    let ValueCounts { leaves, as_json, unknown_values, unknown_variants, rests } = outcome.counts;
    row.equal += 1;
    row.with_json += usize::from(as_json > 0);
    row.with_unknown_values += usize::from(unknown_values > 0);
    row.with_unknown_variants += usize::from(unknown_variants > 0);
    row.with_rests += usize::from(rests > 0);
    row.leaves += leaves;
    row.json_leaves += as_json;
}

fn entries_of(kind: PayloadKind, example: &Example, outcome: &RoundTrip) -> Vec<Entry> {
    let entry = |state, path: &str, why: String| Entry {
        kind,
        state,
        title: [example.owner.as_str(), example.name.as_str()].join(" ").trim_end().to_owned(),
        place: example.place.clone(),
        path: path.to_owned(),
        why,
    };
    let worst = outcome.worst.iter().map(|worst| {
        let state = if worst.effect == Effect::Kept { "kept" } else { "contradicted" };
        entry(state, &worst.path, worst.message.clone())
    });
    let json = |one: &PlainJson| entry("json", &one.path, format!("{} leaves are plain JSON", one.leaves));
    let json = outcome.json.iter().map(json);
    worst.chain(json.filter(|_| outcome.is_equal())).collect()
}
