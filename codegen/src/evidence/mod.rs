//! Payloads as evidence: what a payload shows may widen the type that the schema states, and never narrows it.

mod address;
mod apply;
mod earlier_report;
mod edges;
mod infer;
mod open_objects;
mod propose;
mod recorded;
mod untyped;

pub use recorded::Recorded;

use std::collections::BTreeSet;

use octogen_runtime::{Number, Value};

use crate::analyze::plans;
use crate::diagnostic::{Diagnostics, Place};
use crate::ir::{Api, Edge, ExampleRole, TypeId};

use propose::{Change, Seen};

/// How often all payloads are walked; each time one of them can go deeper than before.
const MAX_ROUNDS: usize = 64;

/// What payloads may change about types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// Nothing: the schema is believed. Null is seen where it fits a schema that only lists keys.
    Off,
    /// A key may turn out to be absent, null, or there without being declared; no type changes.
    #[default]
    Presence,
    /// A type may also become a union, down to any JSON.
    All,
}

/// What counts as evidence.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// What it may change.
    pub mode: Mode,
    /// Recorded payloads beside those of the document; they are tests as well.
    pub recorded: Vec<Recorded>,
    /// Whether recorded payloads only have tests, and widen nothing.
    pub only_tests: bool,
    /// The report of an earlier run: what was widened then is widened now.
    pub earlier: Option<String>,
}

/// Something that is wider than its schema says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Widening {
    /// The type, by the way that leads to it.
    pub at: String,
    /// The key of it that is concerned, if one is.
    pub key: Option<String>,
    /// What became of it: `optional`, `nullable`, `added`, `opened`, `observed`, `number`, `union` or `any`.
    pub what: &'static str,
    /// What the type is, or has to hold, as far as it is not told by `what`: JSON that it was seen to have.
    pub observed: Vec<String>,
    /// What the schema says and what the payload has.
    pub why: String,
    /// The payload, and the way within it.
    pub place: Place,
    /// The way within the payload.
    pub path: String,
}

/// Adds the recorded payloads, and widens the types until all payloads fit as far as the mode lets them.
pub fn widen(api: &mut Api, evidence: &Evidence, diagnostics: &mut Diagnostics) -> Vec<Widening> {
    recorded::add(api, &evidence.recorded, diagnostics);
    let mut widened = Vec::new();
    let mut state = State { mode: evidence.mode, derived: BTreeSet::new(), nullable: BTreeSet::new() };
    if let Some(earlier) = evidence.earlier.as_ref().filter(|_| evidence.mode != Mode::Off) {
        earlier_report::apply(api, &mut state, earlier, diagnostics, &mut widened);
    }
    for _ in 0..MAX_ROUNDS {
        let proposed = proposals(api, &state, evidence.only_tests);
        let before = widened.len();
        for (change, seen) in proposed {
            let at = address::of_change(api, &change);
            if let Some(what) = apply::apply(api, &mut state, &change, &seen.values) {
                widened.push(widening(at, &change, what, seen));
            }
        }
        state.apply_null(api);
        if widened.len() == before {
            break;
        }
    }
    widened
}

/// What is known while types are widened.
struct State {
    mode: Mode,
    /// The types that only payloads tell of: no schema states them, so that any payload may change them.
    derived: BTreeSet<TypeId>,
    /// The types that null fits from now on, wherever they are used.
    nullable: BTreeSet<TypeId>,
}

impl State {
    /// Lets null fit the types that turned out to be nullable, all of them in one walk over the description.
    fn apply_null(&mut self, api: &mut Api) {
        if !self.nullable.is_empty() {
            edges::make_nullable(api, &std::mem::take(&mut self.nullable));
        }
    }
}

/// What all payloads together propose, in their order.
fn proposals(api: &Api, state: &State, only_tests: bool) -> propose::Proposals {
    let plans = plans(&api.types);
    let mut proposed = propose::Proposals::default();
    let events: BTreeSet<&str> = api.webhooks.iter().map(|webhook| webhook.name.as_str()).collect();
    let operations: BTreeSet<&str> = api.operations.iter().map(|operation| operation.id.as_str()).collect();
    let is_event = |owner: &str| events.contains(owner) && !operations.contains(owner);
    for (index, example) in api.examples.iter().enumerate() {
        // Headers of webhooks are text, which no type carries.
        let is_header = matches!(example.role, ExampleRole::Parameter(_)) && is_event(&example.owner);
        if !(only_tests && example.recorded || is_header) {
            let at = (example.ty, Edge::Root(index));
            propose::from_payload(api, &plans, state, at, &example.value, &example.place, &mut proposed);
        }
    }
    for stated in api.stated.iter().filter(|stated| stated.what == "example") {
        let at = (stated.ty, Edge::Within(stated.ty.id));
        propose::from_payload(api, &plans, state, at, &stated.value, &stated.place, &mut proposed);
    }
    proposed
}

fn widening(at: String, change: &Change, what: &'static str, seen: Seen) -> Widening {
    let Seen { why, place, path, values } = seen;
    let key = match change {
        Change::Added(_, key) => Some(key.clone()),
        Change::Optional(_, _, key) => Some(key.clone()),
        _ => None,
    };
    let observed = match change {
        Change::Added(..) | Change::Opened(_) | Change::Observed(_) | Change::Typed(_) | Change::Variant(_) => {
            sketches(&values)
        }
        _ => Vec::new(),
    };
    Widening { at, key, what, observed, why, place, path }
}

/// What values are like, without what they say: a recorded payload may hold a secret, and the report is kept.
fn sketches(values: &[Value]) -> Vec<String> {
    let mut sketches = Vec::new();
    for value in values {
        let text = octogen_runtime::encode(&sketch(value));
        if !sketches.contains(&text) {
            sketches.push(text);
        }
    }
    sketches
}

fn sketch(value: &Value) -> Value {
    match value {
        Value::Null => Value::Null,
        Value::Boolean(_) => Value::Boolean(false),
        Value::Number(number) if number.as_i64().is_some() => Value::Number(0.into()),
        Value::Number(number) => Value::Number(Number::from_f64(0.5).unwrap_or_else(|| number.clone())),
        Value::String(_) => Value::String(String::new()),
        Value::Array(items) => {
            let mut sketches: Vec<Value> = Vec::new();
            for item in items.iter().map(sketch) {
                if !sketches.contains(&item) {
                    sketches.push(item);
                }
            }
            Value::Array(sketches)
        }
        Value::Object(entries) => {
            Value::Object(entries.iter().map(|(key, value)| (key.clone(), sketch(value))).collect())
        }
    }
}
