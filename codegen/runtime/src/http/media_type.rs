//! Two questions about media types. A parser crate would answer more than these, and cost compile time in each generated
//! crate.

/// Returns whether a media type is JSON by its name: its subtype is `json` or ends with `+json` or `-json`. Parameters
/// and case do not matter.
///
/// ```
/// use octogen_runtime::is_json;
///
/// assert!(is_json("application/json; charset=utf-8") && is_json("application/problem+JSON"));
/// assert!(!is_json("application/jsonl") && !is_json("text/plain"));
/// ```
#[must_use]
pub fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    let end = essence
        .len()
        .checked_sub("/json".len())
        .and_then(|at| essence.get(at..))
        .unwrap_or_default();
    ["/json", "+json", "-json"]
        .iter()
        .any(|suffix| end.eq_ignore_ascii_case(suffix))
}

/// Returns a media type without its parameters.
pub(crate) fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::{essence, is_json};

    #[test]
    fn json_is_known_by_its_name_and_its_suffix() {
        let json = [
            "application/json",
            " Text/JSON ; q=1",
            "application/vnd.a.v3+json;x=y",
            "application/x-Json",
        ];
        let other = [
            "",
            "json",
            "application/json-seq",
            "text/json5",
            "a/+jsonx",
            "éjson",
            "text/plain;a=+json",
        ];
        assert_eq!(
            json.into_iter()
                .filter(|one| !is_json(one))
                .collect::<Vec<_>>(),
            [""; 0]
        );
        assert_eq!(
            other
                .into_iter()
                .filter(|one| is_json(one))
                .collect::<Vec<_>>(),
            [""; 0]
        );
    }

    #[test]
    fn an_essence_has_no_parameters() {
        let cases = [("a/b", "a/b"), (" a/b ;c=d;e", "a/b"), (";", ""), ("", "")];
        for (media_type, expected) in cases {
            assert_eq!(essence(media_type), expected);
        }
    }
}
