//! Dispatch of unions: tests that the generator planned select the variant of a value.

use std::any::TypeId;
use std::borrow::Cow;

use super::enums::Literal;
use super::error::DecodeError;
use super::json::{Reader, Writer};
use super::json_type::JsonType;
use super::slot::Slot;

/// A trait of generated enums whose variants hold values of different types, such as those of `oneOf` and `anyOf`. The
/// macro [`union!`](crate::union!) implements it.
pub trait Union: Slot + Sized {
    /// The tests of the union's variants, in the order in which the decoder tries them.
    const VARIANTS: &'static [Variant];

    /// Creates the union variant with this index in [`Union::VARIANTS`], for the decoder to fill. Any index beyond the
    /// last one creates the variant that keeps any JSON value.
    #[doc(hidden)]
    fn vacant_variant(index: usize) -> Self;

    /// Lends the content of the union's variant for reading.
    #[doc(hidden)]
    fn content(&self) -> &dyn Slot;

    /// Lends the content of the union's variant for the decoder to fill.
    #[doc(hidden)]
    fn content_mut(&mut self) -> &mut dyn Slot;
}

/// A struct with the tests that select one variant of a generated union for a JSON value, without decoding the value.
/// Each union has a list of them.
#[derive(Clone, Copy, Debug)]
pub struct Variant {
    /// The tests of the variant. A JSON value of the variant passes all of them.
    pub tests: &'static [Test],
    /// Whether a JSON value that passes the tests is of this variant for certain. If it is not certain and decoding
    /// fails, the next variant is tried.
    pub proven: bool,
}

impl Variant {
    /// Creates the tests of a union variant that decide for certain: if a JSON value passes them and fails to decode,
    /// that is an error. The macro [`union!`](crate::union!) calls it.
    #[must_use]
    pub const fn proven(tests: &'static [Test]) -> Self {
        Self {
            tests,
            proven: true,
        }
    }

    /// Creates the tests of a union variant that only suggest the variant: if a JSON value passes them and fails to
    /// decode, the next variant is tried. The macro [`union!`](crate::union!) calls it.
    #[must_use]
    pub const fn tried(tests: &'static [Test]) -> Self {
        Self {
            tests,
            proven: false,
        }
    }
}

