//! Documentation from descriptions, which are foreign text.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;

use super::html::html_to_markdown;
use crate::ir::{Constraints, Docs, Operation, Parameter, Scheme};
use crate::names::Name;

/// Returns the doc attributes for lines of documentation.
pub(super) fn attributes(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| format!(" {line}").trim_end().to_owned());
    quote!(#(#[doc = #lines])*)
}

/// Returns the `deprecated` attribute for a deprecated item.
pub(super) fn deprecation(docs: &Docs) -> TokenStream {
    match (&docs.removal_date, docs.deprecated) {
        (_, false) => quote!(),
        (None, true) => quote!(#[deprecated]),
        (Some(date), true) => {
            let note = format!("removed on {date}");
            quote!(#[deprecated(note = #note)])
        }
    }
}

/// Returns the documentation of an item, one paragraph per fact.
pub(super) fn lines(docs: &Docs, constraints: &Constraints) -> Vec<String> {
    let mut paragraphs = Vec::new();
    if let Some(title) = docs.title.as_deref().filter(|title| !title.trim().is_empty()) {
        let line = self::line(title);
        let ends = line.ends_with(['.', '!', '?', ':']);
        paragraphs.push(vec![if ends { line } else { format!("{line}.") }]);
    }
    if let Some(description) = docs.description.as_deref().filter(|text| !text.trim().is_empty()) {
        let description = escaped(description);
        // If the description begins with the title, the title adds nothing.
        let words = |line: &str| line.trim_end_matches(['.', '!', '?', ':']).to_lowercase();
        let starts = |title: &String| description.first().is_some_and(|first| words(first) == words(title));
        if paragraphs.iter().flatten().all(starts) {
            paragraphs.clear();
        }
        paragraphs.push(description);
    }
    let mut lines = with_sentence(paragraphs.join(&String::new()), &facts(constraints));
    if let Some(link) = &docs.link {
        add_paragraph(&mut lines, escaped(&format!("Documented at {link}")));
    }
    lines
}

/// Adds a sentence to lines of documentation: at the end of the last paragraph if it is a text, and otherwise as a paragraph
/// of its own.
pub(super) fn with_sentence(mut lines: Vec<String>, sentence: &str) -> Vec<String> {
    if sentence.is_empty() {
        return lines;
    }
    match end_of_text(&mut lines) {
        Some(last) => {
            let ends = last.trim_end_matches(['"', ')', '*', '_']).ends_with(['.', '!', '?', ':']);
            last.push_str(if ends { " " } else { ". " });
            last.push_str(sentence);
        }
        None => add_paragraph(&mut lines, vec![sentence.to_owned()]),
    }
    lines
}

fn add_paragraph(lines: &mut Vec<String>, paragraph: Vec<String>) {
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines.extend(paragraph);
}

/// Returns the last line of a paragraph that contains only sentences.
fn end_of_text(lines: &mut [String]) -> Option<&mut String> {
    let paragraph = lines.iter().rev().take_while(|line| !line.is_empty());
    let is_plain = |line: &String| line.starts_with(char::is_alphabetic) && !line.contains('|');
    let is_text = paragraph.clone().all(is_plain) && !lines.iter().any(|line| fence_of(line).is_some());
    lines
        .last_mut()
        .filter(|last| is_text && last.ends_with(|end: char| end.is_alphanumeric() || ".!?:)`\"*_>".contains(end)))
}

/// Returns the documentation of a type. A deprecation is text alone, because the attribute would warn at every place in
/// emitted code that names the type.
pub(super) fn type_lines(docs: &Docs, constraints: &Constraints, name: &Name) -> Vec<String> {
    let mut text = if is_named(docs, name) {
        lines(&Docs { title: None, ..docs.clone() }, constraints)
    } else {
        lines(docs, constraints)
    };
    if docs.deprecated {
        let removal = docs.removal_date.as_deref().map(|date| format!(": removed on {}", escaped(date).join(" ")));
        add_paragraph(&mut text, vec![format!("Deprecated{}.", removal.unwrap_or_default())]);
    }
    text
}

/// Returns whether the title only repeats the name, and there is a description.
fn is_named(docs: &Docs, name: &Name) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let (named, titled): (String, Option<String>) = (letters(name.bare()), docs.title.as_deref().map(letters));
    titled == Some(named) && docs.description.as_deref().is_some_and(|text| !text.trim().is_empty())
}

/// Returns the first paragraph as one line, for a list.
pub(super) fn summary(docs: &Docs, constraints: &Constraints) -> Option<String> {
    let lines = lines(docs, constraints);
    let paragraph: Vec<&str> = lines.iter().map(|line| line.trim()).take_while(|line| !line.is_empty()).collect();
    (!paragraph.is_empty()).then(|| paragraph.join(" "))
}

/// Returns the documentation of an operation: its description, its route, and its credentials and permissions.
pub(super) fn operation_lines(operation: &Operation, server: Option<String>) -> Vec<String> {
    let docs = lines(&Docs { link: None, ..operation.docs.clone() }, &Constraints::default());
    let mut facts = code(&format!("{} {}", operation.method, operation.path));
    if let Some(server) = server {
        facts.push_str(&format!(" · server: {}", if server.is_empty() { code("/") } else { code(&server) }));
    }
    let names = |schemes: &Vec<Scheme>| schemes.iter().map(|one| code(&one.name)).collect::<Vec<_>>().join(" and ");
    let mut credentials: Vec<String> = operation.credentials.iter().filter(|all| !all.is_empty()).map(names).collect();
    if !credentials.is_empty() {
        credentials.extend(operation.credentials.iter().any(Vec::is_empty).then(|| String::from("none")));
        facts.push_str(&format!(" · credential: {}", credentials.join(" or ")));
    }
    let needed = |all: &Vec<(String, String)>| {
        all.iter().map(|(name, level)| code(&format!("{name}: {level}"))).collect::<Vec<_>>().join(" and ")
    };
    let permissions: Vec<String> =
        operation.permissions.iter().flatten().filter(|all| !all.is_empty()).map(needed).collect();
    if !permissions.is_empty() {
        facts.push_str(&format!(" · permission: {}", permissions.join(" or ")));
    }
    if let Some(link) = operation.docs.link.as_deref().filter(|link| !link.trim().is_empty()) {
        facts.push_str(&format!(" · {}", escaped(link).join(" ")));
    }
    with_summary(docs, facts)
}

/// Makes the first line a paragraph of its own, because `operation!` writes the call below the first line. If that is
/// impossible, the facts are the first line.
fn with_summary(mut docs: Vec<String>, facts: String) -> Vec<String> {
    let end = docs.iter().position(String::is_empty).unwrap_or(docs.len());
    let is_text = end_of_text(&mut docs[..end]).is_some();
    if docs.is_empty() {
        return vec![facts];
    }
    if end > 1 && !is_text {
        docs.splice(..0, [facts, String::new()]);
    } else {
        let summary = docs[..end].join(" ");
        docs.splice(..end, [summary]);
        docs.extend([String::new(), facts]);
    }
    docs
}

/// Returns headers with their descriptions after an empty line: as a list, or on one line if none has a description.
pub(super) fn header_list<'a>(title: &str, headers: impl Iterator<Item = &'a Parameter>) -> Vec<String> {
    let headers: Vec<(String, Option<String>)> =
        headers.map(|one| (code(&one.name), summary(&one.docs, &one.constraints))).collect();
    if headers.is_empty() {
        return Vec::new();
    }
    if headers.iter().all(|(_, said)| said.is_none()) {
        let names: Vec<String> = headers.into_iter().map(|(name, _)| name).collect();
        return vec![String::new(), format!("{title}: {}.", names.join(", "))];
    }
    let item = |(name, said): (String, Option<String>)| {
        format!("- {name}{}", said.map_or_else(String::new, |line| format!(": {line}")))
    };
    [String::new(), format!("{title}:"), String::new()].into_iter().chain(headers.into_iter().map(item)).collect()
}

