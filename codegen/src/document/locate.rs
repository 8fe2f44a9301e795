//! Where the values of a document stand in its text.
//!
//! The document itself keeps no positions: most documents never need one. Instead the text is walked a second time
//! when a diagnostic is shown, once for all pointers that are asked for.

use std::borrow::Cow;
use std::collections::HashMap;
use std::mem;
use std::ops::Range;

use octogen_runtime::Reader;
use saphyr_parser::{Event, Parser};

use crate::source::Format;

/// The bytes of a value, and those of the key that holds it.
pub type Located = (Range<usize>, Option<Range<usize>>);

/// For each JSON pointer the bytes of the value that it leads to, or of the deepest part of the way that exists.
///
/// The span of its key is the second of the two, where it has one.
///
/// A scalar has a span of its own; a mapping, a sequence and an empty value are shown by the key that holds them, and
/// without a key by their first character. An alias is shown where it stands. `None` means that the text has no value.
/// All pointers are looked up in a single walk.
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

/// The YAML parser counts characters.
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

/// The YAML parser's spans hold the anchor and the tag before a scalar, and the comment after a closing quote.
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

/// JSON has a walk of its own: to the YAML parser a surrogate pair is an error, and it buffers a whole flow mapping.
///
/// What isn't JSON is passed over: the parser has reported it.
fn walk_json(text: &str, walk: &mut Walk) {
    let mut rest = text.trim_start_matches('\u{feff}');
    while walk.missing > 0
        && let Some(first) = rest.chars().next()
    {
        let start = text.len() - rest.len();
        let length = match first {
            '"' => quoted_length(rest),
            ' ' | '\n' => rest.bytes().take_while(|byte| matches!(byte, b' ' | b'\n')).count(),
            _ if PUNCTUATION.contains(&first) => 1,
            _ => rest.find(PUNCTUATION).unwrap_or(rest.len()),
        };
        let (token, span) = (&rest[..length], start..start + length);
        match first {
            '{' => walk.node(&Node::Mapping, span),
            '[' => walk.node(&Node::Sequence, span),
            '}' | ']' => walk.end(),
            ' ' | '\t' | '\r' | '\n' | ':' | ',' => {}
            // What a container holds that leads nowhere is not even read.
            _ if walk.ignored > 0 => {}
            _ => walk.node(&Node::Scalar(Some(unquoted(token))), span),
        }
        rest = &rest[length..];
    }
}

/// What ends a number or a word of JSON.
const PUNCTUATION: [char; 11] = [' ', '\t', '\r', '\n', ':', ',', '{', '}', '[', ']', '"'];

/// Up to and with the closing quote: the first before which backslashes stand in pairs.
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

fn unquoted(token: &str) -> Cow<'_, str> {
    let content = Reader::new(token.as_bytes()).and_then(|mut reader| reader.string());
    content.unwrap_or(Cow::Borrowed(token))
}

/// The way through a text. Nothing recurses, and only containers that lead to something wanted are kept.
struct Walk {
    /// The pointers as a tree, the root first.
    wanted: Vec<Wanted>,
    /// How many of the wanted have not been found yet.
    missing: usize,
    /// The open containers that lead to something wanted.
    open: Vec<(usize, Next)>,
    /// How many containers are open inside one that leads nowhere.
    ignored: usize,
}

#[derive(Default)]
struct Wanted {
    children: HashMap<String, usize>,
    span: Option<Range<usize>>,
    key: Option<Range<usize>>,
}

/// What the next node inside a container is.
enum Next {
    Element(usize),
    Key,
    /// The value of a key, with the span of the key if the value is wanted.
    Value(Option<(usize, Range<usize>)>),
}

enum Node<'a> {
    /// `None` for an alias.
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
                at = *wanted[at].children.entry(part).or_insert(next);
                if at == next {
                    wanted.push(Wanted::default());
                }
            }
        }
        Self { missing: wanted.len(), wanted, open: Vec::new(), ignored: 0 }
    }

    /// A scalar, or the start of a container.
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

    /// The end of a container.
    fn end(&mut self) {
        match self.ignored {
            0 => drop(self.open.pop()),
            _ => self.ignored -= 1,
        }
    }

    /// Which of the wanted a node is, if any, and where to show it.
    fn place(&mut self, node: &Node<'_>, span: Range<usize>) -> Option<(usize, Range<usize>)> {
        let Some((holder, next)) = self.open.last_mut() else {
            return self.wanted[0].span.is_none().then_some((0, span));
        };
        // Of a key that stands twice, the first is taken.
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
                let has_own = matches!(node, Node::Scalar(_)) && !span.is_empty();
                Some((wanted, if has_own { span } else { key }))
            }
        }
    }

    fn deepest(&self, pointer: &str) -> Option<Located> {
        let mut wanted = &self.wanted[0];
        for part in parts(pointer) {
            let child = wanted.children.get(&part).map(|child| &self.wanted[*child]);
            let Some(found) = child.filter(|child| child.span.is_some()) else { break };
            wanted = found;
        }
        Some((wanted.span.clone()?, wanted.key.clone()))
    }
}

fn parts(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(|part| part.replace("~1", "/").replace("~0", "~"))
}
