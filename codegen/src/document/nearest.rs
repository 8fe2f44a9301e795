//! What a misspelt word may have been meant to be.

/// Words beyond this length are not compared.
const MAX_LENGTH: usize = 40;

/// The word that is the fewest letters away, if that is a slip and not another word.
pub fn nearest<'a>(written: &str, words: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let letters = written.chars().count();
    if !(3..=MAX_LENGTH).contains(&letters) {
        return None;
    }
    let allowed = if letters < 6 { 1 } else { 2 };
    let distances = words.filter(|word| word.chars().count() <= MAX_LENGTH).map(|word| (distance(written, word), word));
    let (distance, word) = distances.min_by_key(|(distance, _)| *distance)?;
    (distance <= allowed).then_some(word)
}

/// How many letters have to be put in, taken away, replaced or swapped with their neighbour; case is free.
fn distance(one: &str, other: &str) -> usize {
    let letters = |text: &str| text.to_lowercase().chars().collect::<Vec<char>>();
    let (one, other) = (letters(one), letters(other));
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut next = vec![row + 1];
        for (column, wanted) in other.iter().enumerate() {
            let replaced = last[column] + usize::from(letter != wanted);
            let mut least = replaced.min(last[column + 1] + 1).min(next[column] + 1);
            if row > 0 && column > 0 && one[row - 1] == *wanted && other[column - 1] == *letter {
                least = least.min(before[column - 1] + 1);
            }
            next.push(least);
        }
        before = last;
        last = next;
    }
    last.last().copied().unwrap_or(usize::MAX)
}
