//! The syntax of regular expressions of ECMA-262, as far as an expression can be wrong.
//!
//! A library for Rust's own syntax would refuse valid expressions, such as those that look ahead.

use std::iter::Peekable;
use std::str::Chars;

/// Returns the reason why a regular expression is not valid, or `None` if no mistake is found.
pub(super) fn find_mistake(pattern: &str) -> Option<&'static str> {
    let mut rest = pattern.chars().peekable();
    let mut groups = 0_usize;
    // Whether a quantifier can follow.
    let mut is_repeatable = false;
    while let Some(char) = rest.next() {
        match char {
            '\\' => match rest.next() {
                None => return Some("it ends with a backslash"),
                Some(escaped) => is_repeatable = !matches!(escaped, 'b' | 'B'),
            },
            '[' => {
                if let Some(mistake) = skip_class(&mut rest) {
                    return Some(mistake);
                }
                is_repeatable = true;
            }
            '(' => {
                if !skip_group_kind(&mut rest) {
                    return Some("the characters behind `(?` have no meaning");
                }
                groups += 1;
                is_repeatable = false;
            }
            ')' => {
                let Some(left) = groups.checked_sub(1) else {
                    return Some("a `)` has no `(`");
                };
                groups = left;
                is_repeatable = true;
            }
            '*' | '+' | '?' if !is_repeatable => return Some("a quantifier has nothing to repeat"),
            '*' | '+' | '?' => {
                rest.next_if_eq(&'?');
                is_repeatable = false;
            }
            '{' => match bounds(&rest) {
                // Without bounds, the brace is a character like any other.
                None => is_repeatable = true,
                Some(_) if !is_repeatable => return Some("a quantifier has nothing to repeat"),
                Some((least, most)) if most.is_some_and(|most| most < least) => {
                    return Some("the bounds of a quantifier are reversed");
                }
                Some(_) => {
                    rest.find(|char| *char == '}');
                    rest.next_if_eq(&'?');
                    is_repeatable = false;
                }
            },
            '|' | '^' | '$' => is_repeatable = false,
            _ => is_repeatable = true,
        }
    }
    (groups > 0).then_some("a `(` has no `)`")
}

/// Skips a class up to its `]`. Returns the mistake within it.
fn skip_class(rest: &mut Peekable<Chars<'_>>) -> Option<&'static str> {
    rest.next_if_eq(&'^');
    let mut earlier = None;
    while let Some(char) = rest.next() {
        match char {
            ']' => return None,
            '\\' => {
                rest.next();
                earlier = None;
            }
            '-' if earlier.is_some() => match rest.peek() {
                Some(end) if !matches!(end, ']' | '\\') => {
                    if earlier > Some(*end) {
                        return Some("the ends of a range in `[…]` are reversed");
                    }
                    rest.next();
                    earlier = None;
                }
                _ => earlier = Some('-'),
            },
            _ => earlier = Some(char),
        }
    }
    Some("a `[` has no `]`")
}

/// Skips the characters behind `(` that make the group a special one. Returns whether they have a meaning.
fn skip_group_kind(rest: &mut Peekable<Chars<'_>>) -> bool {
    if rest.next_if_eq(&'?').is_none() {
        return true;
    }
    match rest.next() {
        Some(':' | '=' | '!') => true,
        // A group that looks behind, or one with a name.
        Some('<') => rest.next_if(|char| matches!(char, '=' | '!')).is_some() || rest.any(|char| char == '>'),
        // Flags that hold within the group.
        Some('i' | 'm' | 's' | '-') => rest.find(|char| !matches!(char, 'i' | 'm' | 's' | '-')) == Some(':'),
        _ => false,
    }
}

/// Returns the numbers of a quantifier such as `2}`, `2,}` or `2,5}` behind its `{`.
fn bounds(rest: &Peekable<Chars<'_>>) -> Option<(u64, Option<u64>)> {
    let text: String = rest.clone().take_while(|char| *char != '}').collect();
    let is_closed = rest.clone().any(|char| char == '}');
    let (least, most) = text.split_once(',').unwrap_or((&text, &text));
    let most = if most.is_empty() { None } else { Some(most.parse().ok()?) };
    is_closed.then_some((least.parse().ok()?, most))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valid_expressions_of_ecma_262_have_no_mistake() {
        for pattern in [
            "",
            "^[a-z0-9_-]+$",
            r"^\d{3}-\d{2,}$",
            "^(?!foo)(?=.*[A-Z]).{8,}$",
            "(?<=a)b(?<!c)(?<year>\\d+)",
            r"[\w.-]+@[^\s@]+",
            "a|b|",
            "(?:a+?|b*?)",
            "{a}",
            "a{,3}",
            "[]",
            "[^]]",
            "^/[-/]$",
            r"^\p{L}[\p{L}\p{N}]*$",
            "(?i:abc)",
            "]",
            r"\u00e9\/\-",
        ] {
            assert_eq!(find_mistake(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn mistakes_are_found() {
        for (pattern, expected) in [
            ("[a-z", "a `[` has no `]`"),
            ("(a", "a `(` has no `)`"),
            ("a)", "a `)` has no `(`"),
            ("*a", "a quantifier has nothing to repeat"),
            ("a|+", "a quantifier has nothing to repeat"),
            ("a++", "a quantifier has nothing to repeat"),
            ("a{3,2}", "the bounds of a quantifier are reversed"),
            ("[z-a]", "the ends of a range in `[…]` are reversed"),
            ("a\\", "it ends with a backslash"),
            ("(?P<name>a)", "the characters behind `(?` have no meaning"),
            ("(?i)abc", "the characters behind `(?` have no meaning"),
        ] {
            assert_eq!(find_mistake(pattern), Some(expected), "{pattern}");
        }
    }
}
