//! The tables of the codec. No other file knows their syntax.

use octogen_runtime::{JsonType, Value};
use proc_macro2::TokenStream;
use quote::quote;

use crate::analyze::{Proof, Test};
use crate::emit::context::Context;
use crate::emit::types::{is_text, runtime, ty};
use crate::ir::{Declared, Enum, Field, Object, Shape, TypeId, TypeRef, Union};
use crate::names::{TypeNames, fixed};

/// Returns the table of a model and the names that it has to import. In a table that is one macro, most names are
/// members.
pub(super) fn table(cx: Context<'_>, id: TypeId, names: &TypeNames) -> Option<Table> {
    match &cx.api.types[id].shape {
        Shape::Object(object) => Some(Table::new(object_table(cx, object, names), quote!(object!))),
        Shape::Enum(stated) if cx.facts.is_constant(id) || is_plain_enum(&stated.values) => None,
        Shape::Enum(stated) if is_string_enum(&stated.values) => {
            Some(Table::new(string_enum_table(stated, names), quote!(string_enum!)))
        }
        Shape::Enum(stated) => {
            let table = value_enum_table(cx, &stated.values, names);
            Some(Table { named: table.clone(), item: table })
        }
        Shape::Union(union) => {
            let tests = cx.facts.plan(id).iter().flat_map(|plan| tests(cx, &plan.tests));
            Some(Table::new(union_table(cx, id, union, names), quote!(union!; #(#tests)*)))
        }
        _ => None,
    }
}

/// The table of a model.
pub(super) struct Table {
    pub(super) item: TokenStream,
    /// The names that must be imported.
    pub(super) named: TokenStream,
}

impl Table {
    fn new(item: TokenStream, named: TokenStream) -> Self {
        Self { item, named }
    }
}

/// Returns whether a model has a map of undeclared keys.
pub(super) fn has_rest(cx: Context<'_>, object: &Object) -> bool {
    cx.keeps_unknown || object.rest.is_some()
}

/// Returns whether all documented values are strings.
pub(super) fn is_string_enum(values: &[Value]) -> bool {
    values.iter().all(|value| matches!(value, Value::String(_)))
}

/// Returns whether all documented values are strings of printable ASCII without quotes and backslashes, so that one
/// macro declares the enum and its table.
pub(super) fn is_plain_enum(values: &[Value]) -> bool {
    let is_plain = |c: char| (c.is_ascii_graphic() || c == ' ') && !matches!(c, '`' | '"' | '\\');
    is_string_enum(values) && values.iter().filter_map(Value::as_str).all(|text| text.chars().all(is_plain))
}

/// Returns the content of a union variant. Objects are boxed, because variants of very different sizes would waste
/// memory.
pub(super) fn variant_type(cx: Context<'_>, owner: TypeId, variant: TypeRef) -> TokenStream {
    if !variant.nullable && matches!(cx.api.types[variant.id].shape, Shape::Object(_)) {
        let object = ty(cx, variant, None);
        return quote!(Box<#object>);
    }
    ty(cx, variant, Some(owner))
}

fn object_table(cx: Context<'_>, object: &Object, names: &TypeNames) -> TokenStream {
    let name = &names.ty;
    let fields = object.fields.iter().zip(&names.members).map(|(field, name)| {
        let presence = match field {
            Field { required: true, .. } => quote!(),
            Field { declared: Declared::Always, .. } => quote!(?),
            _ => quote!(~),
        };
        let key = Some(&field.key).filter(|key| *key != name.bare()).map(|key| quote!(= #key));
        quote!(#presence #name #key)
    });
    let rest = has_rest(cx, object).then(|| {
        let name = &names.other;
        quote!(; #name)
    });
    quote!(object! { #name [#(#fields),* #rest] })
}

fn string_enum_table(stated: &Enum, names: &TypeNames) -> TokenStream {
    let (name, last) = (&names.ty, other_texts(stated, names));
    let texts = stated.values.iter().filter_map(Value::as_str);
    let values = texts.zip(&names.members).map(|(text, name)| quote!(#text #name,));
    quote!(string_enum! { #name [#(#values)* #last] })
}

/// Returns the last entry of the table of a string enum: the variant of all other texts, and whether the schema admits
/// them.
pub(super) fn other_texts(stated: &Enum, names: &TypeNames) -> TokenStream {
    let other = &names.other;
    if stated.open { quote!(or #other) } else { quote!(else #other) }
}

fn value_enum_table(cx: Context<'_>, values: &[Value], names: &TypeNames) -> TokenStream {
    let (name, unknown) = (&names.ty, &names.other);
    let values = values.iter().zip(&names.members).map(|(value, name)| {
        let literal = literal(cx, value);
        quote!(#literal => #name,)
    });
    quote!(value_enum! { #name [#(#values)* else #unknown] })
}

pub(super) fn literal(cx: Context<'_>, value: &Value) -> TokenStream {
    let literal = runtime(cx, "Literal");
    match value {
        Value::Null => quote!(#literal::Null),
        Value::Boolean(value) => quote!(#literal::Boolean(#value)),
        Value::String(text) => quote!(#literal::String(#text)),
        other => {
            let text = octogen_runtime::encode(other);
            quote!(#literal::Number(#text))
        }
    }
}

fn union_table(cx: Context<'_>, id: TypeId, union: &Union, names: &TypeNames) -> TokenStream {
    let (name, unknown) = (&names.ty, &names.other);
    let plan = cx.facts.plan(id);
    let sources: Vec<Option<TokenStream>> =
        (0..union.variants.len()).map(|variant| conversion_sources(cx, id, union, variant)).collect();
    let from = |variant: usize| sources.get(variant)?.as_ref().map(|source| quote!((#source)));
    let variants = plan.iter().enumerate().filter_map(|(step, plan)| {
        let name = names.members.get(plan.variant)?;
        // A variant can have several steps, and the first one has its type.
        let is_first = !cx.facts.plan(id)[..step].iter().any(|earlier| earlier.variant == plan.variant);
        let from = is_first.then(|| from(plan.variant)).flatten();
        let tests = tests(cx, &plan.tests);
        let proof = fixed(match plan.proof {
            Proof::Proven => "proven",
            Proof::Likely => "likely",
            Proof::Tried => "tried",
            Proof::Any => "any",
        });
        Some(quote!(#name #from #proof (#(#tests),*)))
    });
    // The decoder never chooses these variants. They exist so that programs can encode them.
    let members = names.members.iter().take(union.variants.len()).enumerate();
    let others =
        members.filter(|(variant, _)| !plan.iter().any(|plan| plan.variant == *variant)).map(|(variant, name)| {
            let from = from(variant);
            quote!(, #name #from)
        });
    quote!(union! { #name [#(#variants),*; #unknown #(#others)*] })
}

/// Returns the types that convert into a variant: its own type, without its box, and the types of Rust for a text or a number.
/// Returns `None` if another variant has the same type, or if the type is the union itself.
fn conversion_sources(cx: Context<'_>, id: TypeId, union: &Union, variant: usize) -> Option<TokenStream> {
    let used = union.variants[variant].ty;
    let others = || union.variants.iter().enumerate().filter(|(other, _)| *other != variant).map(|(_, other)| other.ty);
    if are_same_type(cx, used, id.into()) || others().any(|other| are_same_type(cx, used, other)) {
        return None;
    }
    let (source, content) = (ty(cx, used, None), variant_type(cx, id, used).to_string());
    if content == quote!(Box<#source>).to_string() {
        return Some(source);
    }
    let kind = |used: TypeRef| &cx.api.types[used.id].shape;
    let is_number = |used: TypeRef| matches!(kind(used), Shape::Integer(_) | Shape::Number | Shape::NumberOrText);
    let further = match kind(used) {
        _ if is_text(cx, used) && !others().any(|other| is_text(cx, other)) => quote!(, &str),
        Shape::Number if !used.nullable && !others().any(is_number) => quote!(, f64, i64),
        _ => TokenStream::new(),
    };
    (content == source.to_string()).then(|| quote!(#source #further))
}

/// Returns whether two uses have the same Rust type, although aliases may give them different names.
fn are_same_type(cx: Context<'_>, one: TypeRef, other: TypeRef) -> bool {
    let same = |one: TypeRef, other: TypeRef| are_same_type(cx, one, other);
    one.nullable == other.nullable
        && match (&cx.api.types[one.id].shape, &cx.api.types[other.id].shape) {
            (Shape::Array(one), Shape::Array(other)) | (Shape::Map(one), Shape::Map(other)) => same(*one, *other),
            (Shape::Tuple(one), Shape::Tuple(other)) => {
                one.elements.len() == other.elements.len()
                    && one.elements.iter().zip(&other.elements).all(|(one, other)| same(*one, *other))
            }
            (shape, _) if shape.is_item() => cx.facts.shared(one.id) == cx.facts.shared(other.id),
            (one, other) => one == other,
        }
}

/// Returns the tests of a variant as calls of the constructors of `Test`, as `union!` expects them. One test lists all keys
/// that an object must have.
fn tests(cx: Context<'_>, tests: &[Test]) -> Vec<TokenStream> {
    let required = tests.iter().filter_map(|test| if let Test::Has(key) = test { Some(key) } else { None });
    let required: Vec<&String> = required.collect();
    let has = (!required.is_empty()).then(|| quote!(has(&[#(#required),*])));
    let others = tests.iter().filter_map(|test| {
        Some(match test {
            Test::Has(_) => return None,
            Test::Type(kinds) => {
                let json_type = runtime(cx, "JsonType");
                let kinds = kinds.iter().map(|kind| fixed(type_name(*kind)));
                quote!(json_type(&[#(#json_type::#kinds),*]))
            }
            Test::Tag(key, values) => quote!(discriminator(#key, &[#(#values),*])),
            Test::Constant(key, values) => {
                let values = values.iter().map(|value| literal(cx, value));
                quote!(constant(#key, &[#(#values),*]))
            }
            Test::Is(values) => {
                let values = values.iter().map(|value| literal(cx, value));
                quote!(is(&[#(#values),*]))
            }
            Test::Lacks(keys) => quote!(lacks(&[#(#keys),*])),
            Test::LacksUndeclared(keys) => quote!(lacks_undeclared(&[#(#keys),*])),
            Test::HasOnly(keys) => quote!(has_only(&[#(#keys),*])),
        })
    });
    others.chain(has).collect()
}

pub(super) fn type_name(kind: JsonType) -> &'static str {
    match kind {
        JsonType::Null => "Null",
        JsonType::Boolean => "Boolean",
        JsonType::Number => "Number",
        JsonType::String => "String",
        JsonType::Array => "Array",
        JsonType::Object => "Object",
    }
}
