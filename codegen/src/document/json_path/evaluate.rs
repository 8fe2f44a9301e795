//! Applies a query to a value.

use std::borrow::Cow;
use std::cmp::Ordering;

use octogen_runtime::{Number, Value};

use super::{Condition, JsonPath, Location, Operand, Operator, Pattern, Query, Segment, Selector};

impl JsonPath {
    /// Returns the locations of the selected values, in the order of the query. A value that the query selects twice is
    /// there twice.
    pub fn select(&self, root: &Value) -> Vec<Location> {
        let start = Selected { value: root, location: Location::new() };
        select(root, start, &self.0).into_iter().map(|selected| selected.location).collect()
    }
}

#[derive(Clone)]
struct Selected<'a> {
    value: &'a Value,
    location: Location,
}

impl<'a> Selected<'a> {
    fn child(&self, position: usize, value: &'a Value) -> Self {
        let mut location = Location::with_capacity(self.location.len() + 1);
        location.extend(&self.location);
        location.push(position);
        Self { value, location }
    }

    fn children(&self) -> Vec<Self> {
        let values: Vec<&Value> = match self.value {
            Value::Array(items) => items.iter().collect(),
            Value::Object(entries) => entries.values().collect(),
            _ => Vec::new(),
        };
        values.into_iter().enumerate().map(|(position, value)| self.child(position, value)).collect()
    }

    /// Adds this value and all values within it. Documents are not nested too deeply for this recursion.
    fn add_descendants(self, found: &mut Vec<Self>) {
        let children = self.children();
        found.push(self);
        for child in children {
            child.add_descendants(found);
        }
    }
}

fn select<'a>(root: &'a Value, start: Selected<'a>, segments: &[Segment]) -> Vec<Selected<'a>> {
    segments.iter().fold(vec![start], |parents, segment| {
        let mut found = Vec::new();
        for parent in parents {
            let mut parents = Vec::new();
            if segment.is_descendant {
                parent.add_descendants(&mut parents);
            } else {
                parents.push(parent);
            }
            for parent in parents {
                for selector in &segment.selectors {
                    add_children(root, &parent, selector, &mut found);
                }
            }
        }
        found
    })
}

fn add_children<'a>(root: &'a Value, parent: &Selected<'a>, selector: &Selector, found: &mut Vec<Selected<'a>>) {
    let items = parent.value.as_array().unwrap_or_default();
    let mut add_item = |position: usize| found.extend(items.get(position).map(|item| parent.child(position, item)));
    match selector {
        Selector::Name(name) => {
            let entry = parent.value.as_object().and_then(|entries| entries.get_full(name));
            found.extend(entry.map(|(position, _, value)| parent.child(position, value)));
        }
        Selector::Wildcard => found.extend(parent.children()),
        Selector::Index(index) => usize::try_from(from_start(*index, items.len())).into_iter().for_each(add_item),
        Selector::Slice { start, end, step } => slice(*start, *end, *step, items.len()).for_each(&mut add_item),
        Selector::Filter(condition) => {
            let children = parent.children().into_iter();
            found.extend(children.filter(|child| Filter { root, child: child.value }.holds(condition)));
        }
    }
}

/// Returns an index from the start: a negative one counts from the end.
fn from_start(index: i64, length: usize) -> i64 {
    if index < 0 { index + as_i64(length) } else { index }
}

fn as_i64(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// Returns the positions that a slice selects, as section 2.3.4.2.2 of RFC 9535 computes them.
fn slice(start: Option<i64>, end: Option<i64>, step: i64, length: usize) -> impl Iterator<Item = usize> {
    let last = as_i64(length) - 1;
    let (first, end) = if step < 0 {
        let first = start.map_or(last, |start| from_start(start, length).clamp(-1, last));
        (first, end.map_or(-1, |end| from_start(end, length).clamp(-1, last)))
    } else {
        let first = start.map_or(0, |start| from_start(start, length).clamp(0, last + 1));
        (first, end.map_or(last + 1, |end| from_start(end, length).clamp(0, last + 1)))
    };
    let positions = std::iter::successors(Some(first), move |position| position.checked_add(step));
    let is_within = move |position: &i64| if step < 0 { *position > end } else { step > 0 && *position < end };
    positions.take_while(is_within).filter_map(|position| usize::try_from(position).ok())
}

/// Tests whether a condition holds for a child.
struct Filter<'a> {
    root: &'a Value,
    child: &'a Value,
}

