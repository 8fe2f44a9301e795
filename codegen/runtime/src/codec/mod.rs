//! The codec: JSON text, and the types that it fills.

pub(crate) mod bridge;
pub(crate) mod enums;
pub(crate) mod error;
pub(crate) mod json;
mod macros;
pub(crate) mod object;
pub(crate) mod scalars;
mod setters;
pub(crate) mod slot;
pub(crate) mod table;
pub(crate) mod union;
pub(crate) mod value;
