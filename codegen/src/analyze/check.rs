//! Checks payloads against types in the same way as the decoder, without a compiler.

use octogen_runtime::{JsonType, Map, Value};
use rustc_hash::FxHashMap;

use super::Plans;
use super::check_result::{
    CheckResult, Contradiction, ContradictionKind, Effect, ModelValue, PlainJson, Undescribed, ValueCounts,
};
use super::misfits::Misfits;
use super::value_path::{Segment, ValuePath};
use crate::diagnostic::fits_format;
use crate::ir::{
    Declared, Edge, Enum, IntegerKind, Object, Origin, Shape, StringKind, Tuple, TypeId, TypeRef, Types,
    are_equal_scalars,
};

/// Checks a JSON value, such as an example of the document, against a type of the generator, and returns the
/// contradictions and counts. It finds out without compiling whether emitted code would decode the value and write it
/// back unchanged.
///
/// It selects the variants of unions by the rule that `octogen_runtime::Union` documents.
#[must_use]
pub fn check<'v>(types: &Types, plans: &Plans, (ty, edge): (TypeRef, Edge), value: &'v Value) -> CheckResult<'v> {
    let path = ValuePath::default();
    let mut check = Check {
        types,
        plans,
        chosen: FxHashMap::default(),
        path,
        misfits: Misfits::default(),
        done: CheckResult::default(),
    };
    check.value((ty, edge), value);
    check.done
}

pub(super) struct Check<'a, 'v> {
    pub(super) types: &'a Types,
    pub(super) plans: &'a Plans,
    /// The chosen variant, by union and value. It saves trying unions within unions again and again.
    pub(super) chosen: FxHashMap<(TypeId, usize), Option<usize>>,
    /// The path to the value that is checked.
    pub(super) path: ValuePath<'v>,
    pub(super) misfits: Misfits,
    pub(super) done: CheckResult<'v>,
}

/// The length of each list of results, to return to.
pub(super) struct Before {
    misfits: Misfits,
    pub(super) found: usize,
    counts: ValueCounts,
    json: usize,
    open: usize,
    variants: usize,
    models: usize,
    secrets: usize,
}

