//! The runtime: the texts that it accepts, what each kind of field makes of them, and how it says no.

use std::sync::atomic::{AtomicUsize, Ordering};

use octogen_runtime::{
    Arm, Date, Field, JsonType, Literal, Map, Maybe, Number, Object, Secret, Slot, StringEnum, Table, Test, Timestamp,
    Union, Value, ValueEnum, decode, encode, object, string_enum, union, value_enum,
};
use serde_json::Value as Theirs;

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
        let mixed = format!("{}{}", r#"[{"a":"#.repeat(depth / 2), "}]".repeat(depth / 2));
        [arrays, objects, mixed, "[".repeat(depth), r#"{"a":"#.repeat(depth), "]".repeat(depth)]
    };
    let nested = [126, 127, 128, 129, 100_000].into_iter().flat_map(nested);
    let long = [300, 308, 309, 310, 400].map(|count| "9".repeat(count));
    let small = [format!("0.{}1", "0".repeat(400)), format!("1{}e-400", "0".repeat(400))];
    let written = TEXTS.split_whitespace().chain(SPACED).map(str::to_owned);
    let texts = written.chain(long).chain(small).chain(nested).map(String::into_bytes);
    texts.chain(BYTES.iter().map(|bytes| bytes.to_vec()))
}

/// The start of a text, for messages.
fn shown(json: &[u8]) -> String {
    String::from_utf8_lossy(json).chars().take(60).collect()
}

/// Both refuse the text, or both make the same of it.
fn check_agreement(json: &[u8], ours: Option<Value>) {
    let again = ours.map(|value| serde_json::from_str::<Theirs>(&encode(&value)).map_err(|error| error.to_string()));
    assert_eq!(again, serde_json::from_slice(json).ok().map(Ok), "{}", shown(json));
}

#[test]
fn the_codec_accepts_what_serde_json_does() {
    for json in texts() {
        check_agreement(&json, decode(&json).ok());
    }
}

#[test]
fn the_bridge_accepts_what_serde_json_does() {
    for json in texts() {
        check_agreement(&json, serde_json::from_slice(&json).ok());
    }
}