/// A test of a JSON value that selects a variant of a union before decoding: an enum of checks of the type, the keys,
/// and the scalars under keys.
#[derive(Clone, Copy, Debug)]
pub enum Test {
    /// The value has one of these JSON types.
    Type(&'static [JsonType]),
    /// The object has one of these strings under this key, which is the discriminator property or a constant.
    Discriminator(&'static str, &'static [&'static str]),
    /// The object has one of these scalars under this key.
    Constant(&'static str, &'static [Literal]),
    /// The value is one of these scalars.
    Is(&'static [Literal]),
    /// The object has this key.
    Has(&'static str),
    /// The object has none of these keys.
    Lacks(&'static [&'static str]),
    /// The object has no other keys than these, so that decoding it loses nothing.
    HasOnly(&'static [&'static str]),
}

impl Test {
    /// Returns whether the test depends on the presence of a key.
    fn needs_key(&self, name: &str) -> bool {
        match self {
            Self::Type(_) | Self::Is(_) => false,
            Self::Discriminator(key, _) | Self::Constant(key, _) | Self::Has(key) => *key == name,
            Self::Lacks(keys) => keys.contains(&name),
            Self::HasOnly(_) => true,
        }
    }

    /// Returns whether the test depends on the value under a key.
    fn needs_value(&self, name: &str) -> bool {
        matches!(self, Self::Discriminator(key, _) | Self::Constant(key, _) if *key == name)
    }
}

/// Decodes the next JSON value into a generated union: selects the variant by the tests, then decodes its content. The
/// macros call it.
pub fn decode_union<T: Union>(union: &mut T, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    dispatch(
        T::VARIANTS,
        TypeId::of::<T>(),
        reader,
        &mut |index, reader| {
            let mut candidate = T::vacant_variant(index);
            candidate.content_mut().decode(reader)?;
            *union = candidate;
            Ok(())
        },
    )
}

/// Decodes the first variant that fits. If none fits, decodes the variant that keeps any value.
fn dispatch(
    variants: &[Variant],
    union: TypeId,
    reader: &mut Reader<'_>,
    decode: &mut dyn FnMut(usize, &mut Reader<'_>) -> Result<(), DecodeError>,
) -> Result<(), DecodeError> {
    let json_type = reader.peek()?;
    let at = reader.offset();
    if let Some(index) = reader.memo.get(at, union) {
        return decode(index, reader);
    }
    let surface = Surface::read(json_type, variants, reader)?;
    let start = reader.mark();
    for (index, variant) in variants
        .iter()
        .enumerate()
        .filter(|(_, variant)| surface.passes(variant))
    {
        if variant.proven {
            reader.memo.insert(at, union, index);
            return decode(index, reader);
        }
        reader.memo.begin_attempt();
        let result = decode(index, reader);
        reader.memo.end_attempt();
        if result.is_ok() {
            reader.memo.insert(at, union, index);
            return Ok(());
        }
        reader.rewind(start);
    }
    reader.memo.insert(at, union, variants.len());
    decode(variants.len(), reader)
}

/// Encodes the content of the current variant of a generated union as JSON. The macros call it.
pub fn encode_union<T: Union>(union: &T, writer: &mut Writer) {
    union.content().encode(writer);
}

/// The parts of a value that tests look at: its type, its scalar, and the keys of an object that a test needs.
struct Surface<'a> {
    json_type: JsonType,
    scalar: Scalar<'a>,
    /// The keys in their order. The last one counts if a key is there several times.
    entries: Vec<(Cow<'a, str>, Scalar<'a>)>,
}

/// A value that a test can compare.
enum Scalar<'a> {
    Boolean(bool),
    Number(&'a str),
    Text(Cow<'a, str>),
    /// Null, an array or an object. No test compares these.
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

    fn equals(&self, literal: Literal) -> bool {
        match (self, literal) {
            (Self::Boolean(one), Literal::Boolean(other)) => *one == other,
            (Self::Number(one), Literal::Number(other)) => *one == other,
            (Self::Text(one), Literal::String(other)) => one == other,
            _ => false,
        }
    }
}

impl<'a> Surface<'a> {
    /// Reads the parts of the next value that these variants test, and returns to its start.
    fn read(
        json_type: JsonType,
        variants: &[Variant],
        reader: &mut Reader<'a>,
    ) -> Result<Self, DecodeError> {
        let mut surface = Self {
            json_type,
            scalar: Scalar::Other,
            entries: Vec::new(),
        };
        let tests = || variants.iter().flat_map(|variant| variant.tests);
        let start = reader.mark();
        if json_type == JsonType::Object
            && tests().any(|test| !matches!(test, Test::Type(_) | Test::Is(_)))
        {
            reader.begin_object()?;
            let mut first = true;
            while let Some(key) = reader.next_key(first)? {
                first = false;
                let scalar = if tests().any(|test| test.needs_value(&key)) {
                    Scalar::read(reader)?
                } else {
                    reader.skip()?;
                    Scalar::Other
                };
                if tests().any(|test| test.needs_key(&key)) {
                    surface.entries.push((key, scalar));
                }
            }
        } else if tests().any(|test| matches!(test, Test::Is(_))) && is_scalar(json_type) {
            surface.scalar = Scalar::read(reader)?;
        }
        reader.rewind(start);
        Ok(surface)
    }

    fn passes(&self, variant: &Variant) -> bool {
        variant.tests.iter().all(|test| match test {
            Test::Type(types) => types.contains(&self.json_type),
            Test::Discriminator(key, values) => self.get(key).is_some_and(
                |found| matches!(found, Scalar::Text(text) if values.contains(&text.as_ref())),
            ),
            Test::Constant(key, values) => self
                .get(key)
                .is_some_and(|found| values.iter().any(|value| found.equals(*value))),
            Test::Is(values) => values.iter().any(|value| self.scalar.equals(*value)),
            Test::Has(key) => self.get(key).is_some(),
            Test::Lacks(keys) => {
                self.json_type == JsonType::Object
                    && !self
                        .entries
                        .iter()
                        .any(|(name, _)| keys.contains(&name.as_ref()))
            }
            Test::HasOnly(keys) => self
                .entries
                .iter()
                .all(|(name, _)| keys.contains(&name.as_ref())),
        })
    }

    fn get(&self, key: &str) -> Option<&Scalar<'a>> {
        self.entries
            .iter()
            .rfind(|(name, _)| name == key)
            .map(|(_, found)| found)
    }
}

fn is_scalar(json_type: JsonType) -> bool {
    matches!(
        json_type,
        JsonType::Boolean | JsonType::Number | JsonType::String
    )
}

#[cfg(test)]
mod tests {
    use super::{Surface, Test, Variant};
    use crate::codec::enums::Literal;
    use crate::codec::error::DecodeError;
    use crate::codec::json::Reader;
    use crate::codec::json_type::JsonType;

    const CASES: [(&[Test], &str, bool); 22] = [
        (&[], "null", true),
        (
            &[Test::Type(&[JsonType::Object, JsonType::Null])],
            "{}",
            true,
        ),
        (
            &[Test::Type(&[JsonType::Object, JsonType::Null])],
            "[]",
            false,
        ),
        (
            &[Test::Discriminator("kind", &["a", "b"])],
            r#"{"x":[{}],"kind":"b"}"#,
            true,
        ),
        (
            &[Test::Discriminator("kind", &["a", "b"])],
            r#"{"kind":"c"}"#,
            false,
        ),
        (
            &[Test::Discriminator("kind", &["a", "b"])],
            r#"{"kind":1}"#,
            false,
        ),
        (&[Test::Discriminator("kind", &["a", "b"])], r#""a""#, false),
        (
            &[Test::Discriminator("kind", &["a"])],
            r#"{"kind":"c","kind":"a"}"#,
            true,
        ),
        (
            &[Test::Constant(
                "n",
                &[Literal::Number("1"), Literal::Boolean(true)],
            )],
            r#"{"n":true}"#,
            true,
        ),
        (
            &[Test::Constant("n", &[Literal::Number("1")])],
            r#"{"n":1.0}"#,
            false,
        ),
        (&[Test::Is(&[Literal::String("x")])], r#""x""#, true),
        (&[Test::Is(&[Literal::String("x")])], r#""\u0078""#, true),
        (&[Test::Is(&[Literal::String("x")])], r#"["x"]"#, false),
        (&[Test::Has("id")], r#"{"id":null}"#, true),
        (&[Test::Has("id")], r#"{"it":{"id":1}}"#, false),
        (&[Test::Has("id"), Test::Has("name")], r#"{"id":1}"#, false),
        (&[Test::Lacks(&["id"])], r#"{"name":1}"#, true),
        (&[Test::Lacks(&["id"])], r#"{"id":1}"#, false),
        (&[Test::Lacks(&["id"])], "1", false),
        (&[Test::HasOnly(&["id"])], r#"{"id":1}"#, true),
        (&[Test::HasOnly(&["id"])], r#"{"id":1,"name":2}"#, false),
        (&[Test::HasOnly(&["id"])], "{}", true),
    ];

    #[test]
    fn tests_look_at_the_surface_of_a_value() -> Result<(), DecodeError> {
        for (tests, json, expected) in CASES {
            let mut reader = Reader::new(json.as_bytes())?;
            let json_type = reader.peek()?;
            let variant = Variant::tried(tests);
            let surface = Surface::read(json_type, &[variant], &mut reader)?;
            assert_eq!(surface.passes(&variant), expected, "{tests:?} of {json}");
            assert_eq!(
                reader.offset(),
                0,
                "the reader returns to the start of {json}"
            );
        }
        Ok(())
    }
}
