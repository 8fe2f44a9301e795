//! The keywords of a schema. What versions 3.0 and 3.1 spell differently has one form here.

use octogen_runtime::{Number, Value};

use super::open_values;
use super::schema_keywords::{DiscriminatorObject, Items, SchemaObject, Subschema, report_no_schema};
use super::schema_types::{SchemaType, SchemaTypes};
use super::value_docs::{DescribedValue, value_docs};
use crate::diagnostic::{Code, Diagnostics};
use crate::document::check::Checker;
use crate::document::read::{Map, OpenApiObject, Presence, Text};
use crate::document::{Node, Reference};

/// A schema object of an OpenAPI document with its keywords in typed form: the input of lowering. References are not
/// followed.
#[derive(Clone, Debug)]
pub struct Schema<'a> {
    /// The schema with its place.
    pub node: Node<'a>,
    /// `$ref`, or else `$dynamicRef`
    pub reference: Option<Reference<'a>>,
    /// Whether the schema is `false`, which admits no value.
    pub nothing: bool,
    /// `type`, without `null`; empty if it is absent.
    pub types: Vec<SchemaType>,
    /// Whether `nullable`, `type` or the values allow null.
    pub nullable: bool,
    /// Whether `type` or the only value names null. Without a further type, the schema admits null alone.
    pub null: bool,
    /// `title`
    pub title: Option<&'a str>,
    /// `description`
    pub description: Option<&'a str>,
    /// `format`
    pub format: Option<&'a str>,
    /// The values of `enum` or `const`, without null.
    pub values: Option<Vec<&'a Value>>,
    /// Whether any other string fits as well as the values: `x-extensible-enum`, or `modelAsString` of `x-ms-enum`.
    pub has_open_values: bool,
    /// Whether `const` states the value.
    pub is_constant: bool,
    /// The values of `enum` that have a name or a description.
    pub value_docs: Vec<DescribedValue<'a>>,
    /// `pattern`
    pub pattern: Option<&'a str>,
    /// `minimum`
    pub minimum: Option<&'a Number>,
    /// `maximum`
    pub maximum: Option<&'a Number>,
    /// `properties`
    pub properties: Vec<(&'a str, Node<'a>)>,
    /// `required`
    pub required: Vec<&'a str>,
    /// `additionalProperties`
    pub additional: Additional<'a>,
    /// Whether `propertyNames` constrains the keys.
    pub names_keys: bool,
    /// The schemas under `patternProperties`.
    pub patterns: Vec<Node<'a>>,
    /// The schemas that apply under a condition.
    pub conditions: Vec<Condition<'a>>,
    /// `items`
    pub items: Option<Node<'a>>,
    /// `unevaluatedItems`, unless `contains` evaluates some of the elements.
    pub unevaluated_items: Option<Node<'a>>,
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
    /// The discriminator value of the schema, as converters from Swagger 2.0 state it.
    pub discriminator_value: Option<&'a str>,
    /// `deprecated`
    pub deprecated: bool,
    /// `x-removal-date`
    pub removal_date: Option<&'a str>,
    /// `readOnly`
    pub read_only: bool,
    /// `writeOnly`
    pub write_only: bool,
    /// `default`
    pub default: Option<Node<'a>>,
    /// `example` and the elements of `examples`
    pub examples: Vec<Node<'a>>,
}

/// Schemas of a schema object that apply to a value under a condition: those of `if`, or one of `dependentSchemas`.
#[derive(Clone, Debug)]
pub struct Condition<'a> {
    /// The schema that applies if the condition holds: `then`, or a dependent schema.
    pub then: Option<Node<'a>>,
    /// The schema that applies if it does not hold: `else`.
    pub otherwise: Option<Node<'a>>,
}

/// The value of the keyword `additionalProperties` of a schema: whether an object can have undeclared keys, and the
/// schema of their values.
#[derive(Clone, Debug)]
pub enum Additional<'a> {
    /// The keyword is absent.
    Unstated,
    /// There are no further keys.
    Denied,
    /// Further keys have any value.
    Any,
    /// The values of further keys have a schema.
    Schema(Node<'a>),
}

/// The value of the keyword `discriminator` of a schema: the property that selects a variant of a union, and the
/// mapping of its values to schemas.
#[derive(Clone, Debug)]
pub struct Discriminator<'a> {
    /// The property whose value selects a variant.
    pub property: &'a str,
    /// Discriminator values with the references or names of their schemas.
    pub mapping: Map<'a, Text<'a>>,
}

