//! Makes one value of a schema. Each decision on the way has a default, and a list of exceptions changes some of them.

mod arrays;
mod objects;
mod types;
mod unions;

use std::cell::RefCell;
use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use serde_json::Value;

use super::cases::{Choice, Kind};
use super::oracle::Oracle;
use super::schemas::{Id, Schema, Schemas};

/// The depth of values within one another.
const MAX_DEPTH: usize = 24;

/// The depth from which optional keys are left out, and unions take the branch that ends.
const DEEP: usize = 5;

/// The number of values within one made value.
const MAX_VALUES: usize = 3_000;

/// The number of values after which optional keys are left out.
const LARGE: usize = 250;

/// The length of an array that is made for a limit.
const MAX_ITEMS: usize = 64;

/// A decision, by the place where it is made: the path, the schema and the kind.
pub(super) type Site = u64;

/// A decision that was made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decision {
    pub(super) site: Site,
    pub(super) kind: Kind,
    /// The number of options.
    pub(super) options: usize,
    /// The chosen option.
    pub(super) chosen: usize,
    /// The depth of the value.
    pub(super) depth: usize,
}

/// The defaults of the decisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Style {
    /// Optional keys are absent.
    Minimal,
    /// Optional keys of the value itself are present, and those within are absent.
    Level,
    /// Optional keys are present.
    Full,
}

/// Makes values of the schemas of a document.
pub(super) struct Maker<'m, 'd> {
    pub(super) schemas: &'m Schemas<'d>,
    pub(super) oracle: &'m Oracle<'m>,
    /// The style that makes a valid value of a branch of a union.
    styles: RefCell<HashMap<(Id, usize), Style>>,
}

/// A value under construction.
pub(super) struct Making<'a, 'm, 'd> {
    maker: &'a Maker<'m, 'd>,
    exceptions: &'a [(Site, usize)],
    pub(super) decisions: Vec<Decision>,
    pub(super) choices: Vec<Choice>,
    pub(super) free: Vec<String>,
    path: String,
    steps: Vec<String>,
    values: usize,
}

/// The schemas that a value must fit, and those that it must not fit.
#[derive(Clone, Debug, Default)]
struct Wanted {
    all: Vec<Id>,
    none: Vec<Id>,
    /// Makes the elements of an array different.
    variation: usize,
}

impl<'m, 'd> Maker<'m, 'd> {
    pub(super) fn new(schemas: &'m Schemas<'d>, oracle: &'m Oracle<'m>) -> Self {
        Self { schemas, oracle, styles: RefCell::default() }
    }

    /// Makes a value of a schema. Returns `None` if no finite value was found.
    pub(super) fn make<'a>(
        &'a self,
        id: Id,
        style: Style,
        exceptions: &'a [(Site, usize)],
    ) -> (Option<Value>, Making<'a, 'm, 'd>) {
        let mut making = Making {
            maker: self,
            exceptions,
            decisions: Vec::new(),
            choices: Vec::new(),
            free: Vec::new(),
            path: String::from("$"),
            steps: Vec::new(),
            values: 0,
        };
        let value = making.value(Wanted { all: vec![id], ..Wanted::default() }, style, 0);
        (value, making)
    }
}

/// The lengths of the lists of a value under construction, to return to.
struct Before {
    decisions: usize,
    choices: usize,
    free: usize,
    path: usize,
    steps: usize,
}

impl<'a> Making<'a, '_, '_> {
    fn schema(&self, id: Id) -> &'a Schema {
        self.maker.schemas.get(id)
    }

    fn before(&self) -> Before {
        Before {
            decisions: self.decisions.len(),
            choices: self.choices.len(),
            free: self.free.len(),
            path: self.path.len(),
            steps: self.steps.len(),
        }
    }

    fn rewind(&mut self, before: &Before) {
        self.decisions.truncate(before.decisions);
        self.choices.truncate(before.choices);
        self.free.truncate(before.free);
        self.path.truncate(before.path);
        self.steps.truncate(before.steps);
    }

    /// Decides among options.
    fn decide(&mut self, kind: Kind, (schema, index): (Id, usize), options: usize, default: usize) -> usize {
        let mut hasher = DefaultHasher::new();
        (&self.path, schema, index, kind).hash(&mut hasher);
        let site = hasher.finish();
        let exception = self.exceptions.iter().find(|(excepted, _)| *excepted == site).map(|(_, option)| *option);
        let chosen = exception.unwrap_or(default).min(options.saturating_sub(1));
        if options > 1 {
            self.decisions.push(Decision { site, kind, options, chosen, depth: self.steps.len() });
        }
        chosen
    }

    fn is_excepted(&self, before: &Before) -> bool {
        self.decisions[before.decisions..].iter().any(|one| self.exceptions.iter().any(|(site, _)| *site == one.site))
    }

    /// Makes the value at a key or an index.
    fn within(&mut self, step: &str, wanted: Wanted, style: Style, depth: usize) -> Option<Value> {
        let (path, steps) = (self.path.len(), self.steps.len());
        if step.starts_with('[') {
            self.path.push_str(step);
            self.steps.push(step.trim_matches(['[', ']']).to_owned());
        } else {
            self.path.push('.');
            self.path.push_str(step);
            self.steps.push(step.to_owned());
        }
        let style = if style == Style::Level { Style::Minimal } else { style };
        let value = self.value(wanted, style, depth + 1);
        self.path.truncate(path);
        self.steps.truncate(steps);
        value
    }

    /// Makes a value that fits schemas.
    fn value(&mut self, wanted: Wanted, style: Style, depth: usize) -> Option<Value> {
        self.values += 1;
        if depth > MAX_DEPTH || self.values > MAX_VALUES {
            return None;
        }
        self.with_unions(wanted, Vec::new(), style, depth)
    }
}
