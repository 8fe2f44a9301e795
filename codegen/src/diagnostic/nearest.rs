//! Finds the known word that a misspelt word may mean.

use strsim::osa_distance;

/// The maximum number of letters of a word that is compared.
const MAX_LETTERS: usize = 40;

/// Returns the known word that is most similar to a misspelled one, for the question "did you mean …?" of a diagnostic.
/// Returns `None` if too many letters differ.
///
/// A change is a letter that is added, left out, replaced or swapped with its neighbour. Case does not count.
pub fn nearest<'a>(written: &str, words: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let letters = written.chars().count();
    if !(3..=MAX_LETTERS).contains(&letters) {
        return None;
    }
    let allowed = if letters < 6 { 1 } else { 2 };
    let written = written.to_lowercase();
    // Two words differ by at least as many changes as their lengths do. To compare lengths is much cheaper.
    let similar = words.filter(|word| word.chars().count().abs_diff(letters) <= allowed);
    let distances = similar.map(|word| (osa_distance(&written, &word.to_lowercase()), word));
    let (distance, word) = distances.min_by_key(|(distance, _)| *distance)?;
    (distance <= allowed).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelling_has_few_changed_letters() {
        let words = ["properties", "required", "type", "title", "get", "in"];
        let cases = [
            ("proprties", Some("properties")),
            ("Propertys", Some("properties")),
            ("requierd", Some("required")),
            ("tpye", Some("type")),
            ("gett", Some("get")),
            ("ge", None),
            ("tpe", Some("type")),
            ("tile", Some("title")),
            ("prop", None),
            ("requisites", None),
            ("", None),
        ];
        for (written, expected) in cases {
            assert_eq!(nearest(written, words.into_iter()), expected, "{written}");
        }
    }

    #[test]
    fn long_words_are_not_compared() {
        let long = "a".repeat(41);
        assert_eq!(nearest(&long, [long.as_str()].into_iter()), None);
    }
}
