//! The types of fields for URLs and email addresses.

use super::{Child, Read};
use crate::diagnostic::{Code, Diagnostics};

/// The type of a field for a URL or a relative reference to one. Another text is reported, and kept as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Url<'a>(pub &'a str);

impl<'a> Read<'a> for Url<'a> {
    fn read(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        let text = Read::read(child, diagnostics)?;
        if !is_url(text) {
            child.report_address(text, "a URL, such as `https://example.com/docs`", diagnostics);
        }
        Some(Self(text))
    }
}

/// The type of a field for an email address. Another text is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Email;

impl<'a> Read<'a> for Email {
    fn read(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        let text = Read::read(child, diagnostics)?;
        if !is_email(text) {
            child.report_address(text, "an email address, such as `zoo@example.com`", diagnostics);
        }
        Some(Self)
    }
}

impl Child<'_, '_> {
    /// Reports a text that does not have the wanted form of an address.
    #[cold]
    fn report_address(&self, text: &str, wanted: &str, diagnostics: &mut Diagnostics) {
        let message = format!("`{text}` under {} is not {wanted}", self.subject());
        let help = "octogen does not use the address to send requests; correct it, or remove the key";
        diagnostics.warn(Code::InvalidAddress, self.node().place(), message, help);
    }
}

/// Returns whether a text can be a URL. Templates in braces are allowed, and so is the empty text, which many tools write.
pub(in crate::document) fn is_url(text: &str) -> bool {
    !text.contains(|char: char| char.is_whitespace() || char.is_control() || "<>\"\\^`|".contains(char))
}

/// Returns whether a text can be an email address. The empty text is allowed, which many tools write.
fn is_email(text: &str) -> bool {
    let has_parts =
        text.rsplit_once('@').is_some_and(|(mailbox, host)| !mailbox.is_empty() && !host.is_empty() && is_url(host));
    text.is_empty() || has_parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_have_no_spaces() {
        for (text, expected) in [
            ("https://example.com/a?b=c#d", true),
            ("/docs", true),
            ("", true),
            ("https://{tenant}.example.com", true),
            ("ask us", false),
            ("https://example.com/<id>", false),
            (" https://example.com", false),
        ] {
            assert_eq!(is_url(text), expected, "{text}");
        }
    }

    #[test]
    fn email_addresses_have_two_parts() {
        for (text, expected) in [
            ("zoo@example.com", true),
            ("\"the zoo\"@example.com", true),
            ("", true),
            ("zoo", false),
            ("@example.com", false),
            ("Zoo <zoo@example.com>", false),
        ] {
            assert_eq!(is_email(text), expected, "{text}");
        }
    }
}