impl<'v> Check<'_, 'v> {
    fn value_within(&mut self, at: (TypeRef, Edge), value: &'v Value, segment: Segment<'v>) {
        self.path.push(segment);
        self.value(at, value);
        self.path.pop();
    }

    pub(super) fn value(&mut self, at: (TypeRef, Edge), value: &'v Value) {
        let TypeRef { id: inner, nullable } = at.0;
        let types = self.types;
        if is_leaf(value) {
            self.done.counts.leaves += 1;
        }
        if nullable && *value == Value::Null {
            return;
        }
        match (&types[inner].shape, value) {
            (Shape::Any, _) => {
                if is_unstated(types, inner, at.1) {
                    self.done.open.push(Undescribed { ty: inner, path: self.path.to_string(), value });
                }
                self.as_json(value, Some(at.1));
            }
            (Shape::Null, Value::Null)
            | (Shape::Boolean, Value::Boolean(_))
            | (Shape::Number, Value::Number(_))
            | (Shape::NumberOrText, Value::Number(_) | Value::String(_)) => {}
            (Shape::String(kind), Value::String(text)) => self.text(*kind, at.1, value, text),
            (Shape::Integer(kind), Value::Number(number)) => self.integer((inner, *kind), at.1, value, number.as_str()),
            (Shape::Array(items), Value::Array(values)) => {
                for (index, value) in values.iter().enumerate() {
                    self.value_within((*items, Edge::Items(inner)), value, Segment::Index(index));
                }
            }
            (Shape::Tuple(tuple), Value::Array(values))
                if tuple.rest.is_some() || tuple.elements.len() == values.len() =>
            {
                for (index, value) in values.iter().enumerate() {
                    let element = tuple.elements.get(index).map(|element| (*element, Edge::Element(inner, index)));
                    let rest = tuple.rest.map(|rest| (rest, Edge::Items(inner)));
                    if let Some(at) = element.or(rest) {
                        self.value_within(at, value, Segment::Index(index));
                    }
                }
            }
            (Shape::Map(values), Value::Object(entries)) => {
                if self.is_any(*values) && !entries.is_empty() {
                    self.done.open.push(Undescribed { ty: inner, path: self.path.to_string(), value });
                }
                for (key, value) in entries {
                    self.misfits.undeclared += 1;
                    self.value_within((*values, Edge::Values(inner)), value, Segment::Key(key));
                }
            }
            (Shape::Object(object), Value::Object(entries)) => {
                self.done.models.push(ModelValue { ty: inner, value });
                if self.object((inner, object), entries) {
                    self.done.open.push(Undescribed { ty: inner, path: self.path.to_string(), value });
                }
            }
            (Shape::Enum(Enum { values, open }), value) if values.iter().any(|one| one.kind() == value.kind()) => {
                if !open && !values.iter().any(|one| are_equal_scalars(one, value)) {
                    self.misfits.unknown += 1;
                    self.done.counts.unknown_values += 1;
                    let message = format!("{} is not among the documented values", octogen_runtime::encode(value));
                    self.part(Effect::Kept, ContradictionKind::Unlisted, (at.1, Some(value)), message);
                } else {
                    self.done.models.push(ModelValue { ty: inner, value });
                }
            }
            (Shape::Union(_), value) => self.union((inner, at.1), value),
            (shape, value) => {
                let kind = if *value == Value::Null { ContradictionKind::Null } else { ContradictionKind::Type };
                let message = format!("the type is {}, and the payload has {}", said(shape), value.kind());
                self.part(Effect::Refused, kind, (at.1, Some(value)), message);
            }
        }
    }

    /// Reports a text that does not have the form of a date or a time. The decoder keeps it.
    fn text(&mut self, kind: StringKind, edge: Edge, value: &'v Value, text: &str) {
        let format = match kind {
            StringKind::Date => "date",
            StringKind::Timestamp => "date-time",
            StringKind::Secret => {
                self.done.secrets.push(value);
                return;
            }
            StringKind::Plain | StringKind::Binary => return,
        };
        if !fits_format(format, text) {
            let message = format!("`{text}` does not have the format `{format}`");
            self.part(Effect::Kept, ContradictionKind::Format, (edge, Some(value)), message);
        }
    }

    fn integer(&mut self, (id, kind): (TypeId, IntegerKind), edge: Edge, value: &'v Value, text: &str) {
        let back = match kind {
            IntegerKind::Signed => octogen_runtime::decode::<i64>(text.as_bytes()).ok().map(|value| value.to_string()),
            IntegerKind::Unsigned => {
                octogen_runtime::decode::<u64>(text.as_bytes()).ok().map(|value| value.to_string())
            }
        };
        let (effect, message) = match back {
            Some(back) if back == text => return,
            // The decoder reads 3.0 and 5e9 as integers, and refuses 1.5.
            Some(_) => {
                (Effect::Changed, format!("the type is an integer, and {text} is written back in another notation"))
            }
            _ => (Effect::Refused, format!("the type is an integer of 64 bits, and the payload has {text}")),
        };
        self.part(effect, ContradictionKind::Integer(id), (edge, Some(value)), message);
    }

    /// Checks an object. Returns whether it has undeclared keys that its type keeps.
    fn object(&mut self, (id, object): (TypeId, &Object), entries: &'v Map<Value>) -> bool {
        for (index, field) in object.fields.iter().enumerate() {
            let edge = Edge::Field(id, index);
            let Some((key, value)) = entries.get_key_value(&field.key) else {
                if field.required {
                    self.missing((id, index), &field.key);
                }
                continue;
            };
            let null_means_something = field.ty.nullable || field.required || self.is_any(field.ty);
            let before = self.mark();
            self.path.push(Segment::Key(key));
            if *value == Value::Null && !null_means_something {
                let message = "the payload has null, and the type does not allow it".to_owned();
                self.part(Effect::Refused, ContradictionKind::Null, (edge, Some(value)), message);
            } else {
                self.value((field.ty, edge), value);
            }
            if field.declared != Declared::Always {
                self.treat_as_undeclared((id, object), field.declared, &before, value);
            }
            self.path.pop();
        }
        let declared = |key: &str| object.fields.iter().any(|field| field.key == key);
        let mut others = entries.iter().filter(|(key, _)| !declared(key)).peekable();
        let is_open = others.peek().is_some() && object.rest.is_some();
        self.done.counts.rests += usize::from(is_open);
        for (key, value) in others {
            let edge = Edge::Rest(id);
            self.path.push(Segment::Key(key));
            let undeclared = self.misfits.undeclared + 1;
            if let Some(rest) = object.rest {
                self.value((rest, edge), value);
            } else {
                let kind = ContradictionKind::Undeclared(id, key.clone());
                self.part(Effect::Changed, kind, (edge, Some(value)), "the key is not declared".to_owned());
            }
            self.misfits.undeclared = undeclared;
            self.path.pop();
        }
        is_open
    }

    /// Treats the value of a key that the schema does not always declare like the value of an undeclared key if it does
    /// not fit its type: it is kept if the object keeps undeclared keys, and dropped otherwise.
    fn treat_as_undeclared(
        &mut self,
        (id, object): (TypeId, &Object),
        declared: Declared,
        before: &Before,
        value: &'v Value,
    ) {
        // Without its condition, the schema admits any value for the key.
        let is_allowed = declared == Declared::UnderCondition && object.rest.is_some();
        if self.done.found[before.found..].iter().all(|one| one.effect != Effect::Refused) {
            if is_allowed {
                let found = self.done.found.split_off(before.found);
                self.done.found.extend(found.into_iter().filter(|one| one.effect != Effect::Kept));
            }
            return;
        }
        if let Some(rest) = object.rest.filter(|rest| !self.is_any(*rest)) {
            self.rewind(before);
            self.done.counts.rests += 1;
            self.value((rest, Edge::Rest(id)), value);
            self.misfits.undeclared = before.misfits.undeclared + 1;
            return;
        }
        let effect = if object.rest.is_some() { Effect::Kept } else { Effect::Changed };
        for one in &mut self.done.found[before.found..] {
            one.effect = effect;
        }
        let found = if is_allowed { before.found } else { self.done.found.len() };
        self.rewind(&Before { found, ..*before });
        self.misfits.undeclared += 1;
        self.done.counts.leaves += usize::from(is_leaf(value));
        if object.rest.is_some() {
            self.done.counts.rests += 1;
            self.as_json(value, Some(Edge::Rest(id)));
        }
    }

    pub(super) fn mark(&self) -> Before {
        let CheckResult { found, counts, json, open, variants, models, secrets } = &self.done;
        let (found, json, open, variants) = (found.len(), json.len(), open.len(), variants.len());
        let (models, secrets) = (models.len(), secrets.len());
        Before { misfits: self.misfits, found, counts: *counts, json, open, variants, models, secrets }
    }

    pub(super) fn rewind(&mut self, before: &Before) {
        self.misfits = before.misfits;
        self.done.found.truncate(before.found);
        self.done.counts = before.counts;
        self.done.json.truncate(before.json);
        self.done.open.truncate(before.open);
        self.done.variants.truncate(before.variants);
        self.done.models.truncate(before.models);
        self.done.secrets.truncate(before.secrets);
    }

    fn is_any(&self, used: TypeRef) -> bool {
        !used.nullable && matches!(self.types[used.id].shape, Shape::Any | Shape::Null)
    }

    /// Counts the leaves that are kept as plain JSON. The value itself is already counted if it is a leaf.
    pub(super) fn as_json(&mut self, value: &Value, edge: Option<Edge>) {
        let leaves = leaves(value);
        self.done.json.push(PlainJson { path: self.path.to_string(), leaves, edge });
        self.done.counts.as_json += leaves;
        self.done.counts.leaves += leaves - usize::from(is_leaf(value));
    }

    pub(super) fn part(
        &mut self,
        effect: Effect,
        kind: ContradictionKind,
        (edge, value): (Edge, Option<&'v Value>),
        message: String,
    ) {
        let (path, pointer) = (self.path.to_string(), self.path.pointer());
        self.done.found.push(Contradiction { path, pointer, message, effect, kind, edge, value });
    }

    /// Reports a missing key. It has a path, and its pointer is that of the object.
    fn missing(&mut self, (id, index): (TypeId, usize), key: &str) {
        let path = format!("{}.{key}", self.path);
        let (kind, edge) = (ContradictionKind::Missing(id, index), Edge::Field(id, index));
        let message = "the required key is missing".to_owned();
        let (effect, pointer) = (Effect::Refused, self.path.pointer());
        self.done.found.push(Contradiction { path, pointer, message, effect, kind, edge, value: None });
    }
}

