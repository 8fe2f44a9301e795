//! The variant that a union selects, the properties that only one branch declares, the names of inline variants, and
//! repeated branches.

use octogen::source::{NoFiles, Source};
use octogen::{Options, generate};
use octogen_runtime::{Slot, decode, encode};
use tests::emitted::{
    access, enums_open, patterns, tuples, tuples_of_any_length, unions_any_of, unions_beside, unions_by_constant,
    unions_by_subtypes, unions_named,
};

/// A case: its title, the result, and the expected result.
pub(super) fn all(cases: &[(&str, String, &str)]) {
    let wrong = cases.iter().filter(|(_, found, expected)| found != expected);
    let wrong: Vec<String> =
        wrong.map(|(asked, found, expected)| format!("{asked}: {found}, not {expected}")).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Returns the variant that is taken, or the error; the text has to come back as it was.
pub(super) fn variant<T: Slot>(json: &str) -> String {
    match decode::<T>(json.as_bytes()) {
        Ok(value) if encode(&value) == json => {
            format!("{value:?}").split(['(', ' ', '{']).next().unwrap_or_default().to_owned()
        }
        Ok(value) => format!("came back as {}", encode(&value)),
        Err(error) => error.to_string(),
    }
}

/// Returns the variant that is taken, whether or not it drops undeclared keys.
fn kind<T: Slot>(json: &str) -> String {
    decode::<T>(json.as_bytes())
        .map(|value| format!("{value:?}").split(['(', ' ', '{']).next().unwrap_or_default().to_owned())
        .unwrap_or_else(|error| error.to_string())
}

#[test]
fn values_of_several_variants_keep_all_keys() {
    use unions_any_of::models::{AnyEither, AnyMixed, AnyUnlike, PetsResponseItem};
    let pet = variant::<PetsResponseItem>;
    all(&[
        ("one", pet(r#"{"age":1}"#), "Age"),
        ("the other", pet(r#"{"pet_type":"Dog"}"#), "Type"),
        ("both", pet(r#"{"age":1,"pet_type":"Dog"}"#), "Combined"),
        ("one with a key of the other", pet(r#"{"age":1,"hunts":true}"#), "Combined"),
        ("neither", pet(r#"{"hunts":true}"#), "Unknown"),
        ("both, one is wrong", pet(r#"{"pet_type":"Dog","age":"x"}"#), r#"came back as {"pet_type":"Dog"}"#),
        (
            "both are wrong",
            pet(r#"{"pet_type":1,"age":"x"}"#),
            "at $.pet_type (byte 12): expected a string, found a number",
        ),
        ("merged", variant::<AnyEither>(r#"{"a":"x","b":2}"#), "AnyEither"),
        ("merged beside a string", variant::<AnyMixed>(r#"{"a":1,"b":null}"#), "Object"),
        ("a string beside merged", variant::<AnyMixed>(r#""a""#), "String"),
        ("types that don't agree, left", variant::<AnyUnlike>(r#"{"key":1,"left":true}"#), "Left"),
        ("types that don't agree, right", variant::<AnyUnlike>(r#"{"key":"x","right":1}"#), "Right"),
        ("types that don't agree, both", variant::<AnyUnlike>(r#"{"left":true,"right":1}"#), "Unknown"),
        ("a key of the right", kind::<AnyUnlike>(r#"{"key":1,"left":true,"right":1}"#), "Left"),
        ("a key of the left", kind::<AnyUnlike>(r#"{"key":"x","left":false}"#), "Right"),
    ]);
}

#[test]
fn variants_have_short_names_and_convert() {
    use unions_named::models::{ChatMessage, ChatUserMessage, PaymentSource, Stay};
    all(&[
        ("a discriminator value", variant::<ChatMessage>(r#"{"role":"user"}"#), "User"),
        ("another one", variant::<ChatMessage>(r#"{"role":"system","loud":true}"#), "System"),
        ("words of the union", variant::<PaymentSource>(r#"{"number":"4"}"#), "Card"),
        ("no word of the union", variant::<PaymentSource>(r#""DE1""#), "Iban"),
        ("a type", variant::<PaymentSource>("1"), "Integer"),
        ("a title with words of the union", variant::<Stay>(r#""2026-01-31""#), "OfDay"),
        ("a value with signs", variant::<Stay>(r#"{"kind":"stay.hotel","beds":1}"#), "StayHotel"),
        ("a value that is not a name", variant::<Stay>(r#"{"kind":"1"}"#), "Tent"),
    ]);
    let user: ChatUserMessage = decode(br#"{"role":"user"}"#).expect("a message of a user");
    assert!(matches!(ChatMessage::from(user), ChatMessage::User(_)));
    assert_eq!(PaymentSource::from(String::from("DE1")), PaymentSource::Iban(String::from("DE1")));
}

#[test]
fn any_constant_distinguishes_variants() {
    use unions_by_constant::models::{ConstantsFlag, ConstantsNested, ConstantsNumber, ConstantsWord, ConstantsWords};
    all(&[
        ("a number", variant::<ConstantsNumber>(r#"{"version":1}"#), "Version1"),
        ("another number", variant::<ConstantsNumber>(r#"{"version":2}"#), "Version2"),
        ("a number that nobody documented", variant::<ConstantsNumber>(r#"{"version":10}"#), "Unknown"),
        ("true", variant::<ConstantsFlag>(r#"{"ok":true}"#), "Ok"),
        (
            "false",
            variant::<ConstantsFlag>(r#"{"error":"x","ok":false}"#).replace("came back as ", ""),
            r#"{"ok":false,"error":"x"}"#,
        ),
        ("one of some strings", variant::<ConstantsWords>(r#""high""#), "String"),
        ("one of other strings", variant::<ConstantsWords>(r#""on""#), "String"),
        ("another string", variant::<ConstantsWords>(r#""of""#), "String"),
        ("a number among strings", variant::<ConstantsWords>("5"), "Number"),
        ("a string beside known ones", variant::<ConstantsWord>(r#""x""#), "Other"),
        ("a union in a union", variant::<ConstantsNested>(r#"{"kind":"dog"}"#), "Dog"),
        ("beside a union in a union", variant::<ConstantsNested>(r#"{"kind":"bird"}"#), "Bird"),
    ]);
}

#[test]
fn a_string_beside_an_enum_is_a_variant_of_the_enum() {
    use enums_open::models::{Answer, AnswerColor, AnyModel, EveryModel, Moment, Reference};
    all(&[
        ("a documented text", variant::<EveryModel>(r#""small""#), "Small"),
        ("another text", variant::<EveryModel>(r#""tiny""#), "Other"),
        ("a text beside an array", variant::<Reference>(r#""v1""#), "String"),
        ("a text beside a date", variant::<Moment>(r#""now""#), "String"),
        ("a text that only one variant documents", variant::<AnswerColor>(r#"{"color":"red"}"#), "Red"),
        ("a text that only one variant admits", variant::<AnswerColor>(r#"{"color":"green"}"#), "AnyColor"),
    ]);
    assert_eq!([AnyModel::from("large"), AnyModel::from(String::from("large"))], [AnyModel::Large, AnyModel::Large]);
    assert_eq!(AnyModel::from(String::from("tiny")), AnyModel::Other(String::from("tiny")));
    assert_eq!(encode(&Answer::new().model("tiny").unit("m").flag(true)), r#"{"model":"tiny","unit":"m","flag":true}"#);
}

#[test]
fn the_discriminator_of_the_base_distinguishes_subtypes() {
    use unions_by_subtypes::models::{Form, Pet};
    all(&[
        ("near", variant::<Pet>(r#"{"petType":"Cat","name":"x","lives":9}"#), "Cat"),
        ("far", variant::<Pet>(r#"{"petType":"Poodle","curls":9}"#), "Poodle"),
        ("the base", variant::<Pet>(r#"{"petType":"Pet"}"#), "Pet"),
        ("unheard of", variant::<Pet>(r#"{"petType":"Snake","length":2.50}"#), "Unknown"),
        ("mapped", variant::<Form>(r#"{"kind":"round","id":1,"radius":1.0}"#), "Round"),
        ("mapped twice", variant::<Form>(r#"{"kind":"box","side":1}"#), "Square"),
        ("mapped and no subtype", variant::<Form>(r#"{"kind":"star","id":1,"points":5}"#), "Star"),
        ("not mapped, since a mapping lists what there is", variant::<Form>(r#"{"kind":"Form"}"#), "Unknown"),
    ]);
}

#[test]
fn unions_hold_together_with_what_stands_beside_them() {
    use unions_beside::models::{BesideBoth, BesideFurther, BesideScalar};
    all(&[
        ("of both", variant::<BesideBoth>(r#"{"id":1,"a":"x","c":true}"#), "AC"),
        ("of both", variant::<BesideBoth>(r#"{"id":1,"b":1,"d":null}"#), "BD"),
        ("of one alone", variant::<BesideBoth>(r#"{"id":1,"b":1}"#), "Unknown"),
        ("an integer of a number", variant::<BesideScalar>("1"), "Integer"),
        ("a branch that only requires", variant::<BesideFurther>(r#"{"a":"x"}"#), "A"),
        ("a branch that declares", variant::<BesideFurther>(r#"{"b":"x"}"#), "B"),
    ]);
}

#[test]
fn keys_of_one_side_are_optional_where_the_other_can_hold_the_model() {
    use access::models::{Badge, Entry, User, UserRequired};
    let sent = User::new(UserRequired { name: "a".into(), password: "secret".into() });
    assert_eq!(encode(&sent), r#"{"name":"a","password":"secret"}"#);
    all(&[
        ("received", variant::<User>(r#"{"id":1,"name":"a","badge":{"number":7}}"#), "User"),
        ("only in responses", variant::<Entry>("{}"), "at $ (byte 2): the required key `id` is missing"),
        ("within a key that only responses have", variant::<Badge>("{}"), "Badge"),
    ]);
}

#[test]
fn arrays_and_objects_of_several_schemas_keep_what_they_hold() {
    use patterns::models::{PatternsBeside, PatternsCondition};
    use tuples::models::Tuples;
    let tuples = variant::<Tuples>;
    all(&[
        ("keys by pattern", variant::<PatternsBeside>(r#"{"id":1,"x-a":[1]}"#), "PatternsBeside"),
        (
            "keys by condition",
            variant::<PatternsCondition>(r#"{"kind":"a","issuer":{"name":"b"}}"#),
            "PatternsCondition",
        ),
        ("an open tuple", tuples(r#"{"open":["a",1,true,true]}"#), "Tuples"),
        ("a short one", tuples(r#"{"short":[]}"#), "Tuples"),
        ("a shorter one", tuples(r#"{"closed":["a"]}"#), "Tuples"),
        (
            "a closed one",
            variant::<tuples_of_any_length::models::Lengths>(r#"{"exact":[1]}"#),
            "at $.exact (byte 9): expected an array of 2 elements",
        ),
    ]);
}

#[test]
fn a_sibling_that_is_added_renames_no_variant() {
    let branches = [
        "{ type: object, required: [login], properties: { login: { type: string }, id: { type: integer } } }",
        "{ type: object, required: [slug], properties: { slug: { type: string }, id: { type: integer } } }",
        "{ type: object, required: [kind], properties: { kind: { const: bot } } }",
        "{ type: array, items: { type: string } }",
        "{ type: integer }",
        "{ title: A title, type: object, required: [t], properties: { t: { type: string } } }",
    ];
    let added = "{ type: object, required: [added], properties: { added: { type: boolean } } }";
    let before = variants(&branches);
    assert_eq!(before.len(), branches.len() + 1, "{before:?}");
    for place in 0..=branches.len() {
        let mut more = branches.to_vec();
        more.insert(place, added);
        let after = variants(&more);
        assert!(before.iter().all(|variant| after.contains(variant)), "{before:?}, then {after:?}");
        assert_eq!(after.len(), before.len() + 1, "{after:?}");
    }
}

#[test]
fn parts_that_meet_again_are_read_once() {
    // Each level doubles the paths to the last one.
    let level = |level: usize| {
        let next = format!("{{ $ref: '#/components/schemas/L{}' }}", level + 1);
        format!("L{level}: {{ allOf: [{next}, {next}], properties: {{ p{level}: {{ type: string }} }} }}")
    };
    let levels: Vec<String> = (0..30).map(level).collect();
    let last = "L30: { type: object, properties: { last: { type: integer } } }";
    let info = "info: { title: Zoo, version: '1' }";
    let text = format!("openapi: 3.1.0\n{info}\ncomponents: {{ schemas: {{ {}, {last} }} }}\n", levels.join(", "));
    let generated = generate(&Source { path: String::from("it.yaml"), text }, &NoFiles, &Options::default());
    assert_eq!(generated.diagnostics, []);
    let output = generated.output.expect("the document has no error");
    let models = output.library.iter().find(|file| file.path == "models/shared.rs").expect("there are models");
    let first = models.text.split("pub struct L0 {").nth(1).and_then(|rest| rest.split('}').next()).expect("a model");
    assert_eq!(first.matches(": Option<").count(), 31, "{first}");
}

/// The variants of a union with these branches, with the type of each.
fn variants(branches: &[&str]) -> Vec<String> {
    let text = format!("openapi: 3.1.0\ncomponents: {{ schemas: {{ It: {{ oneOf: [{}] }} }} }}\n", branches.join(", "));
    let source = Source { path: String::from("it.yaml"), text };
    let output = generate(&source, &NoFiles, &Options::default()).output.expect("the document has no error");
    let models = output.library.iter().find(|file| file.path == "models/shared.rs").expect("there are models");
    let union = models.text.split("pub enum It {").nth(1).and_then(|rest| rest.split('}').next()).expect("a union");
    union.lines().map(str::trim).filter(|line| line.ends_with("),")).map(str::to_owned).collect()
}
