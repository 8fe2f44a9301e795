//! The parts of an `allOf` as one schema.

use indexmap::{IndexMap, IndexSet};
use octogen_runtime::Value;

use crate::diagnostic::Diagnostics;
use crate::document::{Additional, Discriminator, Node, Schema, SchemaType};

/// What several schemas say together.
pub(super) struct Merged<'a> {
    /// Where the first of them stands.
    pub(super) node: Option<Node<'a>>,
    pub(super) nothing: bool,
    /// Whether a part says that null fits, and no part that says anything of the type denies it.
    pub(super) nullable: bool,
    /// Whether null is the only type that is named.
    pub(super) null: bool,
    pub(super) types: Vec<SchemaType>,
    pub(super) format: Option<&'a str>,
    pub(super) values: Option<Vec<&'a Value>>,
    pub(super) properties: IndexMap<&'a str, Vec<Node<'a>>>,
    pub(super) required: IndexSet<&'a str>,
    pub(super) additional: Additional<'a>,
    pub(super) items: Vec<Node<'a>>,
    pub(super) prefix_items: Vec<Node<'a>>,
    /// The branches of each `oneOf` and `anyOf`.
    pub(super) branches: Vec<Vec<Node<'a>>>,
    pub(super) discriminator: Option<Discriminator<'a>>,
    /// The parts without their branches, to be merged with each branch.
    pub(super) base: Vec<Schema<'a>>,
    /// The schemas that were opened on the way here, one list for each union that the type is an arm of.
    pub(super) opened: Vec<Vec<Node<'a>>>,
}

/// Merges schemas that hold together; what can't hold at once is reported.
pub(super) fn merged<'a>(schemas: Vec<Schema<'a>>, diagnostics: &mut Diagnostics) -> Merged<'a> {
    let mut merged = Merged {
        node: schemas.first().map(|schema| schema.node.clone()),
        nothing: false,
        nullable: schemas.iter().any(|schema| schema.nullable),
        null: schemas.iter().any(|schema| schema.null),
        types: Vec::new(),
        format: None,
        values: None,
        properties: IndexMap::new(),
        required: IndexSet::new(),
        additional: Additional::Unstated,
        items: Vec::new(),
        prefix_items: Vec::new(),
        branches: Vec::new(),
        discriminator: None,
        base: Vec::new(),
        opened: Vec::new(),
    };
    for schema in schemas {
        add(&mut merged, schema, diagnostics);
    }
    merged
}

/// A schema without its `$ref` and `allOf`.
pub(super) fn own_part(schema: Schema<'_>) -> Schema<'_> {
    Schema { reference: None, all_of: Vec::new(), ..schema }
}

/// Whether `type` is all that a schema says.
pub(super) fn states_only_a_type(schema: &Schema<'_>) -> bool {
    !schema.types.is_empty() && !Schema { types: Vec::new(), ..schema.clone() }.is_structural()
}

fn add<'a>(merged: &mut Merged<'a>, mut schema: Schema<'a>, diagnostics: &mut Diagnostics) {
    for keyword in &schema.uncovered {
        let message = format!("`{keyword}` has no effect on the types yet");
        diagnostics.warn(schema.node.place(), message, "values are taken as if it was not there");
    }
    merged.nothing |= schema.nothing;
    // A part that says nothing of the type leaves it to the others whether null fits.
    merged.nullable &= schema.nullable || (schema.types.is_empty() && schema.values.is_none());
    if !agree_types(&mut merged.types, &schema.types) {
        let message = "the parts of `allOf` have different types, so that no value fits all of them";
        diagnostics.warn(schema.node.place(), message, "the type of the first part is taken");
    }
    merged.format = merged.format.or(schema.format);
    merged.values = match (merged.values.take(), schema.values.take()) {
        (Some(one), Some(other)) => Some(common(one, &other)),
        (one, other) => one.or(other),
    };
    for (key, node) in std::mem::take(&mut schema.properties) {
        merged.properties.entry(key).or_default().push(node.clone());
        schema.properties.push((key, node));
    }
    merged.required.extend(schema.required.iter().copied());
    merged.additional = match (std::mem::replace(&mut merged.additional, Additional::Unstated), &schema.additional) {
        (Additional::Schema(node), _) => Additional::Schema(node),
        (_, Additional::Schema(node)) => Additional::Schema(node.clone()),
        (Additional::Any, _) | (_, Additional::Any) => Additional::Any,
        (Additional::Denied, _) | (_, Additional::Denied) => Additional::Denied,
        (Additional::Unstated, Additional::Unstated) => Additional::Unstated,
    };
    merged.items.extend(schema.items.clone());
    merged.prefix_items.extend(schema.prefix_items.iter().cloned());
    for branches in [std::mem::take(&mut schema.one_of), std::mem::take(&mut schema.any_of)] {
        if !branches.is_empty() {
            merged.branches.push(branches);
        }
    }
    merged.discriminator = merged.discriminator.take().or_else(|| schema.discriminator.clone());
    if schema.is_structural() && !states_only_a_type(&schema) {
        merged.base.push(schema);
    }
}

/// Narrows the types to those that both state; false where there are none.
fn agree_types(types: &mut Vec<SchemaType>, stated: &[SchemaType]) -> bool {
    if stated.is_empty() {
        return true;
    }
    if types.is_empty() {
        types.extend(stated);
        return true;
    }
    let fits = |one: SchemaType, others: &[SchemaType]| {
        others.contains(&one) || (one == SchemaType::Integer && others.contains(&SchemaType::Number))
    };
    let mut both: Vec<SchemaType> = types.iter().copied().filter(|&one| fits(one, stated)).collect();
    both.extend(stated.iter().copied().filter(|&one| !types.contains(&one) && fits(one, types)));
    if both.is_empty() {
        return false;
    }
    *types = both;
    true
}

fn common<'a>(one: Vec<&'a Value>, other: &[&'a Value]) -> Vec<&'a Value> {
    let both: Vec<&Value> = one.iter().copied().filter(|value| other.contains(value)).collect();
    if both.is_empty() { one } else { both }
}
