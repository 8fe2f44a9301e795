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

/// Whether nobody on the way can read along: TLS, or no way at all.
pub(crate) fn is_private(url: &Url) -> bool {
    url.scheme() == "https" || is_loopback(url)
}

pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
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
