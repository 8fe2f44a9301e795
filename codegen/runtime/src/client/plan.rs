//! From an operation's request to what is sent: URL, headers, and the credential at its place.

use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE};
use http::{Extensions, HeaderMap, HeaderName, HeaderValue, Method};
use url::Url;

use super::Settings;
use super::address::{self, shown};
use super::body::Body;
use super::credential::{Credential, Place, chosen};
use super::exchange::Reading;
use super::fault::{Cause, Fault};
use super::proof::Proof;
use super::server;
use super::transport::Timeout;
use crate::operation::{About, Content, Grants, Request, RequestBody, RequestError, SchemeKind};

/// What is sent, all but the credential: that is put in where the URL is known to be allowed to have it.
#[derive(Clone)]
pub(super) struct Plan {
    pub(super) about: About,
    pub(super) method: Method,
    pub(super) url: Url,
    headers: HeaderMap,
    body: Vec<Content>,
    /// Those that the operation takes; of some the secret is still to be asked for.
    pub(super) credentials: Vec<Credential>,
    /// What is granted, where it is known.
    pub(super) granted: Option<Arc<Grants>>,
    /// The query parameters that are shown to nobody.
    pub(super) hidden: Vec<String>,
    /// The segments of the path that are.
    secrets: Vec<String>,
}

impl Plan {
    pub(super) fn new(
        settings: &Settings,
        about: About,
        request: Result<Request, RequestError>,
    ) -> Result<Self, Box<Fault>> {
        let fault = |cause| Fault::new(Some(about.id), cause);
        let request = request.map_err(|error| fault(Cause::Request(error)))?;
        let credentials = chosen(&settings.credentials, &about).map_err(|why| fault(Cause::Credential(why)))?;
        if let Some(granted) = &settings.granted {
            granted.allow(&about).map_err(|missing| Fault::missing(about.id, missing))?;
        }
        let mut url = server::base(&settings.base, about.server);
        url.set_path(&format!("{}{}", url.path().trim_end_matches('/'), request.path));
        address::with_encoded(&mut url, request.query.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        let headers = headers(settings, &request).map_err(|why| fault(Cause::Build(why)))?;
        let method = Method::from_bytes(request.method.as_str().as_bytes()).unwrap_or_default();
        let body = request.body.map(RequestBody::into_content).unwrap_or_default();
        let hidden = hidden(&about, &settings.credentials);
        let granted = settings.granted.clone();
        Ok(Self { about, method, url, headers, body, credentials, granted, hidden, secrets: request.secrets })
    }

    /// The same request for another URL.
    pub(super) fn to(&self, url: Url) -> Self {
        Self { url, ..self.clone() }
    }

    /// The URL without anything that would let others in, as it may be written down.
    pub(super) fn address(&self) -> String {
        let mut url = self.url.clone();
        address::without_user(&mut url);
        address::without_parameters(&mut url, &self.hidden);
        url.set_fragment(None);
        url.into()
    }

    pub(super) fn fault(&self, cause: Cause) -> Box<Fault> {
        let mut fault = Fault::new(Some(self.about.id), cause);
        fault.accept = self.about.accept;
        fault.url = Some(shown(&self.url, &self.hidden, &self.secrets));
        fault
    }

    /// Whether the URL may have the credential.
    pub(super) fn keeps_secrets(&self) -> Result<(), Box<Fault>> {
        if self.credentials.is_empty() || address::is_private(&self.url) {
            return Ok(());
        }
        let origin = address::origin(&self.url);
        let why = format!("the credential isn't sent to {origin}, since anybody on the way could read it: use https");
        Err(self.fault(Cause::Credential(why)))
    }

    /// Whether the same request can be made twice.
    pub(super) fn is_repeatable(&self) -> bool {
        self.body.iter().all(|content| content.as_bytes().is_some())
    }

    /// The request with its credentials.
    pub(super) fn message(&self, extensions: &Extensions, proof: &Proof) -> Result<http::Request<Body>, Box<Fault>> {
        self.keeps_secrets()?;
        let (mut url, mut headers) = (self.url.clone(), self.headers.clone());
        address::without_user(&mut url);
        url.set_fragment(None);
        for credential in &proof.credentials {
            apply(credential, &mut url, &mut headers).map_err(|why| self.fault(Cause::Credential(why)))?;
        }
        let body: Option<Vec<Body>> = self.body.iter().cloned().map(Content::into_body).collect();
        let spent = || self.fault(Cause::Request(RequestError::spent()));
        let mut message = http::Request::new(Body::of_parts(body.ok_or_else(spent)?));
        *message.method_mut() = self.method.clone();
        *message.headers_mut() = headers;
        *message.uri_mut() = match url.as_str().parse() {
            Ok(uri) => uri,
            Err(error) => return Err(self.fault(Cause::Transport(Box::new(error)))),
        };
        *message.extensions_mut() = extensions.clone();
        Ok(message)
    }

    /// What all requests of this operation carry along.
    pub(super) fn extensions(&self, settings: &Settings, proof: &Proof, reading: Reading) -> Extensions {
        let mut extensions = settings.extensions.clone();
        if let Some(timeout) = settings.timeout {
            extensions.insert(Timeout(timeout));
        }
        #[cfg(feature = "resilience")]
        extensions.insert(super::layers::Call::new(
            self.about,
            &proof.credentials,
            settings.limit,
            reading == Reading::Streamed,
        ));
        #[cfg(not(feature = "resilience"))]
        let _ = (proof, reading);
        extensions
    }
}

fn hidden(about: &About, held: &[Credential]) -> Vec<String> {
    let documented = about.credentials.iter().copied().flatten().filter_map(|credential| match credential.kind {
        SchemeKind::Query(name) => Some(name.to_owned()),
        _ => None,
    });
    let held = held.iter().filter_map(|credential| match credential.place() {
        Place::Query(name) => Some(name.clone()),
        _ => None,
    });
    documented.chain(held).collect()
}

/// The headers of the client, and over them those of the operation.
fn headers(settings: &Settings, request: &Request) -> Result<HeaderMap, String> {
    let mut headers = settings.headers.clone();
    let mut cookies = Vec::new();
    for (name, text) in &request.headers {
        if name.eq_ignore_ascii_case("cookie") {
            cookies.push(text.as_str());
            continue;
        }
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| format!("`{name}` is no name of a header"))?;
        headers.insert(name, value(text)?);
    }
    if !cookies.is_empty() {
        headers.insert(COOKIE, value(&cookies.join("; "))?);
    }
    if let Some(body) = &request.body {
        headers.insert(CONTENT_TYPE, value(body.media_type())?);
    }
    Ok(headers)
}

