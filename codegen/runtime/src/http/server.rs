//! Servers of operations, and their URLs.

/// The server of an operation that has another one than its OpenAPI document: both URLs, as a fact of the operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OperationServer {
    /// The URL of the OpenAPI document's first server.
    pub document: &'static str,
    /// The URL of the operation's own server.
    pub operation: &'static str,
}

/// Returns the URL of a server from its template in an OpenAPI document: replaces each variable in braces by its value.
/// Variables without a value stay. Pass the result to the client as its base URL.
///
/// ```
/// use octogen_runtime::server_url;
///
/// assert_eq!(server_url("https://{region}.example.com/{stage}", &[("region", "eu")]), "https://eu.example.com/{stage}");
/// ```
#[must_use]
pub fn server_url(template: &str, values: &[(&str, &str)]) -> String {
    let mut url = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let value = after.split_once('}').and_then(|(name, after)| {
            values
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| (*value, after))
        });
        url.push_str(before);
        match value {
            Some((value, after)) => {
                url.push_str(value);
                rest = after;
            }
            None => {
                url.push('{');
                rest = after;
            }
        }
    }
    url.push_str(rest);
    url
}

#[cfg(test)]
mod tests {
    use super::server_url;

    #[test]
    fn variables_are_replaced_once() {
        let cases = [
            ("https://{a}.example/{b}", "https://{b}.example/2"),
            ("{a}{a}", "{b}{b}"),
            ("{c}/{b}", "{c}/2"),
            ("{{b}}", "{2}"),
            ("{b", "{b"),
            ("", ""),
        ];
        for (template, expected) in cases {
            assert_eq!(
                server_url(template, &[("a", "{b}"), ("b", "2")]),
                expected,
                "{template}"
            );
        }
    }
}
