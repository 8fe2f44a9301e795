//! From documented names to identifiers of Rust.

use std::borrow::Cow;

use heck::{ToSnakeCase, ToUpperCamelCase};
use unicode_ident::{is_xid_continue, is_xid_start};

use super::reserved::Case;
use super::{acronyms, letters, reserved};

/// Returns the identifier for a name. With `spelled`, words replace signs, so that names that differ only in signs have
/// different identifiers.
pub(super) fn cased(name: &str, case: Case, spelled: bool) -> String {
    if matches!(case, Case::Field | Case::Function) && is_snake_case(name) {
        return reserved::escaped(name, case);
    }
    // Files and packages are ASCII.
    let is_ascii = matches!(case, Case::Module | Case::Package);
    let foreign = joined(&words(name, case, spelled, is_ascii), case);
    let text = if letters::is_ambiguous(&foreign) { joined(&words(name, case, spelled, true), case) } else { foreign };
    let (whole, digit) = match case {
        Case::Type => ("Model", "Model"),
        Case::Operation => ("Operation", "Operation"),
        Case::Credential => ("Credential", "Credential"),
        Case::Variant => ("Empty", "Value"),
        Case::Field | Case::Function | Case::Module => ("empty", "value_"),
        Case::Package => ("api", "api_"),
    };
    let text = match text.chars().next() {
        None => {
            if name.is_empty() {
                whole.to_owned()
            } else if spelled {
                // The name has only blanks.
                return cased("blank", case, false);
            } else {
                return cased(name, case, true);
            }
        }
        Some(first) if is_xid_start(first) => text,
        Some(_) => format!("{digit}{text}"),
    };
    reserved::escaped(&text, case)
}

/// Returns whether a name has signs that separate no words, such as the minus in `-1` or the plus in `a+b`.
pub(super) fn has_signs(name: &str) -> bool {
    name.chars().any(|sign| !matches!(sign, '_' | ' ') && word(sign).is_some())
}

/// Returns a name with words for its signs.
pub(super) fn spelled(name: &str) -> String {
    words(name, Case::Type, true, false)
}

/// Returns the words of the identifier of a name, in small letters.
pub(super) fn identifier_words(name: &str) -> Vec<String> {
    cased(name, Case::Type, false).to_snake_case().split('_').map(str::to_owned).collect()
}

/// Returns whether a name is ASCII in snake case already, as most keys are.
fn is_snake_case(name: &str) -> bool {
    let is_word = |word: &str| is_lower_case(word) && !word.is_empty();
    name.starts_with(|first: char| first.is_ascii_lowercase()) && name.split('_').all(is_word)
}

fn joined(words: &str, case: Case) -> String {
    if let Some(text) = joined_simple(words, case) {
        return text;
    }
    joined_by_rules(words, case)
}

fn joined_by_rules(words: &str, case: Case) -> String {
    let mut text = match case {
        Case::Type | Case::Operation | Case::Credential | Case::Variant => {
            acronyms::capitalized(words).to_upper_camel_case()
        }
        Case::Field | Case::Function | Case::Module => acronyms::capitalized(words).to_snake_case(),
        // Capitals within a brand, such as `GitHub`, begin no new word.
        Case::Package => words.split_whitespace().collect::<Vec<_>>().join("_").to_ascii_lowercase(),
    };
    text.retain(|c| c == '_' || is_xid_continue(c));
    text
}

/// Joins words of ASCII that have no acronyms, as most names are. Returns `None` for other words, whose rules cost ten
/// times as much.
fn joined_simple(words: &str, case: Case) -> Option<String> {
    let words = words.split_ascii_whitespace();
    let mut text = String::new();
    match case {
        Case::Type | Case::Operation | Case::Credential | Case::Variant => {
            for word in words {
                let first =
                    char::from(*word.as_bytes().first().filter(|_| is_lower_case(word) || is_camel_case(word))?);
                text.push(first.to_ascii_uppercase());
                text.push_str(&word[1..]);
            }
        }
        Case::Field | Case::Function | Case::Module => {
            for word in words {
                if !is_lower_case(word) {
                    return None;
                }
                text.push_str(if text.is_empty() { "" } else { "_" });
                text.push_str(word);
            }
        }
        Case::Package => return None,
    }
    Some(text)
}

fn is_lower_case(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

/// Returns whether a word begins with a capital, and a small letter is behind each capital.
fn is_camel_case(word: &str) -> bool {
    let bytes = word.as_bytes();
    let is_small = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_lowercase);
    let is_part = |(at, byte): (usize, &u8)| match byte {
        b'A'..=b'Z' => is_small(at + 1),
        byte => byte.is_ascii_lowercase() || byte.is_ascii_digit(),
    };
    bytes.first().is_some_and(u8::is_ascii_uppercase) && bytes.iter().enumerate().all(is_part)
}

