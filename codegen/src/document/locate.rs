//! Finds values in the text of a document.
//!
//! Values keep no positions, because most documents have few diagnostics. Instead, the text is walked a second time for
//! all pointers of its diagnostics together.

use std::borrow::Cow;
use std::mem;
use std::ops::Range;

use octogen_runtime::{DecodeError, JsonType, Reader};
use rustc_hash::FxHashMap;
use saphyr_parser::{Event, Parser};

use super::pointer::unescape;
use crate::source::Format;

/// A type alias for the byte ranges of a JSON or YAML value, and of the key before it, in the text of a file. Reports
/// underline them.
pub type Located = (Range<usize>, Option<Range<usize>>);

/// Finds JSON pointers in the text of a JSON or YAML file: returns for each pointer the byte range of its value and of
/// the key before it. Reports of diagnostics call it to show lines and columns.
///
/// If there is no such value, the nearest existing value around it is returned, and `None` for a text without a value.
/// The span of a mapping, of a sequence and of an empty value is that of its key, or else its first character. The span
/// of an alias is that of the alias, and not of its anchor.
#[must_use]
pub fn locate_all(text: &str, format: Format, pointers: &[&str]) -> Vec<Option<Located>> {
    let mut walk = Walk::new(pointers);
    match format {
        Format::Json => walk_json(text, &mut walk),
        Format::Yaml => walk_yaml(text, &mut walk),
    }
    pointers.iter().map(|pointer| walk.deepest(pointer)).collect()
}

fn walk_yaml(text: &str, walk: &mut Walk) {
    let mut parser = Parser::new_from_str(text);
    while walk.missing > 0
        && let Some(Ok((event, span))) = parser.next_event()
    {
        let (start, end) = (span.start.index(), span.end.index());
        match event {
            Event::Scalar(scalar, ..) => walk.node(&Node::Scalar(Some(scalar)), start..end),
            Event::Alias(_) => walk.node(&Node::Scalar(None), start..end),
            Event::MappingStart(..) => walk.node(&Node::Mapping, start..start + 1),
            Event::SequenceStart(..) => walk.node(&Node::Sequence, start..start + 1),
            Event::MappingEnd | Event::SequenceEnd => walk.end(),
            Event::DocumentEnd => break,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) => {}
        }
    }
    let spans = walk.wanted.iter_mut().flat_map(|wanted| [wanted.span.as_mut(), wanted.key.as_mut()]);
    let mut spans: Vec<_> = spans.flatten().collect();
    chars_to_bytes(text, spans.iter_mut().flat_map(|span| [&mut span.start, &mut span.end]).collect());
    for span in spans {
        *span = bare_scalar(text, span.clone());
    }
}

/// Converts offsets in characters, which the YAML parser counts, to offsets in bytes.
fn chars_to_bytes(text: &str, mut marks: Vec<&mut usize>) {
    marks.sort_unstable();
    let (mut chars, mut passed) = (text.chars(), 0);
    for mark in marks {
        while passed < *mark && chars.next().is_some() {
            passed += 1;
        }
        *mark = text.len() - chars.as_str().len();
    }
}

/// Removes the anchor and the tag before a scalar, and the comment after a closing quote: the parser's spans include
/// them.
fn bare_scalar(text: &str, span: Range<usize>) -> Range<usize> {
    let mut scalar = &text[span.clone()];
    while scalar.starts_with(['&', '!'])
        && let Some((_, after)) = scalar.split_once(char::is_whitespace)
        && !after.trim_start().is_empty()
    {
        scalar = after.trim_start();
    }
    let start = span.end - scalar.len();
    let length = match scalar.bytes().next() {
        Some(b'"') => quoted_length(scalar),
        Some(b'\'') => scalar[1..].replace("''", "  ").find('\'').map_or(scalar.len(), |closing| closing + 2),
        _ => scalar.trim_end().len(),
    };
    start..start + length
}

/// Walks JSON. The YAML parser is not used, because it refuses surrogate pairs and buffers a whole flow mapping.
///
/// Invalid JSON ends the walk: the parser has reported it.
fn walk_json(text: &str, walk: &mut Walk) {
    let json = text.trim_start_matches('\u{feff}');
    let before = text.len() - json.len();
    let _ = Reader::new(json.as_bytes()).and_then(|mut reader| walk_value(json, before, &mut reader, walk));
}

