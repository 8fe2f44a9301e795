//! Objects: their properties, also under conditions, and their undeclared keys.

use super::conditions::ConditionalProperty;
use super::facts::Facts;
use super::merge::Merged;
use super::{Lowering, unions};
use crate::diagnostic::Code;
use crate::document::{Additional, Node, Schema};
use crate::ir::{Constraints, Declared, Docs, Field, Object, Origin, Shape, Step, TypeId, TypeRef, Union, Variant};

/// Lowers an object: its properties, and the type of its undeclared keys.
pub(super) fn object<'a>(lowering: &mut Lowering<'a, '_>, id: TypeId, merged: &Merged<'a>) -> Shape {
    let mut fields = Vec::new();
    for (key, nodes) in &merged.properties {
        let schemas = lowering.read_schemas(nodes);
        let Facts { docs, constraints } = Facts::read(lowering, &schemas);
        let ty = match merged.narrowed.get(key) {
            Some(branches) => narrowed_property(lowering, (id, key), nodes, branches),
            None => lowering.lower_schemas(schemas, property(id, key)),
        };
        let required = merged.required.contains(key);
        fields.push(Field { required, ..field(key, ty, docs, constraints) });
    }
    for (key, conditional) in &merged.conditional {
        fields.push(conditional_field(lowering, id, merged, (key, conditional)));
    }
    if !fields.is_empty() {
        let undeclared = merged.required.iter().filter(|key| !fields.iter().any(|field| field.key == **key));
        let undeclared: Vec<Field> = undeclared.filter_map(|key| required_field(lowering, id, merged, key)).collect();
        fields.extend(undeclared);
    }
    let mut rest = type_of_undeclared(lowering, id, merged, fields.is_empty());
    if rest.is_none()
        && matches!(merged.additional, Additional::Unstated)
        && merged.conditional.values().any(|one| !one.is_always_declared)
    {
        // If no condition holds, the key of a conditional property has any value.
        rest = Some(lowering.types.add_within(id, Step::Values, Shape::Any).into());
    }
    match rest {
        Some(values) if fields.is_empty() => Shape::Map(values),
        rest => {
            let closed = rest.is_none() && matches!(merged.additional, Additional::Denied);
            Shape::Object(Object { fields, rest, closed })
        }
    }
}

fn property(id: TypeId, key: &str) -> Origin {
    Origin::Within(id, Step::Property(key.to_owned()))
}

fn field(key: &str, ty: TypeRef, docs: Docs, constraints: Constraints) -> Field {
    Field {
        key: key.to_owned(),
        required: false,
        required_in_requests: false,
        required_in_responses: false,
        declared: Declared::Always,
        ty,
        constraints,
        docs,
    }
}

/// Lowers a property that schemas under a condition declare once more, one of which applies to every value. Its type is a
/// union: each of these schemas, merged with those that apply without a condition.
fn narrowed_property<'a>(
    lowering: &mut Lowering<'a, '_>,
    (id, key): (TypeId, &str),
    nodes: &[Node<'a>],
    branches: &[Node<'a>],
) -> TypeRef {
    let base = lowering.read_schemas(nodes);
    let with_base = |branch: Schema<'a>| base.iter().cloned().chain([branch]).collect::<Vec<_>>();
    let mut distinct = lowering.read_schemas(&distinct_nodes(branches));
    if distinct.len() == 1 {
        return lowering.lower_schemas(with_base(distinct.remove(0)), property(id, key));
    }
    let union = lowering.types.add_within(id, Step::Property(key.to_owned()), Shape::Any);
    let variant = |branch: Schema<'a>| {
        let label = branch.title.unwrap_or_default().to_owned();
        let origin = Origin::Within(union, Step::Variant(label.clone()));
        Variant { label: Some(label), ..Variant::new(lowering.lower_schemas(with_base(branch), origin), String::new()) }
    };
    let variants = distinct.into_iter().map(variant).collect();
    // Two schemas are `then` and `else` of one condition. Of more, several can apply to one value.
    lowering.types[union].shape = Shape::Union(Union { variants, overlapping: branches.len() > 2, ..Union::default() });
    union.into()
}

/// Returns the schemas without those that repeat an earlier one.
fn distinct_nodes<'a>(nodes: &[Node<'a>]) -> Vec<Node<'a>> {
    let mut distinct: Vec<Node<'a>> = Vec::new();
    for node in nodes {
        if !distinct.iter().any(|earlier| earlier.value == node.value) {
            distinct.push(node.clone());
        }
    }
    distinct
}

