//! What a misspelt word may have been meant to be.

use strsim::osa_distance;

/// Words beyond this length are not compared.
const MAX_LENGTH: usize = 40;

/// The word that is the fewest letters away, if that is a slip and not another word.
pub fn nearest<'a>(written: &str, words: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let letters = written.chars().count();
    if !(3..=MAX_LENGTH).contains(&letters) {
        return None;
    }
    let allowed = if letters < 6 { 1 } else { 2 };
    let known = words.filter(|word| word.chars().count() <= MAX_LENGTH);
    // Letters put in, taken away, replaced or swapped with their neighbour; case is free.
    let distances = known.map(|word| (osa_distance(&written.to_lowercase(), &word.to_lowercase()), word));
    let (distance, word) = distances.min_by_key(|(distance, _)| *distance)?;
    (distance <= allowed).then_some(word)
}
