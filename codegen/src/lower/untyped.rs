//! Bodies without a codec: text or bytes.

use octogen_runtime::Value;

use super::media_types::essence;
use super::schemas::lower_operation_schema;
use super::{Lowering, examples};
use crate::diagnostic::{Code, Diagnostics};
use crate::document::{Additional, MediaType, OpenApiObject, Schema, SchemaType};
use crate::ir::{ExampleRole, Origin, Shape, Step, StringKind, Type, TypeRef};

/// Reports a body whose schema describes more than a text, if its media type has no codec. Such a schema has no effect.
pub(super) fn report_untyped_body(lowering: &mut Lowering<'_, '_>, (media_type, content): (&str, &MediaType<'_>)) {
    let Some(schema) = &content.schema else { return };
    let trail = lowering.files.follow(&schema.node, Schema::NAME, &mut Diagnostics::default());
    let Some(node) = trail.and_then(|mut trail| trail.pop()) else { return };
    let schema = Schema::read(node, &mut Diagnostics::default());
    let is_structured = match schema.types.as_slice() {
        [] => has_parts(&schema),
        types => types.iter().any(|ty| *ty != SchemaType::String),
    };
    if is_structured {
        let message = format!("octogen has no codec for `{media_type}`, so that the schema of the body has no effect");
        let kind = if essence(media_type).starts_with("text/") { "a text" } else { "bytes" };
        let help = format!("the program reads and writes the body as {kind}; no change is needed");
        lowering.diagnostics.warn(Code::UntypedBody, content.node.place_as_key(), message, help);
    }
}

/// Returns whether a schema describes properties, elements or variants, which a text does not have.
fn has_parts(schema: &Schema<'_>) -> bool {
    let lists = [&schema.all_of, &schema.any_of, &schema.one_of];
    !schema.properties.is_empty()
        || !matches!(schema.additional, Additional::Unstated)
        || schema.items.is_some()
        || lists.iter().any(|list| !list.is_empty())
}

/// Lowers a body that is sent as it is. Returns the type of a text, and `None` for bytes.
pub(super) fn untyped_body<'a>(
    lowering: &mut Lowering<'a, '_>,
    owner: &str,
    (media_type, content): (&str, &MediaType<'a>),
    step: &Step,
    role: &ExampleRole,
) -> Option<TypeRef> {
    let text = |lowering: &mut Lowering<'a, '_>| {
        let origin = Origin::Operation(owner.to_owned(), step.clone());
        TypeRef::from(lowering.types.add(Type::new(Shape::String(StringKind::Plain), origin, content.node.place())))
    };
    let ty = essence(media_type).starts_with("text/").then(|| text(lowering));
    let documented = examples::values(lowering, content.examples());
    let component = content.schema.as_ref().filter(|schema| schema.node.reference().is_some());
    let tested = match component.filter(|_| documented.iter().any(|value| value.as_str().is_none())) {
        // An example that is not a text is a value of the schema, which is still a model.
        Some(schema) => {
            Some(lower_operation_schema(lowering, owner, (&content.node, Some(schema.node.clone())), step.clone()))
        }
        None => ty.or_else(|| are_texts(&documented).then(|| text(lowering))),
    };
    if let Some(tested) = tested {
        let first = lowering.examples.len();
        examples::collect(lowering, content.examples(), owner, role, tested);
        examples::convert_to_texts(&lowering.types, lowering.examples.iter_mut().skip(first));
    } else if let Some(example) = content.examples().nodes().next() {
        let message = format!("the body in `{media_type}` is bytes, for which octogen cannot test an example");
        lowering.diagnostics.warn(
            Code::UntestableExample,
            example.place(),
            message,
            "octogen generates no test for the example; no change is needed",
        );
        let reason = "its body is bytes, and the example is not a text";
        examples::collect_unsupported(lowering, content.examples(), owner, role, reason);
    }
    ty
}

/// Returns whether there are examples, and all of them are texts.
pub(super) fn are_texts(values: &[&Value]) -> bool {
    !values.is_empty() && values.iter().all(|value| value.as_str().is_some())
}
