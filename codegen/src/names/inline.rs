//! Names of inline types, from their places.
//!
//! The name of a type begins with the name of the type around it. It depends only on its own place, so that neither a
//! further sibling nor the order of the document renames a type, unless two places have the same words. A name that
//! would be long leaves out steps, unless another name would be the same.

use std::vec;

use rustc_hash::FxHashMap;

use super::casing::{has_signs, spelled};
use super::name::Name;
use super::namespace::Namespace;
use super::words::Words;
use crate::ir::{Origin, Shape, Step, TypeId, TypeMap, Types};

/// The name of a type, and the words that became the name.
pub(super) struct Chosen {
    pub(super) name: Name,
    pub(super) words: Words,
}

/// Names that are decided already, by the keys of their places.
pub(super) type DecidedNames = FxHashMap<String, Chosen>;

/// Names the inline types. Outer types come first, so that no inner type takes the name of an outer one.
pub(super) fn claim(
    types: &Types,
    ids: impl Iterator<Item = TypeId>,
    namespace: &mut Namespace,
    decided: &mut DecidedNames,
    claimed: &mut TypeMap<Chosen>,
) {
    let mut waiting: Vec<Inline> = ids.filter_map(|id| Inline::of(types, id)).collect();
    waiting.sort();
    for same_depth in waiting.chunk_by(|one, other| one.depth == other.depth) {
        let mut long = Vec::new();
        for &Inline { id, .. } in same_depth {
            // Without a selection, no name is decided, and the keys are not needed.
            let known = if decided.is_empty() { None } else { decided.remove(&types.path_key(id)) };
            if let Some(chosen) = known {
                claimed.insert(id, chosen);
                continue;
            }
            let words = words(types, id, claimed);
            let shorter = words.shorter();
            if shorter.is_empty() {
                claimed.insert(id, claim_words(types, id, words, namespace));
            } else {
                long.push(LongName::new(id, words, shorter, namespace));
            }
        }
        select_distinct(&mut long, namespace);
        for LongName { id, words, selected, .. } in long {
            let short = selected
                .and_then(|(identifier, words)| Some(Chosen { name: namespace.claim_identifier(identifier)?, words }));
            claimed.insert(id, short.unwrap_or_else(|| claim_words(types, id, words, namespace)));
        }
    }
}

/// A type whose name would be long.
struct LongName {
    id: TypeId,
    /// All words of its place.
    words: Words,
    /// The shorter words that are left to try.
    shorter: vec::IntoIter<Words>,
    /// The identifier of the selected shorter words, and these words.
    selected: Option<(String, Words)>,
}

impl LongName {
    fn new(id: TypeId, words: Words, shorter: Vec<Words>, namespace: &Namespace) -> Self {
        let mut long = Self { id, words, shorter: shorter.into_iter(), selected: None };
        long.select_next(namespace);
        long
    }

    fn select_next(&mut self, namespace: &Namespace) {
        self.selected = self.shorter.next().map(|words| (namespace.plain(&words.joined()), words));
    }

    fn identifier(&self) -> Option<&str> {
        self.selected.as_ref().map(|(identifier, _)| identifier.as_str())
    }
}

