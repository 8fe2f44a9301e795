use octogen_runtime::Value;

use super::*;
use crate::ir::testing::{add, object, string, strings, union};
use crate::ir::{Enum, IntegerKind, TypeRef};

/// The variants that a value may be, in the order of the plan, with `!` behind a proven one, `~` behind a likely one,
/// and `?` behind one of any JSON.
fn candidates(types: &Types, used: TypeRef, json: &str) -> String {
    let value: Value = octogen_runtime::decode(json.as_bytes()).expect("the test has JSON");
    let plans = plans(types);
    let plan = plans.get(used.id).expect("each union has a plan");
    let passed = plan.iter().filter(|plan| plan.tests.iter().all(|test| test.passes(&value)));
    passed.map(|plan| format!("{}{}", plan.variant, mark(plan.proof))).collect::<Vec<_>>().join(" ")
}

fn mark(proof: Proof) -> &'static str {
    match proof {
        Proof::Proven => "!",
        Proof::Likely => "~",
        Proof::Tried => "",
        Proof::Any => "?",
    }
}

fn assert_all(types: &Types, used: TypeRef, cases: &[(&str, &str)]) {
    for (json, wanted) in cases {
        assert_eq!(candidates(types, used, json), *wanted, "{json}");
    }
}

#[test]
fn json_types_select_scalars() {
    let mut types = Types::default();
    let (text, number) = (string(&mut types), add(&mut types, Shape::Integer(IntegerKind::Signed)));
    let used = union(&mut types, None, &[("", text), ("", number)]);
    assert_all(&types, used, &[("\"a\"", "0!"), ("1", "1!"), ("true", ""), ("null", "")]);
}

