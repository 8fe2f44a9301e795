//! The types that `type` of a schema can name.

use octogen_runtime::{JsonType, Value};

use crate::diagnostic::{Code, Diagnostics, nearest};
use crate::document::Node;
use crate::document::read::{Child, Read, wrong_type};

/// A type name that the keyword `type` of a schema can have, such as `string`. The name `null` is read separately.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaType {
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

/// The parsed value of the keyword `type` of a schema: one type name, or a list of type names.
#[derive(Clone, Debug, Default)]
pub struct SchemaTypes {
    /// The names without `null`.
    pub names: Vec<SchemaType>,
    /// Whether `null` is one of the names.
    pub null: bool,
}

impl<'a> Read<'a> for SchemaTypes {
    fn read(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        let mut types = Self::default();
        match child.value.kind() {
            JsonType::Array => child.node().items().iter().for_each(|name| types.add(name, diagnostics)),
            _ => types.add(&child.node(), diagnostics),
        }
        types.names.dedup();
        Some(types)
    }
}

impl SchemaTypes {
    fn add(&mut self, name: &Node<'_>, diagnostics: &mut Diagnostics) {
        let text = match name.value {
            Value::Null => {
                let message = wrong_type("`type`", name.value, JsonType::String);
                let help = "octogen reads it as the type `null`; write `'null'` in quotes, or remove the key";
                diagnostics.warn(Code::NullValue, name.place(), message, help);
                "null"
            }
            Value::String(text) => text,
            other => {
                let message = wrong_type("`type`", other, JsonType::String);
                diagnostics.warn(
                    Code::WrongType,
                    name.place(),
                    message,
                    "octogen ignores the value; write the name of a type, such as `string`",
                );
                return;
            }
        };
        match text {
            "boolean" => self.names.push(SchemaType::Boolean),
            "integer" => self.names.push(SchemaType::Integer),
            "number" => self.names.push(SchemaType::Number),
            "string" => self.names.push(SchemaType::String),
            "array" => self.names.push(SchemaType::Array),
            "object" => self.names.push(SchemaType::Object),
            "null" => self.null = true,
            unknown => {
                let message = format!("`{unknown}` is not a type of OpenAPI");
                diagnostics.warn(Code::UnknownType, name.place(), message, unknown_type_help(unknown));
            }
        }
    }
}

/// Names of types in other languages and formats, and what OpenAPI calls them.
const FOREIGN_TYPES: [(&[&str], &str); 6] = [
    (&["int", "long", "int32", "int64"], "`integer`"),
    (&["float", "double", "decimal"], "`number`"),
    (&["bool"], "`boolean`"),
    (&["str", "text"], "`string`"),
    (
        &["date", "date-time", "datetime", "uuid", "uri", "email", "password", "binary", "byte", "file"],
        "`string` with a `format`",
    ),
    (&["map", "dict", "hash", "struct"], "`object`"),
];

fn unknown_type_help(unknown: &str) -> String {
    let types = ["boolean", "integer", "number", "string", "array", "object", "null"];
    let foreign =
        FOREIGN_TYPES.iter().find(|(words, _)| words.contains(&unknown)).map(|(_, meant)| (*meant).to_owned());
    if ["any", "mixed", "unknown"].contains(&unknown) {
        return "octogen ignores `type` and accepts any value here; remove `type`: a schema without it admits any value".to_owned();
    }
    match foreign.or_else(|| nearest(unknown, types.into_iter()).map(|word| format!("`{word}`"))) {
        Some(meant) => format!("octogen ignores `type` and accepts any value here; did you mean {meant}?"),
        None => format!(
            "octogen ignores `type` and accepts any value here; write one of {}",
            types.map(|word| format!("`{word}`")).join(", ")
        ),
    }
}
