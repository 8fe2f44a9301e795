use super::containers::{Map, decode_items};
use super::error::DecodeError;
use super::json::{Reader, Writer};
use super::json_type::JsonType;
use super::number::Number;
use super::slot::Slot;

/// The number of keys up to which a search by comparison is faster than one by hash.
const FEW_KEYS: usize = 16;

/// A JSON value of any type, as an enum. Numbers keep their text, and objects keep the order of their keys. Use it for
/// JSON without a documented schema.
///
/// ```
/// use octogen_runtime::{Value, decode, encode};
///
/// let value: Value = decode(br#"{"b":1.10,"a":null}"#)?;
/// assert_eq!(encode(&value), r#"{"b":1.10,"a":null}"#);
/// assert_eq!(value.get("b").and_then(Value::as_f64), Some(1.1));
/// # Ok::<(), octogen_runtime::DecodeError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// Any number
    Number(Number),
    /// A text
    String(String),
    /// `[…]`
    Array(Vec<Value>),
    /// `{…}`
    Object(Map<Value>),
}

impl Value {
    /// Returns the JSON type of this value: null, boolean, number, string, array or object.
    #[must_use]
    pub fn kind(&self) -> JsonType {
        match self {
            Self::Null => JsonType::Null,
            Self::Boolean(_) => JsonType::Boolean,
            Self::Number(_) => JsonType::Number,
            Self::String(_) => JsonType::String,
            Self::Array(_) => JsonType::Array,
            Self::Object(_) => JsonType::Object,
        }
    }

    /// Returns the value under a key of this JSON object, or `None` if this is not an object or does not have the key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        let entries = self.as_object()?;
        if entries.len() > FEW_KEYS {
            return entries.get(key);
        }
        entries
            .iter()
            .find(|(name, _)| *name == key)
            .map(|(_, value)| value)
    }

    /// Returns this JSON value as a boolean, or `None` if it has another type.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Boolean(value) => Some(*value),
            _ => None,
        }
    }

    /// Returns this JSON value as an integer of 64 bits, or `None` if it is not a number, has a point or an exponent,
    /// or does not fit.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Number(number) => number.as_i64(),
            _ => None,
        }
    }

    /// Returns this JSON value as a float, rounded to the nearest one, or `None` if it is not a number.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(number.as_f64()),
            _ => None,
        }
    }

    /// Returns the text of this JSON string, or `None` if the value has another type.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the elements of this JSON array, or `None` if the value has another type.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Value]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// Returns the keys and values of this JSON object as a map, or `None` if the value has another type.
    #[must_use]
    pub fn as_object(&self) -> Option<&Map<Value>> {
        match self {
            Self::Object(entries) => Some(entries),
            _ => None,
        }
    }
}

impl Slot for Value {
    fn vacant() -> Self {
        Self::Null
    }

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        *self = match reader.peek()? {
            JsonType::Null => {
                reader.null()?;
                Self::Null
            }
            JsonType::Boolean => Self::Boolean(reader.boolean()?),
            JsonType::Number => Self::Number(Number::from_text(reader.number()?)),
            JsonType::String => Self::String(reader.string()?.into_owned()),
            JsonType::Array => {
                let mut items = Vec::new();
                decode_items(reader, &mut |index, reader| {
                    let mut item = Self::Null;
                    item.decode(reader)
                        .map_err(|error| error.within_index(index))?;
                    items.push(item);
                    Ok(())
                })?;
                Self::Array(items)
            }
            JsonType::Object => {
                let mut entries = Map::new();
                let misfits = reader.misfits;
                Slot::decode(&mut entries, reader)?;
                // Any JSON documents no keys, so that these are not misfits.
                reader.misfits = misfits;
                Self::Object(entries)
            }
        };
        Ok(())
    }

    fn encode(&self, writer: &mut Writer) {
        match self {
            Self::Null => writer.raw("null"),
            Self::Boolean(value) => value.encode(writer),
            Self::Number(number) => number.encode(writer),
            Self::String(text) => writer.string(text),
            Self::Array(items) => items.encode(writer),
            Self::Object(entries) => entries.encode(writer),
        }
    }

    crate::whole_value!();
}
