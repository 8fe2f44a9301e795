//! A schema's keywords, typed: what 3.0 and 3.1 spell differently is spelled one way from here on.

use octogen_runtime::{JsonType, Value};

use super::Node;
use super::nearest::nearest;
use crate::diagnostic::Diagnostics;

/// The keywords of one schema object, references unresolved.
#[derive(Clone, Debug)]
pub struct Schema<'a> {
    /// Where the schema stands.
    pub node: Node<'a>,
    /// `$ref`
    pub reference: Option<&'a str>,
    /// Whether the schema is the word `false`, which no value fits.
    pub nothing: bool,
    /// `type`, without `null`; empty where it is not stated.
    pub types: Vec<SchemaType>,
    /// Whether `nullable`, `type` or the values allow null.
    pub nullable: bool,
    /// Whether `type` or the only value names null itself; without a further type nothing but null fits.
    pub null: bool,
    /// `title`
    pub title: Option<&'a str>,
    /// `description`
    pub description: Option<&'a str>,
    /// `format`
    pub format: Option<&'a str>,
    /// The values of `enum` or `const`, without null.
    pub values: Option<Vec<&'a Value>>,
    /// `properties`
    pub properties: Vec<(&'a str, Node<'a>)>,
    /// `required`
    pub required: Vec<&'a str>,
    /// `additionalProperties`
    pub additional: Additional<'a>,
    /// Whether `propertyNames` says what keys look like.
    pub names_keys: bool,
    /// The schemas under `patternProperties`.
    pub patterns: Vec<Node<'a>>,
    /// The schemas that hold under a condition: `then`, `else`, and those under `dependentSchemas`.
    pub conditional: Vec<Node<'a>>,
    /// `items`
    pub items: Option<Node<'a>>,
    /// `prefixItems`
    pub prefix_items: Vec<Node<'a>>,
    /// `minItems` and `maxItems`
    pub lengths: (Option<usize>, Option<usize>),
    /// `oneOf`
    pub one_of: Vec<Node<'a>>,
    /// `anyOf`
    pub any_of: Vec<Node<'a>>,
    /// `allOf`
    pub all_of: Vec<Node<'a>>,
    /// `discriminator`
    pub discriminator: Option<Discriminator<'a>>,
    /// `deprecated`
    pub deprecated: bool,
    /// `x-removal-date`
    pub removal_date: Option<&'a str>,
    /// `readOnly`
    pub read_only: bool,
    /// `writeOnly`
    pub write_only: bool,
    /// `default`
    pub default: Option<&'a Value>,
    /// Keywords that change which values fit and that have no effect on the types yet.
    pub uncovered: Vec<&'static str>,
}

/// A type that `type` can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaType {
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

/// What `additionalProperties` says.
#[derive(Clone, Debug)]
pub enum Additional<'a> {
    /// Nothing.
    Unstated,
    /// There are no further keys.
    Denied,
    /// Further keys have any value.
    Any,
    /// Further keys have values of a schema.
    Schema(Node<'a>),
}

/// What `discriminator` says.
#[derive(Clone, Debug)]
pub struct Discriminator<'a> {
    /// The key whose value tells the variants apart.
    pub property: &'a str,
    /// Which value stands for which reference.
    pub mapping: Vec<(&'a str, &'a str)>,
}

const UNCOVERED: [&str; 8] = [
    "not",
    "if",
    "dependentSchemas",
    "dependentRequired",
    "contains",
    "unevaluatedItems",
    "contentSchema",
    "$dynamicRef",
];

