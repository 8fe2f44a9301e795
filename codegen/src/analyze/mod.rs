//! Facts about a whole description: shared structures, cycles, areas, dispatch plans, and whether payloads fit.

mod areas;
mod arguments;
mod check;
mod check_result;
mod check_union;
mod constants;
mod cycles;
mod dispatch;
mod dispatch_step;
mod dispatch_steps;
mod duplicates;
mod misfits;
mod model_examples;
mod nesting;
mod profile;
mod sharing;
mod subsumption;
mod unreachable;
mod value_path;

pub use areas::Area;
pub use check::check;
pub use check_result::{
    CheckResult, ChosenVariant, Contradiction, ContradictionKind, Effect, PlainJson, Undescribed, ValueCounts,
};
pub use constants::is_initial_parameter;
pub use dispatch::plans;
pub use dispatch_step::{Plans, Proof, Test, VariantPlan};
pub use model_examples::{ModelExamples, SECRET};

use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Api, Edge, Example, ExampleRole, ExampleSource, Field, Shape, TypeId, Types};

/// The facts that the analyze stage computes about the types of an API: shared structures, cycles, areas, dispatch
/// plans and round trips of payloads. The later stages, names and emit, read them.
#[derive(Debug)]
pub struct Facts {
    /// For each type, the type that represents all types of its structure.
    shared: Vec<TypeId>,
    /// For each type, the cycle of types that hold one another by value, if it is on one.
    cycle: Vec<Option<usize>>,
    /// For each type, whether a request can hold it.
    in_requests: Vec<bool>,
    /// The areas that use each type.
    areas: areas::Areas,
    /// The dispatch plan of each union.
    plans: Plans,
    /// The constants.
    constants: constants::Constants,
    /// The recursion limit that the compiler needs, if it is higher than usual.
    recursion_limit: Option<usize>,
    /// For each payload, its round trip; `None` if an earlier payload is the same.
    outcomes: Vec<Option<RoundTrip>>,
    /// The documented example of each model.
    documented: ModelExamples,
}

/// The predicted result of a round trip: a documented payload is decoded by emitted code and written back as JSON.
#[derive(Debug)]
pub struct RoundTrip {
    /// The worst contradiction, if there is one.
    pub worst: Option<WorstContradiction>,
    /// Counts of the values of the payload.
    pub counts: ValueCounts,
    /// The values that are kept as plain JSON.
    pub json: Vec<PlainJson>,
}

/// The worst contradiction between a documented payload and its type, for a warning and for the coverage report.
#[derive(Clone, Debug)]
pub struct WorstContradiction {
    /// The path to the value within the payload.
    pub path: String,
    /// The JSON pointer to the value within the payload, or to the object without a required key.
    pub pointer: String,
    /// The requirement of the type, and the value in the payload.
    pub message: String,
    /// The effect on the value.
    pub effect: Effect,
    /// The number of further contradictions.
    pub further: usize,
}

impl RoundTrip {
    /// Returns whether emitted code would write this payload back unchanged after it decodes the payload.
    #[must_use]
    pub fn is_equal(&self) -> bool {
        self.worst.as_ref().is_none_or(|worst| worst.effect == Effect::Kept)
    }
}

