//! Proposes the changes that let a payload fit its type.

use indexmap::IndexMap;
use octogen_runtime::Value;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Mode, State, edges};
use crate::analyze::{CheckResult, Contradiction, ContradictionKind, Effect, Plans, Test, Undescribed, check};
use crate::diagnostic::Place;
use crate::ir::{Api, Edge, ExampleRole, Shape, TypeId, TypeRef, Types};

/// A change of a type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Change {
    /// A required key becomes optional: the object, the index of the field, and the key.
    Optional(TypeId, usize, String),
    /// The type behind an edge becomes nullable.
    Nullable(Edge),
    /// An object gets a further key.
    Added(TypeId, String),
    /// An object that allows further keys declares the observed ones.
    Opened(TypeId),
    /// A type without a schema becomes a union of the observed types.
    Observed(TypeId),
    /// An integer becomes a number.
    Number(TypeId),
    /// The type behind an edge becomes a union.
    Typed(Edge),
    /// A union gets a further variant.
    Variant(TypeId),
}

/// The evidence for a change: the first payload and all values.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) why: String,
    pub(super) place: Place,
    pub(super) path: String,
    pub(super) values: Vec<Value>,
}

/// The proposed changes, each once.
pub(super) type Proposals = IndexMap<Change, Seen>;

/// Adds the changes that one payload proposes.
pub(super) fn propose_changes(
    api: &Api,
    plans: &Plans,
    state: &State,
    at: (TypeRef, Edge),
    value: &Value,
    place: &Place,
    proposed: &mut Proposals,
) {
    let mut search = Search { api, types: &api.types, plans, state, known: FxHashMap::default() };
    for Needed { change, why, path, value } in search.needed(at, value) {
        let seen =
            proposed.entry(change).or_insert_with(|| Seen { why, place: place.clone(), path, values: Vec::new() });
        seen.values.extend(value.cloned());
    }
}

/// A change that a value needs.
#[derive(Clone)]
struct Needed<'v> {
    change: Change,
    why: String,
    path: String,
    value: Option<&'v Value>,
}

struct Search<'a, 'v> {
    api: &'a Api,
    types: &'a Types,
    plans: &'a Plans,
    state: &'a State,
    /// The changes that let a value fit a variant, by variant and value.
    known: FxHashMap<(TypeRef, usize), Option<Vec<Needed<'v>>>>,
}

