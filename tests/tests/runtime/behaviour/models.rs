//! Secrets, defaults and deprecation of models.

use std::marker::PhantomData;

use octogen_runtime::encode;
use tests::emitted::{
    bodies, credentials, defaults, deprecation, enums, maps, parameters, schemas_alone, unions_by_tag,
};

use super::{back, printed, written};

#[test]
fn secrets_are_written_and_not_printed() {
    let text = r#"{"token":"hush","list":["hush"],"map":{"a":"hush"},"maybe":"hush","either":"hush"}"#;
    assert_eq!(back::<credentials::models::Token>(text), text);
    let printed = printed::<credentials::models::Token>(text);
    assert_eq!(printed.matches("***").count(), 5, "{printed}");
    assert!(!printed.contains("hush"), "{printed}");
    let login = credentials::endpoints::Login::new(credentials::models::LoginBody::new(
        credentials::models::LoginBodyRequired { password: "hush".into(), user: "me".into() },
    ));
    assert!(!format!("{login:?}").contains("hush"), "{login:?}");
    assert!(written(&login).contains("hush"));
}

/// Whether a type has a default: the constant of the type itself comes before that of the trait.
struct Probe<T>(PhantomData<T>);

trait Without {
    const HAS_DEFAULT: bool = false;
}

impl<T> Without for T {}

impl<T: Default> Probe<T> {
    const HAS_DEFAULT: bool = true;
}

#[test]
fn there_is_a_default_only_where_nothing_has_to_be_given() {
    let cases = [
        ("every key is optional", Probe::<bodies::models::Thing>::HAS_DEFAULT, true),
        ("keys that nobody declared", Probe::<maps::models::MapsOpen>::HAS_DEFAULT, true),
        ("every part of the request is optional", Probe::<bodies::endpoints::Optional>::HAS_DEFAULT, true),
        ("a key is required", Probe::<bodies::models::InlineBody>::HAS_DEFAULT, false),
        ("the body is required", Probe::<bodies::endpoints::Required>::HAS_DEFAULT, false),
        ("a parameter is required", Probe::<parameters::endpoints::Compare>::HAS_DEFAULT, false),
        ("an enum", Probe::<enums::models::State>::HAS_DEFAULT, false),
        ("a union", Probe::<unions_by_tag::models::Mapped>::HAS_DEFAULT, false),
    ];
    for (what, found, expected) in cases {
        assert_eq!(found, expected, "{what}");
    }
}

#[test]
fn defaults_are_documented_and_not_written() {
    use defaults::models::{Defaults, State};
    assert_eq!(Defaults::DEFAULT_TEXT, "a `b` \n c");
    assert_eq!(defaults::endpoints::Defaults::DEFAULT_PER_PAGE, 30);
    assert_eq!(encode(&Defaults::new()), "{}");
    assert_eq!(encode(&Defaults::new().state(State::On).flag(false)), r#"{"flag":false,"state":"on"}"#);
}

#[test]
fn what_is_deprecated_still_works() {
    let text = r#"{"id":1,"was":"x","gone":"y","inner":{"a":2}}"#;
    assert_eq!(back::<deprecation::models::Old>(text), text);
}

#[test]
fn models_of_a_document_without_operations_can_be_built() {
    use schemas_alone::models::{Empty, Parcel, ParcelTo, Size};
    let inner = Parcel::new(2, Size::Small).note(None);
    let outer = Parcel::new(1, Size::Large).parts(vec![inner]).to(ParcelTo::new("Ulm"));
    let expected = r#"{"id":1,"size":"large","parts":[{"id":2,"size":"small","note":null}],"to":{"city":"Ulm"}}"#;
    assert_eq!(encode(&outer), expected);
    assert_eq!(encode(&Empty::new()), "{}");
}
