//! Bodies without a codec: text or bytes.

use octogen_runtime::Value;

use super::media_types::essence;
use super::schemas::lower_operation_schema;
use super::{Lowering, examples};
use crate::diagnostic::Code;
use crate::document::MediaType;
use crate::ir::{ExampleRole, Origin, Shape, Step, StringKind, Type, TypeRef};

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
        // An example that is not a text is a value of the schema, which is a model all the same.
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
