//! Names of types, their fields and their variants.

use std::collections::BTreeSet;

use octogen_runtime::Value;

use super::inline::{self, Chosen, DecidedNames};
use super::name::{Name, constants};
use super::namespace::Namespace;
use super::reserved::Case;
use super::variants::variant_words;
use super::words::Words;
use crate::analyze::Facts;
use crate::ir::{Api, Component, Enum, Origin, Shape, TypeId, TypeMap, TypeRef, Types};

/// The Rust names that belong to one model: of its struct or enum, and of its fields or variants.
#[derive(Clone, Debug)]
pub struct TypeNames {
    /// The name of the struct or enum.
    pub ty: Name,
    /// The names of the fields or variants, in the order of the document.
    pub members: Vec<Name>,
    /// The struct of the arguments of `new`, if it takes one.
    pub arguments: Option<Name>,
    /// The constants of the defaults, one for each field.
    pub defaults: Vec<Name>,
    /// The field of undeclared keys, or the variant of unknown values.
    pub other: Name,
}

/// An alias in the output: the Rust name of a schema whose definition has another name, emitted as `type`.
#[derive(Clone, Debug)]
pub struct Alias {
    /// The identifier of the alias.
    pub name: Name,
    /// The type that the alias means.
    pub ty: TypeRef,
}

/// The Rust names in the models part of the output: of all structs, enums and aliases.
#[derive(Debug)]
pub struct ModelNames {
    /// The types that are items: structs and enums.
    pub types: TypeMap<TypeNames>,
    /// The aliases, by the schema whose place or component has the name.
    pub aliases: TypeMap<Alias>,
    /// The identifiers of `types` and of the aliases of such types.
    pub items: BTreeSet<String>,
    /// The name of each schema that is an item or an alias of one, from its own place or component.
    places: TypeMap<Name>,
    /// All identifiers beside the models.
    pub namespace: Namespace,
}

impl ModelNames {
    /// Returns the name of a type after its own place or component: that of its definition, or of its alias. Every use
    /// of the type is written with this name, so that a change elsewhere in the document renames no use.
    #[must_use]
    pub fn name(&self, facts: &Facts, id: TypeId) -> Option<&Name> {
        // Without an alias it is a place within an alias, which only tests name.
        self.places.get(id).or_else(|| self.places.get(facts.shared(id)))
    }
}

/// Names all types. The names of a selection are those of the whole API.
pub(super) fn models(api: &Api, whole: Option<&Api>, facts: &Facts, place_names: bool) -> ModelNames {
    let mut namespace = Namespace::new(Case::Type, &[]);
    let mut decided = DecidedNames::default();
    if let Some(whole) = whole {
        let claimed = claim(whole, &mut namespace, &mut decided);
        decided = claimed.into_entries().map(|(id, chosen)| (whole.types.path_key(id), chosen)).collect();
    }
    let claimed = claim(api, &mut namespace, &mut decided);
    let mut claimed: TypeMap<Name> = claimed.into_entries().map(|(id, chosen)| (id, chosen.name)).collect();
    let named = named(api);
    // In a script without capital letters, a field can have the same name as a type.
    let caseless: Vec<&str> = claimed.iter().map(|(_, name)| name.as_str()).filter(|name| is_caseless(name)).collect();
    let mut types = TypeMap::default();
    let mut aliases = TypeMap::default();
    for (id, ty) in named.into_entries() {
        let Some(name) = claimed.get(id).cloned() else { continue };
        if facts.shared(id) == id && api.types[id].shape.is_item() {
            let arguments = takes_struct(api, facts, id).then(|| namespace.claim(&format!("{name} required")));
            types.insert(id, TypeNames { arguments, ..members(&api.types, facts, id, name, &caseless) });
        } else if place_names || !is_within_alias(&api.types, facts, id) {
            aliases.insert(id, Alias { name, ty: TypeRef { id: facts.shared(ty.id), ..ty } });
        }
    }
    claimed.retain(|id| types.contains(id) || aliases.contains(id) && api.types[id].shape.is_item());
    let items = claimed.iter().map(|(_, name)| name.to_string()).collect();
    ModelNames { types, aliases, items, places: claimed, namespace }
}

