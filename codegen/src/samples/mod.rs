//! Values made from schemas, so that a document without examples has tests, and each model an example, as well.
//!
//! The maker reads the schemas of the document and shares no code with `lower`, so that it does not repeat a mistake of
//! it. It is conservative: a schema whose keywords it does not fully understand has no value.

mod examples;
mod from_type;
mod maker;
mod parts;
mod scalars;

use octogen_runtime::Value;
use rustc_hash::FxHashSet;

use crate::analyze::{CheckResult, Contradiction, ContradictionKind, Effect, Facts, ModelExamples, check};
use crate::diagnostic::{Code, Diagnostics, Place};
use crate::document::Files;
use crate::ir::{Api, Edge, Shape, TypeId, TypeRef};
use maker::{ANYTHING, Maker};

/// The maximum number of characters of a value in a message.
const MOST_CHARACTERS: usize = 120;

/// A value that was made from a schema, with the type of the schema. It becomes a row of an emitted test.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The type of the schema.
    pub ty: TypeRef,
    /// The value as JSON.
    pub json: String,
    /// The place of the schema.
    pub place: Place,
}

/// The values that were made from schemas.
#[derive(Debug, Default)]
pub struct Samples {
    /// The rows of an emitted test.
    pub rows: Vec<Sample>,
    /// The examples of models that no payload documents.
    made: ModelExamples,
}

impl Samples {
    /// Returns the example of a model as JSON: a documented one, or else a made one. A model whose values contain themselves
    /// without an end has none.
    #[must_use]
    pub fn example<'a>(&'a self, facts: &'a Facts, id: TypeId) -> Option<&'a str> {
        facts.documented_examples().get(id).or_else(|| self.made.get(id))
    }
}

/// Makes a few values of each schema that a component, a parameter, a header or a media type has: a minimal one, a
/// maximal one, and one for each branch of a union. It is the stage after the analysis, called once per run. A schema
/// whose documented payload is a test gets none.
///
/// A value that emitted code does not write back unchanged is a warning, and is left out.
pub fn make_samples(files: &Files, api: &Api, facts: &Facts, diagnostics: &mut Diagnostics) -> Samples {
    let mut samples = Samples::default();
    let mut maker = Maker::new(files);
    let examples = api.examples.iter().enumerate().filter(|(index, _)| facts.proves(*index));
    let mut proven: FxHashSet<TypeId> = examples.map(|(_, example)| example.ty.id).collect();
    for (place, ty) in api.schemas.iter().filter(|(_, ty)| is_model(&api.types[ty.id].shape)) {
        // A reference has the values of its target.
        let node = files.node_at(place).filter(|node| node.reference().is_none() && proven.insert(ty.id));
        let Some(node) = node else { continue };
        let mut is_reported = false;
        let values = maker.make_values(&node);
        let mut kept = Vec::new();
        for (value, json) in &values {
            let checked = check(&api.types, facts.plans(), (*ty, Edge::Within(ty.id)), value);
            let Some(problem) = problem(&checked) else {
                samples.rows.push(Sample { ty: *ty, json: json.clone(), place: place.clone() });
                kept.push((value, checked));
                continue;
            };
            if !std::mem::replace(&mut is_reported, true) {
                let message = format!("{problem}, although the schema admits {}", cut(json));
                let help = "octogen generates no test for the value; write the schema in a simpler way if services send such values";
                diagnostics.warn(Code::LostValue, place.clone(), message, help);
            }
        }
        // The first value has the fewest keys and elements, so that it is the last choice for an example.
        if kept.len() > 1 && !matches!(api.types[ty.id].shape, Shape::Enum(_)) {
            kept.rotate_left(1);
        }
        for (value, checked) in &kept {
            samples.made.add(value, checked, |id| facts.shared(id));
        }
    }
    examples::complete(&mut samples.made, (files, &mut maker), (api, facts));
    samples
}

/// Returns whether a shape has values that are worth a test.
fn is_model(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::Object(_) | Shape::Union(_) | Shape::Enum(_) | Shape::Array(_) | Shape::Tuple(_) | Shape::Map(_)
    )
}

/// Returns the fault of a type that does not hold a value of its schema.
fn problem(checked: &CheckResult<'_>) -> Option<String> {
    // Evidence gives a type to a value without a schema, and any other value is kept.
    let is_anything = |one: &Contradiction<'_>| one.value.and_then(Value::as_str) == Some(ANYTHING);
    let is_lost = |one: &Contradiction<'_>| matches!(one.kind, ContradictionKind::Form(_)) && !is_anything(one);
    let lost = checked.found.iter().filter(|one| one.effect != Effect::Kept || is_lost(one));
    let worst = lost.max_by_key(|one| one.effect)?;
    let verb = match worst.effect {
        Effect::Refused => "refuses",
        Effect::Changed => "changes",
        Effect::Kept => "does not recognize",
    };
    Some(format!("the type {verb} {}: {}", worst.path, worst.message))
}

fn cut(json: &str) -> String {
    match json.char_indices().nth(MOST_CHARACTERS) {
        Some((end, _)) => format!("`{}…`", &json[..end]),
        None => format!("`{json}`"),
    }
}
