//! Unions are dispatched by what the generator proved about their arms, not by trying one after the other.

use crate::error::DecodeError;
use crate::json::{JsonType, Reader, Writer};
use crate::slot::Slot;

/// A generated enum whose variants hold values of different types.
pub trait Union: Slot + Sized {
    /// What tells the arms apart, in the order in which they are tested.
    const ARMS: &'static [Arm];

    /// The arm of that index in [`Union::ARMS`], vacant; beyond the last one, the arm that keeps any JSON value.
    #[doc(hidden)]
    fn arm(index: usize) -> Self;

    /// Lends what the arm holds.
    #[doc(hidden)]
    fn content(&self) -> &dyn Slot;

    /// Lends what the arm holds, for filling.
    #[doc(hidden)]
    fn content_mut(&mut self) -> &mut dyn Slot;
}

/// How one arm of a union is recognised.
#[derive(Clone, Copy, Debug)]
pub struct Arm {
    /// All of these hold for a value of the arm.
    pub tests: &'static [Test],
    /// Whether the tests prove the arm. Where they do not, a value that fails to decode goes on to the next arm.
    pub proven: bool,
}

impl Arm {
    /// An arm that its tests prove.
    #[must_use]
    pub const fn proven(tests: &'static [Test]) -> Self {
        Self { tests, proven: true }
    }

    /// An arm that is tried where its tests hold.
    #[must_use]
    pub const fn tried(tests: &'static [Test]) -> Self {
        Self { tests, proven: false }
    }
}

/// Something that can be seen of a value before it is decoded.
#[derive(Clone, Copy, Debug)]
pub enum Test {
    /// The value is of one of these JSON types.
    Type(&'static [JsonType]),
    /// The object has a string under this key, one of these.
    Tag(&'static str, &'static [&'static str]),
    /// The object has this key.
    Has(&'static str),
    /// The object does not have this key.
    Lacks(&'static str),
}

/// Reads a union.
pub fn decode_union<T: Union>(union: &mut T, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    let peeked = Peeked::read(reader)?;
    for (index, arm) in T::ARMS.iter().enumerate() {
        if !arm.tests.iter().all(|test| peeked.passes(test)) {
            continue;
        }
        let mut candidate = T::arm(index);
        if arm.proven {
            candidate.content_mut().decode(reader)?;
            *union = candidate;
            return Ok(());
        }
        let mut ahead = reader.clone();
        if candidate.content_mut().decode(&mut ahead).is_ok() {
            *reader = ahead;
            *union = candidate;
            return Ok(());
        }
    }
    *union = T::arm(T::ARMS.len());
    union.content_mut().decode(reader)
}

/// Writes a union.
pub fn encode_union<T: Union>(union: &T, writer: &mut Writer) {
    union.content().encode(writer);
}

/// The outside of a value: its type, and of an object the keys with those values that are strings.
struct Peeked {
    kind: JsonType,
    entries: Vec<(String, Option<String>)>,
}

impl Peeked {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let kind = reader.peek()?;
        let mut entries = Vec::new();
        if kind == JsonType::Object {
            let mut ahead = reader.clone();
            ahead.begin_object()?;
            while let Some(key) = ahead.next_key(entries.is_empty())? {
                let value = match ahead.peek()? {
                    JsonType::String => Some(ahead.string()?.into_owned()),
                    _ => {
                        ahead.skip()?;
                        None
                    }
                };
                entries.push((key.into_owned(), value));
            }
        }
        Ok(Self { kind, entries })
    }

    fn passes(&self, test: &Test) -> bool {
        match test {
            Test::Type(kinds) => kinds.contains(&self.kind),
            Test::Tag(key, values) => self
                .entries
                .iter()
                .any(|(name, value)| name == key && value.as_deref().is_some_and(|v| values.contains(&v))),
            Test::Has(key) => self.entries.iter().any(|(name, _)| name == key),
            Test::Lacks(key) => !self.entries.iter().any(|(name, _)| name == key),
        }
    }
}
