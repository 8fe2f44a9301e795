//! The keywords of a schema as they are written.

use octogen_runtime::{JsonType, Number, Value};

use super::ExternalDocs;
use super::schema_types::SchemaTypes;
use crate::diagnostic::{Code, Diagnostics};
use crate::document::Node;
use crate::document::check::Checker;
use crate::document::read::{Child, Map, OpenApiObject, Presence, Read, Text, Url, object, wrong_type};

object! {
    /// The raw keywords of a schema object, those of OpenAPI 3.0 and of JSON Schema 2020-12, as the document writes
    /// them. A [`Schema`](super::Schema) is made from them.
    pub struct SchemaObject<'a>: open "a schema" {
        "$ref" => reference: Option<ReferenceText<'a>>,
        "type" => types: Option<SchemaTypes>,
        "nullable" => nullable: bool [Until30 "write `null` into the list of types, such as `type: [string, 'null']`"],
        "title" => title: Option<&'a str>,
        "description" => description: Option<&'a str>,
        "format" => format: Option<Text<'a>>,
        "enum" => values: Option<Vec<&'a Value>>,
        "const" => constant: Option<&'a Value>,
        "x-extensible-enum" => extensible_values: Option<&'a Value>,
        "x-enum-varnames" => variant_names: Option<&'a Value>,
        "x-enumNames" => enum_names: Option<&'a Value>,
        "x-enum-descriptions" => value_descriptions: Option<&'a Value>,
        "x-enumDescriptions" => enum_descriptions: Option<&'a Value>,
        "x-ms-enum" => ms_enum: Option<&'a Value>,
        "properties" => properties: Map<'a, Subschema<'a>>,
        "required" => required: Option<Required<'a>>,
        "additionalProperties" => additional: Option<Subschema<'a>>,
        "unevaluatedProperties" => unevaluated: Option<Subschema<'a>>,
        "propertyNames" => property_names: Presence,
        "patternProperties" => patterns: Map<'a, Subschema<'a>>,
        "minProperties": Count, "maxProperties": Count, "dependencies",
        "items" => items: Option<Items<'a>>,
        "prefixItems" => prefix_items: Vec<Subschema<'a>>,
        "additionalItems", "uniqueItems": bool, "minContains": Count, "maxContains": Count,
        "minItems" => min_items: Option<Count>,
        "maxItems" => max_items: Option<Count>,
        "oneOf" => one_of: Vec<Subschema<'a>>,
        "anyOf" => any_of: Vec<Subschema<'a>>,
        "allOf" => all_of: Vec<Subschema<'a>>,
        "then" => then: Option<Subschema<'a>>,
        "else" => otherwise: Option<Subschema<'a>>,
        "dependentSchemas" => dependent_schemas: Map<'a, Subschema<'a>>,
        "not" => not: Presence,
        "if" => condition: Presence,
        "dependentRequired" => dependent_required: Presence,
        "contains" => contains: Presence,
        "unevaluatedItems" => unevaluated_items: Option<Subschema<'a>>,
        "contentSchema" => content_schema: Presence,
        "$dynamicRef" => dynamic_reference: Option<ReferenceText<'a>>,
        "contentMediaType" => content_media_type: Option<&'a str>,
        "contentEncoding" => content_encoding: Presence,
        "minimum" => minimum: Option<&'a Number>,
        "maximum" => maximum: Option<&'a Number>,
        "exclusiveMinimum", "exclusiveMaximum",
        "multipleOf" => multiple_of: Option<&'a Number>,
        "minLength": Count, "maxLength": Count,
        "pattern" => pattern: Option<Text<'a>>,
        "discriminator" => discriminator: Option<DiscriminatorObject<'a>>,
        "x-discriminator-value" => discriminator_value: Option<&'a Value>,
        "x-ms-discriminator-value" => ms_discriminator_value: Option<&'a Value>,
        "deprecated" => deprecated: bool,
        "x-removal-date" => removal_date: Option<&'a str>,
        "readOnly" => read_only: bool,
        "writeOnly" => write_only: bool,
        "default" => default: Option<Node<'a>>,
        "example" => example: Option<Node<'a>>,
        "examples" => examples: Option<Node<'a>>,
        "externalDocs" => external_docs: Option<ExternalDocs<'a>>,
        "xml" => xml: Option<Xml<'a>>,
        "definitions" => definitions: Map<'a, Subschema<'a>>,
        "$defs" => defs: Map<'a, Subschema<'a>>,
        "$id": &'a str, "$schema": &'a str, "$anchor": &'a str, "$dynamicAnchor": &'a str,
        "$comment": &'a str, "$vocabulary",
    }
}

object! {
    /// The raw `discriminator` object of a schema, as the document writes it. A [`Discriminator`](super::Discriminator)
    /// is made from it.
    pub struct DiscriminatorObject<'a>: "a discriminator" {
        "propertyName" => property: Option<&'a str> [Required "octogen ignores the discriminator"],
        "mapping" => mapping: Map<'a, Text<'a>>,
    }
}

