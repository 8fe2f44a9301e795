use super::Docs;

/// A credential that an operation takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// The name of the security scheme.
    pub name: String,
    /// The part of the request that holds the secret.
    pub kind: SchemeKind,
}

/// A security scheme with its text.
#[derive(Clone, Debug)]
pub struct DescribedScheme {
    /// The scheme.
    pub scheme: Scheme,
    /// The text about it.
    pub docs: Docs,
}

/// The part of a request that holds a secret.
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
