//! The variant that a value reaches: a value that is valid for exactly one variant reaches that variant.

use tests::emitted::{
    unions_by_admitted_values, unions_by_keys, unions_by_scalars, unions_by_tag, unions_by_what_is_inside,
    unions_narrowed, unions_of_subtypes,
};

use super::unions::{all, variant};

#[test]
fn values_that_a_variant_admits_select_it_wherever_they_are_stated() {
    use unions_by_admitted_values::models::{Mapped, Step};
    let step = variant::<Step>;
    all(&[
        ("its own constant", step(r#"{"type":"plain"}"#), "Plain"),
        ("behind allOf and a reference", step(r#"{"type":"call","id":"a"}"#), "Call"),
        ("a nullable constant", step(r#"{"type":"out","text":"a"}"#), "Out"),
        ("null", step(r#"{"type":null}"#), "Out"),
        ("no discriminator", step(r#"{"text":"a"}"#), "Out"),
        ("one of two", step(r#"{"type":"search_2","query":"a"}"#), "Search"),
        ("of a union", step(r#"{"type":"a"}"#), "Inner"),
        ("of a union as well", step(r#"{"type":"b","y":1}"#), "Inner"),
        ("a list of constants", step(r#"{"type":"right"}"#), "Turn"),
        ("the name of a variant that states no value", step(r#"{"type":"named"}"#), "Named"),
        ("a value that no variant lists, and one admits", step(r#"{"type":"Plain"}"#), "Named"),
        ("a value that no variant lists, with another key", step(r#"{"type":"Plain","id":"a"}"#), "Unknown"),
    ]);
    let mapped = variant::<Mapped>;
    all(&[
        ("mapped", mapped(r#"{"type":"simple"}"#), "Plain"),
        ("mapped twice", mapped(r#"{"type":"plainest"}"#), "Plain"),
        ("admitted and not mapped", mapped(r#"{"type":"plain"}"#), "Plain"),
        ("of another variant", mapped(r#"{"type":"a"}"#), "A"),
        ("unheard of", mapped(r#"{"type":"A"}"#), "Unknown"),
    ]);
}

#[test]
fn discriminators_have_values_of_any_json_type() {
    use unions_by_scalars::models::{ByBoolean, ByInteger, ByNumber, Unmapped};
    all(&[
        ("an integer", variant::<ByInteger>(r#"{"v":1,"a":"x"}"#), "One"),
        ("an integer in another notation", variant::<ByInteger>(r#"{"v":2.0,"b":"x"}"#), "Two"),
        ("an unknown integer", variant::<ByInteger>(r#"{"v":3}"#), "Unknown"),
        ("an integer as text", variant::<ByInteger>(r#"{"v":"1"}"#), "Unknown"),
        ("false", variant::<ByBoolean>(r#"{"on":false,"why":"x"}"#), "Off"),
        ("true", variant::<ByBoolean>(r#"{"on":true,"how":"x"}"#), "On"),
        ("a mapped number", variant::<ByNumber>(r#"{"n":2.5,"y":"x"}"#), "P"),
        ("a mapped number in another notation", variant::<ByNumber>(r#"{"n":1,"x":"x"}"#), "N"),
        ("without a mapping", variant::<Unmapped>(r#"{"v":2}"#), "Two"),
    ]);
}

#[test]
fn the_discriminator_of_a_common_base_selects_among_subtypes() {
    use unions_by_tag::models::BasedResponse;
    use unions_of_subtypes::models::{CarsBody, Pet};
    all(&[
        ("mapped", variant::<Pet>(r#"{"type":"dog","name":"a"}"#), "Dog"),
        ("mapped as well", variant::<Pet>(r#"{"type":"puppy"}"#), "Dog"),
        ("the first", variant::<Pet>(r#"{"type":"cat"}"#), "Cat"),
        ("not mapped", variant::<Pet>(r#"{"type":"bird"}"#), "Unknown"),
        ("by name", variant::<CarsBody>(r#"{"kind":"Bus","seats":9}"#), "Bus"),
        ("of another base", variant::<CarsBody>(r#"{"steps":9}"#), "Walk"),
        ("with a discriminator of its own", variant::<BasedResponse>(r#"{"type":"Boat"}"#), "Boat"),
    ]);
}

#[test]
fn further_constants_keys_and_contents_distinguish_variants() {
    use unions_by_what_is_inside::models::{Form, Held, Message, Note};
    let message = variant::<Message>;
    let held = variant::<Held>;
    all(&[
        ("by required keys", message(r#"{"type":"message","role":"user","text":"x","id":"a"}"#), "InputResource"),
        ("by required keys", message(r#"{"type":"message","role":"agent","id":"b","status":"done"}"#), "Output"),
        ("by its own discriminator value", message(r#"{"type":"call","id":"c"}"#), "Call"),
        ("by an optional constant", variant::<Note>(r#"{"kind":"note","by":"agent"}"#), "OfAnAgent"),
        ("by an optional constant", variant::<Note>(r#"{"kind":"note","by":"user"}"#), "OfAUser"),
        ("by neither", variant::<Note>(r#"{"kind":"note"}"#), "OfAUser"),
        ("of the first union", variant::<Form>(r#"{"side":1}"#), "Flat"),
        ("of the second union", variant::<Form>(r#"{"edge":1}"#), "Solid"),
        ("a string", variant::<Form>(r#""a""#), "Flat"),
        ("a constant", held(r#"{"size":2}"#), "Two"),
        ("a constant in a list of lists", held(r#"{"lists":[[1],[2]]}"#), "Two"),
        ("a constant in a map", held(r#"{"by_key":{"a":2}}"#), "Two"),
        ("a key inside", held(r#"{"in":{"q":"x"}}"#), "Two"),
        ("both", held(r#"{"lists":[[1]]}"#), "One"),
    ]);
}

#[test]
fn required_keys_and_boolean_constants_inside_distinguish_variants() {
    use unions_by_keys::models::{Keyed, Switched};
    all(&[
        ("a required key", variant::<Keyed>(r#"{"login":"a","n":1}"#), "Login"),
        ("another required key", variant::<Keyed>(r#"{"slug":"a","n":"x"}"#), "Slug"),
        (
            "an undeclared key that another variant requires",
            variant::<Keyed>(r#"{"slug":"a","n":"x","login":"b"}"#),
            "came back as {\"slug\":\"a\",\"n\":\"x\"}",
        ),
        (
            "no variant",
            variant::<Keyed>(r#"{"login":"a","n":"x"}"#),
            "at $.n (byte 17): expected an integer, found a string",
        ),
        ("a boolean constant inside", variant::<Switched>(r#"{"in":{"on":true}}"#), "Lit"),
        ("another boolean constant inside", variant::<Switched>(r#"{"in":{"on":false}}"#), "Unlit"),
        ("no boolean", variant::<Switched>(r#"{"in":{}}"#), "Lit"),
    ]);
}

#[test]
fn a_part_that_narrows_a_union_leaves_some_of_its_variants() {
    use unions_narrowed::models::{Extended, Fewer, Movie, Narrowed, One, OneList, Tagged};
    fn is_movie(_: &Movie) {}
    fn of_one(one: &One) {
        is_movie(&one.by);
    }
    fn of_list(list: &OneList) {
        list.items.iter().flatten().for_each(is_movie);
    }
    fn of_direct(narrowed: &Narrowed) {
        narrowed.direct.iter().for_each(is_movie);
    }
    let (_, _, _) = (of_one, of_list, of_direct);
    all(&[
        ("one variant", variant::<One>(r#"{"by":{"year":1}}"#), "One"),
        ("the elements of a list", variant::<OneList>(r#"{"items":[{"year":1}]}"#), "OneList"),
        ("fewer variants", variant::<Fewer>(r#"{"by":{"title":"x"}}"#), "Fewer"),
        ("a subtype of a variant", variant::<Extended>(r#"{"by":{"year":1,"long":true}}"#), "Extended"),
        ("by a constant", variant::<Tagged>(r#"{"kind":"movie","seen":true,"year":1}"#), "Tagged"),
    ]);
}
