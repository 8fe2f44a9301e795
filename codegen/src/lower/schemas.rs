//! Schemas: which pieces make up a type.

use octogen_runtime::Value;

use super::merge::{merged, own_part};
use super::{Lowering, shapes};
use crate::document::{Node, Schema};
use crate::ir::{Docs, Origin, Shape, Type, TypeId};

/// How far `allOf` may lead through references before it is given up.
const MAX_ALL_OF_DEPTH: usize = 64;

/// The type of a schema that stands at that place.
pub(super) fn schema<'a>(lowering: &mut Lowering<'a, '_>, node: Node<'a>, origin: Origin) -> TypeId {
    let schema = Schema::read(node, lowering.diagnostics);
    if let Some(target) = bare_reference(lowering, &schema) {
        return nullable_if(lowering, schema.nullable, target, origin);
    }
    let id = lowering.types.add(unread(origin));
    pieces_into(lowering, id, vec![schema]);
    id
}

/// A type that several schemas describe together: the same key in several parts of an `allOf`.
pub(super) fn together<'a>(lowering: &mut Lowering<'a, '_>, mut nodes: Vec<Node<'a>>, origin: Origin) -> TypeId {
    nodes.dedup_by_key(|node| node.identity());
    if nodes.len() == 1 {
        return schema(lowering, nodes.remove(0), origin);
    }
    let id = lowering.types.add(unread(origin));
    let pieces = nodes.into_iter().map(|node| Schema::read(node, lowering.diagnostics)).collect();
    pieces_into(lowering, id, pieces);
    id
}

/// Reads a referenced schema into the type that stands for it.
pub(super) fn read_into<'a>(lowering: &mut Lowering<'a, '_>, id: TypeId, node: Node<'a>) {
    let schema = Schema::read(node, lowering.diagnostics);
    if let Some(target) = bare_reference(lowering, &schema) {
        lowering.types[id].shape = if schema.nullable { Shape::Nullable(target) } else { Shape::Alias(target) };
        lowering.types[id].docs = docs(&schema);
    } else {
        pieces_into(lowering, id, vec![schema]);
    }
}

/// A type of which nothing is known yet.
pub(super) fn unread(origin: Origin) -> Type {
    Type { shape: Shape::Any, origin, docs: Docs::default() }
}

/// What a schema says of itself.
pub(super) fn docs(schema: &Schema<'_>) -> Docs {
    Docs {
        title: schema.title.map(str::to_owned),
        description: schema.description.map(str::to_owned),
        deprecated: schema.deprecated,
        removal_date: schema.removal_date.map(str::to_owned),
        minimum: limit(schema, "minimum"),
        maximum: limit(schema, "maximum"),
        default: schema.default.cloned(),
        link: None,
    }
}

