use std::ops::{Index, IndexMut};

use octogen_runtime::Value;

use super::type_ref::{TypeId, TypeRef};
use super::{Constraints, Docs, Origin, Step};
use crate::diagnostic::Place;

/// The collection of all types of an API, after lowering. The other stages look types up by their ids.
#[derive(Debug, Default)]
pub struct Types {
    all: Vec<Type>,
}

impl Types {
    /// Adds a type to the types of the API and returns its id. Lowering calls it for each schema.
    pub fn add(&mut self, ty: Type) -> TypeId {
        self.all.push(ty);
        TypeId(self.all.len() - 1)
    }

    /// Adds a type within another one to the types of the API, and returns its id. Use it for a type that has no schema
    /// of its own: diagnostics about it name the place of the outer type in the document.
    pub fn add_within(&mut self, owner: TypeId, step: Step, shape: Shape) -> TypeId {
        let place = self[owner].place.clone();
        self.add(Type::new(shape, Origin::Within(owner, step), place))
    }

    /// Returns the path to a type from its component, place or operation. The path identifies the type in the API of a
    /// selection and in that of the whole document.
    #[must_use]
    pub fn path_key(&self, id: TypeId) -> String {
        let mut steps = Vec::new();
        let mut at = id;
        while let Origin::Within(outer, step) = &self[at].origin {
            steps.push(format!("{step:?}"));
            at = *outer;
        }
        let file = &self[at].place.file;
        steps.push(format!("{file} {:?}", self[at].origin));
        steps.reverse();
        steps.join("/")
    }

    /// Returns the ids of all types of the API, in the order in which lowering found their schemas.
    pub fn ids(&self) -> impl Iterator<Item = TypeId> + use<> {
        (0..self.all.len()).map(TypeId)
    }

    /// Returns the number of types of the API. Stages size their tables of facts by it.
    #[must_use]
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// Returns all values that a type admits, if the document lists all of them, as with an enum, and null is not among
    /// them.
    #[must_use]
    pub fn constants(&self, used: TypeRef) -> Option<Vec<Value>> {
        match &self[used.id].shape {
            Shape::Enum(Enum { values, open: false }) if !used.nullable => Some(values.clone()),
            _ => None,
        }
    }

    /// Returns the only value that the document lists for a type, null aside.
    #[must_use]
    pub fn only_value(&self, id: TypeId) -> Option<&Value> {
        match &self[id].shape {
            Shape::Enum(Enum { values, open: false }) if values.len() == 1 => values.first(),
            _ => None,
        }
    }

    /// Returns all values that a use of a type admits, null included, if the document lists all of them. The listed
    /// values of all variants of a union count. `resolve` returns the use behind an id that forwards to another type.
    #[must_use]
    pub fn scalars(&self, used: TypeRef, resolve: &dyn Fn(TypeRef) -> TypeRef) -> Option<Vec<Value>> {
        self.scalars_within(used, resolve, MAX_DEPTH)
    }

    fn scalars_within(&self, used: TypeRef, resolve: &dyn Fn(TypeRef) -> TypeRef, depth: usize) -> Option<Vec<Value>> {
        let TypeRef { id, nullable } = resolve(used);
        let mut values = match &self[id].shape {
            Shape::Null => vec![Value::Null],
            Shape::Union(union) => {
                let depth = depth.checked_sub(1)?;
                let variants = union.variants.iter();
                let lists = variants.map(|variant| self.scalars_within(variant.ty, resolve, depth));
                lists.collect::<Option<Vec<_>>>()?.concat()
            }
            _ => self.constants(id.into())?,
        };
        if nullable && !values.contains(&Value::Null) {
            values.push(Value::Null);
        }
        Some(values)
    }
}

/// The depth of unions within unions whose listed values are collected.
const MAX_DEPTH: usize = 8;

impl Index<TypeId> for Types {
    type Output = Type;

    fn index(&self, id: TypeId) -> &Type {
        &self.all[id.0]
    }
}

impl IndexMut<TypeId> for Types {
    fn index_mut(&mut self, id: TypeId) -> &mut Type {
        &mut self.all[id.0]
    }
}

