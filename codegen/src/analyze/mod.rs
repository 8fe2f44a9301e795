//! What is true of a description as a whole, found out before anything is named or written.

mod apart;
mod areas;
mod cycles;
mod evidence;
mod sharing;
mod unions;

pub use areas::Area;
use evidence::{Contradiction, Effect};
pub use unions::{ArmPlan, Test};

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostics, Place, Spot};
use crate::ir::{Api, Example, Shape, TypeId, Types};

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
    /// How the arms of each union are told apart.
    plans: BTreeMap<TypeId, Vec<ArmPlan>>,
    /// By payload: whether it comes back from a round trip as it was.
    proves: Vec<bool>,
}

/// Finds out what is true of a description; payloads that contradict their types are reported.
#[must_use]
pub fn analyze(api: &Api, diagnostics: &mut Diagnostics) -> Facts {
    let shared = sharing::shared(&api.types);
    let mut facts = Facts {
        in_requests: areas::in_requests(api, &shared),
        areas: areas::areas(api, &shared),
        circle: cycles::circles(&api.types, &shared),
        plans: unions::plans(&api.types),
        proves: Vec::new(),
        shared,
    };
    for (id, plan) in &facts.plans {
        report_tried(&api.types, *id, plan, diagnostics);
    }
    for stated in &api.stated {
        if let Some(first) = evidence::contradiction(api, &facts, stated.ty, &stated.value) {
            let place = Place { file: stated.file.clone(), spot: Spot::Pointer(stated.pointer.clone()) };
            let message = format!("the {} contradicts its schema at {}: {}", stated.what, first.path, first.message);
            diagnostics.warn(place, message, "the type is what the schema says");
        }
    }
    for (example, found) in api.examples.iter().zip(evidence::contradictions(api, &facts)) {
        let worst = found.iter().map(|one| one.effect).max();
        facts.proves.push(worst.is_none_or(|effect| effect == Effect::Kept));
        if let Some(first) = found.iter().find(|one| Some(one.effect) == worst) {
            report(example, first, found.len() - 1, diagnostics);
        }
    }
    facts
}

/// Reports a union of which more than one arm has to be tried: a value that fits several is read as the first.
fn report_tried(types: &Types, id: TypeId, plan: &[ArmPlan], diagnostics: &mut Diagnostics) {
    if let Shape::Union(union) = &types[id].shape
        && let count @ 1.. = apart::undecided(types, union, plan)
    {
        let place = Place { file: union.file.clone(), spot: Spot::Pointer(union.pointer.clone()) };
        let message = format!("{count} arms of the union can't be told apart");
        diagnostics.warn(place, message, "they are tried, those that know all keys first, then the more demanding");
    }
}

fn report(example: &Example, first: &Contradiction, further: usize, diagnostics: &mut Diagnostics) {
    let place = Place { file: example.file.clone(), spot: Spot::Pointer(example.pointer.clone()) };
    let more = if further == 0 { String::new() } else { format!(" (and {further} more)") };
    let message = format!("the example contradicts its schema at {}: {}{more}", first.path, first.message);
    let help = if first.effect == Effect::Kept { "the value is kept as it is" } else { "no test is made of it" };
    diagnostics.warn(place, message, help);
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

    /// Whether a payload, by its place among the payloads, comes back from a round trip as it was.
    #[must_use]
    pub fn proves(&self, example: usize) -> bool {
        self.proves.get(example).copied().unwrap_or(false)
    }

    /// How the arms of a union are told apart, in the order in which they are tested.
    #[must_use]
    pub fn plan(&self, id: TypeId) -> &[ArmPlan] {
        self.plans.get(&id).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Whether a type is written as an item of its own.
#[must_use]
pub fn is_item(shape: &Shape) -> bool {
    matches!(shape, Shape::Object(_) | Shape::Enum(_) | Shape::Union(_))
}
