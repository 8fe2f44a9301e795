//! Names of codes as text: printing them, and finding the code of a name.

use std::fmt;
use std::str::FromStr;

use super::codes::Code;
use super::nearest::nearest;

impl Code {
    /// Returns whether the code is about an example and not about a type. The command line prints types first.
    #[must_use]
    pub fn is_about_examples(self) -> bool {
        self.name().split('-').any(|word| word == "example")
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Code {
    type Err = String;

    /// Finds the code with a name. The error suggests the nearest code.
    fn from_str(name: &str) -> Result<Self, String> {
        let found = Self::ALL.iter().copied().find(|code| code.name() == name);
        found.ok_or_else(|| match nearest(name, Self::ALL.iter().map(|code| code.name())) {
            Some(meant) => format!("there is no code `{name}`; did you mean `{meant}`?"),
            None => format!("there is no code `{name}`; `octogen explain` lists all"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Explanation;
    use super::*;

    #[test]
    fn names_are_unique_sorted_and_in_kebab_case() {
        for pair in Code::ALL.windows(2) {
            assert!(pair[0].name() < pair[1].name(), "`{}` must come before `{}`", pair[1], pair[0]);
        }
        for code in Code::ALL {
            let is_kebab = code.name().chars().all(|char| char.is_ascii_lowercase() || matches!(char, '-' | '0'..='9'));
            assert!(is_kebab, "{code}");
            let spelled: String = code.name().split('-').collect();
            assert_eq!(format!("{code:?}").to_ascii_lowercase(), spelled);
        }
    }

    #[test]
    fn each_code_has_all_texts() {
        for code in Code::ALL {
            let Explanation { meaning, example, remedy } = code.explanation();
            assert!(meaning.ends_with('.') && remedy.ends_with('.'), "{code}: the texts are sentences");
            assert!(!example.trim().is_empty() && example.lines().count() <= 8, "{code}: the example is short");
            assert!(example.lines().all(|line| line.len() <= 76), "{code}: the example fits a terminal");
        }
    }

    #[test]
    fn a_code_is_found_by_its_name() {
        for code in Code::ALL {
            assert_eq!(code.name().parse(), Ok(*code));
        }
        let misspelt: Result<Code, _> = "unknown-keys".parse();
        assert_eq!(misspelt, Err(String::from("there is no code `unknown-keys`; did you mean `unknown-key`?")));
    }
}
