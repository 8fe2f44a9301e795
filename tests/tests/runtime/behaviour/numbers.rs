//! Numbers of Rust in requests.

use octogen_runtime::encode;
use tests::emitted::dates::models::DatesEpoch;
use tests::emitted::numbers::models::NumbersText;
use tests::emitted::numbers_in_requests::endpoints::{Ask, Measure};
use tests::emitted::numbers_in_requests::models::Question;

use super::{all, written};

fn question() -> Question {
    Question::new(0.5, "Why?")
}

#[test]
fn setters_take_numbers_of_rust() {
    let full = question().temperature(0.2).limit(3).either(1_u8).parts(vec![1.into(), 2.5.into()]);
    let mut passed_on = Ask::new(question());
    passed_on.scale = Some(4.into());
    all(&[
        (
            "in a body",
            written(&Ask::new(full)),
            r#"POST /answers | application/json = {"text":"Why?","ratio":0.5,"temperature":0.2,"limit":3,"either":1,"parts":[1,2.5]}"#,
        ),
        ("in parameters", written(&Measure::new(1.5)), "POST /areas/1.5"),
        (
            "as an option",
            written(&passed_on),
            r#"POST /answers | ?scale=4 | application/json = {"text":"Why?","ratio":0.5}"#,
        ),
        (
            "a text that is a number",
            written(&Ask::new(question().either("12"))),
            r#"POST /answers | application/json = {"text":"Why?","ratio":0.5,"either":"12"}"#,
        ),
    ]);
}

#[test]
fn a_number_that_json_cannot_hold_is_an_error_of_the_request() {
    let ask = || Ask::new(question());
    let refused = |parameter, path| {
        format!("the parameter `{parameter}` holds NaN or an infinite number at `{path}`, which JSON can't hold")
    };
    let cases = [
        (written(&Ask::new(question().temperature(f64::NAN))), refused("body", "$.temperature")),
        (written(&Ask::new(question().limit(f32::NEG_INFINITY))), refused("body", "$.limit")),
        (written(&Ask::new(question().parts(vec![1.into(), f64::INFINITY.into()]))), refused("body", "$.parts[1]")),
        (written(&Ask::new(Question::new(f64::NAN, ""))), refused("body", "$.ratio")),
        (written(&Measure::new(1).body(question().either(f64::NAN))), refused("body", "$.either")),
        (written(&Measure::new(f64::NAN)), refused("size", "$")),
        (written(&ask().scale(f64::INFINITY)), refused("scale", "$")),
        (written(&ask().x_weight(f64::NAN)), refused("X-Weight", "$")),
        (written(&ask().x_costs(vec![f64::NAN.into()])), refused("X-Costs", "$[0]")),
    ];
    for (found, expected) in cases {
        assert_eq!(found, expected);
    }
}

#[test]
fn unions_take_literals_of_rust() {
    let unions = [NumbersText::from("1.10"), 1.5.into(), 2.into()];
    all(&[
        ("a text or a number", unions.map(|union| encode(&union)).join(" "), r#""1.10" 1.5 2"#),
        ("a date-time or an integer", encode(&DatesEpoch::from("2026-01-31T00:00:00Z")), r#""2026-01-31T00:00:00Z""#),
    ]);
}
