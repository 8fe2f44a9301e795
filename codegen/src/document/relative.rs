//! Paths and URIs relative to a file.

/// Joins a relative reference to a folder, without `.` and `..`. Returns `None` if the result is outside of the root.
pub(super) fn join(base: &str, relative: &str) -> Option<String> {
    if relative.contains("://") || relative.starts_with('/') || relative.contains('\\') {
        return None;
    }
    let decoded = percent_decode(relative);
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Returns the folder of a path.
pub(super) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Decodes `%7B` to `{`, since a reference is a URI. Returns the text itself if the result is not UTF-8.
pub(super) fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_references_stay_within_the_root() {
        let cases = [
            ("", "pets.yaml", Some("pets.yaml")),
            ("apis", "./pets.yaml", Some("apis/pets.yaml")),
            ("apis/v1", "../common/types.yaml", Some("apis/common/types.yaml")),
            ("apis", "a//b.yaml", Some("apis/a/b.yaml")),
            ("apis", "%7Bid%7D.yaml", Some("apis/{id}.yaml")),
            ("apis", "../../outside.yaml", None),
            ("", "..", None),
            ("apis", "%2E%2E/%2E%2E/outside.yaml", None),
            ("apis", "/etc/passwd", None),
            ("apis", "https://example.com/pets.yaml", None),
            ("apis", r"..\pets.yaml", None),
        ];
        for (base, relative, expected) in cases {
            assert_eq!(join(base, relative).as_deref(), expected, "{base} and {relative}");
        }
    }

    #[test]
    fn the_folder_is_all_before_the_last_slash() {
        assert_eq!(folder("apis/v1/pets.yaml"), "apis/v1");
        assert_eq!(folder("pets.yaml"), "");
    }

    #[test]
    fn only_complete_escapes_are_decoded() {
        let cases = [("%7Bid%7D", "{id}"), ("100%", "100%"), ("%zz", "%zz"), ("%C3%A9", "é"), ("%FF", "%FF")];
        for (text, expected) in cases {
            assert_eq!(percent_decode(text), expected);
        }
    }
}
