//! Checks values of unions: selects the variant that the decoder selects.

use octogen_runtime::Value;

use super::check::{Before, Check, is_leaf};
use super::check_result::{ChosenVariant, ContradictionKind, Effect, ModelValue};
use super::misfits::Misfits;
use super::{Plans, Proof, Test, VariantPlan};
use crate::ir::{Edge, Shape, TypeId};

impl<'v> Check<'_, 'v> {
    /// Checks a value of a union.
    pub(super) fn union(&mut self, (id, edge): (TypeId, Edge), value: &'v Value) {
        let here = (id, std::ptr::from_ref(value).addr());
        let before = self.mark();
        if let Some(chosen) = self.chosen.get(&here) {
            self.hold((id, edge), *chosen, value);
            return;
        }
        let chosen = self.choose_variant(id, value);
        self.chosen.insert(here, chosen);
        self.hold((id, edge), chosen, value);
        // The schema of another variant may admit the discriminator value as well.
        if !self.decodes_since(&before) && has_discriminator(self.plans, (id, chosen)) {
            self.rewind(&before);
            let chosen = self.only_fitting(id, value, Ignored::Discriminator).or(chosen);
            self.chosen.insert(here, chosen);
            self.hold((id, edge), chosen, value);
        }
    }

    /// Returns whether nothing was refused after a mark.
    fn decodes_since(&self, before: &Before) -> bool {
        self.done.found[before.found..].iter().all(|one| one.effect != Effect::Refused)
    }

    /// Checks a value as the chosen variant of a union, or as an unknown value.
    fn hold(&mut self, (id, edge): (TypeId, Edge), chosen: Option<usize>, value: &'v Value) {
        self.done.variants.push(ChosenVariant { path: self.path.to_string(), union: id, variant: chosen });
        match chosen {
            Some(variant) => {
                self.done.models.push(ModelValue { ty: id, value });
                self.variant((id, variant), value);
            }
            None => {
                self.misfits.unknown += 1;
                self.done.counts.unknown_variants += 1;
                self.as_json(value, None);
                let kind = if *value == Value::Null { ContradictionKind::Null } else { ContradictionKind::Form(id) };
                let message = "the value fits no variant of the union".to_owned();
                self.part(Effect::Kept, kind, (edge, Some(value)), message);
            }
        }
    }

    /// Chooses the variant that the decoder chooses. `None` means that no variant fits.
    fn choose_variant(&mut self, id: TypeId, value: &'v Value) -> Option<usize> {
        let before = self.mark();
        let mut best: Option<(Misfits, usize)> = None;
        let mut likely = None;
        for plan in candidates(self.plans, id, value) {
            let has_no_unknown = best.is_some_and(|(misfits, _)| misfits.unknown == 0);
            match plan.proof {
                Proof::Proven => return Some(plan.variant),
                Proof::Any if has_no_unknown => continue,
                Proof::Any => return Some(plan.variant),
                Proof::Likely | Proof::Tried => {}
            }
            self.misfits = Misfits::default();
            self.variant((id, plan.variant), value);
            let decodes = self.decodes_since(&before);
            let misfits = self.misfits;
            self.rewind(&before);
            if plan.proof == Proof::Likely {
                if decodes {
                    return Some(plan.variant);
                }
                likely.get_or_insert(plan.variant);
            }
            if decodes && best.is_none_or(|(least, _)| misfits < least) {
                best = Some((misfits, plan.variant));
                if misfits == Misfits::default() {
                    break;
                }
            }
        }
        // The error of a likely variant is the error of the union.
        match (best, likely) {
            (Some((_, variant)), _) => Some(variant),
            (None, Some(_)) => self.only_fitting(id, value, Ignored::UndeclaredKeys).or(likely),
            (None, None) => self
                .only_fitting(id, value, Ignored::Discriminator)
                .or_else(|| self.only_fitting(id, value, Ignored::UndeclaredKeys)),
        }
    }

    /// Returns the only variant that holds a value if some tests do not count.
    fn only_fitting(&mut self, id: TypeId, value: &'v Value, ignored: Ignored) -> Option<usize> {
        let before = self.mark();
        let mut fitting = None;
        let plan = self.plans.get(id).map(Vec::as_slice).unwrap_or_default();
        let passes = |step: &&VariantPlan| step.tests.iter().all(|test| !ignored.counts(test) || test.passes(value));
        for step in plan.iter().filter(passes) {
            if fitting == Some(step.variant) {
                continue;
            }
            self.misfits = Misfits::default();
            self.variant((id, step.variant), value);
            let decodes = self.decodes_since(&before);
            let fits = decodes && ignored.admits(self.misfits);
            self.rewind(&before);
            match fitting {
                Some(_) if fits => return None,
                None if fits => fitting = Some(step.variant),
                _ => {}
            }
        }
        fitting
    }

    /// Checks a value as a variant of a union.
    fn variant(&mut self, (id, variant): (TypeId, usize), value: &'v Value) {
        let Shape::Union(union) = &self.types[id].shape else {
            return;
        };
        // The variant that holds the value counts it; the union does not.
        self.done.counts.leaves -= usize::from(is_leaf(value));
        if let Some(stated) = union.variants.get(variant) {
            self.value((stated.ty, Edge::Variant(id, variant)), value);
        }
    }
}

