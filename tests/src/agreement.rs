//! The runtime's JSON against `serde_json` and against the lexer of the tests, on any bytes.
//!
//! `serde_json` uses its feature `float_roundtrip` here. Both parsers then return the nearest float.
//!
//! The runtime and `serde_json` have to agree on every text: both refuse it, or both make the same value of it. The
//! runtime alone accepts a byte order mark, half a surrogate pair, and a number beyond a 64-bit float.
//!
//! The lexer has no limits but its own, so that the texts on which it may differ can be named exactly:
//!
//! * it refuses an object with a repeated key, whose last value the runtime reads;
//! * it accepts 512 levels, of which the runtime reads 127.
//!
//! If it accepts a text, the runtime must not have lost anything of it, the texts of numbers
//! included.

use octogen_runtime::{Value, decode, encode};

use crate::json::{parse, same};

/// Returns whether the bytes are JSON, according to the runtime, `serde_json` and the lexer of the tests.
///
/// # Errors
///
/// If the three don't agree; the text describes the difference.
pub fn agree(json: &[u8]) -> Result<bool, String> {
    let ours = decode::<Value>(json).map_err(|error| error.to_string());
    let theirs = serde_json::from_slice::<serde_json::Value>(json).map_err(|error| error.to_string());
    let lexed = std::str::from_utf8(json).map_err(|error| error.to_string()).and_then(|text| Ok((text, parse(text)?)));
    let differ = |what: &str| Err(format!("{what}\n  octogen: {ours:?}\n  serde_json: {theirs:?}\n  lexer: {lexed:?}"));
    match (&ours, &theirs, &lexed) {
        (Ok(value), Ok(wanted), lexed) => {
            let written = encode(value);
            if serde_json::from_str::<serde_json::Value>(&written).ok().as_ref() != Some(wanted) {
                return differ("the value is another one");
            }
            if decode::<Value>(written.as_bytes()).as_ref() != Ok(value) || bridged(wanted) != bridged(value) {
                return differ("the value is another one the second time");
            }
            match lexed {
                Ok((text, _)) => same(text, &written).map(|()| true),
                Err(why) if why.ends_with("comes twice") => Ok(true),
                Err(_) => differ("the lexer alone refuses the text"),
            }
        }
        (Err(_), Err(_), Err(_)) => Ok(false),
        (Err(ours), Err(theirs), Ok(_)) => {
            let deep = ours.ends_with("more than 127 nested arrays and objects")
                && theirs.starts_with("recursion limit exceeded");
            if deep { Ok(false) } else { differ("the lexer alone accepts the text") }
        }
        (Err(_), Ok(_), _) => differ("`serde_json` alone accepts the text"),
        (Ok(value), Err(theirs), _) if is_refused_by_serde_alone(json, theirs) => {
            if decode::<Value>(encode(value).as_bytes()).as_ref() == Ok(value) {
                return Ok(true);
            }
            differ("the value is another one the second time")
        }
        (Ok(_), Err(_), _) => differ("octogen alone accepts the text"),
    }
}

/// Returns whether `serde_json` refuses the text for a reason that the runtime does not have.
fn is_refused_by_serde_alone(json: &[u8], theirs: &str) -> bool {
    let reasons = ["number out of range", "lone leading surrogate in hex escape", "unexpected end of hex escape"];
    json.starts_with(b"\xef\xbb\xbf") || reasons.iter().any(|reason| theirs.starts_with(reason))
}

/// A value by way of serde's traits.
fn bridged(value: &impl serde::Serialize) -> Option<serde_json::Value> {
    serde_json::to_value(value).ok()
}