impl<'v> Search<'_, 'v> {
    /// Returns the allowed changes, even if they are not enough.
    fn needed(&mut self, at: (TypeRef, Edge), value: &'v Value) -> Vec<Needed<'v>> {
        let CheckResult { found, open, .. } = check(self.types, self.plans, at, value);
        let mut needed: Vec<_> = found.into_iter().filter_map(|one| self.change(one)).flatten().collect();
        // The style of a parameter writes declared keys alone.
        let is_body =
            self.state.mode != Mode::Off && !matches!(at.1, Edge::Root(index) if is_parameter(self.api, index));
        let is_known = |id: TypeId| matches!(self.types[id].shape, Shape::Any) && self.state.derived.contains(&id);
        needed.extend(open.into_iter().filter(|open| is_body && !is_known(open.ty)).map(
            |Undescribed { ty, path, value }| {
                let (change, why) = match self.types[ty].shape {
                    Shape::Any => (Change::Observed(ty), "no schema describes the value, and the payload has one"),
                    _ => (Change::Opened(ty), "the schema allows further keys, and the payload has some"),
                };
                Needed { change, why: why.to_owned(), path, value: Some(value) }
            },
        ));
        needed
    }

    /// Returns the changes that a contradiction needs. `None` means that the mode does not allow them.
    fn change(&mut self, one: Contradiction<'v>) -> Option<Vec<Needed<'v>>> {
        if self.state.mode == Mode::Off && !(one.kind == ContradictionKind::Null && self.is_untyped(one.edge)) {
            return None;
        }
        let may_retype = |id: TypeId| self.state.mode == Mode::All || self.state.derived.contains(&id);
        let change = match &one.kind {
            ContradictionKind::Missing(id, index) => {
                let Shape::Object(object) = &self.types[*id].shape else { return None };
                Change::Optional(*id, *index, object.fields.get(*index)?.key.clone())
            }
            ContradictionKind::Null => Change::Nullable(one.edge),
            ContradictionKind::Undeclared(id, key) => Change::Added(*id, key.clone()),
            ContradictionKind::Integer(id) if may_retype(*id) => Change::Number(*id),
            ContradictionKind::Type if may_retype(target(self.api, one.edge)?) => Change::Typed(one.edge),
            ContradictionKind::Form(union) => return self.form(*union, one.value?, &one),
            ContradictionKind::Unlisted | ContradictionKind::Format => return Some(Vec::new()),
            ContradictionKind::Integer(_) | ContradictionKind::Type => return None,
        };
        Some(vec![Needed { change, why: one.message, path: one.path, value: one.value }])
    }

    fn is_untyped(&self, edge: Edge) -> bool {
        target(self.api, edge).is_some_and(|id| self.types[id].constraints.is_untyped)
    }

    /// Returns the changes that let a value fit a union: those of the variant with the fewest, or else a further variant.
    fn form(&mut self, union: TypeId, value: &'v Value, one: &Contradiction<'v>) -> Option<Vec<Needed<'v>>> {
        let Shape::Union(stated) = &self.types[union].shape else { return None };
        let mut best: Option<Vec<Needed<'v>>> = None;
        for (index, variant) in stated.variants.iter().enumerate() {
            let fits = self.could_be(union, (index, variant.ty), value);
            let Some(needed) = fits.then(|| self.variant((variant.ty, Edge::Variant(union, index)), value)).flatten()
            else {
                continue;
            };
            // A value with keys of several variants does not show which variant it is.
            let is_mixed = needed.iter().any(|needed| match &needed.change {
                Change::Added(id, key) => {
                    let rivals = stated.variants.iter().map(|rival| rival.ty.id);
                    let own = variant.ty.id;
                    *id == own && rivals.filter(|rival| *rival != own).any(|rival| declares(self.types, rival, key))
                }
                _ => false,
            });
            if is_mixed {
                continue;
            }
            if best.as_ref().is_none_or(|best| needed.len() < best.len()) {
                best = Some(needed);
            }
        }
        if let Some(best) = best {
            let within = |needed: Needed<'v>| Needed { path: needed.path.replacen('$', &one.path, 1), ..needed };
            return Some(best.into_iter().map(within).collect());
        }
        let same_kind = |variant: TypeRef| kind_fits(self.types, variant, value);
        let may_add = self.state.mode == Mode::All && !stated.variants.iter().any(|variant| same_kind(variant.ty));
        let added = Needed {
            change: Change::Variant(union),
            why: one.message.clone(),
            path: one.path.clone(),
            value: Some(value),
        };
        may_add.then(|| vec![added])
    }

    /// Returns whether a value may be of a variant: the JSON types agree, no discriminator value or constant excludes
    /// it, and an object has at least one key of the variant.
    fn could_be(&self, union: TypeId, (index, ty): (usize, TypeRef), value: &Value) -> bool {
        let plan = self.plans.get(union).map(Vec::as_slice).unwrap_or_default();
        let is_tag = |test: &&Test| matches!(test, Test::Tag(..) | Test::Constant(..));
        let steps = plan.iter().filter(|plan| plan.variant == index);
        let tags: Vec<Vec<&Test>> = steps.map(|step| step.tests.iter().filter(is_tag).collect()).collect();
        let mut tags = tags.iter().filter(|tags| !tags.is_empty()).peekable();
        let is_excluded = tags.peek().is_some() && !tags.any(|tags| tags.iter().all(|test| test.passes(value)));
        if is_excluded || !kind_fits(self.types, ty, value) {
            return false;
        }
        match (&self.types[ty.id].shape, value) {
            (Shape::Object(object), Value::Object(entries)) => {
                object.fields.is_empty() || object.fields.iter().any(|field| entries.contains_key(&field.key))
            }
            _ => true,
        }
    }

    /// Returns the changes that let a value fit a variant. `None` means that no allowed change is enough.
    fn variant(&mut self, at: (TypeRef, Edge), value: &'v Value) -> Option<Vec<Needed<'v>>> {
        let key = (at.0, std::ptr::from_ref(value).addr());
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        // A union that contains itself proposes nothing for the same value.
        self.known.insert(key, None);
        let mut needed = Some(Vec::new());
        for one in check(self.types, self.plans, at, value).found {
            let is_kept = one.effect == Effect::Kept;
            match (self.change(one), &mut needed) {
                (Some(changes), Some(needed)) => needed.extend(changes),
                (None, _) if is_kept => {}
                (None, _) => needed = None,
                _ => {}
            }
        }
        self.known.insert(key, needed.clone());
        needed
    }
}

fn is_parameter(api: &Api, example: usize) -> bool {
    api.examples.get(example).is_some_and(|example| matches!(example.role, ExampleRole::Parameter(_)))
}

/// Returns the type behind an edge.
fn target(api: &Api, edge: Edge) -> Option<TypeId> {
    edges::get(api, edge).map(|used| used.id)
}

fn declares(types: &Types, id: TypeId, key: &str) -> bool {
    matches!(&types[id].shape, Shape::Object(object) if object.fields.iter().any(|field| field.key == key))
}

fn kind_fits(types: &Types, used: TypeRef, value: &Value) -> bool {
    let mut waiting = vec![used];
    let mut seen = FxHashSet::default();
    while let Some(TypeRef { id, nullable }) = waiting.pop() {
        let fits = match (&types[id].shape, value) {
            (_, Value::Null) => nullable,
            (Shape::Union(union), _) => {
                if seen.insert(id) {
                    waiting.extend(union.variants.iter().map(|variant| variant.ty));
                }
                false
            }
            (Shape::Enum(stated), value) => stated.values.iter().any(|one| one.kind() == value.kind()),
            (Shape::Boolean, Value::Boolean(_))
            | (Shape::Integer(_) | Shape::Number | Shape::NumberOrText, Value::Number(_))
            | (Shape::NumberOrText, Value::String(_))
            | (Shape::String(_), Value::String(_))
            | (Shape::Array(_) | Shape::Tuple(_), Value::Array(_))
            | (Shape::Map(_) | Shape::Object(_), Value::Object(_))
            | (Shape::Any, _) => true,
            _ => false,
        };
        if fits {
            return true;
        }
    }
    false
}
