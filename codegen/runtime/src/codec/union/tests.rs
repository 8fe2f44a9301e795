use crate::{JsonType, Literal, Map, Value, decode, encode};

crate::string_enum! { pub enum State { "open" Open, else Unknown } }

#[derive(Clone, Debug, PartialEq)]
pub enum Size {
    One,
    Unknown(Value),
}

crate::value_enum! { Size [Literal::Number("1") => One, else Unknown] }

pub struct Issue {
    pub state: Option<State>,
    pub size: Option<Size>,
    pub sizes: Option<Vec<Vec<Size>>>,
    pub states: Option<Map<State>>,
    pub inner: Option<Box<Either>>,
}

crate::object! { Issue [?state, ?size, ?sizes, ?states, ?inner] }

pub struct Note {
    pub state: Option<String>,
    pub size: Option<i64>,
    pub sizes: Option<Vec<Vec<i64>>>,
    pub states: Option<Map<String>>,
    pub text: Option<String>,
}

crate::object! { Note [?state, ?size, ?sizes, ?states, ?text] }

/// Objects that only trying distinguishes.
#[derive(Clone, Debug, PartialEq)]
pub enum Either {
    Issue(Box<Issue>),
    Note(Box<Note>),
    Unknown(Value),
}

crate::union! { Either [
    Issue tried(json_type(&[JsonType::Object])), Note tried(json_type(&[JsonType::Object])); Unknown
] }

/// An object, or any JSON.
#[derive(Clone, Debug, PartialEq)]
pub enum Loose {
    Issue(Box<Issue>),
    Any(Value),
    Unknown(Value),
}

crate::union! { Loose [Issue tried(json_type(&[JsonType::Object])), Any any(); Unknown] }

pub struct User {
    pub login: String,
    pub size: Option<i64>,
}

crate::object! { User [login, ?size] }

pub struct Team {
    pub slug: String,
    pub size: Option<i64>,
}

crate::object! { Team [slug, ?size] }

/// Objects that keys distinguish, although each admits the keys of the other.
#[derive(Clone, Debug, PartialEq)]
pub enum Owner {
    User(Box<User>),
    Team(Box<Team>),
    Unknown(Value),
}

crate::union! { Owner [User likely(has(&["login"])), Team likely(has(&["slug"])); Unknown] }

/// Objects that a discriminator distinguishes.
#[derive(Clone, Debug, PartialEq)]
pub enum Mapped {
    Issue(Box<Issue>),
    User(Box<User>),
    Team(Box<Team>),
    Unknown(Value),
}

crate::union! { Mapped [
    Issue proven(discriminator("state", &["open"])),
    User proven(discriminator("login", &["a"])),
    Team proven(discriminator("slug", &["a"]));
    Unknown
] }

