//! Servers.

use crate::document::read::{Map, Text, object};

object! {
    /// A server object of an OpenAPI document, parsed into typed fields for lowering: a base URL of the API, with its
    /// variables.
    pub struct Server<'a>: "a server" {
        "url" => url: Option<Text<'a>> [Required "octogen ignores the server"],
        "description" => description: Option<&'a str>,
        "variables" => variables: Map<'a, ServerVariable<'a>>,
    }
}

object! {
    /// A server variable object of an OpenAPI document, parsed into typed fields for lowering: the default and the
    /// possible values of a variable in a base URL.
    pub struct ServerVariable<'a>: "a server variable" {
        "enum" => values: Vec<&'a str>,
        "default" => default: Option<&'a str> [Required "octogen uses the empty text"],
        "description" => description: Option<&'a str>,
    }
}
