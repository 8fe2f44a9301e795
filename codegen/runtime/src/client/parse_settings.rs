//! Parses and checks the settings of a client.

use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION};
use http::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

use super::error::Error;
use super::error_details::{Cause, ErrorDetails};

/// Creates an error of invalid settings.
pub(super) fn build_error(why: String) -> Error {
    Error::new(
        ErrorDetails::new(
            None,
            Cause::Build(format!("the client can't be built: {why}")),
        ),
        None,
    )
}

/// The error of a base URL such as `api.example.com` or `/api/v3`.
const NO_SCHEME: &str = "the base URL has no scheme; begin it with `https://` and the host";

/// Parses and checks the base URL.
pub(super) fn parse_base_url(text: &str) -> Result<Url, String> {
    if text.is_empty() {
        return Err(String::from("it has no base URL"));
    }
    // The text may contain a secret, so no message repeats it.
    let url = Url::parse(text).map_err(|error| match error {
        url::ParseError::RelativeUrlWithoutBase => String::from(NO_SCHEME),
        error => format!("the base URL is invalid: {error}"),
    })?;
    if !matches!(url.scheme(), "http" | "https") {
        // The host of `localhost:8080` is read as a scheme.
        let is_host =
            url.cannot_be_a_base() && url.path().starts_with(|c: char| c.is_ascii_digit());
        return Err(String::from(if is_host {
            NO_SCHEME
        } else {
            "the base URL is neither http nor https"
        }));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(String::from(
            "the base URL contains a user or a password; pass a `Credential`",
        ));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(String::from("the base URL has a query or a fragment"));
    }
    Ok(url)
}

/// Parses the headers of every request.
pub(super) fn parse_headers(written: &[(String, String)]) -> Result<HeaderMap, String> {
    let mut headers = HeaderMap::new();
    for (name, value) in written {
        let wrong = |_| format!("`{}` is not a valid header", name.escape_debug());
        let known =
            HeaderName::from_bytes(name.as_bytes()).map_err(|error| wrong(error.to_string()))?;
        if [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION].contains(&known) {
            return Err(format!(
                "the header `{known}` would be sent with every operation; pass a `Credential`"
            ));
        }
        headers.insert(
            known,
            HeaderValue::from_str(value).map_err(|error| wrong(error.to_string()))?,
        );
    }
    Ok(headers)
}
