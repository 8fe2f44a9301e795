//! Schemas: the entry points of lowering, and the parts that make up a type.

use super::all_of::{Expanded, Part, expand, flatten_all_of};
use super::conditions::conditional_properties;
use super::draft::Reading;
use super::facts::{Facts, merge_constraints};
use super::merge::merge_schemas;
use super::references::{bare_reference, dynamic_leaf};
use super::{Lowering, examples, inheritance, narrowing, shapes};
use crate::diagnostic::{Place, Spot};
use crate::document::{Node, Schema};
use crate::ir::{Origin, Shape, Step, Type, TypeId, TypeRef};

/// The number of types that are lowered within one another. Further types wait in the queue.
const MAX_DEPTH: usize = 32;

/// Schemas contain schemas, so that lowering recurses: a schema has a shape, a shape may be a union, and its branches are
/// schemas. The recursion goes through these methods, so that the files import one another in one direction only.
impl<'a> Lowering<'a, '_> {
    /// Reads schemas.
    pub(super) fn read_schemas(&mut self, nodes: &[Node<'a>]) -> Vec<Schema<'a>> {
        nodes.iter().map(|node| Schema::read(node.clone(), self.diagnostics)).collect()
    }

    /// Reads and lowers a schema.
    pub(super) fn lower_node(&mut self, node: Node<'a>, origin: Origin) -> TypeRef {
        let schema = Schema::read(node, self.diagnostics);
        lower_schema(self, schema, origin)
    }

    /// Lowers a schema.
    pub(super) fn lower_schema(&mut self, schema: Schema<'a>, origin: Origin) -> TypeRef {
        lower_schema(self, schema, origin)
    }

    /// Lowers schemas that describe one value together, such as a property in several parts of an `allOf`.
    pub(super) fn lower_schemas(&mut self, schemas: Vec<Schema<'a>>, origin: Origin) -> TypeRef {
        lower_schemas(self, schemas, origin)
    }

    /// Lowers the schemas that describe a type together. `opened` lists the schemas that are part of the type already.
    pub(super) fn lower_parts(&mut self, id: TypeId, schemas: Vec<Schema<'a>>, opened: &[Vec<Node<'a>>]) {
        lower_parts(self, id, schemas, opened);
    }
}

/// Lowers a schema.
fn lower_schema<'a>(lowering: &mut Lowering<'a, '_>, schema: Schema<'a>, origin: Origin) -> TypeRef {
    if let Some(leaf) = dynamic_leaf(lowering, &schema) {
        return lowering.lower_node(leaf, origin);
    }
    if let Some(target) = bare_reference(lowering, &schema) {
        let used = TypeRef { id: target, nullable: schema.nullable };
        examples::of_schema(lowering, &schema, used);
        return used;
    }
    let is_shared = schema.node.is_shared || lowering.referenced.has_properties_around(&schema.node);
    if (is_shared && !schema.is_leaf()) || lowering.is_referenced(&schema.node) {
        return lowering.target(schema.node.into_target(), None).into();
    }
    if is_composed(&schema) {
        return lower_composed(lowering, vec![schema.node], origin).into();
    }
    let id = lowering.types.add(unread(origin, schema.node.place()));
    examples::of_schema(lowering, &schema, id.into());
    lower_parts(lowering, id, vec![schema], &[]);
    id.into()
}

/// Lowers the schema of a parameter, a header or a media type. Without a schema, any value fits.
pub(super) fn lower_operation_schema<'a>(
    lowering: &mut Lowering<'a, '_>,
    owner: &str,
    (holder, schema): (&Node<'a>, Option<Node<'a>>),
    step: Step,
) -> TypeRef {
    let origin = Origin::Operation(owner.to_owned(), step);
    match schema {
        Some(schema) => {
            let place = schema.place();
            let ty = lowering.lower_node(schema, origin);
            lowering.schemas.push((place, ty));
            ty
        }
        None => lowering.types.add(unread(origin, holder.place())).into(),
    }
}

/// Lowers schemas that describe one value together, such as a property in several parts of an `allOf`.
fn lower_schemas<'a>(lowering: &mut Lowering<'a, '_>, schemas: Vec<Schema<'a>>, origin: Origin) -> TypeRef {
    let mut distinct: Vec<Schema<'a>> = Vec::new();
    for schema in schemas {
        if !distinct.iter().any(|earlier| earlier.node.is(&schema.node)) {
            distinct.push(schema);
        }
    }
    if distinct.len() == 1 {
        return lower_schema(lowering, distinct.remove(0), origin);
    }
    let nodes = distinct.into_iter().map(|schema| schema.node).collect();
    lower_composed(lowering, nodes, origin).into()
}

