//! Variants of a union that no value selects.

use super::subsumption::admits_all;
use super::{Proof, VariantPlan};
use crate::ir::{Origin, Types, Union};

/// A variant that no value selects, and an earlier one that admits all its values.
pub(super) struct Unreachable {
    pub(super) variant: usize,
    pub(super) earlier: usize,
}

/// Finds the variants that no value selects.
///
/// Every other variant is reached by the values that it alone admits: a proven variant by its tests, and a variant that is
/// tried because each other one does not decode or keeps an `Unknown` inside.
pub(super) fn find_unreachable(types: &Types, union: &Union, plan: &[VariantPlan]) -> Vec<Unreachable> {
    let is_decided = |step: &VariantPlan| matches!(step.proof, Proof::Proven | Proof::Likely);
    let earlier = |index: usize| {
        let (before, step) = (&plan[..index], &plan[index]);
        let rivals = before.iter().filter(|rival| !is_decided(rival) && rival.variant != step.variant);
        let ty = |variant: usize| union.variants[variant].ty;
        let mut wider = rivals.filter(|rival| !rival.excludes(step));
        wider.find(|rival| admits_all(types, ty(rival.variant), ty(step.variant))).map(|rival| rival.variant)
    };
    let variants = (0..union.variants.len()).filter_map(|variant| {
        let steps = plan.iter().enumerate().filter(|(_, step)| step.variant == variant);
        let earlier: Option<Vec<usize>> =
            steps.map(|(index, step)| earlier(index).filter(|_| !is_decided(step))).collect();
        Some(Unreachable { variant, earlier: *earlier?.first()? })
    });
    variants.collect()
}

/// Returns the name of a variant for a diagnostic.
pub(super) fn variant_name(types: &Types, union: &Union, variant: usize) -> String {
    let stated = &union.variants[variant];
    match (&stated.label, &types[stated.ty.id].origin) {
        (Some(label), _) if !label.is_empty() => format!("`{label}`"),
        (_, Origin::Component(name)) => format!("`{name}`"),
        _ => format!("number {}", variant + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::plans;
    use crate::ir::testing::{add, object, string, strings, union};
    use crate::ir::{IntegerKind, Shape, StringKind, TypeRef};

    fn unreachable(types: &Types, used: TypeRef) -> Vec<(usize, usize)> {
        let Shape::Union(union) = &types[used.id].shape else { panic!("the test has a union") };
        let plans = plans(types);
        let found = find_unreachable(types, union, plans.get(used.id).expect("each union has a plan"));
        found.into_iter().map(|one| (one.variant, one.earlier)).collect()
    }

    #[test]
    fn a_variant_is_unreachable_only_if_an_earlier_one_admits_all_its_values() {
        let mut types = Types::default();
        let (text, open) = (string(&mut types), strings(&mut types, &["open"]));
        let date = add(&mut types, Shape::String(StringKind::Date));
        let (integer, number) = (add(&mut types, Shape::Integer(IntegerKind::Signed)), add(&mut types, Shape::Number));
        let mut one = |fields: &[(&str, TypeRef)]| object(&mut types, fields);
        let cases = [
            // Inner required keys, inner constants and inner types distinguish them.
            ([one(&[("a", integer)]), one(&[("a", number)])], vec![]),
            ([one(&[("a", number)]), one(&[("a", integer)])], vec![]),
            ([one(&[("a?", text)]), one(&[("a?", open)])], vec![]),
            ([one(&[("a?", text)]), one(&[("b?", text)])], vec![]),
            ([one(&[("a?", text), ("b?", text)]), one(&[("a?", text)])], vec![]),
            // Both hold the same JSON.
            ([one(&[("a?", text)]), one(&[("a?", date)])], vec![(1, 0)]),
        ];
        for (index, (variants, expected)) in cases.into_iter().enumerate() {
            let used = union(&mut types, None, &variants.map(|variant| ("", variant)));
            assert_eq!(unreachable(&types, used), expected, "case {index}");
        }
    }
}