/// Returns whether a type has a constructor that takes a struct.
fn takes_struct(api: &Api, facts: &Facts, id: TypeId) -> bool {
    let Shape::Object(object) = &api.types[id].shape else {
        return false;
    };
    facts.in_requests(id) && facts.takes_struct(&api.types, id, object)
}

/// Returns whether a type is within an inline type that shares the definition of another one. No use has its name.
fn is_within_alias(types: &Types, facts: &Facts, mut id: TypeId) -> bool {
    while let Origin::Within(owner, _) = types[id].origin {
        if types[owner].shape.is_item() {
            return facts.shared(owner) != owner;
        }
        id = owner;
    }
    false
}

/// Returns the types that need a name: structs and enums, and components that are other types.
fn named(api: &Api) -> TypeMap<TypeRef> {
    let items = api.types.ids().filter(|id| api.types[*id].shape.is_item()).map(|id| (id, TypeRef::from(id)));
    let components = api.components.iter().filter(|component| !is_own_item(&api.types, component));
    items.chain(components.map(|one| (one.id, one.ty))).collect()
}

/// Names the types that need a name. Components come first, so that no inline type takes the name of a component,
/// and those whose names are identifiers already come before the others.
fn claim(api: &Api, namespace: &mut Namespace, decided: &mut DecidedNames) -> TypeMap<Chosen> {
    let named = named(api);
    let mut claimed = TypeMap::default();
    let mut components = Vec::new();
    for (id, _) in named.iter() {
        if let Origin::Component(name) = &api.types[id].origin {
            match decided.remove(&api.types.path_key(id)) {
                Some(chosen) => claimed.insert(id, chosen),
                None => components.push((id, name.as_str())),
            }
        }
    }
    let names = namespace.claim_all(components.iter().map(|(_, name)| *name));
    let chosen = components.into_iter().zip(names);
    claimed.extend(chosen.map(|((id, words), name)| (id, Chosen { name, words: Words::new(words, &[]) })));
    inline::claim(&api.types, named.iter().map(|(id, _)| id), namespace, decided, &mut claimed);
    claimed
}

/// Returns whether a component is emitted as an item with the name of the component.
fn is_own_item(types: &Types, component: &Component) -> bool {
    let ty = &types[component.ty.id];
    ty.shape.is_item() && ty.origin == types[component.id].origin
}

fn is_caseless(name: &str) -> bool {
    !name.chars().any(|letter| letter.is_uppercase() || letter.is_lowercase())
}

fn members(types: &Types, facts: &Facts, id: TypeId, name: Name, caseless: &[&str]) -> TypeNames {
    let (mut namespace, keys, other) = match &types[id].shape {
        Shape::Object(object) => {
            // The functions that build a struct are documented next to its fields; they are not in its namespace.
            let keys = object.fields.iter().map(|field| field.key.clone()).collect::<Vec<_>>();
            (Namespace::new(Case::Field, caseless), keys, "additional_properties")
        }
        Shape::Enum(Enum { values, open }) => {
            let docs = &types[id].docs;
            let name = |value| docs.of_value(value).and_then(|docs| docs.name.clone());
            let names = values.iter().map(|value| name(value).unwrap_or_else(|| value_text(value))).collect();
            let other = if *open { "Other" } else { "Unknown" };
            (Namespace::new(Case::Variant, &[other]), names, other)
        }
        Shape::Union(union) => {
            (Namespace::new(Case::Variant, &["Unknown"]), variant_words(types, facts.plan(id), id, union), "Unknown")
        }
        _ => (Namespace::new(Case::Field, &[]), Vec::new(), "Unknown"),
    };
    let members = namespace.claim_all(keys.iter().map(String::as_str));
    let other = match other {
        reserved @ ("Unknown" | "Other") => Name::new(reserved),
        taken if namespace.has(taken) => namespace.claim("further properties"),
        free => namespace.claim(free),
    };
    let defaults = constants("DEFAULT", &members);
    TypeNames { ty: name, members, arguments: None, defaults, other }
}

fn value_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => octogen_runtime::encode(other),
    }
}
