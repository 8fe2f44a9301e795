//! The objects of OpenAPI 3.0 and 3.1, each with its keys. <https://spec.openapis.org/oas/v3.1.1.html>

mod components;
mod example;
mod external_docs;
mod info;
mod link;
mod media_type;
mod open_values;
mod operation;
mod parameter;
mod request_body;
mod response;
mod root;
mod schema;
mod schema_keywords;
mod schema_types;
mod security;
mod server;
#[cfg(test)]
mod tests;
mod value_docs;

pub use components::Components;
pub use example::{Example, Examples};
pub use external_docs::ExternalDocs;
pub use info::{Contact, Info, License};
pub use link::Link;
pub use media_type::{Encoding, Header, MediaType};
pub use operation::{Callback, Operation, Pagination, PathItem, Webhooks};
pub use parameter::Parameter;
pub use request_body::RequestBody;
pub use response::Response;
pub use root::{Document, Tag};
pub use schema::{Additional, Condition, Discriminator, Schema};
pub(in crate::document) use schema_keywords::{DiscriminatorObject, Items, SchemaObject, Xml};
pub use schema_types::SchemaType;
pub use security::{OAuthFlow, OAuthFlows, SecurityRequirement, SecurityScheme};
pub use server::{Server, ServerVariable};
