//! Foreign text as Markdown that is harmless in rustdoc.

use std::fmt::Write as _;

use super::html::html_to_markdown;

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
pub(super) fn fence_of(line: &str) -> Option<&str> {
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
