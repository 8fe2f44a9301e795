//! Rules of security schemes.

use super::super::check::{Checker, Version};
use super::super::objects::{OAuthFlow, OAuthFlows, SecurityScheme};
use super::super::read::{OpenApiObject, Rules};
use super::names::check_name;
use crate::diagnostic::Code;

/// The types of security schemes: each with the keys that it requires, and with the others that it can have.
const TYPES: [(&str, &[&str], &[&str]); 5] = [
    ("apiKey", &["name", "in"], &[]),
    ("http", &["scheme"], &["bearerFormat"]),
    ("mutualTLS", &[], &[]),
    ("oauth2", &["flows"], &[]),
    ("openIdConnect", &["openIdConnectUrl"], &[]),
];

/// The keys that only some types of security schemes have.
const KEYS: [&str; 6] = ["name", "in", "scheme", "bearerFormat", "flows", "openIdConnectUrl"];

impl<'a> Rules<'a> for SecurityScheme<'a> {
    fn check_rules(&self, checker: &mut Checker<'a, '_>) {
        let Some(kind) = &self.kind else { return };
        let known = TYPES.iter().find(|(name, ..)| *name == kind.text);
        let Some((name, required, optional)) =
            known.filter(|(name, ..)| *name != "mutualTLS" || checker.version == Version::V3_1)
        else {
            let message = format!("`{}` is not a type of security schemes in this version of OpenAPI", kind.text);
            let help = "the client cannot send the credential; write `apiKey`, `http`, `oauth2` or `openIdConnect`";
            checker.warn(Code::InvalidSecurityScheme, kind.node.place(), message, help);
            return;
        };
        for key in required.iter().filter(|key| self.node.value.get(key).is_none()) {
            let message = format!("a security scheme with `type: {name}` has no `{key}`");
            let help = format!("the client may not be able to send the credential; add `{key}`");
            checker.warn(Code::MissingKey, self.place(), message, help);
        }
        let is_other = |key: &&&str| !required.contains(key) && !optional.contains(key);
        for key in KEYS.iter().filter(is_other).filter(|key| self.node.value.get(key).is_some()) {
            let message = format!("a security scheme with `type: {name}` cannot have `{key}`");
            let help = "octogen ignores the key; remove it, or correct `type`";
            checker.warn(Code::MisplacedKey, self.node.child(key).place_as_key(), message, help);
        }
        if let Some(location) = self.location.as_ref().filter(|_| *name == "apiKey")
            && !["query", "header", "cookie"].contains(&location.text)
        {
            let message = format!("an API key cannot have `in: {}`", location.text);
            let help = "the client cannot send the credential; write `header`, `query` or `cookie`";
            checker.warn(Code::InvalidSecurityScheme, location.node.place(), message, help);
        }
        if let (Some(location), Some(key)) = (&self.location, self.name.filter(|_| *name == "apiKey")) {
            check_name(location.text, key, &self.node.child("name").place(), checker);
        }
        if self.bearer_format.is_some()
            && self.scheme.is_some_and(|scheme| !scheme.eq_ignore_ascii_case("bearer"))
            && *name == "http"
        {
            let message = "`bearerFormat` is for `scheme: bearer` only";
            let help = "octogen ignores `bearerFormat`; remove it, or correct `scheme`";
            checker.warn(Code::MisplacedKey, self.node.child("bearerFormat").place_as_key(), message, help);
        }
    }
}

impl<'a> Rules<'a> for OAuthFlows<'a> {
    fn check_rules(&self, checker: &mut Checker<'a, '_>) {
        let flows: [(_, &Option<OAuthFlow<'a>>, &[&str]); 4] = [
            ("implicit", &self.implicit, &["authorizationUrl"]),
            ("password", &self.password, &["tokenUrl"]),
            ("clientCredentials", &self.client_credentials, &["tokenUrl"]),
            ("authorizationCode", &self.authorization_code, &["authorizationUrl", "tokenUrl"]),
        ];
        if self.node.value.as_object().is_some_and(|flows| flows.is_empty()) {
            let help = "octogen sends a token that the program gives; add a flow, such as `clientCredentials`";
            checker.warn(Code::MissingKey, self.place(), "`flows` declares no flow", help);
        }
        for (name, flow, urls) in flows {
            let Some(flow) = flow else { continue };
            for key in ["authorizationUrl", "tokenUrl"] {
                match (urls.contains(&key), flow.node.value.get(key).is_some()) {
                    (true, false) => {
                        let message = format!("the OAuth flow `{name}` has no `{key}`");
                        let help = format!("octogen sends a token that the program gives; add `{key}`");
                        checker.warn(Code::MissingKey, flow.place(), message, help);
                    }
                    (false, true) => {
                        let message = format!("the OAuth flow `{name}` cannot have `{key}`");
                        let place = flow.node.child(key).place_as_key();
                        checker.warn(Code::MisplacedKey, place, message, "octogen ignores the key; remove it");
                    }
                    _ => {}
                }
            }
        }
    }
}
