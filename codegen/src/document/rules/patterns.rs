//! The syntax of regular expressions of ECMA-262, as far as an expression can be wrong.
//!
//! A library for Rust's own syntax would refuse valid expressions, such as those that look ahead.

use std::iter::Peekable;
use std::str::Chars;

use regex_lite::Regex;

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

/// Returns whether a text matches a regular expression. Only an expression and a text that mean the same in ECMA-262 and in
/// Rust's syntax are compared. Any other text counts as one that matches.
pub(super) fn fits_pattern(pattern: &str, text: &str) -> bool {
    if !text.is_ascii() || !pattern.is_ascii() || differs_in_rust(pattern) {
        return true;
    }
    Regex::new(pattern).map_or(true, |expression| expression.is_match(text))
}

/// Returns whether an expression may have another meaning in Rust's syntax: classes that are empty or have operators,
/// escapes of letters that only one syntax knows, and quantifiers without a lower bound.
fn differs_in_rust(pattern: &str) -> bool {
    let mut chars = pattern.chars();
    let mut has_foreign_escape = false;
    while let Some(char) = chars.next() {
        if char == '\\' {
            has_foreign_escape |=
                chars.next().is_none_or(|escaped| escaped.is_ascii_alphanumeric() && !"dDwWsSnrtfv".contains(escaped));
        }
    }
    has_foreign_escape || ["[]", "[^]", "[[", "[:", "&&", "--", "~~", "{,"].iter().any(|part| pattern.contains(part))
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
    fn texts_are_compared_with_expressions_that_mean_the_same_in_rust() {
        for (pattern, text, expected) in [
            ("^[a-z]+$", "abc", true),
            ("^[a-z]+$", "Abc", false),
            ("b", "abc", true),
            (r"^\d{3}-\d{2,}$", "123-4", false),
            (r"^\/a\-b$", "/a-b", true),
            (r"^[\w.-]+@[^\s@]+$", "a.b@c", true),
            (r"^(?:a|b)?$", "c", false),
            // Rust's syntax has no such expression, or another meaning for it.
            ("^(?!a)", "a", true),
            (r"^\u0061$", "b", true),
            (r"^\Ab", "b", true),
            ("^[^]$", "ab", true),
            ("^a{,3}$", "b", true),
            ("^.$", "éé", true),
            ("[a-z", "1", true),
        ] {
            assert_eq!(fits_pattern(pattern, text), expected, "{pattern} and {text}");
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
