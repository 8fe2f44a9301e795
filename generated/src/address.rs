//! Addresses of a GitHub: its pages and its API.

use url::Url;

/// Returns the URL of the API that belongs to the web pages of a GitHub server. github.com and `*.ghe.com` have a
/// separate host for the API, a GitHub Enterprise Server has a path.
///
/// Source: <https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api>.
pub(crate) fn api_url(web: &Url) -> String {
    match web.host_str().unwrap_or_default() {
        host if host == "github.com" || host.ends_with(".ghe.com") => {
            let port = web.port().map(|port| format!(":{port}")).unwrap_or_default();
            format!("{}://api.{host}{port}", web.scheme())
        }
        _ => format!("{}/api/v3", web.as_str().trim_end_matches('/')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_server_has_its_api() {
        for (web, api) in [
            ("https://github.com", "https://api.github.com"),
            ("https://github.com/", "https://api.github.com"),
            ("https://octocorp.ghe.com", "https://api.octocorp.ghe.com"),
            ("https://octocorp.ghe.com:8443", "https://api.octocorp.ghe.com:8443"),
            ("https://github.example.com", "https://github.example.com/api/v3"),
            ("https://example.com:8443/github/", "https://example.com:8443/github/api/v3"),
            ("http://127.0.0.1:3000", "http://127.0.0.1:3000/api/v3"),
            ("https://evil-ghe.com", "https://evil-ghe.com/api/v3"),
        ] {
            assert_eq!(api_url(&Url::parse(web).unwrap()), api);
        }
    }
}