fn value(text: &str) -> Result<HeaderValue, String> {
    HeaderValue::from_str(text).map_err(|_| String::from("a header holds a character that none may"))
}

fn apply(credential: &Credential, url: &mut Url, headers: &mut HeaderMap) -> Result<(), String> {
    let refused = || format!("the secret of {credential:?} holds a character that isn't allowed there");
    let own = credential.secret().ok_or_else(|| format!("there is no secret of {credential:?}"))?.expose();
    let secret = |text: &str| {
        let mut value = HeaderValue::from_str(text).map_err(|_| refused())?;
        value.set_sensitive(true);
        Ok::<_, String>(value)
    };
    match credential.place() {
        Place::Bearer | Place::Jwt => {
            headers.insert(AUTHORIZATION, secret(&format!("Bearer {own}"))?);
        }
        Place::Basic => {
            headers.insert(AUTHORIZATION, secret(&format!("Basic {}", BASE64_STANDARD.encode(own)))?);
        }
        Place::Header(name) => {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| refused())?;
            headers.insert(name, secret(own)?);
        }
        Place::Query(name) => {
            // What a link or a redirect of the server says here is not ours.
            address::without_parameters(url, std::slice::from_ref(name));
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
            headers.insert(COOKIE, secret(&all)?);
        }
        Place::Nowhere => {}
    }
    Ok(())
}
