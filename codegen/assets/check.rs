//! The test of one payload: decoding and encoding do not change it.

mod json;

use octogen_runtime::{Slot, decode, encode};

/// Decodes a documented payload, encodes it again and compares the two texts: no key may be lost or added, a null
/// must stay a null, and each string and number must stay as it was.
///
/// # Panics
///
/// If the payload does not decode, or the encoded text differs from it.
pub fn check<T: Slot>(title: &str, payload: &str) {
    let value: T = decode(payload.as_bytes())
        .unwrap_or_else(|error| panic!("{title} does not decode: {error}"));
    let back = encode(&value);
    if let Err(difference) = json::same(payload, &back) {
        panic!("{title} does not come back as it was: {difference}");
    }
    let again: T = decode(back.as_bytes())
        .unwrap_or_else(|error| panic!("{title} does not decode again: {error}"));
    assert!(
        value.equals(&again),
        "{title} is another value after a round trip"
    );
}
