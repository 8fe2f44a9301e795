use super::Docs;

/// A security scheme that an operation accepts, after lowering: its name, and where a request carries the secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// The name of the security scheme.
    pub name: String,
    /// The part of the request that holds the secret.
    pub kind: SchemeKind,
}

/// A security scheme of the document with its description. Emit makes a credential type from it.
#[derive(Clone, Debug)]
pub struct DescribedScheme {
    /// The scheme.
    pub scheme: Scheme,
    /// The text about it.
    pub docs: Docs,
}

/// The part of an HTTP request that carries the secret of a security scheme: a kind of `Authorization` header, another
/// header, a query parameter or a cookie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    Bearer,
    Jwt,
    Basic,
    Header(String),
    Query(String),
    Cookie(String),
    Other,
}
