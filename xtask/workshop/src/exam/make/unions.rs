//! Unions and conditions of a value: the branches and sides that it is made from.

use std::collections::BTreeSet;

use serde_json::Value;

use super::objects::requires;
use super::{Making, Style, Wanted};
use crate::exam::cases::{Choice, Kind};
use crate::exam::schemas::Id;

impl Making<'_, '_, '_> {
    /// Chooses the branch of each union, and makes a value of all schemas together.
    pub(super) fn with_unions(
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
    pub(super) fn flatten(&self, ids: &[Id]) -> Option<Vec<Id>> {
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
    pub(super) fn with_conditions(&mut self, mut wanted: Wanted, style: Style, depth: usize) -> Option<Value> {
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
}
