//! URLs: which are of one origin, which may be given a credential, and how they are shown.

use url::{Host, Url};

use crate::http::without_secrets;

/// Whether what is meant for the one may go to the other.
pub(crate) fn same_origin(one: &Url, other: &Url) -> bool {
    one.origin().is_tuple() && one.origin() == other.origin()
}

/// The scheme, host and port, for messages.
pub(crate) fn origin(url: &Url) -> String {
    if url.origin().is_tuple() { url.origin().ascii_serialization() } else { format!("{}:…", url.scheme()) }
}

/// Returns whether a secret may be sent to this URL: nobody between the two ends can read it.
///
/// That holds for `https`, and for `http` to the same machine: `localhost`, a name under it, or a loopback address. The
/// client sends a credential nowhere else. Check an address with it before you send a secret in a body, where the client
/// does not look.
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

/// A URL as it may be shown: the values of these query parameters are hidden, and these segments of the path.
pub(crate) fn shown(url: &Url, hidden: &[String], secrets: &[String]) -> String {
    let mut shown = url.clone();
    without_user(&mut shown);
    if !secrets.is_empty() {
        shown.set_path(&without_secrets(url.path(), secrets));
    }
    let Some(query) = url.query() else { return shown.into() };
    let parts: Vec<String> = query
        .split('&')
        .map(|part| match is_named(part, hidden) {
            true => format!("{}=***", part.split('=').next().unwrap_or_default()),
            false => part.to_owned(),
        })
        .collect();
    shown.set_query(Some(&parts.join("&")));
    shown.into()
}

/// Takes these parameters out of the query; the others keep their text.
pub(crate) fn without_parameters(url: &mut Url, names: &[impl AsRef<str>]) {
    let Some(query) = url.query() else { return };
    let parts: Vec<&str> = query.split('&').filter(|part| !is_named(part, names)).collect();
    let query = parts.join("&");
    url.set_query(Some(query.as_str()).filter(|query| !query.is_empty()));
}

/// Takes a user and a password out of the URL, which a transport might send along.
pub(crate) fn without_user(url: &mut Url) {
    // Both fail only for a URL that has no host, and thus no user.
    let _ = url.set_username("");
    let _ = url.set_password(None);
}

/// Takes out what is never sent.
pub(crate) fn as_sent(url: &mut Url) {
    if !url.username().is_empty() || url.password().is_some() {
        without_user(url);
    }
    if url.fragment().is_some() {
        url.set_fragment(None);
    }
}

/// Adds a parameter to the query. A space becomes `%20`, which everybody reads, unlike `+`.
pub(crate) fn with_parameter(url: &mut Url, name: &str, value: &str) {
    let [name, value] = [name, value].map(crate::http::percent_encoded);
    with_encoded(url, [(name.as_str(), value.as_str())]);
}

/// Adds parameters to the query that are encoded already.
pub(crate) fn with_encoded<'a>(url: &mut Url, parameters: impl IntoIterator<Item = (&'a str, &'a str)>) {
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

fn is_named(part: &str, names: &[impl AsRef<str>]) -> bool {
    let named = url::form_urlencoded::parse(part.as_bytes()).next();
    named.is_some_and(|(name, _)| names.iter().any(|hidden| hidden.as_ref() == name))
}

#[cfg(test)]
mod tests {
    use super::may_receive_secrets;

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
        assert_eq!(allowed.into_iter().filter(|url| !may_receive_secrets(url)).collect::<Vec<_>>(), [""; 0]);
        assert_eq!(refused.into_iter().filter(|url| may_receive_secrets(url)).collect::<Vec<_>>(), [""; 0]);
    }
}
