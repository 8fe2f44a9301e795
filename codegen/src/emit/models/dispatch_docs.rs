//! The documentation of the way in which a union selects the variant of a value.

use octogen_runtime::Value;

use super::tables::type_name;
use crate::analyze::{Proof, Test, VariantPlan};
use crate::emit::markdown::code;
use crate::names::TypeNames;

/// Returns the sentence that says how a value selects its variant: by discriminator values, by its JSON type, by its keys, or
/// by trial.
pub(super) fn dispatch_sentence(plan: &[VariantPlan], names: &TypeNames) -> String {
    let mut rules: Vec<(String, Vec<String>)> = Vec::new();
    let mut documented = Vec::new();
    let mut last = code(&names.other.to_string());
    for step in plan {
        let Some(variant) = names.members.get(step.variant) else { continue };
        // Further steps of a variant are for values without its discriminator property.
        if documented.contains(&step.variant) {
            continue;
        }
        documented.push(step.variant);
        if step.proof == Proof::Any {
            last = code(&variant.to_string());
            continue;
        }
        let (rule, selecting) = rule(step);
        let entry = match selecting {
            // The name of the variant says no more than the text that selects it.
            text if letters(&text) == letters(variant.as_str()) => text,
            text if text.is_empty() => code(&variant.to_string()),
            text => format!("{text}: {}", code(&variant.to_string())),
        };
        match rules.iter_mut().find(|(earlier, _)| *earlier == rule) {
            Some((_, entries)) => entries.push(entry),
            None => rules.push((rule, vec![entry])),
        }
    }
    let rules: Vec<String> = rules.iter().map(|(rule, entries)| format!("{rule} ({})", entries.join(", "))).collect();
    match rules.is_empty() {
        true => format!("Any value is kept as {last}."),
        false => format!("The variant is selected by {}; any other value is kept as {last}.", rules.join(", then by ")),
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Returns the rule by which a step selects its variant, and the values, types or keys that select it.
fn rule(step: &VariantPlan) -> (String, String) {
    let is_tried = step.proof == Proof::Tried;
    match step.tests.first() {
        Some(Test::Tag(key, texts)) => (code(key), alternatives(texts.iter().map(|text| code(text)))),
        Some(Test::Constant(key, values)) => (code(key), constants(values)),
        Some(Test::Is(values)) => (String::from("value"), constants(values)),
        Some(Test::Type(kinds)) if !is_tried => {
            let kinds = kinds.iter().map(|kind| type_name(*kind).to_lowercase());
            (String::from("JSON type"), alternatives(kinds))
        }
        Some(Test::Has(_)) if !is_tried => {
            let keys = step.tests.iter().filter_map(|test| match test {
                Test::Has(key) => Some(code(key)),
                _ => None,
            });
            (String::from("keys"), keys.collect::<Vec<_>>().join(" and "))
        }
        _ => (String::from("best fit"), String::new()),
    }
}

fn constants(values: &[Value]) -> String {
    alternatives(
        values.iter().map(|value| code(&value.as_str().map_or_else(|| octogen_runtime::encode(value), str::to_owned))),
    )
}

fn alternatives(texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().join(" or ")
}
