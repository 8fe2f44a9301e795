//! The discriminator values of variants.
//!
//! While schemas are lowered, a variant gets the values that a mapping or an extension states for it. When all types are
//! known, [`complete_discriminator_values`] adds the values that the variant admits, wherever its schema states them.

use octogen_runtime::{Number, Value};

use super::Lowering;
use super::all_of::parts;
use super::draft::Draft;
use crate::diagnostic::{Code, Place};
use crate::document::{Discriminator, Node, OpenApiObject, Schema, Text, UnresolvedReference};
use crate::ir::{Declared, Field, Shape, TypeId, TypeRef, Union, Variant, are_equal_scalars};

/// The depth of unions within unions whose discriminator values are collected.
const MAX_DEPTH: usize = 8;

/// A discriminator with the schema that states it.
pub(super) struct StatedDiscriminator<'a> {
    pub(super) node: Node<'a>,
    pub(super) discriminator: Discriminator<'a>,
    /// The values of the mapping with the types of their schemas. A mapping of hundreds of variants is resolved once.
    mapped: Option<Vec<(&'a str, TypeId)>>,
}

impl<'a> StatedDiscriminator<'a> {
    pub(super) fn new(node: Node<'a>, discriminator: Discriminator<'a>) -> Self {
        Self { node, discriminator, mapped: None }
    }

    /// Returns the values of the mapping with the types of their schemas.
    fn mapped(&mut self, lowering: &mut Lowering<'a, '_>) -> &[(&'a str, TypeId)] {
        let Self { node, discriminator, mapped } = self;
        mapped.get_or_insert_with(|| {
            let values = discriminator.mapping.iter().filter_map(|(value, target)| {
                let target = resolve_mapping(lowering, node, value, target)?;
                Some((*value, lowering.target(target, None)))
            });
            values.collect()
        })
    }
}

/// Returns the values that the mapping of a discriminator, or an extension of the schema, states for a schema.
pub(super) fn stated_values<'a>(
    lowering: &mut Lowering<'a, '_>,
    stated: &mut StatedDiscriminator<'a>,
    ty: TypeId,
    node: &Node<'a>,
) -> Vec<Value> {
    let mapped = stated.mapped(lowering).iter().filter(|(_, target)| *target == ty);
    let mut values: Vec<String> = mapped.map(|(value, _)| (*value).to_owned()).collect();
    if values.is_empty()
        && let Some(node) =
            lowering.files.follow(node, Schema::NAME, lowering.diagnostics).and_then(|mut trail| trail.pop())
    {
        // OpenAPI 2 has no mapping.
        values.extend(Schema::read(node, lowering.diagnostics).discriminator_value.map(str::to_owned));
    }
    values.into_iter().map(Value::String).collect()
}

/// Returns the discriminator of a schema that at least two branches of a union extend by `allOf`.
pub(super) fn inherited_discriminator<'a>(
    lowering: &mut Lowering<'a, '_>,
    branches: &[Schema<'a>],
) -> Option<StatedDiscriminator<'a>> {
    let mut bases: Vec<Node<'a>> = Vec::new();
    for branch in branches {
        for node in parts(lowering, branch.node.clone()) {
            let Some(discriminator) = Schema::read(node.clone(), lowering.diagnostics).discriminator else {
                continue;
            };
            if bases.iter().any(|base| base.is(&node)) {
                return Some(StatedDiscriminator::new(node, discriminator));
            }
            bases.push(node);
        }
    }
    None
}

/// Returns the schema that a discriminator value is mapped to, by the name of a component or by a reference.
pub(super) fn resolve_mapping<'a>(
    lowering: &mut Lowering<'a, '_>,
    from: &Node<'a>,
    value: &str,
    target: &Text<'a>,
) -> Option<Node<'a>> {
    let Text { text: target, node: stated } = target;
    let files = lowering.files;
    let is_name = target.chars().all(|char| char.is_alphanumeric() || "._-".contains(char));
    let component = |from: &Node<'a>| files.resolve(from, &format!("#/components/schemas/{target}")).ok();
    let component = files.entry().filter(|_| is_name).and_then(|entry| component(&entry).or_else(|| component(from)));
    let node = component.map_or_else(|| files.resolve(from, target), Ok);
    let missing = |unresolved: UnresolvedReference| {
        let message = format!("the discriminator maps the value `{value}` to a missing schema: {}", unresolved.message);
        lowering.diagnostics.warn(
            Code::MissingReference,
            stated.place(),
            message,
            "octogen ignores this value of the mapping; correct its reference under `mapping`",
        );
    };
    node.map_err(missing).ok()
}

