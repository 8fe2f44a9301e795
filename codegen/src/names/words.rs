//! The words of the name of a type, and shorter names for types that are deep within others.

use std::iter;
use std::ops::Range;
use std::rc::Rc;

use super::casing::identifier_words;

/// The maximum number of letters of a name that has all words of its place.
const MAX_LETTERS: usize = 60;

/// The words of a name.
#[derive(Clone, Debug)]
pub(super) struct Words {
    /// A component, or a part of an operation.
    root: Rc<str>,
    /// The steps from the root to the type. A shorter name leaves out whole steps.
    steps: Vec<Rc<str>>,
}

impl Words {
    pub(super) fn new(root: &str, steps: &[String]) -> Self {
        Self { root: root.into(), steps: steps.iter().map(|step| step.as_str().into()).collect() }
    }

    pub(super) fn joined(&self) -> String {
        let mut joined = String::from(&*self.root);
        for step in &self.steps {
            joined.push(' ');
            joined.push_str(step);
        }
        joined
    }

    /// Returns the words with a further step.
    pub(super) fn with(mut self, step: &str) -> Self {
        self.steps.push(step.into());
        self
    }

    /// Returns the last step, or the root if there is none.
    pub(super) fn last(&self) -> &str {
        self.steps.last().unwrap_or(&self.root)
    }

    /// Returns the words with another last step, or another root if there is no step.
    pub(super) fn map_last(&self, map: impl FnOnce(&str) -> String) -> Self {
        let mut words = self.clone();
        let last = words.steps.last_mut().unwrap_or(&mut words.root);
        *last = map(last).into();
        words
    }

    /// Returns shorter words for a long name, the best first: they leave out as few steps as possible, and outer steps
    /// rather than inner ones. If no name is short enough, the shortest comes first. The last step is never left out. For a
    /// name that is not long, the list is empty.
    pub(super) fn shorter(&self) -> Vec<Self> {
        let steps: Vec<usize> = self.steps.iter().map(|step| letters(step)).collect();
        let inner = steps.iter().sum::<usize>();
        let Some(outer) = steps.len().checked_sub(1).filter(|_| letters(&self.root) + inner > MAX_LETTERS) else {
            return Vec::new();
        };
        let root = without_plurals(&self.root);
        let all = letters(&root) + inner;
        let is_short = |range: &Range<usize>| all - steps[range.clone()].iter().sum::<usize>() <= MAX_LETTERS;
        let ranges = (1..=outer).flat_map(|count| (0..=outer - count).map(move |from| from..from + count));
        let short = iter::once(0..0).chain(ranges).filter(|range| is_short(range));
        let long = (0..=outer).rev().map(|count| 0..count).filter(|range| !is_short(range));
        let without = |range: Range<usize>| {
            let steps = [&self.steps[..range.start], &self.steps[range.end..]].concat();
            Self { root: Rc::clone(&root), steps }
        };
        short.chain(long).map(without).collect()
    }
}

fn letters(words: &str) -> usize {
    words.chars().filter(|letter| letter.is_alphanumeric()).count()
}

/// Returns words without each plural that its singular follows: `customers customer sources` is `customer sources`. Ids
/// of operations that are made from paths have them.
fn without_plurals(words: &str) -> Rc<str> {
    let split = identifier_words(words);
    let is_plural = |word: &str, next: &str| match word.strip_prefix(next) {
        Some(end) => matches!(end, "s" | "es"),
        None => word.strip_suffix("ies").is_some_and(|stem| next.strip_suffix('y') == Some(stem)),
    };
    let followed = |index: &usize| split.get(index + 1).is_some_and(|next| is_plural(&split[*index], next));
    let kept: Vec<&str> =
        (0..split.len()).filter(|index| !followed(index)).map(|index| split[index].as_str()).collect();
    if kept.len() == split.len() { words.into() } else { kept.join(" ").into() }
}

#[cfg(test)]
mod tests {
    use super::{Words, without_plurals};

    fn words(root: &str, steps: &[&str]) -> Words {
        Words::new(root, &steps.iter().map(|step| (*step).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn a_long_name_leaves_out_few_steps_and_outer_ones_first() {
        let root = "createPaymentIntent body";
        let endless = "a_step_that_alone_has_more_than_all_the_letters_of_a_short_name";
        for (steps, expected) in [
            (&["payment_method_options", "card"][..], &[][..]),
            (
                &["payment_method_options", "acss_debit", "mandate_options"],
                &[
                    "acss_debit mandate_options",
                    "payment_method_options mandate_options",
                    "mandate_options",
                    "payment_method_options acss_debit mandate_options",
                ],
            ),
            (&[endless], &[endless]),
            (&["outer", endless], &[endless, &format!("outer {endless}")]),
        ] {
            let short: Vec<String> = words(root, steps).shorter().iter().map(Words::joined).collect();
            let expected: Vec<String> = expected.iter().map(|steps| format!("{root} {steps}")).collect();
            assert_eq!(short, expected, "{steps:?}");
        }
        assert!(words(endless, &[]).shorter().is_empty());
    }

    #[test]
    fn a_plural_before_its_singular_is_left_out() {
        for (words, expected) in [
            ("PostCustomersCustomerSources body", "post customer sources body"),
            ("get cities city boxes box", "get city box"),
            ("listAddressesAddress", "list address"),
            ("status statuses news new", "status statuses new"),
            ("ListPets response", "ListPets response"),
        ] {
            assert_eq!(&*without_plurals(words), expected);
        }
    }
}
