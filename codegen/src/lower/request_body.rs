//! Request bodies: their media types, and how each is written.

use octogen_runtime::Value;

use super::media_types::{self, Entry, essence, is_json, is_plain_json, label, sent_media_type};
use super::schemas::lower_operation_schema;
use super::styles::{self, Serialization};
use super::untyped::{report_untyped_body, untyped_body};
use super::{Lowering, examples};
use crate::diagnostic::Code;
use crate::document::{self, MediaType, OpenApiObject, SchemaType};
use crate::ir::{
    Body, BodyKind, Content, ContentKind, Docs, Encoding, ExampleRole, Location, ParameterStyle, Step, TypeRef,
};

/// Lowers the request body of an operation.
pub(super) fn request_body<'a>(
    lowering: &mut Lowering<'a, '_>,
    owner: &str,
    operation: &document::Operation<'a>,
) -> Option<Body> {
    let stated = lowering.read(operation.request_body.as_ref()?)?;
    let content = media_types::content(lowering, &stated.content);
    // JSON describes a value best, so that it is the default among several media types.
    let (json, others): (Vec<_>, Vec<_>) =
        content.types.into_iter().partition(|(name, content)| is_json(name, content));
    let (plain, json): (Vec<_>, Vec<_>) = json.into_iter().partition(|(name, _)| is_plain_json(name));
    let mut lowered: Vec<Lowered<'a>> = Vec::new();
    for entry in plain.into_iter().chain(json).chain(others) {
        let further = lower_media_type(lowering, owner, entry, &lowered);
        lowered.extend(further);
    }
    let ty = lowered.first().and_then(|lowered| match lowered.content.kind {
        BodyKind::Plain(ContentKind::Json(ty)) => Some(ty),
        _ => None,
    });
    let role = ExampleRole::Request(String::from("members"));
    examples::collect_properties(lowering, owner, &role, &content.example_properties, ty);
    let contents: Vec<Content> = lowered.into_iter().map(|lowered| lowered.content).collect();
    (!contents.is_empty()).then(|| Body {
        required: stated.required,
        contents,
        docs: Docs { description: stated.description.map(str::to_owned), ..Docs::default() },
    })
}

/// A lowered media type with its schema.
struct Lowered<'a> {
    content: Content,
    schema: Option<&'a Value>,
}

/// Lowers a media type. Returns `None` if an earlier one has the same schema and is written in the same way.
fn lower_media_type<'a>(
    lowering: &mut Lowering<'a, '_>,
    owner: &str,
    (media_type, content): &Entry<'a>,
    earlier: &[Lowered<'a>],
) -> Option<Lowered<'a>> {
    let label = if earlier.is_empty() { String::new() } else { label(media_type) };
    let role = ExampleRole::Request(label.clone());
    let Some(kind_of) = kind_of(lowering, media_type, content) else {
        // JSON comes first, so that a body with the same schema in JSON is not reported.
        let schema = content.schema_value();
        if !is_form(media_type) && !earlier.iter().any(|earlier| earlier.schema == schema) {
            report_untyped_body(lowering, (media_type, content));
        }
        let text = untyped_body(lowering, owner, (media_type, content), &Step::Body(label), &role);
        let kind = text.map_or(BodyKind::Plain(ContentKind::Bytes), BodyKind::Text);
        let content = Content { media_type: sent_media_type(media_type, kind), kind, encodings: Vec::new() };
        return Some(Lowered { content, schema: None });
    };
    let schema = content.schema_value();
    let alike: Vec<&Lowered<'a>> = earlier.iter().filter(|earlier| earlier.schema == schema).collect();
    let known = alike.iter().find_map(|earlier| earlier.content.kind.ty());
    let ty = known.unwrap_or_else(|| {
        let schema = content.schema.as_ref().map(|schema| schema.node.clone());
        lower_operation_schema(lowering, owner, (&content.node, schema), Step::Body(label))
    });
    examples::collect(lowering, content.examples(), owner, &role, ty);
    let kind = kind_of(ty);
    if alike.iter().any(|earlier| earlier.content.kind == kind) {
        return None;
    }
    let encodings = encodings(lowering, content, kind);
    Some(Lowered { content: Content { media_type: sent_media_type(media_type, kind), kind, encodings }, schema })
}

fn is_form(media_type: &str) -> bool {
    matches!(essence(media_type).as_str(), "application/x-www-form-urlencoded" | "multipart/form-data")
}

/// Returns how a value of a type is written in the media type. `None` means text or bytes.
fn kind_of<'a>(
    lowering: &mut Lowering<'a, '_>,
    media_type: &str,
    content: &MediaType<'a>,
) -> Option<fn(TypeRef) -> BodyKind> {
    match essence(media_type).as_str() {
        form @ ("application/x-www-form-urlencoded" | "multipart/form-data") => {
            let types = content.peek_schema().map(|schema| schema.types).unwrap_or_default();
            if !types.is_empty() && !types.contains(&SchemaType::Object) {
                let message = "the schema of a form is not an object";
                let help = "octogen sends the body as bytes; write an object schema, with a property for each field of the form";
                lowering.diagnostics.warn(Code::InvalidForm, content.place(), message, help);
                return None;
            }
            Some(if form == "multipart/form-data" { BodyKind::Multipart } else { BodyKind::Form })
        }
        _ if is_json(media_type, content) => Some(|ty| BodyKind::Plain(ContentKind::Json(ty))),
        _ => None,
    }
}

/// Lowers the encodings of form properties that differ from the default.
fn encodings(lowering: &mut Lowering<'_, '_>, content: &MediaType<'_>, kind: BodyKind) -> Vec<Encoding> {
    let mut encodings = Vec::new();
    if matches!(kind, BodyKind::Plain(_) | BodyKind::Text(_)) {
        return encodings;
    }
    for (name, stated) in &content.encoding {
        if stated.headers.is_some() {
            let message = "octogen does not support `headers` of an encoding yet";
            let help = "octogen sends the part of the form without these headers; no change is needed";
            lowering.diagnostics.warn(Code::UnsupportedEncoding, stated.headers_place(), message, help);
        }
        let serialization = Serialization::of_encoding(stated);
        // Several media types, or a range, leave the choice to the caller.
        let media_type = stated.content_type.map(str::trim);
        let media_type = media_type.filter(|one| !one.contains(['*', ',']) && !one.is_empty());
        if serialization.is_stated() {
            let style = styles::style(&serialization, Location::Query);
            if matches!(kind, BodyKind::Multipart(_)) {
                let message = "octogen does not support `style` in a multipart form yet";
                let help = "octogen ignores `style`, `explode` and `allowReserved` here; no change is needed";
                lowering.diagnostics.warn(Code::UnsupportedEncoding, stated.place(), message, help);
            } else if style != ParameterStyle::usual(Location::Query) {
                encodings.push(Encoding::Styled((*name).to_owned(), style));
            }
        } else if let Some(media_type) = media_type {
            encodings.push(Encoding::OfType((*name).to_owned(), media_type.to_owned()));
        }
    }
    encodings
}
