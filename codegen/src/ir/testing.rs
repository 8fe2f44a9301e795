//! Types for unit tests.

use super::{
    Constraints, Declared, Docs, Enum, Field, Object, Origin, Shape, StringKind, Type, TypeId, TypeRef, Types, Union,
    Variant,
};
use crate::diagnostic::{Place, Spot};
use octogen_runtime::Value;

/// Adds a type of a given shape, named as a component, to a type collection. Use it in unit tests.
pub fn add(types: &mut Types, shape: Shape) -> TypeRef {
    let origin = Origin::Component(format!("Type{}", types.count()));
    types.add(Type::new(shape, origin, Place { file: String::new(), spot: Spot::File })).into()
}

/// Adds a plain string type to a type collection. Use it in unit tests.
pub fn string(types: &mut Types) -> TypeRef {
    add(types, Shape::String(StringKind::Plain))
}

/// Adds an enum type with these string values to a type collection. Use it in unit tests.
pub fn strings(types: &mut Types, values: &[&str]) -> TypeRef {
    add(types, Shape::Enum(Enum::of(values.iter().map(|value| Value::String((*value).to_owned())).collect())))
}

/// Adds an object type with these keys to a type collection. A key with `?` at its end is optional. Use it in unit
/// tests.
pub fn object(types: &mut Types, fields: &[(&str, TypeRef)]) -> TypeRef {
    let field = |(key, ty): &(&str, TypeRef)| Field {
        key: key.trim_end_matches('?').to_owned(),
        required: !key.ends_with('?'),
        required_in_requests: false,
        required_in_responses: false,
        declared: Declared::Always,
        ty: *ty,
        constraints: Constraints::default(),
        docs: Docs::default(),
    };
    add(types, Shape::Object(Object { fields: fields.iter().map(field).collect(), ..Object::default() }))
}

/// Adds a union type with these variants to a type collection. The discriminator values of a variant are separated by
/// spaces. Use it in unit tests.
pub fn union(types: &mut Types, discriminator: Option<&str>, variants: &[(&str, TypeRef)]) -> TypeRef {
    let variant = |(values, ty): &(&str, TypeRef)| Variant {
        discriminator_values: values.split_whitespace().map(|text| Value::String(text.to_owned())).collect(),
        ..Variant::new(*ty, format!("variant{}", ty.id.0))
    };
    let variants = variants.iter().map(variant).collect();
    add(types, Shape::Union(Union { variants, discriminator: discriminator.map(str::to_owned), ..Union::default() }))
}

/// Replaces the type of the first field of an object type, for example to make a cycle. Use it in unit tests.
pub fn set_first_field(types: &mut Types, id: TypeId, ty: TypeRef) {
    if let Shape::Object(object) = &mut types[id].shape {
        object.fields[0].ty = ty;
    }
}
