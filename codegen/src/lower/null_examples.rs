//! Examples that are null although their schemas do not admit it: some exporters write null for "no example".

use octogen_runtime::Value;
use rustc_hash::FxHashSet;

use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Api, Shape, TypeRef, Types};

/// Removes the examples that are null where the schema does not admit it, counts them, and reports them together.
pub(super) fn remove_nulls(api: &mut Api, diagnostics: &mut Diagnostics) {
    let types = &api.types;
    let is_payload = |value: &Value, ty: TypeRef| *value != Value::Null || admits_null(types, ty);
    let (payloads, nulls): (Vec<_>, Vec<_>) =
        std::mem::take(&mut api.examples).into_iter().partition(|example| is_payload(&example.value, example.ty));
    api.examples = payloads;
    let Some(first) = nulls.first() else { return };
    api.null_examples = nulls.iter().map(|example| &example.place).collect::<FxHashSet<_>>().len();
    let message = match api.null_examples {
        1 => String::from("the example is null, which its schema does not admit"),
        count => format!("{count} examples are null, which their schemas do not admit; this is the first"),
    };
    let help = "octogen ignores such examples; remove them, or let the schema admit null";
    diagnostics.warn(Code::NullExample, first.place.clone(), message, help);
}

/// Returns whether null is a value of a type.
fn admits_null(types: &Types, used: TypeRef) -> bool {
    let (mut waiting, mut seen) = (vec![used], Vec::new());
    while let Some(TypeRef { id, nullable }) = waiting.pop() {
        let ty = &types[id];
        match &ty.shape {
            _ if nullable || ty.constraints.is_untyped => return true,
            Shape::Any | Shape::Null => return true,
            Shape::Union(union) if !seen.contains(&id) => {
                seen.push(id);
                waiting.extend(union.variants.iter().map(|variant| variant.ty));
            }
            _ => {}
        }
    }
    false
}
