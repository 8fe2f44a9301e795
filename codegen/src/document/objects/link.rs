//! Links between operations.

use super::Server;
use crate::document::read::{Map, NonNull, Text, object};

object! {
    /// A link object of an OpenAPI document, parsed into typed fields: an operation whose parameters a response
    /// contains. Its keys are checked, but octogen does not use them.
    pub struct Link<'a>: "a link" {
        "operationRef" => operation_ref: Option<Text<'a>>,
        "operationId" => operation_id: Option<Text<'a>>,
        "parameters": Map<'a, NonNull>,
        "requestBody",
        "description": &'a str,
        "server" => server: Option<Server<'a>>,
    }
}
