//! Values that a program builds with the constructors and setters of emitted code, judged by the validator.

use octogen::predict::{Arguments, Predictor};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::oracle::Oracle;
use super::schemas::Id;

/// The result of values that are built with constructors and setters.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Constructed {
    /// The number of values.
    pub(super) values: usize,
    /// The number of values that several branches of a `oneOf` admit, because the document requires nothing that
    /// distinguishes the branches. They are invalid, and no constructor can know it.
    pub(super) ambiguous: usize,
    /// The other values that the validator refuses, each with its document, its place and its arguments.
    pub(super) refused: Vec<String>,
}

/// The validators of values that are built.
pub(super) struct Judges<'a> {
    pub(super) strict: &'a Oracle<'a>,
    /// Returns whether a value is valid if several branches of a `oneOf` may admit it.
    pub(super) admits_overlap: &'a dyn Fn(Id, &Value) -> bool,
}

impl Constructed {
    pub(super) fn merge(&mut self, other: Self) {
        self.values += other.values;
        self.ambiguous += other.ambiguous;
        self.refused.extend(other.refused);
    }

    /// Builds values of a schema from the parts of a valid value, and judges them.
    pub(super) fn add(
        &mut self,
        predictor: &Predictor,
        judges: &Judges<'_>,
        (document, place, id): (&str, &str, Id),
        valid: &octogen_runtime::Value,
    ) {
        for arguments in [Arguments::Required, Arguments::All] {
            let built = predictor.construct(place, valid, arguments);
            let built = built.and_then(|built| serde_json::from_str(&octogen_runtime::encode(&built)).ok());
            let Some(built) = built else { continue };
            self.values += 1;
            if judges.strict.accepts(id, &built) != Some(false) {
                continue;
            }
            if (judges.admits_overlap)(id, &built) {
                self.ambiguous += 1;
            } else {
                self.refused.push(format!("{document} {place} {arguments:?}: {built}"));
            }
        }
    }
}