fn is_composed(schema: &Schema<'_>) -> bool {
    schema.reference.is_some() || !(schema.all_of.is_empty() && schema.one_of.is_empty() && schema.any_of.is_empty())
}

/// Lowers schemas that consist of other schemas. These may contain the type again, in a property that it gets from them.
/// Within a type, they are therefore lowered once.
fn lower_composed<'a>(lowering: &mut Lowering<'a, '_>, nodes: Vec<Node<'a>>, origin: Origin) -> TypeId {
    let identity: Vec<_> = nodes.iter().map(Node::instance).collect();
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
    lower_into(lowering, id, nodes);
    lowering.depth -= 1;
    id
}

/// Lowers schemas into their type.
pub(super) fn lower_into<'a>(lowering: &mut Lowering<'a, '_>, id: TypeId, nodes: Vec<Node<'a>>) {
    let schemas = lowering.read_schemas(&nodes);
    if let [schema] = schemas.as_slice()
        && let Some(target) = bare_reference(lowering, schema)
    {
        let used = TypeRef { id: target, nullable: schema.nullable };
        examples::of_schema(lowering, schema, used);
        lowering.types.set(id, Reading::Use(used));
        let mut facts = Facts::default();
        facts.add_part(schema, true, lowering.diagnostics);
        set_facts(lowering, id, facts);
    } else {
        // The schemas describe one value, so that each example is one of the whole.
        for schema in &schemas {
            examples::of_schema(lowering, schema, id.into());
        }
        lower_parts(lowering, id, schemas, &[]);
    }
}

/// Returns a type whose schema is not lowered yet.
pub(super) fn unread(origin: Origin, place: Place) -> Type {
    Type::new(Shape::Any, origin, place)
}

fn set_facts(lowering: &mut Lowering<'_, '_>, id: TypeId, facts: Facts) {
    let ty = &mut lowering.types[id];
    (ty.docs, ty.constraints) = (facts.docs, facts.constraints);
}

/// Lowers the schemas that describe a type together. `opened` lists the schemas that are part of the type already.
fn lower_parts<'a>(lowering: &mut Lowering<'a, '_>, id: TypeId, schemas: Vec<Schema<'a>>, opened: &[Vec<Node<'a>>]) {
    if let [only] = schemas.as_slice()
        && let Some(shape) = inheritance::union(lowering, id, only)
    {
        let facts = Facts::read(lowering, std::slice::from_ref(only));
        set_facts(lowering, id, facts);
        lowering.types.set_nullable(id, Reading::Shape(shape), only.nullable);
        return;
    }
    // Null fits if the only outermost schema allows it, or if every part with keywords does.
    let outer = matches!(schemas.as_slice(), [only] if only.nullable);
    let mut own: Vec<Node<'a>> = schemas.iter().map(|schema| schema.node.clone()).collect();
    let mut facts = Facts::default();
    let mut flat = flatten_all_of(lowering, schemas, true, &mut facts);
    narrowing::remove_narrowed_unions(lowering, &mut flat);
    set_facts(lowering, id, facts);
    if let [Part::Reference(node)] = flat.as_slice()
        && !own.iter().any(|own| inheritance::is_subtype(lowering, own, node))
    {
        if let Some(target) = lowering.type_of(node) {
            lowering.types.set(id, Reading::Use(TypeRef { id: target, nullable: outer }));
            return;
        }
        // With a null beside it, the type is another one than that of the schema.
        if !outer && !lowering.add_instance(node, id) {
            return;
        }
    }
    let mut expanded = Expanded::default();
    for part in flat {
        match part {
            Part::Own(schema) => expanded.schemas.push(*schema),
            Part::Reference(node) => expand(lowering, node, &mut Vec::new(), &mut expanded),
        }
    }
    own.extend(expanded.opened);
    if let Some(node) = own.first() {
        let constraints = &mut lowering.types[id].constraints;
        merge_constraints(constraints, &expanded.constraints, node, lowering.diagnostics);
    }
    let mut merged = merge_schemas(expanded.schemas, lowering.diagnostics);
    merged.conditional = conditional_properties(lowering, &merged.conditions);
    for (key, property) in merged.conditional.extract_if(.., |key, _| merged.properties.contains_key(key)) {
        if property.is_always_declared {
            merged.narrowed.insert(key, property.nodes);
        }
    }
    merged.constraints = lowering.types[id].constraints.clone();
    merged.opened = opened.iter().cloned().chain([own]).collect();
    let nullable = outer || merged.nullable;
    let reading = shapes::shape(lowering, id, &merged);
    lowering.types.set_nullable(id, reading, nullable);
}
