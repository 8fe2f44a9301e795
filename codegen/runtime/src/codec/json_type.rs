use std::fmt;

/// The six types that a JSON value can have, as an enum. Decoding errors and the tests of union variants use it to name
/// a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum JsonType {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// Any number
    Number,
    /// A text in quotes
    String,
    /// `[…]`
    Array,
    /// `{…}`
    Object,
}

impl JsonType {
    /// Returns the name of the type with its article, as messages use it: "a string".
    pub(crate) fn with_article(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

impl fmt::Display for JsonType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.with_article())
    }
}