impl<'a> Filter<'a> {
    fn holds(&self, condition: &Condition) -> bool {
        match condition {
            Condition::Any(parts) => parts.iter().any(|part| self.holds(part)),
            Condition::All(parts) => parts.iter().all(|part| self.holds(part)),
            Condition::Not(condition) => !self.holds(condition),
            Condition::Exists(query) => !self.select(query).is_empty(),
            Condition::Comparison(left, operator, right) => {
                compare(self.value(left).as_deref(), *operator, self.value(right).as_deref())
            }
            Condition::Match { text, pattern, is_whole } => {
                let text = self.value(text);
                text.as_deref().and_then(Value::as_str).is_some_and(|text| self.is_match(text, pattern, *is_whole))
            }
        }
    }

    /// A pattern of the document that is not a regular expression matches nothing.
    fn is_match(&self, text: &str, pattern: &Pattern, is_whole: bool) -> bool {
        match pattern {
            Pattern::Fixed(pattern) => pattern.is_match(text),
            Pattern::Computed(pattern) => {
                let pattern = self.value(pattern);
                let pattern = pattern.as_deref().and_then(Value::as_str);
                let pattern = pattern.and_then(|pattern| Pattern::compile(pattern, is_whole).ok());
                pattern.is_some_and(|pattern| pattern.is_match(text))
            }
        }
    }

    fn select(&self, query: &Query) -> Vec<&'a Value> {
        let value = if query.is_absolute { self.root } else { self.child };
        let start = Selected { value, location: Location::new() };
        select(self.root, start, &query.segments).into_iter().map(|selected| selected.value).collect()
    }

    /// Returns the value of an operand, or `None` if it has none.
    fn value<'s>(&'s self, operand: &'s Operand) -> Option<Cow<'s, Value>> {
        match operand {
            Operand::Literal(value) => Some(Cow::Borrowed(value)),
            Operand::Query(query) | Operand::Only(query) => match self.select(query)[..] {
                [value] => Some(Cow::Borrowed(value)),
                _ => None,
            },
            Operand::Count(query) => Some(number(self.select(query).len())),
            Operand::Length(operand) => match &*self.value(operand)? {
                Value::String(text) => Some(number(text.chars().count())),
                Value::Array(items) => Some(number(items.len())),
                Value::Object(entries) => Some(number(entries.len())),
                _ => None,
            },
        }
    }
}

fn number(count: usize) -> Cow<'static, Value> {
    Cow::Owned(Value::Number(Number::from(as_i64(count))))
}

/// Compares two values, either of which can be absent.
fn compare(left: Option<&Value>, operator: Operator, right: Option<&Value>) -> bool {
    let is_equal = || match (left, right) {
        (Some(left), Some(right)) => is_equal(left, right),
        (left, right) => left.is_none() && right.is_none(),
    };
    let order = match (left, right) {
        (Some(Value::Number(left)), Some(Value::Number(right))) => order(left, right),
        (Some(Value::String(left)), Some(Value::String(right))) => Some(left.cmp(right)),
        _ => None,
    };
    match operator {
        Operator::Equal => is_equal(),
        Operator::NotEqual => !is_equal(),
        Operator::Less => order == Some(Ordering::Less),
        Operator::LessOrEqual => order == Some(Ordering::Less) || is_equal(),
        Operator::Greater => order == Some(Ordering::Greater),
        Operator::GreaterOrEqual => order == Some(Ordering::Greater) || is_equal(),
    }
}

/// Whether two values are equal: numbers by their value and not by their text.
fn is_equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => order(left, right) == Some(Ordering::Equal),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| is_equal(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            let has_equal = |(key, left)| right.get(key).is_some_and(|right| is_equal(left, right));
            left.len() == right.len() && left.iter().all(has_equal)
        }
        (left, right) => left == right,
    }
}

fn order(left: &Number, right: &Number) -> Option<Ordering> {
    match (left.as_i64(), right.as_i64()) {
        (Some(left), Some(right)) => Some(left.cmp(&right)),
        _ => left.as_f64().partial_cmp(&right.as_f64()),
    }
}
