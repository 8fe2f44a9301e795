use super::parameters::Style;
use super::{Docs, TypeRef};

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// Every request has one.
    pub required: bool,
    /// The media types. The first is the default.
    pub contents: Vec<Content>,
    /// The text about it.
    pub docs: Docs,
}

/// A media type of a request body.
#[derive(Clone, Debug)]
pub struct Content {
    /// The media type.
    pub media_type: String,
    /// The serialization.
    pub kind: BodyKind,
    /// The serializations of properties of a form that differ from the default.
    pub encodings: Vec<Encoding>,
}

/// The serialization of a property of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// A property, by its name, in a style.
    Styled(String, Style),
    /// A property, by its name, as a part of a media type.
    OfType(String, String),
}

/// The content of a response body, or of a request body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ContentKind {
    /// JSON of a type.
    Json(TypeRef),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

impl ContentKind {
    /// The type of the content.
    #[must_use]
    pub fn ty(self) -> Option<TypeRef> {
        match self {
            Self::Json(ty) => Some(ty),
            Self::Text | Self::Bytes => None,
        }
    }

    /// The type of the content, to be replaced.
    pub fn ty_mut(&mut self) -> Option<&mut TypeRef> {
        match self {
            Self::Json(ty) => Some(ty),
            Self::Text | Self::Bytes => None,
        }
    }
}

/// The serialization of a request body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyKind {
    /// JSON, or bytes.
    Plain(ContentKind),
    /// A text. If examples widened its type, other values are written as JSON.
    Text(TypeRef),
    /// `application/x-www-form-urlencoded`; the type holds all fields.
    Form(TypeRef),
    /// `multipart/form-data`; the type holds all parts.
    Multipart(TypeRef),
}

impl BodyKind {
    /// The type of the content.
    #[must_use]
    pub fn ty(self) -> Option<TypeRef> {
        match self {
            Self::Plain(kind) => kind.ty(),
            Self::Text(ty) | Self::Form(ty) | Self::Multipart(ty) => Some(ty),
        }
    }

    /// The type of the content, to be replaced.
    pub fn ty_mut(&mut self) -> Option<&mut TypeRef> {
        match self {
            Self::Plain(kind) => kind.ty_mut(),
            Self::Text(ty) | Self::Form(ty) | Self::Multipart(ty) => Some(ty),
        }
    }
}
