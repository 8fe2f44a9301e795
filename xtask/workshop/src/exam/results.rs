//! The results of an exam: counts by kind of case and by outcome, and the causes with their smallest values.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::cases::Kind;
use super::constructed::Constructed;
use super::judge::Outcome;

/// The number of places without a valid value that are kept.
const MAX_PLACES: usize = 200;

/// The number of documents whose smallest value is kept for a cause.
const MAX_EXAMPLES: usize = 4;

/// The results of one document, or of many.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Results {
    pub(super) documents: usize,
    /// The documents that octogen or the exam cannot read, with the reason.
    pub(super) refused_documents: Vec<String>,
    /// The examined schemas.
    pub(super) schemas: usize,
    /// The schemas of operations that only refer to a component, which is examined itself.
    pub(super) references: usize,
    /// The schemas for which octogen has no type, such as those of a media type without a codec.
    pub(super) untyped: usize,
    /// The schemas with a keyword that the exam does not support, by keyword.
    pub(super) unsupported: BTreeMap<String, usize>,
    /// The schemas without a single valid value, by their keywords.
    pub(super) without_value: BTreeMap<String, usize>,
    pub(super) places_without_value: Vec<String>,
    pub(super) kinds: BTreeMap<Kind, Counts>,
    pub(super) outcomes: BTreeMap<Outcome, usize>,
    /// The choices of a branch in all valid values.
    pub(super) choices: usize,
    pub(super) causes: Vec<Cause>,
    /// The values that a program builds with constructors and setters from the parts of valid values.
    pub(super) constructed: Constructed,
}

/// The counts of one kind of case.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct Counts {
    pub(super) made: usize,
    pub(super) valid: usize,
    /// The valid values for which octogen has a type.
    pub(super) typed: usize,
    /// The values of which the same JSON comes back.
    pub(super) equal: usize,
}

/// A cause of results other than equal.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Cause {
    pub(super) outcome: Outcome,
    pub(super) cause: String,
    /// The kinds of cases with this cause.
    pub(super) kinds: BTreeMap<Kind, usize>,
    pub(super) documents: usize,
    pub(super) times: usize,
    /// The smallest value of each of a few documents, the smallest first.
    pub(super) examples: Vec<Example>,
}

/// A value with a result other than equal.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Example {
    pub(super) document: String,
    /// The place of the schema.
    pub(super) place: String,
    /// The path to the part.
    pub(super) path: String,
    pub(super) value: String,
    pub(super) message: String,
}

impl Results {
    /// Adds a result other than equal.
    pub(super) fn cause(&mut self, outcome: Outcome, kind: Kind, cause: &str, example: Example) {
        let kinds = BTreeMap::from([(kind, 1)]);
        self.merge_cause(Cause {
            outcome,
            cause: cause.to_owned(),
            kinds,
            documents: 1,
            times: 1,
            examples: vec![example],
        });
    }

    fn merge_cause(&mut self, other: Cause) {
        let is_same = |known: &&mut Cause| known.outcome == other.outcome && known.cause == other.cause;
        let Some(known) = self.causes.iter_mut().find(is_same) else {
            self.causes.push(other);
            return;
        };
        let name = |cause: &Cause| cause.examples.first().map(|example| example.document.clone());
        known.documents += usize::from(name(known) != name(&other)) * other.documents;
        known.times += other.times;
        for (kind, times) in other.kinds {
            *known.kinds.entry(kind).or_default() += times;
        }
        for example in other.examples {
            match known.examples.iter_mut().find(|known| known.document == example.document) {
                Some(known) if known.value.len() <= example.value.len() => {}
                Some(known) => *known = example,
                None => known.examples.push(example),
            }
        }
        known.examples.sort_by_key(|example| example.value.len());
        known.examples.truncate(MAX_EXAMPLES);
    }

    /// Sets the name of the document.
    pub(super) fn name(&mut self, name: &str) {
        let examples = self.causes.iter_mut().flat_map(|cause| &mut cause.examples);
        examples.for_each(|example| name.clone_into(&mut example.document));
    }

    /// Adds the results of another document.
    pub(super) fn merge(&mut self, other: Self) {
        self.documents += other.documents;
        self.refused_documents.extend(other.refused_documents);
        self.schemas += other.schemas;
        self.references += other.references;
        self.untyped += other.untyped;
        self.choices += other.choices;
        for (ours, theirs) in
            [(&mut self.unsupported, other.unsupported), (&mut self.without_value, other.without_value)]
        {
            for (key, times) in theirs {
                *ours.entry(key).or_default() += times;
            }
        }
        self.places_without_value.extend(other.places_without_value);
        self.places_without_value.truncate(MAX_PLACES);
        for (kind, counts) in other.kinds {
            let ours = self.kinds.entry(kind).or_default();
            ours.made += counts.made;
            ours.valid += counts.valid;
            ours.typed += counts.typed;
            ours.equal += counts.equal;
        }
        for (outcome, times) in other.outcomes {
            *self.outcomes.entry(outcome).or_default() += times;
        }
        self.constructed.merge(other.constructed);
        other.causes.into_iter().for_each(|cause| self.merge_cause(cause));
    }

    /// Returns the counts of all kinds together.
    pub(super) fn total(&self) -> Counts {
        let mut total = Counts::default();
        for counts in self.kinds.values() {
            total.made += counts.made;
            total.valid += counts.valid;
            total.typed += counts.typed;
            total.equal += counts.equal;
        }
        total
    }

    /// Returns the number of values with an outcome.
    pub(super) fn of(&self, outcome: Outcome) -> usize {
        self.outcomes.get(&outcome).copied().unwrap_or_default()
    }
}