/// Selects for each name the first shorter words that no other name has. If two names would be the same, neither gets
/// the shorter words, so that the order of the document changes no name.
fn select_distinct(names: &mut [LongName], namespace: &Namespace) {
    loop {
        let mut uses: FxHashMap<&str, usize> = FxHashMap::default();
        for identifier in names.iter().filter_map(LongName::identifier) {
            *uses.entry(identifier).or_default() += 1;
        }
        let is_taken = |name: &LongName| {
            name.identifier().is_some_and(|identifier| uses[identifier] > 1 || namespace.contains(identifier))
        };
        let taken: Vec<usize> = (0..names.len()).filter(|&index| is_taken(&names[index])).collect();
        if taken.is_empty() {
            return;
        }
        for index in taken {
            names[index].select_next(namespace);
        }
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
        words.push(root(types, at).joined());
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
fn root(types: &Types, mut id: TypeId) -> Words {
    loop {
        match &types[id].origin {
            Origin::Component(name) => return Words::new(name, &[]),
            Origin::Place { root, steps } => return Words::new(root, steps),
            Origin::Operation(operation, step) => return Words::new(&format!("{operation} {}", word(step)), &[]),
            Origin::Within(outer, _) => id = *outer,
        }
    }
}

/// Returns the words for the place of a type: those of the type around it, and the steps from there as one step.
fn words(types: &Types, id: TypeId, claimed: &TypeMap<Chosen>) -> Words {
    let (outer, steps) = steps(types, id);
    let around = outer.and_then(|outer| Some(claimed.get(outer)?.words.clone()));
    let around = around.unwrap_or_else(|| root(types, id));
    let Some((last, steps)) = steps.split_last() else {
        return around;
    };
    let mut own: String = steps.iter().map(|step| format!("{} ", word(step))).collect();
    match last {
        Step::Variant(label) => own.push_str(&without_repetition(&format!("{} {own}", around.joined()), label)),
        step => own.push_str(&word(step)),
    }
    around.with(&own)
}

/// Claims a name for the words of a place. If it is taken, words for signs, for the kind of the type or for the kind of
/// the last step distinguish it.
fn claim_words(types: &Types, id: TypeId, words: Words, namespace: &mut Namespace) -> Chosen {
    if let Some(name) = namespace.claim_free(&words.joined()) {
        return Chosen { name, words };
    }
    let alternatives = alternatives(&words, steps(types, id).1.last(), &types[id].shape);
    let free = alternatives.iter().find_map(|words| Some((namespace.claim_free(&words.joined())?, words.clone())));
    let (name, words) = free.unwrap_or_else(|| {
        let words = alternatives.into_iter().next_back().unwrap_or(words);
        (namespace.claim(&words.joined()), words)
    });
    Chosen { name, words }
}

/// Returns other words for a place whose name is taken, the best first.
fn alternatives(words: &Words, last: Option<&&Step>, shape: &Shape) -> Vec<Words> {
    let kind = match shape {
        Shape::Object(_) => "object",
        Shape::Enum(_) => "enum",
        Shape::Union(_) => "union",
        _ => "type",
    };
    let with_kind = words.map_last(|own| format!("{own} {kind}"));
    let Some(last) = last else {
        return vec![with_kind];
    };
    let spelled = has_signs(words.last()).then(|| words.map_last(spelled));
    let with_role = words.map_last(|own| match own.strip_suffix(&word(last)) {
        Some(outer) => format!("{outer}{} {}", role(last), word(last)),
        None => format!("{own} {}", role(last)),
    });
    [spelled, Some(with_kind), Some(with_role)].into_iter().flatten().collect()
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
    use super::super::reserved::Case;
    use super::{LongName, Namespace, TypeId, Words, select_distinct, without_repetition};

    #[test]
    fn long_names_that_would_be_the_same_keep_the_steps_that_distinguish_them() {
        let mut places = [("card", "status"), ("bank", "status"), ("card", "reason")];
        for _ in 0..2 {
            let namespace = Namespace::new(Case::Type, &[]);
            let long = |(index, (first, last)): (usize, &(&str, &str))| {
                let steps = [first, "authentication_requirements", last].map(str::to_owned);
                let words = Words::new("listPaymentMethods response", &steps);
                let shorter = words.shorter();
                LongName::new(TypeId(index), words, shorter, &namespace)
            };
            let mut names: Vec<LongName> = places.iter().enumerate().map(long).collect();
            select_distinct(&mut names, &namespace);
            let mut names: Vec<&str> = names.iter().filter_map(LongName::identifier).collect();
            names.sort_unstable();
            let expected = ["AuthenticationRequirementsReason", "BankStatus", "CardStatus"];
            assert_eq!(names, expected.map(|name| format!("ListPaymentMethodsResponse{name}")));
            places.reverse();
        }
    }

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
