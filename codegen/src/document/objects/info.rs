//! Facts about the API.

use crate::document::read::object;

object! {
    /// Facts about the API.
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
    }
}
