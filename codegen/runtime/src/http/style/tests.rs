use super::{Style, escape_non_ascii};
use crate::codec::{DecodeError, Value, decode};

const SCALAR: &str = r#""a b/é""#;
const ARRAY: &str = r#"["blue","a,b"]"#;
const OBJECT: &str = r#"{"R":100,"g h":"x"}"#;

fn value(json: &str) -> Result<Value, DecodeError> {
    decode(json.as_bytes())
}

#[test]
fn path_styles() -> Result<(), DecodeError> {
    let cases = [
        (Style::SIMPLE, SCALAR, "a%20b%2F%C3%A9"),
        (Style::SIMPLE, ARRAY, "blue,a%2Cb"),
        (Style::SIMPLE, OBJECT, "R,100,g%20h,x"),
        (Style::SIMPLE.exploded(), OBJECT, "R=100,g%20h=x"),
        (Style::SIMPLE.segmented(), SCALAR, "a%20b/%C3%A9"),
        (Style::SIMPLE, "null", ""),
        (Style::SIMPLE, "[]", ""),
        (Style::LABEL, ARRAY, ".blue,a%2Cb"),
        (Style::LABEL.exploded(), ARRAY, ".blue.a%2Cb"),
        (Style::LABEL.exploded(), OBJECT, ".R=100.g%20h=x"),
        (Style::MATRIX, ARRAY, ";n%20m=blue,a%2Cb"),
        (Style::MATRIX.exploded(), ARRAY, ";n%20m=blue;n%20m=a%2Cb"),
        (Style::MATRIX, OBJECT, ";n%20m=R,100,g%20h,x"),
        (Style::MATRIX.exploded(), OBJECT, ";R=100;g%20h=x"),
        (Style::MATRIX, r#""""#, ";n%20m"),
        (Style::JSON, ARRAY, "%5B%22blue%22%2C%22a%2Cb%22%5D"),
    ];
    for (style, json, expected) in cases {
        assert_eq!(
            style.in_path("n m", &value(json)?),
            expected,
            "{style:?} of {json}"
        );
    }
    Ok(())
}

#[test]
fn query_styles() -> Result<(), DecodeError> {
    let cases = [
        (Style::FORM, SCALAR, "n%20m=a%20b%2F%C3%A9"),
        (Style::FORM.reserved(), SCALAR, "n%20m=a%20b/%C3%A9"),
        (Style::FORM, ARRAY, "n%20m=blue,a%2Cb"),
        (Style::FORM.exploded(), ARRAY, "n%20m=blue&n%20m=a%2Cb"),
        (Style::FORM, OBJECT, "n%20m=R,100,g%20h,x"),
        (Style::FORM.exploded(), OBJECT, "R=100&g%20h=x"),
        (Style::FORM, "[]", ""),
        (Style::SPACE_DELIMITED, ARRAY, "n%20m=blue%20a%2Cb"),
        (Style::PIPE_DELIMITED, ARRAY, "n%20m=blue%7Ca%2Cb"),
        (
            Style::DEEP_OBJECT,
            OBJECT,
            "n%20m%5BR%5D=100&n%20m%5Bg%20h%5D=x",
        ),
        (
            Style::DEEP_OBJECT,
            r#"{"a":[1,{"b":2}]}"#,
            "n%20m%5Ba%5D%5B0%5D=1&n%20m%5Ba%5D%5B1%5D%5Bb%5D=2",
        ),
        (Style::JSON, "[1]", "n%20m=%5B1%5D"),
    ];
    for (style, json, expected) in cases {
        let pairs = style.in_query("n m", &value(json)?);
        let text: Vec<_> = pairs
            .iter()
            .map(|(name, text)| format!("{name}={text}"))
            .collect();
        assert_eq!(text.join("&"), expected, "{style:?} of {json}");
    }
    Ok(())
}

#[test]
fn header_and_cookie_styles() -> Result<(), DecodeError> {
    assert_eq!(
        Style::SIMPLE.in_header(&value(ARRAY)?).as_deref(),
        Some("blue,a,b")
    );
    assert_eq!(
        Style::SIMPLE
            .exploded()
            .in_header(&value(OBJECT)?)
            .as_deref(),
        Some("R=100,g h=x")
    );
    assert_eq!(Style::SIMPLE.in_header(&value("{}")?), None);
    assert_eq!(
        Style::JSON.in_header(&value(r#""é😀""#)?).as_deref(),
        Some(r#""\u00e9\ud83d\ude00""#)
    );
    assert_eq!(
        Style::FORM.in_cookie("n m", &value(SCALAR)?),
        [("n m".into(), "a%20b%2F%C3%A9".into())]
    );
    assert_eq!(escape_non_ascii("a\u{7f}"), "a\u{7f}");
    Ok(())
}

#[cfg(feature = "client")]
#[test]
fn simple_texts_are_read_back() {
    use super::parse_simple;

    assert_eq!(parse_simple("7").ok(), Some(7_i64));
    assert_eq!(parse_simple("7").ok(), Some(String::from("7")));
    assert_eq!(parse_simple("true").ok(), Some(true));
    assert_eq!(
        parse_simple("a, b,").ok(),
        Some(vec![String::from("a"), String::from("b")])
    );
    assert_eq!(parse_simple("1,2").ok(), Some(vec![1_i64, 2]));
    assert!(parse_simple::<i64>("x").is_err());
}
