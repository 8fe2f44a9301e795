//! Applies the widenings of an earlier run, so that removing a payload does not narrow a type.

use octogen_runtime::{Value, decode};
use rustc_hash::{FxHashMap, FxHashSet};

use super::address::{edge_address, type_address};
use super::propose::Change;
use super::{State, Widening, apply, edges};
use crate::diagnostic::{Code, Diagnostics, Place, Spot};
use crate::ir::{Api, Edge, Origin, Shape, TypeId};

/// Applies the widenings of an earlier report. A widening whose type no longer exists is ignored with a warning.
pub(super) fn apply(
    api: &mut Api,
    state: &mut State,
    report: &str,
    diagnostics: &mut Diagnostics,
    widened: &mut Vec<Widening>,
) {
    let waiting = read(report, diagnostics);
    for one in apply_widenings(api, state, waiting, widened) {
        let message = format!("an earlier run widened `{}`, which no longer exists", one.at);
        diagnostics.warn(
            Code::StaleEvidence,
            one.place,
            message,
            "octogen ignores this entry of `evidence.json`; no change is needed",
        );
    }
}

/// Applies widenings by the addresses of their types. Returns those whose types do not exist.
pub(super) fn apply_widenings(
    api: &mut Api,
    state: &mut State,
    mut waiting: Vec<Widening>,
    widened: &mut Vec<Widening>,
) -> Vec<Widening> {
    // A widening within an added key is found after the key is added again.
    while !waiting.is_empty() {
        let before = waiting.len();
        let index = Index::new(api);
        waiting.retain(|one| {
            let changes = index.changes(api, one);
            let values: Vec<Value> = one.observed.iter().filter_map(|text| decode(text.as_bytes()).ok()).collect();
            let done: Vec<_> = changes.iter().map(|change| apply::apply(api, state, change, &values)).collect();
            if done.iter().any(Option::is_some) {
                widened.push(one.clone());
            }
            changes.is_empty()
        });
        state.apply_null(api);
        if waiting.len() == before {
            break;
        }
    }
    waiting
}

/// Reads the widenings of an earlier report.
fn read(report: &str, diagnostics: &mut Diagnostics) -> Vec<Widening> {
    let report: Option<Value> = decode(report.as_bytes()).ok();
    let Some(entries) = report.as_ref().and_then(|report| report.get("widened")).and_then(Value::as_array) else {
        diagnostics.warn(
            Code::InvalidEvidence,
            report_place(),
            "the file is not a report of evidence that octogen wrote",
            "octogen ignores the file, and forgets what earlier runs widened; restore the file, or delete it",
        );
        return Vec::new();
    };
    let widenings: Vec<Widening> = entries.iter().filter_map(earlier).collect();
    let unreadable = entries.len() - widenings.len();
    if unreadable > 0 {
        diagnostics.warn(
            Code::InvalidEvidence,
            report_place(),
            format!("octogen cannot read {unreadable} of the {} entries of `widened`", entries.len()),
            "octogen ignores these entries, so that their types are narrow again; another version wrote them; repeat the \
             runs with the recorded payloads",
        );
    }
    widenings
}

fn report_place() -> Place {
    Place { file: String::from("evidence.json"), spot: Spot::File }
}

/// The keys of an entry.
const KEYS: [&str; 9] = ["at", "key", "what", "observed", "why", "path", "file", "line", "pointer"];

/// Reads an entry of a report. Returns `None` for an entry that another version of octogen wrote.
fn earlier(entry: &Value) -> Option<Widening> {
    if entry.as_object()?.keys().any(|key| !KEYS.contains(&key.as_str())) {
        return None;
    }
    let text = |key: &str| entry.get(key).and_then(Value::as_str).map(str::to_owned);
    let what = text("what")?;
    let observed = entry.get("observed").and_then(Value::as_array).unwrap_or_default();
    Some(Widening {
        at: text("at")?,
        key: text("key"),
        what: ["optional", "nullable", "added", "opened", "observed", "number", "union", "any"]
            .into_iter()
            .find(|one| *one == what)?,
        observed: observed.iter().map(|value| octogen_runtime::encode(value)).collect(),
        why: text("why").unwrap_or_default(),
        place: Place { file: text("file")?, spot: Spot::Pointer(text("pointer")?) },
        path: text("path").unwrap_or_default(),
    })
}

/// All types and their uses, by address.
struct Index {
    types: FxHashMap<String, Vec<TypeId>>,
    edges: FxHashMap<String, Vec<Edge>>,
}

impl Index {
    fn new(api: &Api) -> Self {
        let mut index = Self { types: FxHashMap::default(), edges: FxHashMap::default() };
        let payloads = api.examples.iter().enumerate().map(|(index, example)| example.edge(index));
        let defaults = api.defaults.iter().map(|default| Edge::Within(default.ty.id));
        let within = api.types.ids().flat_map(|id| edges::edges_from(api, id));
        for edge in payloads.chain(defaults).chain(within) {
            if let Some(at) = edge_address(api, edge) {
                index.edges.entry(at).or_default().push(edge);
            }
        }
        // Lowering leaves types that nothing uses. They have the address of the type that replaced them.
        let used: FxHashSet<TypeId> = api.types.ids().flat_map(|id| api.types[id].shape.children()).collect();
        let is_used = |id: &TypeId| used.contains(id) || !matches!(api.types[*id].origin, Origin::Within(..));
        for id in api.types.ids().filter(is_used) {
            index.types.entry(type_address(api, id)).or_default().push(id);
        }
        index
    }

    /// Returns the changes that an entry describes.
    fn changes(&self, api: &Api, one: &Widening) -> Vec<Change> {
        let types = self.types.get(&one.at).map(Vec::as_slice).unwrap_or_default();
        let edges = self.edges.get(&one.at).map(Vec::as_slice).unwrap_or_default();
        let key = one.key.clone().unwrap_or_default();
        let of_type = |id: TypeId| match (&api.types[id].shape, one.what) {
            (Shape::Object(object), "optional") => {
                let index = object.fields.iter().position(|field| field.key == key)?;
                Some(Change::Optional(id, index, key.clone()))
            }
            (Shape::Object(_), "added") => Some(Change::Added(id, key.clone())),
            (Shape::Map(_) | Shape::Object(_), "opened") => Some(Change::Opened(id)),
            (Shape::Any, "observed") => Some(Change::Observed(id)),
            (Shape::Integer(_) | Shape::Number, "number") => Some(Change::Number(id)),
            (Shape::Union(_), "union") => Some(Change::Variant(id)),
            _ => None,
        };
        let of_types: Vec<Change> = types.iter().filter_map(|id| of_type(*id)).collect();
        match one.what {
            "nullable" => edges.iter().map(|edge| Change::Nullable(*edge)).collect(),
            "union" | "any" if of_types.is_empty() => edges.iter().map(|edge| Change::Typed(*edge)).collect(),
            _ => of_types,
        }
    }
}