/// Completes the discriminator values of all variants by those that the variants admit.
pub(super) fn complete_discriminator_values(lowering: &mut Lowering<'_, '_>) {
    for id in lowering.types.ids() {
        let Shape::Union(mut union) = lowering.types[id].shape.clone() else {
            continue;
        };
        let Some(property) = union.discriminator.clone() else {
            continue;
        };
        let claims: Vec<Claim> =
            union.variants.iter().map(|variant| Claim::of(&lowering.types, variant, &property, MAX_DEPTH)).collect();
        for (index, variant) in union.variants.iter_mut().enumerate() {
            report_contradictions(lowering, &lowering.types[id].place.clone(), &property, variant, &claims[index]);
            variant.discriminator_values = claims[index].values(&claims, index);
        }
        lowering.types[id].shape = Shape::Union(union);
    }
}

/// The discriminator values that may select a variant.
#[derive(Debug)]
struct Claim {
    /// The values that a mapping or an extension states for the variant.
    stated: Vec<Value>,
    /// The values that the schema of the variant lists.
    admitted: Vec<Value>,
    /// No other value fits the schema of the variant.
    is_complete: bool,
    /// The name of the component, which counts if nothing else states a value.
    name: Option<Value>,
}

impl Claim {
    fn of(types: &Draft, variant: &Variant, property: &str, depth: usize) -> Self {
        let mut claim = Self {
            stated: Vec::new(),
            admitted: Vec::new(),
            is_complete: true,
            name: variant.component.clone().map(Value::String),
        };
        claim.add_admitted(types, variant.ty, property, depth);
        let stated = variant.discriminator_values.iter();
        claim.stated = stated.map(|value| typed_value(types, variant.ty, property, &claim.admitted, value)).collect();
        claim
    }

    /// Adds the values that the objects of a type admit under the discriminator property.
    fn add_admitted(&mut self, types: &Draft, used: TypeRef, property: &str, depth: usize) {
        match &types[types.resolve(used).id].shape {
            Shape::Object(object) => {
                let is_property = |field: &&Field| field.key == property && field.declared == Declared::Always;
                let field = object.fields.iter().find(is_property);
                match field.and_then(|field| types.scalars(field.ty, &|used| types.resolve(used))) {
                    Some(values) => values.into_iter().for_each(|value| add(&mut self.admitted, value)),
                    None => {
                        self.is_complete = false;
                        let open = field.map(|field| &types[types.resolve(field.ty).id].shape);
                        let listed = open.into_iter().filter_map(|shape| match shape {
                            Shape::Enum(listed) => Some(&listed.values),
                            _ => None,
                        });
                        listed.flatten().for_each(|value| add(&mut self.admitted, value.clone()));
                    }
                }
            }
            Shape::Union(union) if depth > 0 => {
                for variant in &union.variants {
                    self.add_variant(types, union, variant, property, depth - 1);
                }
            }
            Shape::Union(_) | Shape::Map(_) | Shape::Any => self.is_complete = false,
            _ => {}
        }
    }

    /// Adds the values that select a variant of an inner union.
    fn add_variant(&mut self, types: &Draft, union: &Union, variant: &Variant, property: &str, depth: usize) {
        if union.discriminator.as_deref() != Some(property) {
            self.add_admitted(types, variant.ty, property, depth);
            return;
        }
        let inner = Self::of(types, variant, property, depth);
        self.is_complete &= inner.is_complete;
        inner.values(&[], 0).into_iter().for_each(|value| add(&mut self.admitted, value));
    }

