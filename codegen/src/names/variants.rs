//! Names of the variants of unions.

use octogen_runtime::Proof;

use super::casing::{cased, identifier_words};
use super::reserved::Case;
use crate::analyze::{Test, VariantPlan};
use crate::ir::{Origin, TypeId, Types, Union, Variant};

/// Returns words for the name of each variant of a union: its discriminator value if one selects it, or else the name of
/// its type without the words that it shares with the name of the union. If variants have the same words, they get the
/// names of their types.
///
/// An inline union can share its definition with unions at other places, so that its own name does not count. Its variants
/// lose the words that all of them share.
pub(super) fn variant_words(types: &Types, plan: &[VariantPlan], id: TypeId, union: &Union) -> Vec<String> {
    let names: Vec<String> =
        union.variants.iter().enumerate().map(|(index, variant)| type_name(types, index, variant)).collect();
    let union_words = match &types[id].origin {
        Origin::Component(name) => identifier_words(name),
        Origin::Place { root, steps } => identifier_words(&format!("{root} {}", steps.join(" "))),
        Origin::Within(..) | Origin::Operation(..) => {
            let named = union.variants.iter().zip(&names).filter(|(variant, _)| has_own_name(types, variant));
            common_affixes(&named.map(|(_, name)| identifier_words(name)).collect::<Vec<_>>())
        }
    };
    let candidates = |(index, variant): (usize, &Variant)| {
        let name = &names[index];
        let value = discriminator_value(union, plan, index);
        let value = value.filter(|value| identifier_words(value) != identifier_words(name));
        let short = has_own_name(types, variant).then(|| without_affixes(name, &union_words)).flatten();
        [value.map(str::to_owned), short, Some(name.clone())].into_iter().flatten().collect()
    };
    let candidates: Vec<Vec<String>> = union.variants.iter().enumerate().map(candidates).collect();
    select_distinct(&candidates)
}

/// Returns the words at the start of all names, and those at the end of all names. A single name shares none.
fn common_affixes(names: &[Vec<String>]) -> Vec<String> {
    let Some((first, others)) = names.split_first().filter(|(_, others)| !others.is_empty()) else {
        return Vec::new();
    };
    let count = |shared: fn(&[String], &[String]) -> usize| others.iter().map(|other| shared(first, other)).min();
    let start = count(common_start).unwrap_or_default();
    let end = count(common_end).unwrap_or_default();
    [&first[..start], &first[first.len() - end..]].concat()
}

/// Returns the number of words that two names have in common at their start.
fn common_start(one: &[String], other: &[String]) -> usize {
    one.iter().zip(other).take_while(|(one, other)| one == other).count()
}

/// Returns the number of words that two names have in common at their end.
fn common_end(one: &[String], other: &[String]) -> usize {
    one.iter().rev().zip(other.iter().rev()).take_while(|(one, other)| one == other).count()
}

/// Returns the name of the type of a variant: its component, its title, or its label.
fn type_name(types: &Types, index: usize, variant: &Variant) -> String {
    match (&variant.label, &types[variant.ty.id].origin) {
        (Some(label), _) | (None, Origin::Component(label)) => label.clone(),
        _ => format!("variant{}", index + 1),
    }
}

/// Returns whether a variant is named by the document, as a component or by its title, and not after its content.
fn has_own_name(types: &Types, variant: &Variant) -> bool {
    variant.label.is_none() || variant.label == types[variant.ty.id].docs.title
}

/// Returns the only string under one key that selects a variant, if it begins with a letter.
fn discriminator_value<'a>(union: &Union, plan: &'a [VariantPlan], variant: usize) -> Option<&'a str> {
    let steps = plan.iter().filter(|step| step.variant == variant && step.proof == Proof::Proven);
    let mut selecting = steps.filter_map(|step| match step.tests.as_slice() {
        [Test::Tag(key, values), ..] => Some((key, values)),
        _ => None,
    });
    let (key, values) = selecting.next()?;
    let is_stated = union.discriminator.as_ref().is_none_or(|stated| stated == key);
    match values.as_slice() {
        [value] if is_stated && selecting.next().is_none() => {
            value.chars().find(|c| c.is_alphanumeric()).filter(|c| c.is_alphabetic()).map(|_| value.as_str())
        }
        _ => None,
    }
}