/// Walks the next value of a JSON text, which follows `before` other bytes of the file. Values that no wanted value is in
/// are skipped. The recursion is bounded, because the reader refuses JSON with more than 127 levels.
fn walk_value(json: &str, before: usize, reader: &mut Reader<'_>, walk: &mut Walk) -> Result<(), DecodeError> {
    let kind = reader.peek()?;
    let start = before + reader.offset();
    match kind {
        JsonType::Object => walk.node(&Node::Mapping, start..start + 1),
        JsonType::Array => walk.node(&Node::Sequence, start..start + 1),
        _ => {
            reader.skip()?;
            walk.node(&Node::Scalar(None), start..before + reader.offset());
            return Ok(());
        }
    }
    let mut first = true;
    if walk.ignored > 0 {
        reader.skip()?;
    } else if kind == JsonType::Array {
        reader.begin_array()?;
        while walk.missing > 0 && reader.next_item(mem::take(&mut first))? {
            walk_value(json, before, reader, walk)?;
        }
    } else {
        reader.begin_object()?;
        let mut end_of_last = reader.offset();
        while walk.missing > 0
            && let Some(key) = reader.next_key(mem::take(&mut first))?
        {
            // White space, a comma and a colon are around the key.
            let around = &json[end_of_last..reader.offset() - 1];
            let start = end_of_last + around.find('"').unwrap_or_default();
            let end = end_of_last + around.trim_end().len();
            walk.node(&Node::Scalar(Some(key)), before + start..before + end);
            walk_value(json, before, reader, walk)?;
            end_of_last = reader.offset();
        }
    }
    walk.end();
    Ok(())
}

/// Returns the length of a string with its quotes. A quote after an odd number of backslashes does not end it.
fn quoted_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut from = 1;
    while let Some(found) = text.get(from..).and_then(|rest| rest.find('"')) {
        let quote = from + found;
        let escapes = bytes[1..quote].iter().rev().take_while(|byte| **byte == b'\\').count();
        if escapes % 2 == 0 {
            return quote + 1;
        }
        from = quote + 1;
    }
    text.len()
}

/// The state of a walk over a text. It does not recurse, and keeps only containers of wanted values.
struct Walk {
    /// The pointers as a tree, the root first.
    wanted: Vec<Wanted>,
    /// How many wanted values are not found yet.
    missing: usize,
    /// The open containers of wanted values.
    open: Vec<(usize, Next)>,
    /// How many open containers have no wanted value, each within the one before.
    ignored: usize,
}

#[derive(Default)]
struct Wanted {
    children: FxHashMap<String, usize>,
    span: Option<Range<usize>>,
    key: Option<Range<usize>>,
}

/// The role of the next node within a container.
enum Next {
    Element(usize),
    Key,
    /// The value of a key. If the value is wanted, its index and the span of the key.
    Value(Option<(usize, Range<usize>)>),
}

enum Node<'a> {
    /// The text of a key. It is `None` for an alias, and for values of JSON.
    Scalar(Option<Cow<'a, str>>),
    Mapping,
    Sequence,
}

impl Walk {
    fn new(pointers: &[&str]) -> Self {
        let mut wanted = vec![Wanted::default()];
        for pointer in pointers {
            let mut at = 0;
            for part in parts(pointer) {
                let next = wanted.len();
                at = *wanted[at].children.entry(part.into_owned()).or_insert(next);
                if at == next {
                    wanted.push(Wanted::default());
                }
            }
        }
        Self { missing: wanted.len(), wanted, open: Vec::new(), ignored: 0 }
    }

    /// Visits a scalar, or the start of a container.
    fn node(&mut self, node: &Node<'_>, span: Range<usize>) {
        let found = if self.ignored > 0 { None } else { self.place(node, span) };
        let next = match node {
            Node::Mapping => Some(Next::Key),
            Node::Sequence => Some(Next::Element(0)),
            Node::Scalar(_) => None,
        };
        if let Some((wanted, span)) = found {
            self.wanted[wanted].span = Some(span);
            self.missing -= 1;
            self.open.extend(next.map(|next| (wanted, next)));
        } else {
            self.ignored += usize::from(next.is_some());
        }
    }

