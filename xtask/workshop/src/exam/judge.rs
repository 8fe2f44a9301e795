//! Compares octogen's prediction for a made value with what the schema says.

use std::collections::{BTreeSet, HashMap};

use octogen::predict::{Effect, Prediction};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::cases::{Case, Choice};
use super::oracle::Oracle;
use super::schemas::{Id, Schemas};

/// The result for a valid value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Outcome {
    /// The same JSON comes back, with a type for each part.
    Equal,
    /// A part is kept as plain JSON although a schema describes it.
    Plain,
    /// A part is kept as the unknown value of an enum, or as `Unknown` of a union, where no variant or several are valid.
    Unknown,
    /// A part is kept as `Unknown` although exactly one documented variant is valid.
    UnknownVariant,
    /// A part is decoded as another variant than the only valid one.
    OtherVariant,
    /// Other JSON comes back.
    Changed,
    /// The value does not decode.
    Refused,
}

/// The result for a valid value with its cause.
pub(super) struct Verdict {
    pub(super) outcome: Outcome,
    /// The cause, without names of the document.
    pub(super) cause: String,
    /// The path to the part.
    pub(super) path: String,
}

/// Judges predictions for the schemas of a document.
pub(super) struct Judge<'m, 'd> {
    schemas: &'m Schemas<'d>,
    oracle: &'m Oracle<'m>,
    /// The places of the types that a branch may be decoded as.
    accepted: HashMap<Id, BTreeSet<String>>,
}

impl<'m, 'd> Judge<'m, 'd> {
    pub(super) fn new(schemas: &'m Schemas<'d>, oracle: &'m Oracle<'m>) -> Self {
        Self { schemas, oracle, accepted: HashMap::new() }
    }

    /// Returns the worst result of a prediction.
    pub(super) fn judge(&mut self, case: &Case, prediction: &Prediction) -> Verdict {
        let mut worst = Verdict { outcome: Outcome::Equal, cause: String::new(), path: String::new() };
        let mut add = |outcome: Outcome, cause: &str, path: &str| {
            if outcome > worst.outcome {
                worst = Verdict { outcome, cause: cause.to_owned(), path: path.to_owned() };
            }
        };
        for deviation in &prediction.deviations {
            let outcome = match deviation.effect {
                Effect::Kept => Outcome::Unknown,
                Effect::Changed => Outcome::Changed,
                Effect::Refused => Outcome::Refused,
            };
            add(outcome, &deviation.message, &deviation.path);
        }
        for path in &prediction.plain {
            let is_free = case.free.iter().any(|free| path.starts_with(free.as_str()));
            let is_unknown = prediction.variants.iter().any(|one| one.variant.is_none() && one.path == *path);
            if !is_free && !is_unknown {
                add(Outcome::Plain, "a described value is kept as plain JSON", path);
            }
        }
        for choice in &case.choices {
            if let Some((outcome, cause)) = self.judge_variant(case, choice, prediction) {
                add(outcome, &cause, &choice.path);
            }
        }
        worst
    }

    /// Compares the predicted variant with the branch that a value was made from.
    fn judge_variant(&mut self, case: &Case, choice: &Choice, prediction: &Prediction) -> Option<(Outcome, String)> {
        let predicted: Vec<_> = prediction.variants.iter().filter(|one| one.path == choice.path).collect();
        if predicted.is_empty() {
            return None;
        }
        let places: Vec<String> =
            predicted.iter().filter_map(|one| one.variant.as_ref()).map(ToString::to_string).collect();
        let branches = self.schemas.get(choice.union).list(choice.keyword).to_vec();
        let own = self.places(*branches.get(choice.branch)?);
        let is_unknown = predicted.iter().any(|one| one.variant.is_none());
        if !is_unknown && places.iter().any(|place| own.contains(place)) {
            return None;
        }
        let part = part(&case.value, &choice.steps)?;
        let valid: Vec<usize> =
            (0..branches.len()).filter(|&branch| self.oracle.accepts(branches[branch], part) == Some(true)).collect();
        if valid != [choice.branch] {
            return None;
        }
        let keyword = choice.keyword;
        if is_unknown {
            let cause = format!("one branch of {keyword} is valid, and the value is kept as Unknown");
            return Some((Outcome::UnknownVariant, cause));
        }
        let others: BTreeSet<String> = (0..branches.len())
            .filter(|&branch| branch != choice.branch)
            .flat_map(|branch| self.places(branches[branch]))
            .collect();
        let is_other = places.iter().any(|place| others.contains(place) && !own.contains(place));
        is_other.then(|| {
            let cause = format!("one branch of {keyword} is valid, and the value is decoded as another one");
            (Outcome::OtherVariant, cause)
        })
    }

    /// Returns the places of the types that a branch may be decoded as: the branch, the schemas that it refers to, and the
    /// branches of unions within it.
    fn places(&mut self, branch: Id) -> BTreeSet<String> {
        if let Some(known) = self.accepted.get(&branch) {
            return known.clone();
        }
        let (mut waiting, mut seen, mut places) = (vec![branch], BTreeSet::new(), BTreeSet::new());
        while let Some(id) = waiting.pop() {
            if !seen.insert(id) {
                continue;
            }
            let schema = self.schemas.get(id);
            places.insert(schema.place());
            waiting.extend(schema.reference);
            waiting.extend(schema.list("oneOf").iter().chain(schema.list("anyOf")));
            if let [only] = schema.list("allOf") {
                waiting.push(*only);
            }
        }
        self.accepted.insert(branch, places.clone());
        places
    }
}

/// Returns the part of a value at a path.
fn part<'v>(value: &'v Value, steps: &[String]) -> Option<&'v Value> {
    steps.iter().try_fold(value, |value, step| match value {
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        Value::Object(entries) => entries.get(step),
        _ => None,
    })
}
