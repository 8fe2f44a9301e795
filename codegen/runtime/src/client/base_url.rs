//! The base URL of an operation that has a server of its own.

use url::Url;

use super::address::same_origin;
use crate::http::OperationServer;

/// Returns the URL under which the path of an operation is.
///
/// The OpenAPI document states its own server and that of the operation, and the client has its own base URL:
///
/// - If both documented servers have the same host, the path of the operation's server is applied to the client's URL:
///   `https://shop.example/api/v3` becomes `https://shop.example/api/uploads`.
/// - If the operation's server has another host, it is used only if the client's URL is the documented one, and only with
///   `https`. Then the OpenAPI document names this host for the operation, so that it may receive the credential. Any other
///   client keeps its URL, since its credential is not meant for the documented host.
pub(crate) fn operation_base_url(client: &Url, server: Option<OperationServer>) -> Url {
    own_base_url(client, server).unwrap_or_else(|| client.clone())
}

fn own_base_url(client: &Url, server: Option<OperationServer>) -> Option<Url> {
    let OperationServer {
        document,
        operation,
    } = server?;
    // A description may leave out the host. It is then the same in both URLs.
    let usual = Url::parse("https://server.invalid/")
        .ok()?
        .join(document)
        .ok()?;
    let own = usual
        .join(if operation.is_empty() { "/" } else { operation })
        .ok()?;
    if (own.host(), own.port()) == (usual.host(), usual.port()) {
        let mount = client
            .path()
            .trim_end_matches('/')
            .strip_suffix(usual.path().trim_end_matches('/'))?;
        let mut url = client.clone();
        url.set_path(&format!("{mount}{}", own.path()));
        return Some(url);
    }
    let is_usual = same_origin(client, &usual) && trimmed_path(client) == trimmed_path(&usual);
    (is_usual && own.scheme() == "https").then_some(own)
}

/// Returns the path without slashes at its end.
fn trimmed_path(url: &Url) -> &str {
    url.path().trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::operation_base_url;
    use crate::http::OperationServer;

    #[test]
    fn another_host_is_used_only_by_the_documented_client() -> Result<(), url::ParseError> {
        let api = "https://api.example";
        let cases = [
            (
                api,
                api,
                "https://uploads.example",
                "https://uploads.example/",
            ),
            (
                "https://api.example/",
                api,
                "https://uploads.example/v1",
                "https://uploads.example/v1",
            ),
            (api, api, "http://uploads.example", "https://api.example/"),
            (
                "https://own.example",
                api,
                "https://uploads.example",
                "https://own.example/",
            ),
            (
                "http://api.example",
                api,
                "https://uploads.example",
                "http://api.example/",
            ),
            (
                "https://own.example/api/v3",
                "https://a.example/v3",
                "https://a.example/up",
                "https://own.example/api/up",
            ),
            (
                "https://own.example/other",
                "https://a.example/v3",
                "https://a.example/up",
                "https://own.example/other",
            ),
            (
                "https://own.example/v1",
                "/v1",
                "/v2",
                "https://own.example/v2",
            ),
            ("https://own.example/v1", "/v1", "", "https://own.example/"),
        ];
        for (client, document, operation, expected) in cases {
            let url = operation_base_url(
                &Url::parse(client)?,
                Some(OperationServer {
                    document,
                    operation,
                }),
            );
            assert_eq!(url.as_str(), expected, "{client} {document} {operation}");
        }
        assert_eq!(
            operation_base_url(&Url::parse(api)?, None).as_str(),
            "https://api.example/"
        );
        Ok(())
    }
}
