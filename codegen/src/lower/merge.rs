//! Merges the parts of an `allOf` into one set of keywords.

use indexmap::{IndexMap, IndexSet};
use octogen_runtime::Value;

use super::conditions::ConditionalProperty;
use crate::diagnostic::{Code, Diagnostics};
use crate::document::{Additional, Condition, Discriminator, Node, Schema, SchemaType};
use crate::ir::Constraints;

/// The keywords of several schemas that hold together.
pub(super) struct Merged<'a> {
    /// The first schema.
    pub(super) node: Option<Node<'a>>,
    pub(super) nothing: bool,
    /// A part allows null, and no part with a type forbids it.
    pub(super) nullable: bool,
    /// A part names the type `null`.
    pub(super) null: bool,
    pub(super) types: Vec<SchemaType>,
    pub(super) format: Option<&'a str>,
    pub(super) pattern: Option<&'a str>,
    pub(super) values: Option<Vec<&'a Value>>,
    /// Any other string fits as well as the values.
    pub(super) has_open_values: bool,
    pub(super) properties: IndexMap<&'a str, Vec<Node<'a>>>,
    /// The schemas that apply under a condition.
    pub(super) conditions: Vec<Condition<'a>>,
    /// The properties that only these schemas declare.
    pub(super) conditional: IndexMap<&'a str, ConditionalProperty<'a>>,
    /// The schemas under a condition of properties that are also declared without it, if one of them applies to every
    /// value.
    pub(super) narrowed: IndexMap<&'a str, Vec<Node<'a>>>,
    pub(super) required: IndexSet<&'a str>,
    pub(super) additional: Additional<'a>,
    pub(super) items: Vec<Node<'a>>,
    pub(super) unevaluated_items: Vec<Node<'a>>,
    /// The schemas of each element of a tuple.
    pub(super) prefix_items: Vec<Vec<Node<'a>>>,
    pub(super) lengths: (Option<usize>, Option<usize>),
    pub(super) patterns: Vec<Node<'a>>,
    /// Each `oneOf` and `anyOf`.
    pub(super) groups: Vec<Group<'a>>,
    pub(super) discriminator: Option<Discriminator<'a>>,
    /// The constraints of all parts, those without a shape included.
    pub(super) constraints: Constraints,
    /// The parts without their branches, to be merged with each branch.
    pub(super) base: Vec<Schema<'a>>,
    /// The schemas that are part of the type, one list for each union around it.
    pub(super) opened: Vec<Vec<Node<'a>>>,
}

/// The branches of a `oneOf` or an `anyOf`.
pub(super) struct Group<'a> {
    /// The schema that contains them.
    pub(super) node: Node<'a>,
    pub(super) branches: Vec<Node<'a>>,
    /// A value may fit several branches: `anyOf`.
    pub(super) overlapping: bool,
}

impl Merged<'_> {
    /// Reports a problem at the first schema.
    pub(super) fn warn(&self, code: Code, diagnostics: &mut Diagnostics, message: &str, help: &str) {
        if let Some(node) = &self.node {
            diagnostics.warn(code, node.place(), message, help);
        }
    }
}

/// Merges schemas that hold together. Contradictions are reported.
pub(super) fn merge_schemas<'a>(schemas: Vec<Schema<'a>>, diagnostics: &mut Diagnostics) -> Merged<'a> {
    let mut merged = merge_of_none(schemas.first().map(|schema| schema.node.clone()));
    merged.nullable = schemas.iter().any(|schema| schema.nullable);
    merged.null = schemas.iter().any(|schema| schema.null);
    for schema in schemas {
        add(&mut merged, schema, diagnostics);
    }
    merged
}