impl<'a> Schema<'a> {
    /// Reads a schema object of an OpenAPI document from its JSON value. A keyword with a value of the wrong type is
    /// reported and ignored.
    pub fn read(node: Node<'a>, diagnostics: &mut Diagnostics) -> Self {
        let d = diagnostics;
        report_no_schema(&node, d);
        let mut object = SchemaObject::read_fields(node, d);
        report_unchecked(&object, d);
        let SchemaTypes { names, null: null_type } = object.types.take().unwrap_or_default();
        let has_open_values = open_values::read_open_values(&mut object, &names, d);
        let value_docs = value_docs(&object, d);
        let (values, null_value) = values(&mut object);
        let (items, prefix_items) = match object.items.take() {
            Some(Items::Tuple(elements)) => (None, elements),
            Some(Items::Schema(schema)) => (Some(schema.node), std::mem::take(&mut object.prefix_items)),
            None => (None, std::mem::take(&mut object.prefix_items)),
        };
        let unevaluated_items = object.unevaluated_items.take().filter(|_| !object.contains.0);
        let conditions = conditions(&mut object);
        let listed = object.examples.iter().flat_map(Node::items);
        let discriminator_value = object.ms_discriminator_value.or(object.discriminator_value);
        let properties = properties(&object, d);
        let dynamic = object.dynamic_reference.map(|text| Reference { text: text.0, is_dynamic: true });
        Self {
            reference: object.reference.map(|text| Reference::from(text.0)).or(dynamic),
            nothing: object.node.value.as_bool() == Some(false),
            types: names,
            nullable: null_type || null_value || object.nullable,
            null: null_type || (null_value && values.is_none()),
            title: object.title,
            description: object.description,
            format: object
                .format
                .map(|format| format.text)
                .or_else(|| binary(object.content_media_type?, object.content_encoding)),
            values,
            has_open_values,
            value_docs,
            is_constant: object.constant.is_some(),
            pattern: object.pattern.map(|pattern| pattern.text),
            minimum: object.minimum,
            maximum: object.maximum,
            properties,
            required: object.required.unwrap_or_default().names,
            additional: additional(object.additional.or(object.unevaluated), d),
            names_keys: object.property_names.0,
            patterns: object.patterns.into_iter().map(|(_, schema)| schema.node).collect(),
            conditions,
            items,
            unevaluated_items: unevaluated_items.map(|schema| schema.node),
            prefix_items: nodes(prefix_items),
            lengths: (object.min_items.map(|count| count.0), object.max_items.map(|count| count.0)),
            one_of: nodes(object.one_of),
            any_of: nodes(object.any_of),
            all_of: nodes(object.all_of),
            discriminator: object.discriminator.and_then(discriminator),
            discriminator_value: discriminator_value.and_then(Value::as_str),
            deprecated: object.deprecated,
            removal_date: object.removal_date,
            read_only: object.read_only,
            write_only: object.write_only,
            examples: object.example.into_iter().chain(listed).collect(),
            default: object.default,
            node: object.node,
        }
    }

    /// Returns whether this schema has no schemas within it and no reference to another schema.
    #[must_use]
    pub fn is_leaf(&self) -> bool {
        let lists = [&self.all_of, &self.one_of, &self.any_of, &self.prefix_items, &self.patterns];
        self.reference.is_none()
            && lists.iter().all(|list| list.is_empty())
            && self.properties.is_empty()
            && self.conditions.is_empty()
            && self.items.is_none()
            && !matches!(self.additional, Additional::Schema(_))
    }

    /// Returns whether this schema has a keyword, apart from `$ref`, that decides the type of its values. A schema
    /// without one has only texts and limits, such as a description.
    #[must_use]
    pub fn is_structural(&self) -> bool {
        self.nothing
            || self.null
            || !self.types.is_empty()
            || self.values.is_some()
            || !self.properties.is_empty()
            || !self.required.is_empty()
            || !self.patterns.is_empty()
            || !self.conditions.is_empty()
            || !matches!(self.additional, Additional::Unstated)
            || self.items.is_some()
            || self.unevaluated_items.is_some()
            || !self.prefix_items.is_empty()
            || !self.one_of.is_empty()
            || !self.any_of.is_empty()
            || !self.all_of.is_empty()
            || self.format.is_some()
    }
}

impl<'a> OpenApiObject<'a> for Schema<'a> {
    const NAME: &'static str = SchemaObject::NAME;
    const KEYS: &'static [&'static str] = SchemaObject::KEYS;

    /// A schema can be a boolean. Any other type is reported by [`Schema::read`].
    fn accepts(_: &Value) -> bool {
        true
    }

    fn read_fields(node: Node<'a>, diagnostics: &mut Diagnostics) -> Self {
        Self::read(node, diagnostics)
    }

    fn check_fields(&self, checker: &mut Checker<'a, '_>) {
        SchemaObject::read_fields(self.node.clone(), checker.diagnostics()).check_fields(checker);
    }

    fn node(&self) -> &Node<'a> {
        &self.node
    }
}

/// Returns the format that version 3.0 has for bytes. Version 3.1 states their media type, without an encoding.
fn binary(media_type: &str, encoding: Presence) -> Option<&'static str> {
    let is_text = media_type.starts_with("text/") || media_type.ends_with("json");
    (!is_text && !encoding.0).then_some("binary")
}

