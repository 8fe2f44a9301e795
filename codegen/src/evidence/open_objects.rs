//! Objects whose schema allows further keys. Payloads show which keys are properties and which are data.

use indexmap::IndexMap;
use octogen_runtime::{JsonType, Map, Value};
use rustc_hash::FxHashSet;

use super::State;
use super::infer::{self, Rest};
use crate::ir::{Api, Field, Object, Shape, TypeId, TypeRef};

/// The number of keys above which all keys are data.
const MAX_KEYS: usize = 200;

/// Declares the observed keys of an object, beside the map of all others. Returns `None` if the keys are data.
pub(super) fn apply(api: &mut Api, state: &mut State, id: TypeId, values: &[Value]) -> Option<&'static str> {
    if api.types[id].constraints.keys_are_data {
        return None;
    }
    let seen = keys(values.iter().filter_map(Value::as_object));
    let (mut object, is_record) = match &api.types[id].shape {
        Shape::Map(values) => (Object { rest: Some(*values), ..Object::default() }, differ(&seen)),
        // An object with declared keys is not a table of data.
        Shape::Object(object) if object.rest.is_some() => (object.clone(), true),
        _ => return None,
    };
    let declared: FxHashSet<&str> = object.fields.iter().map(|field| field.key.as_str()).collect();
    let undeclared: Vec<_> = seen.iter().filter(|(key, _)| !declared.contains(*key)).collect();
    if undeclared.is_empty() || !is_record || is_table(&seen) {
        return None;
    }
    for (key, values) in undeclared {
        object.fields.push(field(api, state, (id, object.rest), key, values));
    }
    api.types[id].shape = Shape::Object(object);
    Some("opened")
}

/// Returns a key with the type that the schema states for further keys, or else with the inferred type.
fn field(
    api: &mut Api,
    state: &mut State,
    (id, rest): (TypeId, Option<TypeRef>),
    key: &str,
    values: &[&Value],
) -> Field {
    let stated = rest.filter(|rest| !matches!(api.types[rest.id].shape, Shape::Any));
    match stated {
        Some(ty) => infer::observed_field(key, ty),
        None => infer::infer_field(api, state, (id, key), values, Rest::Kept),
    }
}

/// Returns whether the keys of objects are data, whatever their values.
pub(super) fn have_data_keys<'v>(objects: impl Iterator<Item = &'v Map<Value>>) -> bool {
    is_table(&keys(objects))
}

fn is_table(keys: &IndexMap<&str, Vec<&Value>>) -> bool {
    keys.len() > MAX_KEYS || !keys.keys().all(|key| is_word(key))
}

fn keys<'v>(objects: impl Iterator<Item = &'v Map<Value>>) -> IndexMap<&'v str, Vec<&'v Value>> {
    let mut keys: IndexMap<&str, Vec<&Value>> = IndexMap::new();
    for (key, value) in objects.flatten() {
        keys.entry(key).or_default().push(value);
    }
    keys
}

/// Returns whether the values have several JSON types. The values of a table of data have one.
fn differ(keys: &IndexMap<&str, Vec<&Value>>) -> bool {
    let kinds: FxHashSet<JsonType> = keys.values().flatten().map(|value| value.kind()).collect();
    kinds.iter().filter(|kind| **kind != JsonType::Null).count() > 1
}

/// Returns whether a key looks like the name of a property. Addresses, dates, paths and numbers are data.
fn is_word(key: &str) -> bool {
    let mut letters = key.chars();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic() || matches!(first, '_' | '$' | '@'))
        && letters.all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-'))
}
