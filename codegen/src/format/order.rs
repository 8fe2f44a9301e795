//! The order in which rustfmt sorts imports and modules.

use std::cmp::Ordering;
use std::iter;

/// A run of digits, or of other characters.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Chunk<'a> {
    Underscore,
    Text(&'a str),
}

/// Compares two identifiers: an underscore comes before all else, and digits are compared as numbers.
/// <https://doc.rust-lang.org/style-guide/#sorting>
pub(super) fn compare(one: &str, other: &str) -> Ordering {
    let mut zeros = Ordering::Equal;
    let (mut left, mut right) = (chunks(one), chunks(other));
    loop {
        let (one, other) = match (left.next(), right.next()) {
            (None, None) => return zeros,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(one), Some(other)) => (one, other),
        };
        let order = match (number(&one), number(&other)) {
            (Some((one, more)), Some((other, fewer))) => {
                // More leading zeros come first, if nothing else differs.
                zeros = zeros.then(fewer.cmp(&more));
                one.cmp(&other)
            }
            _ => one.cmp(&other),
        };
        if order.is_ne() {
            return order;
        }
    }
}

/// Compares two modules, each declared after its attributes.
pub(super) fn compare_modules(one: &str, other: &str) -> Ordering {
    // Digits are not numbers here: rustfmt sorts modules by their letters alone.
    let name = |declaration| declared(declaration, "mod ");
    name(one).cmp(name(other))
}

/// Compares two imports, each declared after its attributes.
pub(super) fn compare_imports(one: &str, other: &str) -> Ordering {
    let (mut left, mut right) = (segments(one), segments(other));
    loop {
        let order = match (left.next(), right.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(one), Some(other)) => rank(one).cmp(&rank(other)).then_with(|| compare(one, other)),
        };
        if order.is_ne() {
            return order;
        }
    }
}

/// The segments of an imported path.
fn segments(declaration: &str) -> impl Iterator<Item = &str> {
    declared(declaration, "use ").split("::")
}

/// The text between a keyword and the semicolon.
fn declared<'a>(declaration: &'a str, keyword: &str) -> &'a str {
    let path = declaration.rsplit_once(keyword).map_or(declaration, |(_, path)| path);
    path.trim_end().trim_end_matches(';')
}

/// `self`, `super` and `crate` come before other names.
fn rank(segment: &str) -> usize {
    ["self", "super", "crate"].iter().position(|word| *word == segment).unwrap_or(3)
}

/// The value of a number, and how many leading zeros it has.
fn number(chunk: &Chunk<'_>) -> Option<(usize, usize)> {
    let Chunk::Text(text) = chunk else { return None };
    let value = text.parse().ok()?;
    Some((value, text.len() - text.trim_start_matches('0').len()))
}

fn chunks(identifier: &str) -> impl Iterator<Item = Chunk<'_>> {
    let mut rest = identifier;
    iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = match first {
            '_' => 1,
            digit if digit.is_ascii_digit() => rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()),
            _ => rest.find(|c: char| c == '_' || c.is_ascii_digit()).unwrap_or(rest.len()),
        };
        let (chunk, behind) = rest.split_at(end);
        rest = behind;
        Some(if first == '_' { Chunk::Underscore } else { Chunk::Text(chunk) })
    })
}

#[cfg(test)]
mod tests {
    use super::compare;

    #[test]
    fn identifiers_are_sorted_as_the_style_guide_says() {
        let sorted = [
            "_ZYXW", "_abcd", "A2", "ABCD", "Z_YXW", "ZY_XW", "ZYXW", "ZYXW_", "a1", "abcd", "u_zzz", "u8", "u16",
            "u128", "ua", "usize", "v000", "v00", "v0", "v0s", "v00t", "v0u", "v001", "v01", "v1", "v009", "v09", "v9",
            "v010", "v10", "x86", "x86_32", "x86_64", "x86_128", "x87",
        ];
        let mut shuffled = sorted;
        shuffled.reverse();
        shuffled.sort_by(|one, other| compare(one, other));
        assert_eq!(shuffled, sorted);
    }
}
