//! HTML in descriptions as Markdown. Rustdoc gets no HTML from a document.

use std::borrow::Cow;

/// Returns a description with its HTML as Markdown. Tags that have no form in Markdown stay as they are.
///
/// A text without a known tag is returned unchanged. Code in Markdown is not searched for tags.
pub(super) fn html_to_markdown(text: &str) -> Cow<'_, str> {
    let is_known = |at: usize| Tag::parse(&text[at..]).is_some_and(|tag| tag.element().is_some());
    if !text.match_indices('<').any(|(at, _)| is_known(at)) {
        return Cow::Borrowed(text);
    }
    let mut markdown = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['<', '`', '&']) {
        markdown.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match rest.as_bytes()[0] {
            b'`' => push_code_span(&mut markdown, rest),
            b'&' => push_entity(&mut markdown, rest),
            _ => push_tag(&mut markdown, rest),
        };
        rest = &rest[length..];
    }
    markdown.push_str(rest);
    Cow::Owned(markdown)
}

/// The maximum number of tags within an element whose end is looked for.
const MAX_TAGS: usize = 64;

/// The form of an element in Markdown.
#[derive(Clone, Copy)]
enum Element {
    /// A paragraph, a heading or a list.
    Block,
    LineBreak,
    ListItem,
    /// Text between two marks.
    Marked(&'static str),
    Code,
    Preformatted,
    Link,
    /// An element without a form of its own.
    Plain,
}

/// A tag at the start of a text.
struct Tag<'a> {
    name: &'a str,
    attributes: &'a str,
    is_end: bool,
    /// The number of bytes.
    length: usize,
}

impl<'a> Tag<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let inner = &text[1..];
        let inner = &inner[..inner.find(['<', '>']).filter(|&at| inner[at..].starts_with('>'))?];
        let (is_end, named) = inner.strip_prefix('/').map_or((false, inner), |named| (true, named));
        let end = named.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(named.len());
        let (name, attributes) = named.split_at(end);
        let is_tag = attributes.is_empty() || attributes.starts_with(char::is_whitespace) || attributes == "/";
        (!name.is_empty() && is_tag).then_some(Self { name, attributes, is_end, length: inner.len() + 2 })
    }

    fn element(&self) -> Option<Element> {
        Some(match self.name.to_ascii_lowercase().as_str() {
            "p" | "div" | "ul" | "ol" | "dl" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" => Element::Block,
            "br" => Element::LineBreak,
            "li" | "dt" | "dd" => Element::ListItem,
            "b" | "strong" => Element::Marked("**"),
            "i" | "em" => Element::Marked("*"),
            "code" | "tt" => Element::Code,
            "pre" => Element::Preformatted,
            "a" => Element::Link,
            "span" | "u" | "small" | "font" => Element::Plain,
            _ => return None,
        })
    }

    /// Returns the text of the element that this tag starts, and the number of bytes up to the end of the element.
    fn content(&self, text: &'a str) -> Option<(&'a str, usize)> {
        let rest = &text[self.length..];
        let is_end =
            |at: usize| Tag::parse(&rest[at..]).filter(|tag| tag.is_end && tag.name.eq_ignore_ascii_case(self.name));
        let (at, end) = rest.match_indices('<').take(MAX_TAGS).find_map(|(at, _)| is_end(at).map(|tag| (at, tag)))?;
        Some((&rest[..at], self.length + at + end.length))
    }

    /// Returns the address of a link, if it is on the web.
    fn address(&self) -> Option<&'a str> {
        let (_, value) = self.attributes.split_once("href=")?;
        let quote = value.chars().next().filter(|sign| matches!(sign, '"' | '\''))?;
        let address = value[1..].split(quote).next()?;
        (address.starts_with("https://") || address.starts_with("http://")).then_some(address)
    }
}

