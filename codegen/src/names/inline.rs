//! Names of inline types, from their places.
//!
//! The name of a type begins with the name of the type around it. It depends only on its own place, so that neither a
//! further sibling nor the order of the document renames a type, unless two places have the same words.

use std::collections::BTreeMap;

use super::casing::{has_signs, spelled};
use super::name::Name;
use super::namespace::Namespace;
use crate::ir::{Origin, Shape, Step, TypeId, Types};

/// The name of a type, and the words that became the name.
pub(super) struct Chosen {
    pub(super) name: Name,
    pub(super) words: String,
}

/// Names that are decided already, by the keys of their places.
pub(super) type DecidedNames = BTreeMap<String, Chosen>;

/// Returns the key of the place of a type: the path from its root.
pub(super) fn key(types: &Types, id: TypeId) -> String {
    let mut steps = Vec::new();
    let mut at = id;
    while let Origin::Within(outer, step) = &types[at].origin {
        steps.push(format!("{step:?}"));
        at = *outer;
    }
    let file = &types[at].place.file;
    steps.push(format!("{file} {:?}", types[at].origin));
    steps.reverse();
    steps.join("/")
}

/// Names the inline types. Outer types come first, so that no inner type takes the name of an outer one.
pub(super) fn claim(
    types: &Types,
    ids: impl Iterator<Item = TypeId>,
    namespace: &mut Namespace,
    decided: &mut DecidedNames,
    claimed: &mut BTreeMap<TypeId, Chosen>,
) {
    let mut waiting: Vec<Inline> = ids.filter_map(|id| Inline::of(types, id)).collect();
    waiting.sort();
    for Inline { id, .. } in waiting {
        // Without a selection, no name is decided, and the keys are not needed.
        let known = if decided.is_empty() { None } else { decided.remove(&key(types, id)) };
        let chosen = known.unwrap_or_else(|| {
            let (outer, steps) = steps(types, id);
            let base = outer.and_then(|outer| Some(claimed.get(&outer)?.words.clone()));
            let candidates = candidates(&base.unwrap_or_else(|| root(types, id)), &steps, &types[id].shape);
            let free = candidates.iter().find_map(|words| Some((words.clone(), namespace.claim_free(words)?)));
            let (words, name) = free.unwrap_or_else(|| {
                let words = candidates.last().cloned().unwrap_or_default();
                let name = namespace.claim(&words);
                (words, name)
            });
            Chosen { name, words }
        });
        claimed.insert(id, chosen);
    }
}

/// An inline type. The order of the fields is the order of naming, in which the order of the document comes last.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Inline {
    /// The number of steps from the root.
    depth: usize,
    /// The words have signs that identifiers do not have.
    has_signs: bool,
    path: String,
    place: String,
    id: TypeId,
}

impl Inline {
    fn of(types: &Types, id: TypeId) -> Option<Self> {
        let mut words = Vec::new();
        let mut at = id;
        while let Origin::Within(outer, step) = &types[at].origin {
            words.push(word(step));
            at = *outer;
        }
        if matches!((&types[at].origin, at == id), (Origin::Component(_), true)) {
            return None;
        }
        let depth = words.len();
        words.push(root(types, at));
        words.reverse();
        let has_signs = words.iter().any(|word| has_signs(word));
        Some(Self { depth, has_signs, path: words.join(" "), place: types[id].place.to_string(), id })
    }
}

/// Returns the nearest outer type that has a name of its own, and the steps from there.
fn steps(types: &Types, id: TypeId) -> (Option<TypeId>, Vec<&Step>) {
    let mut steps = Vec::new();
    let mut at = id;
    while let Origin::Within(outer, step) = &types[at].origin {
        steps.push(step);
        at = *outer;
        if types[at].shape.is_item() {
            steps.reverse();
            return (Some(at), steps);
        }
    }
    steps.reverse();
    (None, steps)
}

/// Returns the words for the root of a place: a component or a part of an operation.
fn root(types: &Types, mut id: TypeId) -> String {
    loop {
        match &types[id].origin {
            Origin::Component(name) | Origin::Place(name) => return name.clone(),
            Origin::Operation(operation, step) => return format!("{operation} {}", word(step)),
            Origin::Within(outer, _) => id = *outer,
        }
    }
}

/// Returns the possible names of a type, the best first: the words of its place, then with words for signs, for the kind
/// of the type, and for the kind of the last step.
fn candidates(base: &str, steps: &[&Step], shape: &Shape) -> Vec<String> {
    let kind = match shape {
        Shape::Object(_) => "object",
        Shape::Enum(_) => "enum",
        Shape::Union(_) => "union",
        _ => "type",
    };
    let Some((last, outer)) = steps.split_last() else {
        return vec![base.to_owned(), format!("{base} {kind}")];
    };
    let base = outer.iter().fold(base.to_owned(), |base, step| format!("{base} {}", word(step)));
    let own = match last {
        Step::Variant(label) => without_repetition(&base, label),
        step => word(step),
    };
    let mut found = vec![format!("{base} {own}")];
    if has_signs(&own) {
        found.push(format!("{base} {}", spelled(&own)));
    }
    found.push(format!("{base} {own} {kind}"));
    found.push(format!("{base} {} {}", role(last), word(last)));
    found
}

/// Returns the label of a variant without the words that the name around it has already. Labels often are titles that
/// repeat the path of the union.
fn without_repetition(base: &str, label: &str) -> String {
    let split =
        |text: &str| -> Vec<String> { text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect() };
    let (known, words) = (split(base), split(label));
    let is_known = |from: usize, to: usize| known.windows(to - from).any(|window| window == &words[from..to]);
    let longest = (0..words.len()).flat_map(|from| (from + 2..=words.len()).map(move |to| (from, to)));
    let longest = longest.filter(|&(from, to)| is_known(from, to)).max_by_key(|(from, to)| to - from);
    match longest {
        Some((from, to)) if to - from < words.len() => [&words[..from], &words[to..]].concat().join(" "),
        _ => label.to_owned(),
    }
}

fn word(step: &Step) -> String {
    match step {
        Step::Property(key) => key.clone(),
        Step::Items => String::from("item"),
        Step::Element(index) => format!("element{index}"),
        Step::Values => String::from("value"),
        Step::Variant(label) => label.clone(),
        Step::Parameter(name) => name.clone(),
        Step::Body(label) => format!("{label} body").trim_start().to_owned(),
        Step::Response(label) => label.clone(),
    }
}

/// Returns a word for the kind of a step.
fn role(step: &Step) -> &'static str {
    match step {
        Step::Property(_) => "property",
        Step::Items | Step::Element(_) => "array",
        Step::Values => "map",
        Step::Variant(_) => "variant",
        Step::Parameter(_) => "parameter",
        Step::Body(_) => "request",
        Step::Response(_) => "response",
    }
}

#[cfg(test)]
mod tests {
    use super::without_repetition;

    #[test]
    fn a_label_does_not_repeat_the_name_around_it() {
        for (base, label, expected) in [
            ("body payment_method_options card", "subscription_payment_method_options_param", "subscription param"),
            ("body options", "payment_options", "payment_options"),
            ("reply error_code", "error_code", "error_code"),
            ("reply", "", ""),
        ] {
            assert_eq!(without_repetition(base, label), expected, "{label}");
        }
    }
}
