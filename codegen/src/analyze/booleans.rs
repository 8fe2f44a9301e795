//! Boolean constants within an object.

use std::collections::{BTreeMap, VecDeque};

use octogen_runtime::Value;

use crate::ir::{Declared, Shape, TypeId, Types};

/// How many objects within one another are searched.
const MAX_DEPTH: usize = 4;

/// How many objects are searched.
const MAX_OBJECTS: usize = 100;

/// The booleans that are the only one at their place: each by the path of its keys through objects.
pub(super) type Booleans = BTreeMap<Vec<String>, bool>;

/// Returns the boolean constants of an object, and of the objects under its keys.
pub(super) fn find_booleans(types: &Types, id: TypeId) -> Booleans {
    let mut found = Booleans::new();
    let mut waiting = VecDeque::from([(Vec::new(), id)]);
    let mut searched = 0;
    while let Some((path, id)) = waiting.pop_front() {
        match (&types[id].shape, types.only_value(id).and_then(Value::as_bool)) {
            (_, Some(only)) => {
                found.insert(path, only);
            }
            (Shape::Object(object), _) if path.len() < MAX_DEPTH && searched < MAX_OBJECTS => {
                searched += 1;
                let fields = object.fields.iter().filter(|field| field.declared == Declared::Always);
                waiting.extend(fields.map(|field| {
                    let path = path.iter().cloned().chain([field.key.clone()]).collect();
                    (path, field.ty.id)
                }));
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::testing::{add, object, set_first_field, string};

    fn only_true() -> Shape {
        Shape::Enum(vec![Value::Boolean(true)])
    }

    #[test]
    fn constants_are_found_under_the_keys_of_objects() {
        let mut types = Types::default();
        let (text, on, any) = (string(&mut types), add(&mut types, only_true()), add(&mut types, Shape::Boolean));
        let inner = object(&mut types, &[("on", on), ("any?", any)]);
        let outer = object(&mut types, &[("in?", inner), ("text", text), ("on?", on)]);
        let paths: Vec<String> = find_booleans(&types, outer.id).keys().map(|path| path.join(".")).collect();
        assert_eq!(paths, ["in.on", "on"]);
    }

    #[test]
    fn a_cycle_is_searched_to_a_depth() {
        let mut types = Types::default();
        let (text, on) = (string(&mut types), add(&mut types, only_true()));
        let node = object(&mut types, &[("next?", text), ("on", on)]);
        set_first_field(&mut types, node.id, node);
        assert_eq!(find_booleans(&types, node.id).len(), MAX_DEPTH);
    }
}
