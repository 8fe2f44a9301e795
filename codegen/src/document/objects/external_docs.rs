//! Links to further documentation.

use crate::document::read::object;

object! {
    /// A link to further documentation.
    pub struct ExternalDocs<'a>: "external documentation" {
        "description",
        "url" => url: Option<&'a str>,
    }
}
