//! Which texts are JSON.

use octogen_runtime::{Value, decode, encode};
use serde_json::Value as Theirs;

use crate::models::Empty;

/// Texts that both codecs accept, or both refuse; white space stands between them.
const TEXTS: &str = r#"
    null true false nul nullx [nullx] True truefalse tru\u00e9 trué NaN Infinity -Infinity

    0 -0 -0.0 0.0 00 01 -01 1 -1 +1 - --1 .5 -.5 1. 1.e1 1.0 1.10 1e2 1E2 1e+2 1e-2 1e 1e+ 1e1.5 1.2.3 0x10 1_000 1a
    １ ١ 1e400 -1e400 1e-400 0e400 0e99999999999999999999 1e99999999999999999999 1e-99999999999999999999 1e308 1e309
    1.7976931348623157e308 1.7976931348623159e308 9007199254740993 9223372036854775807 9223372036854775808
    -9223372036854775808 -9223372036854775809 18446744073709551615 18446744073709551616
    123456789012345678901234567890 0.1234567890123456789

    "" " "a "a"b" 'a' "\"\\\/\b\f\n\r\t" "\x" "\'" "\U0041" "\ "\u" "\u0041\u00e9\u20AC" "\u004" "\u00g0" "\u+041" "\u00é"
    "\u0000" "\u001f" "\uffff" "😀é漢" "\ud83d\ude00" "\uD83D\uDE00" "\ud83d" "\ude00" "\ud83dx" "\ud83d\n"
    "\ud83d\u0041" "\ud83d\ud83d" "\ude00\ud83d" "\ud83d\u" "\ud83d\

    [] [ ] [1 [1, [1,] [,] [,1] [1,,2] [1} [[]] [1]] [1,2,[3,{"a":[]}]]
    {} { } {"a":1} {"a":1,} {,"a":1} {"a":1,"b"} {"a"} {"a":} {"a":1 {"a":1] {a:1} {1:1} {null:1} {"a":1;"b":2} {"a"=1} {"":{}}
    {"a":1,"a":2} {"a":{"x":1},"b":0,"a":{"y":2}} {"\u0061":1,"a":2} {"b":1,"a":2}

    /**/1 1//1 #1 1,2 {}{} 1;
"#;

/// Texts that hold white space, controls, or nothing.
const SPACED: [&str; 22] = [
    "",
    " ",
    "\t\n\r null \r\n\t",
    "\u{c}null",
    "\u{b}1",
    "\u{a0}1",
    "1\u{2003}",
    "\u{feff}{}",
    "\0",
    "1\0",
    "null null",
    "[ ]",
    "[1 2]",
    "[1] 2",
    "{ }",
    "{\"a\" : 1 , \"b\" : [ ] }",
    "{\"a\":1 \"b\":2}",
    "\"\u{1f}\"",
    "\"\n\"",
    "\"\t\"",
    "\"\u{7f}\u{80}\u{2028}\u{feff}\u{fffe}\u{10ffff}\"",
    "// a\n1",
];

/// Bytes that are not UTF-8, and a mark that says they are.
const BYTES: [&[u8]; 12] = [
    b"\xff",
    b"\"\xff\"",
    b"\"\xc3\"",
    b"\"\xc3\x28\"",
    b"\"\xc0\x80\"",
    b"\"\xed\xa0\x80\"",
    b"\"\xf4\x90\x80\x80\"",
    b"{\"\xe9\":1}",
    b"[1]\xff",
    b"\xff\xfe1\x00",
    b"\xef\xbb\xbf1",
    b"\xef\xbb1",
];

fn texts() -> impl Iterator<Item = Vec<u8>> {
    let nested = |depth: usize| {
        let arrays = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let objects = format!("{}1{}", r#"{"a":"#.repeat(depth), "}".repeat(depth));
        let mixed = format!(
            "{}{}",
            r#"[{"a":"#.repeat(depth / 2),
            "}]".repeat(depth / 2)
        );
        [
            arrays,
            objects,
            mixed,
            "[".repeat(depth),
            r#"{"a":"#.repeat(depth),
            "]".repeat(depth),
        ]
    };
    let nested = [126, 127, 128, 129, 100_000].into_iter().flat_map(nested);
    let long = [300, 308, 309, 310, 400].map(|count| "9".repeat(count));
    let small = [
        format!("0.{}1", "0".repeat(400)),
        format!("1{}e-400", "0".repeat(400)),
    ];
    let written = TEXTS.split_whitespace().chain(SPACED).map(str::to_owned);
    let texts = written
        .chain(long)
        .chain(small)
        .chain(nested)
        .map(String::into_bytes);
    texts.chain(BYTES.iter().map(|bytes| bytes.to_vec()))
}

/// Returns whether `serde_json` refuses the text for a reason that the runtime does not have.
fn is_refused_by_serde_alone(json: &[u8]) -> bool {
    let reasons = [
        "number out of range",
        "lone leading surrogate in hex escape",
        "unexpected end of hex escape",
    ];
    serde_json::from_slice::<Theirs>(json).is_err_and(|error| {
        let error = error.to_string();
        json.starts_with(b"\xef\xbb\xbf") || reasons.iter().any(|reason| error.starts_with(reason))
    })
}

/// The start of a text, for messages.
fn lossy(json: &[u8]) -> String {
    String::from_utf8_lossy(json).chars().take(60).collect()
}

/// Both refuse the text, or both make the same of it.
fn check_agreement(json: &[u8], ours: Option<Value>) {
    let again = ours.map(|value| {
        serde_json::from_str::<Theirs>(&encode(&value)).map_err(|error| error.to_string())
    });
    assert_eq!(
        again,
        serde_json::from_slice(json).ok().map(Ok),
        "{}",
        lossy(json)
    );
}

#[test]
fn the_codec_accepts_what_serde_json_does() {
    for json in texts().filter(|json| !is_refused_by_serde_alone(json)) {
        check_agreement(&json, decode(&json).ok());
    }
}

#[test]
fn the_bridge_accepts_what_serde_json_does() {
    for json in texts() {
        check_agreement(&json, serde_json::from_slice(&json).ok());
    }
}

/// A loop skips the value of an undeclared key, so that its depth alone is no reason to refuse it.
#[test]
fn a_key_that_is_skipped_is_read_as_strictly() {
    for json in texts().filter(|json| {
        !json
            .windows(8)
            .any(|part| part == b"[[[[[[[[" || part == br#"{"a":{"a"#)
    }) {
        let around = [br#"{"undeclared":"#, json.as_slice(), b"}"].concat();
        if is_refused_by_serde_alone(&around) {
            continue;
        }
        let theirs = serde_json::from_slice::<Theirs>(&around).is_ok();
        assert_eq!(
            decode::<Empty>(&around).is_ok(),
            theirs,
            "{}",
            lossy(&around)
        );
    }
    for (depth, close) in [
        (127, "]"),
        (128, "]"),
        (100_000, "]"),
        (100_000, "}"),
        (100_000, ""),
    ] {
        let around = format!(
            r#"{{"undeclared":{}{}}}"#,
            "[".repeat(depth),
            close.repeat(depth)
        );
        assert_eq!(
            decode::<Empty>(around.as_bytes()).is_ok(),
            close == "]",
            "{depth} {close}"
        );
    }
}

/// Values written by the bridge are those that `serde_json` reads from the text.
#[test]
fn the_bridge_writes_the_same_values() {
    let mut wrong = Vec::new();
    for json in texts() {
        if let (Ok(ours), Ok(theirs)) = (
            decode::<Value>(&json),
            serde_json::from_slice::<Theirs>(&json),
        ) {
            let written = serde_json::to_value(&ours).map_err(|error| error.to_string());
            if written.as_ref() != Ok(&theirs) {
                wrong.push(format!("{}: {written:?}", lossy(&json)));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

/// Strings are skipped by several bytes at a time, and any of these bytes can be the end.
#[test]
fn the_end_of_a_string_is_found_at_each_position() {
    for length in 0..40 {
        for place in 0..=length {
            for odd in [
                "",
                "\"",
                "\\",
                "\n",
                "\0",
                "\u{1f}",
                "\u{7f}",
                "é",
                "\u{10ffff}",
                "\u{22}\u{1}",
            ] {
                let text = format!("{}{odd}{}", "x".repeat(place), "x".repeat(length - place));
                let theirs = serde_json::to_string(&text).expect("a string");
                assert_eq!(encode(&text), theirs);
                assert_eq!(decode::<String>(theirs.as_bytes()).as_ref(), Ok(&text));
                let key = format!("{{{theirs}:1}}");
                assert_eq!(
                    decode::<Value>(key.as_bytes()).map(|value| encode(&value)),
                    Ok(key)
                );
                let raw = format!("[\"{text}\"]").into_bytes();
                check_agreement(&raw, decode(&raw).ok());
            }
        }
    }
}
