//! Where users sign in, and where the API is.

use std::net::IpAddr;

use http::Uri;

use crate::apps::SERVER as API;
use crate::oauth::SERVER;

/// The API of a server, by the address of its pages: GitHub Enterprise Server has it below, and other servers can be told.
pub(super) fn api_of(web: &str) -> String {
    match web.trim_end_matches('/') {
        SERVER => API.to_owned(),
        web => format!("{web}/api/v3"),
    }
}

/// Whether nobody on the way can read along: TLS, or no way at all. The secret of the app and the tokens stand in the
/// body of requests, where the client doesn't look for them.
pub(super) fn is_private(url: &str) -> bool {
    let Ok(uri) = url.parse::<Uri>() else { return false };
    let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']').trim_end_matches('.');
    let is_loopback = match host.parse::<IpAddr>() {
        Ok(address) => address.is_loopback(),
        Err(_) => host == "localhost" || host.ends_with(".localhost"),
    };
    uri.scheme_str() == Some("https") || is_loopback
}
