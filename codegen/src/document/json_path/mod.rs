//! JSONPath: queries that select values of a document, by RFC 9535. Overlays name their targets with it.
//!
//! `parse` reads a query, `evaluate` applies it to a value. The limits: a filter nests at most 64 parentheses and calls,
//! and a regular expression has no Unicode categories such as `\p{Lu}`. Both are reported.
//!
//! <https://www.rfc-editor.org/rfc/rfc9535>

mod evaluate;
mod parse;
#[cfg(test)]
mod tests;

use octogen_runtime::Value;
use regex_lite::Regex;

/// A query that starts at the root of a document.
#[derive(Debug)]
pub(super) struct JsonPath(Vec<Segment>);

/// The position of each member or element on the way from the root to a value.
pub(super) type Location = Vec<usize>;

/// A step of a query: it selects children of each value that the steps before have selected.
#[derive(Debug)]
struct Segment {
    /// `..`: the selectors apply to all descendants of the values as well.
    is_descendant: bool,
    selectors: Vec<Selector>,
}

#[derive(Debug)]
enum Selector {
    Name(String),
    Wildcard,
    /// The index of an element. A negative one counts from the end.
    Index(i64),
    Slice {
        start: Option<i64>,
        end: Option<i64>,
        step: i64,
    },
    Filter(Condition),
}

/// The condition of a filter, which holds for a child or not.
#[derive(Debug)]
enum Condition {
    Any(Vec<Condition>),
    All(Vec<Condition>),
    Not(Box<Condition>),
    /// The query selects at least one value.
    Exists(Query),
    Comparison(Operand, Operator, Operand),
    /// `match`, which compares the whole text, and `search`.
    Match {
        text: Operand,
        pattern: Pattern,
        is_whole: bool,
    },
}

#[derive(Clone, Copy, Debug)]
enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// A query within a filter.
#[derive(Debug)]
struct Query {
    /// Whether the query starts with `$`. Any other starts with `@`, the child that the filter tests.
    is_absolute: bool,
    segments: Vec<Segment>,
}

/// An expression of a filter that has a value, or none.
#[derive(Debug)]
enum Operand {
    Literal(Value),
    /// A query that selects one value at most.
    Query(Query),
    Length(Box<Operand>),
    Count(Query),
    /// `value`: the selected value if it is the only one.
    Only(Query),
}

#[derive(Debug)]
enum Pattern {
    Fixed(Regex),
    /// The pattern is a value of the document.
    Computed(Operand),
}

impl Pattern {
    fn compile(pattern: &str, is_whole: bool) -> Result<Regex, regex_lite::Error> {
        // `R`: a point matches neither end of a line, as in RFC 9485.
        let pattern = format!("(?R:{pattern})");
        Regex::new(&if is_whole { format!("^{pattern}$") } else { pattern })
    }
}
