//! Properties with one documented value: what a new value sends, and what a decoded value keeps.

use github_apps::apps::models::Permissions;
use octogen_runtime::encode;
use tests::emitted::constants_in_new::endpoints::Pets;
use tests::emitted::constants_in_new::models::{Cat, Dog, Fish, Pet, Plant};

use super::{all, back, printed, written};

#[test]
fn a_new_value_has_the_constants_that_it_needs() {
    #[allow(deprecated, reason = "the setter of a deprecated property")]
    let whole = Plant::new().level().state().kind();
    all(&[
        ("required", encode(&Cat::new(9)), r#"{"kind":"cat","lives":9}"#),
        ("selects a variant", encode(&Dog::new(true)), r#"{"kind":"dog","barks":true}"#),
        ("no argument", encode(&Fish::default().depth(3)), r#"{"depth":3,"kind":"fish"}"#),
        ("required, or the default", encode(&Plant::new()), r#"{"green":true,"rings":1,"unit":"cm"}"#),
        (
            "setters without an argument",
            encode(&whole),
            r#"{"green":true,"rings":1,"level":"write","unit":"cm","state":"dry","kind":"plant"}"#,
        ),
        ("permissions", encode(&Permissions::new()), "{}"),
        ("a permission of one level", encode(&Permissions::new().workflows()), r#"{"workflows":"write"}"#),
        ("a variant", encode(&Pet::Dog(Box::new(Dog::new(false)))), r#"{"kind":"dog","barks":false}"#),
    ]);
}

#[test]
fn a_parameter_with_one_value_takes_no_argument() {
    let all = written(&Pets::new().deep().level().state());
    for (request, part) in [(written(&Pets::new()), "as: form"), (written(&Pets::new()), "unit=cm"), (all, "deep=true")]
    {
        assert!(request.contains(part), "{request}");
    }
}

#[test]
fn a_decoded_constant_is_written_as_it_came() {
    all(&[
        ("absent", back::<Dog>(r#"{"barks":true}"#), r#"{"barks":true}"#),
        ("another value", back::<Cat>(r#"{"kind":"lion","lives":1}"#), r#"{"kind":"lion","lives":1}"#),
        ("null", back::<Plant>(r#"{"green":true,"rings":1,"state":null}"#), r#"{"green":true,"rings":1,"state":null}"#),
        ("other boolean", back::<Plant>(r#"{"green":false,"rings":2}"#), r#"{"green":false,"rings":2}"#),
        ("the constant selects", back::<Pet>(r#"{"kind":"fish","depth":1}"#), r#"{"depth":1,"kind":"fish"}"#),
        ("its absence is tried", printed::<Pet>(r#"{"depth":1}"#), r#"Fish(Fish { depth: Some(1), kind: None })"#),
    ]);
}
