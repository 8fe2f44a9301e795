//! Makes one value of a schema. Each decision on the way has a default, and a list of exceptions changes some of them.

use std::cell::RefCell;
use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{Hash, Hasher};

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::cases::{Choice, Kind};
use super::oracle::Oracle;
use super::patterns;
use super::scalars::{numbers, texts};
use super::schemas::{Id, Schema, Schemas, Type};

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

    /// Chooses the branch of each union, and makes a value of all schemas together.
    fn with_unions(
        &mut self,
        wanted: Wanted,
        mut done: Vec<(Id, &'static str)>,
        style: Style,
        depth: usize,
    ) -> Option<Value> {
        let parts = self.flatten(&wanted.all)?;
        let union = parts.iter().find_map(|&id| {
            let schema = self.schema(id);
            let open = |keyword: &'static str| !schema.list(keyword).is_empty() && !done.contains(&(id, keyword));
            ["oneOf", "anyOf"].into_iter().find(|keyword| open(keyword)).map(|keyword| (id, keyword))
        });
        let Some((id, keyword)) = union else {
            return self.with_conditions(Wanted { all: parts, ..wanted }, style, depth);
        };
        done.push((id, keyword));
        let branches = self.schema(id).list(keyword).to_vec();
        let several = keyword == "anyOf" && branches.len() > 1;
        let options = branches.len() + usize::from(several);
        let before = self.before();
        let index = usize::from(keyword == "anyOf");
        let first = self.decide(if several { Kind::SeveralBranches } else { Kind::Branch }, (id, index), options, 0);
        let all = |option: usize| -> Vec<Id> {
            let chosen =
                if option == branches.len() { &branches[..2] } else { std::slice::from_ref(&branches[option]) };
            wanted.all.iter().chain(chosen).copied().collect()
        };
        let choice = |making: &mut Self, option: usize| {
            if option < branches.len() {
                let (path, steps) = (making.path.clone(), making.steps.clone());
                making.choices.push(Choice { path, steps, union: id, keyword, branch: option });
            }
        };
        let decided = self.before();
        choice(self, first);
        let style_of = self.maker.styles.borrow().get(&(id, first)).copied();
        let own = style_of.filter(|_| style == Style::Minimal).unwrap_or(style);
        let made = self.with_unions(Wanted { all: all(first), ..wanted.clone() }, done.clone(), own, depth);
        let is_plain = style == Style::Minimal && style_of.is_none() && keyword == "oneOf" && branches.len() > 1;
        if is_plain
            && let Some(value) = &made
            && !self.is_excepted(&decided)
        {
            // A minimal value often fits two branches, and then it is invalid.
            let mut found = Style::Minimal;
            if self.maker.oracle.accepts(id, value) == Some(false) {
                self.rewind(&decided);
                choice(self, first);
                let other =
                    self.with_unions(Wanted { all: all(first), ..wanted.clone() }, done.clone(), Style::Level, depth);
                if let Some(other) = other
                    && self.maker.oracle.accepts(id, &other) == Some(true)
                {
                    self.maker.styles.borrow_mut().insert((id, first), Style::Level);
                    return Some(other);
                }
                found = Style::Minimal;
                self.rewind(&decided);
                choice(self, first);
                self.maker.styles.borrow_mut().insert((id, first), found);
                return self.with_unions(Wanted { all: all(first), ..wanted }, done, style, depth);
            }
            self.maker.styles.borrow_mut().insert((id, first), found);
        }
        if made.is_some() {
            return made;
        }
        let is_excepted = self
            .decisions
            .get(before.decisions)
            .is_some_and(|one| self.exceptions.iter().any(|(site, _)| *site == one.site));
        if is_excepted {
            return None;
        }
        // A recursive schema ends with another branch.
        for option in (0..branches.len()).filter(|option| *option != first).take(6) {
            self.rewind(&decided);
            choice(self, option);
            let made =
                self.with_unions(Wanted { all: all(option), ..wanted.clone() }, done.clone(), Style::Minimal, depth);
            if made.is_some() {
                return made;
            }
        }
        None
    }

    /// Returns schemas with those behind their `$ref` and `allOf`, each once. Returns `None` if no value fits.
    fn flatten(&self, ids: &[Id]) -> Option<Vec<Id>> {
        let mut flat: Vec<Id> = Vec::new();
        let mut waiting: Vec<Id> = ids.iter().rev().copied().collect();
        while let Some(id) = waiting.pop() {
            if flat.contains(&id) {
                continue;
            }
            let schema = self.schema(id);
            if schema.boolean == Some(false) {
                return None;
            }
            flat.push(id);
            waiting.extend(schema.list("allOf").iter().rev());
            waiting.extend(schema.reference);
        }
        Some(flat)
    }

    /// Chooses a side of each conditional.
    fn with_conditions(&mut self, mut wanted: Wanted, style: Style, depth: usize) -> Option<Value> {
        let mut forced: BTreeSet<String> = BTreeSet::new();
        let parts = wanted.all.clone();
        for &id in &parts {
            let schema = self.schema(id);
            wanted.none.extend(schema.one("not"));
            if let Some(condition) = schema.one("if") {
                let side = self.decide(Kind::Condition, (id, 0), 2, 0);
                let keyword = if side == 0 { "then" } else { "else" };
                if side == 0 {
                    wanted.all.push(condition);
                    forced.extend(self.schema(condition).map("properties").iter().map(|(key, _)| key.clone()));
                } else {
                    wanted.none.push(condition);
                }
                wanted.all.extend(schema.one(keyword));
            }
            let maker = self.maker;
            let required = |key: &str| parts.iter().any(|&part| requires(maker.schemas.get(part), key));
            for (index, (key, dependent)) in schema.map("dependentSchemas").iter().enumerate() {
                let default = usize::from(required(key));
                if self.decide(Kind::Dependent, (id, index), 2, default) == 1 {
                    forced.insert(key.clone());
                    wanted.all.push(*dependent);
                }
            }
            if let Some(Value::Object(dependents)) = schema.keywords.get("dependentRequired") {
                for (index, (key, others)) in dependents.iter().enumerate() {
                    let default = usize::from(required(key));
                    if self.decide(Kind::Dependent, (id, 1_000 + index), 2, default) == 1 {
                        forced.insert(key.clone());
                        forced.extend(
                            others.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned),
                        );
                    }
                }
            }
        }
        if wanted.all.len() > parts.len() {
            // The added schemas may have unions of their own.
            let flat = self.flatten(&wanted.all)?;
            let with_unions =
                |id: &&Id| !self.schema(**id).list("oneOf").is_empty() || !self.schema(**id).list("anyOf").is_empty();
            let branches: Vec<Id> = flat
                .iter()
                .filter(|id| !parts.contains(id))
                .filter(with_unions)
                .filter_map(|&id| {
                    self.schema(id).list("oneOf").first().or(self.schema(id).list("anyOf").first()).copied()
                })
                .collect();
            let all: Vec<Id> = flat.into_iter().chain(branches).collect();
            wanted.all = self.flatten(&all)?;
        }
        self.typed(&wanted, forced, style, depth)
    }

    /// Chooses the JSON type.
    fn typed(&mut self, wanted: &Wanted, forced: BTreeSet<String>, style: Style, depth: usize) -> Option<Value> {
        let schemas: Vec<&Schema> = wanted.all.iter().map(|&id| self.schema(id)).collect();
        let first = *wanted.all.first()?;
        let types = types(&schemas)?;
        if let Some(values) = listed(&schemas, &types) {
            let avoided = self.avoided(wanted);
            let values: Vec<Value> = values.into_iter().filter(|value| !avoided.contains(value)).collect();
            if values.is_empty() {
                return None;
            }
            let option = self.decide(Kind::Enum, (first, 0), values.len(), wanted.variation % values.len());
            return values.get(option).cloned();
        }
        let Some(types) = types else { return Some(self.free(&schemas, first)) };
        // Null ends a recursive schema.
        let null = types.iter().position(|one| *one == Type::Null);
        let default = if depth > DEEP && style == Style::Minimal { null.unwrap_or(0) } else { 0 };
        let kind = if null.is_some() && types.len() == 2 { Kind::Null } else { Kind::Type };
        let chosen = *types.get(self.decide(kind, (first, 0), types.len(), default))?;
        match chosen {
            Type::Null => Some(Value::Null),
            Type::Boolean => Some(Value::Bool(self.decide(Kind::Boolean, (first, 0), 2, wanted.variation % 2) == 0)),
            Type::Integer | Type::Number => {
                self.candidate(wanted, first, &numbers(&schemas, chosen == Type::Integer, wanted.variation))
            }
            Type::String => self.candidate(wanted, first, &texts(&schemas, wanted.variation)),
            Type::Array => self.array(wanted, &schemas, first, style, depth),
            Type::Object => self.object(wanted, &schemas, forced, style, depth),
        }
    }

    /// Makes a value that no schema describes.
    fn free(&mut self, schemas: &[&Schema], first: Id) -> Value {
        self.free.push(self.path.clone());
        if schemas.iter().any(|schema| !schema.keywords.is_empty()) {
            return Value::from("text");
        }
        let values = [json!("text"), json!({ "a": [1, null, "b"] }), json!(1.5), json!([]), json!(true), Value::Null];
        let option = self.decide(Kind::Type, (first, 1), values.len(), 0);
        values.get(option).cloned().unwrap_or_default()
    }

    fn candidate(&mut self, wanted: &Wanted, first: Id, found: &[(Kind, Value)]) -> Option<Value> {
        let avoided = self.avoided(wanted);
        let found: Vec<&(Kind, Value)> = found.iter().filter(|(_, value)| !avoided.contains(value)).collect();
        // Each kind of candidate is a decision of its own, so that cases are counted by kind.
        let kinds: BTreeSet<Kind> = found.iter().map(|(kind, _)| *kind).collect();
        let ordinary = found.first().map(|(_, value)| value.clone())?;
        let mut chosen = ordinary;
        for (index, kind) in kinds.into_iter().enumerate() {
            let of_kind: Vec<&Value> =
                found.iter().skip(1).filter(|one| one.0 == kind).map(|(_, value)| value).collect();
            let option = self.decide(kind, (first, index), of_kind.len() + 1, 0);
            if let Some(value) = option.checked_sub(1).and_then(|option| of_kind.get(option)) {
                chosen = (*value).clone();
            }
        }
        Some(chosen)
    }

    /// Returns the constants that a value must not be.
    fn avoided(&self, wanted: &Wanted) -> Vec<Value> {
        let constants = |id: &Id| {
            let schema = self.schema(*id);
            let listed = schema.keywords.get("enum").and_then(Value::as_array).cloned().unwrap_or_default();
            listed.into_iter().chain(schema.keywords.get("const").cloned())
        };
        let referenced = |id: &Id| self.schema(*id).reference.unwrap_or(*id);
        wanted.none.iter().map(referenced).collect::<Vec<_>>().iter().flat_map(constants).collect()
    }

    fn array(
        &mut self,
        wanted: &Wanted,
        schemas: &[&'a Schema],
        first: Id,
        style: Style,
        depth: usize,
    ) -> Option<Value> {
        let low = limit(schemas, "minItems").max().unwrap_or(0);
        let high = limit(schemas, "maxItems").min();
        let contains: Vec<Id> = schemas.iter().filter_map(|schema| schema.one("contains")).collect();
        let prefix = schemas.iter().map(|schema| schema.list("prefixItems").len()).max().unwrap_or(0);
        let has_items =
            schemas.iter().any(|schema| schema.one("items").is_some_and(|id| self.schema(id).boolean != Some(false)));
        let closed =
            schemas.iter().any(|schema| schema.one("items").is_some_and(|id| self.schema(id).boolean == Some(false)));
        let low = low.max(usize::from(!contains.is_empty()));
        let mut lengths: Vec<usize> = vec![low];
        lengths.extend([prefix, low + 1, low + 2, prefix + 1].into_iter().chain(0..prefix.min(6)).chain(high));
        let allowed = |length: &usize| {
            *length >= low && high.is_none_or(|high| *length <= high) && (!closed || *length <= prefix)
        };
        lengths.retain(|length| allowed(length) && *length <= MAX_ITEMS.max(low));
        if !has_items && prefix == 0 {
            lengths.truncate(2);
        }
        let mut distinct: Vec<usize> = Vec::new();
        for length in lengths {
            if !distinct.contains(&length) {
                distinct.push(length);
            }
        }
        let wanted_length = if prefix > 0 {
            prefix
        } else if style == Style::Minimal {
            low
        } else {
            low.max(1)
        };
        let default =
            distinct.iter().position(|length| *length == wanted_length).filter(|_| depth <= DEEP).unwrap_or(0);
        let kind = if prefix > 0 { Kind::Tuple } else { Kind::ArrayLength };
        let length = *distinct.get(self.decide(kind, (first, 0), distinct.len(), default))?;
        let is_unique = schemas.iter().any(|schema| schema.keywords.contains_key("uniqueItems"));
        let mut items = Vec::new();
        for index in 0..length {
            let mut all: Vec<Id> = Vec::new();
            for schema in schemas {
                let element = schema.list("prefixItems").get(index).copied();
                all.extend(element.or_else(|| schema.one("items")).or_else(|| schema.one("unevaluatedItems")));
            }
            if index + 1 == length {
                all.extend(&contains);
            }
            let variation = if is_unique { wanted.variation + index } else { wanted.variation };
            let step = format!("[{index}]");
            if all.is_empty() {
                self.free.push(format!("{}{step}", self.path));
                items.push(if is_unique { Value::from(index) } else { Value::from("text") });
                continue;
            }
            items.push(self.within(&step, Wanted { all, none: Vec::new(), variation }, style, depth)?);
        }
        Some(Value::Array(items))
    }

    fn object(
        &mut self,
        wanted: &Wanted,
        schemas: &[&'a Schema],
        mut forced: BTreeSet<String>,
        style: Style,
        depth: usize,
    ) -> Option<Value> {
        let first = *wanted.all.first()?;
        let declared = declared(schemas);
        let required: BTreeSet<&str> = schemas.iter().flat_map(|schema| required(schema)).collect();
        forced.extend(required.iter().map(|key| (*key).to_owned()));
        let mut avoided = self.avoided_keys(wanted);
        // A condition on a key that may be absent is met by an object without it.
        forced.extend(avoided.keys().filter(|key| declared.contains_key(key.as_str())).cloned());
        let low = limit(schemas, "minProperties").max().unwrap_or(0);
        let high = limit(schemas, "maxProperties").min().unwrap_or(usize::MAX);
        let mut entries = Map::new();
        for (index, (key, ids)) in declared.iter().enumerate() {
            let is_present = if forced.contains(*key) {
                true
            } else {
                let full = style != Style::Minimal && (depth < DEEP && self.values < LARGE) && entries.len() < high;
                let kind = if full { Kind::Absent } else { Kind::Present };
                self.decide(kind, (first, index), 2, usize::from(full)) == 1
            };
            if !is_present {
                continue;
            }
            let none: Vec<Id> = avoided.remove(*key).unwrap_or_default();
            let before = self.before();
            let within = Wanted { all: ids.clone(), none, variation: wanted.variation };
            match self.within(key, within, style, depth) {
                Some(value) => drop(entries.insert((*key).to_owned(), value)),
                None if forced.contains(*key) => return None,
                // An optional key of a recursive schema is left out.
                None => {
                    let excepted = self.is_excepted(&before);
                    self.rewind(&before);
                    if excepted {
                        return None;
                    }
                }
            }
        }
        let open = self.undeclared(schemas);
        for key in forced.iter().filter(|key| !declared.contains_key(key.as_str())) {
            let (Some(ids), _) = &open else { return None };
            let ids = patterned(schemas, key).unwrap_or_else(|| ids.clone());
            let value = self.undeclared_value(key, ids, wanted.variation, style, depth)?;
            entries.insert(key.clone(), value);
        }
        self.add_entries(wanted, schemas, first, &open, style, depth, &mut entries, (low, high))?;
        for (key, ids) in &declared {
            if entries.len() >= low {
                break;
            }
            if !entries.contains_key(*key) {
                let within = Wanted { all: ids.clone(), none: Vec::new(), variation: wanted.variation };
                if let Some(value) = self.within(key, within, style, depth) {
                    entries.insert((*key).to_owned(), value);
                }
            }
        }
        Some(Value::Object(entries))
    }

    /// Adds undeclared keys.
    #[expect(clippy::too_many_arguments, reason = "the parts of one object")]
    fn add_entries(
        &mut self,
        wanted: &Wanted,
        schemas: &[&'a Schema],
        first: Id,
        (open, is_map): &(Option<Vec<Id>>, bool),
        style: Style,
        depth: usize,
        entries: &mut Map<String, Value>,
        (low, high): (usize, usize),
    ) -> Option<()> {
        let mut patterns: Vec<(&str, Id)> = Vec::new();
        for schema in schemas {
            patterns.extend(schema.map("patternProperties").iter().map(|(pattern, id)| (pattern.as_str(), *id)));
        }
        for (index, (pattern, id)) in patterns.iter().enumerate() {
            if self.decide(Kind::Entries, (first, 10 + index), 2, usize::from(style != Style::Minimal && depth < DEEP))
                == 1
                && let Some(key) = patterns::matching(pattern, 1, 0)
            {
                let value = self.undeclared_value(&key, vec![*id], wanted.variation, style, depth)?;
                entries.insert(key, value);
            }
        }
        let Some(ids) = open else { return Some(()) };
        let names: Vec<Id> = schemas.iter().filter_map(|schema| schema.one("propertyNames")).collect();
        let least = if *is_map && entries.len() < low { low - entries.len() } else { 0 };
        let (kind, options, default) = if *is_map {
            (Kind::Entries, 3, usize::from(style != Style::Minimal && depth < DEEP).max(least.min(2)))
        } else {
            (Kind::Undeclared, 2, 0)
        };
        let count = self.decide(kind, (first, 0), options, default).max(least.min(64));
        for index in 0..count {
            if entries.len() >= high {
                break;
            }
            let key = if names.is_empty() {
                format!("undeclared{}", if index == 0 { String::new() } else { index.to_string() })
            } else {
                let wanted = Wanted { all: names.clone(), none: Vec::new(), variation: index };
                self.within("", wanted, style, depth)?.as_str()?.to_owned()
            };
            let value = self.undeclared_value(&key, ids.clone(), wanted.variation + index, style, depth)?;
            entries.insert(key, value);
        }
        Some(())
    }

    fn undeclared_value(
        &mut self,
        key: &str,
        ids: Vec<Id>,
        variation: usize,
        style: Style,
        depth: usize,
    ) -> Option<Value> {
        if ids.is_empty() {
            self.free.push(format!("{}.{key}", self.path));
            return Some(json!({ "a": [1, null, "b"] }));
        }
        self.within(key, Wanted { all: ids, none: Vec::new(), variation }, style, depth)
    }

    /// Returns the schemas of undeclared keys, or `None` if they are not allowed, and whether the object is a map.
    fn undeclared(&self, schemas: &[&Schema]) -> (Option<Vec<Id>>, bool) {
        let mut ids = Vec::new();
        for schema in schemas {
            for keyword in ["additionalProperties", "unevaluatedProperties"] {
                match schema.one(keyword) {
                    Some(id) if self.schema(id).boolean == Some(false) => return (None, false),
                    Some(id) if self.schema(id).boolean.is_none() => ids.push(id),
                    _ => {}
                }
            }
        }
        let is_map = schemas.iter().all(|schema| schema.map("properties").is_empty());
        (Some(ids), is_map)
    }

    /// Returns the keys whose values must not fit a schema, so that a condition is not met.
    fn avoided_keys(&self, wanted: &Wanted) -> BTreeMap<String, Vec<Id>> {
        let mut keys: BTreeMap<String, Vec<Id>> = BTreeMap::new();
        for &id in &wanted.none {
            let schema = self.schema(self.schema(id).reference.unwrap_or(id));
            if let Some((key, id)) = schema.map("properties").first() {
                keys.entry(key.clone()).or_default().push(*id);
            }
        }
        keys
    }
}

fn limit<'s>(schemas: &'s [&Schema], keyword: &'s str) -> impl Iterator<Item = usize> {
    schemas.iter().filter_map(move |schema| schema.number(keyword)?.as_f64()).map(|number| number as usize)
}

fn required(schema: &Schema) -> impl Iterator<Item = &str> {
    schema.keywords.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

fn requires(schema: &Schema, key: &str) -> bool {
    required(schema).any(|required| required == key)
}

/// Returns the declared keys with all schemas that their values must fit.
fn declared<'s>(schemas: &[&'s Schema]) -> IndexMap<&'s str, Vec<Id>> {
    let mut keys: IndexMap<&str, Vec<Id>> = IndexMap::new();
    for schema in schemas {
        for (key, id) in schema.map("properties") {
            keys.entry(key).or_default().push(*id);
        }
    }
    keys
}

