//! Conventions of a service that no standard covers.

/// The headers and texts that a service uses in its own way, such as its header for request ids. The client reads them
/// to explain errors and to respect rate limits.
///
/// An OpenAPI document states them as extensions of `info`, and generated operations refer to them
/// ([`OperationInfo::service`]). So this package knows no service by name.
///
/// ```
/// use octogen_runtime::{OperationInfo, ServiceConventions};
///
/// const SERVICE: ServiceConventions = ServiceConventions::new().request_id_header("x-shop-request-id");
/// const LIST: OperationInfo = OperationInfo::get("list", "/orders").following(&SERVICE);
///
/// assert_eq!(LIST.service.request_id_header, Some("x-shop-request-id"));
/// ```
///
/// [`OperationInfo::service`]: crate::OperationInfo::service
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServiceConventions {
    /// The response header with the id under which the service knows the request (`x-request-id-header`). `x-request-id` is
    /// read in any case.
    pub request_id_header: Option<&'static str>,
    /// The header of a 403 that lists the permissions which the operation needs (`x-accepted-permissions-header`). See
    /// [`MissingPermissions::parse`](crate::MissingPermissions::parse) for its format.
    pub accepted_permissions_header: Option<&'static str>,
    /// The response header that names the rate limit which the operation counts against (`x-rate-limit-resource-header`).
    pub rate_limit_resource_header: Option<&'static str>,
    /// Texts in the body of a 403 that say that a rate limit is exceeded, in lower case (`x-rate-limit-texts`).
    pub rate_limit_texts: &'static [&'static str],
}

impl ServiceConventions {
    /// The conventions of a service whose OpenAPI document states none: a constant, and the default of each operation.
    pub const STANDARD: Self = Self::new();

    /// Creates the conventions of a service with no header and no text. The other functions of this type add them.
    /// Emitted crates call it.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            request_id_header: None,
            accepted_permissions_header: None,
            rate_limit_resource_header: None,
            rate_limit_texts: &[],
        }
    }

    /// Sets the response header that has the service's id of a request. Emitted crates call it for the extension
    /// `x-request-id-header`.
    #[must_use]
    pub const fn request_id_header(self, name: &'static str) -> Self {
        Self {
            request_id_header: Some(name),
            ..self
        }
    }

    /// Sets the response header in which the service lists the permissions that an operation needs. Emitted crates call
    /// it for the extension `x-accepted-permissions-header`.
    #[must_use]
    pub const fn accepted_permissions_header(self, name: &'static str) -> Self {
        Self {
            accepted_permissions_header: Some(name),
            ..self
        }
    }

    /// Sets the response header that names the rate limit which a request counts against. Emitted crates call it for
    /// the extension `x-rate-limit-resource-header`.
    #[must_use]
    pub const fn rate_limit_resource_header(self, name: &'static str) -> Self {
        Self {
            rate_limit_resource_header: Some(name),
            ..self
        }
    }

    /// Sets the texts, in lower case, by which the service says in an error body that a rate limit is exceeded. Emitted
    /// crates call it for the extension `x-rate-limit-texts`.
    #[must_use]
    pub const fn rate_limit_texts(self, texts: &'static [&'static str]) -> Self {
        Self {
            rate_limit_texts: texts,
            ..self
        }
    }
}

impl Default for ServiceConventions {
    fn default() -> Self {
        Self::new()
    }
}

/// Declares a constant with the conventions of a service ([`ServiceConventions`]). Emitted code calls this macro.
///
/// ```
/// octogen_runtime::service! { pub const SERVICE [request_id_header("x-request-id")] }
///
/// assert_eq!(SERVICE.request_id_header, Some("x-request-id"));
/// ```
#[macro_export]
macro_rules! service {
    (pub const $name:ident [$($convention:ident($value:expr)),* $(,)?]) => {
        /// The headers and texts that this service uses in its own way: a constant to which all operations of this
        /// crate refer.
        pub const $name: $crate::ServiceConventions = $crate::ServiceConventions::new()$(.$convention($value))*;
    };
}
