//! Branches of `oneOf` and `anyOf` that are the values of an enum.

use octogen_runtime::Value;

use super::Lowering;
use super::narrowing::target;
use super::references::{bare_reference, component_name};
use crate::document::Schema;
use crate::ir::ValueDocs;

/// Returns the values of branches that are one scalar each, with their titles as names and their descriptions.
///
/// A single branch without a title is a constant and no enum. Branches of booleans alone stay constants, too.
pub(super) fn documented_constants<'a>(
    lowering: &mut Lowering<'a, '_>,
    branches: &[Schema<'a>],
) -> Option<Vec<ValueDocs>> {
    let mut constants: Vec<ValueDocs> = Vec::new();
    for branch in branches {
        let constant = documented_constant(lowering, branch)?;
        if !constants.iter().any(|earlier| earlier.value == constant.value) {
            constants.push(constant);
        }
    }
    let are_booleans = constants.iter().all(|constant| matches!(constant.value, Value::Boolean(_)));
    if are_booleans || matches!(constants.as_slice(), [only] if only.name.is_none()) {
        return None;
    }
    // A title that several branches share names none of them.
    let names: Vec<Option<String>> = constants.iter().map(|constant| constant.name.clone()).collect();
    for constant in &mut constants {
        constant.name.take_if(|name| names.iter().flatten().filter(|other| *other == name).count() > 1);
    }
    Some(constants)
}

/// Returns the only value of a branch, or of the schema that it refers to.
fn documented_constant<'a>(lowering: &mut Lowering<'a, '_>, branch: &Schema<'a>) -> Option<ValueDocs> {
    let referenced = match &branch.reference {
        Some(_) => Some(Schema::read(target(lowering, branch)?, lowering.diagnostics)),
        None => None,
    };
    let stated = referenced.as_ref().unwrap_or(branch);
    let rest = Schema { types: Vec::new(), values: None, format: None, ..stated.clone() };
    let value = match stated.values.as_deref()? {
        [Value::Array(_) | Value::Object(_)] => return None,
        [only] if stated.reference.is_none() && !stated.nullable && !rest.is_structural() => (*only).clone(),
        _ => return None,
    };
    let own = stated.value_docs.first();
    let component = || {
        let named = bare_reference(lowering, branch).filter(|_| value.as_str().is_none())?;
        component_name(lowering, named)
    };
    let title = branch.title.or(stated.title).or(own.and_then(|own| own.name)).map(str::to_owned);
    let description = branch.description.or(stated.description).or(own.and_then(|own| own.description));
    Some(ValueDocs { name: title.or_else(component), description: description.map(str::to_owned), value })
}
