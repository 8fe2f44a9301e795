//! Decodes and encodes whole JSON documents.

use super::error::DecodeError;
use super::json::{Reader, Writer};
use super::slot::Slot;

/// Decodes one JSON document.
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

/// Encodes a value as compact JSON.
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

/// Creates a value for the decoder to fill ([`Slot::vacant`]).
#[doc(hidden)]
#[must_use]
pub fn vacant<T: Slot>() -> T {
    T::vacant()
}
