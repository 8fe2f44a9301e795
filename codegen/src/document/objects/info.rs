//! Facts about the API.

use crate::document::read::object;

object! {
    /// The `info` object of an OpenAPI document, parsed into typed fields for lowering: title, description and version
    /// of the API, and octogen's extensions.
    pub struct Info<'a>: "`info`" {
        "title" => title: Option<&'a str>,
        "summary",
        "description" => description: Option<&'a str>,
        "termsOfService",
        "contact",
        "license",
        "version" => version: Option<&'a str>,
        // The version of the API that requests ask for.
        "x-api-version" => api_version: Option<&'a str>,
        // Conventions of the service that no standard covers.
        "x-request-id-header" => request_id_header: Option<&'a str>,
        "x-accepted-permissions-header" => accepted_permissions_header: Option<&'a str>,
        "x-rate-limit-resource-header" => rate_limit_resource_header: Option<&'a str>,
        "x-rate-limit-texts" => rate_limit_texts: Vec<&'a str>,
    }
}
