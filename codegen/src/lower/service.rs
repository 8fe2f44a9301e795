//! The conventions of the service, from extensions of `info`.

use crate::document::Info;
use crate::ir::ServiceConventions;

/// Converts the extensions of `info`.
pub(super) fn conventions(info: &Info<'_>) -> ServiceConventions {
    let text = |text: Option<&str>| text.map(str::to_owned);
    ServiceConventions {
        request_id_header: text(info.request_id_header),
        accepted_permissions_header: text(info.accepted_permissions_header),
        rate_limit_resource_header: text(info.rate_limit_resource_header),
        rate_limit_texts: info.rate_limit_texts.iter().map(|text| text.to_lowercase()).collect(),
    }
}
