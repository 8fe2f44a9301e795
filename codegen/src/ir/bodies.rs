use super::parameters::ParameterStyle;
use super::{Docs, TypeRef};

/// The request body of an operation, after lowering: its media types and the type of its content in each.
#[derive(Clone, Debug)]
pub struct Body {
    /// Every request has one.
    pub required: bool,
    /// The media types. The first is the default.
    pub contents: Vec<Content>,
    /// The text about it.
    pub docs: Docs,
}

/// One media type of the request body of an operation, after lowering, with the serialization of the body.
#[derive(Clone, Debug)]
pub struct Content {
    /// The media type.
    pub media_type: String,
    /// The serialization.
    pub kind: BodyKind,
    /// The serializations of properties of a form that differ from the default.
    pub encodings: Vec<Encoding>,
}

/// The serialization of one property of a form body, where it differs from the default: a style, or a media type of its
/// own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// A property, by its name, in a style.
    Styled(String, ParameterStyle),
    /// A property, by its name, as a part of a media type.
    OfType(String, String),
}

/// The kind of the content of an HTTP body, after lowering: JSON of a type, text, or bytes.
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
    /// Returns the type of this body content if the content is JSON. Text and bytes have no type.
    #[must_use]
    pub fn ty(self) -> Option<TypeRef> {
        match self {
            Self::Json(ty) => Some(ty),
            Self::Text | Self::Bytes => None,
        }
    }

    /// Returns the type of this body content for replacement, if the content is JSON. The evidence stage calls it to
    /// set a wider type.
    pub fn ty_mut(&mut self) -> Option<&mut TypeRef> {
        match self {
            Self::Json(ty) => Some(ty),
            Self::Text | Self::Bytes => None,
        }
    }
}

/// The serialization of a request body, after lowering: JSON, bytes, text, or one of the two kinds of form.
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
    /// Returns the type that describes the content of this request body, or `None` if the body is plain text or bytes.
    #[must_use]
    pub fn ty(self) -> Option<TypeRef> {
        match self {
            Self::Plain(kind) => kind.ty(),
            Self::Text(ty) | Self::Form(ty) | Self::Multipart(ty) => Some(ty),
        }
    }

    /// Returns the type of the content of this request body for replacement, or `None` if the body is plain text or
    /// bytes.
    pub fn ty_mut(&mut self) -> Option<&mut TypeRef> {
        match self {
            Self::Plain(kind) => kind.ty_mut(),
            Self::Text(ty) | Self::Form(ty) | Self::Multipart(ty) => Some(ty),
        }
    }
}
