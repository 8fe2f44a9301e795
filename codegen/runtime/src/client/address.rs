//! Properties of URLs: origins, secrecy, and texts for messages.

use url::{Host, Url};

use crate::http::{mask_segments, percent_encode};

/// Returns whether two URLs have the same origin, so that a secret for one may go to the other.
pub(crate) fn same_origin(one: &Url, other: &Url) -> bool {
    one.origin().is_tuple() && one.origin() == other.origin()
}

/// Returns scheme, host and port for messages.
pub(crate) fn origin_text(url: &Url) -> String {
    if url.origin().is_tuple() {
        url.origin().ascii_serialization()
    } else {
        format!("{}:…", url.scheme())
    }
}

/// Returns whether a secret may be sent to this URL, since nobody between the client and the server can read it.
///
/// That holds for `https`, and for `http` to the same machine: `localhost`, a name under it, or a loopback address. The
/// client sends a credential nowhere else, except to hosts of
/// [`ClientBuilder::allow_plain_http`](super::ClientBuilder::allow_plain_http). Check an address with it before you
/// send a secret in a body, where the client does not look.
///
/// ```
/// use octogen_runtime::client::may_receive_secrets;
///
/// assert!(may_receive_secrets("https://api.example.com"));
/// assert!(may_receive_secrets("http://localhost:8080/login") && may_receive_secrets("http://[::1]"));
/// assert!(!may_receive_secrets("http://api.example.com") && !may_receive_secrets("http://localhost.example.com"));
/// ```
#[must_use]
pub fn may_receive_secrets(url: &str) -> bool {
    Url::parse(url).is_ok_and(|url| is_confidential(&url))
}

/// The same as [`may_receive_secrets`], for a URL that is parsed already.
pub(crate) fn is_confidential(url: &Url) -> bool {
    match url.scheme() {
        "https" => true,
        "http" => is_loopback(url),
        _ => false,
    }
}

/// Returns whether a credential may be sent to this URL: to a confidential one, or over plain HTTP to a host that the
/// caller named.
pub(crate) fn may_receive_credential(url: &Url, plain_http_hosts: &[Host]) -> bool {
    let is_named = |host: Host<&str>| plain_http_hosts.iter().any(|named| host == *named);
    is_confidential(url) || (url.scheme() == "http" && url.host().is_some_and(is_named))
}

/// Parses the name or the IP address of a host.
pub(crate) fn parse_host(text: &str) -> Result<Host, String> {
    let address = text.parse().map(Host::Ipv6);
    address.or_else(|_| Host::parse(text)).map_err(|_| {
        let text = text.escape_debug();
        format!("`{text}` is not the name of a host: write it without scheme, port and path")
    })
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            // A name may end with a dot, which only says that it is complete.
            let name = name.strip_suffix('.').unwrap_or(name);
            name == "localhost" || name.ends_with(".localhost")
        }
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Returns a URL for messages. The user, the values of the `hidden` query parameters, and the segments of the path that are
/// `secrets` become `***`.
pub(crate) fn mask_url(url: &Url, hidden: &[String], secrets: &[String]) -> String {
    let mut masked = url.clone();
    remove_user(&mut masked);
    if !secrets.is_empty() {
        masked.set_path(&mask_segments(url.path(), secrets));
    }
    let Some(query) = url.query() else {
        return masked.into();
    };
    let parts: Vec<String> = query
        .split('&')
        .map(|part| match is_named(part, hidden) {
            true => format!("{}=***", part.split('=').next().unwrap_or_default()),
            false => part.to_owned(),
        })
        .collect();
    masked.set_query(Some(&parts.join("&")));
    masked.into()
}

/// Removes parameters from the query. The others keep their text.
pub(crate) fn remove_parameters(url: &mut Url, names: &[impl AsRef<str>]) {
    let Some(query) = url.query() else { return };
    let parts: Vec<&str> = query
        .split('&')
        .filter(|part| !is_named(part, names))
        .collect();
    let query = parts.join("&");
    url.set_query(Some(query.as_str()).filter(|query| !query.is_empty()));
}

/// Removes user and password from the URL, since a transport might send them.
pub(crate) fn remove_user(url: &mut Url) {
    // Both fail only for a URL that has no host, and thus no user.
    let _ = url.set_username("");
    let _ = url.set_password(None);
}

/// Removes the parts of the URL that are never sent.
pub(crate) fn remove_unsent(url: &mut Url) {
    if !url.username().is_empty() || url.password().is_some() {
        remove_user(url);
    }
    if url.fragment().is_some() {
        url.set_fragment(None);
    }
}

/// Adds a parameter to the query. A space becomes `%20`, which every server reads, unlike `+`.
pub(crate) fn append_parameter(url: &mut Url, name: &str, value: &str) {
    let [name, value] = [name, value].map(percent_encode);
    append_encoded(url, [(name.as_str(), value.as_str())]);
}