/// A type of the API, made from a schema: its shape, its origin for a name, its place, its constraints and its text.
#[derive(Clone, Debug)]
pub struct Type {
    /// The values that fit.
    pub shape: Shape,
    /// The path from a component or an operation to the type. Names are made from it.
    pub origin: Origin,
    /// The schema that describes the shape.
    pub place: Place,
    /// The facts about its values beside the shape.
    pub constraints: Constraints,
    /// The text about it.
    pub docs: Docs,
}

impl Type {
    /// Creates a type of the API from its shape, origin and place. It has no constraints and no text yet.
    #[must_use]
    pub fn new(shape: Shape, origin: Origin, place: Place) -> Self {
        Self { shape, origin, place, constraints: Constraints::default(), docs: Docs::default() }
    }
}

/// The shape of a type: which JSON values it admits, such as strings, arrays of a type, or objects with these fields.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Any JSON value.
    Any,
    /// Null.
    Null,
    /// `true` and `false`.
    Boolean,
    /// Integers.
    Integer(IntegerKind),
    /// Numbers.
    Number,
    /// Numbers, each written as a number or as a text.
    NumberOrText,
    /// Strings.
    String(StringKind),
    /// Arrays of one type.
    Array(TypeRef),
    /// Arrays whose first elements have types of their own.
    Tuple(Tuple),
    /// Objects with any keys and values of one type.
    Map(TypeRef),
    /// Objects with known keys.
    Object(Object),
    /// The documented values without null.
    Enum(Enum),
    /// One of several types.
    Union(Union),
}

impl Shape {
    /// Returns whether a type of this shape is emitted as a Rust item, a struct or an enum, and therefore needs a name.
    #[must_use]
    pub fn is_item(&self) -> bool {
        matches!(self, Self::Object(_) | Self::Enum(_) | Self::Union(_))
    }

    /// Returns whether every string fits this shape, and nothing else. Callers of emitted code give such a value as a text.
    #[must_use]
    pub fn is_text(&self) -> bool {
        matches!(self, Self::String(_) | Self::Enum(Enum { open: true, .. }))
    }

    /// Calls a function for each reference to another type within this shape, such as the type of a field. The function
    /// can replace the reference.
    pub fn for_each_use(&mut self, visit: &mut dyn FnMut(&mut TypeRef)) {
        match self {
            Self::Array(inner) | Self::Map(inner) => visit(inner),
            Self::Tuple(tuple) => tuple.elements.iter_mut().chain(&mut tuple.rest).for_each(visit),
            Self::Object(object) => {
                object.fields.iter_mut().map(|field| &mut field.ty).chain(&mut object.rest).for_each(visit);
            }
            Self::Union(union) => union.variants.iter_mut().map(|variant| &mut variant.ty).for_each(visit),
            _ => {}
        }
    }

    /// Returns the references to other types within this shape, such as the types of its fields.
    #[must_use]
    pub fn uses(&self) -> Vec<TypeRef> {
        match self {
            Self::Array(inner) | Self::Map(inner) => vec![*inner],
            Self::Tuple(tuple) => tuple.elements.iter().copied().chain(tuple.rest).collect(),
            Self::Object(object) => object.fields.iter().map(|field| field.ty).chain(object.rest).collect(),
            Self::Union(union) => union.variants.iter().map(|variant| variant.ty).collect(),
            _ => Vec::new(),
        }
    }

    /// Returns the ids of the types that this shape uses directly. Searches for cycles follow them.
    #[must_use]
    pub fn children(&self) -> Vec<TypeId> {
        self.uses().into_iter().map(|used| used.id).collect()
    }
}

/// The shape of an enum type: its documented values, and whether the schema admits other values. Emitted code has an enum
/// for it, which keeps any other value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Enum {
    /// The documented values, in the order of the description.
    pub values: Vec<Value>,
    /// The values are strings, and the schema admits any other string as well: a string beside the enum in `anyOf`,
    /// or an extension that says so.
    pub open: bool,
}

impl Enum {
    /// Creates an enum type that admits the documented values alone.
    #[must_use]
    pub fn of(values: Vec<Value>) -> Self {
        Self { values, open: false }
    }
}

