//! Puts the examples of properties together to payloads of the schemas that have these properties.

use octogen_runtime::{Map, Value};
use rustc_hash::FxHashMap;

use crate::analyze::{check, plans};
use crate::diagnostic::Place;
use crate::ir::{Api, Edge, Example, ExampleRole, ExampleSource, Object, Origin, Shape, TypeId, TypeRef};

/// The depth of schemas within one another. Deeper ones have no assembled payload.
const MAX_DEPTH: usize = 16;

/// Adds a payload for each schema of a component, a body or a response that has no example, if each of its required
/// properties has one.
pub(super) fn assemble(api: &mut Api) {
    let stated = fitting_examples(api);
    let mut assembly = Assembly { api, stated, known: FxHashMap::default() };
    let mut assembled = Vec::new();
    for id in api.types.ids().filter(|id| !matches!(api.types[*id].origin, Origin::Within(..))) {
        let Shape::Object(object) = &api.types[id].shape else { continue };
        if assembly.stated.contains_key(&id) {
            continue;
        }
        if let Some(Assembled { value, examples: 1.., properties }) = assembly.object(id, object, 0) {
            assembled.push(Example {
                owner: String::new(),
                role: ExampleRole::Schema,
                name: String::new(),
                ty: id.into(),
                value,
                place: api.types[id].place.clone(),
                properties,
                source: ExampleSource::Assembled,
            });
        }
    }
    api.examples.extend(assembled);
}

/// Returns the first example of each schema that does not contradict it.
fn fitting_examples(api: &Api) -> FxHashMap<TypeId, usize> {
    let plans = plans(&api.types);
    let mut fitting = FxHashMap::default();
    for (index, example) in api.examples.iter().enumerate().filter(|(_, one)| one.role == ExampleRole::Schema) {
        let id = example.ty.id;
        if !fitting.contains_key(&id)
            && check(&api.types, &plans, (example.ty, Edge::Within(id)), &example.value).found.is_empty()
        {
            fitting.insert(id, index);
        }
    }
    fitting
}

/// A value of a schema.
#[derive(Clone)]
struct Assembled {
    value: Value,
    /// The number of examples in the value.
    examples: usize,
    /// The places of the properties of an object.
    properties: Vec<(String, Place)>,
}

struct Assembly<'a> {
    api: &'a Api,
    /// The example of each schema, by its index.
    stated: FxHashMap<TypeId, usize>,
    /// The values of objects. A schema that contains itself has none while it is put together.
    known: FxHashMap<TypeId, Option<Assembled>>,
}

impl Assembly<'_> {
    fn value(&mut self, used: TypeRef, depth: usize) -> Option<Assembled> {
        let api = self.api;
        let plain = |value, examples| Assembled { value, examples, properties: Vec::new() };
        if let Some(example) = self.stated.get(&used.id) {
            return Some(plain(api.examples[*example].value.clone(), 1));
        }
        if let Some([constant]) = api.types.constants(used).as_deref() {
            return Some(plain(constant.clone(), 0));
        }
        match &api.types[used.id].shape {
            _ if depth == MAX_DEPTH => None,
            Shape::Array(items) => {
                let Assembled { value, examples, .. } = self.value(*items, depth + 1)?;
                Some(plain(Value::Array(vec![value]), examples))
            }
            Shape::Object(object) => self.object(used.id, object, depth),
            _ => None,
        }
    }

    fn object(&mut self, id: TypeId, object: &Object, depth: usize) -> Option<Assembled> {
        if let Some(known) = self.known.get(&id) {
            return known.clone();
        }
        self.known.insert(id, None);
        let mut whole = Assembled { value: Value::Null, examples: 0, properties: Vec::new() };
        let mut entries = Map::new();
        for field in &object.fields {
            // An optional property of another component would repeat that component's own payload.
            let repeats = !field.required && self.is_other_object(field.ty.id);
            let value = if repeats { None } else { self.value(field.ty, depth + 1) };
            match value {
                Some(Assembled { value, examples, .. }) if field.required || examples > 0 => {
                    whole.examples += examples;
                    whole.properties.push((field.key.clone(), self.place(field.ty.id)));
                    entries.insert(field.key.clone(), value);
                }
                None if field.required => return None,
                _ => {}
            }
        }
        whole.value = Value::Object(entries);
        self.known.insert(id, Some(whole.clone()));
        Some(whole)
    }

    fn is_other_object(&self, id: TypeId) -> bool {
        let ty = &self.api.types[id];
        let is_object = matches!((&ty.shape, &ty.origin), (Shape::Object(_), Origin::Component(_)));
        is_object && !self.stated.contains_key(&id)
    }

    /// Returns the place of the value of a schema: its example, or else the schema.
    fn place(&self, id: TypeId) -> Place {
        let example = self.stated.get(&id).map(|example| &self.api.examples[*example].place);
        example.unwrap_or(&self.api.types[id].place).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Spot;
    use crate::ir::testing::{add, object, string};

    /// The assembled payloads of an API with an example of a string.
    fn assembled(api: &mut Api, text: TypeRef) -> Vec<(TypeId, String)> {
        let place = Place { file: String::new(), spot: Spot::File };
        let (role, source) = (ExampleRole::Schema, ExampleSource::Stated);
        let (owner, name, value) = (String::new(), String::new(), Value::String("x".to_owned()));
        api.examples.push(Example { owner, role, name, ty: text, value, place, properties: Vec::new(), source });
        assemble(api);
        let assembled = api.examples.iter().filter(|one| one.source == ExampleSource::Assembled);
        assembled.map(|one| (one.ty.id, octogen_runtime::encode(&one.value))).collect()
    }

    #[test]
    fn each_required_property_needs_an_example() {
        let mut api = Api::default();
        let types = &mut api.types;
        let (text, number) = (string(types), add(types, Shape::Number));
        let texts = add(types, Shape::Array(text));
        let full = object(types, &[("a", text), ("b?", number), ("list?", texts)]);
        let _lacking = object(types, &[("a", text), ("b", number)]);
        let _empty = object(types, &[("b?", number)]);
        let outer = object(types, &[("full", full), ("again?", full)]);
        let expected = [(full.id, r#"{"a":"x","list":["x"]}"#), (outer.id, r#"{"full":{"a":"x","list":["x"]}}"#)];
        assert_eq!(assembled(&mut api, text), expected.map(|(id, json)| (id, json.to_owned())));
    }

    #[test]
    fn a_schema_that_requires_itself_has_no_payload() {
        let mut api = Api::default();
        let text = string(&mut api.types);
        let node = object(&mut api.types, &[("next", text), ("name", text)]);
        crate::ir::testing::set_first_field(&mut api.types, node.id, node);
        assert_eq!(assembled(&mut api, text), []);
    }
}
