//! Servers.

use octogen_runtime::Value;

use crate::document::read::{Map, object};

object! {
    /// A server of the API.
    pub struct Server<'a>: "a server" {
        "url" => url: Option<&'a str>,
        "description" => description: Option<&'a str>,
        "variables" => variables: Map<'a, ServerVariable<'a>>,
    }
}

object! {
    /// A variable in the URL of a server.
    pub struct ServerVariable<'a>: "a server variable" {
        "enum" => values: Vec<&'a Value>,
        "default" => default: Option<&'a Value>,
        "description" => description: Option<&'a str>,
    }
}
