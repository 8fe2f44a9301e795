//! Numbers, texts and secrets.

use octogen_runtime::{Date, Number, Timestamp, Value};

use crate::models::Token;
use crate::{bridge, carry, check, debug};

#[test]
fn scalars_keep_their_text() {
    check(&[
        (carry::<Number>, "1.10", ""),
        (carry::<Number>, "-0", ""),
        (carry::<Number>, "1E+2", ""),
        (carry::<Number>, "123456789012345678901234567890", ""),
        (carry::<Number>, "1e400", ""),
        (
            carry::<Number>,
            r#""1""#,
            "at $ (byte 0): expected a number, found a string",
        ),
        (carry::<Value>, r#"{"b":1.10,"a":[null,1e2]}"#, ""),
        (carry::<Timestamp>, r#""2017-07-08T16:18:44-04:00""#, ""),
        (carry::<Timestamp>, r#""2017-07-08T16:18:44.100Z""#, ""),
        (carry::<Timestamp>, r#""soon""#, ""),
        (
            carry::<Timestamp>,
            "1499545124",
            "at $ (byte 0): expected a string, found a number",
        ),
        (carry::<Date>, r#""2017-07-08""#, ""),
        (carry::<String>, "\"\u{7f}\u{2028}é😀/\"", ""),
        (
            carry::<String>,
            r#""\u0041\/\u0008\u000b\u001f\uD83D\uDE00""#,
            r#""A/\b\u000b\u001f😀""#,
        ),
        (carry::<String>, r#""a\uD83D""#, "\"a\u{fffd}\""),
        (carry::<Value>, "\u{feff}[1]", "[1]"),
    ]);
}

#[test]
fn integers_have_64_bits() {
    const SIGNED: &str = "at $ (byte 0): the number is not an integer of 64 bits";
    const UNSIGNED: &str = "at $ (byte 0): the number is not an integer of 64 bits without a sign";
    check(&[
        (carry::<i64>, "9223372036854775807", ""),
        (carry::<i64>, "-9223372036854775808", ""),
        (carry::<i64>, "9223372036854775808", SIGNED),
        (carry::<i64>, "1e30", SIGNED),
        (carry::<i64>, "1.5", SIGNED),
        (
            carry::<i64>,
            r#""1""#,
            "at $ (byte 0): expected an integer, found a string",
        ),
        // JSON Schema calls these integers as well.
        (carry::<i64>, "5e9", "5000000000"),
        (carry::<i64>, "3.0", "3"),
        (carry::<u64>, "18446744073709551615", ""),
        (carry::<u64>, "18446744073709551616", UNSIGNED),
        (carry::<u64>, "-1", UNSIGNED),
        (carry::<u64>, "-1.0", UNSIGNED),
        (carry::<u64>, "-0", "0"),
        (
            carry::<u64>,
            "1844674407370955161.5e1",
            "18446744073709551615",
        ),
    ]);
}

#[test]
fn an_integer_is_never_rounded() {
    const SIGNED: &str = "at $ (byte 0): the number is not an integer of 64 bits";
    let cases = [
        ("-9223372036854775809", SIGNED),
        ("-9223372036854776000", SIGNED),
        ("9007199254740993.0", "9007199254740993"),
        ("9007199254740993e0", "9007199254740993"),
        ("9007199254740993.5", SIGNED),
        ("1.00000000000000000001", SIGNED),
        ("-9.223372036854775808e18", "-9223372036854775808"),
        ("-9.223372036854775809e18", SIGNED),
        ("9.223372036854775807E+18", "9223372036854775807"),
        ("9223372036854775807000e-3", "9223372036854775807"),
        ("9223372036854775807001e-3", SIGNED),
        ("0.05e2", "5"),
        ("0.05e1", SIGNED),
        ("10e-1", "1"),
        ("1e-1", SIGNED),
        ("1e18", "1000000000000000000"),
        ("1e19", SIGNED),
        ("-1e308", SIGNED),
        ("0e99999999999999999999", "0"),
        ("-0.000e-5", "0"),
        ("1e-99999999999999999999", SIGNED),
        ("1e-9223372036854775808", SIGNED),
    ];
    let wrong = cases
        .map(|(json, wanted)| (json, carry::<i64>(json), wanted))
        .into_iter();
    assert_eq!(
        wrong
            .filter(|(_, got, wanted)| got != wanted)
            .collect::<Vec<_>>(),
        []
    );
}

#[test]
fn a_secret_is_never_printed() {
    check(&[
        (carry::<Token>, r#"{"token":"v1.x","before":"v1.w"}"#, ""),
        (
            debug::<Token>,
            r#"{"token":"v1.x","before":"v1.w"}"#,
            "Token { token: ***, before: Some(***) }",
        ),
        (
            debug::<Token>,
            r#"{"token":["v1.x"]}"#,
            "at $.token (byte 9): expected a string, found an array",
        ),
        (bridge::<Token>, r#"{"token":"v1.x"}"#, ""),
    ]);
}
