//! Parses a query.

use std::fmt;

use octogen_runtime::{Value, decode};

use super::{Condition, JsonPath, Operand, Operator, Pattern, Query, Segment, Selector};

/// The maximum number of parentheses, filters and calls within each other.
const MAX_LEVELS: usize = 64;
/// The greatest index: the greatest integer that each JSON number can hold.
const MAX_INDEX: i64 = (1 << 53) - 1;

const SELECTOR: &str = "a name in quotes, an index, a slice, `*`, or a filter such as `?@.name`";

/// Explains why a text is not a JSONPath, for example: "after `$.paths`: expected `[` or `.`".
#[derive(Debug, PartialEq)]
pub struct SyntaxError(String);

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

type Result<T> = std::result::Result<T, SyntaxError>;

impl JsonPath {
    /// Parses a query that starts with `$`.
    pub fn parse(text: &str) -> Result<Self> {
        let mut parser = Parser { text, at: 0, levels: 0 };
        if !parser.eat("$") {
            return Err(parser.error("expected `$`"));
        }
        let segments = parser.segments()?;
        if parser.rest().is_empty() {
            Ok(Self(segments))
        } else {
            Err(parser.error("expected `.`, `..`, `[` or the end"))
        }
    }
}

struct Parser<'t> {
    text: &'t str,
    /// The number of bytes that are read.
    at: usize,
    levels: usize,
}

/// A part of a condition, before its operator is known.
enum Term {
    Operand(Operand),
    /// A query that may select several values.
    Query(Query),
    Condition(Condition),
}