/// Writes the Markdown for the tag at the start of a text. Returns the number of bytes that it replaces.
fn push_tag(markdown: &mut String, text: &str) -> usize {
    let found = Tag::parse(text).and_then(|tag| tag.element().map(|element| (tag, element)));
    let Some((tag, element)) = found else {
        markdown.push('<');
        return 1;
    };
    let content = if tag.is_end { None } else { tag.content(text) };
    let spaces = |length: usize| text[length..].len() - text[length..].trim_start().len();
    match (element, content) {
        (Element::Block, _) | (Element::LineBreak, _) => {
            end_lines(markdown, "\n\n");
            return tag.length + spaces(tag.length);
        }
        (Element::ListItem, _) if !tag.is_end => {
            if !markdown.ends_with('\n') {
                end_lines(markdown, "\n");
            }
            markdown.push_str("- ");
        }
        (Element::Marked(mark), Some((content, length))) => {
            push_marked(markdown, mark, &html_to_markdown(content));
            return length;
        }
        (Element::Code, Some((content, length))) => {
            push_marked(markdown, "`", &without_tags(content).replace('`', "'"));
            return length;
        }
        (Element::Preformatted, Some((content, length))) => {
            end_lines(markdown, "\n\n");
            markdown.push_str(&format!("```text\n{}\n```\n\n", without_tags(content).trim_matches('\n')));
            return length + spaces(length);
        }
        (Element::Link, Some((content, length))) => {
            let label = without_tags(content);
            match tag.address() {
                Some(address) => markdown.push_str(&format!("[{}]({address})", label.trim())),
                None => markdown.push_str(&label),
            }
            return length;
        }
        (Element::ListItem | Element::Plain, _) => {}
        // A tag without its other half may be no HTML at all.
        (_, None) => {
            markdown.push('<');
            return 1;
        }
    }
    tag.length
}

/// Ends the line or the paragraph, unless the text already ends so.
fn end_lines(markdown: &mut String, end: &str) {
    markdown.truncate(markdown.trim_end_matches([' ', '\n']).len());
    if !markdown.is_empty() {
        markdown.push_str(end);
    }
}

/// Writes a text between two marks. Markdown allows no space within them.
fn push_marked(markdown: &mut String, mark: &str, text: &str) {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        markdown.push_str(text);
        return;
    }
    let start = &text[..text.len() - text.trim_start().len()];
    let end = &text[text.trim_end().len()..];
    markdown.push_str(&[start, mark, trimmed, mark, end].concat());
}

/// Returns a text without its tags, and with its entities decoded.
fn without_tags(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match Tag::parse(rest) {
            Some(tag) if rest.starts_with('<') => tag.length,
            _ if rest.starts_with('&') => push_entity(&mut plain, rest),
            _ => {
                plain.push('<');
                1
            }
        };
        rest = &rest[length..];
    }
    plain + rest
}

/// Copies the code span or the code block at the start of a text, or the backticks alone if they have no end.
fn push_code_span(markdown: &mut String, text: &str) -> usize {
    let ticks = text.len() - text.trim_start_matches('`').len();
    let mark = &text[..ticks];
    let length = text[ticks..].find(mark).map_or(ticks, |at| ticks + at + ticks);
    markdown.push_str(&text[..length]);
    length
}

/// Writes the character of the entity at the start of a text.
fn push_entity(markdown: &mut String, text: &str) -> usize {
    const ENTITIES: [(&str, char); 7] = [
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&amp;", '&'),
        ("&quot;", '"'),
        ("&#39;", '\''),
        ("&apos;", '\''),
        ("&nbsp;", ' '),
    ];
    let (entity, character) = ENTITIES.into_iter().find(|(entity, _)| text.starts_with(entity)).unwrap_or(("&", '&'));
    markdown.push(character);
    entity.len()
}

#[cfg(test)]
mod tests {
    use super::html_to_markdown;

    #[test]
    fn html_becomes_markdown() {
        for (html, markdown) in [
            ("no tags, a < b", "no tags, a < b"),
            ("a list of <Pet>", "a list of <Pet>"),
            ("`<p>` is a tag", "`<p>` is a tag"),
            ("<p>One.</p>\n\n<p>Two.</p>", "One.\n\nTwo.\n\n"),
            ("One<br/> Two<BR>Three", "One\n\nTwo\n\nThree"),
            (
                "<p>See <a href=\"https://a.example/b\">the <b>page</b></a>.</p>",
                "See [the page](https://a.example/b).\n\n",
            ),
            ("<p>See <a href=\"/docs\">docs</a></p>", "See docs\n\n"),
            ("Set <code>a=<em>b</em></code> to &lt;x&gt;", "Set `a=b` to <x>"),
            ("<b> Note: </b>old", " **Note:** old"),
            ("Any:<ul><li>a</li><li>b</li></ul>end", "Any:\n\n- a\n- b\n\nend"),
            ("<pre><code>x &lt; 1\n</code></pre>", "```text\nx < 1\n```\n\n"),
            ("<b>open", "<b>open"),
            ("<p>a <pre>\nx\n</pre>\n</p>\nb", "a\n\n```text\nx\n```\n\nb"),
            ("a <p and <b>c</b>", "a <p and **c**"),
            ("<unknown>x</unknown> <i>y</i>", "<unknown>x</unknown> *y*"),
        ] {
            assert_eq!(html_to_markdown(html), markdown, "{html:?}");
        }
    }
}
