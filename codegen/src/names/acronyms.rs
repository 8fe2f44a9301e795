//! Acronyms, whose capitals begin no new word: `listVPCs` has the words `list` and `VPCs`.

use std::borrow::Cow;

/// Names whose capitals begin no new word.
const BRANDS: [&str; 9] = ["GraphQL", "MySQL", "OAuth", "PostgreSQL", "VMware", "iOS", "iPad", "iPhone", "macOS"];

/// Returns a name in which acronyms with a small letter, such as `VPCs`, `IPv6`, `SaaS` and `OAuth`, are words with one
/// capital. The usual rules split the others already: `HTTPServer` has the words `HTTP` and `Server`.
pub(super) fn capitalized(name: &str) -> Cow<'_, str> {
    if !name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Cow::Borrowed(name);
    }
    let mut text = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let run = rest.bytes().take_while(u8::is_ascii_uppercase).count();
        let is_in_word = text.ends_with(|last: char| last.is_ascii_lowercase()) && first.is_ascii_lowercase();
        match acronym(rest, run).filter(|_| !is_in_word) {
            Some(length) => {
                text.push(first.to_ascii_uppercase());
                text.push_str(&rest[1..length].to_ascii_lowercase());
                rest = &rest[length..];
            }
            None => {
                let length = run.max(first.len_utf8());
                text.push_str(&rest[..length]);
                rest = &rest[length..];
            }
        }
    }
    Cow::Owned(text)
}

/// Returns the length of the acronym at the start of a text that begins with this number of capitals.
fn acronym(text: &str, capitals: usize) -> Option<usize> {
    let ends_at = |length: usize| !text[length..].starts_with(|next: char| next.is_lowercase());
    if capitals == 0 && !text.starts_with(['i', 'm']) {
        return None;
    }
    if let Some(brand) = BRANDS.into_iter().find(|brand| text.starts_with(brand) && ends_at(brand.len())) {
        return Some(brand.len());
    }
    let after = &text[capitals..];
    let is_version = |rest: &str| rest.starts_with(|next: char| next.is_ascii_digit());
    if capitals > 0 && after.starts_with("aaS") && ends_at(capitals + 3) {
        Some(capitals + 3)
    } else if capitals > 1
        && (after.starts_with('s') && ends_at(capitals + 1) || after.strip_prefix('v').is_some_and(is_version))
    {
        Some(capitals + 1)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::capitalized;

    #[test]
    fn acronyms_are_words_with_one_capital() {
        for (name, expected) in [
            ("listVPCs", "listVpcs"),
            ("VPCs", "Vpcs"),
            ("URLsList", "UrlsList"),
            ("Reserved IPv6", "Reserved Ipv6"),
            ("listReservedIPv6s", "listReservedIpv6s"),
            ("getOAuth2URLs", "getOauth2Urls"),
            ("SaaSPlan", "SaasPlan"),
            ("iOSApp", "IosApp"),
            ("HTTPServer", "HTTPServer"),
            ("APIsecret", "APIsecret"),
            ("GitHubApp", "GitHubApp"),
            ("Ünïs", "Ünïs"),
            ("", ""),
        ] {
            assert_eq!(capitalized(name), expected);
        }
    }
}
