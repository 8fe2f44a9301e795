//! Predicts for any JSON value what emitted code does with it, without a compiler.

mod construct;

use octogen_runtime::Value;
use rustc_hash::FxHashMap;

use crate::analyze::{ChosenVariant, Contradiction, ContradictionKind, Facts, analyze, check};
use crate::diagnostic::{Diagnostics, Place};
use crate::ir::{Api, Edge, Shape, TypeId, TypeRef, Types};
use crate::source::{Loader, Source};
use crate::{document, lower};

pub use crate::analyze::Effect;
pub use construct::Arguments;

/// The types of an OpenAPI document by the places of their schemas. It predicts for a JSON value of a schema whether
/// emitted code that keeps unknown fields decodes it and writes it back unchanged. No example widens a type.
#[derive(Debug)]
pub struct Predictor {
    types: Types,
    facts: Facts,
    places: FxHashMap<String, TypeRef>,
}

/// The predicted result of decoding one JSON value with emitted code and encoding it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prediction {
    /// The parts of the value that emitted code refuses, changes, or keeps without a type.
    pub deviations: Vec<Deviation>,
    /// The variants of unions that the value and its parts are decoded as.
    pub variants: Vec<PredictedVariant>,
    /// The paths of the parts that are kept as plain JSON.
    pub plain: Vec<String>,
}

/// A part of a JSON value that emitted code refuses, changes, or keeps without a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deviation {
    /// The effect on the part.
    pub effect: Effect,
    /// The path to the part, such as `$.items[0].name`.
    pub path: String,
    /// The requirement of the type, and the JSON in the value.
    pub message: String,
}

/// The variant of a union that emitted code decodes a JSON value as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PredictedVariant {
    /// The path to the value.
    pub path: String,
    /// The place of the union.
    pub union: Place,
    /// The place of the schema of the variant. `None` if the value is kept as `Unknown`.
    pub variant: Option<Place>,
}

impl Predictor {
    /// Reads and lowers an OpenAPI document. Returns `None` and reports errors if no code can be generated from it.
    pub fn new(source: &Source, loader: &dyn Loader, diagnostics: &mut Diagnostics) -> Option<Self> {
        let files = document::load(source, &[], loader, diagnostics)?;
        let api = lower::lower(&files, &[], diagnostics)?;
        if diagnostics.has_errors() {
            return None;
        }
        let (places, facts) = (places(&api), analyze(&api, None, diagnostics));
        Some(Self { types: api.types, facts, places })
    }

    /// Predicts the result for a JSON value of the schema at a place, such as `openapi.yaml#/components/schemas/Pet`:
    /// that of a component, or the schema of a parameter, a header or a media type. Returns `None` if the schema has no
    /// type.
    #[must_use]
    pub fn predict(&self, place: &str, value: &Value) -> Option<Prediction> {
        let ty = *self.places.get(place)?;
        let checked = check(&self.types, self.facts.plans(), (ty, Edge::Within(ty.id)), value);
        let is_undeclared = |one: &&Contradiction<'_>| matches!(one.kind, ContradictionKind::Undeclared(..));
        let is_deviation = |one: &&Contradiction<'_>| !is_undeclared(one) && one.kind != ContradictionKind::Format;
        let deviations = checked.found.iter().filter(is_deviation);
        let undeclared = checked.found.iter().filter(is_undeclared).map(|one| one.path.clone());
        let deviation = |one: &Contradiction<'_>| Deviation {
            effect: one.effect,
            path: one.path.clone(),
            message: one.message.clone(),
        };
        Some(Prediction {
            deviations: deviations.map(deviation).collect(),
            variants: checked.variants.iter().map(|one| self.variant(one)).collect(),
            plain: checked.json.iter().map(|one| one.path.clone()).chain(undeclared).collect(),
        })
    }

    fn variant(&self, chosen: &ChosenVariant) -> PredictedVariant {
        let place = |id: TypeId| self.types[id].place.clone();
        let variant = match &self.types[chosen.union].shape {
            Shape::Union(union) => chosen.variant.and_then(|index| union.variants.get(index)),
            _ => None,
        };
        PredictedVariant {
            path: chosen.path.clone(),
            union: place(chosen.union),
            variant: variant.map(|variant| place(variant.ty.id)),
        }
    }
}

/// Returns the types of schemas by their places.
fn places(api: &Api) -> FxHashMap<String, TypeRef> {
    api.schemas.iter().map(|(place, ty)| (place.to_string(), *ty)).collect()
}