impl<'t> Parser<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn error(&self, message: impl fmt::Display) -> SyntaxError {
        let before = &self.text[..self.at];
        SyntaxError(if before.is_empty() { message.to_string() } else { format!("after `{before}`: {message}") })
    }

    /// Reads a text if it is next.
    fn eat(&mut self, text: &str) -> bool {
        let is_next = self.rest().starts_with(text);
        self.at += if is_next { text.len() } else { 0 };
        is_next
    }

    fn expect(&mut self, text: &str) -> Result<()> {
        if self.eat(text) { Ok(()) } else { Err(self.error(format_args!("expected `{text}`"))) }
    }

    /// Reads the characters up to the first one that does not fit.
    fn take_while(&mut self, fits: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let taken = &rest[..rest.find(|char| !fits(char)).unwrap_or(rest.len())];
        self.at += taken.len();
        taken
    }

    fn skip_spaces(&mut self) {
        self.take_while(|char| matches!(char, ' ' | '\t' | '\n' | '\r'));
    }

    /// Reads a part that can contain itself.
    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if self.levels == MAX_LEVELS {
            return Err(self.error(format_args!("more than {MAX_LEVELS} nested parentheses, filters and calls")));
        }
        self.levels += 1;
        let part = read(self);
        self.levels -= 1;
        part
    }

    fn segments(&mut self) -> Result<Vec<Segment>> {
        let mut segments = Vec::new();
        loop {
            let end = self.at;
            self.skip_spaces();
            let is_descendant = self.eat("..");
            let selectors = if self.rest().starts_with('[') {
                self.bracketed()?
            } else if is_descendant || self.eat(".") {
                vec![if self.eat("*") { Selector::Wildcard } else { Selector::Name(self.member_name()?) }]
            } else {
                self.at = end;
                return Ok(segments);
            };
            segments.push(Segment { is_descendant, selectors });
        }
    }

    fn member_name(&mut self) -> Result<String> {
        let starts_name = |char: char| char.is_ascii_alphabetic() || char == '_' || !char.is_ascii();
        if !self.rest().starts_with(starts_name) {
            return Err(self.error("expected a name or `*`"));
        }
        Ok(self.take_while(|char| starts_name(char) || char.is_ascii_digit()).to_owned())
    }

    fn bracketed(&mut self) -> Result<Vec<Selector>> {
        self.expect("[")?;
        let mut selectors = Vec::new();
        loop {
            self.skip_spaces();
            selectors.push(self.selector()?);
            self.skip_spaces();
            if self.eat("]") {
                return Ok(selectors);
            }
            if !self.eat(",") {
                return Err(self.error("expected `,` or `]`"));
            }
        }
    }

    fn selector(&mut self) -> Result<Selector> {
        if self.eat("*") {
            return Ok(Selector::Wildcard);
        }
        if self.eat("?") {
            self.skip_spaces();
            return Ok(Selector::Filter(self.nested(Self::condition)?));
        }
        if let Some(name) = self.string()? {
            return Ok(Selector::Name(name));
        }
        let start = self.integer()?;
        let end = self.at;
        self.skip_spaces();
        if !self.eat(":") {
            self.at = end;
            return start.map(Selector::Index).ok_or_else(|| self.error(format_args!("expected {SELECTOR}")));
        }
        self.skip_spaces();
        let end = self.integer()?;
        self.skip_spaces();
        let mut step = None;
        if self.eat(":") {
            self.skip_spaces();
            step = self.integer()?;
        }
        Ok(Selector::Slice { start, end, step: step.unwrap_or(1) })
    }

    fn integer(&mut self) -> Result<Option<i64>> {
        let start = self.at;
        self.eat("-");
        let digits = self.take_while(|char| char.is_ascii_digit());
        let text = &self.text[start..self.at];
        if text.is_empty() {
            return Ok(None);
        }
        let is_canonical = text == "0" || !digits.is_empty() && !digits.starts_with('0');
        let integer = text.parse().ok().filter(|value: &i64| is_canonical && value.abs() <= MAX_INDEX);
        integer
            .map(Some)
            .ok_or_else(|| self.error("expected an integer without leading zeros, from -(2^53-1) to 2^53-1"))
    }

    /// Reads a string in single or double quotes, or `None` if no quote is next.
    fn string(&mut self) -> Result<Option<String>> {
        let Some(quote) = self.rest().chars().next().filter(|char| matches!(char, '\'' | '"')) else { return Ok(None) };
        self.at += 1;
        let mut text = String::new();
        loop {
            text += self.take_while(|char| char >= ' ' && char != '\\' && char != quote);
            let Some(next) = self.rest().chars().next() else {
                return Err(self.error(format_args!("expected `{quote}`")));
            };
            if next < ' ' {
                return Err(self.error("a control character is written as an escape, such as `\\n`"));
            }
            self.at += 1;
            if next == quote {
                return Ok(Some(text));
            }
            text.push(self.escape(quote)?);
        }
    }

    /// Reads an escape after its backslash.
    fn escape(&mut self, quote: char) -> Result<char> {
        let escapes = [("b", '\u{8}'), ("f", '\u{c}'), ("n", '\n'), ("r", '\r'), ("t", '\t'), ("/", '/'), ("\\", '\\')];
        if let Some((_, char)) = escapes.into_iter().find(|(escape, _)| self.eat(escape)) {
            return Ok(char);
        }
        if self.rest().starts_with(quote) {
            self.at += 1;
            return Ok(quote);
        }
        let units = self.code_unit().and_then(|first| {
            let second =
                (0xd800..0xdc00).contains(&first).then(|| if self.eat("\\") { self.code_unit() } else { None });
            char::decode_utf16([first].into_iter().chain(second.flatten())).next()?.ok()
        });
        units.ok_or_else(|| self.error("the escape is unknown or incomplete"))
    }

    /// Reads `u` and four hexadecimal digits.
    fn code_unit(&mut self) -> Option<u16> {
        let digits = self.rest().strip_prefix('u')?.get(..4)?;
        self.at += 5;
        digits.chars().all(|char| char.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok())?
    }

    fn condition(&mut self) -> Result<Condition> {
        let mut parts = vec![self.conjunction()?];
        while self.eat("||") {
            parts.push(self.conjunction()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Condition::Any(parts) })
    }

    fn conjunction(&mut self) -> Result<Condition> {
        let mut parts = Vec::new();
        loop {
            self.skip_spaces();
            parts.push(self.basic_condition()?);
            self.skip_spaces();
            if !self.eat("&&") {
                return Ok(if parts.len() == 1 { parts.remove(0) } else { Condition::All(parts) });
            }
        }
    }

    fn basic_condition(&mut self) -> Result<Condition> {
        let is_negated = self.eat("!");
        self.skip_spaces();
        let condition = if self.eat("(") {
            let condition = self.nested(Self::condition)?;
            self.expect(")")?;
            condition
        } else {
            let left = self.term()?;
            self.skip_spaces();
            match if is_negated { None } else { self.operator() } {
                Some(operator) => {
                    let left = self.operand(left)?;
                    self.skip_spaces();
                    let right = self.term()?;
                    Condition::Comparison(left, operator, self.operand(right)?)
                }
                None => self.test(left)?,
            }
        };
        Ok(if is_negated { Condition::Not(Box::new(condition)) } else { condition })
    }

    fn operator(&mut self) -> Option<Operator> {
        let operators = [
            ("==", Operator::Equal),
            ("!=", Operator::NotEqual),
            ("<=", Operator::LessOrEqual),
            (">=", Operator::GreaterOrEqual),
            ("<", Operator::Less),
            (">", Operator::Greater),
        ];
        operators.into_iter().find(|(text, _)| self.eat(text)).map(|(_, operator)| operator)
    }

    /// Converts a term that no operator follows.
    fn test(&self, term: Term) -> Result<Condition> {
        match term {
            Term::Condition(condition) => Ok(condition),
            Term::Query(query) | Term::Operand(Operand::Query(query)) => Ok(Condition::Exists(query)),
            Term::Operand(_) => Err(self.error("expected a comparison, such as `== 1`")),
        }
    }

    /// Converts a term of a comparison, or an argument.
    fn operand(&self, term: Term) -> Result<Operand> {
        match term {
            Term::Operand(operand) => Ok(operand),
            Term::Query(_) => Err(self.error("the query can select several values: use `value()` or `count()` of it")),
            Term::Condition(_) => Err(self.error("`match()` and `search()` have no value")),
        }
    }

    fn term(&mut self) -> Result<Term> {
        let is_absolute = self.rest().starts_with('$');
        if is_absolute || self.rest().starts_with('@') {
            self.at += 1;
            let query = Query { is_absolute, segments: self.segments()? };
            return Ok(if query.is_singular() { Term::Operand(Operand::Query(query)) } else { Term::Query(query) });
        }
        if let Some(text) = self.string()? {
            return Ok(Term::Operand(Operand::Literal(Value::String(text))));
        }
        if self.rest().starts_with(|char: char| char == '-' || char.is_ascii_digit()) {
            let number = self.take_while(|char| matches!(char, '0'..='9' | '-' | '+' | '.' | 'e' | 'E'));
            let number = decode(number.as_bytes()).map_err(|_| self.error("the number is not one of JSON"))?;
            return Ok(Term::Operand(Operand::Literal(number)));
        }
        let name = self.take_while(|char| matches!(char, 'a'..='z' | '0'..='9' | '_'));
        if self.eat("(") {
            return self.nested(|parser| parser.call(name));
        }
        let literal = match name {
            "true" => Value::Boolean(true),
            "false" => Value::Boolean(false),
            "null" => Value::Null,
            _ => return Err(self.error("expected a query with `@` or `$`, a literal or a function")),
        };
        Ok(Term::Operand(Operand::Literal(literal)))
    }

    /// Reads the arguments of a function.
    fn call(&mut self, name: &str) -> Result<Term> {
        self.skip_spaces();
        let term = match name {
            "length" => Term::Operand(Operand::Length(Box::new(self.argument()?))),
            "count" => Term::Operand(Operand::Count(self.query_argument()?)),
            "value" => Term::Operand(Operand::Only(self.query_argument()?)),
            "match" | "search" => {
                let is_whole = name == "match";
                let text = self.argument()?;
                self.skip_spaces();
                self.expect(",")?;
                self.skip_spaces();
                let pattern = match self.argument()? {
                    Operand::Literal(Value::String(pattern)) => Pattern::compile(&pattern, is_whole)
                        .map(Pattern::Fixed)
                        .map_err(|error| self.error(format_args!("the regular expression is invalid: {error}")))?,
                    operand => Pattern::Computed(operand),
                };
                Term::Condition(Condition::Match { text, pattern, is_whole })
            }
            _ => return Err(self.error("unknown function; there are `length`, `count`, `match`, `search` and `value`")),
        };
        self.skip_spaces();
        self.expect(")")?;
        Ok(term)
    }

    fn argument(&mut self) -> Result<Operand> {
        let term = self.term()?;
        self.operand(term)
    }

    fn query_argument(&mut self) -> Result<Query> {
        match self.term()? {
            Term::Query(query) | Term::Operand(Operand::Query(query)) => Ok(query),
            _ => Err(self.error("the function takes a query")),
        }
    }
}

impl Query {
    /// Whether the form of the query lets it select one value at most.
    fn is_singular(&self) -> bool {
        let is_single = |selectors: &[Selector]| matches!(selectors, [Selector::Name(_) | Selector::Index(_)]);
        self.segments.iter().all(|segment| !segment.is_descendant && is_single(&segment.selectors))
    }
}
