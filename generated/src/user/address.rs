//! Where users sign in, and where the API is.

use crate::apps::SERVER as API;
use crate::oauth::SERVER;

/// The API of a server, by the address of its pages: GitHub Enterprise Server has it below, and other servers can be told.
pub(super) fn api_of(web: &str) -> String {
    match web.trim_end_matches('/') {
        SERVER => API.to_owned(),
        web => format!("{web}/api/v3"),
    }
}
