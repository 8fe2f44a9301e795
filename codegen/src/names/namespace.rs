//! Sets of unique identifiers.

use std::collections::BTreeSet;

use super::casing::cased;
use super::name::Name;
use super::reserved::Case;

/// The longest name of a module. A module is a file, and file systems take names of up to 255 bytes.
const MAX_MODULE: usize = 80;

/// The longest name of any other item. rustdoc writes a file for each type.
const MAX_NAME: usize = 200;

/// A set of Rust identifiers that are in use, so that each new name in the output is unique.
#[derive(Debug)]
pub struct Namespace {
    case: Case,
    taken: BTreeSet<String>,
}

impl Namespace {
    /// Creates a namespace with some identifiers that are reserved from the start.
    pub(super) fn new(case: Case, taken: &[&str]) -> Self {
        Self { case, taken: taken.iter().map(|name| (*name).to_owned()).collect() }
    }

    /// Returns whether a Rust identifier is in use in this namespace, so that emitted code needs a path for a runtime
    /// item of the same name.
    #[must_use]
    pub fn contains(&self, identifier: &str) -> bool {
        self.taken.contains(identifier)
    }

    /// Adds a unique identifier for a documented name.
    ///
    /// If two names have the same identifier, the second one gets a suffix that is made from its own text. A counter
    /// would rename later siblings as soon as another one is added before them.
    pub(super) fn claim(&mut self, name: &str) -> Name {
        let plain = self.identifier(name, false);
        self.claim_as(name, plain)
    }

    /// Adds the plain identifier of a name, if it is free.
    pub(super) fn claim_free(&mut self, name: &str) -> Option<Name> {
        self.claim_identifier(self.plain(name))
    }

    /// Adds an identifier, if it is free.
    pub(super) fn claim_identifier(&mut self, identifier: String) -> Option<Name> {
        self.insert(&identifier).then(|| Name::new(identifier))
    }

    /// Returns the plain identifier of a name.
    pub(super) fn plain(&self, name: &str) -> String {
        self.identifier(name, false)
    }

    fn claim_as(&mut self, name: &str, plain: String) -> Name {
        if self.insert(&plain) {
            return Name::new(plain);
        }
        let spelled = self.identifier(name, true);
        if self.insert(&spelled) {
            return Name::new(spelled);
        }
        let mut distinct = self.identifier(&format!("{name} {}", describe_case(name)), false);
        while !self.insert(&distinct) {
            let seed = format!("{name}{distinct}");
            distinct = self.identifier(&format!("{name} x{:08x}", hash(&seed)), false);
        }
        Name::new(distinct)
    }

    /// Adds an identifier for each name. Names that are identifiers already come first, so that they stay as they are. Names
    /// with a sign at their start or end come last: of `-created` and `created`, only the first one spells its sign.
    pub(super) fn claim_all<'a>(&mut self, names: impl IntoIterator<Item = &'a str>) -> Vec<Name> {
        let names: Vec<&str> = names.into_iter().collect();
        let mut plain: Vec<String> = names.iter().map(|name| self.identifier(name, false)).collect();
        let ranks: Vec<Rank> = names.iter().zip(&plain).map(|(name, plain)| rank(name, plain)).collect();
        let mut claimed: Vec<Option<Name>> = vec![None; names.len()];
        for rank in [Rank::Identifier, Rank::Plain, Rank::Signed] {
            for index in (0..names.len()).filter(|&index| ranks[index] == rank) {
                claimed[index] = Some(self.claim_as(names[index], std::mem::take(&mut plain[index])));
            }
        }
        claimed.into_iter().flatten().collect()
    }

    /// Returns whether the plain identifier of a name is taken.
    pub(super) fn has(&self, name: &str) -> bool {
        self.taken.contains(&cased(name, self.case, false))
    }

    /// Adds the identifiers of another namespace.
    pub(super) fn extend(&mut self, other: &[Name]) {
        self.taken.extend(other.iter().map(Name::to_string));
    }

    /// Returns the identifier of a name. One that is too long ends with a hash of the whole name.
    fn identifier(&self, name: &str, spelled: bool) -> String {
        let identifier = cased(name, self.case, spelled);
        let max = if self.case == Case::Module { MAX_MODULE } else { MAX_NAME };
        if identifier.len() <= max {
            return identifier;
        }
        let start: String = identifier.chars().take(max).collect();
        let separator = match self.case {
            Case::Type | Case::Operation | Case::Credential | Case::Variant => "X",
            Case::Field | Case::Function | Case::Module | Case::Package => "_x",
        };
        format!("{}{separator}{:08x}", start.trim_end_matches('_'), hash(&identifier))
    }

    fn insert(&mut self, name: &str) -> bool {
        // Some file systems ignore case, so that two modules may not differ by case alone.
        let known = match self.case {
            Case::Module => self.taken.iter().any(|taken| taken.eq_ignore_ascii_case(name)),
            _ => self.taken.contains(name),
        };
        !known && self.taken.insert(name.to_owned())
    }
}

