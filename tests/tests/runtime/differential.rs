//! The documented payloads, damaged in thousands of ways: the runtime and `serde_json` read the same of each.
//!
//! The damage is the same in every run. `tests/fuzz/` looks further, with a nightly toolchain.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tests::agreement::agree;

const CASES: usize = 6_000;

/// Tokens of JSON, and texts that resemble them.
const PARTS: &[&[u8]] = &[
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b"\"",
    b"\\",
    b"null",
    b"true",
    b"false",
    b"nul",
    b"0",
    b"-",
    b"-0",
    b"01",
    b".5",
    b"1.",
    b"1e5",
    b"E+",
    b"1e400",
    b"1e-400",
    b"9223372036854775808",
    b"18446744073709551616",
    b"0.1000000000000000055511151231257827",
    b"1.7976931348623159e308",
    b"{\"a\":1,\"a\":2}",
    b"\"\":",
    b"\\u0000",
    b"\\ud83d\\ude00",
    b"\\ud83d",
    b"\\ude00",
    b"\\u00",
    b"\\x",
    b"\\b",
    b"\\f",
    b"\\n\\r\\t",
    b"\\uDBFF\\uDFFF",
    b"\\udbff\\u0020",
    b"\\uD800\\uDC00",
    b"\\u+041",
    b"\\/",
    b" ",
    b"\t",
    b"\r\n",
    b"\x0c",
    b"\0",
    b"\x1f",
    b"\x7f",
    b"\xc3\xa9",
    b"\xc3",
    b"\xff",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    b"\xe2\x80\xa8",
    b"// a\n",
    b"NaN",
    b"[[[[[[[[[[[[[[[[",
    b"]]]]]]]]]]]]]]]]",
];

#[test]
fn damaged_payloads_are_read_as_serde_json_reads_them() {
    let payloads = payloads();
    assert!(payloads.len() > 20, "only {} payloads were found", payloads.len());
    for payload in &payloads {
        assert_eq!(agree(payload), Ok(true), "{}", String::from_utf8_lossy(payload));
    }
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut accepted = 0;
    for case in 0..CASES {
        let mut text = dice.pick(&payloads).clone();
        for _ in 0..=dice.below(3) {
            damage(&mut text, &payloads, &mut dice);
        }
        match agree(&text) {
            Ok(is_json) => accepted += usize::from(is_json),
            Err(difference) => panic!("case {case}: {}\n{difference}", String::from_utf8_lossy(&text)),
        }
    }
    let share = CASES / 10..CASES * 9 / 10;
    assert!(share.contains(&accepted), "{accepted} of {CASES} texts are JSON, so that one side is hardly tested");
}

/// The comparison itself has to see a difference.
#[test]
fn the_three_readers_are_asked() {
    let accepted = [
        "1",
        " [1.10,{\"a\":null}] ",
        "{\"a\":1,\"a\":2}",
        "\"\\ud83d\\ude00\"",
        "1.7923157e308",
        "1e400",
        "\"\\ud83d\"",
        "\u{feff}1",
    ];
    let refused = ["", "[1,]", "{a:1}", &"[".repeat(200), &format!("{}{}", "[".repeat(128), "]".repeat(128))];
    for text in accepted {
        assert_eq!(agree(text.as_bytes()), Ok(true), "{text}");
    }
    for text in refused {
        assert_eq!(agree(text.as_bytes()), Ok(false), "{text}");
    }
}

/// One change: something put in, taken out, repeated, replaced or taken from another payload.
fn damage(text: &mut Vec<u8>, payloads: &[Vec<u8>], dice: &mut Dice) {
    let at = if dice.below(2) == 0 { dice.below(text.len() + 1) } else { edge(text, dice) };
    let end = text.len().min(at + 1 + dice.below(12));
    match dice.below(8) {
        0 | 1 => drop(text.splice(at..at, dice.pick(PARTS).iter().copied())),
        2 => drop(text.splice(at..end, dice.pick(PARTS).iter().copied())),
        3 => drop(text.drain(at..end)),
        4 => drop(text.splice(at..at, text[at..end].to_vec())),
        5 => {
            let other = dice.pick(payloads);
            let from = dice.below(other.len());
            let to = other.len().min(from + dice.below(60));
            text.splice(at..at, other[from..to].iter().copied());
        }
        6 if at < text.len() => text[at] ^= 1 << dice.below(8),
        _ => digits(text, dice),
    }
}

/// Returns an offset at which a part of the text starts or ends.
fn edge(text: &[u8], dice: &mut Dice) -> usize {
    let from = dice.below(text.len() + 1);
    let is_edge = |byte: &u8| b"{}[],:\"\\".contains(byte);
    text[from..].iter().position(is_edge).map_or(from, |found| from + found + dice.below(2))
}

/// Numbers, and texts that are none.
const NUMBERS: &[&[u8]] = &[
    b"-0",
    b"0.0",
    b"1E2",
    b"-1.5e-7",
    b"12345678901234567890123",
    b"5e-324",
    b"1e309",
    b"1E309",
    b"-1E+400",
    b"0.30000000000000004",
    b"01",
    b"-01",
    b"00",
    b"1.",
    b".1",
    b"1e",
    b"1e+",
    b"-",
    b"+1",
    b"0x1",
    b"1_0",
    b"0e0",
    b"0E-5",
    b"-0.0",
    b"1.5.5",
];

/// Makes an integer of the text one of them.
fn digits(text: &mut Vec<u8>, dice: &mut Dice) {
    let from = dice.below(text.len() + 1);
    let mut pairs = text[from..].windows(2);
    if let Some(start) = pairs.position(|pair| b":,[".contains(&pair[0]) && pair[1].is_ascii_digit()) {
        let start = from + start + 1;
        let length = text[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        text.splice(start..start + length, dice.pick(NUMBERS).iter().copied());
    }
}

/// Every example of the specs, as JSON.
fn payloads() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let files_of = |folder| fs::read_dir(folder).expect("readable").flatten().map(|entry| entry.path());
    let mut files: Vec<_> = files_of(folder.clone()).chain(files_of(folder.join("apps"))).collect();
    files.sort();
    let mut found = Vec::new();
    for file in files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "yaml")) {
        let text = fs::read_to_string(file).expect("readable");
        let document: Value = serde_yaml::from_str(&text).expect("a document");
        collect(&document, &mut found);
    }
    found
}

fn collect(value: &Value, found: &mut Vec<Vec<u8>>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                if matches!(key.as_str(), "example" | "value") && (value.is_object() || value.is_array()) {
                    found.push(value.to_string().into_bytes());
                }
                collect(value, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        _ => {}
    }
}

/// Numbers that look random and are the same in every run: xorshift.
struct Dice(u64);

impl Dice {
    /// Returns a number below the limit, or 0 if the limit is 0.
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or_default() % limit.max(1)
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}
