//! What is true of a description as a whole, found out before anything is named or written.

mod ambiguity;
mod areas;
mod check;
mod check_result;
mod cycles;
mod dispatch;
mod duplicates;
mod sharing;

pub use areas::Area;
pub use check::{Plans, check};
pub use check_result::{Checked, Contradiction, Effect, Kind, Open, Plain, Tally};
pub use dispatch::{Test, VariantPlan, plans};

use crate::diagnostic::Diagnostics;
use crate::ir::{Api, Edge, Example, Shape, TypeId, Types};

/// The facts.
#[derive(Debug)]
pub struct Facts {
    /// By type: the one that stands for all types of the same structure.
    shared: Vec<TypeId>,
    /// By type: the circle of types that hold one another by value, if it lies on one.
    circle: Vec<Option<usize>>,
    /// By type: whether a request can hold it.
    in_requests: Vec<bool>,
    /// From where each type is reached.
    areas: areas::Areas,
    /// How the variants of each union are told apart.
    plans: Plans,
    /// By payload: what becomes of it in a round trip; nothing of what an earlier one says already.
    outcomes: Vec<Option<Outcome>>,
}

/// What becomes of a payload in a round trip.
#[derive(Debug)]
pub struct Outcome {
    /// The worst thing that happens to one of its values, if anything does, and how many are like it or less bad.
    pub worst: Option<Worst>,
    /// What becomes of its values.
    pub tally: Tally,
    /// What is held as plain JSON.
    pub json: Vec<Plain>,
}

/// The worst contradiction between a payload and its type.
#[derive(Clone, Debug)]
pub struct Worst {
    /// The way to the value within the payload.
    pub path: String,
    /// What the type says and what the payload has.
    pub message: String,
    /// What becomes of the value.
    pub effect: Effect,
    /// How many contradictions there are beside it.
    pub further: usize,
}

impl Outcome {
    /// Whether the payload comes back as it was.
    #[must_use]
    pub fn is_equal(&self) -> bool {
        self.worst.as_ref().is_none_or(|worst| worst.effect == Effect::Kept)
    }
}

/// Finds out what is true of a description; payloads that contradict their types are reported.
#[must_use]
pub fn analyze(api: &Api, diagnostics: &mut Diagnostics) -> Facts {
    let shared = sharing::share_structures(&api.types);
    let mut facts = Facts {
        in_requests: areas::in_requests(api, &shared),
        areas: areas::areas(api, &shared),
        circle: cycles::find_cycles(&api.types, &shared),
        plans: dispatch::plans(&api.types),
        outcomes: Vec::new(),
        shared,
    };
    for (id, plan) in &facts.plans {
        report_tried(&api.types, *id, plan, diagnostics);
    }
    for stated in &api.stated {
        let at = (stated.ty, Edge::Within(stated.ty.id));
        if let Some(first) = check(&api.types, &facts.plans, at, &stated.value).found.first() {
            let message = format!("the {} contradicts its schema at {}: {}", stated.what, first.path, first.message);
            diagnostics.warn(stated.place.clone(), message, "the type is what the schema says");
        }
    }
    let repeated = duplicates::find_repeated(api, &facts.shared);
    for (index, (example, is_repeated)) in api.examples.iter().zip(repeated).enumerate() {
        if is_repeated {
            facts.outcomes.push(None);
            continue;
        }
        let checked = check(&api.types, &facts.plans, (example.ty, Edge::Root(index)), &example.value);
        let outcome = Outcome { worst: worst(&checked.found), tally: checked.tally, json: checked.json };
        if let Some(worst) = &outcome.worst {
            report(example, worst, diagnostics);
        }
        facts.outcomes.push(Some(outcome));
    }
    facts
}

/// Reports a union of which more than one variant has to be tried: a value that fits several is read as the first.
fn report_tried(types: &Types, id: TypeId, plan: &[VariantPlan], diagnostics: &mut Diagnostics) {
    if let Shape::Union(union) = &types[id].shape
        && let count @ 1.. = ambiguity::count_ambiguous(types, union, plan)
    {
        let message = format!("{count} variants of the union can't be told apart");
        diagnostics.warn(
            types[id].place.clone(),
            message,
            "they are tried, those that know all keys first, then the more demanding",
        );
    }
}

/// The first of the contradictions that are as bad as any.
fn worst(found: &[Contradiction<'_>]) -> Option<Worst> {
    let effect = found.iter().map(|one| one.effect).max()?;
    let first = found.iter().find(|one| one.effect == effect)?;
    let Contradiction { path, message, .. } = first;
    Some(Worst { path: path.clone(), message: message.clone(), effect, further: found.len() - 1 })
}

fn report(example: &Example, first: &Worst, diagnostics: &mut Diagnostics) {
    let more = if first.further == 0 { String::new() } else { format!(" (and {} more)", first.further) };
    let message = format!("the example contradicts its schema at {}: {}{more}", first.path, first.message);
    let help = if first.effect == Effect::Kept { "the value is kept as it is" } else { "no test is made of it" };
    diagnostics.warn(example.place.clone(), message, help);
}

impl Facts {
    /// The type that stands for this one and all others of its structure.
    #[must_use]
    pub fn shared(&self, id: TypeId) -> TypeId {
        self.shared[id.0]
    }

    /// Whether a value of `inner` within one of `outer` has to be boxed, since it can hold an `outer` in turn.
    #[must_use]
    pub fn is_circular(&self, outer: TypeId, inner: TypeId) -> bool {
        let circle = self.circle[self.shared(outer).0];
        circle.is_some() && circle == self.circle[self.shared(inner).0]
    }

    /// Whether a request can hold the type, so that people build values of it.
    #[must_use]
    pub fn in_requests(&self, id: TypeId) -> bool {
        self.in_requests[self.shared(id).0]
    }

    /// The tag whose operations are the only ones to reach the type.
    #[must_use]
    pub fn area(&self, id: TypeId) -> Option<&str> {
        let mut areas = self.reached_from(id).filter(|area| matches!(area, Area::Tag(_) | Area::Untagged));
        match (areas.next(), areas.next()) {
            (Some(Area::Tag(tag)), None) => Some(tag),
            _ => None,
        }
    }

    /// From where the type is reached.
    pub fn reached_from(&self, id: TypeId) -> impl Iterator<Item = &Area> {
        self.areas.of[self.shared(id).0].iter().map(|&index| &self.areas.all[index])
    }

    /// All that types are reached from.
    #[must_use]
    pub fn areas(&self) -> &[Area] {
        &self.areas.all
    }

    /// Whether a payload, by its place among the payloads, comes back from a round trip as it was, and is the first that
    /// shows it.
    #[must_use]
    pub fn proves(&self, example: usize) -> bool {
        self.outcome(example).is_some_and(Outcome::is_equal)
    }

    /// What becomes of a payload in a round trip, by its place among the payloads; `None` where an earlier one is the
    /// same text of the document, and of the same type.
    #[must_use]
    pub fn outcome(&self, example: usize) -> Option<&Outcome> {
        self.outcomes.get(example)?.as_ref()
    }

    /// How the variants of a union are told apart, in the order in which they are tested.
    #[must_use]
    pub fn plan(&self, id: TypeId) -> &[VariantPlan] {
        self.plans.get(&id).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Whether a type is written as an item of its own.
#[must_use]
pub fn is_item(shape: &Shape) -> bool {
    matches!(shape, Shape::Object(_) | Shape::Enum(_) | Shape::Union(_))
}
