//! Plans a request: its URL, its headers, its body, and the place of its credential.

use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use url::{Host, Url};

use super::address;
use super::base_url::operation_base_url;
#[cfg(feature = "resilience")]
use super::call::Call;
use super::credential::{Credential, Place};
use super::error_details::{Cause, ErrorDetails};
use super::message::{Message, Timeout};
use super::select_credentials::select_credentials;
use super::settings::Settings;
use crate::http::{
    Body, Content, Grants, OperationInfo, Request, RequestBody, RequestError, SchemeKind,
};

/// The most frequent value of a header.
const JSON: &str = "application/json";

/// The maximum length of a URL that the crate `http` accepts.
const MAX_URL_LENGTH: usize = 65_534;

/// The way in which the body of a response is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    Whole,
    Streamed,
}

/// A request without its credential. The credential is added when the request is sent, after its URL was checked.
#[derive(Clone)]
pub(crate) struct Plan {
    pub(crate) info: &'static OperationInfo,
    pub(crate) method: Method,
    pub(crate) url: Url,
    /// The headers of the operation. They take precedence over those of the client.
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Vec<Content>,
    /// The credentials that the operation takes. A source has yet to give the secret of some.
    pub(crate) credentials: Vec<Credential>,
    /// The granted permissions, if they are known.
    pub(crate) granted: Option<Arc<Grants>>,
    /// The query parameters whose values are never printed.
    hidden: Vec<String>,
    /// The segments of the path that are never printed.
    secrets: Vec<String>,
    /// The hosts that receive credentials over plain HTTP.
    plain_http_hosts: Arc<[Host]>,
}

impl Plan {
    pub(crate) fn new(
        settings: &Settings,
        info: &'static OperationInfo,
        request: Result<Request, RequestError>,
    ) -> Result<Box<Self>, Box<ErrorDetails>> {
        let error = |cause| ErrorDetails::new(Some(info.id), cause);
        let request = request.map_err(|wrong| error(Cause::Request(wrong)))?;
        let credentials = select_credentials(&settings.credentials, info)
            .map_err(|why| error(Cause::Credential(why)))?;
        if let Some(granted) = &settings.granted {
            granted
                .allow(info)
                .map_err(|missing| ErrorDetails::missing(info.id, missing))?;
        }
        let mut url = operation_base_url(&settings.base, info.server);
        match url.path().trim_end_matches('/') {
            "" => url.set_path(&request.path),
            mount => url.set_path(&format!("{mount}{}", request.path)),
        }
        address::append_encoded(
            &mut url,
            request
                .query
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        );
        let headers = headers(&request).map_err(|why| error(Cause::Build(why)))?;
        let method = Method::from_bytes(request.method.as_str().as_bytes()).unwrap_or_default();
        let body = request
            .body
            .map(RequestBody::into_content)
            .unwrap_or_default();
        let hidden = hidden_parameters(info, &settings.credentials);
        let granted = settings.granted.clone();
        let secrets = request.secrets;
        Ok(Box::new(Self {
            info,
            method,
            url,
            headers,
            body,
            credentials,
            granted,
            hidden,
            secrets,
            plain_http_hosts: Arc::clone(&settings.plain_http_hosts),
        }))
    }

    /// Returns the same request for another URL.
    pub(crate) fn for_url(&self, url: Url) -> Box<Self> {
        Box::new(Self {
            url,
            ..self.clone()
        })
    }

    /// Returns the URL without secrets, for a later request.
    pub(crate) fn public_url(&self) -> String {
        let mut url = self.url.clone();
        address::remove_user(&mut url);
        address::remove_parameters(&mut url, &self.hidden);
        url.set_fragment(None);
        url.into()
    }

    /// Creates an error of this request.
    pub(crate) fn error(&self, cause: Cause) -> Box<ErrorDetails> {
        let mut error = ErrorDetails::new(Some(self.info.id), cause);
        error.accept = self.info.accept;
        error.service = self.info.service;
        error.url = Some(address::mask_url(&self.url, &self.hidden, &self.secrets));
        error.sent = self
            .credentials
            .iter()
            .filter_map(Credential::without_source)
            .collect();
        error
    }

    /// Checks that the URL may receive the credential.
    pub(crate) fn check_address(&self) -> Result<(), Box<ErrorDetails>> {
        let is_allowed = || address::may_receive_credential(&self.url, &self.plain_http_hosts);
        if self.credentials.is_empty() || is_allowed() {
            return Ok(());
        }
        let origin = address::origin_text(&self.url);
        let why = format!(
            "the credential isn't sent to {origin}, since anybody on the way could read it: use https, or name the host with \
             `ClientBuilder::allow_plain_http`"
        );
        Err(self.error(Cause::Credential(why)))
    }

