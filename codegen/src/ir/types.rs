use std::ops::{Index, IndexMut};

use octogen_runtime::Value;

use super::Constraints;
use crate::diagnostic::Place;

/// Names a type of an [`Api`](super::Api).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub usize);

/// A use of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeRef {
    /// The type.
    pub id: TypeId,
    /// Null fits here as well.
    pub nullable: bool,
}

impl From<TypeId> for TypeRef {
    fn from(id: TypeId) -> Self {
        Self { id, nullable: false }
    }
}

/// All types of a description.
#[derive(Debug, Default)]
pub struct Types {
    all: Vec<Type>,
}

impl Types {
    /// Adds a type.
    pub fn add(&mut self, ty: Type) -> TypeId {
        self.all.push(ty);
        TypeId(self.all.len() - 1)
    }

    /// Adds a type within another one that the document does not describe by a schema of its own.
    pub fn add_within(&mut self, owner: TypeId, step: Step, shape: Shape) -> TypeId {
        let place = self[owner].place.clone();
        self.add(Type::new(shape, Origin::Within(owner, step), place))
    }

    /// The ids of all types, in the order in which the description leads to them.
    pub fn ids(&self) -> impl Iterator<Item = TypeId> + use<> {
        (0..self.all.len()).map(TypeId)
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.all.len()
    }
}

impl Types {
    /// The only values that are documented for a type, where they are listed.
    #[must_use]
    pub fn constants(&self, used: TypeRef) -> Option<Vec<Value>> {
        let ty = &self[used.id];
        match (&ty.shape, ty.constraints.constant) {
            _ if used.nullable => None,
            (Shape::Enum(values), _) => Some(values.clone()),
            (Shape::Boolean, Some(only)) => Some(vec![Value::Boolean(only)]),
            _ => None,
        }
    }
}

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

/// A type, where it comes from and what is said of it.
#[derive(Clone, Debug)]
pub struct Type {
    /// Which values fit.
    pub shape: Shape,
    /// Where it stands in the description, from which it gets its name.
    pub origin: Origin,
    /// The schema that describes the shape.
    pub place: Place,
    /// The facts about its values beside the shape.
    pub constraints: Constraints,
    /// The text about it.
    pub docs: Docs,
}

impl Type {
    /// A type without constraints and text.
    #[must_use]
    pub fn new(shape: Shape, origin: Origin, place: Place) -> Self {
        Self { shape, origin, place, constraints: Constraints::default(), docs: Docs::default() }
    }
}

/// Which values fit a type.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Any JSON value.
    Any,
    /// Only null.
    Null,
    /// `true` and `false`.
    Boolean,
    /// Integers.
    Integer(IntegerKind),
    /// Numbers.
    Number,
    /// Strings.
    String(StringKind),
    /// Arrays of one type.
    Array(TypeRef),
    /// Arrays of fixed length.
    Tuple(Vec<TypeRef>),
    /// Objects with any keys and values of one type.
    Map(TypeRef),
    /// Objects with known keys.
    Object(Object),
    /// Documented values, null aside.
    Enum(Vec<Value>),
    /// One of several types.
    Union(Union),
}

impl Shape {
    /// Visits the uses of other types.
    pub fn for_each_use(&mut self, visit: &mut dyn FnMut(&mut TypeRef)) {
        match self {
            Self::Array(inner) | Self::Map(inner) => visit(inner),
            Self::Tuple(elements) => elements.iter_mut().for_each(visit),
            Self::Object(object) => {
                object.fields.iter_mut().map(|field| &mut field.ty).chain(&mut object.rest).for_each(visit);
            }
            Self::Union(union) => union.variants.iter_mut().map(|variant| &mut variant.ty).for_each(visit),
            _ => {}
        }
    }

    /// The uses of other types.
    #[must_use]
    pub fn uses(&self) -> Vec<TypeRef> {
        match self {
            Self::Array(inner) | Self::Map(inner) => vec![*inner],
            Self::Tuple(elements) => elements.clone(),
            Self::Object(object) => object.fields.iter().map(|field| field.ty).chain(object.rest).collect(),
            Self::Union(union) => union.variants.iter().map(|variant| variant.ty).collect(),
            _ => Vec::new(),
        }
    }

