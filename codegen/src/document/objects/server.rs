//! Servers.

use octogen_runtime::Value;

use crate::document::read::{Map, object};

object! {
    /// A server object of an OpenAPI document, parsed into typed fields for lowering: a base URL of the API, with its
    /// variables.
    pub struct Server<'a>: "a server" {
        "url" => url: Option<&'a str>,
        "description" => description: Option<&'a str>,
        "variables" => variables: Map<'a, ServerVariable<'a>>,
    }
}

object! {
    /// A server variable object of an OpenAPI document, parsed into typed fields for lowering: the default and the
    /// possible values of a variable in a base URL.
    pub struct ServerVariable<'a>: "a server variable" {
        "enum" => values: Vec<&'a Value>,
        "default" => default: Option<&'a Value>,
        "description" => description: Option<&'a str>,
    }
}
