//! Whether the documented payloads fit the documented types, found out before anybody compiles them.

use std::collections::{BTreeMap, HashMap};

use octogen_runtime::{JsonType, Map, Value};

use super::ArmPlan;
use crate::ir::{Edge, IntegerKind, Object, Shape, TypeId, Types};

/// How the arms of each union are told apart.
pub type Plans = BTreeMap<TypeId, Vec<ArmPlan>>;

/// What came of holding a payload against its type.
#[derive(Debug, Default)]
pub struct Checked<'v> {
    /// Where they part.
    pub found: Vec<Contradiction<'v>>,
    /// What becomes of its values.
    pub tally: Tally,
    /// What is held as plain JSON: the way to it, and how many leaves it has.
    pub json: Vec<(String, usize)>,
}

/// What becomes of the values of a payload.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Scalars, and arrays and objects that are empty.
    pub leaves: usize,
    /// Those of them that are held as plain JSON.
    pub as_json: usize,
    /// Values that an enum does not document.
    pub unknown_values: usize,
    /// Values that fit no arm of their union.
    pub unknown_arms: usize,
    /// Objects with undeclared keys, which a map keeps.
    pub rests: usize,
}

/// Where a payload and its type part.
#[derive(Clone, Debug, PartialEq)]
pub struct Contradiction<'v> {
    /// The way to the value within the payload.
    pub path: String,
    /// What the type says and what the payload has.
    pub message: String,
    /// What becomes of the value.
    pub effect: Effect,
    /// In which way they part.
    pub kind: Kind,
    /// What leads to the type of the value.
    pub edge: Edge,
    /// The value, where there is one.
    pub value: Option<&'v Value>,
}

/// What becomes of a value that contradicts its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// It is kept and written back.
    Kept,
    /// It is dropped, or comes back as another text.
    Changed,
    /// It is refused, and the payload with it.
    Refused,
}

/// In which way a payload and its type part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A required key is missing; the field by its object and its place there.
    Missing(TypeId, usize),
    /// There is null where none is allowed.
    Null,
    /// The object has a key that is not declared.
    Undeclared(TypeId, String),
    /// The number is none of that type of integers.
    Integer(TypeId),
    /// The value is of another type.
    Type,
    /// The enum does not have the value.
    Unlisted,
    /// No arm of the union fits.
    Form(TypeId),
}

/// Holds a value against a type.
#[must_use]
pub fn check<'v>(types: &Types, plans: &Plans, (ty, edge): (TypeId, Edge), value: &'v Value) -> Checked<'v> {
    let mut check = Check { types, plans, settled: HashMap::new(), done: Checked::default() };
    check.value((ty, edge), value, "$");
    check.done
}

struct Check<'a, 'v> {
    types: &'a Types,
    plans: &'a Plans,
    /// By union and value: the arm that was taken. Without it, unions within unions would be tried over and over.
    settled: HashMap<(TypeId, usize), Option<usize>>,
    done: Checked<'v>,
}

