//! Names of types, their fields and their variants.

use std::collections::{BTreeMap, BTreeSet};

use octogen_runtime::Value;

use super::name::{Name, constants};
use super::namespace::Namespace;
use super::reserved::Case;
use crate::analyze::{Facts, is_item};
use crate::ir::{Api, Component, Origin, Shape, Step, TypeId, TypeRef, Types, Variant};

/// The Rust names that belong to one model: of its struct or enum, and of its fields or variants.
#[derive(Clone, Debug)]
pub struct TypeNames {
    /// The name of the struct or enum.
    pub ty: Name,
    /// The names of the fields or variants, in the order of the document.
    pub members: Vec<Name>,
    /// The constants of the defaults, one for each field.
    pub defaults: Vec<Name>,
    /// The field of undeclared keys, or the variant of unknown values.
    pub other: Name,
}

/// An alias in the output: another Rust name for a model, emitted as `type` where a second schema has the same
/// definition.
#[derive(Clone, Debug)]
pub struct Alias {
    /// The identifier of the alias.
    pub name: Name,
    /// The schema whose place or component has the alias.
    pub id: TypeId,
    /// The type that the alias means.
    pub ty: TypeRef,
}

/// The Rust names in the models part of the output: of all structs, enums and aliases.
#[derive(Debug)]
pub struct ModelNames {
    /// The types that are items: structs and enums.
    pub types: BTreeMap<TypeId, TypeNames>,
    /// Further names of types.
    pub aliases: Vec<Alias>,
    /// The identifiers of `types`.
    pub items: BTreeSet<String>,
    /// All identifiers beside the models.
    pub namespace: Namespace,
}

/// Names all types. Components come first, so that no inline type takes the name of a component.
pub(super) fn models(api: &Api, facts: &Facts, place_names: bool) -> ModelNames {
    let items = api.types.ids().filter(|id| is_item(&api.types[*id].shape)).map(|id| (id, TypeRef::from(id)));
    let components = api.components.iter().filter(|component| !is_own_item(&api.types, component));
    let named: BTreeMap<TypeId, TypeRef> = items.chain(components.map(|one| (one.id, one.ty))).collect();
    let (components, inline): (Vec<TypeId>, Vec<TypeId>) =
        named.keys().partition(|&&id| matches!(api.types[id].origin, Origin::Component(_)));
    let mut namespace = Namespace::new(Case::Type, &[]);
    let mut claimed = BTreeMap::new();
    for group in [components, inline] {
        let wanted: Vec<String> = group.iter().map(|&id| wanted(&api.types, id, &namespace)).collect();
        claimed.extend(group.iter().copied().zip(namespace.claim_all(wanted.iter().map(String::as_str))));
    }
    // In a script without capital letters, a field can have the same name as a type.
    let caseless: Vec<&str> = claimed.values().map(Name::as_str).filter(|name| is_caseless(name)).collect();
    let mut types = BTreeMap::new();
    let mut aliases = Vec::new();
    for (id, ty) in named {
        let name = claimed[&id].clone();
        if facts.shared(id) == id && is_item(&api.types[id].shape) {
            types.insert(id, members(&api.types, id, name, &caseless));
        } else if place_names || matches!(api.types[id].origin, Origin::Component(_)) {
            aliases.push(Alias { name, id, ty });
        }
    }
    let items = types.values().map(|names| names.ty.to_string()).collect();
    ModelNames { types, aliases, items, namespace }
}

/// Returns the wanted name of a type, from its origin. If a component has that name, a word for the kind of the type
/// follows it.
fn wanted(types: &Types, id: TypeId, components: &Namespace) -> String {
    let path = path_of(types, id);
    let kind = match &types[id].shape {
        Shape::Object(_) => "object",
        Shape::Enum(_) => "enum",
        Shape::Union(_) => "union",
        _ => return path,
    };
    if components.has(&path) { format!("{path} {kind}") } else { path }
}

/// Returns whether a component is emitted as an item with the name of the component.
fn is_own_item(types: &Types, component: &Component) -> bool {
    let ty = &types[component.ty.id];
    is_item(&ty.shape) && ty.origin == types[component.id].origin
}

/// Returns the words of the path from a named origin to the type.
fn path_of(types: &Types, id: TypeId) -> String {
    let mut words = Vec::new();
    let mut at = id;
    loop {
        match &types[at].origin {
            Origin::Component(name) => {
                words.push(name.clone());
                break;
            }
            Origin::Operation(operation, step) => {
                words.push(word(step));
                words.push(operation.clone());
                break;
            }
            Origin::Within(outer, step) => {
                words.push(word(step));
                at = *outer;
            }
        }
    }
    words.reverse();
    words.join(" ")
}

fn word(step: &Step) -> String {
    match step {
        Step::Property(key) => key.clone(),
        Step::Items => String::from("item"),
        Step::Element(index) => format!("element{index}"),
        Step::Values => String::from("value"),
        Step::Variant(label) => label.clone(),
        Step::Parameter(name) => name.clone(),
        Step::Body(label) => format!("{label} body").trim_start().to_owned(),
        Step::Response(label) => label.clone(),
    }
}

fn is_caseless(name: &str) -> bool {
    !name.chars().any(|letter| letter.is_uppercase() || letter.is_lowercase())
}

fn members(types: &Types, id: TypeId, name: Name, caseless: &[&str]) -> TypeNames {
    let (mut namespace, keys, other) = match &types[id].shape {
        Shape::Object(object) => {
            // The functions that build a struct are documented next to its fields; they are not in its namespace.
            let keys = object.fields.iter().map(|field| field.key.clone()).collect::<Vec<_>>();
            (Namespace::new(Case::Field, caseless), keys, "additional_properties")
        }
        Shape::Enum(values) => {
            (Namespace::new(Case::Variant, &["Unknown"]), values.iter().map(value_text).collect(), "")
        }
        Shape::Union(union) => {
            let label = |(index, variant): (usize, &Variant)| match (&variant.label, &types[variant.ty.id].origin) {
                (Some(label), _) | (None, Origin::Component(label)) => label.clone(),
                _ => format!("variant{}", index + 1),
            };
            (Namespace::new(Case::Variant, &["Unknown"]), union.variants.iter().enumerate().map(label).collect(), "")
        }
        _ => (Namespace::new(Case::Field, &[]), Vec::new(), ""),
    };
    let members = namespace.claim_all(keys.iter().map(String::as_str));
    let other = match other {
        "" => Name::new("Unknown"),
        taken if namespace.has(taken) => namespace.claim("further properties"),
        free => namespace.claim(free),
    };
    let defaults = constants("DEFAULT", &members);
    TypeNames { ty: name, members, defaults, other }
}

fn value_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => octogen_runtime::encode(other),
    }
}
