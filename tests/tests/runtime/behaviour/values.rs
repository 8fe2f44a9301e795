//! Decoded and encoded values: variants of unions, enums, absence, maps, scalars.

use octogen_runtime::{Constant, Maybe, decode, encode};
use tests::emitted::{
    absence, absence_3_0, constants, dates, empties, enums, inheritance, maps, members, numbers, recursion,
    unions_by_sight, unions_by_tag, wide,
};

use super::{all, back, printed};

#[test]
fn a_union_takes_the_variant_that_its_value_is_of() {
    use unions_by_sight::models::{UnionsBase, UnionsByConst, UnionsByKey, UnionsByType, UnionsMixed, UnionsUntold};
    use unions_by_tag::models::{BasedResponse, Mapped, Named};
    let variant = |printed: String| printed.split(['(', ' ']).next().unwrap_or_default().to_owned();
    let mapped = |json| variant(printed::<Mapped>(json));
    let by_type = |json| variant(printed::<UnionsByType>(json));
    all(&[
        ("mapped", mapped(r#"{"kind":"cat","name":"a"}"#), "Cat"),
        ("mapped, second value", mapped(r#"{"kind":"kitten","name":"a"}"#), "Cat"),
        ("mapped, the tag comes last", mapped(r#"{"name":"a","kind":"dog"}"#), "Dog"),
        ("mapped, unheard of", mapped(r#"{"kind":"bird","wings":2}"#), "Unknown"),
        ("mapped, unheard of, with the keys of one variant", mapped(r#"{"kind":"bird"}"#), "Dog"),
        ("mapped, without a tag", mapped(r#"{"name":"a"}"#), "Unknown"),
        ("mapped, no object", mapped("7"), "Unknown"),
        ("named", variant(printed::<Named>(r#"{"kind":"Dog"}"#)), "Dog"),
        ("named, other case", variant(printed::<Named>(r#"{"kind":"dog","wings":2}"#)), "Unknown"),
        ("named, other case, with the keys of one variant", variant(printed::<Named>(r#"{"kind":"dog"}"#)), "Dog"),
        ("based", variant(printed::<BasedResponse>(r#"{"type":"Boat","wheels":4}"#)), "Boat"),
        ("const", variant(printed::<UnionsByConst>(r#"{"op":"remove"}"#)), "Delete"),
        ("const, unheard of", variant(printed::<UnionsByConst>(r#"{"op":"swap"}"#)), "Unknown"),
        ("key", variant(printed::<UnionsByKey>(r#"{"login":"a"}"#)), "User"),
        ("other key", variant(printed::<UnionsByKey>(r#"{"slug":"a","name":"b"}"#)), "Enterprise"),
        ("neither key", variant(printed::<UnionsByKey>(r#"{"name":"b"}"#)), "Unknown"),
        ("string", by_type(r#""x""#), "String"),
        ("array", by_type("[1]"), "Array"),
        ("integer", by_type("1"), "Integer"),
        ("object", by_type("{}"), "Object"),
        ("no documented type", by_type("true"), "Unknown"),
        ("less", variant(printed::<UnionsUntold>(r#"{"a":1}"#)), "Less"),
        ("more", variant(printed::<UnionsUntold>(r#"{"a":1,"b":2}"#)), "More"),
        ("neither less nor more", variant(printed::<UnionsUntold>(r#"{"c":1}"#)), "Unknown"),
        ("enum in a union", printed::<UnionsMixed>(r#""none""#), "String(None)"),
        ("map in a union", printed::<UnionsMixed>(r#"{"a":1}"#), r#"Object({"a": 1})"#),
        ("beside keys of its own", printed::<UnionsBase>(r#"{"id":1,"y":"z"}"#), r#"Y(UnionsBaseY { id: 1, y: "z" })"#),
        ("inherited", variant(printed::<inheritance::models::Pet>(r#"{"kind":"dog","name":"a"}"#)), "Dog"),
    ]);
}

#[test]
fn a_union_keeps_what_it_does_not_know_and_refuses_what_is_wrong_within_a_variant() {
    use unions_by_sight::models::{UnionsByConst, UnionsByKey, UnionsByType};
    use unions_by_tag::models::Mapped;
    all(&[
        ("kept", back::<Mapped>(r#"{"kind":"bird","wings":[2,2.0]}"#), r#"{"kind":"bird","wings":[2,2.0]}"#),
        ("kept", back::<UnionsByType>("1.50"), "at $ (byte 0): the number is not an integer of 64 bits"),
        ("kept", back::<UnionsByConst>("null"), "null"),
        (
            "the variant is known, its key is missing, and another variant holds the value",
            back::<Mapped>(r#"{"kind":"cat"}"#),
            r#"{"kind":"cat"}"#,
        ),
        (
            "the variant is known, and no variant holds the value",
            back::<Mapped>(r#"{"kind":"cat","name":1}"#),
            "at $.name (byte 21): expected a string, found a number",
        ),
        (
            "the variant is known, its value is of another type",
            back::<UnionsByKey>(r#"{"login":1}"#),
            "at $.login (byte 9): expected a string, found a number",
        ),
        (
            "within an array",
            back::<UnionsByType>(r#"[1,"a"]"#),
            "at $[1] (byte 3): expected an integer, found a string",
        ),
    ]);
}

#[test]
fn an_enum_keeps_a_value_that_nobody_documented() {
    use constants::models::{ConstantsNumber, ConstantsText};
    use enums::models::{EnumsFloat, EnumsQuoted, Level, Mixed, State};
    all(&[
        ("known", printed::<State>(r#""open""#), "Open"),
        ("of other case", printed::<State>(r#""OPEN""#), "OpenUpperCase"),
        ("called unknown", printed::<State>(r#""unknown""#), "UnknownValue"),
        ("called Self", printed::<State>(r#""Self""#), "SelfValue"),
        ("empty", printed::<State>(r#""""#), "Empty"),
        ("unheard of", printed::<State>(r#""paused""#), r#"Unknown("paused")"#),
        ("written back", back::<State>(r#""paused""#), r#""paused""#),
        ("no string", printed::<State>("1"), "at $ (byte 0): expected a string, found a number"),
        ("negative", printed::<Level>("-1"), "Minus1"),
        ("quoted in the document", printed::<Level>("100"), "Value100"),
        ("unheard of number", printed::<Level>("99"), "Unknown(Number(99))"),
        (
            "quoted in the payload",
            printed::<Level>(r#""1""#),
            "at $ (byte 0): expected one of the documented values, found a string",
        ),
        ("number of a mixed enum", printed::<Mixed>("1"), "Value1"),
        ("string of a mixed enum", printed::<Mixed>(r#""1""#), "Value1Text"),
        ("boolean of a mixed enum", printed::<Mixed>("true"), "True"),
        ("other boolean of a mixed enum", back::<Mixed>("false"), "false"),
        ("by its text", printed::<EnumsFloat>("1.0"), "Value1Dot0"),
        ("by its text", printed::<EnumsFloat>("1"), "Value1"),
        ("unquoted in the document", printed::<EnumsQuoted>(r#""true""#), "True"),
        ("constant", printed::<Constant<ConstantsText>>(r#""fixed""#), r#""fixed""#),
        ("broken constant", back::<Constant<ConstantsText>>(r#""loose""#), r#""loose""#),
        ("broken constant", back::<Constant<ConstantsNumber>>("2"), "2"),
    ]);
    assert_eq!(State::OpenUpperCase.as_str(), "OPEN");
    assert_eq!(State::Unknown("paused".to_owned()).to_string(), "paused");
}

#[test]
fn null_and_absent_are_two_things() {
    use absence::models::Forms;
    use absence_3_0::models::Forms as Forms30;
    let least = r#"{"a":"x","b":null}"#;
    let nulls = r#"{"a":"x","b":null,"d":null,"e":null,"f":null,"g":null,"h":null,"i":null,"j":null}"#;
    let refused = "at $.c (byte 22): expected a string, found null";
    all(&[
        ("absent", back::<Forms>(least), least),
        ("null", back::<Forms>(nulls), nulls),
        ("absent in 3.0", back::<Forms30>(least), least),
        ("null in 3.0", back::<Forms30>(nulls), nulls),
        ("an optional key that can't be null", back::<Forms>(r#"{"a":"x","b":null,"c":null}"#), refused),
        ("an optional key that can't be null, in 3.0", back::<Forms30>(r#"{"a":"x","b":null,"c":null}"#), refused),
        ("a required key", back::<Forms>(r#"{"a":"x"}"#), "at $ (byte 9): the required key `b` is missing"),
        (
            "null where none fits",
            back::<Forms>(r#"{"a":null,"b":""}"#),
            "at $.a (byte 5): expected a string, found null",
        ),
        ("null within an array", back::<Forms>(r#"{"a":"","b":"","f":[1,null]}"#), r#"{"a":"","b":"","f":[1,null]}"#),
        ("only null", back::<Forms>(r#"{"a":"","b":"","i":1}"#), "at $.i (byte 19): expected null, found a number"),
    ]);
    let built = Forms::new("x", None).d("y");
    assert_eq!(encode(&built), r#"{"a":"x","b":null,"d":"y"}"#);
    let inner = absence::models::Inner::new().a(None);
    let nulls = Forms::new("x", None).d(None).e(Some(inner)).f(None).g(None).h(Maybe::Null).j(None);
    assert_eq!(encode(&nulls), r#"{"a":"x","b":null,"d":null,"e":{"a":null},"f":null,"g":null,"h":null,"j":null}"#);
    let values = nulls.d(Some("y".to_owned())).e(Maybe::Absent).f(vec![None, Some(1)]).j(2);
    assert_eq!(encode(&values), r#"{"a":"x","b":null,"d":"y","f":[null,1],"g":null,"h":null,"j":2}"#);
}

#[test]
fn empty_values_stay_and_undeclared_keys_go_where_they_are_wanted() {
    use maps::models::Maps;
    use tests::emitted::tuples_of_any_length::models::Lengths;
    let empty = r#"{"url":"","list":[],"map":{},"object":{},"any":{},"text":"","rest":{}}"#;
    all(&[
        ("empty values", back::<empties::models::Empties>(empty), empty),
        (
            "kept in their order",
            back::<Maps>(r#"{"open":{"z":1,"a":2,"y":null}}"#),
            r#"{"open":{"a":2,"z":1,"y":null}}"#,
        ),
        (
            "of the type of the rest",
            back::<Maps>(r#"{"typed":{"z":"1"}}"#),
            "at $.typed.z (byte 14): expected an integer, found a string",
        ),
        ("dropped", back::<Maps>(r#"{"closed":{"a":1,"z":[{}]}}"#), r#"{"closed":{"a":1}}"#),
        (
            "too long a tuple",
            back::<Lengths>(r#"{"exact":[1,2,3]}"#),
            "at $.exact (byte 9): expected an array of 2 elements",
        ),
        (
            "too short a tuple",
            back::<Lengths>(r#"{"exact":[1]}"#),
            "at $.exact (byte 9): expected an array of 2 elements",
        ),
        ("a tuple of any length", back::<Maps>(r#"{"pair":["a",1,2]}"#), r#"{"pair":["a",1,2]}"#),
        (
            "deep in a map",
            back::<Maps>(r#"{"map_of_maps":{"a b":{"c":"d"}}}"#),
            r#"at $.map_of_maps["a b"].c (byte 27): expected an integer, found a string"#,
        ),
        (
            "a key called like the rest",
            back::<members::models::Other>(r#"{"x":"1","additional_properties":"2"}"#),
            r#"{"additional_properties":"2","x":"1"}"#,
        ),
    ]);
}

#[test]
fn scalars_keep_their_text() {
    use dates::models::Dates;
    use numbers::models::Numbers;
    let numbers = [
        r#"{"number":1.0,"integer":3,"huge":18446744073709551615}"#,
        r#"{"number":1e2,"integer":-9223372036854775808,"list":[-0,-0.0,1.10,1E+2,123456789012345678901234567890]}"#,
        r#"{"number":-0,"integer":0,"any":[1e2,{"a":0.10}],"either":3.0,"text":"1.10"}"#,
    ];
    for text in numbers {
        assert_eq!(back::<Numbers>(text), text);
    }
    for at in ["2017-07-08T16:18:44-04:00", "2011-01-26T19:01:12.100Z", "2017-07-08 16:18:44 UTC", ""] {
        let text = format!(r#"{{"at":"{at}","day":"2017-07-08"}}"#);
        assert_eq!(back::<Dates>(&text), text);
    }
    all(&[
        (
            "beyond 64 bits",
            back::<Numbers>(r#"{"number":1,"integer":9223372036854775808}"#),
            "at $.integer (byte 22): the number is not an integer of 64 bits",
        ),
        (
            "below zero",
            back::<Numbers>(r#"{"number":1,"integer":1,"huge":-1}"#),
            "at $.huge (byte 31): the number is not an integer of 64 bits without a sign",
        ),
        (
            "a fraction",
            back::<Numbers>(r#"{"number":1,"integer":1.5}"#),
            "at $.integer (byte 22): the number is not an integer of 64 bits",
        ),
    ]);
}

#[test]
fn deep_and_wide_values_come_back() {
    let deep = format!("{}{}{}", r#"{"name":"a","left":"#.repeat(100), r#"{"name":"b"}"#, "}".repeat(100));
    assert_eq!(back::<recursion::models::Tree>(&deep), deep);
    let deeper = format!("{}{}", r#"{"name":"a","left":"#.repeat(10_000), "null");
    let refused = printed::<recursion::models::Tree>(&deeper);
    assert!(refused.ends_with("more than 127 nested arrays and objects"), "{}", &refused[refused.len().min(80)..]);
    let lists = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(decode::<recursion::models::Either>(lists.as_bytes()).is_err());
    let missing = printed::<wide::models::Wide>("{}");
    assert_eq!(missing, "at $ (byte 2): the required key `f1` is missing");
}
