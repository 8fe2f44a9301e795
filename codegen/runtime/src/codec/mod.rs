//! The JSON codec: the reader and the writer, and the types that they fill and write.
//!
//! Files of this folder import one another directly. This file only exports.

mod constant;
mod containers;
mod document;
mod enums;
mod error;
mod examples;
mod field_lookup;
#[cfg(feature = "jiff")]
mod jiff_conversions;
mod json;
mod json_type;
mod macros;
mod maybe;
mod number;
mod number_or_text;
mod object;
mod open_tuple;
mod plain;
mod secret;
mod serde_bridge;
mod setters;
mod slot;
pub mod support;
mod surface;
mod table;
mod time;
mod union;
mod union_macro;
mod value;
mod variant;

pub use constant::{Constant, ConstantValue, OneValue};
pub use containers::Map;
pub use document::{decode, encode, vacant};
pub use enums::{Literal, StringEnum, ValueEnum};
pub use error::{DecodeError, ErrorKind, PathSegment};
pub(crate) use json::Attachment;
pub use json::{Reader, Writer};
pub use json_type::JsonType;
pub use maybe::{IntoMaybe, Maybe};
pub use number::Number;
pub use number_or_text::NumberOrText;
pub use open_tuple::OpenTuple;
pub use secret::Secret;
pub use slot::{Lend, LendMut, Slot};
pub use table::{Field, Presence, Table};
pub use time::{Date, Timestamp};
pub use union::Union;
pub use value::Value;
pub use variant::{Proof, Test, Variant};
