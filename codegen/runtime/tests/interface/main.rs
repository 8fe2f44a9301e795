//! The runtime through its public interface: the texts that it accepts, the values of each kind of field, and its errors.

#![allow(
    clippy::unwrap_used,
    reason = "a test may panic outside of its test functions as well"
)]

#[macro_use]
mod models;

mod object_keys;
mod objects;
mod permissions;
mod request;
mod scalars;
mod styles;
mod texts;
mod unions;
mod wide;

use octogen_runtime::{Slot, decode, encode};

/// A JSON text through a type and back, or the error.
pub(crate) type Carry = fn(&str) -> String;

pub(crate) fn carry<T: Slot>(json: &str) -> String {
    decode::<T>(json.as_bytes()).map_or_else(|error| error.to_string(), |value| encode(&value))
}

/// The same by way of serde's traits and `serde_json`.
pub(crate) fn bridge<T: serde::Serialize + serde::de::DeserializeOwned>(json: &str) -> String {
    let written = serde_json::from_str::<T>(json).and_then(|value| serde_json::to_string(&value));
    written.unwrap_or_else(|error| error.to_string())
}

/// The value as `Debug` shows it.
pub(crate) fn debug<T: Slot>(json: &str) -> String {
    decode::<T>(json.as_bytes())
        .map_or_else(|error| error.to_string(), |value| format!("{value:?}"))
}

/// Each text becomes the one beside it; where that is empty, it stays as it is.
pub(crate) fn check(cases: &[(Carry, &str, &str)]) {
    for (carry, json, wanted) in cases {
        assert_eq!(
            carry(json),
            if wanted.is_empty() { *json } else { *wanted },
            "{json}"
        );
    }
}
