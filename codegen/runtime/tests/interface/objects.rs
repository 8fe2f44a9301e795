//! Keys that are there, absent, null, undeclared or there twice.

use octogen_runtime::{Date, Field, Map, Maybe, Number, Presence, Slot, Timestamp, Value, decode, object};

use crate::models::{self, ByTag, Color, Item, Level, Open, Page, Shown, ShownOpen, Tree};
use crate::{Carry, bridge, carry, check, debug};

#[test]
fn null_and_absence_are_two_things() {
    let presence: Carry = carry::<models::Presence>;
    check(&[
        (presence, r#"{"plain":1,"nullable":2,"absent":3,"both":4}"#, ""),
        (presence, r#"{"plain":1,"nullable":null}"#, ""),
        (presence, r#"{"plain":1,"nullable":null,"both":null}"#, ""),
        (
            presence,
            r#"{"both":4,"absent":3,"nullable":2,"plain":1}"#,
            r#"{"plain":1,"nullable":2,"absent":3,"both":4}"#,
        ),
        (presence, r#"{"plain":1}"#, "at $ (byte 11): the required key `nullable` is missing"),
        (presence, r#"{"nullable":null}"#, "at $ (byte 17): the required key `plain` is missing"),
        (presence, r#"{"plain":null,"nullable":2}"#, "at $.plain (byte 9): expected an integer, found null"),
        (
            presence,
            r#"{"plain":1,"nullable":2,"absent":null}"#,
            "at $.absent (byte 33): expected an integer, found null",
        ),
        (presence, r#"{"plain":1,"nullable":"2"}"#, "at $.nullable (byte 22): expected an integer, found a string"),
        (presence, r#"{"plain":1,"nullable":2,"both":[]}"#, "at $.both (byte 31): expected an integer, found an array"),
        (presence, "null", "at $ (byte 0): expected an object, found null"),
        (presence, "[]", "at $ (byte 0): expected an object, found an array"),
        (carry::<()>, "null", ""),
        (carry::<()>, "0", "at $ (byte 0): expected null, found a number"),
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
        (page, r#"{"items":[{"id":1},{"id":2,"name":"x"}],"by_name":{"a b":{"id":3}}}"#, ""),
        (page, r#"{"items":[{"id":1},{"name":"x"}]}"#, "at $.items[1] (byte 31): the required key `id` is missing"),
        (page, r#"{"items":[{"id":"1"}]}"#, "at $.items[0].id (byte 16): expected an integer, found a string"),
        (
            page,
            r#"{"items":[],"by_name":{"a b":{"id":true}}}"#,
            r#"at $.by_name["a b"].id (byte 35): expected an integer, found a boolean"#,
        ),
        (page, r#"{"items":[1,]}"#, "at $.items[0] (byte 10): expected an object, found a number"),
        (page, r#"{"items":[],}"#, "at $ (byte 12): trailing comma"),
        (page, r#"{"items":[],"undeclared":[{}]}"#, r#"{"items":[]}"#),
        (page, r#"{"items":[],"undeclared":[{]}"#, "at $.undeclared (byte 27): expected a key in quotes"),
        (page, r#"{"items":[]} {}"#, "at $ (byte 13): trailing characters"),
        (carry::<(i64, String)>, r#"[1,"a"]"#, ""),
        (carry::<(i64, String)>, "[1,2]", "at $[1] (byte 3): expected a string, found a number"),
        (carry::<(i64, String)>, "[1]", "at $ (byte 0): expected an array of 2 elements"),
        (carry::<(i64, String)>, r#"[1,"a",2]"#, "at $ (byte 0): expected an array of 2 elements"),
        (carry::<bool>, "1", "at $ (byte 0): expected a boolean, found a number"),
        (carry::<String>, "null", "at $ (byte 0): expected a string, found null"),
        (carry::<Vec<i64>>, "{}", "at $ (byte 0): expected an array, found an object"),
        (carry::<Map<i64>>, "[]", "at $ (byte 0): expected an object, found an array"),
    ]);
}

#[test]
fn undeclared_keys_are_kept_on_request() {
    check(&[
        (carry::<Open>, r#"{"id":1,"z":null,"a":1.10}"#, ""),
        (carry::<Open>, r#"{"z":[],"id":1,"name":"x"}"#, r#"{"id":1,"name":"x","z":[]}"#),
        (carry::<Item>, r#"{"z":[],"id":1,"name":"x"}"#, r#"{"id":1,"name":"x"}"#),
        (carry::<Map<Option<i64>>>, r#"{"z":1,"a":null}"#, ""),
    ]);
}

#[test]
fn what_was_only_shown_may_be_of_another_type() {
    let (shown, open): (Carry, Carry) = (carry::<Shown>, carry::<ShownOpen>);
    check(&[
        (shown, r#"{"id":1,"name":"x","inner":{"id":2}}"#, ""),
        (shown, r#"{"id":1,"inner":null}"#, ""),
        // Nothing keeps them: they are dropped as any undeclared key is.
        (shown, r#"{"id":1,"name":2,"inner":[{"id":3}]}"#, r#"{"id":1}"#),
        (shown, r#"{"id":1,"name":null,"inner":{"id":{}}}"#, r#"{"id":1}"#),
        (shown, r#"{"name":[{}],"id":1}"#, r#"{"id":1}"#),
        (shown, r#"{"id":"1"}"#, "at $.id (byte 6): expected an integer, found a string"),
        (shown, r#"{"id":1,"name":[}"#, "at $.name (byte 16): expected a value"),
        (open, r#"{"id":1,"items":[{"id":2}],"more":null}"#, ""),
        (open, r#"{"id":null}"#, ""),
        (open, r#"{"id":"1.10","items":[{"id":2},{"id":[]}]}"#, ""),
        (open, r#"{"items":{"id":[1.0]},"id":1}"#, r#"{"id":1,"items":{"id":[1.0]}}"#),
        (open, r#"{"items":[{"id":2},{"id":[]}"#, "at $.items (byte 28): the text ends inside an array"),
    ]);
}

#[test]
fn serde_reaches_the_same_tables() {
    check(&[
        (bridge::<Tree>, r#"{"child":{"value":2},"value":1}"#, r#"{"value":1,"child":{"value":2}}"#),
        (bridge::<models::Presence>, r#"{"nullable":null,"plain":1}"#, r#"{"plain":1,"nullable":null}"#),
        (bridge::<models::Presence>, r#"{"plain":1,"nullable":2,"both":null}"#, ""),
        (bridge::<models::Presence>, r#"{"plain":1}"#, "at $ (byte 11): the required key `nullable` is missing"),
        (
            bridge::<models::Presence>,
            r#"{"plain":null,"nullable":2}"#,
            "at $.plain (byte 9): expected an integer, found null",
        ),
        (bridge::<Vec<Color>>, r#"["red","blue"]"#, ""),
        (bridge::<Vec<Level>>, r#"[1,"max",true,7]"#, ""),
        (bridge::<ByTag>, r#"{"login":"u","kind":"User"}"#, r#"{"kind":"User","login":"u"}"#),
        (bridge::<ByTag>, r#"{"kind":"Enterprise"}"#, ""),
        (bridge::<Open>, r#"{"id":1,"z":null}"#, ""),
        (bridge::<Vec<Maybe<i64>>>, "[1,null]", ""),
        (bridge::<(Timestamp, Date)>, r#"["2017-07-08T16:18:44-04:00","2017-07-08"]"#, ""),
        (bridge::<Number>, "18446744073709551615", ""),
        (bridge::<Number>, "-9223372036854775808", ""),
        (bridge::<Number>, "0.5", ""),
    ]);
}

#[test]
fn recursion_ends_before_the_stack_does() {
    let nested = |depth: usize| {
        format!(r#"{}{{"value":1}}{}"#, r#"{"value":1,"child":"#.repeat(depth - 1), "}".repeat(depth - 1))
    };
    assert_eq!(carry::<Tree>(&nested(127)), nested(127));
    for depth in [128, 100_000] {
        let error = carry::<Tree>(&nested(depth));
        assert!(error.ends_with("more than 127 nested arrays and objects"), "{error}");
    }
}

/// As in a map and in `serde_json::Value`: the last one wins, and nothing of the first is mixed in.
#[test]
fn a_key_that_comes_twice_is_not_a_mixture() {
    model!(Outer { inner: Inner });
    model!(Inner { ?a: Option<i64>, ?b: Option<i64>, });
    model!(Whole { open: Open });
    model!(Kinds {
        boxed: Box<Inner>,
        pair: (Inner, Box<Inner>),
        list: Vec<Inner>,
        map: Map<Inner>,
        color: Color,
        tag: ByTag,
        maybe: Maybe<Inner>,
        option: Option<Inner>,
    });
    const KINDS: &str = concat!(
        r#"{"boxed":{"b":2},"pair":[{"b":2},{"b":2}],"list":[{"b":2}],"map":{"z":{"b":2}},"#,
        r#""color":"blue","tag":{"kind":"Bot","login":"b"},"maybe":{"b":2},"option":{"b":2}}"#
    );
    const FILLED: &str = concat!(
        r#"{"boxed":{"a":1},"pair":[{"a":1},{"a":1}],"list":[{"a":1},{}],"map":{"y":{"a":1},"z":{"a":1}},"#,
        r#""color":"red","tag":{"any":1},"maybe":{"a":1},"option":{"a":1}}"#
    );
    const PRESENCE: &str = r#"{"plain":1,"nullable":null,"both":null}"#;
    let twice = |one: &str, other: &str| format!("{},{}", &one[..one.len() - 1], &other[1..]);
    check(&[
        (carry::<Inner>, r#"{"a":1,"b":2,"a":3}"#, r#"{"a":3,"b":2}"#),
        (carry::<Outer>, r#"{"inner":{"a":1},"inner":{"b":2}}"#, r#"{"inner":{"b":2}}"#),
        (carry::<Whole>, r#"{"open":{"id":1,"x":1},"open":{"id":2}}"#, r#"{"open":{"id":2}}"#),
        (carry::<Open>, r#"{"x":{"a":1},"id":1,"x":{"b":2},"id":2}"#, r#"{"id":2,"x":{"b":2}}"#),
        (carry::<Kinds>, KINDS, ""),
        (carry::<Kinds>, &twice(FILLED, KINDS), KINDS),
        (carry::<Kinds>, &twice(KINDS, FILLED), FILLED),
        (carry::<models::Presence>, r#"{"plain":1,"nullable":2,"nullable":null,"both":1,"both":null}"#, PRESENCE),
        (
            carry::<Outer>,
            r#"{"inner":{"a":1},"inner":{"a":""}}"#,
            "at $.inner.a (byte 30): expected an integer, found a string",
        ),
        (carry::<Outer>, r#"{"inner":{"a":1},"inner":null}"#, "at $.inner (byte 25): expected an object, found null"),
        (carry::<Map<Inner>>, r#"{"k":{"a":1},"k":{"b":2}}"#, r#"{"k":{"b":2}}"#),
    ]);
}

#[test]
fn a_box_is_as_absent_as_what_it_holds() {
    model!(Boxed { ?a: Box<Option<i64>>, ?b: Box<Maybe<i64>>, });
    /// A struct whose map of all other keys stands in a box.
    struct Held {
        id: i64,
        rest: Box<Map<Value>>,
    }
    object! { Held [id; rest] }
    check(&[
        (carry::<Boxed>, "{}", ""),
        (carry::<Boxed>, r#"{"a":1,"b":null}"#, ""),
        (carry::<Boxed>, r#"{"a":null}"#, "at $.a (byte 5): expected an integer, found null"),
        (carry::<Held>, r#"{"id":1,"z":null,"a":1.10}"#, ""),
    ]);
}

#[test]
fn values_are_equal_field_by_field() {
    let open = |json: &str| decode::<Open>(json.as_bytes());
    assert_eq!(open(r#"{"id":1,"z":1}"#), open(r#"{"z":1,"id":1}"#));
    assert_ne!(open(r#"{"id":1,"z":1}"#), open(r#"{"id":1,"z":1.0}"#));
    assert_ne!(open(r#"{"id":1}"#), open(r#"{"id":1,"name":""}"#));
}

/// Keys are compared several bytes at a time: one that differs anywhere is another key.
#[test]
fn a_key_is_that_key_and_no_other() {
    struct Keys {
        one: Option<i64>,
        seven: Option<i64>,
        eight: Option<i64>,
        nine: Option<i64>,
        sixteen: Option<i64>,
        twenty: Option<i64>,
    }
    object! { Keys [
        ?one = "a", ?seven = "abcdefg", ?eight = "abcdefgh", ?nine = "abcdefghi", ?sixteen = "abcdefghabcdefgh",
        ?twenty = "abcdefghabcdefghabcd"
    ] }
    let encoded = |json: &str| decode::<Keys>(json.as_bytes()).map(|keys| octogen_runtime::encode(&keys));
    for key in Keys::vacant().table().fields().iter().map(Field::key) {
        let json = format!(r#"{{"{key}":1}}"#);
        assert_eq!(encoded(&json), Ok(json.clone()));
        for place in 0..key.len() {
            let mut other = key.to_owned();
            other.replace_range(place..=place, "é");
            assert_eq!(encoded(&format!(r#"{{"{other}":1}}"#)), Ok(String::from("{}")), "{other}");
            other.replace_range(place..place + 2, "z");
            assert_eq!(encoded(&format!(r#"{{"{other}":1}}"#)), Ok(String::from("{}")), "{other}");
        }
    }
}

/// A table is read from the text of its macro: what means something there may stand in a key.
#[test]
fn a_key_may_hold_what_a_table_is_written_with() {
    struct Odd {
        r#type: i64,
        escaped: Option<i64>,
        like_a_table: Option<i64>,
        größe: Option<i64>,
        empty: Maybe<i64>,
        others: Map<Value>,
    }
    object! { Odd [
        r#type, ?escaped = "say \"a\"\\\n\u{e9}\x41\0", ~like_a_table = "a, ?b; ~c = \"d\"", ?größe, ?empty = ""; others
    ] }
    check(&[
        (carry::<Odd>, r#"{"type":1}"#, ""),
        (carry::<Odd>, r#"{"type":1,"say \"a\"\\\né\u0041\u0000":2}"#, r#"{"type":1,"say \"a\"\\\néA\u0000":2}"#),
        (carry::<Odd>, r#"{"type":1,"a, ?b; ~c = \"d\"":2,"größe":3,"":null}"#, ""),
        (carry::<Odd>, r#"{"type":1,"empty":2,"others":{"type":3}}"#, ""),
        (carry::<Odd>, r#"{"r#type":1}"#, "at $ (byte 12): the required key `type` is missing"),
    ]);
    let odd: Odd = Slot::vacant();
    let presence = odd.table().fields().iter().map(Field::presence);
    assert_eq!(
        presence.collect::<Vec<_>>(),
        [Presence::Required, Presence::Optional, Presence::Observed, Presence::Optional, Presence::Optional]
    );
}

#[test]
fn a_copy_is_equal_and_of_its_own() {
    let tree: Tree = decode(br#"{"value":1,"child":{"value":2}}"#).unwrap();
    let mut copy = tree.clone();
    assert_eq!(copy, tree);
    copy.child = None;
    assert_ne!(copy, tree);
    let open: Open = decode(br#"{"id":1,"z":[null]}"#).unwrap();
    assert_eq!(open.clone(), open);
    // A value of another type is not equal, and is not assigned.
    let mut other: Item = decode(br#"{"id":1}"#).unwrap();
    assert!(!other.equals(&open));
    other.assign(&open);
    assert_eq!(octogen_runtime::encode(&other), r#"{"id":1}"#);
}
