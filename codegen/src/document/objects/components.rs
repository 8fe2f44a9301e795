//! The `components` object: objects that references name.

use super::{Example, Header, Parameter, PathItem, RequestBody, Response, Schema, SecurityScheme};
use crate::diagnostic::Diagnostics;
use crate::document::read::{Map, Read, RefOr, object};

object! {
    /// The `components` object of an OpenAPI document, parsed into typed fields for lowering: the schemas, parameters,
    /// responses and other objects that references name.
    pub struct Components<'a>: "`components`" {
        "schemas" => schemas: Map<'a, RefOr<'a, Schema<'a>>>,
        "responses" => responses: Map<'a, RefOr<'a, Response<'a>>>,
        "parameters" => parameters: Map<'a, RefOr<'a, Parameter<'a>>>,
        "examples" => examples: Map<'a, RefOr<'a, Example<'a>>>,
        "requestBodies" => request_bodies: Map<'a, RefOr<'a, RequestBody<'a>>>,
        "headers" => headers: Map<'a, RefOr<'a, Header<'a>>>,
        "securitySchemes" => security_schemes: Map<'a, RefOr<'a, SecurityScheme<'a>>>,
        "links",
        "callbacks",
        "pathItems" => path_items: Map<'a, RefOr<'a, PathItem<'a>>>,
    }
}

impl Components<'_> {
    /// Checks all components except the schemas and reports their problems. Components that no reference names are read
    /// nowhere else.
    pub fn check_unused(&self, diagnostics: &mut Diagnostics) {
        self.responses.check(diagnostics);
        self.parameters.check(diagnostics);
        self.examples.check(diagnostics);
        self.request_bodies.check(diagnostics);
        self.headers.check(diagnostics);
        self.security_schemes.check(diagnostics);
        self.path_items.check(diagnostics);
    }
}
