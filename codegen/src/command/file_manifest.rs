//! The file manifest of a crate: the files that the generator wrote, so that a later run recognises them.

use std::collections::BTreeMap;

use octogen_runtime::{Value, decode, encode};
use xxhash_rust::xxh3::xxh3_128;

/// The path of the file manifest in the folder of the crate.
pub(super) const PATH: &str = "octogen.json";

/// Writes the manifest of a crate.
pub(super) fn text(document: &str, files: &[(String, String)]) -> String {
    let string = |text: &str| encode(&text.to_owned());
    let sums: BTreeMap<&str, String> =
        files.iter().map(|(path, text)| (path.as_str(), checksum(text.as_bytes()))).collect();
    let lines: Vec<String> = sums.iter().map(|(path, sum)| format!("    {}: {}", string(path), string(sum))).collect();
    format!(
        "{{\n  \"octogen\": {},\n  \"document\": {},\n  \"xxh3_128\": {{\n{}\n  }}\n}}\n",
        string(env!("CARGO_PKG_VERSION")),
        string(document),
        lines.join(",\n"),
    )
}

/// Reads the files of a manifest, each with its checksum. The error says what is wrong with the manifest.
pub(super) fn read(text: &[u8]) -> Result<BTreeMap<String, String>, String> {
    let list: Value = decode(text).map_err(|error| error.to_string())?;
    let files = list.get("xxh3_128").and_then(Value::as_object).ok_or("it has no object `xxh3_128`")?;
    let mut sums = BTreeMap::new();
    for (path, sum) in files {
        let sum = sum.as_str().ok_or_else(|| format!("the checksum of `{path}` is not a string"))?;
        let is_inside = path.split('/').all(|part| !part.is_empty() && part != "." && part != "..");
        if !is_inside || path.contains(['\\', ':', '\0']) {
            return Err(format!("`{}` is not a path within the folder", path.escape_debug()));
        }
        sums.insert(path.clone(), sum.to_owned());
    }
    Ok(sums)
}

/// Returns the checksum of a file, in hexadecimal: XXH3 with 128 bits. It detects edits, and is no protection against an
/// author who wants two files with one checksum.
pub(super) fn checksum(bytes: &[u8]) -> String {
    format!("{:032x}", xxh3_128(bytes))
}
