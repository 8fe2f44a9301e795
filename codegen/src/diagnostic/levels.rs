//! The decision which warnings of a run are errors, and which are left out.

use super::{Code, Diagnostic, Severity};

/// The levels of the warnings of a run, by their codes: the codes that make the run fail, and the codes that are not printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    /// Whether every warning makes the run fail.
    pub deny_warnings: bool,
    /// The codes whose warnings make the run fail.
    pub denied: Vec<Code>,
    /// The codes whose warnings are left out, although they or all warnings are denied.
    pub allowed: Vec<Code>,
}

impl Levels {
    /// Returns the diagnostics without allowed warnings, and whether one of them makes the run fail. An error always
    /// does.
    pub(crate) fn apply(&self, mut found: Vec<Diagnostic>) -> (Vec<Diagnostic>, bool) {
        found.retain(|one| one.severity == Severity::Error || !self.allowed.contains(&one.code));
        let fails =
            |one: &Diagnostic| one.severity == Severity::Error || self.deny_warnings || self.denied.contains(&one.code);
        let has_failed = found.iter().any(fails);
        (found, has_failed)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Place, Spot};
    use super::*;

    fn diagnostic(code: Code, severity: Severity) -> Diagnostic {
        let place = Place { file: String::new(), spot: Spot::File };
        Diagnostic { code, severity, message: String::new(), place, help: None }
    }

    #[test]
    fn a_warning_is_denied_or_allowed_by_its_code() {
        let warning = diagnostic(Code::UnknownKey, Severity::Warning);
        let error = diagnostic(Code::UnknownKey, Severity::Error);
        let levels = |deny_warnings: bool, denied: &[Code], allowed: &[Code]| Levels {
            deny_warnings,
            denied: denied.to_vec(),
            allowed: allowed.to_vec(),
        };
        for (levels, one, expected) in [
            (Levels::default(), &warning, (1, false)),
            (Levels::default(), &error, (1, true)),
            (levels(true, &[], &[]), &warning, (1, true)),
            (levels(false, &[Code::UnknownKey], &[]), &warning, (1, true)),
            (levels(false, &[Code::UnknownType], &[]), &warning, (1, false)),
            (levels(true, &[], &[Code::UnknownKey]), &warning, (0, false)),
            (levels(false, &[], &[Code::UnknownKey]), &error, (1, true)),
        ] {
            let (found, has_failed) = levels.apply(vec![one.clone()]);
            assert_eq!((found.len(), has_failed), expected, "{levels:?}");
        }
    }
}
