//! Payloads as evidence: a payload may widen the type of its schema, and never narrows it.

mod address;
mod apply;
mod assemble;
mod earlier_report;
mod edges;
mod infer;
mod open_objects;
mod propose;
mod recorded;
mod untyped;

pub use recorded::Recorded;

use octogen_runtime::{Number, Value};
use rustc_hash::FxHashSet;

use crate::analyze::plans;
use crate::diagnostic::{Diagnostics, Place};
use crate::ir::{Api, Edge, ExampleRole, ExampleSource, TypeId, TypeRef};

use propose::{Change, Seen};

/// The number of rounds over all payloads. Each round can go one level deeper.
const MAX_ROUNDS: usize = 64;

/// The mode of the evidence stage, a setting of the user: which changes documented payloads may make to the types of
/// their schemas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// None. Only null widens a schema that lists properties and states no type.
    Off,
    /// A key may become optional, nullable or declared. No type changes.
    #[default]
    Presence,
    /// A type may also become a union, or any JSON.
    All,
}

/// The options of the evidence stage: which payloads may widen the types of their schemas, and how far.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// The changes that they may make.
    pub mode: Mode,
    /// Recorded payloads beside those of the document. They are tests as well.
    pub recorded: Vec<Recorded>,
    /// Recorded payloads are tests alone, and widen nothing.
    pub only_tests: bool,
    /// The report of an earlier run, whose widenings apply again.
    pub earlier: Option<String>,
}

/// A widening: the record that the evidence stage made a type wider than its schema, because a payload needs it. The
/// coverage report lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Widening {
    /// The address of the type.
    pub at: String,
    /// The key of the type, if the widening concerns one.
    pub key: Option<String>,
    /// The kind of the widening: `optional`, `nullable`, `added`, `opened`, `observed`, `number`, `union` or `any`.
    pub what: &'static str,
    /// Observed values as JSON, without their contents, if the type has to hold them.
    pub observed: Vec<String>,
    /// The requirement of the schema, and the value in the payload.
    pub why: String,
    /// The place of the payload.
    pub place: Place,
    /// The path within the payload.
    pub path: String,
}

/// Adds the recorded payloads to an API, and widens its types until all payloads fit, as far as the mode allows. Then it
/// adds the payloads that it assembles from examples of properties. It is the evidence stage, called once per run after
/// lowering, and returns the widenings.
pub fn widen(api: &mut Api, evidence: &Evidence, diagnostics: &mut Diagnostics) -> Vec<Widening> {
    recorded::add_recorded(api, &evidence.recorded, diagnostics);
    let mut widened = Vec::new();
    let mut state = State::new(evidence);
    if let Some(earlier) = evidence.earlier.as_ref().filter(|_| evidence.mode != Mode::Off) {
        earlier_report::apply(api, &mut state, earlier, diagnostics, &mut widened);
    }
    widen_by_payloads(api, &mut state, evidence, &mut widened);
    widened
}

/// Widens the API of a selection as [`widen`] has widened the API of the whole document, so that the payloads of other
/// operations widen the same types in both. Returns the widenings of the selection.
pub fn widen_selection(api: &mut Api, evidence: &Evidence, of_whole: Vec<Widening>) -> Vec<Widening> {
    // The problems of recorded payloads are reported for the whole document.
    recorded::add_recorded(api, &evidence.recorded, &mut Diagnostics::default());
    let mut widened = Vec::new();
    let mut state = State::new(evidence);
    earlier_report::apply_widenings(api, &mut state, of_whole, &mut widened);
    widen_by_payloads(api, &mut state, evidence, &mut widened);
    widened
}

/// Widens types until the payloads of the API fit, and adds the assembled payloads.
fn widen_by_payloads(api: &mut Api, state: &mut State, evidence: &Evidence, widened: &mut Vec<Widening>) {
    for _ in 0..MAX_ROUNDS {
        let proposed = proposals(api, state, evidence.only_tests);
        let before = widened.len();
        for (change, seen) in proposed {
            let at = address::change_address(api, &change);
            if let Some(what) = apply::apply(api, state, &change, &seen.values) {
                widened.push(widening(at, &change, what, seen));
            }
        }
        state.apply_null(api);
        if widened.len() == before {
            break;
        }
    }
    assemble::assemble(api);
}

/// The state of widening.
struct State {
    mode: Mode,
    /// The inferred types. No schema states them, so that any payload may change them.
    derived: FxHashSet<TypeId>,
    /// The types that become nullable at the end of the round, wherever they are used.
    nullable: FxHashSet<TypeId>,
}

impl State {
    fn new(evidence: &Evidence) -> Self {
        Self { mode: evidence.mode, derived: FxHashSet::default(), nullable: FxHashSet::default() }
    }

    /// Makes the collected types nullable, in one walk over the description.
    fn apply_null(&mut self, api: &mut Api) {
        if !self.nullable.is_empty() {
            edges::make_nullable(api, &std::mem::take(&mut self.nullable));
        }
    }
}

/// Returns the changes that all payloads propose, in the order of the payloads.
fn proposals(api: &Api, state: &State, only_tests: bool) -> propose::Proposals {
    let plans = plans(&api.types);
    let mut proposed = propose::Proposals::default();
    let events: FxHashSet<&str> = api.webhooks.iter().map(|webhook| webhook.name.as_str()).collect();
    let operations: FxHashSet<&str> = api.operations.iter().map(|operation| operation.id.as_str()).collect();
    let is_event = |owner: &str| events.contains(owner) && !operations.contains(owner);
    for (index, example) in api.examples.iter().enumerate() {
        // Headers of webhooks are text without a type.
        let is_header = matches!(example.role, ExampleRole::Parameter(_)) && is_event(&example.owner);
        let is_only_test = only_tests && example.source == ExampleSource::Recorded;
        if is_only_test || is_header {
            continue;
        }
        let mut propose = |at| {
            propose::propose_changes(api, &plans, state, at, &example.value, &example.place, &mut proposed);
        };
        propose((example.ty, example.edge(index)));
        if example.role == ExampleRole::Schema {
            for copy in api.copies_of(example.ty.id) {
                propose((TypeRef { id: copy, ..example.ty }, Edge::Within(copy)));
            }
        }
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

/// Returns the structure of values without their contents: a recorded payload may hold a secret, and the report is kept.
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