/// The tests that do not count after no candidate held the value.
#[derive(Clone, Copy)]
enum Ignored {
    Discriminator,
    UndeclaredKeys,
}

impl Ignored {
    fn counts(self, test: &Test) -> bool {
        match self {
            Self::Discriminator => !matches!(test, Test::Tag(..)),
            Self::UndeclaredKeys => !matches!(test, Test::LacksUndeclared(_)),
        }
    }

    fn admits(self, misfits: Misfits) -> bool {
        match self {
            Self::Discriminator => misfits == Misfits::default(),
            Self::UndeclaredKeys => misfits.unknown == 0,
        }
    }
}

/// Returns whether a discriminator value is among the tests of a variant.
fn has_discriminator(plans: &Plans, (union, variant): (TypeId, Option<usize>)) -> bool {
    let plan = plans.get(union).map(Vec::as_slice).unwrap_or_default();
    let steps = plan.iter().filter(|step| Some(step.variant) == variant && step.proof == Proof::Proven);
    steps.flat_map(|step| &step.tests).any(|test| matches!(test, Test::Tag(..)))
}

/// Returns the variants whose tests a value passes.
fn candidates<'p>(plans: &'p Plans, union: TypeId, value: &Value) -> impl Iterator<Item = &'p VariantPlan> {
    let plan = plans.get(union).map(Vec::as_slice).unwrap_or_default();
    plan.iter().filter(move |plan| plan.tests.iter().all(|test| test.passes(value)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::{check, plans};
    use crate::ir::testing::{add, object, string, strings, union};
    use crate::ir::{Enum, IntegerKind, TypeRef, Types};

    /// The variant that the first union of a value takes.
    fn variant(types: &Types, used: TypeRef, json: &str) -> Option<usize> {
        let value: Value = octogen_runtime::decode(json.as_bytes()).expect("the test has JSON");
        let checked = check(types, &plans(types), (used, Edge::Within(used.id)), &value);
        checked.variants.first().and_then(|chosen| chosen.variant)
    }

    /// The runtime's test of the rule has the same variants and cases.
    #[test]
    fn the_variant_with_the_fewest_misfits_is_selected() {
        let mut types = Types::default();
        let (text, integer) = (string(&mut types), add(&mut types, Shape::Integer(IntegerKind::Signed)));
        let state = strings(&mut types, &["open"]);
        let one = Value::Number(octogen_runtime::Number::from(1));
        let size = add(&mut types, Shape::Enum(Enum::of(vec![one])));
        let [sizes, integers] = [size, integer].map(|item| {
            let list = add(&mut types, Shape::Array(item));
            add(&mut types, Shape::Array(list))
        });
        let [states, texts] = [state, text].map(|value| add(&mut types, Shape::Map(value)));
        let inner = object(&mut types, &[("state?", text)]);
        let issue = [
            ("state?", state),
            ("size?", size),
            ("sizes?", sizes),
            ("states?", states),
            ("inner?", inner),
            ("same?", text),
        ];
        let note = [
            ("state?", text),
            ("size?", integer),
            ("sizes?", integers),
            ("states?", texts),
            ("text?", text),
            ("same?", text),
        ];
        let variants = [object(&mut types, &issue), object(&mut types, &note)];
        let used = union(&mut types, None, &variants.map(|variant| ("", variant)));
        let (issue, note) = (Some(0), Some(1));
        let cases = [
            (r#"{"state":"open","size":1}"#, issue),
            ("{}", issue),
            (r#"{"state":"new"}"#, note),
            (r#"{"size":2}"#, note),
            (r#"{"sizes":[[1],[1,2]]}"#, note),
            (r#"{"states":{"a":"new"}}"#, note),
            (r#"{"size":1.0}"#, issue),
            (r#"{"text":"a"}"#, note),
            (r#"{"inner":{}}"#, issue),
            (r#"{"inner":{"state":"new"}}"#, issue),
            (r#"{"other":1}"#, issue),
            (r#"{"state":1}"#, None),
        ];
        for (json, expected) in cases {
            assert_eq!(variant(&types, used, json), expected, "{json}");
        }
    }

    /// The runtime's test of the rule has the same variants and cases.
    #[test]
    fn a_value_that_the_variant_of_its_discriminator_refuses_is_of_the_only_other_one_that_fits() {
        let mut types = Types::default();
        let text = string(&mut types);
        let user = object(&mut types, &[("login", text), ("state?", text)]);
        let note = object(&mut types, &[("state?", text), ("size?", text)]);
        let used = union(&mut types, Some("state"), &[("user", user), ("note", note)]);
        let (user, note) = (Some(0), Some(1));
        let cases = [
            (r#"{"state":"note","size":"s"}"#, note),
            (r#"{"state":"user"}"#, note),
            (r#"{"state":"user","size":"s"}"#, note),
            (r#"{"state":"user","slug":"a"}"#, user),
        ];
        for (json, expected) in cases {
            assert_eq!(variant(&types, used, json), expected, "{json}");
        }
    }

    /// The runtime's test of the rule has the same cases.
    #[test]
    fn a_variant_drops_a_key_of_another_one_if_it_alone_holds_the_value() {
        let mut types = Types::default();
        let (text, integer) = (string(&mut types), add(&mut types, Shape::Integer(IntegerKind::Signed)));
        let flag = add(&mut types, Shape::Boolean);
        let state = strings(&mut types, &["open"]);
        let left = object(&mut types, &[("key?", integer), ("left?", flag)]);
        let right = object(&mut types, &[("key?", text), ("right?", integer), ("state?", state)]);
        let used = union(&mut types, None, &[("", left), ("", right)]);
        let (left, right) = (Some(0), Some(1));
        let cases = [
            (r#"{"key":1,"left":true}"#, left),
            (r#"{"key":1,"left":true,"right":1}"#, left),
            (r#"{"key":1,"right":1,"left":true,"other":1}"#, left),
            (r#"{"key":"x","left":false}"#, right),
            (r#"{"key":"x","left":false,"state":"open"}"#, right),
            (r#"{"key":"x","left":false,"state":"new"}"#, None),
            (r#"{"key":true,"left":true}"#, None),
            (r#"{"left":true,"right":1}"#, None),
        ];
        for (json, expected) in cases {
            assert_eq!(variant(&types, used, json), expected, "{json}");
        }
    }

    #[test]
    fn a_variant_that_denies_a_key_of_another_one_does_not_hold_it() {
        let mut types = Types::default();
        let (text, integer) = (string(&mut types), add(&mut types, Shape::Integer(IntegerKind::Signed)));
        let [left, right] =
            [("left?", integer), ("right?", text)].map(|own| object(&mut types, &[("key?", text), own]));
        if let Shape::Object(object) = &mut types[left.id].shape {
            object.closed = true;
        }
        let used = union(&mut types, None, &[("", left), ("", right)]);
        let cases =
            [(r#"{"left":1}"#, Some(0)), (r#"{"left":1,"right":"x"}"#, Some(1)), (r#"{"left":1,"right":1}"#, None)];
        for (json, expected) in cases {
            assert_eq!(variant(&types, used, json), expected, "{json}");
        }
    }

    #[test]
    fn a_variant_with_two_steps_is_one_variant() {
        let mut types = Types::default();
        let text = string(&mut types);
        let note = object(&mut types, &[("state?", text), ("text?", text)]);
        let team = object(&mut types, &[("state", text), ("slug", text)]);
        let used = union(&mut types, Some("state"), &[("note", note), ("team", team)]);
        let plans = plans(&types);
        let steps = plans.get(used.id).map(Vec::as_slice).unwrap_or_default();
        assert_eq!(steps.iter().filter(|step| step.variant == 0).count(), 2, "the note has two steps");
        for json in [r#"{"state":"note","text":"a"}"#, r#"{"text":"a"}"#, r#"{"state":"new","text":"a"}"#] {
            assert_eq!(variant(&types, used, json), Some(0), "{json}");
        }
    }

    #[test]
    fn a_variant_of_any_json_is_the_last_resort() {
        let mut types = Types::default();
        let state = strings(&mut types, &["open"]);
        let (issue, any) = (object(&mut types, &[("state?", state)]), add(&mut types, Shape::Any));
        let used = union(&mut types, None, &[("", any), ("", issue)]);
        let cases = [
            (r#"{"state":"open"}"#, 1),
            (r#"{"other":1}"#, 1),
            (r#"{"state":"new"}"#, 0),
            (r#"{"state":1}"#, 0),
            ("[1]", 0),
        ];
        for (json, expected) in cases {
            assert_eq!(variant(&types, used, json), Some(expected), "{json}");
        }
    }
}
