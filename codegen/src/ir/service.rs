/// The conventions of a service that no standard covers, from extensions of `info` in the document: header names and
/// texts that the emitted client uses. The runtime has a struct with the same fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceConventions {
    /// `x-request-id-header`: the response header with the id of the request.
    pub request_id_header: Option<String>,
    /// `x-accepted-permissions-header`: the header of a 403 that lists the permissions which the operation needs.
    pub accepted_permissions_header: Option<String>,
    /// `x-rate-limit-resource-header`: the response header that names the rate limit.
    pub rate_limit_resource_header: Option<String>,
    /// `x-rate-limit-texts`: texts in the body of a 403 that say that a rate limit is exceeded.
    pub rate_limit_texts: Vec<String>,
}

impl ServiceConventions {
    /// Returns whether the document states none of these conventions of the service. If so, emit writes none.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
