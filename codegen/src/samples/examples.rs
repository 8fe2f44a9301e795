//! Examples of the models that no payload and no value of a test contains.

use super::from_type;
use super::maker::Maker;
use crate::analyze::{Effect, Facts, ModelExamples, check};
use crate::document::Files;
use crate::ir::{Api, Edge, TypeRef};

/// Adds an example of each model that has none: a value of its schema, or else one of its type alone.
pub(super) fn complete<'f>(
    made: &mut ModelExamples,
    (files, maker): (&'f Files, &mut Maker<'f>),
    (api, facts): (&Api, &Facts),
) {
    let is_definition = |id| facts.shared(id) == id && api.types[id].shape.is_item();
    for id in api.types.ids().filter(|id| is_definition(*id)) {
        if facts.documented_examples().get(id).is_some() || made.get(id).is_some() {
            continue;
        }
        let of_schema = files.node_at(&api.types[id].place).and_then(|node| maker.make_example(&node));
        let of_type = || from_type::make_value(&api.types, id);
        for value in of_schema.into_iter().chain(std::iter::once_with(of_type).flatten()) {
            let checked = check(&api.types, facts.plans(), (TypeRef::from(id), Edge::Within(id)), &value);
            if checked.found.iter().all(|one| one.effect == Effect::Kept) {
                made.add(&value, &checked, |id| facts.shared(id));
            }
            if made.get(id).is_some() {
                break;
            }
        }
    }
}