    /// The types that a value of this one holds.
    #[must_use]
    pub fn children(&self) -> Vec<TypeId> {
        self.uses().into_iter().map(|used| used.id).collect()
    }
}

/// How wide an integer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IntegerKind {
    /// 64 bits with a sign.
    Signed,
    /// 64 bits without a sign.
    Unsigned,
}

/// What a string stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StringKind {
    /// Text.
    Plain,
    /// A date and time.
    Timestamp,
    /// A date.
    Date,
    /// Something that is not to be printed.
    Secret,
    /// Bytes.
    Binary,
}

/// The keys of an object.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object {
    /// The declared keys, in the order of the description.
    pub fields: Vec<Field>,
    /// The type of the values under other keys, where they are to be kept.
    pub rest: Option<TypeRef>,
}

/// A declared key of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The key.
    pub key: String,
    /// Whether every object has it.
    pub required: bool,
    /// Whether only payloads tell of it: what is of another type is then what an undeclared key has.
    pub observed: bool,
    /// The type of its value.
    pub ty: TypeRef,
    /// The facts about its value that hold here.
    pub constraints: Constraints,
    /// The text about it here.
    pub docs: Docs,
}

/// The variants of a union.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Union {
    /// The variants, in the order of the description.
    pub variants: Vec<Variant>,
    /// The key whose value tells the variants apart, where the description states one.
    pub discriminator: Option<String>,
    /// Whether a value may be of several variants at once: `anyOf`.
    pub overlapping: bool,
    /// The variant that has the keys of all variants that are objects, for values that are of several at once.
    pub combined: Option<usize>,
}

/// One variant of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// The type.
    pub ty: TypeRef,
    /// The text about the variant, unless it is the text about its type.
    pub docs: Option<Docs>,
    /// What the description calls the variant, if it stands inline.
    pub label: Option<String>,
    /// The values of the discriminator that stand for the variant.
    pub discriminator_values: Vec<String>,
}

impl Variant {
    /// A variant that no discriminator selects.
    #[must_use]
    pub fn new(ty: impl Into<TypeRef>, label: String) -> Self {
        Self { ty: ty.into(), docs: None, label: Some(label), discriminator_values: Vec::new() }
    }
}

/// What leads to a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Edge {
    /// The payload of that place among the payloads.
    Root(usize),
    /// Nothing that is known: only the type itself.
    Within(TypeId),
    /// A declared key of an object, by its place there.
    Field(TypeId, usize),
    /// The undeclared keys of an object.
    Rest(TypeId),
    /// The elements of an array.
    Items(TypeId),
    /// One element of a tuple.
    Element(TypeId, usize),
    /// The values of a map.
    Values(TypeId),
    /// A variant of a union, by its place there.
    Variant(TypeId, usize),
}

/// Where a type stands in the description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Under `components`, by its name there.
    Component(String),
    /// Within another type.
    Within(TypeId, Step),
    /// Within an operation or a webhook, by its documented id.
    Operation(String, Step),
}

/// The step from a type or an operation to one within it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The value of a key.
    Property(String),
    /// The elements of an array.
    Items,
    /// One element of a tuple.
    Element(usize),
    /// The values of a map.
    Values,
    /// A variant of a union: its label, or its number.
    Variant(String),
    /// A parameter, by its name.
    Parameter(String),
    /// A request body; one of several is told apart by its media type.
    Body(String),
    /// The response of a status.
    Response(String),
}

/// The text that a document has about a thing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Docs {
    /// A headline.
    pub title: Option<String>,
    /// Text, in Markdown.
    pub description: Option<String>,
    /// The thing is deprecated.
    pub deprecated: bool,
    /// The day of its removal.
    pub removal_date: Option<String>,
    /// The address of its documentation.
    pub link: Option<String>,
}