fn facts(constraints: &Constraints) -> String {
    let mut facts = Vec::new();
    match (&constraints.minimum, &constraints.maximum) {
        (Some(least), Some(greatest)) => facts.push(format!("From {least} to {greatest}.")),
        (Some(least), None) => facts.push(format!("At least {least}.")),
        (None, Some(greatest)) => facts.push(format!("At most {greatest}.")),
        (None, None) => {}
    }
    match (constraints.read_only, constraints.write_only) {
        (true, false) => facts.push(String::from("Only in responses.")),
        (false, true) => facts.push(String::from("Only in requests.")),
        _ => {}
    }
    if let Some(default) = &constraints.default {
        facts.push(format!("Default: {}.", code(&octogen_runtime::encode(default))));
    }
    facts.join(" ")
}

/// Returns a text as a code span.
pub(super) fn code(text: &str) -> String {
    let text = plain(text).replace('\n', " ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    match longest {
        0 => format!("`{text}`"),
        _ => format!("{ticks} {text} {ticks}", ticks = "`".repeat(longest + 1)),
    }
}

/// Makes foreign Markdown harmless in rustdoc: no code runs, no link is looked up, no HTML is passed on.
pub(super) fn escaped(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut fence: Option<&str> = None;
    let text = plain(html_to_markdown(text.trim()).trim());
    let has_table = text.lines().any(is_delimiter_row);
    for line in text.lines() {
        let line = line.trim_end();
        let start = line.trim_start();
        match (fence, fence_of(start)) {
            (None, Some(mark)) => {
                fence = Some(mark);
                lines.push(format!("{mark}text"));
            }
            (Some(open), Some(mark)) if mark.starts_with(open) && mark == start => {
                fence = None;
                lines.push(open.to_owned());
            }
            (Some(_), _) => lines.push(line.to_owned()),
            (None, None) => {
                // Four spaces would make a code block, which rustdoc takes for a test.
                let indent = (line.len() - start.len()).min(3);
                lines.push(format!("{}{}", " ".repeat(indent), inline(start, has_table)));
            }
        }
    }
    lines.extend(fence.map(str::to_owned));
    lines
}