/// Adds parameters to the query that are encoded already.
pub(crate) fn append_encoded<'a>(
    url: &mut Url,
    parameters: impl IntoIterator<Item = (&'a str, &'a str)>,
) {
    let mut parameters = parameters.into_iter().peekable();
    if parameters.peek().is_none() {
        return;
    }
    let mut query = url.query().unwrap_or_default().to_owned();
    for (name, value) in parameters {
        if !query.is_empty() {
            query.push('&');
        }
        query.push_str(name);
        query.push('=');
        query.push_str(value);
    }
    url.set_query(Some(query.as_str()).filter(|query| !query.is_empty()));
}

/// Returns whether a pair of a query has one of these names.
fn is_named(part: &str, names: &[impl AsRef<str>]) -> bool {
    let named = url::form_urlencoded::parse(part.as_bytes()).next();
    named.is_some_and(|(name, _)| names.iter().any(|hidden| hidden.as_ref() == name))
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::{
        append_parameter, mask_url, may_receive_credential, may_receive_secrets, parse_host,
        remove_parameters, same_origin,
    };

    #[test]
    fn secrets_go_to_https_and_to_loopback_only() {
        let allowed = [
            "https://example.com",
            "HTTPS://example.com",
            "http://localhost",
            "http://LOCALHOST:1",
            "http://localhost./",
            "http://app.localhost",
            "http://127.0.0.1",
            "http://127.8.9.1:80",
            "http://2130706433",
            "http://[::1]:8080",
        ];
        let refused = [
            "http://example.com",
            "http://localhost.example.com",
            "http://notlocalhost",
            "http://localhost@example.com",
            "http://128.0.0.1",
            "http://0.0.0.0",
            "http://[::2]",
            "ftp://localhost",
            "ws://localhost",
            "file:///etc",
            "localhost",
            "",
        ];
        assert_eq!(
            allowed
                .into_iter()
                .filter(|url| !may_receive_secrets(url))
                .collect::<Vec<_>>(),
            [""; 0]
        );
        assert_eq!(
            refused
                .into_iter()
                .filter(|url| may_receive_secrets(url))
                .collect::<Vec<_>>(),
            [""; 0]
        );
    }

    #[test]
    fn credentials_go_over_plain_http_to_named_hosts_only() -> Result<(), String> {
        let named = ["Billing", "10.0.0.5", "fd00::1", "[fd00::2]"].map(parse_host);
        let named = named.into_iter().collect::<Result<Vec<_>, _>>()?;
        for (url, expected) in [
            ("http://billing:8080/v1", true),
            ("http://10.0.0.5", true),
            ("http://[fd00::1]:80", true),
            ("http://[fd00:0::2]", true),
            ("https://other.example", true),
            ("http://other", false),
            ("http://billing.example", false),
            ("http://x.billing", false),
            ("http://billing@other", false),
            ("ftp://billing", false),
        ] {
            let parsed = Url::parse(url).map_err(|error| error.to_string())?;
            assert_eq!(may_receive_credential(&parsed, &named), expected, "{url}");
        }
        for wrong in ["http://billing", "billing:80", "billing/v1", "a b", ""] {
            assert!(parse_host(wrong).is_err(), "{wrong}");
        }
        Ok(())
    }

    #[test]
    fn origins_are_compared_with_default_ports() -> Result<(), url::ParseError> {
        let url = |text: &str| Url::parse(text);
        assert!(same_origin(
            &url("https://a.example/x")?,
            &url("https://A.example:443/y?z")?
        ));
        for other in [
            "http://a.example",
            "https://a.example:444",
            "https://b.example",
            "data:text/plain,x",
        ] {
            assert!(
                !same_origin(&url("https://a.example")?, &url(other)?),
                "{other}"
            );
        }
        assert!(!same_origin(&url("data:,x")?, &url("data:,x")?));
        Ok(())
    }

    #[test]
    fn secrets_of_a_url_are_masked() -> Result<(), url::ParseError> {
        let url = Url::parse("https://user:pass@a.example/x/s3cret?key=1&%6Bey=2&other=3")?;
        let masked = mask_url(&url, &["key".to_owned()], &["s3cret".to_owned()]);
        assert_eq!(masked, "https://a.example/x/***?key=***&%6Bey=***&other=3");
        Ok(())
    }

    #[test]
    fn parameters_are_added_and_removed() -> Result<(), url::ParseError> {
        let mut url = Url::parse("https://a.example/?a=%2F&b=1&a=2")?;
        append_parameter(&mut url, "c d", "e+f");
        remove_parameters(&mut url, &["b"]);
        assert_eq!(url.as_str(), "https://a.example/?a=%2F&a=2&c%20d=e%2Bf");
        remove_parameters(&mut url, &["a", "c d"]);
        assert_eq!(url.as_str(), "https://a.example/");
        Ok(())
    }
}
