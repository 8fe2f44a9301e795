//! Makes a value of a type. It does not know the limits, lengths and patterns of the schema.

use octogen_runtime::{Map, Number, Value};

use super::scalars::{DATE, TIMESTAMP};
use crate::analyze::SECRET;
use crate::ir::{Shape, StringKind, TypeId, TypeRef, Types};

/// The depth of values within one another.
const MAX_DEPTH: usize = 24;

/// The maximum number of types that one value is made from.
const MAX_STEPS: usize = 1000;

/// Makes the smallest value of a type. Returns `None` if its values contain themselves without an end.
pub(super) fn make_value(types: &Types, id: TypeId) -> Option<Value> {
    value(types, id.into(), MAX_DEPTH, &mut 0)
}

fn value(types: &Types, used: TypeRef, depth: usize, steps: &mut usize) -> Option<Value> {
    *steps += 1;
    if depth == 0 || *steps > MAX_STEPS {
        return None;
    }
    let mut inner = |used: TypeRef| value(types, used, depth - 1, steps);
    let made = match &types[used.id].shape {
        Shape::Any | Shape::Null => Some(Value::Null),
        Shape::Boolean => Some(Value::Boolean(false)),
        Shape::Integer(_) | Shape::Number | Shape::NumberOrText => Some(Value::Number(Number::from(1))),
        Shape::String(kind) => Some(Value::String(text(*kind).to_owned())),
        Shape::Array(_) => Some(Value::Array(Vec::new())),
        Shape::Map(_) => Some(Value::Object(Map::new())),
        Shape::Tuple(tuple) => {
            tuple.elements.iter().map(|element| inner(*element)).collect::<Option<_>>().map(Value::Array)
        }
        Shape::Enum(listed) => listed.values.first().cloned(),
        Shape::Union(union) => union.variants.iter().find_map(|variant| inner(variant.ty)),
        Shape::Object(object) => {
            let required = object.fields.iter().filter(|field| field.required);
            let entries = required.map(|field| Some((field.key.clone(), inner(field.ty)?)));
            entries.collect::<Option<Map<Value>>>().map(Value::Object)
        }
    };
    made.or(used.nullable.then_some(Value::Null))
}

fn text(kind: StringKind) -> &'static str {
    match kind {
        StringKind::Plain => "text",
        StringKind::Timestamp => TIMESTAMP,
        StringKind::Date => DATE,
        StringKind::Binary => "",
        StringKind::Secret => SECRET,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::testing::{add, object, string, strings, union};

    #[test]
    fn a_value_has_the_required_keys() {
        let mut types = Types::default();
        let (text, secret) = (string(&mut types), add(&mut types, Shape::String(StringKind::Secret)));
        let state = strings(&mut types, &["open", "shut"]);
        let list = add(&mut types, Shape::Array(text));
        let all = object(&mut types, &[("a", text), ("b?", text), ("state", state), ("list", list), ("token", secret)]);
        let either = union(&mut types, None, &[("", all), ("", text)]);
        let json = |used: TypeRef| make_value(&types, used.id).map(|value| octogen_runtime::encode(&value));
        let expected = r#"{"a":"text","state":"open","list":[],"token":"secret"}"#;
        assert_eq!([all, either].map(json), [Some(expected.to_owned()), Some(expected.to_owned())]);
    }
}