/// Lowers a property that only schemas under a condition declare. Its type has the values of each of these schemas.
fn conditional_field<'a>(
    lowering: &mut Lowering<'a, '_>,
    id: TypeId,
    merged: &Merged<'a>,
    (key, conditional): (&str, &ConditionalProperty<'a>),
) -> Field {
    let distinct = distinct_nodes(&conditional.nodes);
    let first = lowering.read_schemas(&distinct[..distinct.len().min(1)]);
    let Facts { docs, constraints } = Facts::read(lowering, &first);
    let ty = if distinct.len() == 1 {
        lowering.lower_schemas(first, property(id, key))
    } else {
        let any = lowering.types.add_within(id, Step::Property(key.to_owned()), Shape::Any);
        unions::lower_any_into(lowering, any, merged, distinct);
        any.into()
    };
    let declared = if conditional.is_always_declared { Declared::Always } else { Declared::UnderCondition };
    Field { declared, ..field(key, ty, docs, constraints) }
}

/// Lowers a required key that `properties` does not declare. It has the schema of `additionalProperties`, or else any
/// value.
fn required_field<'a>(lowering: &mut Lowering<'a, '_>, id: TypeId, merged: &Merged<'a>, key: &str) -> Option<Field> {
    if let Additional::Schema(node) = &merged.additional {
        let schema = Schema::read(node.clone(), lowering.diagnostics);
        let Facts { docs, constraints } = Facts::read(lowering, std::slice::from_ref(&schema));
        let ty = lowering.lower_schema(schema, property(id, key));
        return Some(Field { required: true, ..field(key, ty, docs, constraints) });
    }
    if !merged.patterns.is_empty() {
        // A pattern may declare it.
        return None;
    }
    let message = format!("`required` lists `{key}`, which `properties` does not declare");
    merged.warn(
        Code::UndeclaredRequired,
        lowering.diagnostics,
        &message,
        "octogen adds the property, requires it in requests only, and accepts any value for it; add it to `properties`, or correct its name in `required`",
    );
    let ty = lowering.types.add_within(id, Step::Property(key.to_owned()), Shape::Any).into();
    Some(Field { required_in_requests: true, ..field(key, ty, Docs::default(), Constraints::default()) })
}

/// Returns the type of the values under undeclared keys, if the object keeps them.
fn type_of_undeclared<'a>(
    lowering: &mut Lowering<'a, '_>,
    id: TypeId,
    merged: &Merged<'a>,
    has_no_fields: bool,
) -> Option<TypeRef> {
    let values = Origin::Within(id, Step::Values);
    let any = |lowering: &mut Lowering<'_, '_>| lowering.types.add_within(id, Step::Values, Shape::Any).into();
    match (&merged.additional, merged.patterns.as_slice()) {
        // Patterns are not matched: values of one pattern have its type, and values of several have any.
        (Additional::Unstated, [only]) if !matches_every_key(only.key()) => Some(type_or_any(lowering, id, only)),
        (Additional::Unstated | Additional::Denied, [only]) => Some(lowering.lower_node(only.clone(), values)),
        (_, [_, ..]) => Some(any(lowering)),
        (Additional::Schema(node), []) => Some(lowering.lower_node(node.clone(), values)),
        (Additional::Any, []) => Some(any(lowering)),
        (Additional::Unstated, []) if has_no_fields => Some(any(lowering)),
        (Additional::Unstated | Additional::Denied, []) => None,
    }
}

/// Returns whether every key matches a pattern of `patternProperties`. It knows the usual patterns only.
fn matches_every_key(pattern: &str) -> bool {
    let inner = pattern.strip_prefix('^').unwrap_or(pattern);
    let inner = inner.strip_suffix('$').unwrap_or(inner);
    pattern.is_empty() || matches!(inner, ".*" | ".+" | "(.*)" | "(.+)" | "[\\s\\S]*" | "[\\s\\S]+")
}

/// Lowers the only schema under `patternProperties`. A key that its pattern does not match has any value.
fn type_or_any<'a>(lowering: &mut Lowering<'a, '_>, id: TypeId, node: &Node<'a>) -> TypeRef {
    let union = lowering.types.add_within(id, Step::Values, Shape::Any);
    let label = String::from("matching");
    let matching = lowering.lower_node(node.clone(), Origin::Within(union, Step::Variant(label.clone())));
    if lowering.types[lowering.types.resolve(matching).id].shape != Shape::Any {
        let other = lowering.types.add_within(union, Step::Variant(String::from("other")), Shape::Any);
        let variants = vec![
            Variant { label: Some(label), ..Variant::new(matching.id, String::new()) },
            Variant::new(other, String::from("other")),
        ];
        lowering.types[union].shape = Shape::Union(Union { variants, ..Union::default() });
    }
    union.into()
}

#[cfg(test)]
mod tests {
    use super::matches_every_key;

    #[test]
    fn patterns_that_match_every_key_are_recognised() {
        for (pattern, matches_every) in [
            ("", true),
            (".*", true),
            ("^.*$", true),
            ("^(.+)$", true),
            ("^[\\s\\S]*$", true),
            ("^$", false),
            ("^x-", false),
            ("^x-.*$", false),
            ("^[a-z]+$", false),
        ] {
            assert_eq!(matches_every_key(pattern), matches_every, "{pattern}");
        }
    }
}