/// Returns the name of a type without the words at its start and at its end that it shares with the name of its union.
/// Returns `None` if it shares none, or if no name would be left.
fn without_affixes(name: &str, union: &[String]) -> Option<String> {
    let words = identifier_words(name);
    let rest = words.get(common_start(&words, union)..words.len() - common_end(&words, union))?;
    let is_name = rest.len() < words.len() && rest.first()?.starts_with(char::is_alphabetic);
    is_name.then(|| rest.join("_"))
}

/// Selects the first candidate of each variant that no other variant has. Candidates differ if their identifiers do.
fn select_distinct(candidates: &[Vec<String>]) -> Vec<String> {
    let identifiers: Vec<Vec<String>> =
        candidates.iter().map(|names| names.iter().map(|name| cased(name, Case::Variant, false)).collect()).collect();
    let mut selected = vec![0; candidates.len()];
    loop {
        let identifier = |variant: usize| &identifiers[variant][selected[variant]];
        let is_shared = |variant: usize| {
            (0..selected.len()).any(|other| other != variant && identifier(other) == identifier(variant))
        };
        let has_next = |variant: usize| selected[variant] + 1 < candidates[variant].len();
        let moving: Vec<usize> =
            (0..selected.len()).filter(|&variant| has_next(variant) && is_shared(variant)).collect();
        if moving.is_empty() {
            return candidates.iter().zip(selected).map(|(names, index)| names[index].clone()).collect();
        }
        for variant in moving {
            selected[variant] += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{common_affixes, identifier_words, select_distinct, without_affixes};

    #[test]
    fn a_variant_does_not_repeat_the_name_of_its_union() {
        for (name, union, expected) in [
            ("ChatRequestUserMessage", "ChatRequestMessage", Some("user")),
            ("deleted_customer", "ChargeCustomer", Some("deleted")),
            ("UserCreated", "UserEvent", Some("created")),
            ("StringFilter", "Filter", Some("string")),
            // Words are whole, and a name is left.
            ("Pets", "Pet", None),
            ("Pet", "Pet", None),
            ("ChatMessage", "ChatRequestMessage", None),
            ("Model3", "Model", None),
            ("cat", "Pet", None),
            ("cat", "", None),
        ] {
            assert_eq!(without_affixes(name, &identifier_words(union)).as_deref(), expected, "{name} in {union}");
        }
    }

    #[test]
    fn variants_of_an_inline_union_do_not_repeat_their_common_words() {
        for (names, expected) in [
            (&["Customer", "DeletedCustomer"][..], &["Customer", "deleted"][..]),
            (&["NewUserEvent", "NewTeamEvent"], &["user", "team"]),
            (&["CardPayment", "CardRefund", "Card"], &["payment", "refund", "Card"]),
            (&["Cat", "Dog"], &["Cat", "Dog"]),
            (&["OnlyPet"], &["OnlyPet"]),
        ] {
            let common = common_affixes(&names.iter().map(|name| identifier_words(name)).collect::<Vec<_>>());
            let short = |name: &&str| without_affixes(name, &common).unwrap_or_else(|| (*name).to_owned());
            assert_eq!(names.iter().map(short).collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn variants_of_the_same_value_have_the_names_of_their_types() {
        for (candidates, expected) in [
            (["user Human", "user Robot", "system"], ["Human", "Robot", "system"]),
            (["user Human", "tool User", "any"], ["user", "tool", "any"]),
            (["a Group", "Group", "A"], ["Group", "Group", "A"]),
        ] {
            let candidates = candidates.map(|names| names.split(' ').map(str::to_owned).collect());
            assert_eq!(select_distinct(&candidates), expected);
        }
    }
}