/// Analyzes the types and the documented payloads of an API and returns the facts. Called once per run, after types are
/// final and before names are chosen. Payloads that contradict their types are reported as warnings. If only a part of a
/// document is emitted, `whole` is the API of all of it, so that the selection changes no constant.
#[must_use]
pub fn analyze(api: &Api, whole: Option<&Api>, diagnostics: &mut Diagnostics) -> Facts {
    let plans = dispatch::plans(&api.types);
    let mut constants = constants::find_constants(&api.types, &plans);
    if let Some(whole) = whole {
        constants.add_those_of_whole(&api.types, &whole.types);
    }
    let shared = sharing::share_structures(&api.types, &constants);
    let mut facts = Facts {
        in_requests: areas::in_requests(api, &shared),
        areas: areas::areas(api, &shared),
        cycle: cycles::find_cycles(&api.types, &shared),
        plans,
        constants: constants.share(&shared),
        recursion_limit: nesting::find_recursion_limit(&api.types, diagnostics),
        outcomes: Vec::new(),
        documented: ModelExamples::default(),
        shared,
    };
    for (id, plan) in facts.plans.iter() {
        report_unreachable(&api.types, id, plan, diagnostics);
    }
    for default in &api.defaults {
        let at = (default.ty, Edge::Within(default.ty.id));
        let found = check(&api.types, &facts.plans, at, &default.value).found;
        if let Some(first) = found.iter().find(|one| one.kind != ContradictionKind::Format) {
            let message = format!("the default contradicts its schema at {}: {}", first.path, first.message);
            diagnostics.warn(
                Code::ContradictoryDefault,
                default.place.within(&first.pointer),
                message,
                "octogen uses the schema; correct the value, or the schema",
            );
        }
    }
    let repeated = duplicates::find_repeated(api, &facts.shared);
    for (index, (example, is_repeated)) in api.examples.iter().zip(repeated).enumerate() {
        if is_repeated {
            facts.outcomes.push(None);
            continue;
        }
        let mut checked = check(&api.types, &facts.plans, (example.ty, example.edge(index)), &example.value);
        checked.found.retain(|one| one.kind != ContradictionKind::Format || !is_beside_format(example, one));
        let worst = worst(&checked.found);
        // A recorded payload can have private data, which `example()` would publish.
        let is_public = example.source != ExampleSource::Recorded;
        if is_public && worst.as_ref().is_none_or(|worst| worst.effect == Effect::Kept) {
            facts.documented.add(&example.value, &checked, |id| facts.shared[id.0]);
        }
        let outcome = RoundTrip { worst, counts: checked.counts, json: checked.json };
        if let Some(worst) = &outcome.worst {
            report(example, worst, diagnostics);
        }
        facts.outcomes.push(Some(outcome));
    }
    facts
}

/// Returns whether a text that contradicts its format is an example of the very schema that states the format. The rules
/// of schemas report such an example already.
fn is_beside_format(example: &Example, one: &Contradiction<'_>) -> bool {
    let is_whole = one.pointer.is_empty() || example.source == ExampleSource::Assembled;
    example.role == ExampleRole::Schema && is_whole
}

/// Reports the variants of a union that no value selects.
fn report_unreachable(types: &Types, id: TypeId, plan: &[VariantPlan], diagnostics: &mut Diagnostics) {
    let Shape::Union(union) = &types[id].shape else {
        return;
    };
    for unreachable::Unreachable { variant, earlier } in unreachable::find_unreachable(types, union, plan) {
        let name = |variant| unreachable::variant_name(types, union, variant);
        let message = format!(
            "no value selects the variant {} of a union, because the variant {} admits all its values",
            name(variant),
            name(earlier)
        );
        diagnostics.warn(
            Code::UnreachableVariant,
            types[union.variants[variant].ty.id].place.clone(),
            message,
            "octogen decodes these values as the other variant and does not compare limits, lengths, patterns and formats; \
             add a required key or a constant here, or remove the variant",
        );
    }
}

