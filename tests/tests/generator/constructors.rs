//! The predicted JSON of values that programs build is that of compiled constructors and setters.

use octogen::diagnostic::Diagnostics;
use octogen::predict::{Arguments, Predictor};
use octogen::source::{NoFiles, Source};
use octogen_runtime::{decode, encode};
use tests::emitted::access::models::{User, UserRequired};
use tests::emitted::constants_in_new::models::{Cat, Dog, Fish, Pet, Plant};

const CONSTANTS: &str = include_str!("../../fixtures/emit/constants_in_new.yaml");
const ACCESS: &str = include_str!("../../fixtures/emit/access.yaml");

/// Returns the predicted JSON of a value of a component, built from the parts of a valid value.
fn predict(document: &str, component: &str, valid: &str, arguments: Arguments) -> String {
    let source = Source { path: String::from("it.yaml"), text: document.to_owned() };
    let predictor = Predictor::new(&source, &NoFiles, &mut Diagnostics::default()).unwrap();
    let place = format!("it.yaml#/components/schemas/{component}");
    let built = predictor.construct(&place, &decode(valid.as_bytes()).unwrap(), arguments);
    encode(&built.unwrap())
}

#[test]
#[allow(deprecated, reason = "a deprecated property is set as well")]
fn predicted_values_are_those_of_compiled_constructors() {
    let plant = r#"{"green":true,"rings":1,"level":"write","unit":"cm","state":"dry","kind":"plant"}"#;
    let without_state = r#"{"green":true,"rings":1,"state":null}"#;
    let user = r#"{"name":"a","password":"b","note":"c"}"#;
    let compiled_user = encode(&User::new(UserRequired { name: "a".into(), password: "b".into() }));
    let (required, all) = (Arguments::Required, Arguments::All);
    let cases = [
        (CONSTANTS, "Cat", r#"{"kind":"cat","lives":9}"#, required, encode(&Cat::new(9))),
        (CONSTANTS, "Dog", r#"{"barks":true}"#, required, encode(&Dog::new(true))),
        (CONSTANTS, "Fish", r#"{"depth":4}"#, required, encode(&Fish::new())),
        (CONSTANTS, "Fish", r#"{"depth":4}"#, all, encode(&Fish::new().depth(4))),
        (CONSTANTS, "Pet", r#"{"barks":true}"#, required, encode(&Pet::from(Dog::new(true)))),
        (CONSTANTS, "Plant", plant, required, encode(&Plant::new())),
        (CONSTANTS, "Plant", plant, all, encode(&Plant::new().level().state().kind())),
        (CONSTANTS, "Plant", without_state, all, encode(&Plant::new())),
        (ACCESS, "User", user, required, compiled_user.clone()),
        (ACCESS, "User", user, all, compiled_user),
    ];
    for (document, component, valid, arguments, compiled) in cases {
        assert_eq!(predict(document, component, valid, arguments), compiled, "{component} {arguments:?} of {valid}");
    }
}
