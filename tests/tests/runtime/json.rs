//! Tests of the JSON comparison: round trips prove something only if it finds each difference.

use tests::json::{parse, same};

/// Texts that say the same.
const EQUAL: &[(&str, &str)] = &[
    ("null", " \t\r\nnull\n"),
    ("[]", "[ ]"),
    ("{}", "{\n}"),
    (r#"{"a":1,"b":[true,false]}"#, r#"{ "b" : [ true , false ] , "a" : 1 }"#),
    (r#"{"a":{"b":1,"c":2}}"#, r#"{"a":{"c":2,"b":1}}"#),
    (r#""\u0041\/\"\\\b\f\n\r\t""#, r#""A/\"\\\u0008\u000C\u000a\u000D\u0009""#),
    (r#""\ud83d\ude00 \u00e9""#, r#""😀 é""#),
    (r#"{"\u0061":1}"#, r#"{"a":1}"#),
    ("-0.5E+10", "-0.5E+10"),
    ("1e400", "1e400"),
    ("123456789012345678901234567890", "123456789012345678901234567890"),
];

/// Two texts, and the difference that is reported.
const DIFFERENT: &[(&str, &str, &str)] = &[
    // A key lost, a key added, and both.
    (r#"{"owner":{"id":1,"name":"x"}}"#, r#"{"owner":{"id":1}}"#, "$.owner.name: was lost"),
    ("{}", r#"{"x":null}"#, "$.x: was added"),
    (r#"{"a":1}"#, r#"{"b":1}"#, "$.a: was lost\n$.b: was added"),
    (r#"{"a":null}"#, "{}", "$.a: was lost"),
    // Null is neither absence nor any other value.
    ("null", "false", "$: null became false"),
    ("null", "0", "$: null became 0"),
    ("null", r#""null""#, r#"$: null became "null""#),
    (r#"{"a":null}"#, r#"{"a":""}"#, r#"$.a: null became """#),
    (r#"{"a":null}"#, r#"{"a":[]}"#, "$.a: null became []"),
    // Numbers are equal by their texts alone.
    (r#"{"items":[{},{},{"id":3}]}"#, r#"{"items":[{},{},{"id":3.0}]}"#, "$.items[2].id: 3 became 3.0"),
    ("1e2", "100", "$: 1e2 became 100"),
    ("1e2", "1E2", "$: 1e2 became 1E2"),
    ("1e2", "1e+2", "$: 1e2 became 1e+2"),
    ("-0", "0", "$: -0 became 0"),
    ("1.10", "1.1", "$: 1.10 became 1.1"),
    ("9007199254740993", "9007199254740992", "$: 9007199254740993 became 9007199254740992"),
    ("1", r#""1""#, r#"$: 1 became "1""#),
    // Strings are equal by their characters.
    (r#""a""#, r#""A""#, r#"$: "a" became "A""#),
    (r#""a""#, r#""a ""#, r#"$: "a" became "a ""#),
    (r#""é""#, r#""e\u0301""#, r#"$: "é" became "e\u{301}""#),
    (
        r#""2017-07-08T16:18:44-04:00""#,
        r#""2017-07-08T20:18:44Z""#,
        r#"$: "2017-07-08T16:18:44-04:00" became "2017-07-08T20:18:44Z""#,
    ),
    ("true", "false", "$: true became false"),
    // Arrays have an order and a length.
    ("[1,2]", "[2,1]", "$[0]: 1 became 2\n$[1]: 2 became 1"),
    ("[[1,2]]", "[[1]]", "$[0][1]: was lost"),
    ("[1]", "[1,null]", "$[1]: was added"),
    ("[]", "{}", "$: [] became {}"),
    (r#"{"a":{"b":[1,"x"]}}"#, r#"{"a":null}"#, r#"$.a: {"b":[1,"x"]} became null"#),
    // Keys that a path could not show bare, and values too long to show.
    (r#"{"a.b":1,"":2,"+1":3}"#, r#"{"a.b":1,"":3,"+1":3}"#, r#"$[""]: 2 became 3"#),
    (r#"{"a.b":1}"#, r#"{"a.b":2}"#, r#"$["a.b"]: 1 became 2"#),
    (
        "111111111122222222223333333333444444444455555555556666666666777777777788888888889",
        "0",
        "$: 11111111112222222222333333333344444444445555555555666666666677777777778888888888… became 0",
    ),
];

/// Texts that are not JSON, and the reasons.
const REFUSED: &[(&str, &str)] = &[
    ("", "byte 0: a value is missing"),
    (" \n", "byte 2: a value is missing"),
    ("\u{feff}1", "byte 0: a value is missing"),
    ("\u{a0}1", "byte 0: a value is missing"),
    ("\u{c}1", "byte 0: a value is missing"),
    ("nul", "byte 0: a value is missing"),
    ("nullx", "byte 0: a value is missing"),
    ("True", "byte 0: a value is missing"),
    ("NaN", "byte 0: a value is missing"),
    ("1 2", "byte 2: more text follows"),
    ("{}}", "byte 2: more text follows"),
    ("01", "byte 0: a value is missing"),
    ("-01", "byte 0: a value is missing"),
    ("-", "byte 0: a value is missing"),
    ("--1", "byte 0: a value is missing"),
    ("+1", "byte 0: a value is missing"),
    (".5", "byte 0: a value is missing"),
    ("1.", "byte 0: a value is missing"),
    ("1.e1", "byte 0: a value is missing"),
    ("1.2.3", "byte 0: a value is missing"),
    ("1e", "byte 0: a value is missing"),
    ("1e+-1", "byte 0: a value is missing"),
    ("1e1.5", "byte 0: a value is missing"),
    ("0x1", "byte 0: a value is missing"),
    ("１", "byte 0: a value is missing"),
    ("[1,]", "byte 3: a value is missing"),
    ("[,1]", "byte 1: a value is missing"),
    ("[1 2]", "byte 3: `,` or `]` is missing"),
    ("[1", "byte 2: `,` or `]` is missing"),
    ("[", "byte 1: a value is missing"),
    ("[1}", "byte 2: `,` or `]` is missing"),
    (r#"{"a":1,}"#, "byte 7: a key is missing"),
    ("{a:1}", "byte 1: a key is missing"),
    ("{1:1}", "byte 1: a key is missing"),
    (r#"{"a"}"#, "byte 4: `:` is missing"),
    (r#"{"a":}"#, "byte 5: a value is missing"),
    (r#"{"a":1 "b":2}"#, "byte 7: `,` or `}` is missing"),
    (r#"{"a":1,"a":1}"#, r#"byte 7: the key "a" comes twice"#),
    (r#"{"a":1,"\u0061":2}"#, r#"byte 7: the key "a" comes twice"#),
    (r#""a"#, "byte 2: the text ends inside a string"),
    (r#""\"#, "byte 1: an escape is wrong"),
    (r#""\x""#, "byte 1: an escape is wrong"),
    (r#""\u00g0""#, "byte 1: an escape is wrong"),
    (r#""\u+041""#, "byte 1: an escape is wrong"),
    (r#""\u00é""#, "byte 1: an escape is wrong"),
    (r#""\ud83d""#, "byte 7: an escape is wrong"),
    (r#""\ud83d\u0041""#, "byte 13: a surrogate has no partner"),
    (r#""\ude00""#, "byte 7: a surrogate has no partner"),
    ("\"a\nb\"", "byte 2: a string contains a control character"),
    ("\"\u{1f}\"", "byte 1: a string contains a control character"),
    ("\"\u{0}\"", "byte 1: a string contains a control character"),
    ("'a'", "byte 0: a value is missing"),
    ("[1] // why", "byte 4: more text follows"),
];

#[test]
fn what_says_the_same_is_equal() {
    for (one, other) in EQUAL {
        assert_eq!(same(one, other), Ok(()), "{one} and {other}");
        assert_eq!(same(other, one), Ok(()), "{other} and {one}");
    }
}

#[test]
fn every_difference_is_reported_with_its_path() {
    for (one, other, message) in DIFFERENT {
        assert_eq!(same(one, other), Err((*message).to_owned()), "{one} and {other}");
        assert!(same(other, one).is_err(), "{other} and {one}");
        assert_eq!(same(one, one), Ok(()), "{one} and itself");
    }
}

#[test]
fn what_is_not_json_is_refused_on_both_sides() {
    for (text, message) in REFUSED {
        assert_eq!(parse(text), Err((*message).to_owned()), "{text}");
        assert_eq!(same(text, "1"), Err(format!("the first text is not JSON: {message}")));
        assert_eq!(same("1", text), Err(format!("the second text is not JSON: {message}")));
    }
}

#[test]
fn no_depth_exhausts_the_stack() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(same(&nested(512), &nested(512)), Ok(()));
    for text in [nested(513), nested(100_000), "[".repeat(100_000), r#"{"a":"#.repeat(100_000)] {
        let message = parse(&text).expect_err("too deep");
        assert!(message.ends_with("more than 512 nested arrays and objects"), "{message}");
    }
}