/// An undeclared key is passed over by a loop, so that its depth alone is no reason to refuse it.
#[test]
fn a_key_that_is_skipped_is_read_as_strictly() {
    for json in texts().filter(|json| !json.windows(8).any(|part| part == b"[[[[[[[[" || part == br#"{"a":{"a"#)) {
        let around = [br#"{"undeclared":"#, json.as_slice(), b"}"].concat();
        let theirs = serde_json::from_slice::<Theirs>(&around).is_ok();
        assert_eq!(decode::<Empty>(&around).is_ok(), theirs, "{}", shown(&around));
    }
    for (depth, close) in [(127, "]"), (128, "]"), (100_000, "]"), (100_000, "}"), (100_000, "")] {
        let around = format!(r#"{{"undeclared":{}{}}}"#, "[".repeat(depth), close.repeat(depth));
        assert_eq!(decode::<Empty>(around.as_bytes()).is_ok(), close == "]", "{depth} {close}");
    }
}

/// Values written by the bridge are those that `serde_json` reads from the text.
#[test]
fn the_bridge_writes_the_same_values() {
    let mut wrong = Vec::new();
    for json in texts() {
        if let (Ok(ours), Ok(theirs)) = (decode::<Value>(&json), serde_json::from_slice::<Theirs>(&json)) {
            let written = serde_json::to_value(&ours).map_err(|error| error.to_string());
            if written.as_ref() != Ok(&theirs) {
                wrong.push(format!("{}: {written:?}", shown(&json)));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

/// A struct as the generator writes it, without its documentation.
macro_rules! model {
    ($name:ident { $($kind:ident $field:ident: $type:ty,)* } $($rest:ident)?) => {
        #[derive(Clone)]
        struct $name {
            $($field: $type,)*
            $($rest: Map<Value>,)?
        }

        impl Object for $name {
            const TABLE: Table = Table {
                name: stringify!($name),
                fields: &[$(Field::$kind(stringify!($field)),)*],
                rest: [$(stringify!($rest),)? ""].len() > 1,
            };

            fn empty() -> Self {
                Self { $($field: Slot::vacant(),)* $($rest: Slot::vacant(),)? }
            }

            fn lend(&self, to: &mut dyn FnMut(&[&dyn Slot])) {
                to(&[$(&self.$field,)* $(&self.$rest,)?]);
            }

            fn lend_mut(&mut self, to: &mut dyn FnMut(&mut [&mut dyn Slot])) {
                to(&mut [$(&mut self.$field,)* $(&mut self.$rest,)?]);
            }
        }

        object!($name);
    };
}

/// An enum of several types, each in an arm of its own, and the arm of what is none of them.
macro_rules! arms {
    ($name:ident { $($variant:ident($type:ty) = $arm:expr,)* }) => {
        #[derive(Clone, Debug, PartialEq)]
        enum $name {
            $($variant($type),)*
            Other(Value),
        }

        impl Union for $name {
            const ARMS: &'static [Arm] = &[$($arm,)*];

            fn arm(index: usize) -> Self {
                let arms: &[fn() -> Self] = &[$(|| Self::$variant(Slot::vacant()),)*];
                arms.get(index).map_or_else(|| Self::Other(Slot::vacant()), |arm| arm())
            }

            fn content(&self) -> &dyn Slot {
                match self {
                    $(Self::$variant(value) => value,)*
                    Self::Other(value) => value,
                }
            }

            fn content_mut(&mut self) -> &mut dyn Slot {
                match self {
                    $(Self::$variant(value) => value,)*
                    Self::Other(value) => value,
                }
            }
        }

        union!($name);
    };
}

model!(Empty {});

model!(Presence {
    required plain: i64,
    required nullable: Option<i64>,
    optional absent: Option<i64>,
    optional both: Maybe<i64>,
});

model!(Item { required id: i64, optional name: Option<String>, });

model!(Page { required items: Vec<Item>, optional by_name: Option<Map<Item>>, });

model!(Open { required id: i64, optional name: Option<String>, } rest);

model!(Token { required token: Secret, optional before: Option<Secret>, });

model!(User { required kind: String, required login: String, });

model!(Organization { required kind: String, required slug: String, });

model!(Tree { required value: i64, optional child: Option<Box<Tree>>, });

#[derive(Clone, Debug, PartialEq)]
enum Color {
    Red,
    Other(String),
}

/// How often a color was not documented.
static UNKNOWN_COLORS: AtomicUsize = AtomicUsize::new(0);

impl StringEnum for Color {
    const VALUES: &'static [(&'static str, Self)] = &[("red", Self::Red)];

    fn unknown(text: String) -> Self {
        UNKNOWN_COLORS.fetch_add(1, Ordering::Relaxed);
        Self::Other(text)
    }

    fn unknown_text(&self) -> Option<&str> {
        match self {
            Self::Other(text) => Some(text),
            Self::Red => None,
        }
    }
}

string_enum!(Color);

#[derive(Clone, Debug, PartialEq)]
enum Level {
    One,
    Max,
    On,
    Other(Value),
}

impl ValueEnum for Level {
    const VALUES: &'static [(Literal, Self)] =
        &[(Literal::Number("1"), Self::One), (Literal::String("max"), Self::Max), (Literal::Boolean(true), Self::On)];

    fn unknown(value: Value) -> Self {
        Self::Other(value)
    }

    fn unknown_value(&self) -> Option<&Value> {
        match self {
            Self::Other(value) => Some(value),
            _ => None,
        }
    }
}

value_enum!(Level);

arms!(ByTag {
    User(User) = Arm::proven(&[Test::Tag("kind", &["User", "Bot"])]),
    Organization(Box<Organization>) = Arm::proven(&[Test::Tag("kind", &["Organization"])]),
});

arms!(ByKey {
    User(User) = Arm::proven(&[Test::Has("login")]),
    Item(Item) = Arm::proven(&[Test::Type(&[JsonType::Object]), Test::Lacks("slug")]),
});

arms!(ByType {
    Text(String) = Arm::proven(&[Test::Type(&[JsonType::String])]),
    Number(Number) = Arm::proven(&[Test::Type(&[JsonType::Number])]),
    Items(Vec<Item>) = Arm::proven(&[Test::Type(&[JsonType::Array])]),
});

arms!(Tried {
    User(User) = Arm::tried(&[Test::Type(&[JsonType::Object])]),
    Item(Item) = Arm::tried(&[Test::Type(&[JsonType::Object])]),
    Integer(i64) = Arm::tried(&[]),
});

/// A JSON text through a type and back, or the error.
type Carry = fn(&str) -> String;

fn carry<T: Slot>(json: &str) -> String {
    decode::<T>(json.as_bytes()).map_or_else(|error| error.to_string(), |value| encode(&value))
}

/// The same by way of serde's traits and `serde_json`.
fn bridge<T: serde::Serialize + serde::de::DeserializeOwned>(json: &str) -> String {
    let written = serde_json::from_str::<T>(json).and_then(|value| serde_json::to_string(&value));
    written.unwrap_or_else(|error| error.to_string())
}

/// The value as `Debug` shows it.
fn debug<T: Slot>(json: &str) -> String {
    decode::<T>(json.as_bytes()).map_or_else(|error| error.to_string(), |value| format!("{value:?}"))
}

/// Each text becomes the one beside it; where that is empty, it stays as it is.
fn check(cases: &[(Carry, &str, &str)]) {
    for (carry, json, wanted) in cases {
        assert_eq!(carry(json), if wanted.is_empty() { *json } else { *wanted }, "{json}");
    }
}

#[test]
fn null_and_absence_are_two_things() {
    let presence: Carry = carry::<Presence>;
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
            debug::<Presence>,
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
fn enums_are_open() {
    check(&[
        (carry::<Color>, r#""red""#, ""),
        (carry::<Color>, r#""Red""#, ""),
        (carry::<Color>, r#""""#, ""),
        (carry::<Color>, "1", "at $ (byte 0): expected a string, found a number"),
        (debug::<Vec<Color>>, r#"["red","blue"]"#, r#"[Red, Other("blue")]"#),
        (carry::<Level>, "1", ""),
        (carry::<Level>, "1.0", ""),
        (carry::<Level>, r#""max""#, ""),
        (carry::<Level>, "false", ""),
        (carry::<Level>, "null", "at $ (byte 0): expected one of the documented values, found null"),
        (carry::<Level>, "[]", "at $ (byte 0): expected one of the documented values, found an array"),
        (debug::<Vec<Level>>, r#"[1,"max",true,1.0,"1"]"#, r#"[One, Max, On, Other(Number(1.0)), Other(String("1"))]"#),
    ]);
}

#[test]
fn unions_are_dispatched() {
    const ORGANIZATION: &str = r#"Organization(Organization { kind: "Organization", slug: "o" })"#;
    check(&[
        (debug::<ByTag>, r#"{"login":"u","kind":"Bot"}"#, r#"User(User { kind: "Bot", login: "u" })"#),
        (debug::<ByTag>, r#"{"kind":"Organization","slug":"o"}"#, ORGANIZATION),
        (carry::<ByTag>, r#"{"kind":"Enterprise","any":[1.0]}"#, ""),
        (carry::<ByTag>, r#"{"login":"u"}"#, ""),
        (carry::<ByTag>, r#"{"kind":1}"#, ""),
        (carry::<ByTag>, "null", ""),
        (carry::<ByTag>, r#"{"kind":"User"}"#, "at $ (byte 15): the required key `login` is missing"),
        (
            carry::<Vec<ByTag>>,
            r#"[{"kind":"User","login":0}]"#,
            "at $[0].login (byte 24): expected a string, found a number",
        ),
        (carry::<ByTag>, r#"{"kind":"User""#, "at $ (byte 14): the text ends inside an object"),
        (carry::<ByKey>, r#"{"id":1}"#, ""),
        (carry::<ByKey>, r#"{"slug":"o"}"#, ""),
        (carry::<ByKey>, r#"{"login":"u"}"#, "at $ (byte 13): the required key `kind` is missing"),
        (debug::<Vec<ByType>>, r#"["1",1.10,true]"#, r#"[Text("1"), Number(1.10), Other(Boolean(true))]"#),
        (carry::<ByType>, r#"[{"id":"1"}]"#, "at $[0].id (byte 7): expected an integer, found a string"),
        (debug::<Tried>, r#"{"id":1}"#, "Item(Item { id: 1, name: None })"),
        (debug::<Tried>, "1", "Integer(1)"),
        (debug::<Tried>, "1.5", "Other(Number(1.5))"),
        (carry::<Tried>, r#"{"id":"1"}"#, ""),
    ]);
}

#[test]
fn scalars_keep_their_text() {
    check(&[
        (carry::<Number>, "1.10", ""),
        (carry::<Number>, "-0", ""),
        (carry::<Number>, "1E+2", ""),
        (carry::<Number>, "123456789012345678901234567890", ""),
        (carry::<Number>, "1e400", "at $ (byte 0): the number is out of range"),
        (carry::<Number>, r#""1""#, "at $ (byte 0): expected a number, found a string"),
        (carry::<Value>, r#"{"b":1.10,"a":[null,1e2]}"#, ""),
        (carry::<Timestamp>, r#""2017-07-08T16:18:44-04:00""#, ""),
        (carry::<Timestamp>, r#""2017-07-08T16:18:44.100Z""#, ""),
        (carry::<Timestamp>, r#""soon""#, ""),
        (carry::<Timestamp>, "1499545124", "at $ (byte 0): expected a string, found a number"),
        (carry::<Date>, r#""2017-07-08""#, ""),
        (carry::<String>, "\"\u{7f}\u{2028}é😀/\"", ""),
        (carry::<String>, r#""\u0041\/\u0008\u000b\u001f\uD83D\uDE00""#, r#""A/\b\u000b\u001f😀""#),
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
        (carry::<i64>, r#""1""#, "at $ (byte 0): expected an integer, found a string"),
        // JSON Schema calls these integers as well.
        (carry::<i64>, "5e9", "5000000000"),
        (carry::<i64>, "3.0", "3"),
        (carry::<u64>, "18446744073709551615", ""),
        (carry::<u64>, "18446744073709551616", UNSIGNED),
        (carry::<u64>, "-1", UNSIGNED),
        (carry::<u64>, "-1.0", UNSIGNED),
        (carry::<u64>, "-0", "0"),
        (carry::<u64>, "1844674407370955161.5e1", "18446744073709551615"),
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
    let wrong = cases.map(|(json, wanted)| (json, carry::<i64>(json), wanted)).into_iter();
    assert_eq!(wrong.filter(|(_, got, wanted)| got != wanted).collect::<Vec<_>>(), []);
}

#[test]
fn a_secret_is_never_shown() {
    check(&[
        (carry::<Token>, r#"{"token":"v1.x","before":"v1.w"}"#, ""),
        (debug::<Token>, r#"{"token":"v1.x","before":"v1.w"}"#, "Token { token: ***, before: Some(***) }"),
        (debug::<Token>, r#"{"token":["v1.x"]}"#, "at $.token (byte 9): expected a string, found an array"),
        (bridge::<Token>, r#"{"token":"v1.x"}"#, ""),
    ]);
}

#[test]
fn serde_reaches_the_same_tables() {
    check(&[
        (bridge::<Tree>, r#"{"child":{"value":2},"value":1}"#, r#"{"value":1,"child":{"value":2}}"#),
        (bridge::<Presence>, r#"{"nullable":null,"plain":1}"#, r#"{"plain":1,"nullable":null}"#),
        (bridge::<Presence>, r#"{"plain":1,"nullable":2,"both":null}"#, ""),
        (bridge::<Presence>, r#"{"plain":1}"#, "at $ (byte 11): the required key `nullable` is missing"),
        (bridge::<Presence>, r#"{"plain":null,"nullable":2}"#, "at $.plain (byte 9): expected an integer, found null"),
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
    model!(Outer { required inner: Inner, });
    model!(Inner { optional a: Option<i64>, optional b: Option<i64>, });
    model!(Whole { required open: Open, });
    model!(Kinds {
        required boxed: Box<Inner>,
        required pair: (Inner, Box<Inner>),
        required list: Vec<Inner>,
        required map: Map<Inner>,
        required color: Color,
        required tag: ByTag,
        required maybe: Maybe<Inner>,
        required option: Option<Inner>,
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
        (carry::<Presence>, r#"{"plain":1,"nullable":2,"nullable":null,"both":1,"both":null}"#, PRESENCE),
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
    model!(Boxed { optional a: Box<Option<i64>>, optional b: Box<Maybe<i64>>, });
    model!(Sealed { required id: i64, } rest);
    /// A struct whose map of all other keys stands in a box.
    #[derive(Clone)]
    struct Held {
        id: i64,
        rest: Box<Map<Value>>,
    }
    impl Object for Held {
        const TABLE: Table = Sealed::TABLE;

        fn empty() -> Self {
            Self { id: 0, rest: Box::default() }
        }

        fn lend(&self, to: &mut dyn FnMut(&[&dyn Slot])) {
            to(&[&self.id, &self.rest]);
        }

        fn lend_mut(&mut self, to: &mut dyn FnMut(&mut [&mut dyn Slot])) {
            to(&mut [&mut self.id, &mut self.rest]);
        }
    }
    object!(Held);
    check(&[
        (carry::<Boxed>, "{}", ""),
        (carry::<Boxed>, r#"{"a":1,"b":null}"#, ""),
        (carry::<Boxed>, r#"{"a":null}"#, "at $.a (byte 5): expected an integer, found null"),
        (carry::<Held>, r#"{"id":1,"z":null,"a":1.10}"#, ""),
    ]);
}

/// Each level of a recursive union tries its arms; what lies below must not be read again for each of them.
#[test]
fn tried_arms_do_not_multiply() {
    model!(Strict { optional inner: Option<Nest>, required must: String, });
    model!(Loose { optional inner: Option<Nest>, optional color: Option<Color>, });
    arms!(Nest {
        Strict(Box<Strict>) = Arm::tried(&[Test::Type(&[JsonType::Object])]),
        Loose(Box<Loose>) = Arm::tried(&[Test::Type(&[JsonType::Object])]),
    });
    arms!(Mixed {
        Strict(Box<StrictMixed>) = Arm::tried(&[Test::Lacks("must")]),
        List(Vec<Mixed>) = Arm::tried(&[]),
        Loose(Box<LooseMixed>) = Arm::proven(&[Test::Has("inner")]),
        Leaf(Box<Loose>) = Arm::proven(&[Test::Has("color")]),
    });
    model!(StrictMixed { optional inner: Option<Vec<Mixed>>, optional color: Option<Color>, required must: String, });
    model!(LooseMixed { required inner: Vec<Mixed>, });
    let cases: [(Carry, usize, &str, &str); 3] = [
        (carry::<Nest>, 12, r#"{"inner":"#, "}"),
        (carry::<Nest>, 125, r#"{"inner":"#, "}"),
        (carry::<Mixed>, 62, r#"{"inner":["#, "]}"),
    ];
    for (carry, depth, open, close) in cases {
        let json = format!(r#"{}{{"color":"mauve"}}{}"#, open.repeat(depth), close.repeat(depth));
        let before = UNKNOWN_COLORS.load(Ordering::Relaxed);
        assert_eq!(carry(&json), json);
        let read = UNKNOWN_COLORS.load(Ordering::Relaxed) - before;
        assert!(read < 500, "the innermost value was read {read} times at a depth of {depth}");
    }
}

/// What was settled in one place says nothing about another.
#[test]
fn arms_are_settled_place_by_place() {
    model!(Strict { required inner: Vec<Nest>, required must: String, });
    model!(Loose { required inner: Vec<Nest>, });
    arms!(Nest {
        Strict(Strict) = Arm::tried(&[]),
        Loose(Loose) = Arm::tried(&[]),
        Number(i64) = Arm::tried(&[]),
        Items(Vec<Tried>) = Arm::proven(&[Test::Type(&[JsonType::Array])]),
    });
    const NEST: &str = r#"[{"inner":[1,{"inner":[],"must":"a"},{"inner":[{"id":1}, 2.5]}]},7,[{"id":3},4]]"#;
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
        (carry::<Nest>, r#"{"inner":[1,]}"#, "at $.inner (byte 12): trailing comma"),
        (carry::<Nest>, r#"{"inner":[["#, "at $.inner[0] (byte 11): the text ends inside an array"),
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
        (carry::<ByTag>, r#"{"kind":"User","kind":1}"#, r#"{"kind":1}"#),
        (debug::<ByTag>, r#"{"k\u0069nd":"B\u006ft","login":"u"}"#, r#"User(User { kind: "Bot", login: "u" })"#),
    ]);
}

/// The keys `000` to `129`: the set of those that were seen changes its form beyond 128.
static KEYS: [[u8; 3]; 130] = {
    let mut keys = [*b"000"; 130];
    let mut index: u8 = 0;
    while index < 130 {
        keys[index as usize] = [b'0' + index / 100, b'0' + index / 10 % 10, b'0' + index % 10];
        index += 1;
    }
    keys
};

static FIELDS: [Field; 130] = {
    let mut fields = [Field::optional(""); 130];
    let mut index = 0;
    while index < fields.len() {
        if let Ok(key) = std::str::from_utf8(&KEYS[index]) {
            fields[index] = if index % 2 == 0 { Field::required(key) } else { Field::optional(key) };
        }
        index += 1;
    }
    fields
};

struct Wide(Vec<Option<i64>>);

impl Object for Wide {
    const TABLE: Table = Table { name: "Wide", fields: &FIELDS, rest: false };

    fn empty() -> Self {
        Self(vec![None; FIELDS.len()])
    }

    fn lend(&self, to: &mut dyn FnMut(&[&dyn Slot])) {
        to(&self.0.iter().map(|slot| slot as &dyn Slot).collect::<Vec<_>>());
    }

    fn lend_mut(&mut self, to: &mut dyn FnMut(&mut [&mut dyn Slot])) {
        to(&mut self.0.iter_mut().map(|slot| slot as &mut dyn Slot).collect::<Vec<_>>());
    }
}

object!(Wide);

#[test]
fn an_object_may_have_more_than_128_fields() {
    let entry = |index: &usize| format!(r#""{index:03}":{index}"#);
    let without = |left_out: usize| {
        let entries: Vec<String> = (0..130).filter(|index| *index != left_out).map(|index| entry(&index)).collect();
        format!("{{{}}}", entries.join(","))
    };
    let whole = without(usize::MAX);
    let reversed = format!("{{{}}}", (0..130).rev().map(|index| entry(&index)).collect::<Vec<_>>().join(","));
    check(&[(carry::<Wide>, &whole, ""), (carry::<Wide>, &reversed, &whole), (carry::<Wide>, &without(129), "")]);
    for index in [0, 64, 126, 128] {
        let error = carry::<Wide>(&without(index));
        assert!(error.ends_with(&format!("the required key `{index:03}` is missing")), "{error}");
    }
}

#[test]
fn values_are_equal_field_by_field() {
    let open = |json: &str| decode::<Open>(json.as_bytes());
    assert_eq!(open(r#"{"id":1,"z":1}"#), open(r#"{"z":1,"id":1}"#));
    assert_ne!(open(r#"{"id":1,"z":1}"#), open(r#"{"id":1,"z":1.0}"#));
    assert_ne!(open(r#"{"id":1}"#), open(r#"{"id":1,"name":""}"#));
}
