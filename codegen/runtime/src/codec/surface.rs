//! The parts of a JSON value that the tests of a union look at.

use std::borrow::Cow;

use super::enums::Literal;
use super::error::DecodeError;
use super::json::Reader;
use super::json_type::JsonType;
use super::number::have_same_value;
use super::variant::{Test, Variant};

/// The parts of a value that tests look at: its type, its scalar, and the keys of an object that a test needs.
pub(super) struct Surface<'a> {
    json_type: JsonType,
    scalar: Scalar<'a>,
    /// The keys in their order. The last one counts if a key is there several times.
    entries: Vec<(Cow<'a, str>, Scalar<'a>)>,
}

/// A value that a test can compare.
enum Scalar<'a> {
    Null,
    Boolean(bool),
    Number(&'a str),
    Text(Cow<'a, str>),
    /// An array or an object. No test compares these.
    Other,
}

impl<'a> Scalar<'a> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, DecodeError> {
        Ok(match reader.peek()? {
            JsonType::Boolean => Self::Boolean(reader.boolean()?),
            JsonType::Number => Self::Number(reader.number()?),
            JsonType::String => Self::Text(reader.string()?),
            JsonType::Null => {
                reader.null()?;
                Self::Null
            }
            JsonType::Array | JsonType::Object => {
                reader.skip()?;
                Self::Other
            }
        })
    }

    fn equals(&self, literal: Literal) -> bool {
        match (self, literal) {
            (Self::Null, Literal::Null) => true,
            (Self::Boolean(one), Literal::Boolean(other)) => *one == other,
            (Self::Number(one), Literal::Number(other)) => have_same_value(one, other),
            (Self::Text(one), Literal::String(other)) => one == other,
            _ => false,
        }
    }
}

impl<'a> Surface<'a> {
    /// Reads the parts of the next value that these variants test, and returns to its start.
    pub(super) fn read(
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

    pub(super) fn passes(&self, variant: &Variant) -> bool {
        variant.tests.iter().all(|test| self.passes_test(test))
    }

    /// Returns whether the value passes those tests of a variant that count.
    pub(super) fn passes_some(&self, variant: &Variant, counts: impl Fn(&Test) -> bool) -> bool {
        let mut counting = variant.tests.iter().filter(|test| counts(test));
        counting.all(|test| self.passes_test(test))
    }

    fn passes_test(&self, test: &Test) -> bool {
        match test {
            Test::Type(types) => types.contains(&self.json_type),
            Test::Discriminator(key, values) => self.get(key).is_some_and(
                |found| matches!(found, Scalar::Text(text) if values.contains(&text.as_ref())),
            ),
            Test::Constant(key, values) => self
                .get(key)
                .is_some_and(|found| values.iter().any(|value| found.equals(*value))),
            Test::Is(values) => values.iter().any(|value| self.scalar.equals(*value)),
            Test::Has(keys) => keys.iter().all(|key| self.get(key).is_some()),
            Test::Lacks(keys) | Test::LacksUndeclared(keys) => {
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
        }
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
        JsonType::Null | JsonType::Boolean | JsonType::Number | JsonType::String
    )
}

#[cfg(test)]
mod tests {
    use super::Surface;
    use crate::codec::enums::Literal;
    use crate::codec::error::DecodeError;
    use crate::codec::json::Reader;
    use crate::codec::json_type::JsonType;
    use crate::codec::variant::{Test, Variant};

    const CASES: [(&[Test], &str, bool); 28] = [
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
            true,
        ),
        (
            &[Test::Constant("n", &[Literal::Number("1")])],
            r#"{"n":1.5}"#,
            false,
        ),
        (
            &[Test::Constant("n", &[Literal::Null])],
            r#"{"n":null}"#,
            true,
        ),
        (&[Test::Constant("n", &[Literal::Null])], "{}", false),
        (&[Test::Is(&[Literal::String("x")])], r#""x""#, true),
        (&[Test::Is(&[Literal::String("x")])], r#""\u0078""#, true),
        (&[Test::Is(&[Literal::String("x")])], r#"["x"]"#, false),
        (&[Test::Has(&["id"])], r#"{"id":null}"#, true),
        (&[Test::Has(&["id"])], r#"{"it":{"id":1}}"#, false),
        (&[Test::Has(&["id", "name"])], r#"{"id":1}"#, false),
        (&[Test::Has(&["id", "name"])], r#"{"name":1,"id":2}"#, true),
        (&[Test::Lacks(&["id"])], r#"{"name":1}"#, true),
        (&[Test::Lacks(&["id"])], r#"{"id":1}"#, false),
        (&[Test::Lacks(&["id"])], "1", false),
        (&[Test::LacksUndeclared(&["id"])], r#"{"name":1}"#, true),
        (&[Test::LacksUndeclared(&["id"])], r#"{"id":1}"#, false),
        (&[Test::HasOnly(&["id"])], r#"{"id":1}"#, true),
        (&[Test::HasOnly(&["id"])], r#"{"id":1,"name":2}"#, false),
        (&[Test::HasOnly(&["id"])], "{}", true),
    ];

    #[test]
    fn tests_look_at_the_surface_of_a_value() -> Result<(), DecodeError> {
        for (tests, json, expected) in CASES {
            let mut reader = Reader::new(json.as_bytes())?;
            let json_type = reader.peek()?;
            let variant = Variant::tried("Some", tests);
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