    /// Returns the values that select the variant with this index. A variant that would have no value left keeps those
    /// that it admits.
    fn values(&self, all: &[Self], index: usize) -> Vec<Value> {
        let mut values = self.strong();
        let others = || all.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, other)| other);
        let is_own = |value: &&Value| !others().any(|other| self.leaves_to(other, value));
        let own: Vec<Value> = self.admitted.iter().filter(is_own).cloned().collect();
        own.into_iter().for_each(|value| add(&mut values, value));
        if values.is_empty() {
            values.clone_from(&self.admitted);
        }
        if values.is_empty() {
            values.extend(self.name.clone());
        }
        values
    }

    /// Returns whether a value that both claim belongs to the other variant: subtypes inherit the list of the values of
    /// all subtypes, and then a mapping gives each of them its own.
    fn leaves_to(&self, other: &Self, value: &Value) -> bool {
        let (own, others) = (self.claimed(), other.claimed());
        let [is_within, is_around] =
            [(&own, &others), (&others, &own)].map(|(some, all)| some.iter().all(|one| contains(all, one)));
        let is_mapped = !self.strong().is_empty();
        let is_of_other = contains(&other.strong(), value);
        is_of_other && (is_mapped || is_within && is_around)
            || is_mapped && contains(&others, value) && (is_within || is_around)
    }

    /// Returns the values that the schema lists, or else the name of the component.
    fn claimed(&self) -> Vec<Value> {
        let name = self.name.iter().filter(|_| self.stated.is_empty()).cloned();
        if self.admitted.is_empty() { name.collect() } else { self.admitted.clone() }
    }

    /// Returns the values that belong to the variant whatever other variants admit: those of the mapping, or else the
    /// name of the component if it is among several listed values.
    fn strong(&self) -> Vec<Value> {
        let name = self.name.iter().filter(|name| self.admitted.len() > 1 && contains(&self.admitted, name));
        if self.stated.is_empty() { name.cloned().collect() } else { self.stated.clone() }
    }
}

fn add(values: &mut Vec<Value>, value: Value) {
    if !contains(values, &value) {
        values.push(value);
    }
}

fn contains(values: &[Value], value: &Value) -> bool {
    values.iter().any(|one| are_equal_scalars(one, value))
}

/// Reports the values of a mapping that the variant does not admit.
fn report_contradictions(
    lowering: &mut Lowering<'_, '_>,
    place: &Place,
    property: &str,
    variant: &Variant,
    claim: &Claim,
) {
    if !claim.is_complete || claim.admitted.is_empty() {
        return;
    }
    for value in claim.stated.iter().filter(|value| !contains(&claim.admitted, value)) {
        let admitted: Vec<String> =
            claim.admitted.iter().map(|value| format!("`{}`", octogen_runtime::encode(value))).collect();
        let name = variant.component.as_deref().or(variant.label.as_deref()).unwrap_or_default();
        let message = format!(
            "the discriminator maps `{}` to `{name}`, whose property `{property}` admits only {}",
            octogen_runtime::encode(value),
            admitted.join(", ")
        );
        lowering.diagnostics.warn(
            Code::ContradictoryMapping,
            place.clone(),
            message,
            "octogen selects the variant by all these values; correct `mapping`, or the values of the property",
        );
    }
}

/// Converts the text of a mapping to the JSON type of the discriminator property: keys of a mapping are strings.
fn typed_value(types: &Draft, used: TypeRef, property: &str, admitted: &[Value], value: &Value) -> Value {
    let Value::String(text) = value else {
        return value.clone();
    };
    let number = || octogen_runtime::decode::<Number>(text.as_bytes()).ok().map(Value::Number);
    let boolean = || text.to_ascii_lowercase().parse().ok().map(Value::Boolean);
    if admitted.is_empty() {
        let field = discriminator_field(types, used, property, MAX_DEPTH);
        let typed = match field.map(|field| &types[types.resolve(field.ty).id].shape) {
            Some(Shape::Integer(_) | Shape::Number) => number(),
            Some(Shape::Boolean) => boolean(),
            _ => None,
        };
        return typed.unwrap_or_else(|| value.clone());
    }
    let typed = [Some(value.clone()), number(), boolean()];
    let fits = |typed: &Value| admitted.iter().any(|one| one.kind() == typed.kind());
    typed.into_iter().flatten().find(fits).unwrap_or_else(|| value.clone())
}

