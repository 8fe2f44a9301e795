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

#[cfg(test)]
mod tests {
    use octogen_runtime::Value;

    use super::conventions;
    use crate::diagnostic::Diagnostics;
    use crate::document::{File, Info, OpenApiObject};

    #[test]
    fn texts_are_compared_in_lower_case() {
        let json = br#"{"x-request-id-header": "X-Id", "x-rate-limit-texts": ["Slow DOWN"]}"#;
        let root = octogen_runtime::decode::<Value>(json).unwrap_or_default();
        let file = File { path: String::new(), root };
        let found = conventions(&Info::read_fields(file.node(), &mut Diagnostics::default()));
        assert_eq!(found.request_id_header.as_deref(), Some("X-Id"));
        assert_eq!(found.rate_limit_texts, ["slow down"]);
        assert_eq!(found.accepted_permissions_header, None);
    }
}
