//! Schemas: which pieces make up a type.

use super::draft::Reading;
use super::facts::{Facts, constraints};
use super::merge::{merged, own_part, states_only_a_type};
use super::{Lowering, examples, inheritance, shapes};
use crate::diagnostic::{Place, Spot};
use crate::document::{Node, Schema};
use crate::ir::{Constraints, Origin, Shape, Step, Type, TypeId, TypeRef};

/// How far `allOf` may lead through references before it is given up.
const MAX_ALL_OF_DEPTH: usize = 64;

/// How many types are read within one another before the next one has to wait for its turn.
const MAX_DEPTH: usize = 32;

/// The type of a schema that stands at that place.
pub(super) fn schema<'a>(lowering: &mut Lowering<'a, '_>, node: Node<'a>, origin: Origin) -> TypeRef {
    let schema = Schema::read(node, lowering.diagnostics);
    if let Some(target) = bare_reference(lowering, &schema) {
        return TypeRef { id: target, nullable: schema.nullable };
    }
    if draws_on_others(&schema) {
        return composed(lowering, vec![schema.node], origin).into();
    }
    let id = lowering.types.add(unread(origin, schema.node.place()));
    pieces_into(lowering, id, vec![schema], &[]);
    id.into()
}

/// The type of a schema that stands in an operation.
pub(super) fn of_operation<'a>(
    lowering: &mut Lowering<'a, '_>,
    owner: &str,
    (holder, schema): (&Node<'a>, Option<Node<'a>>),
    step: Step,
) -> TypeRef {
    let origin = Origin::Operation(owner.to_owned(), step);
    match schema {
        Some(schema) => self::schema(lowering, schema, origin),
        None => lowering.types.add(unread(origin, holder.place())).into(),
    }
}

/// A type that several schemas describe together: the same key in several parts of an `allOf`.
pub(super) fn together<'a>(lowering: &mut Lowering<'a, '_>, nodes: Vec<Node<'a>>, origin: Origin) -> TypeRef {
    let mut distinct: Vec<Node<'a>> = Vec::new();
    for node in nodes {
        if !distinct.iter().any(|earlier| earlier.is(&node)) {
            distinct.push(node);
        }
    }
    if distinct.len() == 1 {
        return schema(lowering, distinct.remove(0), origin);
    }
    composed(lowering, distinct, origin).into()
}

fn draws_on_others(schema: &Schema<'_>) -> bool {
    schema.reference.is_some() || !(schema.all_of.is_empty() && schema.one_of.is_empty() && schema.any_of.is_empty())
}

/// A type that is made of other schemas. These may lead back to it, by a key that it gets from them: within a type it
/// is read once, and whoever comes by again is given the same type.
fn composed<'a>(lowering: &mut Lowering<'a, '_>, nodes: Vec<Node<'a>>, origin: Origin) -> TypeId {
    let identity: Vec<_> = nodes.iter().map(Node::identity).collect();
    let within = matches!(origin, Origin::Within(..));
    if let Some(&id) = lowering.composed.get(&identity).filter(|_| within) {
        return id;
    }
    let place = nodes.first().map_or(Place { file: String::new(), spot: Spot::File }, Node::place);
    let id = lowering.types.add(unread(origin, place));
    lowering.composed.insert(identity, id);
    if lowering.depth == MAX_DEPTH {
        lowering.queue.push_back((id, nodes));
        return id;
    }
    lowering.depth += 1;
    read_into(lowering, id, nodes);
    lowering.depth -= 1;
    id
}

/// Reads schemas into the type that stands for them.
pub(super) fn read_into<'a>(lowering: &mut Lowering<'a, '_>, id: TypeId, nodes: Vec<Node<'a>>) {
    let pieces: Vec<_> = nodes.into_iter().map(|node| Schema::read(node, lowering.diagnostics)).collect();
    if let [schema] = pieces.as_slice()
        && let Some(target) = bare_reference(lowering, schema)
    {
        lowering.types.set(id, Reading::Use(TypeRef { id: target, nullable: schema.nullable }));
        let mut facts = Facts::default();
        facts.add_part(schema, true);
        set_facts(lowering, id, facts);
    } else {
        pieces_into(lowering, id, pieces, &[]);
    }
}

/// A type of which nothing is known yet.
pub(super) fn unread(origin: Origin, place: Place) -> Type {
    Type::new(Shape::Any, origin, place)
}

fn set_facts(lowering: &mut Lowering<'_, '_>, id: TypeId, facts: Facts) {
    let ty = &mut lowering.types[id];
    (ty.docs, ty.constraints) = (facts.docs, facts.constraints);
}

/// Gives a type the shape that the pieces describe together; `opened` are the schemas that are part of it already.
pub(super) fn pieces_into<'a>(
    lowering: &mut Lowering<'a, '_>,
    id: TypeId,
    pieces: Vec<Schema<'a>>,
    opened: &[Vec<Node<'a>>],
) {
    // An example of one schema of several may be of another variant of the whole.
    if let [only] = pieces.as_slice() {
        examples::stated(lowering, only, id);
    }
    if let [only] = pieces.as_slice()
        && let Some(shape) = inheritance::union(lowering, id, only)
    {
        let facts = Facts::read(lowering, std::slice::from_ref(&only.node));
        set_facts(lowering, id, facts);
        lowering.types.set_nullable(id, Reading::Shape(shape), only.nullable);
        return;
    }
    // Null fits where the only outermost schema says so, or every part that says anything.
    let outer = matches!(pieces.as_slice(), [only] if only.nullable);
    let mut own: Vec<Node<'a>> = pieces.iter().map(|piece| piece.node.clone()).collect();
    let mut facts = Facts::default();
    let flat = flattened(lowering, pieces, true, &mut facts);
    set_facts(lowering, id, facts);
    if let [Piece::Reference(target, node)] = flat.as_slice()
        && !own.iter().any(|own| inheritance::is_heir(lowering, own, node))
    {
        lowering.types.set(id, Reading::Use(TypeRef { id: *target, nullable: outer }));
        return;
    }
    let mut expanded = Expanded::default();
    for piece in flat {
        match piece {
            Piece::Own(schema) => expanded.schemas.push(*schema),
            Piece::Reference(_, node) => expand(lowering, node, &mut Vec::new(), &mut expanded),
        }
    }
    own.extend(expanded.opened);
    lowering.types[id].constraints.add(&expanded.constraints);
    let mut merged = merged(expanded.schemas, lowering.diagnostics);
    merged.constraints = lowering.types[id].constraints.clone();
    merged.opened = opened.iter().cloned().chain([own]).collect();
    let nullable = outer || merged.nullable;
    let reading = shapes::shape(lowering, id, &merged);
    lowering.types.set_nullable(id, reading, nullable);
}