/// Returns the marks with which a line opens or closes a block of code.
fn fence_of(line: &str) -> Option<&str> {
    let sign = line.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
    let (mark, info) = line.split_at(line.len() - line.trim_start_matches(sign).len());
    // With a further backtick it is a span within a line.
    (mark.len() >= 3 && !(sign == '`' && info.contains('`'))).then_some(mark)
}

/// Returns a text on one line.
pub(super) fn line(text: &str) -> String {
    inline(&plain(&html_to_markdown(text)).split_whitespace().collect::<Vec<_>>().join(" "), false)
}

/// Returns a text without control characters. Those that change the direction of writing would be a compile error.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for character in text.chars() {
        match character {
            '\n' => plain.push('\n'),
            '\t' => plain.push_str("    "),
            '\r' => {}
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {
                let _ = write!(plain, "\\u{{{:x}}}", u32::from(character));
            }
            control if control.is_control() => {
                let _ = write!(plain, "\\u{{{:x}}}", u32::from(control));
            }
            other => plain.push(other),
        }
    }
    plain
}

/// Returns whether the line makes a table of the lines around it.
fn is_delimiter_row(line: &str) -> bool {
    line.contains('|') && line.contains('-') && line.chars().all(|c| "|-: ".contains(c))
}

fn inline(line: &str, has_table: bool) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(character) = rest.chars().next() {
        let taken = match character {
            '`' => Some(code_span(rest, has_table)),
            '\\' => escape(rest),
            '~' | ' ' => run(rest, character),
            '[' => web_link(rest),
            'h' if !out.ends_with(char::is_alphanumeric) => web_address(rest),
            _ => None,
        };
        if let Some((length, text)) = taken {
            out.push_str(&text);
            rest = &rest[length..];
            continue;
        }
        match character {
            '[' | ']' | '<' | '>' => {
                out.push('\\');
                out.push(character);
            }
            other => out.push(other),
        }
        rest = &rest[character.len_utf8()..];
    }
    out
}