impl<'v> Check<'_, 'v> {
    fn value(&mut self, at: (TypeId, Edge), value: &'v Value, path: &str) {
        let (inner, nullable) = self.types.without_null(at.0);
        let types = self.types;
        if is_leaf(value) {
            self.done.tally.leaves += 1;
        }
        if nullable && *value == Value::Null {
            return;
        }
        match (&types[inner].shape, value) {
            (Shape::Any | Shape::Nullable(_) | Shape::Alias(_), _) => self.as_json(value, path),
            (Shape::Null, Value::Null)
            | (Shape::Boolean, Value::Boolean(_))
            | (Shape::Number, Value::Number(_))
            | (Shape::String(_), Value::String(_)) => {}
            (Shape::Integer(kind), Value::Number(number)) => {
                self.integer((inner, *kind), at.1, value, number.as_str(), path)
            }
            (Shape::Array(items), Value::Array(values)) => {
                for (index, value) in values.iter().enumerate() {
                    self.value((*items, Edge::Items(inner)), value, &format!("{path}[{index}]"));
                }
            }
            (Shape::Tuple(elements), Value::Array(values)) if elements.len() == values.len() => {
                for (index, (element, value)) in elements.iter().zip(values).enumerate() {
                    self.value((*element, Edge::Element(inner, index)), value, &format!("{path}[{index}]"));
                }
            }
            (Shape::Map(values), Value::Object(entries)) => {
                for (key, value) in entries {
                    self.value((*values, Edge::Values(inner)), value, &format!("{path}.{key}"));
                }
            }
            (Shape::Object(object), Value::Object(entries)) => self.object((inner, object), entries, path),
            (Shape::Enum(values), value) if values.iter().any(|one| one.kind() == value.kind()) => {
                if !values.contains(value) {
                    self.done.tally.unknown_values += 1;
                    let message = format!("{} is not among the documented values", octogen_runtime::encode(value));
                    self.part(Effect::Kept, Kind::Unlisted, (at.1, Some(value)), path, message);
                }
            }
            (Shape::Union(_), value) => self.union((inner, at.1), value, path),
            (shape, value) => {
                let kind = if *value == Value::Null { Kind::Null } else { Kind::Type };
                let message = format!("the type is {}, the payload has {}", said(shape), value.kind());
                self.part(Effect::Refused, kind, (at.1, Some(value)), path, message);
            }
        }
    }

    fn integer(&mut self, (id, kind): (TypeId, IntegerKind), edge: Edge, value: &'v Value, text: &str, path: &str) {
        let back = match kind {
            IntegerKind::Signed => text.parse::<i64>().ok().map(|value| value.to_string()),
            IntegerKind::Unsigned => text.parse::<u64>().ok().map(|value| value.to_string()),
        };
        let (effect, message) = match back {
            Some(back) if back == text => return,
            // The decoder takes 3.0 and 5e9 for the integers that they are.
            _ if text.contains(['.', 'e', 'E']) || back.is_some() => {
                (Effect::Changed, format!("the type is an integer, which {text} would come back as"))
            }
            _ => (Effect::Refused, format!("the type is an integer of 64 bits, the payload has {text}")),
        };
        self.part(effect, Kind::Integer(id), (edge, Some(value)), path, message);
    }

    fn object(&mut self, (id, object): (TypeId, &Object), entries: &'v Map<Value>, path: &str) {
        for (index, field) in object.fields.iter().enumerate() {
            let path = format!("{path}.{}", field.key);
            let edge = Edge::Field(id, index);
            let null_means_something = self.types.without_null(field.ty).1 || field.required || self.is_any(field.ty);
            match entries.get(&field.key) {
                None if field.required => {
                    let message = "the required key is missing".to_owned();
                    self.part(Effect::Refused, Kind::Missing(id, index), (edge, None), &path, message);
                }
                None => {}
                Some(value @ Value::Null) if !null_means_something => {
                    let message = "the payload has null, which the type does not allow".to_owned();
                    self.part(Effect::Refused, Kind::Null, (edge, Some(value)), &path, message);
                }
                Some(value) => self.value((field.ty, edge), value, &path),
            }
        }
        let declared = |key: &str| object.fields.iter().any(|field| field.key == key);
        let mut others = entries.iter().filter(|(key, _)| !declared(key)).peekable();
        if object.rest.is_some() && others.peek().is_some() {
            self.done.tally.rests += 1;
        }
        for (key, value) in others {
            let path = format!("{path}.{key}");
            let edge = Edge::Rest(id);
            if let Some(rest) = object.rest {
                self.value((rest, edge), value, &path);
            } else {
                let kind = Kind::Undeclared(id, key.clone());
                self.part(Effect::Changed, kind, (edge, Some(value)), &path, "the key is not declared".to_owned());
            }
        }
    }

    fn is_any(&self, id: TypeId) -> bool {
        matches!(self.types[self.types.behind(id)].shape, Shape::Any | Shape::Null)
    }

    /// Takes the arm that the decoder takes.
    fn union(&mut self, (id, edge): (TypeId, Edge), value: &'v Value, path: &str) {
        let Shape::Union(union) = &self.types[id].shape else {
            return;
        };
        // The value is counted where it is held, not on the way there as well.
        let leaf = usize::from(is_leaf(value));
        let before = self.done.found.len();
        let (tally, json) = (self.done.tally, self.done.json.len());
        let here = (id, std::ptr::from_ref(value).addr());
        let settled = self.settled.get(&here).copied();
        for plan in candidates(self.plans, id, value).filter(|plan| settled.is_none_or(|arm| arm == Some(plan.arm))) {
            let Some(arm) = union.arms.get(plan.arm) else {
                continue;
            };
            self.done.tally.leaves -= leaf;
            self.value((arm.ty, Edge::Arm(id, plan.arm)), value, path);
            let decodes = self.done.found[before..].iter().all(|one| one.effect != Effect::Refused);
            if plan.proven || decodes {
                self.settled.insert(here, Some(plan.arm));
                return;
            }
            self.done.found.truncate(before);
            self.done.tally = tally;
            self.done.json.truncate(json);
        }
        self.settled.insert(here, None);
        self.done.tally.unknown_arms += 1;
        self.as_json(value, path);
        let kind = if *value == Value::Null { Kind::Null } else { Kind::Form(id) };
        let message = "the value has none of the documented forms".to_owned();
        self.part(Effect::Kept, kind, (edge, Some(value)), path, message);
    }

    /// Counts what is held as plain JSON; the value itself is counted as a leaf already, if it is one.
    fn as_json(&mut self, value: &Value, path: &str) {
        let leaves = leaves(value);
        self.done.json.push((path.to_owned(), leaves));
        self.done.tally.as_json += leaves;
        self.done.tally.leaves += leaves - usize::from(is_leaf(value));
    }

    fn part(
        &mut self,
        effect: Effect,
        kind: Kind,
        (edge, value): (Edge, Option<&'v Value>),
        path: &str,
        message: String,
    ) {
        self.done.found.push(Contradiction { path: path.to_owned(), message, effect, kind, edge, value });
    }
}

