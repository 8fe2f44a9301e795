//! Reads single values of a Cargo manifest. A TOML library would add to the cost of `cargo install`.

/// Returns the text of a section of a manifest, such as `[package]`, without comments.
pub(super) fn section(manifest: &str, title: &str) -> String {
    let lines = manifest.lines().map(str::trim).skip_while(|line| *line != title).skip(1);
    // An array over several lines may end with a line of `]`, which opens no section.
    let lines = lines.take_while(|line| !line.starts_with('['));
    let lines: Vec<&str> = lines.map(|line| line.split('#').next().unwrap_or_default()).collect();
    lines.join("\n")
}

/// Returns the text after `key =` in a section, up to the end of the section.
fn value<'a>(section: &'a str, key: &str) -> Option<&'a str> {
    let mut rest = section;
    while !rest.is_empty() {
        if let Some(value) = rest.strip_prefix(key).and_then(|rest| rest.trim_start().strip_prefix('=')) {
            return Some(value.trim_start());
        }
        rest = rest.split_once('\n').map_or("", |(_, rest)| rest).trim_start();
    }
    None
}

/// Returns the strings of a key: one string, or those of an array.
pub(super) fn strings(section: &str, key: &str) -> Vec<String> {
    let Some(value) = value(section, key) else { return Vec::new() };
    let text = match value.strip_prefix('[') {
        Some(array) => array.split(']').next().unwrap_or_default(),
        None => value.lines().next().unwrap_or_default(),
    };
    text.split(['"', '\'']).skip(1).step_by(2).map(str::to_owned).collect()
}

/// Returns the number of a key.
pub(super) fn number(section: &str, key: &str) -> Option<u32> {
    value(section, key)?.lines().next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_in_their_section() {
        let manifest = "[package]\nname = 'zoo' # the zoo\n\n[workspace]\nmembers = [\"a\"]\nexclude = [\n  \"b\", # c\n  'd',\n]\n[x]\nexclude = [\"e\"]\ninterface = 7\n";
        let cases: [(&str, &str, &[&str]); 4] = [
            ("[package]", "name", &["zoo"]),
            ("[workspace]", "members", &["a"]),
            ("[workspace]", "exclude", &["b", "d"]),
            ("[workspace]", "name", &[]),
        ];
        for (title, key, expected) in cases {
            assert_eq!(strings(&section(manifest, title), key), expected, "{title} {key}");
        }
        assert_eq!(number(&section(manifest, "[x]"), "interface"), Some(7));
        assert_eq!(number(&section(manifest, "[package]"), "name"), None);
    }
}