    /// Visits the end of a container.
    fn end(&mut self) {
        match self.ignored {
            0 => drop(self.open.pop()),
            _ => self.ignored -= 1,
        }
    }

    /// Returns the index of a node among the wanted values, if it is one, and its span.
    fn place(&mut self, node: &Node<'_>, span: Range<usize>) -> Option<(usize, Range<usize>)> {
        let Some((holder, next)) = self.open.last_mut() else {
            return self.wanted[0].span.is_none().then_some((0, span));
        };
        // A duplicate key has the place of the first one.
        let child = |key: &str| {
            let child = *self.wanted[*holder].children.get(key)?;
            self.wanted[child].span.is_none().then_some(child)
        };
        match mem::replace(next, Next::Key) {
            Next::Element(index) => {
                *next = Next::Element(index + 1);
                Some((child(&index.to_string())?, span))
            }
            Next::Key => {
                let key = if let Node::Scalar(Some(key)) = node { child(key) } else { None };
                *next = Next::Value(key.map(|key| (key, span)));
                None
            }
            Next::Value(held) => {
                let (wanted, key) = held?;
                self.wanted[wanted].key = Some(key.clone());
                let has_own_span = matches!(node, Node::Scalar(_)) && !span.is_empty();
                Some((wanted, if has_own_span { span } else { key }))
            }
        }
    }

    fn deepest(&self, pointer: &str) -> Option<Located> {
        let mut wanted = &self.wanted[0];
        for part in parts(pointer) {
            let child = wanted.children.get(part.as_ref()).map(|child| &self.wanted[*child]);
            let Some(found) = child.filter(|child| child.span.is_some()) else { break };
            wanted = found;
        }
        Some((wanted.span.clone()?, wanted.key.clone()))
    }
}

fn parts(pointer: &str) -> impl Iterator<Item = Cow<'_, str>> {
    pointer.split('/').skip(1).map(unescape)
}

#[cfg(test)]
mod tests {
    use super::*;

    const YAML: &str = "a: &x 1\nb:\n  - 'é' # text\n  - { c: *x, d/e: }\n";
    const JSON: &str = "{\"a\": 1, \"b\": [\"é\", {\"c\": 2, \"d/e\": {}}]}";

    #[test]
    fn each_pointer_has_the_text_of_its_value() {
        let cases = [
            ("/a", "1", "1"),
            ("/b", "b", "\"b\""),
            ("/b/0", "'é'", "\"é\""),
            ("/b/1", "{", "{"),
            ("/b/1/c", "*x", "2"),
            ("/b/1/d~1e", "d/e", "\"d/e\""),
            ("/b/1/missing", "{", "{"),
            ("/missing", "a", "{"),
        ];
        let pointers: Vec<&str> = cases.iter().map(|(pointer, ..)| *pointer).collect();
        let texts = |text: &'static str, format| -> Vec<&str> {
            locate_all(text, format, &pointers)
                .into_iter()
                .map(|found| found.map_or("", |(span, _)| &text[span]))
                .collect()
        };
        assert_eq!(texts(YAML, Format::Yaml), cases.map(|(_, yaml, _)| yaml));
        assert_eq!(texts(JSON, Format::Json), cases.map(|(_, _, json)| json));
    }

    #[test]
    fn a_value_has_the_span_of_its_key() {
        let found = locate_all(JSON, Format::Json, &["/b/1/c", "/b/0"]);
        let keys: Vec<_> = found.into_iter().flatten().map(|(_, key)| key.map(|key| &JSON[key])).collect();
        assert_eq!(keys, [Some("\"c\""), None]);
    }

    #[test]
    fn a_text_without_a_value_has_no_place() {
        assert_eq!(locate_all("# nothing", Format::Yaml, &["/a"]), [None]);
        assert_eq!(locate_all("", Format::Json, &[""]), [None]);
    }
}