fn conditions<'a>(object: &mut SchemaObject<'a>) -> Vec<Condition<'a>> {
    let node = |schema: Option<Subschema<'a>>| schema.map(|schema| schema.node);
    let (then, otherwise) = (node(object.then.take()), node(object.otherwise.take()));
    let dependent = std::mem::take(&mut object.dependent_schemas).into_iter();
    let dependent = dependent.map(|(_, schema)| Condition { then: Some(schema.node), otherwise: None });
    // `then` and `else` have no effect without `if`.
    let has_branches = object.condition.0 && (then.is_some() || otherwise.is_some());
    has_branches.then_some(Condition { then, otherwise }).into_iter().chain(dependent).collect()
}

/// Reports the keywords that constrain values and do not affect the types.
fn report_unchecked(object: &SchemaObject<'_>, diagnostics: &mut Diagnostics) {
    const CONDITION: &str =
        "octogen declares the properties of these schemas as optional and requires nothing; no change is needed";
    const CONSTRAINT: &str = "the type accepts more values than the schema; no change is needed";
    let has_branches = object.then.is_some() || object.otherwise.is_some();
    if has_branches && !object.condition.0 {
        let message = "`then` and `else` have no effect without `if`";
        diagnostics.warn(
            Code::MissingKey,
            object.node.place(),
            message,
            "octogen ignores them; add `if`, or remove them",
        );
    }
    let is_closed_by_contains = object.unevaluated_items.is_some() && object.contains.0;
    let keywords = [
        ("if", object.condition.0 && has_branches, CONDITION),
        ("dependentSchemas", !object.dependent_schemas.is_empty(), CONDITION),
        ("dependentRequired", object.dependent_required.0, CONSTRAINT),
        ("not", object.not.0, CONSTRAINT),
        ("contains", object.contains.0, CONSTRAINT),
        ("unevaluatedItems", is_closed_by_contains, CONSTRAINT),
        ("contentSchema", object.content_schema.0, "octogen keeps the value as a text; no change is needed"),
        ("$dynamicRef", object.reference.is_some() && object.dynamic_reference.is_some(), CONSTRAINT),
    ];
    for (keyword, _, help) in keywords.into_iter().filter(|(_, is_unchecked, _)| *is_unchecked) {
        let message = format!("octogen does not check the keyword `{keyword}`");
        diagnostics.warn(Code::UncheckedKeyword, object.node.place(), message, help);
    }
}

/// Returns the schemas of the properties. A `$ref` in place of all of them is followed.
fn properties<'a>(object: &SchemaObject<'a>, diagnostics: &mut Diagnostics) -> Vec<(&'a str, Node<'a>)> {
    let mut properties: Vec<_> = object.properties.iter().map(|(key, schema)| (*key, schema.node.clone())).collect();
    let place = object.node.get("properties").filter(|node| node.reference().is_some());
    let target = place.and_then(|node| node.behind_misplaced_reference("`properties`", diagnostics));
    let shared = target.iter().flat_map(Node::entries);
    properties.extend(shared.map(|(key, node)| (key, Node { is_shared: true, ..node })));
    properties
}

fn nodes<'a>(schemas: impl IntoIterator<Item = Subschema<'a>>) -> Vec<Node<'a>> {
    schemas.into_iter().map(|schema| schema.node).collect()
}

/// Returns the documented values, and whether null is one of them: it makes the schema nullable instead.
fn values<'a>(object: &mut SchemaObject<'a>) -> (Option<Vec<&'a Value>>, bool) {
    let listed = object.values.take();
    let Some(listed) = object.constant.map(|constant| vec![constant]).or(listed) else {
        return (None, false);
    };
    let null = listed.contains(&&Value::Null);
    let mut values: Vec<&Value> = Vec::new();
    for value in listed {
        if *value != Value::Null && !values.contains(&value) {
            values.push(value);
        }
    }
    // If null is the only documented value, nothing is known about other values.
    if values.is_empty() && null { (None, true) } else { (Some(values), null) }
}

fn additional<'a>(stated: Option<Subschema<'a>>, diagnostics: &mut Diagnostics) -> Additional<'a> {
    let Some(Subschema { node }) = stated else {
        return Additional::Unstated;
    };
    match node.value {
        Value::Boolean(true) => Additional::Any,
        Value::Boolean(false) => Additional::Denied,
        Value::Object(entries) if entries.is_empty() => Additional::Any,
        Value::Object(_) => Additional::Schema(node),
        other => {
            let message = format!("`additionalProperties` is {}, but must be a schema or a boolean", other.kind());
            let help = "octogen ignores `additionalProperties`; write `true`, `false` or a schema";
            diagnostics.warn(Code::WrongType, node.place(), message, help);
            Additional::Unstated
        }
    }
}

fn discriminator(stated: DiscriminatorObject<'_>) -> Option<Discriminator<'_>> {
    Some(Discriminator { property: stated.property?, mapping: stated.mapping })
}
