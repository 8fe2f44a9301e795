//! Enums and unions.

use std::sync::atomic::Ordering;

use octogen_runtime::{JsonType, Slot, Test, Union, Value, Variant, object, union};

use crate::models::{ByKey, ByTag, ByType, Color, Level, Tried, UNKNOWN_COLORS};
use crate::{Carry, carry, check, debug};

#[test]
fn enums_are_open() {
    check(&[
        (carry::<Color>, r#""red""#, ""),
        (carry::<Color>, r#""Red""#, ""),
        (carry::<Color>, r#""""#, ""),
        (
            carry::<Color>,
            "1",
            "at $ (byte 0): expected a string, found a number",
        ),
        (
            debug::<Vec<Color>>,
            r#"["red","blue"]"#,
            r#"[Red, Other("blue")]"#,
        ),
        (carry::<Level>, "1", ""),
        (carry::<Level>, "1.0", ""),
        (carry::<Level>, r#""max""#, ""),
        (carry::<Level>, "false", ""),
        (
            carry::<Level>,
            "null",
            "at $ (byte 0): expected one of the documented values, found null",
        ),
        (
            carry::<Level>,
            "[]",
            "at $ (byte 0): expected one of the documented values, found an array",
        ),
        (
            debug::<Vec<Level>>,
            r#"[1,"max",true,1.0,"1"]"#,
            r#"[One, Max, On, Other(Number(1.0)), Other(String("1"))]"#,
        ),
    ]);
}

#[test]
fn unions_are_dispatched() {
    const ORGANIZATION: &str = r#"Organization(Organization { kind: "Organization", slug: "o" })"#;
    check(&[
        (
            debug::<ByTag>,
            r#"{"login":"u","kind":"Bot"}"#,
            r#"User(User { kind: "Bot", login: "u" })"#,
        ),
        (
            debug::<ByTag>,
            r#"{"kind":"Organization","slug":"o"}"#,
            ORGANIZATION,
        ),
        (carry::<ByTag>, r#"{"kind":"Enterprise","any":[1.0]}"#, ""),
        (carry::<ByTag>, r#"{"login":"u"}"#, ""),
        (carry::<ByTag>, r#"{"kind":1}"#, ""),
        (carry::<ByTag>, "null", ""),
        (
            carry::<ByTag>,
            r#"{"kind":"User"}"#,
            "at $ (byte 15): the required key `login` is missing",
        ),
        (
            carry::<Vec<ByTag>>,
            r#"[{"kind":"User","login":0}]"#,
            "at $[0].login (byte 24): expected a string, found a number",
        ),
        (
            carry::<ByTag>,
            r#"{"kind":"User""#,
            "at $ (byte 14): the text ends inside an object",
        ),
        (carry::<ByKey>, r#"{"id":1}"#, ""),
        (carry::<ByKey>, r#"{"slug":"o"}"#, ""),
        (
            carry::<ByKey>,
            r#"{"login":"u"}"#,
            "at $ (byte 13): the required key `kind` is missing",
        ),
        (
            debug::<Vec<ByType>>,
            r#"["1",1.10,true]"#,
            r#"[Text("1"), Number(1.10), Other(Boolean(true))]"#,
        ),
        (
            carry::<ByType>,
            r#"[{"id":"1"}]"#,
            "at $[0].id (byte 7): expected an integer, found a string",
        ),
        (
            debug::<Tried>,
            r#"{"id":1}"#,
            "Item(Item { id: 1, name: None })",
        ),
        (debug::<Tried>, "1", "Integer(1)"),
        (debug::<Tried>, "1.5", "Other(Number(1.5))"),
        (carry::<Tried>, r#"{"id":"1"}"#, ""),
    ]);
}

/// The value of the second row passes both lists of tests of `Item` if its `kind` does not count.
#[test]
fn a_variant_with_two_lists_of_tests_is_one_variant() {
    model!(Item { ?kind: Option<String>, ?text: Option<String>, });
    model!(Team {
        kind: String,
        slug: String,
    });
    #[derive(Clone, Debug, PartialEq)]
    enum Twice {
        Item(Box<Item>),
        Team(Box<Team>),
        Other(Value),
    }
    union! { Twice [
        Item proven(discriminator("kind", &["item"])), Item tried(discriminator("kind", &["note"]), lacks(&["slug"])),
        Team proven(discriminator("kind", &["team"])); Other
    ] }
    check(&[
        (
            debug::<Twice>,
            r#"{"kind":"note","text":"a"}"#,
            r#"Item(Item { kind: Some("note"), text: Some("a") })"#,
        ),
        (
            debug::<Twice>,
            r#"{"kind":"new","text":"a"}"#,
            r#"Item(Item { kind: Some("new"), text: Some("a") })"#,
        ),
        (
            debug::<Twice>,
            r#"{"kind":"new","slug":"a"}"#,
            r#"Team(Team { kind: "new", slug: "a" })"#,
        ),
    ]);
}

/// Each level of a recursive union tries its variants; the value below must not be read again for each of them.
#[test]
fn tried_variants_do_not_multiply() {
    model!(Strict { ?inner: Option<Nest>, must: String, });
    model!(Loose { ?inner: Option<Nest>, ?color: Option<Color>, });
    union_of!(Nest {
        Strict(Box<Strict>) = Variant::tried("Strict", &[Test::Type(&[JsonType::Object])]),
        Loose(Box<Loose>) = Variant::tried("Loose", &[Test::Type(&[JsonType::Object])]),
    });
    union_of!(Mixed {
        Strict(Box<StrictMixed>) = Variant::tried("Strict", &[Test::Lacks(&["must"])]),
        List(Vec<Mixed>) = Variant::tried("List", &[]),
        Loose(Box<LooseMixed>) = Variant::proven("Loose", &[Test::Has(&["inner"])]),
        Leaf(Box<Loose>) = Variant::proven("Leaf", &[Test::Has(&["color"])]),
    });
    model!(StrictMixed { ?inner: Option<Vec<Mixed>>, ?color: Option<Color>, must: String, });
    model!(LooseMixed { inner: Vec<Mixed>, });
    let cases: [(Carry, usize, &str, &str); 3] = [
        (carry::<Nest>, 12, r#"{"inner":"#, "}"),
        (carry::<Nest>, 125, r#"{"inner":"#, "}"),
        (carry::<Mixed>, 62, r#"{"inner":["#, "]}"),
    ];
    for (carry, depth, open, close) in cases {
        let json = format!(
            r#"{}{{"color":"mauve"}}{}"#,
            open.repeat(depth),
            close.repeat(depth)
        );
        let before = UNKNOWN_COLORS.load(Ordering::Relaxed);
        assert_eq!(carry(&json), json);
        let read = UNKNOWN_COLORS.load(Ordering::Relaxed) - before;
        assert!(
            read < 500,
            "the innermost value was read {read} times at a depth of {depth}"
        );
    }
}

/// A choice in one place does not affect another place.
#[test]
fn variants_are_chosen_place_by_place() {
    model!(Strict { inner: Vec<Nest>, must: String, });
    model!(Loose { inner: Vec<Nest>, });
    union_of!(Nest {
        Strict(Strict) = Variant::tried("Strict", &[]),
        Loose(Loose) = Variant::tried("Loose", &[]),
        Number(i64) = Variant::tried("Number", &[]),
        Items(Vec<Tried>) = Variant::proven("Items", &[Test::Type(&[JsonType::Array])]),
    });
    const NEST: &str =
        r#"[{"inner":[1,{"inner":[],"must":"a"},{"inner":[{"id":1}, 2.5]}]},7,[{"id":3},4]]"#;
    let nest = NEST.replace(' ', "");
    check(&[
        (carry::<Vec<Nest>>, NEST, &nest),
        (
            debug::<Vec<Nest>>,
            NEST,
            concat!(
                r#"[Loose(Loose { inner: [Number(1), Strict(Strict { inner: [], must: "a" }), Loose(Loose { inner: "#,
                r#"[Other(Object({"id": Number(1)})), Other(Number(2.5))] })] }), Number(7), "#,
                r"Items([Item(Item { id: 3, name: None }), Integer(4)])]"
            ),
        ),
        (
            carry::<Nest>,
            r#"{"inner":[1,]}"#,
            "at $.inner (byte 12): trailing comma",
        ),
        (
            carry::<Nest>,
            r#"{"inner":[["#,
            "at $.inner[0] (byte 11): the text ends inside an array",
        ),
    ]);
}

/// As everywhere, the last of two equal keys counts; and a key may be written with escapes.
#[test]
fn the_tests_of_a_union_see_what_is_decoded() {
    check(&[
        (
            carry::<ByTag>,
            r#"{"kind":"User","slug":"o","kind":"Organization"}"#,
            r#"{"kind":"Organization","slug":"o"}"#,
        ),
        (
            carry::<ByTag>,
            r#"{"kind":"User","kind":1}"#,
            r#"{"kind":1}"#,
        ),
        (
            debug::<ByTag>,
            r#"{"k\u0069nd":"B\u006ft","login":"u"}"#,
            r#"User(User { kind: "Bot", login: "u" })"#,
        ),
    ]);
}