/// Returns the discriminator property of the first object among the values of a type.
fn discriminator_field<'t>(types: &'t Draft, used: TypeRef, property: &str, depth: usize) -> Option<&'t Field> {
    match &types[types.resolve(used).id].shape {
        Shape::Object(object) => object.fields.iter().find(|field| field.key == property),
        Shape::Union(union) if depth > 0 => {
            let mut variants = union.variants.iter();
            variants.find_map(|variant| discriminator_field(types, variant.ty, property, depth - 1))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::IntegerKind;
    use crate::ir::testing::{add, object, string};

    fn texts(words: &str) -> Vec<Value> {
        words.split_whitespace().map(|word| Value::String(word.to_owned())).collect()
    }

    fn claim((stated, admitted, name): (&str, &str, &str)) -> Claim {
        let name = texts(name).pop();
        Claim { stated: texts(stated), admitted: texts(admitted), is_complete: !admitted.is_empty(), name }
    }

    #[test]
    fn values_come_from_the_mapping_and_the_schema_and_else_from_the_name() {
        // The values that a mapping states, those that the schema admits, and the name; then the expected values.
        type Case<'a> = (&'a [(&'a str, &'a str, &'a str)], &'a [&'a str]);
        let cases: [Case<'_>; 10] = [
            (&[("", "", "Cat"), ("", "", "Dog")], &["Cat", "Dog"]),
            (&[("", "cat", "Cat"), ("", "dog hound", "Dog")], &["cat", "dog hound"]),
            (&[("tom", "cat kitten", "Cat"), ("", "dog", "Dog")], &["tom cat kitten", "dog"]),
            // Subtypes inherit the list of the values of all subtypes.
            (&[("cat", "cat dog cow", "Cat"), ("dog", "cat dog cow", "Dog")], &["cat", "dog"]),
            (&[("cat", "cat dog", "Cat"), ("", "cat dog", "Dog")], &["cat", "dog"]),
            (&[("cat", "cat dog cow", "Cat"), ("", "cow", "Cow")], &["cat dog", "cow"]),
            (&[("", "Cat Dog", "Cat"), ("", "Cat Dog", "Dog")], &["Cat", "Dog"]),
            (&[("", "cat dog", "Cat"), ("", "cat dog", "Dog")], &["cat dog", "cat dog"]),
            // A variant that is a union lists the names of its own variants.
            (&[("", "Cat Dog", "Dog"), ("", "", "Cat")], &["Dog", "Cat"]),
            // A variant keeps the only value that it admits.
            (&[("", "pet", "Cat"), ("pet", "pet", "Dog")], &["pet", "pet"]),
        ];
        for (claims, expected) in cases {
            let all: Vec<Claim> = claims.iter().map(|one| claim(*one)).collect();
            let found: Vec<Vec<Value>> = all.iter().enumerate().map(|(index, one)| one.values(&all, index)).collect();
            assert_eq!(found, expected.iter().map(|words| texts(words)).collect::<Vec<_>>(), "{claims:?}");
        }
    }

    #[test]
    fn the_text_of_a_mapping_becomes_a_value_of_the_property() {
        let mut types = Draft::default();
        let text = string(&mut types);
        let [integer, boolean] =
            [Shape::Integer(IntegerKind::Signed), Shape::Boolean].map(|shape| add(&mut types, shape));
        let [of_text, of_integer, of_boolean] = [text, integer, boolean].map(|ty| object(&mut types, &[("kind", ty)]));
        let cases = [(of_text, "1", r#""1""#), (of_integer, "1", "1"), (of_integer, "one", r#""one""#)];
        let cases = cases.into_iter().chain([(of_boolean, "True", "true"), (of_boolean, "no", r#""no""#)]);
        for (used, text, expected) in cases {
            let value = typed_value(&types, used, "kind", &[], &Value::String(text.to_owned()));
            assert_eq!(octogen_runtime::encode(&value), expected);
        }
        let admitted = [octogen_runtime::decode::<Value>(b"2").expect("the test has JSON")];
        let value = typed_value(&types, of_text, "kind", &admitted, &Value::String("2.0".to_owned()));
        assert!(contains(&admitted, &value), "{value:?}");
    }
}
