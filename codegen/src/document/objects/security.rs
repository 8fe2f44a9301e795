//! Security schemes and security requirements.

use crate::diagnostic::Diagnostics;
use crate::document::Node;
use crate::document::read::{Child, Map, Read, Text, Url, object};

object! {
    /// A security scheme object of an OpenAPI document, parsed into typed fields for lowering: a method to authenticate
    /// an HTTP request, such as an API key.
    pub struct SecurityScheme<'a>: "a security scheme" {
        "type" => kind: Option<Text<'a>> [Required "the client cannot send the credential"],
        "description" => description: Option<&'a str>,
        "name" => name: Option<&'a str>,
        "in" => location: Option<Text<'a>>,
        "scheme" => scheme: Option<&'a str>,
        "bearerFormat" => bearer_format: Option<&'a str>,
        "flows" => flows: Option<OAuthFlows<'a>>,
        "openIdConnectUrl" => open_id_connect_url: Option<Url<'a>>,
    }
}

object! {
    /// The `flows` object of an OAuth 2.0 security scheme in an OpenAPI document, parsed into typed fields for
    /// lowering: the flows by which a client can get an access token.
    pub struct OAuthFlows<'a>: "`flows`" {
        "implicit" => implicit: Option<OAuthFlow<'a>>,
        "password" => password: Option<OAuthFlow<'a>>,
        "clientCredentials" => client_credentials: Option<OAuthFlow<'a>>,
        "authorizationCode" => authorization_code: Option<OAuthFlow<'a>>,
    }
}

object! {
    /// One OAuth 2.0 flow of a security scheme in an OpenAPI document. Its keys are known, but octogen does not use
    /// their values.
    pub struct OAuthFlow<'a>: "an OAuth flow" {
        "authorizationUrl" => authorization_url: Option<Url<'a>>,
        "tokenUrl" => token_url: Option<Url<'a>>,
        "refreshUrl": Url,
        "scopes" => scopes: Map<'a, &'a str> [Required "octogen documents no scopes"],
    }
}

impl<'a> SecurityScheme<'a> {
    /// Returns whether a flow of this scheme declares a scope. A scheme without flows declares every scope.
    #[must_use]
    pub fn declares_scope(&self, scope: &str) -> bool {
        self.flows.as_ref().is_none_or(|flows| {
            let flows = [&flows.implicit, &flows.password, &flows.client_credentials, &flows.authorization_code];
            flows.into_iter().flatten().flat_map(|flow| &flow.scopes).any(|(declared, _)| *declared == scope)
        })
    }
}

/// A security requirement object of an OpenAPI document, parsed into typed fields for lowering: the names of the
/// security schemes that one request needs together.
#[derive(Clone, Debug)]
pub struct SecurityRequirement<'a> {
    /// The object with its place.
    pub node: Node<'a>,
    /// The names of the schemes, each with its scopes.
    pub schemes: Map<'a, Vec<&'a str>>,
}

/// The keys are names of security schemes. The values are scopes.
impl<'a> Read<'a> for SecurityRequirement<'a> {
    fn read(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        let schemes: Map<'a, Scopes<'a>> = Read::read(child, diagnostics).unwrap_or_default();
        let schemes = schemes.into_iter().map(|(name, scopes)| (name, scopes.0)).collect();
        Some(Self { node: child.node(), schemes })
    }
}

/// The scopes that a security requirement states for one scheme. If the value is not a list, the requirement still holds.
struct Scopes<'a>(Vec<&'a str>);

impl<'a> Read<'a> for Scopes<'a> {
    fn read(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        Some(Self(Read::read(child, diagnostics).unwrap_or_default()))
    }
}
