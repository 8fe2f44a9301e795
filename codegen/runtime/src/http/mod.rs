//! Operations as data: their requests, their responses, and the facts about them. Nothing here sends anything.
//!
//! Files of this folder import one another directly. This file only exports.

mod blob;
#[cfg(feature = "client")]
mod body;
#[cfg(feature = "client")]
mod body_error;
mod form;
mod header;
mod info;
mod macros;
mod media_type;
mod method;
mod multipart;
mod operation;
mod operation_docs;
mod pagination;
mod percent;
mod permission;
mod permissions;
mod read_as;
mod request;
mod request_body;
mod response;
mod route;
mod security;
mod server;
mod service;
mod style;
mod takes;

pub use blob::Blob;
#[cfg(feature = "client")]
pub(crate) use blob::Content;
#[cfg(feature = "client")]
pub use body::Body;
#[cfg(feature = "client")]
pub(crate) use body::End;
#[cfg(feature = "client")]
pub use body_error::{BodyError, BoxError};
pub use form::Encoding;
pub use header::Header;
pub use info::OperationInfo;
#[cfg(feature = "client")]
pub(crate) use media_type::essence;
pub use media_type::is_json;
pub use method::Method;
pub use operation::Operation;
pub use pagination::{Page, PageStyle, Pagination};
#[cfg(feature = "client")]
pub(crate) use percent::percent_encode;
pub use permission::Permission;
pub use permissions::{
    Grants, MissingPermissions, RequiredPermission, RequiredPermissions, permissions_for,
};
pub use read_as::{Bytes, Json, ReadAs, Text, WithMediaType};
pub use request::{Request, RequestError, WriteBody};
pub use request_body::RequestBody;
pub use response::{FromResponse, Location, Response, bytes, json, text};
#[cfg(feature = "client")]
pub(crate) use route::mask_segments;
pub use security::{SchemeCredential, SchemeKind, SecurityScheme};
pub use server::{OperationServer, server_url};
pub use service::ServiceConventions;
pub use style::Style;
#[cfg(feature = "client")]
pub(crate) use style::parse_simple;
pub use takes::{AnyCredential, Takes};