impl<'a> Schema<'a> {
    /// Reads the keywords; what is of the wrong type is reported and passed over.
    pub fn read(node: Node<'a>, diagnostics: &mut Diagnostics) -> Self {
        let d = diagnostics;
        if !matches!(node.value.kind(), JsonType::Object | JsonType::Boolean) {
            let message = format!("a schema is {}, where OpenAPI has an object", node.value.kind());
            d.warn(node.place(), message, "it is read as a schema that any value fits");
        }
        let (types, null_type) = types(&node, d);
        let (values, null_value) = values(&node, d);
        Self {
            reference: node.text("$ref", d),
            nothing: node.value.as_bool() == Some(false),
            types,
            nullable: null_type || null_value || node.flag("nullable", d),
            null: null_type || (null_value && values.is_none()),
            title: node.text("title", d),
            description: node.text("description", d),
            format: node.text("format", d).or_else(|| binary(&node, d)),
            values,
            properties: node.entries_of("properties", d),
            required: required(&node, d).iter().filter_map(|item| item.value.as_str()).collect(),
            additional: additional(&node, d),
            items: node.get("items").filter(|items| items.value.kind() != JsonType::Array),
            names_keys: node.get("propertyNames").is_some(),
            patterns: node.entries_of("patternProperties", d).into_iter().map(|(_, node)| node).collect(),
            conditional: conditional(&node, d),
            prefix_items: prefix_items(&node, d),
            lengths: (length(&node, "minItems"), length(&node, "maxItems")),
            one_of: node.items_of("oneOf", d),
            any_of: node.items_of("anyOf", d),
            all_of: node.items_of("allOf", d),
            discriminator: discriminator(&node, d),
            deprecated: node.flag("deprecated", d),
            removal_date: node.text("x-removal-date", d),
            read_only: node.flag("readOnly", d),
            write_only: node.flag("writeOnly", d),
            default: node.value.get("default"),
            uncovered: uncovered(&node),
            node,
        }
    }

    /// Whether any keyword says which values fit, apart from a reference.
    #[must_use]
    pub fn is_structural(&self) -> bool {
        self.nothing
            || self.null
            || !self.types.is_empty()
            || self.values.is_some()
            || !self.properties.is_empty()
            || !self.required.is_empty()
            || !self.patterns.is_empty()
            || !self.conditional.is_empty()
            || !matches!(self.additional, Additional::Unstated)
            || self.items.is_some()
            || !self.prefix_items.is_empty()
            || !self.one_of.is_empty()
            || !self.any_of.is_empty()
            || !self.all_of.is_empty()
            || self.format.is_some()
    }
}

/// The format that 3.0 has for bytes: 3.1 has their media type, where nothing encodes them.
fn binary(node: &Node<'_>, diagnostics: &mut Diagnostics) -> Option<&'static str> {
    let media_type = node.text("contentMediaType", diagnostics)?;
    let is_text = media_type.starts_with("text/") || media_type.ends_with("json");
    (!is_text && node.get("contentEncoding").is_none()).then_some("binary")
}

fn uncovered(node: &Node<'_>) -> Vec<&'static str> {
    UNCOVERED.into_iter().filter(|key| node.value.get(key).is_some()).collect()
}

fn conditional<'a>(node: &Node<'a>, diagnostics: &mut Diagnostics) -> Vec<Node<'a>> {
    let dependent = node.entries_of("dependentSchemas", diagnostics).into_iter().map(|(_, node)| node);
    ["then", "else"].into_iter().filter_map(|key| node.get(key)).chain(dependent).collect()
}

fn length(node: &Node<'_>, key: &str) -> Option<usize> {
    node.value.get(key)?.as_i64()?.try_into().ok()
}

fn types(node: &Node<'_>, diagnostics: &mut Diagnostics) -> (Vec<SchemaType>, bool) {
    let mut types = Vec::new();
    let mut null = false;
    let stated = match node.get("type") {
        Some(stated) if stated.value.as_array().is_some() => stated.items(),
        other => other.into_iter().collect(),
    };
    for name in stated {
        match name.value {
            Value::Null => null = true,
            Value::String(text) => match text.as_str() {
                "boolean" => types.push(SchemaType::Boolean),
                "integer" => types.push(SchemaType::Integer),
                "number" => types.push(SchemaType::Number),
                "string" => types.push(SchemaType::String),
                "array" => types.push(SchemaType::Array),
                "object" => types.push(SchemaType::Object),
                "null" => null = true,
                unknown => {
                    let message = format!("`{unknown}` is no type that OpenAPI knows");
                    diagnostics.warn(name.place(), message, type_help(unknown));
                }
            },
            _ => diagnostics.warn(name.place(), "`type` is no string", "it is passed over"),
        }
    }
    types.dedup();
    (types, null)
}

