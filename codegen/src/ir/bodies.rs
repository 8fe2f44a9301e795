//! What requests and responses hold.

use super::operations::Style;
use super::{Docs, TypeRef};

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// Whether every request has one.
    pub required: bool,
    /// What it may hold, one media type or several; the usual one is the first.
    pub contents: Vec<Content>,
    /// What the description says of it.
    pub docs: Docs,
}

/// What the body of a request holds.
#[derive(Clone, Debug)]
pub struct Content {
    /// The media type.
    pub media_type: String,
    /// How it is written.
    pub kind: BodyKind,
    /// How the properties of a form are written, where it is not as usual.
    pub encodings: Vec<Encoding>,
}

/// How a property of a form is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// The property of that name in a style.
    Styled(String, Style),
    /// The property of that name as a part of a media type.
    OfType(String, String),
}

/// How a body is read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ContentKind {
    /// JSON of a type.
    Json(TypeRef),
    /// Text.
    Text,
    /// Bytes, as they are.
    Bytes,
}

impl ContentKind {
    /// The type that describes the whole of it.
    #[must_use]
    pub fn ty(self) -> Option<TypeRef> {
        match self {
            Self::Json(ty) => Some(ty),
            Self::Text | Self::Bytes => None,
        }
    }

    /// The type that describes all of it, to be replaced.
    pub fn ty_mut(&mut self) -> Option<&mut TypeRef> {
        match self {
            Self::Json(ty) => Some(ty),
            Self::Text | Self::Bytes => None,
        }
    }
}

/// How the body of a request is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyKind {
    /// As one that a response can have as well, apart from text.
    Plain(ContentKind),
    /// A text as it is; what payloads have shown beside texts, as JSON.
    Text(TypeRef),
    /// Pairs of a name and a text, as `application/x-www-form-urlencoded` has them; a type for all of them.
    Form(TypeRef),
    /// Parts with a name each, as `multipart/form-data` has them; a type for all of them.
    Multipart(TypeRef),
}

impl BodyKind {
    /// The type that describes the whole of it.
    #[must_use]
    pub fn ty(self) -> Option<TypeRef> {
        match self {
            Self::Plain(kind) => kind.ty(),
            Self::Text(ty) | Self::Form(ty) | Self::Multipart(ty) => Some(ty),
        }
    }

    /// The type that describes all of it, to be replaced.
    pub fn ty_mut(&mut self) -> Option<&mut TypeRef> {
        match self {
            Self::Plain(kind) => kind.ty_mut(),
            Self::Text(ty) | Self::Form(ty) | Self::Multipart(ty) => Some(ty),
        }
    }
}
