//! Makes the cases of a schema: the minimal value, the maximal one, and one value for each option of each decision.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, HashSet, VecDeque};
use std::hash::{Hash, Hasher};

use super::cases::{Case, Kind};
use super::make::{Decision, Maker, Site, Style};
use super::schemas::Id;

/// The number of exceptions that one value has: one for each decision on the way to the last one.
const MAX_EXCEPTIONS: usize = 7;

/// Limits for the cases of one schema.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    /// The number of valid values.
    pub(super) values: usize,
    /// The number of valid values of one kind.
    pub(super) of_kind: usize,
    /// The number of values that are made, valid or not.
    pub(super) attempts: usize,
}

/// A value to make.
struct Plan {
    kind: Kind,
    style: Style,
    exceptions: Vec<(Site, usize)>,
}

/// Makes the cases of a schema, and passes each valid one to `done`. Returns how many different values were made, by
/// kind.
pub(super) fn explore(
    maker: &Maker<'_, '_>,
    id: Id,
    budget: Budget,
    done: &mut dyn FnMut(Case),
) -> BTreeMap<Kind, usize> {
    let mut exploration = Exploration {
        waiting: VecDeque::from([
            Plan { kind: Kind::Minimal, style: Style::Minimal, exceptions: Vec::new() },
            Plan { kind: Kind::Maximal, style: Style::Full, exceptions: Vec::new() },
        ]),
        seen: HashSet::new(),
        made: BTreeMap::new(),
        valid: BTreeMap::new(),
        texts: HashSet::new(),
        base: None,
    };
    let mut attempts = 0;
    while let Some(plan) = exploration.waiting.pop_front() {
        if attempts >= budget.attempts || exploration.valid.values().sum::<usize>() >= budget.values {
            break;
        }
        if exploration.valid.get(&plan.kind).is_some_and(|count| *count >= budget.of_kind) {
            continue;
        }
        attempts += 1;
        exploration.run(maker, id, &plan, done);
    }
    exploration.made
}

struct Exploration {
    waiting: VecDeque<Plan>,
    seen: HashSet<(Style, Site)>,
    made: BTreeMap<Kind, usize>,
    valid: BTreeMap<Kind, usize>,
    texts: HashSet<u64>,
    /// The exceptions of the first valid value, if the minimal value is invalid.
    base: Option<Vec<(Site, usize)>>,
}

impl Exploration {
    fn run(&mut self, maker: &Maker<'_, '_>, id: Id, plan: &Plan, done: &mut dyn FnMut(Case)) {
        let mut exceptions = plan.exceptions.clone();
        if plan.style == Style::Minimal {
            let base =
                self.base.iter().flatten().filter(|(site, _)| !plan.exceptions.iter().any(|(own, _)| own == site));
            exceptions.extend(base.copied());
        }
        let (value, making) = maker.make(id, plan.style, &exceptions);
        self.plan_more(plan, &making.decisions);
        let Some(value) = value else { return };
        let mut hasher = DefaultHasher::new();
        value.to_string().hash(&mut hasher);
        if !self.texts.insert(hasher.finish()) {
            return;
        }
        *self.made.entry(plan.kind).or_default() += 1;
        if maker.oracle.accepts(id, &value) != Some(true) {
            return;
        }
        if self.base.is_none() && plan.style == Style::Minimal {
            self.base = Some(exceptions.clone());
        }
        *self.valid.entry(plan.kind).or_default() += 1;
        let (choices, free) = (making.choices, making.free);
        done(Case { kind: plan.kind, value, choices, free });
    }

    /// Plans a value for each other option of the decisions that were not seen yet.
    fn plan_more(&mut self, plan: &Plan, decisions: &[Decision]) {
        if plan.exceptions.len() >= MAX_EXCEPTIONS {
            return;
        }
        for decision in decisions {
            // From the maximal value, only one key is taken away.
            let is_wanted = plan.style == Style::Minimal
                || plan.exceptions.is_empty() && decision.kind == Kind::Absent && decision.depth <= 1;
            if !is_wanted || !self.seen.insert((plan.style, decision.site)) {
                continue;
            }
            for option in (0..decision.options).filter(|option| *option != decision.chosen) {
                let is_several = decision.kind == Kind::SeveralBranches && option + 1 < decision.options;
                let kind = if is_several { Kind::Branch } else { decision.kind };
                let exceptions = plan.exceptions.iter().copied().chain([(decision.site, option)]).collect();
                self.waiting.push_back(Plan { kind, style: plan.style, exceptions });
            }
        }
    }
}
