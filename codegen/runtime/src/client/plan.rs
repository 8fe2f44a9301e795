//! From an operation's request to what is sent: URL, headers, and the credential at its place.

use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use url::Url;

use super::Settings;
use super::address::{self, shown};
use super::body::Body;
use super::choice::chosen;
use super::credential::{Credential, Place};
use super::exchange::Reading;
use super::fault::{Cause, Fault};
use super::message::Message;
use super::server;
use super::transport::Timeout;
use crate::http::{About, Content, Grants, Request, RequestBody, RequestError, SchemeKind};

/// What most operations accept.
const JSON: &str = "application/json";

/// What is longer is no URI for the crate `http`.
const LONGEST_URL: usize = 65_534;

/// What is sent, all but the credential: that is put in where the URL is known to be allowed to have it.
#[derive(Clone)]
pub(crate) struct Plan {
    pub(crate) about: &'static About,
    pub(crate) method: Method,
    pub(crate) url: Url,
    /// Those of the operation, over the client's.
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Vec<Content>,
    /// Those that the operation takes; of some the secret is still to be asked for.
    pub(crate) credentials: Vec<Credential>,
    /// What is granted, where it is known.
    pub(crate) granted: Option<Arc<Grants>>,
    /// The query parameters that are shown to nobody.
    pub(crate) hidden: Vec<String>,
    /// The segments of the path that are.
    secrets: Vec<String>,
}

impl Plan {
    pub(crate) fn new(
        settings: &Settings,
        about: &'static About,
        request: Result<Request, RequestError>,
    ) -> Result<Box<Self>, Box<Fault>> {
        let fault = |cause| Fault::new(Some(about.id), cause);
        let request = request.map_err(|error| fault(Cause::Request(error)))?;
        let credentials = chosen(&settings.credentials, about).map_err(|why| fault(Cause::Credential(why)))?;
        if let Some(granted) = &settings.granted {
            granted.allow(about).map_err(|missing| Fault::missing(about.id, missing))?;
        }
        let mut url = server::base(&settings.base, about.server);
        match url.path().trim_end_matches('/') {
            "" => url.set_path(&request.path),
            mount => url.set_path(&format!("{mount}{}", request.path)),
        }
        address::with_encoded(&mut url, request.query.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        let headers = headers(&request).map_err(|why| fault(Cause::Build(why)))?;
        let method = Method::from_bytes(request.method.as_str().as_bytes()).unwrap_or_default();
        let body = request.body.map(RequestBody::into_content).unwrap_or_default();
        let hidden = hidden(about, &settings.credentials);
        let granted = settings.granted.clone();
        let secrets = request.secrets;
        Ok(Box::new(Self { about, method, url, headers, body, credentials, granted, hidden, secrets }))
    }

    /// The same request for another URL.
    pub(crate) fn to(&self, url: Url) -> Box<Self> {
        Box::new(Self { url, ..self.clone() })
    }

    /// The URL without anything that would let others in, as it may be written down.
    pub(crate) fn address(&self) -> String {
        let mut url = self.url.clone();
        address::without_user(&mut url);
        address::without_parameters(&mut url, &self.hidden);
        url.set_fragment(None);
        url.into()
    }

    pub(crate) fn fault(&self, cause: Cause) -> Box<Fault> {
        let mut fault = Fault::new(Some(self.about.id), cause);
        fault.accept = self.about.accept;
        fault.url = Some(shown(&self.url, &self.hidden, &self.secrets));
        fault.sent = self.credentials.iter().filter_map(Credential::without_source).collect();
        fault
    }

    /// Whether the URL may have the credential.
    pub(crate) fn keeps_secrets(&self) -> Result<(), Box<Fault>> {
        if self.credentials.is_empty() || address::is_confidential(&self.url) {
            return Ok(());
        }
        let origin = address::origin(&self.url);
        let why = format!("the credential isn't sent to {origin}, since anybody on the way could read it: use https");
        Err(self.fault(Cause::Credential(why)))
    }

    /// Whether the same request can be made twice.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.body.iter().all(|content| content.as_bytes().is_some())
    }