/// Returns the first of the worst contradictions.
fn worst(found: &[Contradiction<'_>]) -> Option<WorstContradiction> {
    let effect = found.iter().map(|one| one.effect).max()?;
    let first = found.iter().find(|one| one.effect == effect)?;
    let Contradiction { path, pointer, message, .. } = first;
    let (path, pointer, message) = (path.clone(), pointer.clone(), message.clone());
    Some(WorstContradiction { path, pointer, message, effect, further: found.len() - 1 })
}

fn report(example: &Example, first: &WorstContradiction, diagnostics: &mut Diagnostics) {
    let more = if first.further == 0 { String::new() } else { format!(" (and {} more)", first.further) };
    let message = format!("the example contradicts its schema at {}: {}{more}", first.path, first.message);
    let help = if first.effect == Effect::Kept {
        "octogen accepts and keeps such a value; correct the example, or the schema"
    } else {
        "octogen generates no test for the example; correct the example, or the schema"
    };
    diagnostics.warn(Code::ContradictoryExample, example.place_of(&first.pointer), message, help);
}

impl Facts {
    /// Returns the type that represents all types with the same structure as this one. Types of the same structure
    /// share one definition in emitted code.
    #[must_use]
    pub fn shared(&self, id: TypeId) -> TypeId {
        self.shared[id.0]
    }

    /// Returns whether a value of type `inner` within one of type `outer` needs a `Box` in emitted code, because the
    /// types form a cycle.
    #[must_use]
    pub fn is_circular(&self, outer: TypeId, inner: TypeId) -> bool {
        let cycle = self.cycle[self.shared(outer).0];
        cycle.is_some() && cycle == self.cycle[self.shared(inner).0]
    }

    /// Returns whether a request can hold values of this type. If so, users build such values, and emitted code has
    /// constructors for them.
    #[must_use]
    pub fn in_requests(&self, id: TypeId) -> bool {
        self.in_requests[self.shared(id).0]
    }

    /// Returns whether a type is a constant: `const` states its value, or the variants of a union are distinguished by
    /// it. Emitted code has a `Constant` for it.
    #[must_use]
    pub fn is_constant(&self, id: TypeId) -> bool {
        self.constants.contains(self.shared(id))
    }

    /// Returns whether a property of an object, by its index, has one documented value that every new object has from
    /// the start. Emitted constructors take no argument for it.
    #[must_use]
    pub fn is_initial(&self, types: &Types, (owner, index): (TypeId, usize), field: &Field) -> bool {
        self.constants.is_initial(types, (self.shared(owner), index), field)
    }

    /// Returns the tag whose operations use this type, if no operation with another tag uses the type. Emit puts the
    /// type into the module of that tag.
    #[must_use]
    pub fn area(&self, id: TypeId) -> Option<&str> {
        let mut areas = self.reached_from(id).filter(|area| matches!(area, Area::Tag(_) | Area::Untagged));
        match (areas.next(), areas.next()) {
            (Some(Area::Tag(tag)), None) => Some(tag),
            _ => None,
        }
    }

    /// Returns the areas (tags, untagged operations, webhooks) that use this type. Emit makes Cargo feature gates from
    /// them.
    pub fn reached_from(&self, id: TypeId) -> impl Iterator<Item = &Area> {
        self.areas.of[self.shared(id).0].iter().map(|&index| &self.areas.all[index])
    }

    /// Returns all areas of the API: one for each tag with operations, and those for untagged
    /// operations, for webhooks and for unused types.
    #[must_use]
    pub fn areas(&self) -> &[Area] {
        &self.areas.all
    }

    /// Returns whether a documented payload, by its index, becomes a test of the emitted crate: its round trip writes
    /// it back unchanged, and no earlier payload is the same.
    #[must_use]
    pub fn proves(&self, example: usize) -> bool {
        self.outcome(example).is_some_and(RoundTrip::is_equal)
    }

    /// Returns the predicted round trip of a documented payload, by its index, or `None` if an earlier payload is the
    /// same.
    #[must_use]
    pub fn outcome(&self, example: usize) -> Option<&RoundTrip> {
        self.outcomes.get(example)?.as_ref()
    }

    /// Returns the documented examples of models: payloads, and parts of payloads.
    #[must_use]
    pub fn documented_examples(&self) -> &ModelExamples {
        &self.documented
    }

    /// Returns the recursion limit that the Rust compiler needs for the types, if it is higher than the usual one. Emit
    /// writes it into the root of a crate.
    #[must_use]
    pub fn recursion_limit(&self) -> Option<usize> {
        self.recursion_limit
    }

    /// Returns the dispatch plans of all union types: the tests that select a variant for a JSON value. Pass them to
    /// [`check`], which finds out whether a value fits a type.
    #[must_use]
    pub fn plans(&self) -> &Plans {
        &self.plans
    }

    /// Returns the dispatch plan of a union type: its variants with their tests, in the order in which emitted code
    /// tries them.
    #[must_use]
    pub fn plan(&self, id: TypeId) -> &[VariantPlan] {
        self.plans.get(id).map(Vec::as_slice).unwrap_or_default()
    }
}
