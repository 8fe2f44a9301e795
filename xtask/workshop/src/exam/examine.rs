//! The exam of one document.

use std::cell::LazyCell;

use octogen::diagnostic::{Diagnostics, Severity};
use octogen::predict::{PredictedVariant, Predictor};
use octogen::source::{Loader, Source};

use super::cases::Kind;
use super::constructed::Judges;
use super::documents::Documents;
use super::explore::{Budget, explore};
use super::judge::{Judge, Outcome, Verdict};
use super::make::Maker;
use super::oracle::{Oracle, allow_overlaps};
use super::results::{Example, Results};
use super::roots::{Root, find_roots};
use super::schemas::{Id, Schemas};
use crate::corpus::run::row::class;

/// The budgets of a component, and of a schema of an operation.
const COMPONENT: Budget = Budget { values: 160, of_kind: 60, attempts: 480 };
const INLINE: Budget = Budget { values: 60, of_kind: 24, attempts: 180 };

/// A valid value, with the place of its schema and its predicted result.
pub(super) struct Valid<'a> {
    pub(super) place: &'a str,
    pub(super) text: &'a str,
    pub(super) kind: Kind,
    pub(super) outcome: Outcome,
    pub(super) variants: &'a [PredictedVariant],
}

/// Examines a document: makes values of its schemas, and compares octogen's prediction for each valid one with the schema.
/// The number of values is a factor in percent. Each valid value is passed to `each`.
pub(super) fn examine(
    name: &str,
    source: &Source,
    loader: &dyn Loader,
    factor: usize,
    each: &mut dyn FnMut(Valid<'_>),
) -> Results {
    let mut results = Results { documents: 1, ..Results::default() };
    let mut diagnostics = Diagnostics::default();
    let predictor = Predictor::new(source, loader, &mut diagnostics);
    let Some(predictor) = predictor else {
        let errors = diagnostics.into_vec().into_iter().find(|one| one.severity == Severity::Error);
        let message = errors.map_or_else(String::new, |one| format!("{}: {}", one.place, one.message));
        results.refused_documents.push(format!("{name}: {message}"));
        return results;
    };
    let documents = match Documents::read(source, loader) {
        Ok(documents) => documents,
        Err(message) => {
            results.refused_documents.push(format!("{name}: the exam cannot read it: {message}"));
            return results;
        }
    };
    let roots = find_roots(&documents);
    let mut schemas = Schemas::new(&documents);
    let ids: Vec<_> = roots.iter().map(|root| schemas.add(&root.file, &root.pointer)).collect();
    let bundle = schemas.bundle();
    let oracle = match Oracle::new(&bundle) {
        Ok(oracle) => oracle,
        Err(message) => {
            results.refused_documents.push(format!("{name}: the validator cannot read it: {message}"));
            return results;
        }
    };
    let with_overlaps = LazyCell::new(|| allow_overlaps(&bundle));
    let lenient = LazyCell::new(|| Oracle::new(&with_overlaps).ok());
    let admits_overlap =
        |id: Id, value: &serde_json::Value| lenient.as_ref().and_then(|oracle| oracle.accepts(id, value)) == Some(true);
    let maker = Maker::new(&schemas, &oracle);
    let mut judge = Judge::new(&schemas, &oracle);
    for (Root { is_component, .. }, id) in roots.iter().zip(ids) {
        let schema = schemas.get(id);
        let place = schema.place();
        if !is_component && schema.reference.is_some() && schema.keyword_names().is_empty() {
            results.references += 1;
            continue;
        }
        results.schemas += 1;
        if let Some(keyword) = schemas.unsupported(id) {
            *results.unsupported.entry(keyword).or_default() += 1;
            continue;
        }
        let (mut valid, mut untyped) = (0, false);
        let budget = if *is_component { COMPONENT } else { INLINE };
        let budget = Budget {
            values: budget.values * factor / 100,
            of_kind: (budget.of_kind * factor / 100).max(2),
            attempts: budget.attempts * factor / 100,
        };
        let made = explore(&maker, id, budget, &mut |case| {
            let text = case.value.to_string();
            valid += 1;
            let counts = results.kinds.entry(case.kind).or_default();
            counts.valid += 1;
            let Ok(value) = octogen_runtime::decode(text.as_bytes()) else { return };
            let Some(prediction) = predictor.predict(&place, &value) else {
                untyped = true;
                return;
            };
            let Verdict { outcome, cause, path } = judge.judge(&case, &prediction);
            each(Valid { place: &place, text: &text, kind: case.kind, outcome, variants: &prediction.variants });
            counts.typed += 1;
            counts.equal += usize::from(outcome <= Outcome::UnknownVariant || outcome == Outcome::OtherVariant);
            if outcome <= Outcome::Unknown && Kind::CONSTRUCTED.contains(&case.kind) {
                let judges = Judges { strict: &oracle, admits_overlap: &admits_overlap };
                results.constructed.add(&predictor, &judges, (name, &place, id), &value);
            }
            *results.outcomes.entry(outcome).or_default() += 1;
            results.choices += case.choices.len();
            if outcome != Outcome::Equal {
                let example = Example {
                    document: name.to_owned(),
                    place: place.clone(),
                    path,
                    value: text,
                    message: cause.clone(),
                };
                results.cause(outcome, case.kind, &class(&cause), example);
            }
        });
        for (kind, count) in made {
            results.kinds.entry(kind).or_default().made += count;
        }
        if untyped {
            results.untyped += 1;
        }
        if valid == 0 {
            let keywords = if oracle.accepts(id, &serde_json::Value::Null).is_none() {
                String::from("the validator refuses the schema")
            } else {
                schema.keyword_names().join(", ")
            };
            *results.without_value.entry(keywords).or_default() += 1;
            results.places_without_value.push(format!("{name} {place}"));
        }
    }
    results
}