/// Returns a merge of no schemas.
pub(super) fn merge_of_none(node: Option<Node<'_>>) -> Merged<'_> {
    Merged {
        node,
        nothing: false,
        nullable: false,
        null: false,
        types: Vec::new(),
        format: None,
        pattern: None,
        values: None,
        has_open_values: false,
        properties: IndexMap::new(),
        conditions: Vec::new(),
        conditional: IndexMap::new(),
        narrowed: IndexMap::new(),
        required: IndexSet::new(),
        additional: Additional::Unstated,
        items: Vec::new(),
        unevaluated_items: Vec::new(),
        prefix_items: Vec::new(),
        lengths: (None, None),
        patterns: Vec::new(),
        groups: Vec::new(),
        discriminator: None,
        constraints: Constraints::default(),
        base: Vec::new(),
        opened: Vec::new(),
    }
}

/// A schema without its `$ref` and `allOf`.
pub(super) fn own_part(schema: Schema<'_>) -> Schema<'_> {
    Schema { reference: None, all_of: Vec::new(), ..schema }
}

/// Returns whether `type` is the only keyword of a schema.
pub(super) fn states_only_a_type(schema: &Schema<'_>) -> bool {
    !schema.types.is_empty() && !Schema { types: Vec::new(), ..schema.clone() }.is_structural()
}

fn add<'a>(merged: &mut Merged<'a>, mut schema: Schema<'a>, diagnostics: &mut Diagnostics) {
    merged.nothing |= schema.nothing;
    // A part without a type does not forbid null.
    merged.nullable &= schema.nullable || (schema.types.is_empty() && schema.values.is_none());
    if !narrow_types(&mut merged.types, &schema.types) {
        let message = "the parts of `allOf` have different types, so that no value fits all of them";
        diagnostics.warn(
            Code::AllOfConflict,
            schema.node.place(),
            message,
            "octogen uses the type of the first part; give all parts the same `type`",
        );
    }
    merged.format = merged.format.or(schema.format);
    merged.pattern = merged.pattern.or(schema.pattern);
    merge_values(merged, &mut schema, diagnostics);
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
    merged.conditions.extend(schema.conditions.iter().cloned());
    merged.items.extend(schema.items.clone());
    merged.unevaluated_items.extend(schema.unevaluated_items.clone());
    for (index, element) in schema.prefix_items.iter().enumerate() {
        match merged.prefix_items.get_mut(index) {
            Some(earlier) => earlier.push(element.clone()),
            None => merged.prefix_items.push(vec![element.clone()]),
        }
    }
    merged.lengths = (merged.lengths.0.max(schema.lengths.0), merged.lengths.1.or(schema.lengths.1));
    merged.patterns.extend(schema.patterns.iter().cloned());
    let (one_of, any_of) = (std::mem::take(&mut schema.one_of), std::mem::take(&mut schema.any_of));
    for (branches, overlapping) in [(one_of, false), (any_of, true)] {
        if !branches.is_empty() {
            merged.groups.push(Group { node: schema.node.clone(), branches, overlapping });
        }
    }
    merged.discriminator = merged.discriminator.take().or_else(|| schema.discriminator.clone());
    if schema.is_structural() {
        merged.base.push(schema);
    }
}

/// Narrows the types to those that both parts admit. Returns whether there is one.
pub(super) fn narrow_types(types: &mut Vec<SchemaType>, stated: &[SchemaType]) -> bool {
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

/// Merges the documented values. Those of a part with `enum` replace the values beside which any string fits.
fn merge_values<'a>(merged: &mut Merged<'a>, schema: &mut Schema<'a>, diagnostics: &mut Diagnostics) {
    let (Some(other), is_open) = (schema.values.take(), schema.has_open_values) else { return };
    let values = match merged.values.take() {
        None => other,
        Some(one) => match (merged.has_open_values, is_open) {
            (false, false) => common_values(one, &other, &schema.node, diagnostics),
            (false, true) => one,
            (true, false) => other,
            (true, true) => one.iter().copied().chain(other.into_iter().filter(|value| !one.contains(value))).collect(),
        },
    };
    merged.has_open_values = is_open && (merged.has_open_values || merged.values.is_none());
    merged.values = Some(values);
}

/// Returns the values that both parts document.
fn common_values<'a>(
    one: Vec<&'a Value>,
    other: &[&'a Value],
    node: &Node<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<&'a Value> {
    let both: Vec<&Value> = one.iter().copied().filter(|value| other.contains(value)).collect();
    if both.is_empty() {
        let message = "the parts of `allOf` have no documented value in common, so that no value fits all of them";
        diagnostics.warn(
            Code::AllOfConflict,
            node.place(),
            message,
            "octogen uses the values of the first part; correct `enum` or `const` in one part",
        );
        return one;
    }
    both
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_types_of_two_parts_are_narrowed_to_those_that_both_admit() {
        use SchemaType::{Array, Integer, Number, String};
        type Case<'a> = (&'a [SchemaType], &'a [SchemaType], Option<&'a [SchemaType]>);
        let cases: [Case<'_>; 7] = [
            (&[], &[], Some(&[])),
            (&[], &[String], Some(&[String])),
            (&[String], &[], Some(&[String])),
            (&[String, Array], &[Array], Some(&[Array])),
            (&[Number], &[Integer], Some(&[Integer])),
            (&[Integer], &[Number, String], Some(&[Integer])),
            (&[String], &[Array], None),
        ];
        for (one, other, wanted) in cases {
            let mut types = one.to_vec();
            let has_common = narrow_types(&mut types, other);
            assert_eq!(
                (has_common, types.as_slice()),
                (wanted.is_some(), wanted.unwrap_or(one)),
                "{one:?} and {other:?}"
            );
        }
    }
}