fn limit(schema: &Schema<'_>, key: &str) -> Option<String> {
    match schema.node.value.get(key)? {
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Gives a type the shape that the pieces describe together.
pub(super) fn pieces_into<'a>(lowering: &mut Lowering<'a, '_>, id: TypeId, pieces: Vec<Schema<'a>>) {
    if let [first, ..] = pieces.as_slice() {
        lowering.types[id].docs = docs(first);
    }
    // Null fits where the outermost schema says so, or every part that says anything.
    let outer = pieces.iter().any(|piece| piece.nullable);
    let flat = flattened(lowering, pieces);
    if let [Piece::Reference(target, _)] = flat.as_slice() {
        lowering.types[id].shape = if outer { Shape::Nullable(*target) } else { Shape::Alias(*target) };
        return;
    }
    let mut schemas = Vec::new();
    for piece in flat {
        match piece {
            Piece::Own(schema) => schemas.push(*schema),
            Piece::Reference(_, node) => expand(lowering, node, &mut Vec::new(), &mut schemas),
        }
    }
    let merged = merged(schemas, lowering.diagnostics);
    let nullable = outer || merged.nullable;
    let shape = shapes::shape(lowering, id, &merged);
    set(lowering, id, shape, nullable);
}

/// Sets the shape of a type; one that null fits holds the shape in a type behind it.
pub(super) fn set(lowering: &mut Lowering<'_, '_>, id: TypeId, shape: Shape, nullable: bool) {
    let null_fits_already = matches!(shape, Shape::Any | Shape::Null | Shape::Nullable(_));
    if !nullable || null_fits_already {
        lowering.types[id].shape = shape;
        return;
    }
    let inner = Type { shape, origin: lowering.types[id].origin.clone(), docs: lowering.types[id].docs.clone() };
    let inner = lowering.types.add(inner);
    lowering.types[id].shape = Shape::Nullable(inner);
    // What was lowered within the shape has this type as its origin, which is where its name comes from: it stays.
}

/// One part of a type: keywords, or a reference that may stand for the whole type.
enum Piece<'a> {
    Own(Box<Schema<'a>>),
    Reference(TypeId, Node<'a>),
}

/// The parts with `$ref` and `allOf` opened, but not what they refer to.
fn flattened<'a>(lowering: &mut Lowering<'a, '_>, pieces: Vec<Schema<'a>>) -> Vec<Piece<'a>> {
    let mut flat = Vec::new();
    for piece in pieces {
        if let Some(reference) = piece.reference
            && let Some((target, node)) = referenced(lowering, &piece.node, reference)
        {
            flat.push(Piece::Reference(target, node));
        }
        let inner = piece.all_of.iter().map(|node| Schema::read(node.clone(), lowering.diagnostics)).collect();
        let own = own_part(piece);
        if own.is_structural() {
            flat.push(Piece::Own(Box::new(own)));
        }
        flat.extend(flattened(lowering, inner));
    }
    // `type: object` beside a reference adds nothing to it.
    if flat.iter().any(|piece| matches!(piece, Piece::Reference(..))) {
        flat.retain(|piece| !matches!(piece, Piece::Own(schema) if super::merge::states_only_a_type(schema)));
    }
    flat
}

/// The keywords behind a reference, those of its own `$ref` and `allOf` included.
fn expand<'a>(lowering: &mut Lowering<'a, '_>, node: Node<'a>, trail: &mut Vec<Node<'a>>, into: &mut Vec<Schema<'a>>) {
    let around = trail.iter().any(|earlier| std::ptr::eq(earlier.value, node.value));
    if around || trail.len() > MAX_ALL_OF_DEPTH {
        let message =
            if around { "`allOf` leads back to this schema" } else { "`allOf` leads through too many schemas" };
        lowering.diagnostics.warn(node.place(), message, "the further parts are passed over");
        return;
    }
    let schema = Schema::read(node.clone(), lowering.diagnostics);
    trail.push(node);
    if let Some(reference) = schema.reference
        && let Some((_, target)) = referenced(lowering, &schema.node, reference)
    {
        expand(lowering, target, trail, into);
    }
    let inner = schema.all_of.clone();
    let own = own_part(schema);
    if own.is_structural() || own.nullable {
        into.push(own);
    }
    for node in inner {
        expand(lowering, node, trail, into);
    }
    trail.pop();
}

/// The type that a schema is only another name of.
fn bare_reference<'a>(lowering: &mut Lowering<'a, '_>, schema: &Schema<'a>) -> Option<TypeId> {
    let reference = schema.reference.filter(|_| !schema.is_structural())?;
    let found = referenced(lowering, &schema.node, reference);
    Some(found.map_or_else(|| lowering.types.add(unread(Origin::Component("missing".to_owned()))), |(id, _)| id))
}

fn referenced<'a>(lowering: &mut Lowering<'a, '_>, from: &Node<'a>, reference: &str) -> Option<(TypeId, Node<'a>)> {
    match lowering.documents.resolve(from, reference) {
        Ok(node) => Some((lowering.target(node.clone(), None), node)),
        Err(message) => {
            lowering.diagnostics.error(from.place(), message, "correct the reference, or add what it leads to");
            None
        }
    }
}

fn nullable_if(lowering: &mut Lowering<'_, '_>, nullable: bool, target: TypeId, origin: Origin) -> TypeId {
    if !nullable {
        return target;
    }
    lowering.types.add(Type { shape: Shape::Nullable(target), origin, docs: Docs::default() })
}
