//! What a payload says against its type, as changes that would let it fit.

use std::collections::{BTreeSet, HashMap};

use indexmap::IndexMap;
use octogen_runtime::Value;

use super::{Mode, State, edges};
use crate::analyze::{Checked, Contradiction, Effect, Kind, Open, Plans, Test, check};
use crate::diagnostic::Place;
use crate::ir::{Api, Edge, ExampleRole, Shape, TypeId, TypeRef, Types};

/// A change of a type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Change {
    /// A required key may be absent: the object, the place of the field in it, and the key.
    Optional(TypeId, usize, String),
    /// Null fits what an edge leads to.
    Nullable(Edge),
    /// An object has one key more.
    Added(TypeId, String),
    /// An object of which only its keys are open may have those that were seen.
    Opened(TypeId),
    /// A value without a schema may be like those that were seen.
    Observed(TypeId),
    /// An integer is any number.
    Number(TypeId),
    /// What an edge leads to is of other types as well.
    Typed(Edge),
    /// A union has one variant more.
    Variant(TypeId),
}

/// What was seen that speaks for a change: the first payload and all values.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) why: String,
    pub(super) place: Place,
    pub(super) path: String,
    pub(super) values: Vec<Value>,
}

/// All that is proposed, each change once.
pub(super) type Proposals = IndexMap<Change, Seen>;

/// Adds what one payload proposes.
pub(super) fn from_payload(
    api: &Api,
    plans: &Plans,
    state: &State,
    at: (TypeRef, Edge),
    value: &Value,
    place: &Place,
    proposed: &mut Proposals,
) {
    let mut search = Search { api, types: &api.types, plans, state, known: HashMap::new() };
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
    /// By variant and value: what the value needs to fit it, if it can.
    known: HashMap<(TypeRef, usize), Option<Vec<Needed<'v>>>>,
}

