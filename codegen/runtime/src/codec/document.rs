//! Decodes and encodes whole JSON documents.

use super::error::DecodeError;
use super::json::{Reader, Writer};
use super::slot::Slot;

/// Decodes the bytes of one whole JSON document into a value of type `T`: a generated model, a [`crate::Value`], or a
/// container of them.
///
/// ```
/// use octogen_runtime::{Map, decode};
///
/// let prices: Map<i64> = decode(br#"{"tea":3}"#)?;
/// assert_eq!(prices["tea"], 3);
/// # Ok::<(), octogen_runtime::DecodeError>(())
/// ```
///
/// # Errors
///
/// If the text is not JSON, or the JSON is not of type `T`. The error names the cause and the place.
pub fn decode<T: Slot>(json: &[u8]) -> Result<T, DecodeError> {
    let mut reader = Reader::new(json)?;
    let mut value = T::vacant();
    value.decode(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// Encodes a generated model, or any other [`Slot`], as the text of a compact JSON document.
///
/// ```
/// assert_eq!(octogen_runtime::encode(&vec![true, false]), "[true,false]");
/// ```
#[must_use]
pub fn encode(value: &dyn Slot) -> String {
    let mut writer = Writer::new();
    value.encode(&mut writer);
    writer.finish()
}

/// Creates a placeholder of type `T` for the JSON decoder to fill ([`Slot::vacant`]). The macros of generated models
/// call it.
#[doc(hidden)]
#[must_use]
pub fn vacant<T: Slot>() -> T {
    T::vacant()
}