fn words(name: &str, case: Case, spelled: bool, in_ascii: bool) -> String {
    let name = if spelled { Cow::Borrowed(name) } else { letters::composed(name) };
    let mut words = String::with_capacity(name.len());
    let mut characters = name.chars().peekable();
    let (mut behind_word, mut behind_digit) = (false, false);
    while let Some(character) = characters.next() {
        // A sign in front of a digit is part of the value: +1 and -1.
        let before_digit = characters.peek().is_some_and(char::is_ascii_digit);
        let signs = match character {
            '+' | '-' => before_digit && !behind_word,
            // 1.0 is not 10; in the names of fields, an underscore separates the digits.
            '.' => {
                before_digit
                    && behind_digit
                    && matches!(case, Case::Type | Case::Operation | Case::Credential | Case::Variant)
            }
            _ => false,
        };
        match word(character).filter(|_| spelled || signs) {
            Some(word) => words.push_str(&format!(" {word} ")),
            None if character.is_ascii() => words.push(if character.is_ascii_alphanumeric() { character } else { ' ' }),
            None if spelled && letters::is_lost(character) => words.push_str(&letters::by_number(character)),
            None if in_ascii => words.push_str(&letters::in_ascii(character)),
            None if letters::is_usual(character) => words.push(character),
            None if spelled => words.push_str(&letters::by_number(character)),
            None => words.push(' '),
        }
        behind_word = character.is_alphanumeric();
        behind_digit = character.is_ascii_digit();
    }
    words
}

fn word(sign: char) -> Option<&'static str> {
    Some(match sign {
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '<' => "less than",
        '>' => "greater than",
        '=' => "equal",
        '!' => "not",
        '?' => "question mark",
        '@' => "at",
        '#' => "number sign",
        '$' => "dollar",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '_' => "underscore",
        '~' => "tilde",
        '^' => "caret",
        '\\' => "backslash",
        '(' | ')' => "parenthesis",
        '[' | ']' => "bracket",
        '{' | '}' => "brace",
        '"' | '\'' | '`' => "quote",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::reserved::Case;
    use super::{cased, joined_by_rules, joined_simple};

    #[test]
    fn names_become_identifiers() {
        for (name, case, identifier) in [
            ("pet-owner", Case::Type, "PetOwner"),
            ("per_page", Case::Field, "per_page"),
            ("type", Case::Field, "r#type"),
            ("self", Case::Field, "self_"),
            ("clone", Case::Function, "clone_"),
            ("Option", Case::Type, "OptionModel"),
            ("Unknown", Case::Variant, "UnknownValue"),
            ("-1", Case::Variant, "Minus1"),
            ("1.0", Case::Variant, "Value1Dot0"),
            ("", Case::Variant, "Empty"),
            ("con", Case::Module, "con_"),
            ("Pet Store", Case::Package, "pet_store"),
            ("listVPCs", Case::Operation, "ListVpcs"),
            ("OAuth2", Case::Module, "oauth2"),
            ("Reserved IPv6", Case::Module, "reserved_ipv6"),
            ("spæcial", Case::Type, "Spaecial"),
            ("Größe", Case::Module, "grosse"),
            ("Łódź", Case::Module, "lodz"),
        ] {
            assert_eq!(cased(name, case, false), identifier, "{name:?} as {case:?}");
        }
    }

    #[test]
    fn simple_words_are_joined_as_the_rules_join_them() {
        let simple = [
            "pull request",
            "PullRequest labels item",
            " a  b ",
            "GitHubApp 2fa",
            "Sha256Sum",
            "x1 y2z",
            "Abc1Def",
            "",
            "Ipad mini",
            "Classes Ab",
        ];
        for words in simple {
            for case in [Case::Type, Case::Variant, Case::Field, Case::Module] {
                if let Some(text) = joined_simple(words, case) {
                    assert_eq!(text, joined_by_rules(words, case), "{words:?} as {case:?}");
                }
            }
            assert!(joined_simple(words, Case::Type).is_some(), "{words:?}");
        }
        for words in ["iPad", "macOS", "VPCs", "SaaS", "K8sCluster", "aB", "HTTPServer", "\u{e9}t\u{e9}"] {
            assert_eq!(joined_simple(words, Case::Type), None, "{words:?}");
        }
    }

    /// Names as a person would write them, as a type and as a field.
    #[test]
    fn acronyms_and_accents_are_written_as_usual() {
        for (name, ty, field) in [
            ("VPCs", "Vpcs", "vpcs"),
            ("vpcID", "VpcId", "vpc_id"),
            ("userIDs", "UserIds", "user_ids"),
            ("APIs", "Apis", "apis"),
            ("PDFs", "Pdfs", "pdfs"),
            ("JWTs", "Jwts", "jwts"),
            ("ACLs", "Acls", "acls"),
            ("URLsByID", "UrlsById", "urls_by_id"),
            ("IPv4Address", "Ipv4Address", "ipv4_address"),
            ("OAuth2Token", "Oauth2Token", "oauth2_token"),
            ("GitHub", "GitHub", "git_hub"),
            ("iOSVersion", "IosVersion", "ios_version"),
            ("macOS", "Macos", "macos"),
            ("k8s", "K8s", "k8s"),
            ("K8sCluster", "K8sCluster", "k8s_cluster"),
            ("XMLHttpRequest", "XmlHttpRequest", "xml_http_request"),
            ("SHA256Sum", "Sha256Sum", "sha256_sum"),
            ("2FA", "Model2fa", "value_2fa"),
            ("Ünïcode", "Ünïcode", "ünïcode"),
            ("naïve", "Naïve", "naïve"),
            ("日本", "日本", "日本"),
        ] {
            assert_eq!((&*cased(name, Case::Type, false), &*cased(name, Case::Field, false)), (ty, field), "{name}");
        }
    }

    #[test]
    fn signs_are_spelled_to_distinguish_names() {
        assert_eq!(cased("a+b", Case::Field, true), "a_plus_b");
        assert_eq!(cased("<=", Case::Variant, true), "LessThanEqual");
    }
}
