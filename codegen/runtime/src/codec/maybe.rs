use super::error::DecodeError;
use super::json::{Reader, Writer};
use super::json_type::JsonType;
use super::slot::Slot;

/// An enum for a field of a generated model whose key is optional and nullable: the key is absent, `null`, or has a
/// value. All three states survive decoding and encoding.
///
/// ```
/// use octogen_runtime::Maybe;
///
/// let clear: Maybe<String> = Maybe::Null;
/// assert_eq!(clear.value(), None);
/// assert_eq!(Maybe::from("kept".to_owned()).value().map(String::as_str), Some("kept"));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Maybe<T> {
    /// The object does not have the key.
    #[default]
    Absent,
    /// The object has the key with `null`.
    Null,
    /// The object has the key with a value.
    Value(T),
}

impl<T> Maybe<T> {
    /// Returns a reference to the value of an optional and nullable field, or `None` if its key is absent or `null`.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Returns the value of an optional and nullable field and consumes the field, or `None` if its key is absent or
    /// `null`.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }
}

impl<T> From<T> for Maybe<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// A trait of arguments that set an optional and nullable field: a value that converts into `T`, an `Option` whose `None` is
/// `null`, or a [`Maybe`]. Setters of generated models take them.
///
/// `Form` distinguishes the three. The compiler infers it from the type of the argument, so that the argument needs a type
/// of its own: `Vec::from_iter(names)`, and not `names.collect()`.
///
/// ```
/// use octogen_runtime::{IntoMaybe, Maybe};
///
/// fn keeper<Form>(keeper: impl IntoMaybe<String, Form>) -> Maybe<String> {
///     keeper.into_maybe()
/// }
///
/// assert_eq!(keeper("Ada"), Maybe::Value("Ada".to_owned()));
/// assert_eq!(keeper(None), Maybe::Null);
/// assert_eq!(keeper(Maybe::Absent), Maybe::Absent);
/// ```
pub trait IntoMaybe<T, Form> {
    /// Converts this argument into the value of an optional and nullable field.
    fn into_maybe(self) -> Maybe<T>;
}

impl<T, V: Into<T>> IntoMaybe<T, T> for V {
    fn into_maybe(self) -> Maybe<T> {
        Maybe::Value(self.into())
    }
}

impl<T> IntoMaybe<T, Option<T>> for Option<T> {
    fn into_maybe(self) -> Maybe<T> {
        self.map_or(Maybe::Null, Maybe::Value)
    }
}

impl<T> IntoMaybe<T, Maybe<T>> for Maybe<T> {
    fn into_maybe(self) -> Maybe<T> {
        self
    }
}

impl<T: Slot + PartialEq + Clone> Slot for Maybe<T> {
    fn vacant() -> Self {
        Self::Absent
    }

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        if reader.peek()? == JsonType::Null {
            reader.null()?;
            *self = Self::Null;
            return Ok(());
        }
        let mut value = T::vacant();
        value.decode(reader)?;
        *self = Self::Value(value);
        Ok(())
    }

    fn encode(&self, writer: &mut Writer) {
        match self {
            Self::Absent | Self::Null => writer.raw("null"),
            Self::Value(value) => value.encode(writer),
        }
    }

    crate::whole_value!();

    fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    fn vacate(&mut self) {
        *self = Self::Absent;
    }
}
