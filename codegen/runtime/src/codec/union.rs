//! Unions are dispatched by what the generator proved about their arms, not by trying one after the other.

use std::any::TypeId;
use std::borrow::Cow;

use crate::codec::enums::Literal;
use crate::codec::error::DecodeError;
use crate::codec::json::{JsonType, Reader, Writer};
use crate::codec::slot::Slot;

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
    /// The object has one of these scalars under this key.
    Constant(&'static str, &'static [Literal]),
    /// The value is one of these scalars.
    Is(&'static [Literal]),
    /// The object has this key.
    Has(&'static str),
    /// The object has none of these keys.
    Lacks(&'static [&'static str]),
    /// The object has no key but these: decoding it loses nothing.
    Knows(&'static [&'static str]),
}

impl Test {
    /// Whether it asks for a key.
    fn asks_for(&self, name: &str) -> bool {
        match self {
            Self::Type(_) | Self::Is(_) => false,
            Self::Tag(key, _) | Self::Constant(key, _) | Self::Has(key) => *key == name,
            Self::Lacks(keys) => keys.contains(&name),
            Self::Knows(_) => true,
        }
    }

    /// Whether it asks for what is under a key.
    fn compares(&self, name: &str) -> bool {
        matches!(self, Self::Tag(key, _) | Self::Constant(key, _) if *key == name)
    }
}

/// Reads a union.
pub fn decode_union<T: Union>(union: &mut T, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    dispatch(T::ARMS, TypeId::of::<T>(), reader, &mut |arm, reader| {
        let mut candidate = T::arm(arm);
        candidate.content_mut().decode(reader)?;
        *union = candidate;
        Ok(())
    })
}

/// Decodes the first arm that fits, or else the one that keeps any value.
fn dispatch(
    arms: &[Arm],
    union: TypeId,
    reader: &mut Reader<'_>,
    decode: &mut dyn FnMut(usize, &mut Reader<'_>) -> Result<(), DecodeError>,
) -> Result<(), DecodeError> {
    let kind = reader.peek()?;
    let at = reader.offset();
    if let Some(arm) = reader.trials.settled(at, union) {
        return decode(arm, reader);
    }
    let outside = Outside::read(kind, arms, reader)?;
    let start = reader.mark();
    for (index, arm) in arms.iter().enumerate().filter(|(_, arm)| outside.passes(arm)) {
        if arm.proven {
            reader.trials.settle(at, union, index);
            return decode(index, reader);
        }
        reader.trials.begin();
        let tried = decode(index, reader);
        reader.trials.end();
        if tried.is_ok() {
            reader.trials.settle(at, union, index);
            return Ok(());
        }
        reader.rewind(start);
    }
    reader.trials.settle(at, union, arms.len());
    decode(arms.len(), reader)
}

/// Writes a union.
pub fn encode_union<T: Union>(union: &T, writer: &mut Writer) {
    union.content().encode(writer);
}

/// The outside of a value: its type, what it is if it is a scalar, and of an object the keys that the tests ask for.
struct Outside<'a> {
    kind: JsonType,
    this: Scalar<'a>,
    /// In their order; of a key that stands there several times, the last one counts.
    entries: Vec<(Cow<'a, str>, Scalar<'a>)>,
}

/// A value as far as a test can compare it.
enum Scalar<'a> {
    Boolean(bool),
    Number(&'a str),
    Text(Cow<'a, str>),
    /// Null, an array or an object.
    Other,
}

impl<'a> Scalar<'a> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, DecodeError> {
        Ok(match reader.peek()? {
            JsonType::Boolean => Self::Boolean(reader.boolean()?),
            JsonType::Number => Self::Number(reader.number()?),
            JsonType::String => Self::Text(reader.string()?),
            JsonType::Null | JsonType::Array | JsonType::Object => {
                reader.skip()?;
                Self::Other
            }
        })
    }

    fn is(&self, literal: Literal) -> bool {
        match (self, literal) {
            (Self::Boolean(one), Literal::Boolean(other)) => *one == other,
            (Self::Number(one), Literal::Number(other)) => *one == other,
            (Self::Text(one), Literal::String(other)) => one == other,
            _ => false,
        }
    }
}

impl<'a> Outside<'a> {
    /// Looks at the value that comes next; the reader stays where it is.
    fn read(kind: JsonType, arms: &[Arm], reader: &mut Reader<'a>) -> Result<Self, DecodeError> {
        let mut outside = Self { kind, this: Scalar::Other, entries: Vec::new() };
        let tests = || arms.iter().flat_map(|arm| arm.tests);
        let start = reader.mark();
        if kind == JsonType::Object && tests().any(|test| !matches!(test, Test::Type(_) | Test::Is(_))) {
            reader.begin_object()?;
            let mut first = true;
            while let Some(key) = reader.next_key(first)? {
                first = false;
                let scalar = if tests().any(|test| test.compares(&key)) {
                    Scalar::read(reader)?
                } else {
                    reader.skip()?;
                    Scalar::Other
                };
                if tests().any(|test| test.asks_for(&key)) {
                    outside.entries.push((key, scalar));
                }
            }
        } else if tests().any(|test| matches!(test, Test::Is(_))) && is_scalar(kind) {
            outside.this = Scalar::read(reader)?;
        }
        reader.rewind(start);
        Ok(outside)
    }

    fn passes(&self, arm: &Arm) -> bool {
        arm.tests.iter().all(|test| match test {
            Test::Type(kinds) => kinds.contains(&self.kind),
            Test::Tag(key, values) => self
                .get(key)
                .is_some_and(|found| matches!(found, Scalar::Text(text) if values.contains(&text.as_ref()))),
            Test::Constant(key, values) => {
                self.get(key).is_some_and(|found| values.iter().any(|value| found.is(*value)))
            }
            Test::Is(values) => values.iter().any(|value| self.this.is(*value)),
            Test::Has(key) => self.get(key).is_some(),
            Test::Lacks(keys) => {
                self.kind == JsonType::Object && !self.entries.iter().any(|(name, _)| keys.contains(&name.as_ref()))
            }
            Test::Knows(keys) => self.entries.iter().all(|(name, _)| keys.contains(&name.as_ref())),
        })
    }

    fn get(&self, key: &str) -> Option<&Scalar<'a>> {
        self.entries.iter().rfind(|(name, _)| name == key).map(|(_, found)| found)
    }
}

fn is_scalar(kind: JsonType) -> bool {
    matches!(kind, JsonType::Boolean | JsonType::Number | JsonType::String)
}