#[test]
fn a_discriminator_value_that_no_variant_lists_selects_the_only_variant_that_fits() {
    let mapped = |json: &str| match decode::<Mapped>(json.as_bytes()) {
        Ok(Mapped::Issue(_)) => "issue",
        Ok(Mapped::User(_)) => "user",
        Ok(Mapped::Team(_)) => "team",
        Ok(Mapped::Unknown(_)) => "unknown",
        Err(_) => "error",
    };
    let cases = [
        (r#"{"login":"b"}"#, "user"),
        (r#"{"slug":"b","size":2}"#, "team"),
        ("{}", "issue"),
        // No variant holds the value without misfits.
        (r#"{"slug":"b","login":"b"}"#, "unknown"),
        (r#"{"state":"new"}"#, "unknown"),
        (r#"{"login":"b","other":1}"#, "unknown"),
        (r#"{"login":1}"#, "unknown"),
    ];
    for (json, expected) in cases {
        assert_eq!(mapped(json), expected, "{json}");
    }
}

/// Objects that a discriminator distinguishes, although both admit any text there.
#[derive(Clone, Debug, PartialEq)]
pub enum Account {
    User(Box<User>),
    Note(Box<Note>),
    Unknown(Value),
}

crate::union! { Account [
    User proven(discriminator("state", &["user"])),
    Note proven(discriminator("state", &["note"]));
    Unknown
] }

#[test]
fn a_value_that_the_variant_of_its_discriminator_refuses_is_of_the_only_other_one_that_fits() {
    let account = |json: &str| match decode::<Account>(json.as_bytes()) {
        Ok(Account::User(_)) => String::from("user"),
        Ok(Account::Note(_)) => String::from("note"),
        Ok(Account::Unknown(_)) => String::from("unknown"),
        Err(error) => {
            assert!(
                error
                    .to_string()
                    .contains("the required key `login` is missing"),
                "{error}"
            );
            String::from("error")
        }
    };
    let cases = [
        (r#"{"state":"note","size":1}"#, "note"),
        (r#"{"state":"user"}"#, "note"),
        (r#"{"state":"user","size":1}"#, "note"),
        // No other variant holds the value without misfits, so that the error is that of the first one.
        (r#"{"state":"user","slug":"a"}"#, "error"),
    ];
    for (json, expected) in cases {
        assert_eq!(account(json), expected, "{json}");
        let list = decode::<Vec<Account>>(format!("[{json},{json}]").as_bytes());
        assert_eq!(list.is_err(), expected == "error", "{json}");
    }
}

#[test]
fn a_likely_variant_is_selected_unless_only_another_one_decodes() {
    let owner = |json: &str| match decode::<Owner>(json.as_bytes()) {
        Ok(Owner::User(_)) => String::from("user"),
        Ok(Owner::Team(_)) => String::from("team"),
        Ok(Owner::Unknown(_)) => String::from("unknown"),
        Err(error) => error.path(),
    };
    let cases = [
        (r#"{"login":"a"}"#, "user"),
        (r#"{"login":"a","slug":1}"#, "user"),
        (r#"{"login":1,"slug":"a"}"#, "team"),
        (r#"{"login":"a","slug":"a"}"#, "user"),
        ("{}", "unknown"),
        // The error is that of the first one.
        (r#"{"login":"a","size":"x"}"#, "$.size"),
        (r#"{"login":1,"slug":1}"#, "$.login"),
    ];
    for (json, expected) in cases {
        assert_eq!(owner(json), expected, "{json}");
        let list = decode::<Vec<Owner>>(format!("[{json},{json}]").as_bytes());
        assert_eq!(list.is_err(), owner(json).starts_with('$'), "{json}");
    }
}

pub struct Left {
    pub key: Option<i64>,
    pub left: Option<bool>,
}

crate::object! { Left [?key, ?left] }

pub struct Right {
    pub key: Option<String>,
    pub right: Option<i64>,
    pub state: Option<State>,
}

crate::object! { Right [?key, ?right, ?state] }

/// Objects of which each admits the keys that only the other one declares.
#[derive(Clone, Debug, PartialEq)]
pub enum Side {
    Left(Box<Left>),
    Right(Box<Right>),
    User(Box<User>),
    Unknown(Value),
}

crate::union! { Side [
    User likely(has(&["login"]), lacks_undeclared(&["left", "right"])),
    Left tried(json_type(&[JsonType::Object]), lacks_undeclared(&["login", "right", "state"])),
    Right tried(json_type(&[JsonType::Object]), lacks_undeclared(&["left", "login"]));
    Unknown
] }

#[test]
fn a_variant_drops_a_key_of_another_one_if_it_alone_holds_the_value() {
    let side = |json: &str| match decode::<Side>(json.as_bytes()) {
        Ok(Side::Left(_)) => String::from("left"),
        Ok(Side::Right(_)) => String::from("right"),
        Ok(Side::User(_)) => String::from("user"),
        Ok(Side::Unknown(_)) => String::from("unknown"),
        Err(error) => error.path(),
    };
    let cases = [
        (r#"{"key":1,"left":true}"#, "left"),
        (r#"{"key":1,"left":true,"right":1}"#, "left"),
        (r#"{"key":1,"right":1,"left":true,"other":1}"#, "left"),
        (r#"{"key":"x","left":false}"#, "right"),
        (r#"{"key":"x","left":false,"state":"open"}"#, "right"),
        // The value is valid for no variant.
        (r#"{"key":"x","left":false,"state":"new"}"#, "unknown"),
        (r#"{"key":true,"left":true}"#, "unknown"),
        // The value is valid for two variants.
        (r#"{"left":true,"right":1}"#, "unknown"),
        // The variant that is likely does not decode.
        (r#"{"login":1,"size":1,"key":1}"#, "left"),
        (r#"{"login":1,"key":true}"#, "$.login"),
    ];
    for (json, expected) in cases {
        assert_eq!(side(json), expected, "{json}");
        let list = decode::<Vec<Side>>(format!("[{json},{json}]").as_bytes());
        assert_eq!(list.is_err(), expected.starts_with('$'), "{json}");
    }
}

fn either(json: &str) -> &'static str {
    let value: Either = decode(json.as_bytes()).expect("a union holds any JSON");
    match value {
        Either::Issue(_) => "issue",
        Either::Note(_) => "note",
        Either::Unknown(_) => "unknown",
    }
}

#[test]
fn the_variant_with_the_fewest_misfits_is_selected() {
    let cases = [
        // Both hold the value, so that the first one is selected.
        (r#"{"state":"open","size":1}"#, "issue"),
        ("{}", "issue"),
        // The issue would keep a value as unknown, at any depth.
        (r#"{"state":"new"}"#, "note"),
        (r#"{"size":2}"#, "note"),
        (r#"{"sizes":[[1],[1,2]]}"#, "note"),
        (r#"{"states":{"a":"new"}}"#, "note"),
        // A number in another notation is a documented one.
        (r#"{"size":1.0}"#, "issue"),
        // One of them does not declare the key.
        (r#"{"text":"a"}"#, "note"),
        (r#"{"inner":{}}"#, "issue"),
        // An unknown value is worse than an undeclared key.
        (r#"{"inner":{},"state":"new"}"#, "note"),
        (r#"{"inner":{"state":"new"}}"#, "issue"),
        // Both have as many misfits.
        (r#"{"other":1}"#, "issue"),
        (r#"{"state":"new","text":1}"#, "issue"),
        (r#"{"state":1}"#, "unknown"),
    ];
    for (json, expected) in cases {
        assert_eq!(either(json), expected, "{json}");
    }
}

#[test]
fn the_selected_variant_holds_the_value_after_others_were_tried() {
    let json = r#"[{"state":"new","inner":{"state":"new","size":2}},{"size":1.0},{"other":[{}]}]"#;
    let values: Vec<Either> = decode(json.as_bytes()).expect("a union holds any JSON");
    assert_eq!(
        encode(&values),
        r#"[{"state":"new"},{"size":1.0},{}]"#,
        "undeclared keys are dropped, and texts are kept"
    );
}

#[test]
fn a_variant_of_any_json_is_the_last_resort() {
    let is_any = |json: &str| matches!(decode(json.as_bytes()), Ok(Loose::Any(_)));
    let cases = [
        (r#"{"state":"open"}"#, false),
        (r#"{"other":1}"#, false),
        (r#"{"state":"new"}"#, true),
        (r#"{"state":1}"#, true),
        ("[1]", true),
    ];
    for (json, expected) in cases {
        assert_eq!(is_any(json), expected, "{json}");
    }
}

/// Values that each of the rarer tests distinguishes.
#[derive(Clone, Debug, PartialEq)]
pub enum Probe {
    Zero(Value),
    Kind(Value),
    Pair(Value),
    Single(Value),
    Unknown(Value),
}

crate::union! { Probe [
    Zero proven(is(&[Literal::Number("0")])), Kind proven(constant("kind", &[Literal::Boolean(true)])),
    Pair proven(has_only(&["a", "b"]), has(&["b"])), Single proven(lacks(&["b"])); Unknown
] }

#[test]
fn the_macro_calls_the_constructors_of_tests() {
    let variant = |json: &str| match decode::<Probe>(json.as_bytes()) {
        Ok(Probe::Zero(_)) => "zero",
        Ok(Probe::Kind(_)) => "kind",
        Ok(Probe::Pair(_)) => "pair",
        Ok(Probe::Single(_)) => "single",
        Ok(Probe::Unknown(_)) => "unknown",
        Err(_) => "refused",
    };
    for (json, expected) in [
        ("0", "zero"),
        (r#"{"kind":true,"b":1}"#, "kind"),
        (r#"{"a":1,"b":2}"#, "pair"),
        (r#"{"c":1}"#, "single"),
        (r#"{"b":1,"c":1}"#, "unknown"),
    ] {
        assert_eq!(variant(json), expected, "{json}");
    }
}
