use super::error::DecodeError;
use super::json::{Reader, Writer};
use super::json_type::JsonType;
use super::number::Number;
use super::slot::Slot;

/// A number that JSON writes as a number or as a text, such as `5` and `"5"`. It is written back as it came. Generated
/// models use it for a schema with both types and a pattern of digits.
///
/// ```
/// use octogen_runtime::{NumberOrText, decode, encode};
///
/// let page: NumberOrText = decode(br#""12""#)?;
/// assert_eq!((page.as_i64(), encode(&page).as_str()), (Some(12), r#""12""#));
/// assert_eq!(encode(&NumberOrText::from(12)), "12");
/// # Ok::<(), octogen_runtime::DecodeError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum NumberOrText {
    /// A number.
    Number(Number),
    /// A text, which is usually a number.
    Text(String),
}

impl NumberOrText {
    /// Returns the text of the number, as it is in the JSON document.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Number(number) => number.as_str(),
            Self::Text(text) => text,
        }
    }

    /// Returns the number as an integer of 64 bits, or `None` if it is none.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.as_str().parse().ok()
    }

    /// Returns the number as an integer of 64 bits without a sign, or `None` if it is none.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        self.as_str().parse().ok()
    }

    /// Returns the number as a float, rounded to the nearest one, or `None` if the text is not a number.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        self.as_str().parse().ok()
    }
}

impl<N: Into<Number>> From<N> for NumberOrText {
    fn from(number: N) -> Self {
        Self::Number(number.into())
    }
}

impl From<&str> for NumberOrText {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for NumberOrText {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl Slot for NumberOrText {
    fn vacant() -> Self {
        Self::Text(String::new())
    }

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        *self = match reader.peek()? {
            JsonType::Number => Self::Number(Number::from_text(reader.number()?)),
            JsonType::String => Self::Text(reader.string()?.into_owned()),
            _ => return Err(reader.mismatch("a number or a text")),
        };
        Ok(())
    }

    fn encode(&self, writer: &mut Writer) {
        match self {
            Self::Number(number) => number.encode(writer),
            Self::Text(text) => writer.string(text),
        }
    }

    crate::whole_value!();
}

#[cfg(test)]
mod tests {
    use super::NumberOrText;
    use crate::codec::document::{decode, encode};

    #[test]
    fn numbers_are_written_back_as_they_came() {
        let cases = [
            ("5", Some(5), Some(5.0)),
            (r#""-7""#, Some(-7), Some(-7.0)),
            ("1.50", None, Some(1.5)),
            (r#""NaN?""#, None, None),
        ];
        for (json, integer, float) in cases {
            let decoded = decode::<NumberOrText>(json.as_bytes());
            let found = decoded
                .as_ref()
                .map(|one| (encode(one), one.as_i64(), one.as_f64()));
            assert_eq!(found, Ok((json.to_owned(), integer, float)));
        }
        assert!(decode::<NumberOrText>(b"true").is_err());
    }
}