/// One part of a type: keywords, or a reference that may stand for the whole type.
enum Piece<'a> {
    Own(Box<Schema<'a>>),
    Reference(TypeId, Node<'a>),
}

/// The parts with `$ref` and `allOf` opened, but not what they refer to.
fn flattened<'a>(
    lowering: &mut Lowering<'a, '_>,
    pieces: Vec<Schema<'a>>,
    is_whole: bool,
    facts: &mut Facts,
) -> Vec<Piece<'a>> {
    let mut flat = Vec::new();
    for piece in pieces {
        facts.add_part(&piece, is_whole);
        if let Some(reference) = piece.reference
            && let Some((target, node)) = referenced(lowering, &piece.node, reference)
        {
            flat.push(Piece::Reference(target, node));
        }
        let inner = piece.all_of.iter().map(|node| Schema::read(node.clone(), lowering.diagnostics)).collect();
        let own = own_part(piece);
        if own.is_structural() || widens_integers(&own) {
            flat.push(Piece::Own(Box::new(own)));
        }
        flat.extend(flattened(lowering, inner, false, facts));
    }
    // `type: object` beside a reference adds nothing to it.
    if flat.iter().any(|piece| matches!(piece, Piece::Reference(..))) {
        flat.retain(
            |piece| !matches!(piece, Piece::Own(schema) if states_only_a_type(schema) && !widens_integers(schema)),
        );
    }
    flat
}

/// Whether the limits of a schema change which integer type holds the values.
fn widens_integers(schema: &Schema<'_>) -> bool {
    shapes::exceeds_64_bits(&constraints(schema))
}

/// The schemas behind references, those of their own `$ref` and `allOf` included.
#[derive(Default)]
struct Expanded<'a> {
    /// The schemas with keywords about the shape.
    schemas: Vec<Schema<'a>>,
    /// The constraints of all schemas.
    constraints: Constraints,
    /// All schemas, each once: a schema that several parts share would double the work at each level.
    opened: Vec<Node<'a>>,
}

/// Adds a schema, and the schemas behind its `$ref` and `allOf`.
fn expand<'a>(lowering: &mut Lowering<'a, '_>, node: Node<'a>, trail: &mut Vec<Node<'a>>, expanded: &mut Expanded<'a>) {
    let around = trail.iter().any(|earlier| earlier.is(&node));
    if around || trail.len() > MAX_ALL_OF_DEPTH {
        let message =
            if around { "`allOf` leads back to this schema" } else { "`allOf` leads through too many schemas" };
        lowering.diagnostics.warn(node.place(), message, "the further parts are passed over");
        return;
    }
    if expanded.opened.iter().any(|earlier| earlier.is(&node)) {
        return;
    }
    let schema = Schema::read(node.clone(), lowering.diagnostics);
    expanded.constraints.add(&constraints(&schema));
    expanded.opened.push(node.clone());
    trail.push(node);
    if let Some(reference) = schema.reference
        && let Some((_, target)) = referenced(lowering, &schema.node, reference)
    {
        expand(lowering, target, trail, expanded);
    }
    let inner = schema.all_of.clone();
    let own = own_part(schema);
    if own.is_structural() || own.nullable {
        expanded.schemas.push(own);
    }
    for node in inner {
        expand(lowering, node, trail, expanded);
    }
    trail.pop();
}

/// The schemas that a schema is made of, itself included.
pub(super) fn parts<'a>(lowering: &mut Lowering<'a, '_>, node: Node<'a>) -> Vec<Node<'a>> {
    let mut expanded = Expanded::default();
    expand(lowering, node, &mut Vec::new(), &mut expanded);
    expanded.opened
}

/// The type that a schema is only another name of.
pub(super) fn bare_reference<'a>(lowering: &mut Lowering<'a, '_>, schema: &Schema<'a>) -> Option<TypeId> {
    let reference = schema.reference.filter(|_| !schema.is_structural())?;
    let found = referenced(lowering, &schema.node, reference);
    let missing = |lowering: &mut Lowering<'_, '_>| {
        let origin = Origin::Component(String::from("missing"));
        lowering.types.add(unread(origin, schema.node.place()))
    };
    Some(found.map_or_else(|| missing(lowering), |(id, _)| id))
}

/// What a reference leads to: the type that stands for it, and where it is described.
pub(super) fn referenced<'a>(
    lowering: &mut Lowering<'a, '_>,
    from: &Node<'a>,
    reference: &str,
) -> Option<(TypeId, Node<'a>)> {
    let node = lowering.files.target(from, reference, lowering.diagnostics)?;
    Some((lowering.target(node.clone(), None), node))
}