impl<'v> Search<'_, 'v> {
    /// The changes that are allowed, whether or not they are enough.
    fn needed(&mut self, at: (TypeRef, Edge), value: &'v Value) -> Vec<Needed<'v>> {
        let Checked { found, open, .. } = check(self.types, self.plans, at, value);
        let mut needed: Vec<_> = found.into_iter().filter_map(|one| self.change(one)).flatten().collect();
        // A parameter is written by its style, which knows declared keys alone.
        let is_body =
            self.state.mode != Mode::Off && !matches!(at.1, Edge::Root(index) if is_parameter(self.api, index));
        let is_known = |id: TypeId| matches!(self.types[id].shape, Shape::Any) && self.state.derived.contains(&id);
        needed.extend(open.into_iter().filter(|open| is_body && !is_known(open.ty)).map(|Open { ty, path, value }| {
            let (change, why) = match self.types[ty].shape {
                Shape::Any => (Change::Observed(ty), "no schema says what it is, the payload shows it"),
                _ => (Change::Opened(ty), "the object is open, the payload shows keys of it"),
            };
            Needed { change, why: why.to_owned(), path, value: Some(value) }
        }));
        needed
    }

    /// The changes that a contradiction needs; `None` where the mode does not allow them.
    fn change(&mut self, one: Contradiction<'v>) -> Option<Vec<Needed<'v>>> {
        if self.state.mode == Mode::Off && !(one.kind == Kind::Null && self.is_untyped(one.edge)) {
            return None;
        }
        let may_retype = |id: TypeId| self.state.mode == Mode::All || self.state.derived.contains(&id);
        let change = match &one.kind {
            Kind::Missing(id, index) => {
                let Shape::Object(object) = &self.types[*id].shape else { return None };
                Change::Optional(*id, *index, object.fields.get(*index)?.key.clone())
            }
            Kind::Null => Change::Nullable(one.edge),
            Kind::Undeclared(id, key) => Change::Added(*id, key.clone()),
            Kind::Integer(id) if may_retype(*id) => Change::Number(*id),
            Kind::Type if may_retype(target(self.api, one.edge)?) => Change::Typed(one.edge),
            Kind::Form(union) => return self.form(*union, one.value?, &one),
            Kind::Unlisted => return Some(Vec::new()),
            Kind::Integer(_) | Kind::Type => return None,
        };
        Some(vec![Needed { change, why: one.message, path: one.path, value: one.value }])
    }

    fn is_untyped(&self, edge: Edge) -> bool {
        target(self.api, edge).is_some_and(|id| self.types[id].constraints.is_untyped)
    }

    /// What lets a value fit the variant of a union that needs the least for it, or else a further variant.
    fn form(&mut self, union: TypeId, value: &'v Value, one: &Contradiction<'v>) -> Option<Vec<Needed<'v>>> {
        let Shape::Union(stated) = &self.types[union].shape else { return None };
        let mut best: Option<Vec<Needed<'v>>> = None;
        for (index, variant) in stated.variants.iter().enumerate() {
            let fits = self.could_be(union, (index, variant.ty), value);
            let Some(needed) = fits.then(|| self.variant((variant.ty, Edge::Variant(union, index)), value)).flatten()
            else {
                continue;
            };
            // What has keys of several variants tells nothing of any of them.
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
        let has_room = self.state.mode == Mode::All && !stated.variants.iter().any(|variant| same_kind(variant.ty));
        let added = Needed {
            change: Change::Variant(union),
            why: one.message.clone(),
            path: one.path.clone(),
            value: Some(value),
        };
        has_room.then(|| vec![added])
    }

    /// Whether a value is meant for a variant: it is of its JSON type, not told from it by a tag, and of an object it
    /// has at least one key.
    fn could_be(&self, union: TypeId, (index, ty): (usize, TypeRef), value: &Value) -> bool {
        let plan = self.plans.get(&union).map(Vec::as_slice).unwrap_or_default();
        let mut tests = plan.iter().filter(|plan| plan.variant == index).flat_map(|plan| &plan.tests);
        if tests.any(|test| matches!(test, Test::Tag(..) | Test::Constant(..)) && !test.passes(value))
            || !kind_fits(self.types, ty, value)
        {
            return false;
        }
        match (&self.types[ty.id].shape, value) {
            (Shape::Object(object), Value::Object(entries)) => {
                object.fields.is_empty() || object.fields.iter().any(|field| entries.contains_key(&field.key))
            }
            _ => true,
        }
    }

    /// What a value needs to fit a variant; `None` where nothing that is allowed would do.
    fn variant(&mut self, at: (TypeRef, Edge), value: &'v Value) -> Option<Vec<Needed<'v>>> {
        let key = (at.0, std::ptr::from_ref(value).addr());
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        // A union that leads back to itself without a step into the value gives nothing.
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

/// The type that an edge leads to, behind its names and null.
fn target(api: &Api, edge: Edge) -> Option<TypeId> {
    edges::get(api, edge).map(|used| used.id)
}

fn declares(types: &Types, id: TypeId, key: &str) -> bool {
    matches!(&types[id].shape, Shape::Object(object) if object.fields.iter().any(|field| field.key == key))
}

fn kind_fits(types: &Types, used: TypeRef, value: &Value) -> bool {
    let mut waiting = vec![used];
    let mut seen = BTreeSet::new();
    while let Some(TypeRef { id, nullable }) = waiting.pop() {
        let fits = match (&types[id].shape, value) {
            (_, Value::Null) => nullable,
            (Shape::Union(union), _) => {
                if seen.insert(id) {
                    waiting.extend(union.variants.iter().map(|variant| variant.ty));
                }
                false
            }
            (Shape::Enum(values), value) => values.iter().any(|one| one.kind() == value.kind()),
            (Shape::Boolean, Value::Boolean(_))
            | (Shape::Integer(_) | Shape::Number, Value::Number(_))
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