/// What may be meant by a type of other languages and formats.
const MEANT: [(&[&str], &str); 6] = [
    (&["int", "long", "int32", "int64"], "`integer` may be meant"),
    (&["float", "double", "decimal"], "`number` may be meant"),
    (&["bool"], "`boolean` may be meant"),
    (&["str", "text"], "`string` may be meant"),
    (
        &["date", "date-time", "datetime", "uuid", "uri", "email", "password", "binary", "byte", "file"],
        "a `string` with a `format` may be meant",
    ),
    (&["map", "dict", "hash", "struct"], "`object` may be meant"),
];

fn type_help(unknown: &str) -> String {
    const FALLBACK: &str = "it is passed over, so that values of any type fit";
    let types = ["boolean", "integer", "number", "string", "array", "object", "null"];
    let meant = MEANT.iter().find(|(words, _)| words.contains(&unknown)).map(|(_, meant)| (*meant).to_owned());
    match meant.or_else(|| nearest(unknown, types.into_iter()).map(|word| format!("`{word}` may be meant"))) {
        Some(meant) => format!("{FALLBACK}; {meant}"),
        None => FALLBACK.to_owned(),
    }
}

fn required<'a>(node: &Node<'a>, diagnostics: &mut Diagnostics) -> Vec<Node<'a>> {
    match node.get("required") {
        Some(stated) if stated.value.kind() == JsonType::Boolean => {
            let help = "the key is passed over; an object lists its required keys under `required`";
            diagnostics.warn(stated.place(), "`required` is a boolean, where a schema has an array", help);
            Vec::new()
        }
        _ => node.items_of("required", diagnostics),
    }
}

/// The documented values; null among them makes the schema nullable instead.
fn values<'a>(node: &Node<'a>, diagnostics: &mut Diagnostics) -> (Option<Vec<&'a Value>>, bool) {
    let stated = match (node.value.get("const"), node.expect("enum", JsonType::Array, diagnostics)) {
        (Some(constant), _) => vec![constant],
        (None, Some(list)) => list.value.as_array().unwrap_or_default().iter().collect(),
        (None, None) => return (None, false),
    };
    let null = stated.contains(&&Value::Null);
    let mut values: Vec<&Value> = Vec::new();
    for value in stated {
        if *value != Value::Null && !values.contains(&value) {
            values.push(value);
        }
    }
    // Only null is documented: the values say nothing beyond that.
    if values.is_empty() && null { (None, true) } else { (Some(values), null) }
}

fn additional<'a>(node: &Node<'a>, diagnostics: &mut Diagnostics) -> Additional<'a> {
    let Some(stated) = node.get("additionalProperties").or_else(|| node.get("unevaluatedProperties")) else {
        return Additional::Unstated;
    };
    match stated.value {
        Value::Boolean(true) => Additional::Any,
        Value::Boolean(false) => Additional::Denied,
        Value::Object(entries) if entries.is_empty() => Additional::Any,
        Value::Object(_) => Additional::Schema(stated),
        _ => {
            diagnostics.warn(stated.place(), "`additionalProperties` is no schema", "it is passed over");
            Additional::Unstated
        }
    }
}

/// The elements of a tuple, which drafts before 2020-12 spell as a list under `items`.
fn prefix_items<'a>(node: &Node<'a>, diagnostics: &mut Diagnostics) -> Vec<Node<'a>> {
    match node.get("items") {
        Some(items) if items.value.kind() == JsonType::Array => items.items(),
        _ => node.items_of("prefixItems", diagnostics),
    }
}

fn discriminator<'a>(node: &Node<'a>, diagnostics: &mut Diagnostics) -> Option<Discriminator<'a>> {
    let stated = node.expect("discriminator", JsonType::Object, diagnostics)?;
    let Some(property) = stated.text("propertyName", diagnostics) else {
        diagnostics.warn(stated.place(), "`discriminator` has no `propertyName`", "it is passed over");
        return None;
    };
    let mapping = stated.entries_of("mapping", diagnostics);
    let mapping = mapping.into_iter().filter_map(|(value, target)| Some((value, target.value.as_str()?))).collect();
    Some(Discriminator { property, mapping })
}