object! {
    /// The `xml` object of a schema. Its keys are checked, but octogen does not use them.
    pub struct Xml<'a>: "`xml`" {
        "name": &'a str, "namespace": Url, "prefix": &'a str, "attribute": bool, "wrapped": bool,
    }
}

/// The value of a keyword that refers to another schema. Other than a text, it cannot be a number.
#[derive(Clone, Copy, Debug)]
pub struct ReferenceText<'a>(pub &'a str);

impl<'a> Read<'a> for ReferenceText<'a> {
    fn read(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        if let Value::String(text) = child.value {
            return Some(Self(text));
        }
        let keyword = format!("`{}`", child.key());
        let help = format!("octogen ignores {keyword}; write it as a string, such as `#/components/schemas/NAME`");
        let message = wrong_type(&keyword, child.value, JsonType::String);
        diagnostics.warn(Code::WrongType, child.node().place(), message, help);
        None
    }
}

/// A schema within another schema, such as one of its properties, with its place. It is read as a schema only on
/// demand.
#[derive(Clone, Debug)]
pub struct Subschema<'a> {
    /// The schema with its place.
    pub node: Node<'a>,
}

impl<'a> Read<'a> for Subschema<'a> {
    const IS_SUBSCHEMA: bool = true;

    /// A schema can be a boolean. Any other type is reported when the schema is read.
    fn read(child: Child<'_, 'a>, _: &mut Diagnostics) -> Option<Self> {
        Some(Self { node: child.node() })
    }

    fn check(&self, checker: &mut Checker<'a, '_>) {
        check_schema(self.node.clone(), checker);
    }
}

/// Checks a schema and the target of its reference.
fn check_schema<'a>(node: Node<'a>, checker: &mut Checker<'a, '_>) {
    if !checker.enter(&node, SchemaObject::NAME) {
        return;
    }
    if let Some(reference) = node.reference() {
        checker.note_reference(&node, reference, SchemaObject::NAME, check_schema);
    }
    report_no_schema(&node, checker.diagnostics());
    SchemaObject::read_fields(node, checker.diagnostics()).check_fields(checker);
}

/// Reports a value in the place of a schema that is neither an object nor a boolean.
pub(super) fn report_no_schema(node: &Node<'_>, diagnostics: &mut Diagnostics) {
    if !matches!(node.value.kind(), JsonType::Object | JsonType::Boolean) {
        let code = if *node.value == Value::Null { Code::NullValue } else { Code::WrongType };
        let message = wrong_type("a schema", node.value, JsonType::Object);
        let help = "octogen accepts any value for this schema; write the schema, or `{}` if any value is meant";
        diagnostics.warn(code, node.place(), message, help);
    }
}

/// A keyword of a schema that counts characters, elements or properties.
#[derive(Clone, Copy, Debug)]
pub struct Count(pub usize);

impl<'a> Read<'a> for Count {
    fn read(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        let count = child.value.as_i64().and_then(|count| count.try_into().ok());
        if count.is_none() && child.expect(JsonType::Number, diagnostics).is_some() {
            let message = format!("`{}` must be a whole number of at least 0", child.key());
            let help = "octogen ignores the limit; correct the number, or remove the keyword";
            diagnostics.warn(Code::ImpossibleLimit, child.node().place(), message, help);
        }
        count.map(Self)
    }
}

/// The parsed value of the keyword `required` of a schema: a list of property names.
#[derive(Clone, Debug, Default)]
pub struct Required<'a> {
    /// The names.
    pub names: Vec<&'a str>,
}

impl<'a> Read<'a> for Required<'a> {
    fn read(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        if child.value.kind() == JsonType::Boolean {
            let help = "octogen ignores `required`; if the property is required, list its name under `required` of the schema around it";
            diagnostics.warn(
                Code::WrongType,
                child.node().place(),
                "`required` of a schema is a boolean, but must be an array",
                help,
            );
            return None;
        }
        Read::read(child, diagnostics).map(|names| Self { names })
    }
}

/// The value of the keyword `items` of a schema: one schema for all elements of an array, or, as in JSON Schema before
/// 2020-12, a list of schemas for a tuple.
#[derive(Clone, Debug)]
pub enum Items<'a> {
    /// The schema of all elements.
    Schema(Subschema<'a>),
    /// The schemas of the first elements.
    Tuple(Vec<Subschema<'a>>),
}

impl<'a> Read<'a> for Items<'a> {
    fn read(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        match child.value.kind() {
            JsonType::Array => Read::read(child, diagnostics).map(Self::Tuple),
            _ => Read::read(child, diagnostics).map(Self::Schema),
        }
    }

    fn check(&self, checker: &mut Checker<'a, '_>) {
        match self {
            Self::Schema(schema) => schema.check(checker),
            Self::Tuple(schemas) => schemas.check(checker),
        }
    }
}