/// The range of an integer type of the API, from the limits of its schema. Emitted code has `i64` or `u64` for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IntegerKind {
    /// 64 bits with a sign.
    Signed,
    /// 64 bits without a sign.
    Unsigned,
}

/// The kind of a string type, from the `format` of its schema: plain text, a timestamp, a date, a secret or bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StringKind {
    /// Text.
    Plain,
    /// A date and time.
    Timestamp,
    /// A date.
    Date,
    /// A secret, which no log shows.
    Secret,
    /// Bytes.
    Binary,
}

/// The shape of an array type whose first elements have types of their own, from `prefixItems`. Emitted code has a tuple
/// for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Tuple {
    /// The types of the first elements.
    pub elements: Vec<TypeRef>,
    /// The type of the elements after them, if an array may be shorter or longer. `None` if every array has these
    /// elements and no others.
    pub rest: Option<TypeRef>,
}

/// The shape of an object type with declared fields. Emitted code has a struct for it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object {
    /// The declared keys, in the order of the description.
    pub fields: Vec<Field>,
    /// The type of the values under other keys. `None` if octogen does not keep them.
    pub rest: Option<TypeRef>,
    /// The schema denies other keys: `additionalProperties: false`.
    pub closed: bool,
}

/// A declared field of an object type: its JSON key, its type, and whether it is required.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The key.
    pub key: String,
    /// Every object has the key.
    pub required: bool,
    /// Every object in a request has the key, although an object in a response may lack it.
    pub required_in_requests: bool,
    /// Every object in a response has the key, although an object in a request may lack it.
    pub required_in_responses: bool,
    /// The reason why the object has the field.
    pub declared: Declared,
    /// The type of its value.
    pub ty: TypeRef,
    /// The facts about its value that hold here.
    pub constraints: Constraints,
    /// The text about it here.
    pub docs: Docs,
}

/// The reason why an object type has a field. If the schema does not always declare the key, a value of another type is
/// treated as the value of an undeclared key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Declared {
    /// The schema declares the key.
    Always,
    /// Only a schema under a condition declares the key, such as `then`.
    UnderCondition,
    /// The key is not in the schema; it is inferred from examples.
    ByExamples,
}

/// The shape of a union type, from `oneOf` or `anyOf`: its variants and its discriminator property. Emitted code has an
/// enum for it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Union {
    /// The variants, in the order of the description.
    pub variants: Vec<Variant>,
    /// The discriminator property, if the description states one.
    pub discriminator: Option<String>,
    /// A value may fit several variants at once: `anyOf`.
    pub overlapping: bool,
    /// The variant for values that fit several variants at once. It has the keys of all variants that are objects.
    pub combined: Option<usize>,
}

/// One variant of a union type: its type, and the discriminator values that select it.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// The type.
    pub ty: TypeRef,
    /// The text about the variant, unless it is the text about its type.
    pub docs: Option<Docs>,
    /// The name of an inline variant. The name of a component is that of the variant.
    pub label: Option<String>,
    /// The discriminator values that select the variant.
    pub discriminator_values: Vec<Value>,
    /// The name of the component that the variant refers to. It is the discriminator value if nothing else states one.
    pub component: Option<String>,
}

impl Variant {
    /// Creates a variant of a union type that no discriminator value selects yet. The label is the name of an inline
    /// variant.
    #[must_use]
    pub fn new(ty: impl Into<TypeRef>, label: String) -> Self {
        Self { ty: ty.into(), docs: None, label: Some(label), discriminator_values: Vec::new(), component: None }
    }
}

/// A use of a type, identified by the type that contains it and the position there, such as a field. Checks and
/// evidence name with it the place to widen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Edge {
    /// An example, by its index.
    Root(usize),
    /// The type itself, whatever uses it.
    Within(TypeId),
    /// A declared key of an object, by its index.
    Field(TypeId, usize),
    /// The undeclared keys of an object.
    Rest(TypeId),
    /// The elements of an array.
    Items(TypeId),
    /// One element of a tuple.
    Element(TypeId, usize),
    /// The values of a map.
    Values(TypeId),
    /// A variant of a union, by its index.
    Variant(TypeId, usize),
}
