//! Security schemes and security requirements.

use crate::diagnostic::Diagnostics;
use crate::document::Node;
use crate::document::read::{Child, Map, Read, object};

object! {
    /// A security scheme object of an OpenAPI document, parsed into typed fields for lowering: a method to authenticate
    /// an HTTP request, such as an API key.
    pub struct SecurityScheme<'a>: "a security scheme" {
        "type" => kind: Option<&'a str>,
        "description" => description: Option<&'a str>,
        "name" => name: Option<&'a str>,
        "in" => location: Option<&'a str>,
        "scheme" => scheme: Option<&'a str>,
        "bearerFormat" => bearer_format: Option<&'a str>,
        "flows" => flows: Option<OAuthFlows<'a>>,
        "openIdConnectUrl",
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
        "authorizationUrl",
        "tokenUrl",
        "refreshUrl",
        "scopes",
    }
}

/// A security requirement object of an OpenAPI document, parsed into typed fields for lowering: the names of the
/// security schemes that one request needs together.
#[derive(Clone, Debug)]
pub struct SecurityRequirement<'a> {
    /// The object with its place.
    pub node: Node<'a>,
    /// The names of the schemes.
    pub schemes: Vec<&'a str>,
}

/// The keys are names of security schemes. The values are scopes, which a client does not need.
impl<'a> Read<'a> for SecurityRequirement<'a> {
    fn read(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        let schemes: Map<'a, Node<'a>> = Read::read(child, diagnostics).unwrap_or_default();
        Some(Self { node: child.node(), schemes: schemes.into_iter().map(|(name, _)| name).collect() })
    }
}