/// Returns whether a type of any JSON is a whole payload, a property or an element, and not the type of all undeclared
/// keys.
fn is_unstated(types: &Types, id: TypeId, edge: Edge) -> bool {
    let is_place = matches!(edge, Edge::Root(_) | Edge::Field(..) | Edge::Items(_));
    is_place && !matches!(types[id].origin, Origin::Component(_))
}

pub(super) fn is_leaf(value: &Value) -> bool {
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
        Shape::NumberOrText => return "a number or a text".to_owned(),
        Shape::Tuple(Tuple { rest: Some(_), .. }) => JsonType::Array,
        Shape::Tuple(tuple) => return format!("an array of {} elements", tuple.elements.len()),
        Shape::Enum(_) => return "an enum of another type".to_owned(),
        Shape::Any | Shape::Union(_) => return "another type".to_owned(),
    };
    kind.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::plans;
    use crate::ir::testing::{add, object, string, strings, union};

    /// The contradictions of a value, each as its effect and its path.
    fn contradictions(types: &Types, used: TypeRef, json: &str) -> Vec<String> {
        let value: Value = octogen_runtime::decode(json.as_bytes()).expect("the test has JSON");
        let checked = check(types, &plans(types), (used, Edge::Root(0)), &value);
        checked.found.iter().map(|one| format!("{:?} {}", one.effect, one.path)).collect()
    }

    #[test]
    fn each_contradiction_has_the_effect_that_the_decoder_has() {
        let mut types = Types::default();
        let (text, size) = (string(&mut types), add(&mut types, Shape::Integer(IntegerKind::Signed)));
        let state = strings(&mut types, &["open"]);
        let maybe = TypeRef { nullable: true, ..text };
        let item = object(&mut types, &[("name", text), ("size?", size), ("state?", state), ("maybe", maybe)]);
        let cases: [(&str, &[&str]); 9] = [
            (r#"{"name":"a","size":1,"state":"open","maybe":null}"#, &[]),
            (r#"{"maybe":"b"}"#, &["Refused $.name"]),
            (r#"{"name":null,"maybe":"b"}"#, &["Refused $.name"]),
            (r#"{"name":1,"maybe":"b"}"#, &["Refused $.name"]),
            (r#"{"name":"a","maybe":"b","size":1.0}"#, &["Changed $.size"]),
            (r#"{"name":"a","maybe":"b","size":1.5}"#, &["Refused $.size"]),
            (r#"{"name":"a","maybe":"b","size":99999999999999999999}"#, &["Refused $.size"]),
            (r#"{"name":"a","maybe":"b","state":"new"}"#, &["Kept $.state"]),
            (r#"{"name":"a","maybe":"b","more":1}"#, &["Changed $.more"]),
        ];
        for (json, wanted) in cases {
            assert_eq!(contradictions(&types, item, json), wanted, "{json}");
        }
    }

    #[test]
    fn a_union_keeps_what_fits_no_variant() {
        let mut types = Types::default();
        let (text, list) = (string(&mut types), string(&mut types));
        let list = add(&mut types, Shape::Array(list));
        let used = union(&mut types, None, &[("", text), ("", list)]);
        let cases: [(&str, &[&str]); 4] =
            [("\"a\"", &[]), ("[\"a\"]", &[]), ("[1]", &["Refused $[0]"]), ("1", &["Kept $"])];
        for (json, wanted) in cases {
            assert_eq!(contradictions(&types, used, json), wanted, "{json}");
        }
    }
}