/// Returns a span in backticks that ends on its line: nothing in it is Markdown. Backticks without an end have no
/// meaning, and neither have those across the border of two cells of a table, which ends a span.
fn code_span(text: &str, has_table: bool) -> (usize, String) {
    let ticks = length_of_run(text, '`');
    let mut at = ticks;
    while let Some(next) = text[at..].find('`') {
        at += next;
        let length = length_of_run(&text[at..], '`');
        if length == ticks {
            let span = &text[..at + ticks];
            if has_table && span.contains('|') {
                break;
            }
            return (span.len(), span.to_owned());
        }
        at += length;
    }
    (ticks, "\\`".repeat(ticks))
}

/// Returns a character with the backslash that escapes it already. To escape the backslash as well would undo that.
fn escape(text: &str) -> Option<(usize, String)> {
    let escaped = text[1..].chars().next().filter(char::is_ascii_punctuation)?;
    Some((2, format!("\\{escaped}")))
}

/// Escapes a fence of tildes and a run of spaces, which begin a block of code within a list item.
fn run(text: &str, sign: char) -> Option<(usize, String)> {
    match (sign, length_of_run(text, sign)) {
        ('~', length @ 3..) => Some((length, "\\~".repeat(length))),
        (' ', length @ 5..) => Some((length, String::from(" "))),
        _ => None,
    }
}

fn length_of_run(text: &str, sign: char) -> usize {
    text.len() - text.trim_start_matches(sign).len()
}

/// Returns a link to an absolute address. All others would be looked up in the crate.
fn web_link(text: &str) -> Option<(usize, String)> {
    let (label, rest) = text[1..].split_once("](")?;
    let target = &rest[..rest.find(')')?];
    let is_web = target.starts_with("https://") || target.starts_with("http://");
    let is_plain = |text: &str| !text.contains(['[', ']', '<', '>', '`', '"', ' ']);
    if !is_web || !is_plain(target) || label.contains(['[', ']', '<', '>', '`']) {
        return None;
    }
    Some((label.len() + target.len() + 4, format!("[{label}]({target})")))
}

fn web_address(text: &str) -> Option<(usize, String)> {
    if !text.starts_with("https://") && !text.starts_with("http://") {
        return None;
    }
    let end = text.find(|c: char| c.is_whitespace() || "<>[]()`\"'{}|\\^".contains(c)).unwrap_or(text.len());
    let address = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
    (address.len() > "https://".len()).then(|| (address.len(), format!("<{address}>")))
}

#[cfg(test)]
mod tests {
    use super::{code, escaped, line};

    #[test]
    fn markdown_cannot_run_code_look_up_links_or_pass_html() {
        for (text, markdown) in [
            ("<b>bold</b>", "**bold**"),
            ("<script>run</script>", "\\<script\\>run\\</script\\>"),
            ("see [Pet]", "see \\[Pet\\]"),
            ("see [docs](https://example.com)", "see [docs](https://example.com)"),
            ("at https://example.com.", "at <https://example.com>."),
            ("a `span`", "a `span`"),
            ("an `open span", "an \\`open span"),
            ("        indented", "indented"),
            ("```rust\nlet a;\n```", "```text\nlet a;\n```"),
            ("```\nnever closed", "```text\nnever closed\n```"),
            ("a\u{202e}b", "a\\u{202e}b"),
        ] {
            assert_eq!(escaped(text).join("\n"), markdown, "{text:?}");
        }
    }

    #[test]
    fn code_spans_have_more_backticks_than_their_text() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b"), "`` a`b ``");
    }

    #[test]
    fn a_headline_is_one_line() {
        assert_eq!(line(" Pets\n  and <owners> "), "Pets and \\<owners\\>");
    }
}
