//! The form of the table of codes.

/// The texts that explain a code, which `octogen explain` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The problem, and what octogen does.
    pub meaning: &'static str,
    /// A part of a document that causes the diagnostic.
    pub example: &'static str,
    /// The change that solves the problem.
    pub remedy: &'static str,
}

/// Declares the enum [`Code`] and its texts, so that each code is one entry of one table.
macro_rules! codes {
    ($($variant:ident $name:literal { meaning: $meaning:literal, example: $example:literal, remedy: $remedy:literal })*) => {
        /// The code of a diagnostic: the kind of the problem, with a stable name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $meaning] $variant,)*
        }

        impl Code {
            /// All codes, sorted by their names.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the name of the code, such as `unknown-key`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// Returns the texts that explain this code of a diagnostic: the command `octogen explain CODE` prints them.
            #[must_use]
            pub fn explanation(self) -> Explanation {
                match self {
                    $(Self::$variant => Explanation { meaning: $meaning, example: $example, remedy: $remedy },)*
                }
            }
        }
    };
}
pub(super) use codes;
