//! Branches of `oneOf` and `anyOf` that are the values of an enum.

use octogen_runtime::Value;

use super::Lowering;
use super::narrowing::target;
use super::references::{bare_reference, component_name};
use crate::diagnostic::{Code, Diagnostics, Place};
use crate::document::{Node, Schema};
use crate::ir::ValueDocs;

/// Returns the values of branches that are one scalar each, with their titles as names and their descriptions.
///
/// A single branch without a title is a constant and no enum. Branches of booleans alone stay constants, too.
pub(super) fn documented_constants<'a>(
    lowering: &mut Lowering<'a, '_>,
    union: &Node<'a>,
    branches: &[Schema<'a>],
) -> Option<Vec<ValueDocs>> {
    let (mut constants, mut components): (Vec<ValueDocs>, Vec<Option<String>>) = (Vec::new(), Vec::new());
    for branch in branches {
        let (constant, component) = documented_constant(lowering, branch)?;
        if !constants.iter().any(|earlier| earlier.value == constant.value) {
            constants.push(constant);
            components.push(component);
        }
    }
    remove_shared_names(&mut constants, &union.place(), lowering.diagnostics);
    for (constant, component) in constants.iter_mut().zip(components) {
        constant.name = constant.name.take().or(component);
    }
    let are_booleans = constants.iter().all(|constant| matches!(constant.value, Value::Boolean(_)));
    if are_booleans || matches!(constants.as_slice(), [only] if only.name.is_none()) {
        return None;
    }
    Some(constants)
}

/// Removes a name that several values share, and reports it: it names none of them.
pub(super) fn remove_shared_names(constants: &mut [ValueDocs], place: &Place, diagnostics: &mut Diagnostics) {
    let names: Vec<String> = constants.iter().filter_map(|constant| constant.name.clone()).collect();
    let is_shared = |name: &String| names.iter().filter(|other| *other == name).count() > 1;
    let mut shared: Vec<&String> = names.iter().filter(|name| is_shared(name)).collect();
    shared.dedup();
    for constant in constants {
        constant.name.take_if(|name| is_shared(name));
    }
    if let Some(name) = shared.first() {
        diagnostics.warn(
            Code::EnumNames,
            place.clone(),
            format!("several constants of this union have the title `{name}`"),
            "octogen names the variants after their values; give each constant a title of its own",
        );
    }
}

/// Returns the only value of a branch, or of the schema that it refers to, and the name of this schema if the value is no
/// string.
fn documented_constant<'a>(
    lowering: &mut Lowering<'a, '_>,
    branch: &Schema<'a>,
) -> Option<(ValueDocs, Option<String>)> {
    let referenced = match &branch.reference {
        Some(_) => Some(Schema::read(target(lowering, branch)?, lowering.diagnostics)),
        None => None,
    };
    let stated = referenced.as_ref().unwrap_or(branch);
    let rest = Schema { types: Vec::new(), values: None, format: None, ..stated.clone() };
    let value = match stated.values.as_deref()? {
        [Value::Array(_) | Value::Object(_)] => return None,
        [only]
            if stated.reference.is_none() && !stated.nullable && !stated.has_open_values && !rest.is_structural() =>
        {
            (*only).clone()
        }
        _ => return None,
    };
    let own = stated.value_docs.first();
    let named = bare_reference(lowering, branch).filter(|_| value.as_str().is_none());
    let component = named.and_then(|named| component_name(lowering, named));
    let title = branch.title.or(stated.title).or(own.and_then(|own| own.name)).map(str::to_owned);
    let description = branch.description.or(stated.description).or(own.and_then(|own| own.description));
    Some((ValueDocs { name: title, description: description.map(str::to_owned), value }, component))
}
