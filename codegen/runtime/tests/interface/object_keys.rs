//! Keys of objects: repeated, boxed, similar, and with the characters that a field table uses.

use octogen_runtime::{Field, Map, Maybe, Presence, Slot, Value, decode, object};

use crate::models::{self, ByTag, Color, Item, Open, Tree};
use crate::{carry, check};

/// A map and `serde_json::Value` do the same: the last value wins, and no part of the first is mixed in.
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
        (
            carry::<Outer>,
            r#"{"inner":{"a":1},"inner":{"b":2}}"#,
            r#"{"inner":{"b":2}}"#,
        ),
        (
            carry::<Whole>,
            r#"{"open":{"id":1,"x":1},"open":{"id":2}}"#,
            r#"{"open":{"id":2}}"#,
        ),
        (
            carry::<Open>,
            r#"{"x":{"a":1},"id":1,"x":{"b":2},"id":2}"#,
            r#"{"id":2,"x":{"b":2}}"#,
        ),
        (carry::<Kinds>, KINDS, ""),
        (carry::<Kinds>, &twice(FILLED, KINDS), KINDS),
        (carry::<Kinds>, &twice(KINDS, FILLED), FILLED),
        (
            carry::<models::Presence>,
            r#"{"plain":1,"nullable":2,"nullable":null,"both":1,"both":null}"#,
            PRESENCE,
        ),
        (
            carry::<Outer>,
            r#"{"inner":{"a":1},"inner":{"a":""}}"#,
            "at $.inner.a (byte 30): expected an integer, found a string",
        ),
        (
            carry::<Outer>,
            r#"{"inner":{"a":1},"inner":null}"#,
            "at $.inner (byte 25): expected an object, found null",
        ),
        (
            carry::<Map<Inner>>,
            r#"{"k":{"a":1},"k":{"b":2}}"#,
            r#"{"k":{"b":2}}"#,
        ),
    ]);
}

#[test]
fn a_box_is_as_absent_as_what_it_holds() {
    model!(Boxed { ?a: Box<Option<i64>>, ?b: Box<Maybe<i64>>, });
    /// A struct whose map of all other keys is in a box.
    struct Held {
        id: i64,
        rest: Box<Map<Value>>,
    }
    object! { Held [id; rest] }
    check(&[
        (carry::<Boxed>, "{}", ""),
        (carry::<Boxed>, r#"{"a":1,"b":null}"#, ""),
        (
            carry::<Boxed>,
            r#"{"a":null}"#,
            "at $.a (byte 5): expected an integer, found null",
        ),
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
    let encoded =
        |json: &str| decode::<Keys>(json.as_bytes()).map(|keys| octogen_runtime::encode(&keys));
    for key in Keys::vacant().table().fields().iter().map(Field::key) {
        let json = format!(r#"{{"{key}":1}}"#);
        assert_eq!(encoded(&json), Ok(json.clone()));
        for place in 0..key.len() {
            let mut other = key.to_owned();
            other.replace_range(place..=place, "é");
            assert_eq!(
                encoded(&format!(r#"{{"{other}":1}}"#)),
                Ok(String::from("{}")),
                "{other}"
            );
            other.replace_range(place..place + 2, "z");
            assert_eq!(
                encoded(&format!(r#"{{"{other}":1}}"#)),
                Ok(String::from("{}")),
                "{other}"
            );
        }
    }
}

/// A field table is read from the text of its macro. Characters with a meaning there can be part of a key.
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
        (
            carry::<Odd>,
            r#"{"type":1,"say \"a\"\\\né\u0041\u0000":2}"#,
            r#"{"type":1,"say \"a\"\\\néA\u0000":2}"#,
        ),
        (
            carry::<Odd>,
            r#"{"type":1,"a, ?b; ~c = \"d\"":2,"größe":3,"":null}"#,
            "",
        ),
        (
            carry::<Odd>,
            r#"{"type":1,"empty":2,"others":{"type":3}}"#,
            "",
        ),
        (
            carry::<Odd>,
            r#"{"r#type":1}"#,
            "at $ (byte 12): the required key `type` is missing",
        ),
    ]);
    let odd: Odd = Slot::vacant();
    let presence = odd.table().fields().iter().map(Field::presence);
    assert_eq!(
        presence.collect::<Vec<_>>(),
        [
            Presence::Required,
            Presence::Optional,
            Presence::Observed,
            Presence::Optional,
            Presence::Optional
        ]
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