/// The rank of a name among those that could have the same identifier.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rank {
    /// The name is already an identifier.
    Identifier,
    Plain,
    /// The name has a sign at its start or end, which its identifier lacks unless it is spelled.
    Signed,
}

fn rank(name: &str, identifier: &str) -> Rank {
    let is_sign = |c: char| !c.is_alphanumeric() && c != '_';
    if is_exact(name, identifier) {
        Rank::Identifier
    } else if name.starts_with(is_sign) || name.ends_with(is_sign) {
        Rank::Signed
    } else {
        Rank::Plain
    }
}

/// Returns whether a name is already an identifier, apart from the escape of a keyword.
fn is_exact(name: &str, identifier: &str) -> bool {
    identifier == name || identifier.strip_prefix("r#") == Some(name) || identifier.strip_suffix('_') == Some(name)
}

/// Returns a suffix that distinguishes names such as `ASC` and `asc`. In a script without capitals, it is `text`.
fn describe_case(name: &str) -> &'static str {
    if name.chars().any(char::is_lowercase) && name.chars().any(char::is_uppercase) {
        if name.starts_with(char::is_uppercase) { "title case" } else { "mixed case" }
    } else if name.chars().any(char::is_uppercase) {
        "upper case"
    } else if name.chars().any(char::is_lowercase) {
        "lower case"
    } else {
        "text"
    }
}

/// FNV-1a, which is short, and has the same result on every machine and in every version.
fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::super::reserved::Case;
    use super::Namespace;

    #[test]
    fn an_identifier_is_claimed_once() {
        let mut namespace = Namespace::new(Case::Variant, &["Taken"]);
        let claimed = ["ASC", "asc", "a-b", "a b", "taken"].map(|name| namespace.claim(name).to_string());
        let mut unique = claimed.to_vec();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), claimed.len(), "{claimed:?}");
        assert!(!claimed.contains(&String::from("Taken")));
    }

    #[test]
    fn names_that_are_identifiers_stay_as_they_are() {
        let mut namespace = Namespace::new(Case::Type, &[]);
        let claimed = namespace.claim_all(["pet", "Pet"]);
        assert_eq!(claimed[1].as_str(), "Pet");
        assert_ne!(claimed[0], claimed[1]);
    }

    #[test]
    fn the_order_of_names_does_not_decide_which_one_spells_its_sign() {
        for (signed, plain, expected) in [
            ("-created", "created", ["MinusCreated", "Created"]),
            ("-INF", "INF", ["MinusInf", "Inf"]),
            ("+name", "name", ["PlusName", "Name"]),
            ("c++", "c", ["CPlusPlus", "C"]),
        ] {
            let claim = |names: [&str; 2]| Namespace::new(Case::Variant, &[]).claim_all(names).into_iter();
            let names = |claimed: Vec<_>| claimed.iter().map(ToString::to_string).collect::<Vec<String>>();
            assert_eq!(names(claim([signed, plain]).collect()), expected);
            assert_eq!(names(claim([plain, signed]).rev().collect()), expected);
        }
    }
}
