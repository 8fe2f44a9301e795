//! Keys that are there, absent, null, undeclared or there twice.

use octogen_runtime::{Date, Map, Maybe, Number, Timestamp};

use crate::models::{self, ByTag, Color, Item, Level, Observed, ObservedOpen, Open, Page, Tree};
use crate::{Carry, bridge, carry, check, debug};

#[test]
fn null_and_absence_are_two_things() {
    let presence: Carry = carry::<models::Presence>;
    check(&[
        (
            presence,
            r#"{"plain":1,"nullable":2,"absent":3,"both":4}"#,
            "",
        ),
        (presence, r#"{"plain":1,"nullable":null}"#, ""),
        (presence, r#"{"plain":1,"nullable":null,"both":null}"#, ""),
        (
            presence,
            r#"{"both":4,"absent":3,"nullable":2,"plain":1}"#,
            r#"{"plain":1,"nullable":2,"absent":3,"both":4}"#,
        ),
        (
            presence,
            r#"{"plain":1}"#,
            "at $ (byte 11): the required key `nullable` is missing",
        ),
        (
            presence,
            r#"{"nullable":null}"#,
            "at $ (byte 17): the required key `plain` is missing",
        ),
        (
            presence,
            r#"{"plain":null,"nullable":2}"#,
            "at $.plain (byte 9): expected an integer, found null",
        ),
        (
            presence,
            r#"{"plain":1,"nullable":2,"absent":null}"#,
            "at $.absent (byte 33): expected an integer, found null",
        ),
        (
            presence,
            r#"{"plain":1,"nullable":"2"}"#,
            "at $.nullable (byte 22): expected an integer, found a string",
        ),
        (
            presence,
            r#"{"plain":1,"nullable":2,"both":[]}"#,
            "at $.both (byte 31): expected an integer, found an array",
        ),
        (
            presence,
            "null",
            "at $ (byte 0): expected an object, found null",
        ),
        (
            presence,
            "[]",
            "at $ (byte 0): expected an object, found an array",
        ),
        (carry::<()>, "null", ""),
        (
            carry::<()>,
            "0",
            "at $ (byte 0): expected null, found a number",
        ),
        (
            debug::<models::Presence>,
            r#"{"plain":1,"nullable":null}"#,
            "Presence { plain: 1, nullable: None, absent: None, both: Absent }",
        ),
        (debug::<Maybe<i64>>, "null", "Null"),
        (debug::<Maybe<i64>>, "1", "Value(1)"),
    ]);
}

#[test]
fn an_error_says_where() {
    let page: Carry = carry::<Page>;
    check(&[
        (
            page,
            r#"{"items":[{"id":1},{"id":2,"name":"x"}],"by_name":{"a b":{"id":3}}}"#,
            "",
        ),
        (
            page,
            r#"{"items":[{"id":1},{"name":"x"}]}"#,
            "at $.items[1] (byte 31): the required key `id` is missing",
        ),
        (
            page,
            r#"{"items":[{"id":"1"}]}"#,
            "at $.items[0].id (byte 16): expected an integer, found a string",
        ),
        (
            page,
            r#"{"items":[],"by_name":{"a b":{"id":true}}}"#,
            r#"at $.by_name["a b"].id (byte 35): expected an integer, found a boolean"#,
        ),
        (
            page,
            r#"{"items":[1,]}"#,
            "at $.items[0] (byte 10): expected an object, found a number",
        ),
        (page, r#"{"items":[],}"#, "at $ (byte 12): trailing comma"),
        (page, r#"{"items":[],"undeclared":[{}]}"#, r#"{"items":[]}"#),
        (
            page,
            r#"{"items":[],"undeclared":[{]}"#,
            "at $.undeclared (byte 27): expected a key in quotes",
        ),
        (
            page,
            r#"{"items":[]} {}"#,
            "at $ (byte 13): trailing characters",
        ),
        (carry::<(i64, String)>, r#"[1,"a"]"#, ""),
        (
            carry::<(i64, String)>,
            "[1,2]",
            "at $[1] (byte 3): expected a string, found a number",
        ),
        (
            carry::<(i64, String)>,
            "[1]",
            "at $ (byte 0): expected an array of 2 elements",
        ),
        (
            carry::<(i64, String)>,
            r#"[1,"a",2]"#,
            "at $ (byte 0): expected an array of 2 elements",
        ),
        (
            carry::<bool>,
            "1",
            "at $ (byte 0): expected a boolean, found a number",
        ),
        (
            carry::<String>,
            "null",
            "at $ (byte 0): expected a string, found null",
        ),
        (
            carry::<Vec<i64>>,
            "{}",
            "at $ (byte 0): expected an array, found an object",
        ),
        (
            carry::<Map<i64>>,
            "[]",
            "at $ (byte 0): expected an object, found an array",
        ),
    ]);
}

#[test]
fn undeclared_keys_are_kept_on_request() {
    check(&[
        (carry::<Open>, r#"{"id":1,"z":null,"a":1.10}"#, ""),
        (
            carry::<Open>,
            r#"{"z":[],"id":1,"name":"x"}"#,
            r#"{"id":1,"name":"x","z":[]}"#,
        ),
        (
            carry::<Item>,
            r#"{"z":[],"id":1,"name":"x"}"#,
            r#"{"id":1,"name":"x"}"#,
        ),
        (carry::<Map<Option<i64>>>, r#"{"z":1,"a":null}"#, ""),
    ]);
}

#[test]
fn an_observed_key_may_have_another_type() {
    let (observed, open): (Carry, Carry) = (carry::<Observed>, carry::<ObservedOpen>);
    check(&[
        (observed, r#"{"id":1,"name":"x","inner":{"id":2}}"#, ""),
        (observed, r#"{"id":1,"inner":null}"#, ""),
        // Nothing keeps them: they are dropped as any undeclared key is.
        (
            observed,
            r#"{"id":1,"name":2,"inner":[{"id":3}]}"#,
            r#"{"id":1}"#,
        ),
        (
            observed,
            r#"{"id":1,"name":null,"inner":{"id":{}}}"#,
            r#"{"id":1}"#,
        ),
        (observed, r#"{"name":[{}],"id":1}"#, r#"{"id":1}"#),
        (
            observed,
            r#"{"id":"1"}"#,
            "at $.id (byte 6): expected an integer, found a string",
        ),
        (
            observed,
            r#"{"id":1,"name":[}"#,
            "at $.name (byte 16): expected a value",
        ),
        (open, r#"{"id":1,"items":[{"id":2}],"more":null}"#, ""),
        (open, r#"{"id":null}"#, ""),
        (open, r#"{"id":"1.10","items":[{"id":2},{"id":[]}]}"#, ""),
        (
            open,
            r#"{"items":{"id":[1.0]},"id":1}"#,
            r#"{"id":1,"items":{"id":[1.0]}}"#,
        ),
        (
            open,
            r#"{"items":[{"id":2},{"id":[]}"#,
            "at $.items (byte 28): the text ends inside an array",
        ),
    ]);
}

#[test]
fn serde_reaches_the_same_tables() {
    check(&[
        (
            bridge::<Tree>,
            r#"{"child":{"value":2},"value":1}"#,
            r#"{"value":1,"child":{"value":2}}"#,
        ),
        (
            bridge::<models::Presence>,
            r#"{"nullable":null,"plain":1}"#,
            r#"{"plain":1,"nullable":null}"#,
        ),
        (
            bridge::<models::Presence>,
            r#"{"plain":1,"nullable":2,"both":null}"#,
            "",
        ),
        (
            bridge::<models::Presence>,
            r#"{"plain":1}"#,
            "at $ (byte 11): the required key `nullable` is missing",
        ),
        (
            bridge::<models::Presence>,
            r#"{"plain":null,"nullable":2}"#,
            "at $.plain (byte 9): expected an integer, found null",
        ),
        (bridge::<Vec<Color>>, r#"["red","blue"]"#, ""),
        (bridge::<Vec<Level>>, r#"[1,"max",true,7]"#, ""),
        (
            bridge::<ByTag>,
            r#"{"login":"u","kind":"User"}"#,
            r#"{"kind":"User","login":"u"}"#,
        ),
        (bridge::<ByTag>, r#"{"kind":"Enterprise"}"#, ""),
        (bridge::<Open>, r#"{"id":1,"z":null}"#, ""),
        (bridge::<Vec<Maybe<i64>>>, "[1,null]", ""),
        (
            bridge::<(Timestamp, Date)>,
            r#"["2017-07-08T16:18:44-04:00","2017-07-08"]"#,
            "",
        ),
        (bridge::<Number>, "18446744073709551615", ""),
        (bridge::<Number>, "-9223372036854775808", ""),
        (bridge::<Number>, "0.5", ""),
    ]);
}

#[test]
fn recursion_ends_before_the_stack_does() {
    let nested = |depth: usize| {
        format!(
            r#"{}{{"value":1}}{}"#,
            r#"{"value":1,"child":"#.repeat(depth - 1),
            "}".repeat(depth - 1)
        )
    };
    assert_eq!(carry::<Tree>(&nested(127)), nested(127));
    for depth in [128, 100_000] {
        let error = carry::<Tree>(&nested(depth));
        assert!(
            error.ends_with("more than 127 nested arrays and objects"),
            "{error}"
        );
    }
}
