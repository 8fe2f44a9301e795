//! The keywords of a schema as they are written.

use octogen_runtime::{JsonType, Value};

use super::ExternalDocs;
use super::schema_types::Types;
use crate::diagnostic::{Code, Diagnostics};
use crate::document::Node;
use crate::document::read::{Child, Map, Object, Presence, Read, object};

object! {
    /// The raw keywords of a schema object, those of OpenAPI 3.0 and of JSON Schema 2020-12, as the document writes
    /// them. A [`Schema`](super::Schema) is made from them.
    pub struct SchemaObject<'a>: open "a schema" {
        "$ref" => reference: Option<&'a str>,
        "type" => types: Option<Types>,
        "nullable" => nullable: bool,
        "title" => title: Option<&'a str>,
        "description" => description: Option<&'a str>,
        "format" => format: Option<&'a str>,
        "enum" => values: Option<Vec<&'a Value>>,
        "const" => constant: Option<&'a Value>,
        "properties" => properties: Map<'a, Subschema<'a>>,
        "required" => required: Option<Required<'a>>,
        "additionalProperties" => additional: Option<Subschema<'a>>,
        "unevaluatedProperties" => unevaluated: Option<Subschema<'a>>,
        "propertyNames" => property_names: Presence,
        "patternProperties" => patterns: Map<'a, Subschema<'a>>,
        "minProperties", "maxProperties", "dependencies",
        "items" => items: Option<Items<'a>>,
        "prefixItems" => prefix_items: Vec<Subschema<'a>>,
        "additionalItems", "uniqueItems", "minContains", "maxContains",
        "minItems" => min_items: Option<&'a Value>,
        "maxItems" => max_items: Option<&'a Value>,
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
        "$dynamicRef" => dynamic_reference: Presence,
        "contentMediaType" => content_media_type: Option<&'a str>,
        "contentEncoding" => content_encoding: Presence,
        "minimum" => minimum: Option<&'a Value>,
        "maximum" => maximum: Option<&'a Value>,
        "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern",
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
        "xml", "definitions", "$defs", "$id", "$schema", "$anchor", "$dynamicAnchor", "$comment", "$vocabulary",
    }
}

object! {
    /// The raw `discriminator` object of a schema, as the document writes it. A [`Discriminator`](super::Discriminator)
    /// is made from it.
    pub struct DiscriminatorObject<'a>: "a discriminator" {
        "propertyName" => property: Option<&'a str>,
        "mapping" => mapping: Map<'a, &'a str>,
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
    /// A schema can be a boolean. Any other type is reported when the schema is read.
    fn read(child: Child<'_, 'a>, _: &mut Diagnostics) -> Option<Self> {
        Some(Self { node: child.node() })
    }

    fn check(&self, diagnostics: &mut Diagnostics) {
        if self.node.reference().is_none() {
            SchemaObject::read_fields(self.node.clone(), diagnostics).check_fields(diagnostics);
        }
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

    fn check(&self, diagnostics: &mut Diagnostics) {
        match self {
            Self::Schema(schema) => schema.check(diagnostics),
            Self::Tuple(schemas) => schemas.check(diagnostics),
        }
    }
}