    /// Returns whether the request can be sent twice.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.body.iter().all(|content| content.as_bytes().is_some())
    }

    /// Creates the message with the headers of the client and with the credentials.
    pub(crate) fn message(&self, context: &Context<'_>) -> Result<Message, Box<ErrorDetails>> {
        self.check_address()?;
        let mut url = self.url.clone();
        address::remove_unsent(&mut url);
        let client = &context.settings.headers;
        let mut headers =
            HeaderMap::with_capacity(client.len() + self.headers.len() + self.credentials.len());
        for (name, value) in client
            .iter()
            .chain(self.headers.iter().map(|(name, value)| (name, value)))
        {
            headers.insert(name.clone(), value.clone());
        }
        for credential in &self.credentials {
            add_credential(credential, &mut url, &mut headers)
                .map_err(|why| self.error(Cause::Credential(why)))?;
        }
        if url.as_str().len() > MAX_URL_LENGTH {
            let why = format!("its URL has more than {MAX_URL_LENGTH} bytes");
            return Err(self.error(Cause::Build(why)));
        }
        let body: Option<Vec<Body>> = self.body.iter().cloned().map(Content::into_body).collect();
        let spent = || self.error(Cause::Request(RequestError::spent()));
        let body = Body::from_parts(body.ok_or_else(spent)?);
        let (method, version) = (self.method.clone(), http::Version::default());
        let extensions = context.settings.extensions.clone();
        let timeout = extensions
            .get()
            .map(|Timeout(timeout)| *timeout)
            .or(context.settings.timeout);
        Ok(Message {
            method,
            url,
            uri: None,
            version,
            headers,
            body,
            timeout,
            #[cfg(feature = "resilience")]
            call: context.call.clone(),
            extensions,
        })
    }
}

/// The values that all requests of an operation share.
pub(crate) struct Context<'a> {
    settings: &'a Settings,
    #[cfg(feature = "resilience")]
    call: Option<Call>,
}

impl<'a> Context<'a> {
    #[cfg(feature = "resilience")]
    pub(crate) fn new(settings: &'a Settings, plan: &Plan, reading: Reading) -> Self {
        let call = settings.transport.is_foreign().then(|| {
            Call::new(
                plan.info,
                &plan.credentials,
                settings.body_limit,
                reading == Reading::Streamed,
            )
        });
        Self { settings, call }
    }

    #[cfg(not(feature = "resilience"))]
    pub(crate) fn new(settings: &'a Settings, _plan: &Plan, _reading: Reading) -> Self {
        Self { settings }
    }
}

/// Returns the query parameters of credentials, documented ones and those of the client.
fn hidden_parameters(info: &OperationInfo, held: &[Credential]) -> Vec<String> {
    let documented = info
        .credentials
        .iter()
        .copied()
        .flatten()
        .filter_map(|credential| match credential.kind {
            SchemeKind::Query(name) => Some(name.to_owned()),
            _ => None,
        });
    let held = held
        .iter()
        .filter_map(|credential| match credential.place() {
            Place::Query(name) => Some(name.clone().into_owned()),
            _ => None,
        });
    documented.chain(held).collect()
}

/// Converts the headers of an operation. The last one of a name counts.
fn headers(request: &Request) -> Result<Vec<(HeaderName, HeaderValue)>, String> {
    let mut headers = Vec::with_capacity(request.headers.len() + 1);
    let mut cookies = Vec::new();
    for (name, text) in &request.headers {
        if name.eq_ignore_ascii_case("cookie") {
            cookies.push(text.as_str());
            continue;
        }
        let name = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| format!("`{name}` is not a valid header name"))?;
        headers.push((name, value(text)?));
    }
    if !cookies.is_empty() {
        headers.push((COOKIE, value(&cookies.join("; "))?));
    }
    if let Some(body) = &request.body {
        headers.push((CONTENT_TYPE, value(body.media_type())?));
    }
    Ok(headers)
}

/// Converts the value of a header.
fn value(text: &str) -> Result<HeaderValue, String> {
    if text == JSON {
        return Ok(HeaderValue::from_static(JSON));
    }
    HeaderValue::from_str(text)
        .map_err(|_| String::from("a header contains a character that headers may not contain"))
}

/// Adds a credential to the URL or the headers.
fn add_credential(
    credential: &Credential,
    url: &mut Url,
    headers: &mut HeaderMap,
) -> Result<(), String> {
    let refused =
        || format!("the secret of {credential:?} contains a character that isn't allowed there");
    let own = credential
        .secret()
        .ok_or_else(|| format!("there is no secret of {credential:?}"))?
        .expose();
    let once =
        |text: fn(&str) -> String| credential.header_value(|| text(own)).map_err(|_| refused());
    match credential.place() {
        Place::Bearer | Place::Jwt => {
            headers.insert(AUTHORIZATION, once(|own| format!("Bearer {own}"))?);
        }
        Place::Basic => {
            headers.insert(
                AUTHORIZATION,
                once(|own| format!("Basic {}", BASE64_STANDARD.encode(own)))?,
            );
        }
        Place::Header(name) => {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| refused())?;
            headers.insert(name, once(str::to_owned)?);
        }
        Place::Query(name) => {
            // A link or a redirect of the server may contain this parameter.
            address::remove_parameters(url, &[name]);
            address::append_parameter(url, name, own);
        }
        Place::Cookie(name) => {
            if own.contains([';', ',', ' ', '"', '\\']) {
                return Err(refused());
            }
            let own = format!("{name}={own}");
            let all = match headers.get(COOKIE).and_then(|value| value.to_str().ok()) {
                Some(others) => format!("{others}; {own}"),
                None => own,
            };
            let mut all = HeaderValue::from_str(&all).map_err(|_| refused())?;
            all.set_sensitive(true);
            headers.insert(COOKIE, all);
        }
        Place::Nowhere => {}
    }
    Ok(())
}