/// The arms whose tests a value passes.
fn candidates<'p>(plans: &'p Plans, union: TypeId, value: &Value) -> impl Iterator<Item = &'p ArmPlan> {
    let plan = plans.get(&union).map(Vec::as_slice).unwrap_or_default();
    plan.iter().filter(move |plan| plan.tests.iter().all(|test| test.passes(value)))
}

fn is_leaf(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.is_empty(),
        Value::Object(entries) => entries.is_empty(),
        _ => true,
    }
}

fn leaves(value: &Value) -> usize {
    match value {
        Value::Array(items) if !items.is_empty() => items.iter().map(leaves).sum(),
        Value::Object(entries) if !entries.is_empty() => entries.values().map(leaves).sum(),
        _ => 1,
    }
}

fn said(shape: &Shape) -> String {
    let kind = match shape {
        Shape::Null => JsonType::Null,
        Shape::Boolean => JsonType::Boolean,
        Shape::Number => JsonType::Number,
        Shape::String(_) => JsonType::String,
        Shape::Array(_) => JsonType::Array,
        Shape::Map(_) | Shape::Object(_) => JsonType::Object,
        Shape::Integer(_) => return "an integer".to_owned(),
        Shape::Tuple(elements) => return format!("an array of {} elements", elements.len()),
        Shape::Enum(_) => return "one of some values of another type".to_owned(),
        Shape::Any | Shape::Union(_) | Shape::Nullable(_) | Shape::Alias(_) => return "another one".to_owned(),
    };
    kind.to_string()
}
