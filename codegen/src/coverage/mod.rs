//! What became of each documented payload, and what payloads changed about types: a report to keep beside the output.

mod json;
mod places;

use std::collections::{BTreeMap, BTreeSet, HashSet};

pub use places::Places;

use crate::analyze::{Effect, Facts, Outcome, Plain, Tally};
use crate::diagnostic::Place;
use crate::evidence::Widening;
use crate::ir::{Api, Example, ExampleRole};

/// What became of each payload.
///
/// A payload is one `example`, or one entry of `examples`, beside a schema; what stands within a schema is none. One that
/// several places refer to counts once per type, as it is one test, and as what the first of these places makes it. It is
/// *equal* where a round trip gives it back as it was, and *contradicted* where it does not; it is *unsupported* where
/// it has no type that could carry it. Values are counted in the walk that decides which variant a union takes, as the
/// decoder does. A *leaf* is a scalar, or an array or an object that is empty; it is *plain JSON* where the nearest
/// type around it is any JSON, documented as such or for want of a documented one. Null is not where it has a place of
/// its own beside any other JSON: there nothing else was seen, and nothing is known.
#[derive(Clone, Debug, Default)]
pub struct CoverageReport {
    /// The counts, by what the payloads are of.
    pub rows: Vec<(Kind, Row)>,
    /// What did not come back as it was, or only because it is kept as an unknown value.
    pub entries: Vec<Entry>,
    /// What is wider than the schema says.
    pub widened: Vec<Widening>,
    /// How many leaves of equal payloads are plain JSON, by the cause.
    pub plain: BTreeMap<&'static str, usize>,
    /// The places of the types, whether payloads show them or not.
    pub places: Places,
}

/// What a payload is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
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
    /// A payload that was recorded.
    Recorded,
}

impl Kind {
    /// The word for several of them.
    #[must_use]
    pub fn plural(self) -> &'static str {
        match self {
            Self::Response => "responses",
            Self::Request => "requests",
            Self::Parameter => "parameters",
            Self::Webhook => "webhooks",
            Self::Header => "headers of webhooks",
            Self::Recorded => "recorded",
        }
    }
}

/// The counts of one kind of payloads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// How many there are.
    pub payloads: usize,
    /// Those that come back as they were.
    pub equal: usize,
    /// Those that do not.
    pub contradicted: usize,
    /// Those that have no type.
    pub unsupported: usize,
    /// Equal ones in which a leaf is held as plain JSON.
    pub with_json: usize,
    /// Equal ones with a value that its enum does not document.
    pub with_unknown_values: usize,
    /// Equal ones with a value that fits no variant of its union.
    pub with_unknown_variants: usize,
    /// Equal ones with undeclared keys that a map keeps.
    pub with_rests: usize,
    /// The leaves of the equal ones.
    pub leaves: usize,
    /// Those of them that are plain JSON.
    pub json_leaves: usize,
}

/// A payload of which there is something to say.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it is of.
    pub kind: Kind,
    /// `contradicted`, `unsupported`, `kept` where it is equal since a value that is not documented is kept, or `json`
    /// where the value is plain JSON.
    pub state: &'static str,
    /// The operation or webhook, and the name of the payload.
    pub title: String,
    /// Where it stands.
    pub place: Place,
    /// The way to the value within it.
    pub path: String,
    /// What the type says and what the payload has.
    pub why: String,
}

/// Writes the coverage.
#[must_use]
pub fn report_coverage(api: &Api, facts: &Facts, widened: Vec<Widening>) -> CoverageReport {
    let operations: BTreeSet<&str> = api.operations.iter().map(|operation| operation.id.as_str()).collect();
    let webhooks: BTreeSet<&str> = api.webhooks.iter().map(|webhook| webhook.name.as_str()).collect();
    let is_event = |owner: &str| webhooks.contains(owner) && !operations.contains(owner);
    let mut rows: BTreeMap<Kind, Row> = BTreeMap::new();
    let (mut entries, mut plain) = (Vec::new(), BTreeMap::new());
    for (index, example) in api.examples.iter().enumerate() {
        let kind = if example.recorded { Kind::Recorded } else { kind(&example.role, is_event(&example.owner)) };
        if let Some(outcome) = facts.outcome(index) {
            count(rows.entry(kind).or_default(), outcome);
            for one in outcome.json.iter().filter(|_| outcome.is_equal()) {
                *plain.entry(places::cause(one.edge)).or_default() += one.leaves;
            }
            entries.extend(entries_of(kind, example, outcome));
        }
    }
    let mut seen = HashSet::new();
    for one in api.unsupported.iter().filter(|one| seen.insert((&one.place, &one.reason))) {
        let kind = kind(&one.role, is_event(&one.owner));
        let row = rows.entry(kind).or_default();
        row.payloads += 1;
        row.unsupported += 1;
        let place = one.place.clone();
        let (title, why, path) = (one.owner.clone(), one.reason.clone(), String::from("$"));
        entries.push(Entry { kind, state: "unsupported", title, place, path, why });
    }
    CoverageReport { rows: rows.into_iter().collect(), entries, widened, plain, places: places::count_places(api) }
}

fn kind(role: &ExampleRole, is_event: bool) -> Kind {
    match (role, is_event) {
        (ExampleRole::Response(..), _) => Kind::Response,
        (ExampleRole::Request(_), false) => Kind::Request,
        (ExampleRole::Request(_), true) => Kind::Webhook,
        (ExampleRole::Parameter(_), false) => Kind::Parameter,
        (ExampleRole::Parameter(_), true) => Kind::Header,
    }
}

fn count(row: &mut Row, outcome: &Outcome) {
    row.payloads += 1;
    if !outcome.is_equal() {
        row.contradicted += 1;
        return;
    }
    let Tally { leaves, as_json, unknown_values, unknown_variants, rests } = outcome.tally;
    row.equal += 1;
    row.with_json += usize::from(as_json > 0);
    row.with_unknown_values += usize::from(unknown_values > 0);
    row.with_unknown_variants += usize::from(unknown_variants > 0);
    row.with_rests += usize::from(rests > 0);
    row.leaves += leaves;
    row.json_leaves += as_json;
}

fn entries_of(kind: Kind, example: &Example, outcome: &Outcome) -> Vec<Entry> {
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
    let json = |one: &Plain| entry("json", &one.path, format!("{} leaves are plain JSON", one.leaves));
    let json = outcome.json.iter().map(json);
    worst.chain(json.filter(|_| outcome.is_equal())).collect()
}
