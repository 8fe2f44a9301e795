//! What the codec is given of each model: the only file that knows the shape of these tables.

use octogen_runtime::{JsonType, Value};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::gates::Gate;
use super::types::{runtime, ty};
use super::{Context, SourceFile, imports, pages};
use crate::analyze::Test;
use crate::ir::{Field, Object, Shape, TypeId, Union};
use crate::names::{Room, TypeNames, fixed};

/// The tables of the models of a module.
pub(super) fn file(cx: Context<'_>, module: &str, gate: &Gate, ids: &[TypeId]) -> SourceFile {
    let (mut items, mut imported) = (Vec::new(), Vec::new());
    let mut envelopes = pages::envelopes(cx);
    for &id in ids {
        let Some(names) = cx.names.types.get(&id) else {
            continue;
        };
        let ty = &names.ty;
        let written = match &cx.api.types[id].shape {
            Shape::Object(object) => vec![object_table(object, names)],
            Shape::Enum(values) if is_string_enum(values) => vec![string_enum_table(values, names)],
            Shape::Enum(values) => {
                vec![value_enum_table(cx, values, names), quote!(octogen_runtime::value_enum!(#ty);)]
            }
            Shape::Union(union) => vec![union_table(cx, id, union, names), quote!(octogen_runtime::union!(#ty);)],
            _ => continue,
        };
        let envelope = envelopes.remove(&id);
        // Of a table that is one macro, only the name of the type is a name of its own: the others are members.
        imported.push(quote!(#ty));
        imported.extend(written.iter().filter(|_| written.len() > 1).chain(&envelope).cloned());
        items.extend(written.into_iter().chain(envelope));
    }
    SourceFile {
        path: format!("models/tables/{module}.rs"),
        gate: gate.clone(),
        docs: Vec::new(),
        imports: imports::of_models(cx, &imported, &std::collections::BTreeSet::new()),
        items,
    }
}

/// Whether all documented values are strings.
pub(super) fn is_string_enum(values: &[Value]) -> bool {
    values.iter().all(|value| matches!(value, Value::String(_)))
}

/// What an arm of a union holds: objects in a box, since arms of very different size would waste room.
pub(super) fn arm_type(cx: Context<'_>, owner: TypeId, arm: TypeId) -> TokenStream {
    let (inner, nullable) = cx.api.types.without_null(arm);
    if !nullable && matches!(cx.api.types[inner].shape, Shape::Object(_)) {
        let object = ty(cx, Room::Models, inner, None);
        return quote!(Box<#object>);
    }
    ty(cx, Room::Models, arm, Some(owner))
}

fn object_table(object: &Object, names: &TypeNames) -> TokenStream {
    let name = &names.ty;
    let fields = object.fields.iter().zip(&names.members).map(|(field, name)| {
        let presence = fixed(match field {
            Field { required: true, .. } => "required",
            Field { shown: true, .. } => "shown",
            _ => "optional",
        });
        let key = &field.key;
        quote!(#presence #key #name)
    });
    let rest = object.rest.map(|_| {
        let name = &names.other;
        quote!(; rest #name)
    });
    let deprecated = object.fields.iter().any(|field| field.docs.deprecated);
    let expected = deprecated.then(|| quote!(#[expect(deprecated, reason = "the key is still documented")]));
    quote!(octogen_runtime::object! { #expected #name { #(#fields),* #rest } })
}

fn string_enum_table(values: &[Value], names: &TypeNames) -> TokenStream {
    let (name, unknown) = (&names.ty, &names.other);
    let values = values.iter().filter_map(Value::as_str).zip(&names.members).map(|(text, name)| quote!(#text #name,));
    quote!(octogen_runtime::string_enum! { #name { #(#values)* else #unknown } })
}

fn value_enum_table(cx: Context<'_>, values: &[Value], names: &TypeNames) -> TokenStream {
    let [value_enum, literal, value] = ["ValueEnum", "Literal", "Value"].map(|name| runtime(cx, Room::Models, name));
    let (name, unknown) = (&names.ty, &names.other);
    let values = values.iter().zip(&names.members).map(|(value, name)| {
        let given = given_literal(cx, value);
        quote!((#given, Self::#name))
    });
    quote! {
        impl #value_enum for #name {
            const VALUES: &'static [(#literal, Self)] = &[#(#values),*];

            fn unknown(value: #value) -> Self {
                Self::#unknown(value)
            }

            fn unknown_value(&self) -> Option<&#value> {
                match self {
                    Self::#unknown(value) => Some(value),
                    _ => None,
                }
            }
        }
    }
}

fn given_literal(cx: Context<'_>, value: &Value) -> TokenStream {
    let literal = runtime(cx, Room::Models, "Literal");
    match value {
        Value::Boolean(value) => quote!(#literal::Boolean(#value)),
        Value::String(text) => quote!(#literal::String(#text)),
        other => {
            let text = octogen_runtime::encode(other);
            quote!(#literal::Number(#text))
        }
    }
}

fn union_table(cx: Context<'_>, id: TypeId, union: &Union, names: &TypeNames) -> TokenStream {
    let [union_trait, arm, slot, value] = ["Union", "Arm", "Slot", "Value"].map(|name| runtime(cx, Room::Models, name));
    let (name, unknown) = (&names.ty, &names.other);
    let plan = cx.facts.plan(id);
    let arms = plan.iter().map(|plan| {
        let tests = plan.tests.iter().map(|given| test(cx, given));
        let proof = fixed(if plan.proven { "proven" } else { "tried" });
        quote!(#arm::#proof(&[#(#tests),*]))
    });
    let vacant = plan.iter().enumerate().filter_map(|(index, plan)| {
        let name = names.members.get(plan.arm)?;
        let index = Literal::usize_unsuffixed(index);
        Some(quote!(#index => Self::#name(#slot::vacant())))
    });
    let variants = names.members.iter().take(union.arms.len());
    let (shown, filled) = (variants.clone(), variants);
    quote! {
        impl #union_trait for #name {
            const ARMS: &'static [#arm] = &[#(#arms),*];

            fn arm(index: usize) -> Self {
                match index {
                    #(#vacant,)*
                    _ => Self::#unknown(#value::Null),
                }
            }

            fn content(&self) -> &dyn #slot {
                match self {
                    #(Self::#shown(value) => value,)*
                    Self::#unknown(value) => value,
                }
            }

            fn content_mut(&mut self) -> &mut dyn #slot {
                match self {
                    #(Self::#filled(value) => value,)*
                    Self::#unknown(value) => value,
                }
            }
        }
    }
}

fn test(cx: Context<'_>, test: &Test) -> TokenStream {
    let name = runtime(cx, Room::Models, "Test");
    match test {
        Test::Type(kinds) => {
            let json_type = runtime(cx, Room::Models, "JsonType");
            let kinds = kinds.iter().map(|kind| fixed(type_name(*kind)));
            quote!(#name::Type(&[#(#json_type::#kinds),*]))
        }
        Test::Tag(key, values) => quote!(#name::Tag(#key, &[#(#values),*])),
        Test::Constant(key, values) => {
            let values = values.iter().map(|value| given_literal(cx, value));
            quote!(#name::Constant(#key, &[#(#values),*]))
        }
        Test::Is(values) => {
            let values = values.iter().map(|value| given_literal(cx, value));
            quote!(#name::Is(&[#(#values),*]))
        }
        Test::Lacks(keys) => quote!(#name::Lacks(&[#(#keys),*])),
        Test::Has(key) => quote!(#name::Has(#key)),
        Test::Knows(keys) => quote!(#name::Knows(&[#(#keys),*])),
    }
}

fn type_name(kind: JsonType) -> &'static str {
    match kind {
        JsonType::Null => "Null",
        JsonType::Boolean => "Boolean",
        JsonType::Number => "Number",
        JsonType::String => "String",
        JsonType::Array => "Array",
        JsonType::Object => "Object",
    }
}