#[test]
fn discriminator_values_select_variants_and_an_optional_discriminator_may_be_absent() {
    let mut types = Types::default();
    let text = string(&mut types);
    let cat = object(&mut types, &[("kind", text), ("name", text)]);
    let dog = object(&mut types, &[("kind?", text), ("age", text)]);
    let used = union(&mut types, Some("kind"), &[("cat", cat), ("dog hound", dog)]);
    assert_all(
        &types,
        used,
        &[
            (r#"{"kind":"cat"}"#, "0!"),
            (r#"{"kind":"hound"}"#, "1!"),
            (r#"{"kind":"cow"}"#, ""),
            (r#"{"age":"1"}"#, "1"),
            (r#"{"name":"a"}"#, ""),
        ],
    );
}

#[test]
fn constants_select_variants_without_a_discriminator() {
    let mut types = Types::default();
    let (open, closed) = (strings(&mut types, &["open"]), strings(&mut types, &["closed", "merged"]));
    let (one, other) = (object(&mut types, &[("state", open)]), object(&mut types, &[("state", closed)]));
    let used = union(&mut types, None, &[("", one), ("", other)]);
    assert_all(
        &types,
        used,
        &[(r#"{"state":"open"}"#, "0!"), (r#"{"state":"merged"}"#, "1!"), (r#"{"state":"new"}"#, "")],
    );
}

#[test]
fn required_keys_select_objects() {
    let mut types = Types::default();
    let text = string(&mut types);
    let (user, team) = (object(&mut types, &[("login", text)]), object(&mut types, &[("slug", text)]));
    let used = union(&mut types, None, &[("", user), ("", team)]);
    assert_all(&types, used, &[(r#"{"login":"a"}"#, "0~"), (r#"{"slug":"a"}"#, "1~"), ("{}", "")]);
}

#[test]
fn required_keys_that_all_other_variants_deny_prove_a_variant() {
    let mut types = Types::default();
    let text = string(&mut types);
    let (user, team) = (object(&mut types, &[("login", text)]), object(&mut types, &[("slug", text)]));
    if let Shape::Object(object) = &mut types[team.id].shape {
        object.closed = true;
    }
    let used = union(&mut types, None, &[("", user), ("", team)]);
    let cases = [(r#"{"login":"a"}"#, "0!"), (r#"{"slug":"a"}"#, "1~"), (r#"{"login":"a","slug":"a"}"#, "0! 1~")];
    assert_all(&types, used, &cases);
}

#[test]
fn objects_that_no_test_distinguishes_are_tried_and_more_required_keys_come_first() {
    let mut types = Types::default();
    let text = string(&mut types);
    let less = object(&mut types, &[("a", text), ("b?", text)]);
    let more = object(&mut types, &[("a", text), ("b", text)]);
    let used = union(&mut types, None, &[("", less), ("", more)]);
    assert_all(&types, used, &[(r#"{"a":"x"}"#, "0"), (r#"{"a":"x","b":"y"}"#, "1 0"), ("{}", "")]);
}

/// An enum of one number, or of one boolean.
fn scalar(types: &mut Types, json: &str) -> TypeRef {
    add(types, Shape::Enum(Enum::of(vec![octogen_runtime::decode(json.as_bytes()).expect("the test has JSON")])))
}

#[test]
fn constants_of_any_json_type_select_variants_by_value() {
    let mut types = Types::default();
    let [one, two, half] = ["1", "2", "2.5"].map(|json| scalar(&mut types, json));
    let variants = [one, two, half].map(|version| object(&mut types, &[("v", version)]));
    let used = union(&mut types, None, &variants.map(|variant| ("", variant)));
    let cases = [
        (r#"{"v":1}"#, "0!"),
        (r#"{"v":2.0}"#, "1!"),
        (r#"{"v":20e-1}"#, "1!"),
        (r#"{"v":2.50}"#, "2!"),
        (r#"{"v":"1"}"#, ""),
        (r#"{"v":3}"#, ""),
    ];
    assert_all(&types, used, &cases);
}

#[test]
fn variants_with_the_same_discriminator_value_are_distinguished_by_other_facts() {
    let mut types = Types::default();
    let text = string(&mut types);
    let (message, user, agent) =
        (strings(&mut types, &["message"]), strings(&mut types, &["user"]), strings(&mut types, &["agent"]));
    let call = strings(&mut types, &["call"]);
    let by_constant = [user, agent].map(|role| object(&mut types, &[("type", message), ("role", role)]));
    let by_optional = [user, agent].map(|role| object(&mut types, &[("type", message), ("role?", role)]));
    let by_key = ["in", "out"].map(|key| object(&mut types, &[("type", message), (key, text)]));
    let by_nothing = [object(&mut types, &[("type", message)]), object(&mut types, &[("type", message), ("id", text)])];
    let other = object(&mut types, &[("type", call)]);
    let mut with_other = |[one, two]: [TypeRef; 2]| {
        union(&mut types, Some("type"), &[("message", one), ("message", two), ("call", other)])
    };
    let unions = [by_constant, by_optional, by_key, by_nothing].map(&mut with_other);
    let cases: [&[(&str, &str)]; 4] = [
        &[
            (r#"{"type":"message","role":"agent"}"#, "1!"),
            (r#"{"type":"message","role":"new"}"#, ""),
            (r#"{"type":"call","role":"user"}"#, "2!"),
        ],
        &[(r#"{"type":"message","role":"agent"}"#, "1!"), (r#"{"type":"message"}"#, "0 1")],
        &[(r#"{"type":"message","in":""}"#, "0~"), (r#"{"type":"message","out":""}"#, "1~")],
        &[(r#"{"type":"message","id":""}"#, "1~ 0"), (r#"{"type":"message"}"#, "0"), (r#"{"type":"call"}"#, "2!")],
    ];
    for (used, cases) in unions.into_iter().zip(cases) {
        assert_all(&types, used, cases);
    }
}

#[test]
fn a_variant_is_proven_by_the_discriminator_values_that_no_other_variant_has() {
    let mut types = Types::default();
    let text = string(&mut types);
    let (cat, dog) = (object(&mut types, &[("kind", text)]), object(&mut types, &[("kind", text), ("bark", text)]));
    let used = union(&mut types, Some("kind"), &[("cat pet", cat), ("dog pet", dog)]);
    let cases = [
        (r#"{"kind":"cat","bark":""}"#, "0!"),
        (r#"{"kind":"dog"}"#, "1!"),
        (r#"{"kind":"pet","bark":""}"#, "1~ 0"),
        (r#"{"kind":"pet"}"#, "0"),
        (r#"{"kind":"cow"}"#, ""),
    ];
    assert_all(&types, used, &cases);
}

#[test]
fn an_optional_constant_selects_its_variant_and_its_absence_is_tried() {
    let mut types = Types::default();
    let (cat, dog) = (strings(&mut types, &["cat"]), strings(&mut types, &["dog"]));
    let maybe = TypeRef { nullable: true, ..dog };
    let variants = [cat, maybe].map(|kind| object(&mut types, &[("kind?", kind)]));
    let used = union(&mut types, None, &variants.map(|variant| ("", variant)));
    let cases = [
        (r#"{"kind":"cat"}"#, "0!"),
        (r#"{"kind":"dog"}"#, "1!"),
        (r#"{"kind":null}"#, "1!"),
        (r#"{"kind":"cow"}"#, ""),
        ("{}", "0 1"),
    ];
    assert_all(&types, used, &cases);
}

#[test]
fn a_variant_that_is_a_union_has_the_values_of_its_own_variants() {
    let mut types = Types::default();
    let text = string(&mut types);
    let kinds = ["a", "b", "c"].map(|kind| strings(&mut types, &[kind]));
    let [a, b, c] = kinds.map(|kind| object(&mut types, &[("kind", kind)]));
    let inner = union(&mut types, None, &[("", a), ("", b), ("", text)]);
    let used = union(&mut types, None, &[("", inner), ("", c)]);
    let cases =
        [(r#"{"kind":"b"}"#, "0!"), (r#"{"kind":"c"}"#, "1!"), (r#"{"kind":"d"}"#, ""), (r#""text""#, "0!"), ("1", "")];
    assert_all(&types, used, &cases);
}

#[test]
fn a_narrow_variant_is_tried_before_one_that_admits_all_its_values() {
    let mut types = Types::default();
    let (integer, number) = (add(&mut types, Shape::Integer(IntegerKind::Signed)), add(&mut types, Shape::Number));
    let any = add(&mut types, Shape::Any);
    let (wide, narrow) = (object(&mut types, &[("n", number)]), object(&mut types, &[("n", integer)]));
    let used = union(&mut types, None, &[("", any), ("", wide), ("", narrow)]);
    assert_all(&types, used, &[(r#"{"n":1}"#, "2 1 0?"), ("[1]", "0?")]);
}

#[test]
fn a_variant_that_denies_undeclared_keys_is_tried_after_one_that_admits_them() {
    let mut types = Types::default();
    let text = string(&mut types);
    let (closed, other) = (object(&mut types, &[("a", text)]), object(&mut types, &[("a", text), ("b?", text)]));
    if let Shape::Object(object) = &mut types[closed.id].shape {
        object.closed = true;
    }
    let used = union(&mut types, None, &[("", closed), ("", other)]);
    assert_all(&types, used, &[(r#"{"a":"","c":1}"#, "1 0"), (r#"{"a":""}"#, "0 1 0")]);
}
