//! Security schemes, and credentials as types.

use crate::codec::Secret;

/// A security scheme of an OpenAPI document: its name, and the place of its secret in an HTTP request. Emitted
/// operations list the schemes that they accept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SecurityScheme {
    /// The name of the security scheme in the OpenAPI document.
    pub name: &'static str,
    /// The place of the secret in an HTTP request.
    pub kind: SchemeKind,
}

impl SecurityScheme {
    /// Creates a security scheme from its name in the OpenAPI document and the place of its secret. Emitted crates call
    /// it.
    #[must_use]
    pub const fn new(name: &'static str, kind: SchemeKind) -> Self {
        Self { name, kind }
    }
}

/// The place of a credential's secret in an HTTP request, as an enum: the header `Authorization`, another header, a
/// query parameter or a cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SchemeKind {
    /// `Authorization: Bearer …`
    Bearer,
    /// `Authorization: Bearer …`, with a JSON Web Token.
    Jwt,
    /// `Authorization: Basic …`
    Basic,
    /// The header of this name.
    Header(&'static str),
    /// The query parameter of this name. Its value is hidden wherever a URL is printed.
    Query(&'static str),
    /// The cookie of this name.
    Cookie(&'static str),
    /// A scheme that the OpenAPI document names and the client does not support, such as mutual TLS.
    Other,
}

/// A trait of credential types whose security scheme the compiler knows. Generated crates have one such type for each
/// scheme, so that a wrong credential does not compile.
///
/// ```
/// use octogen_runtime::{SchemeCredential, SchemeKind, Secret, SecurityScheme};
///
/// struct ApiKey(Secret);
///
/// impl SchemeCredential for ApiKey {
///     const SCHEME: SecurityScheme = SecurityScheme::new("apiKey", SchemeKind::Header("x-api-key"));
///
///     fn into_secret(self) -> Secret {
///         self.0
///     }
/// }
/// ```
pub trait SchemeCredential {
    /// The security scheme of this type of credential.
    const SCHEME: SecurityScheme;

    /// Returns the secret of this credential. For [`SchemeKind::Basic`] it is the user and the password with a colon
    /// between them.
    fn into_secret(self) -> Secret;
}

/// Declares the credential type of a security scheme ([`SchemeCredential`]). Emitted code calls this macro.
///
/// The names in parentheses are the arguments of `new`: one secret, or a user and a password.
///
/// ```
/// use octogen_runtime::{SchemeCredential, SchemeKind, SecurityScheme, credential};
///
/// credential! {
///     /// A key in the header `x-key`.
///     pub struct ApiKey(key) = SecurityScheme::new("api_key", SchemeKind::Header("x-key"));
/// }
///
/// assert_eq!(ApiKey::new("secret").into_secret().expose(), "secret");
/// ```
#[macro_export]
macro_rules! credential {
    ($(#[$attribute:meta])* pub struct $name:ident($user:ident, $password:ident) = $scheme:expr;) => {
        $crate::credential! { @type $(#[$attribute])* $name = $scheme }

        impl $name {
            /// Creates the credential of this security scheme (HTTP basic) from a user name and a password.
            #[must_use]
            pub fn new($user: &str, $password: &str) -> Self {
                Self($crate::Secret::from(::std::format!("{}:{}", $user, $password)))
            }
        }
    };
    ($(#[$attribute:meta])* pub struct $name:ident($secret:ident) = $scheme:expr;) => {
        $crate::credential! { @type $(#[$attribute])* $name = $scheme }

        impl $name {
            /// Creates the credential of this security scheme from its secret, such as an access token or an API key.
            #[must_use]
            pub fn new($secret: impl ::std::convert::Into<$crate::Secret>) -> Self {
                Self(::std::convert::Into::into($secret))
            }
        }
    };
    (@type $(#[$attribute:meta])* $name:ident = $scheme:expr) => {
        $(#[$attribute])*
        #[derive(::std::clone::Clone, ::std::fmt::Debug)]
        pub struct $name($crate::Secret);

        impl $name {
            pub(crate) const SCHEME: $crate::SecurityScheme = $scheme;
        }

        impl $crate::SchemeCredential for $name {
            const SCHEME: $crate::SecurityScheme = Self::SCHEME;

            fn into_secret(self) -> $crate::Secret {
                self.0
            }
        }
    };
}
