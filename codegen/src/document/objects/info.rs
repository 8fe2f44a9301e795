//! Facts about the API.

use crate::document::read::{Email, Url, object};

object! {
    /// The `info` object of an OpenAPI document, parsed into typed fields for lowering: title, description and version
    /// of the API, and octogen's extensions.
    pub struct Info<'a>: "`info`" {
        "title" => title: Option<&'a str> [Required "octogen names the API `API`"],
        "summary": &'a str [Since31 "write `openapi: 3.1.0`, or move the text to `description`"],
        "description" => description: Option<&'a str>,
        "termsOfService": Url,
        "contact" => contact: Option<Contact<'a>>,
        "license" => license: Option<License<'a>>,
        "version" => version: Option<&'a str> [Required "the documentation of the crate does not name the version of the API"],
        // The version of the API that requests ask for.
        "x-api-version" => api_version: Option<&'a str>,
        // Conventions of the service that no standard covers.
        "x-request-id-header" => request_id_header: Option<&'a str>,
        "x-accepted-permissions-header" => accepted_permissions_header: Option<&'a str>,
        "x-rate-limit-resource-header" => rate_limit_resource_header: Option<&'a str>,
        "x-rate-limit-texts" => rate_limit_texts: Vec<&'a str>,
    }
}

object! {
    /// The `contact` object of `info` in an OpenAPI document. Its keys are checked, but octogen does not use them.
    pub struct Contact<'a>: "`contact`" {
        "name": &'a str,
        "url": Url,
        "email": Email,
    }
}

object! {
    /// The `license` object of `info` in an OpenAPI document. Its keys are checked, but octogen does not use them.
    pub struct License<'a>: "`license`" {
        "name": &'a str [Required "octogen ignores the license"],
        "identifier" => identifier: Option<&'a str>
            [Since31 "write `openapi: 3.1.0`, or write the name of the license under `name`"],
        "url" => url: Option<Url<'a>>,
    }
}