/// Returns the schemas under `patternProperties` whose pattern a key matches.
fn patterned(schemas: &[&Schema], key: &str) -> Option<Vec<Id>> {
    let all: Vec<&(String, Id)> = schemas.iter().flat_map(|schema| schema.map("patternProperties")).collect();
    let prefix = |pattern: &str| pattern.strip_prefix('^').map(|pattern| pattern.trim_end_matches(".*").to_owned());
    let found: Vec<Id> = all
        .iter()
        .filter(|(pattern, _)| prefix(pattern).is_some_and(|start| key.starts_with(&start)))
        .map(|(_, id)| *id)
        .collect();
    (!found.is_empty()).then_some(found)
}

/// Returns the types that all schemas admit, or the type that their keywords are about. Returns `Some(None)` if the schemas
/// say nothing about the type, and `None` if no type fits.
#[expect(clippy::option_option, reason = "no type fits, any type fits, or these do")]
fn types(schemas: &[&Schema]) -> Option<Option<Vec<Type>>> {
    let mut types: Option<Vec<Type>> = None;
    for schema in schemas.iter().filter(|schema| !schema.types.is_empty()) {
        types = Some(match types {
            None => schema.types.clone(),
            Some(known) => {
                let mut both: Vec<Type> = Vec::new();
                for one in known {
                    if schema.types.contains(&one) {
                        both.push(one);
                    } else if one == Type::Integer && schema.types.contains(&Type::Number)
                        || one == Type::Number && schema.types.contains(&Type::Integer)
                    {
                        both.push(Type::Integer);
                    }
                }
                both
            }
        });
    }
    match types {
        Some(types) if types.is_empty() => return None,
        Some(types) => return Some(Some(types)),
        None => {}
    }
    let has =
        |names: &[&str]| schemas.iter().any(|schema| schema.keyword_names().iter().any(|name| names.contains(name)));
    let assumed = if has(&[
        "properties",
        "required",
        "additionalProperties",
        "patternProperties",
        "minProperties",
        "maxProperties",
        "propertyNames",
        "dependentRequired",
        "dependentSchemas",
        "unevaluatedProperties",
    ]) {
        Type::Object
    } else if has(&["items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains", "unevaluatedItems"]) {
        Type::Array
    } else if has(&["minLength", "maxLength", "pattern", "format"]) {
        Type::String
    } else if has(&["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]) {
        Type::Number
    } else {
        return Some(None);
    };
    Some(Some(vec![assumed]))
}

/// Returns the values that all schemas with `enum` or `const` list.
fn listed(schemas: &[&Schema], types: &Option<Vec<Type>>) -> Option<Vec<Value>> {
    let lists = schemas.iter().flat_map(|schema| {
        let listed = schema.keywords.get("enum").and_then(Value::as_array).cloned();
        listed.into_iter().chain(schema.keywords.get("const").map(|value| vec![value.clone()]))
    });
    let values = lists.reduce(|one, other| one.into_iter().filter(|value| other.contains(value)).collect())?;
    let stated = schemas.iter().any(|schema| !schema.types.is_empty());
    let fits = |value: &Value| !stated || types.as_ref().is_none_or(|types| types.iter().any(|one| one.holds(value)));
    Some(values.into_iter().filter(fits).collect())
}
