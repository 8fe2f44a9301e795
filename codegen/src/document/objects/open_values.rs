//! Open enums: a list of strings beside which any other string fits, from extension keys.

use octogen_runtime::Value;

use super::schema_keywords::SchemaObject;
use super::schema_types::SchemaType;
use crate::diagnostic::{Code, Diagnostics};

/// Reads the values of `x-extensible-enum` as those of `enum`. Returns whether any other string fits as well as the
/// values.
pub(super) fn read_open_values(
    object: &mut SchemaObject<'_>,
    types: &[SchemaType],
    diagnostics: &mut Diagnostics,
) -> bool {
    let Some(extension) = object.extensible_values else {
        let as_string = object.ms_enum.and_then(|extension| extension.get("modelAsString")).and_then(Value::as_bool);
        // One value is the discriminator value of a schema, even if the schemas beside it have further values.
        let has_several = |values: &[&Value]| values.iter().filter(|value| ***value != Value::Null).count() > 1;
        let values = object.values.as_deref().filter(|values| object.constant.is_none() && has_several(values));
        return as_string == Some(true) && values.is_some_and(|values| are_strings(values.iter().copied()));
    };
    let mut warn = |message: &str, help: &str| {
        diagnostics.warn(Code::IneffectiveKeyword, object.node.child("x-extensible-enum").place(), message, help);
    };
    if object.values.is_some() || object.constant.is_some() {
        let help = "octogen ignores `x-extensible-enum`; remove it, or `enum` and `const`";
        warn("`x-extensible-enum` is beside `enum` or `const`, which admit no further value", help);
        return false;
    }
    let values = extension.as_array().filter(|values| !values.is_empty() && are_strings(values.iter()));
    let Some(values) = values.filter(|_| types.is_empty() || types.contains(&SchemaType::String)) else {
        let help = "octogen ignores `x-extensible-enum` and accepts any value of the `type`; list the values as strings of \
                    a schema with `type: string`";
        warn("`x-extensible-enum` is not a list of strings of a schema with `type: string`", help);
        return false;
    };
    object.values = Some(values.iter().collect());
    true
}

/// Returns whether values are strings or null, at least one of them a string.
fn are_strings<'v>(values: impl Iterator<Item = &'v Value>) -> bool {
    let mut kinds = values.filter(|value| **value != Value::Null).map(|value| value.as_str().is_some()).peekable();
    kinds.peek().is_some() && kinds.all(|is_string| is_string)
}
