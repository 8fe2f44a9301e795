//! Links to further documentation.

use crate::document::read::{Url, object};

object! {
    /// The `externalDocs` object of an OpenAPI document, parsed into typed fields for lowering: a link to further
    /// documentation of an operation or tag.
    pub struct ExternalDocs<'a>: "external documentation" {
        "description": &'a str,
        "url" => url: Option<Url<'a>> [Required "octogen documents no link"],
    }
}
