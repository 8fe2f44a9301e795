//! Conventions of a service that no standard covers.

/// The headers and texts that a service uses in its own way.
///
/// A description states them as extensions of `info`, and generated operations refer to them ([`OperationInfo::service`]).
/// So this package knows no service by name.
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
    /// The conventions of a service that states none.
    pub const STANDARD: Self = Self::new();

    /// Creates conventions with nothing stated.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            request_id_header: None,
            accepted_permissions_header: None,
            rate_limit_resource_header: None,
            rate_limit_texts: &[],
        }
    }

    /// Sets the header with the id of a request.
    #[must_use]
    pub const fn request_id_header(self, name: &'static str) -> Self {
        Self { request_id_header: Some(name), ..self }
    }

    /// Sets the header that lists the permissions which an operation needs.
    #[must_use]
    pub const fn accepted_permissions_header(self, name: &'static str) -> Self {
        Self { accepted_permissions_header: Some(name), ..self }
    }

    /// Sets the header that names the rate limit.
    #[must_use]
    pub const fn rate_limit_resource_header(self, name: &'static str) -> Self {
        Self { rate_limit_resource_header: Some(name), ..self }
    }

    /// Sets the texts that say that a rate limit is exceeded, in lower case.
    #[must_use]
    pub const fn rate_limit_texts(self, texts: &'static [&'static str]) -> Self {
        Self { rate_limit_texts: texts, ..self }
    }
}

impl Default for ServiceConventions {
    fn default() -> Self {
        Self::new()
    }
}

/// Declares a constant with the conventions of a service ([`ServiceConventions`]).
///
/// ```
/// octogen_runtime::service! { pub const SERVICE [request_id_header("x-request-id")] }
///
/// assert_eq!(SERVICE.request_id_header, Some("x-request-id"));
/// ```
#[macro_export]
macro_rules! service {
    (pub const $name:ident [$($convention:ident($value:expr)),* $(,)?]) => {
        /// The headers and texts that the service uses in its own way.
        pub const $name: $crate::ServiceConventions = $crate::ServiceConventions::new()$(.$convention($value))*;
    };
}
