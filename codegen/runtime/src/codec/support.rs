//! The functions that the macros of this package call.

pub use super::enums::{
    decode_string_enum, decode_value_enum, encode_string_enum, encode_value_enum, literal_of,
    string_enum_from, text_of,
};
pub use super::examples::{ExampleCheck, check_example, example};
pub use super::object::{clone_object, debug_object};
pub use super::serde_bridge::{deserialize, serialize};
pub use super::slot::{assign_value, equal_values};
pub use super::union::{decode_union, encode_union};