    /// The request with the headers of the client and with its credentials.
    pub(crate) fn message(&self, along: &Along<'_>) -> Result<Message, Box<Fault>> {
        self.keeps_secrets()?;
        let mut url = self.url.clone();
        address::as_sent(&mut url);
        let client = &along.settings.headers;
        let mut headers = HeaderMap::with_capacity(client.len() + self.headers.len() + self.credentials.len());
        for (name, value) in client.iter().chain(self.headers.iter().map(|(name, value)| (name, value))) {
            headers.insert(name.clone(), value.clone());
        }
        for credential in &self.credentials {
            apply(credential, &mut url, &mut headers).map_err(|why| self.fault(Cause::Credential(why)))?;
        }
        if url.as_str().len() > LONGEST_URL {
            let why = format!("its URL has more than {LONGEST_URL} bytes");
            return Err(self.fault(Cause::Build(why)));
        }
        let body: Option<Vec<Body>> = self.body.iter().cloned().map(Content::into_body).collect();
        let spent = || self.fault(Cause::Request(RequestError::spent()));
        let body = Body::of_parts(body.ok_or_else(spent)?);
        let (method, version) = (self.method.clone(), http::Version::default());
        let extensions = along.settings.extensions.clone();
        let timeout = extensions.get().map(|Timeout(timeout)| *timeout).or(along.settings.timeout);
        Ok(Message {
            method,
            url,
            uri: None,
            version,
            headers,
            body,
            timeout,
            #[cfg(feature = "resilience")]
            call: along.call.clone(),
            extensions,
        })
    }
}

/// What all requests of an operation have in common.
pub(crate) struct Along<'a> {
    settings: &'a Settings,
    #[cfg(feature = "resilience")]
    call: Option<super::call::Call>,
}

impl<'a> Along<'a> {
    #[cfg(feature = "resilience")]
    pub(crate) fn new(settings: &'a Settings, plan: &Plan, reading: Reading) -> Self {
        let call = settings.transport.is_foreign().then(|| {
            super::call::Call::new(plan.about, &plan.credentials, settings.limit, reading == Reading::Streamed)
        });
        Self { settings, call }
    }

    #[cfg(not(feature = "resilience"))]
    pub(crate) fn new(settings: &'a Settings, _plan: &Plan, _reading: Reading) -> Self {
        Self { settings }
    }
}

fn hidden(about: &About, held: &[Credential]) -> Vec<String> {
    let documented = about.credentials.iter().copied().flatten().filter_map(|credential| match credential.kind {
        SchemeKind::Query(name) => Some(name.to_owned()),
        _ => None,
    });
    let held = held.iter().filter_map(|credential| match credential.place() {
        Place::Query(name) => Some(name.clone().into_owned()),
        _ => None,
    });
    documented.chain(held).collect()
}

/// The headers of the operation; the last one of a name counts.
fn headers(request: &Request) -> Result<Vec<(HeaderName, HeaderValue)>, String> {
    let mut headers = Vec::with_capacity(request.headers.len() + 1);
    let mut cookies = Vec::new();
    for (name, text) in &request.headers {
        if name.eq_ignore_ascii_case("cookie") {
            cookies.push(text.as_str());
            continue;
        }
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| format!("`{name}` is no name of a header"))?;
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

fn value(text: &str) -> Result<HeaderValue, String> {
    if text == JSON {
        return Ok(HeaderValue::from_static(JSON));
    }
    HeaderValue::from_str(text).map_err(|_| String::from("a header holds a character that none may"))
}

fn apply(credential: &Credential, url: &mut Url, headers: &mut HeaderMap) -> Result<(), String> {
    let refused = || format!("the secret of {credential:?} holds a character that isn't allowed there");
    let own = credential.secret().ok_or_else(|| format!("there is no secret of {credential:?}"))?.expose();
    let once = |text: fn(&str) -> String| credential.header_value(|| text(own)).map_err(|_| refused());
    match credential.place() {
        Place::Bearer | Place::Jwt => {
            headers.insert(AUTHORIZATION, once(|own| format!("Bearer {own}"))?);
        }
        Place::Basic => {
            headers.insert(AUTHORIZATION, once(|own| format!("Basic {}", BASE64_STANDARD.encode(own)))?);
        }
        Place::Header(name) => {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| refused())?;
            headers.insert(name, once(str::to_owned)?);
        }
        Place::Query(name) => {
            // What a link or a redirect of the server says here is not ours.
            address::without_parameters(url, &[name]);
            address::with_parameter(url, name, own);
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
