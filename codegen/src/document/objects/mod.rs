//! The objects of OpenAPI 3.0 and 3.1, each with its keys. <https://spec.openapis.org/oas/v3.1.1.html>

mod components;
mod example;
mod external_docs;
mod info;
mod media_type;
mod operation;
mod parameter;
mod path_item;
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

pub use components::Components;
pub use example::{Example, Examples};
pub use external_docs::ExternalDocs;
pub use info::Info;
pub use media_type::{Encoding, MediaType};
pub use operation::{Operation, Pagination};
pub use parameter::{Header, Parameter};
pub use path_item::PathItem;
pub use request_body::RequestBody;
pub use response::Response;
pub use root::Document;
pub use schema::{Additional, Condition, Discriminator, Schema};
pub use schema_types::SchemaType;
pub use security::{SecurityRequirement, SecurityScheme};
pub use server::{Server, ServerVariable};
