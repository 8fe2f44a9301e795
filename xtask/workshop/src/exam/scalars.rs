//! Candidates for numbers and texts: those at the limits of the schemas, and ordinary ones.

use serde_json::{Number, Value};

use super::cases::Kind;
use super::patterns;
use super::schemas::Schema;

/// The length of a text that is made for a limit.
const MAX_LENGTH: usize = 2_000;

/// Returns numbers between the limits of schemas. The first is the ordinary one. The variation makes it another one, for
/// arrays of unique elements.
pub(super) fn numbers(schemas: &[&Schema], is_integer: bool, variation: usize) -> Vec<(Kind, Value)> {
    let limits = |keyword: &str| schemas.iter().filter_map(|schema| schema.number(keyword)).collect::<Vec<_>>();
    let formats: Vec<&str> = formats(schemas).collect();
    if is_integer { integers(&limits, &formats, variation) } else { fractions(&limits, variation) }
}

type Limits<'l> = dyn Fn(&str) -> Vec<&'l Value> + 'l;

fn integers(limits: &Limits<'_>, formats: &[&str], variation: usize) -> Vec<(Kind, Value)> {
    let rounded = |value: &Value, up: bool| {
        let whole = value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from));
        whole.or_else(|| value.as_f64().map(|value| to_integer(if up { value.ceil() } else { value.floor() })))
    };
    let whole = |value: &Value| value.as_f64().is_some_and(|value| value.fract() == 0.0);
    let low = limits("minimum").into_iter().filter_map(|value| rounded(value, true));
    let above = limits("exclusiveMinimum")
        .into_iter()
        .filter_map(|value| Some(rounded(value, true)? + i128::from(whole(value))));
    let high = limits("maximum").into_iter().filter_map(|value| rounded(value, false));
    let below = limits("exclusiveMaximum")
        .into_iter()
        .filter_map(|value| Some(rounded(value, false)? - i128::from(whole(value))));
    let (low, high) = (low.chain(above).max(), high.chain(below).min());
    let step = limits("multipleOf").into_iter().filter_map(|value| rounded(value, true)).max().unwrap_or(1).max(1);
    let (format_low, format_high) = match formats.first() {
        Some(&"int8") => (i128::from(i8::MIN), i128::from(i8::MAX)),
        Some(&"int16") => (i128::from(i16::MIN), i128::from(i16::MAX)),
        Some(&"int32") => (i128::from(i32::MIN), i128::from(i32::MAX)),
        Some(&"uint8") => (0, i128::from(u8::MAX)),
        Some(&"uint16") => (0, i128::from(u16::MAX)),
        Some(&("uint32" | "uint")) => (0, i128::from(u32::MAX)),
        Some(&"uint64") => (0, i128::from(u64::MAX)),
        _ => (i128::from(i64::MIN), i128::from(i64::MAX)),
    };
    let (bottom, top) = (low.unwrap_or(format_low), high.unwrap_or(format_high.max(low.unwrap_or(0))));
    let (first, last) = (round_up(bottom, step), top - top.rem_euclid(step));
    let near = round_up(1.clamp(bottom, top.max(bottom)), step);
    // The ordinary number is not a limit, if there is another one.
    let near = if low == Some(near) && near + step < last { near + step } else { near };
    let ordinary = near + i128::try_from(variation).unwrap_or(0) * step;
    let mut found = vec![(Kind::Number, ordinary), (Kind::NumberLimit, first), (Kind::NumberLimit, last)];
    // The last one needs more than 32 bits.
    found.extend([0, -step, 7 * step, (5_000_000_000 / step) * step].map(|value| (Kind::Number, value)));
    found.retain(|(_, value)| (bottom..=top).contains(value) && value % step == 0);
    distinct(found.into_iter().filter_map(|(kind, value)| Some((kind, integer(value)?))).collect())
}

fn to_integer(value: f64) -> i128 {
    format!("{value:.0}").parse().unwrap_or(0)
}

fn round_up(value: i128, step: i128) -> i128 {
    value + (step - value.rem_euclid(step)) % step
}

fn integer(value: i128) -> Option<Value> {
    let small = i64::try_from(value).ok().map(Value::from);
    small.or_else(|| u64::try_from(value).ok().map(Value::from))
}

fn fractions(limits: &Limits<'_>, variation: usize) -> Vec<(Kind, Value)> {
    let numbers = |keyword: &str| limits(keyword).into_iter().filter_map(Value::as_f64).collect::<Vec<_>>();
    let greatest = |numbers: Vec<f64>| {
        numbers.into_iter().fold(None, |most: Option<f64>, one| Some(most.map_or(one, |most| most.max(one))))
    };
    let least = |numbers: Vec<f64>| {
        numbers.into_iter().fold(None, |least: Option<f64>, one| Some(least.map_or(one, |least| least.min(one))))
    };
    let (low, above) = (greatest(numbers("minimum")), greatest(numbers("exclusiveMinimum")));
    let (high, below) = (least(numbers("maximum")), least(numbers("exclusiveMaximum")));
    let step = greatest(numbers("multipleOf"));
    let fits = |value: f64| {
        low.is_none_or(|low| value >= low)
            && above.is_none_or(|above| value > above)
            && high.is_none_or(|high| value <= high)
            && below.is_none_or(|below| value < below)
    };
    let middle = match (low.or(above), high.or(below)) {
        (Some(low), Some(high)) => f64::midpoint(low, high),
        (Some(low), None) => low + 1.5,
        (None, Some(high)) => high - 1.5,
        (None, None) => 1.5,
    };
    let variation = f64::from(u32::try_from(variation).unwrap_or(0));
    let mut found: Vec<(Kind, f64)> = match step {
        Some(step) => {
            let start = (low.or(above).unwrap_or(0.0) / step).ceil();
            let steps = [1.0, 0.0, 2.0, 5.0].map(|count| (start + count + variation) * step);
            let end = high.or(below).map(|high| (high / step).floor() * step);
            steps
                .into_iter()
                .map(|value| (Kind::Number, value))
                .chain(end.map(|end| (Kind::NumberLimit, end)))
                .collect()
        }
        None => vec![(Kind::Number, if variation > 0.0 { middle + variation / 8.0 } else { middle })],
    };
    found.extend(low.into_iter().chain(high).map(|limit| (Kind::NumberLimit, limit)));
    found.extend(above.into_iter().map(|limit| (Kind::NumberLimit, limit + 0.001)));
    found.extend(below.into_iter().map(|limit| (Kind::NumberLimit, limit - 0.001)));
    if step.is_none() {
        found.extend([0.0, 2.0, -0.25, 1e21, 1e-7].map(|value| (Kind::Number, value)));
    }
    found.retain(|(_, value)| fits(*value));
    let mut values: Vec<(Kind, Value)> =
        found.into_iter().filter_map(|(kind, value)| Some((kind, Value::Number(Number::from_f64(value)?)))).collect();
    // A number may be written without a fraction.
    if step.is_none() && fits(3.0) {
        values.push((Kind::Number, Value::from(3)));
    }
    distinct(values)
}

/// Returns texts of a length, a pattern and a format. The first is the ordinary one.
pub(super) fn texts(schemas: &[&Schema], variation: usize) -> Vec<(Kind, Value)> {
    let length = |keyword: &str| {
        let numbers = schemas.iter().filter_map(|schema| schema.number(keyword).and_then(Value::as_f64));
        numbers.map(|number| usize::try_from(to_integer(number)).unwrap_or(usize::MAX)).collect::<Vec<_>>()
    };
    let low = length("minLength").into_iter().max().unwrap_or(0);
    let high = length("maxLength").into_iter().min();
    let patterns: Vec<&str> =
        schemas.iter().filter_map(|schema| schema.keywords.get("pattern").and_then(Value::as_str)).collect();
    let fits = |text: &str| {
        let count = text.chars().count();
        count >= low && high.is_none_or(|high| count <= high)
    };
    let mut found: Vec<(Kind, String)> = Vec::new();
    for pattern in &patterns {
        for further in [0, 1, 2, 3, 6, 12, 24, 60] {
            found.extend(patterns::matching(pattern, further, variation).map(|text| (Kind::Pattern, text)));
        }
        found.extend(
            (0..3).filter_map(|further| Some((Kind::Pattern, patterns::matching(pattern, further, variation + 1)?))),
        );
    }
    for format in formats(schemas) {
        found.extend(samples(format, variation).into_iter().map(|text| (Kind::Format, text)));
    }
    if found.is_empty() {
        let ordinary = if variation == 0 { String::from("text") } else { format!("text {variation}") };
        let cut = |text: String| high.map_or(text.clone(), |high| text.chars().take(high).collect());
        found.push((Kind::Text, padded(cut(ordinary), low)));
        if variation > 0 {
            found.push((Kind::Text, padded(cut(variation.to_string()), low)));
        }
        let limits = [low, high.unwrap_or(low)].into_iter().filter(|length| *length <= MAX_LENGTH);
        let limits = limits.filter(|length| *length > 0 && *length == low || Some(*length) == high);
        found.extend(limits.map(|length| (Kind::LengthLimit, "x".repeat(length))));
        found.extend(
            ["", "é漢😀", "a \"quoted\" \\ line\n\ttab"].map(|text| (Kind::Text, padded(cut(text.to_owned()), low))),
        );
    }
    if found.iter().any(|(_, text)| fits(text)) {
        found.retain(|(_, text)| fits(text));
    }
    found.truncate(12);
    distinct(found.into_iter().map(|(kind, text)| (kind, Value::String(text))).collect())
}

fn padded(mut text: String, length: usize) -> String {
    let missing = length.saturating_sub(text.chars().count()).min(MAX_LENGTH);
    text.extend(std::iter::repeat_n('x', missing));
    text
}

fn formats<'s>(schemas: &'s [&Schema]) -> impl Iterator<Item = &'s str> {
    schemas.iter().filter_map(|schema| schema.keywords.get("format").and_then(Value::as_str))
}

fn samples(format: &str, variation: usize) -> Vec<String> {
    let number = variation % 10;
    let texts: &[&str] = match format {
        "date-time" => &["2024-02-2NT12:30:00Z", "1999-12-31T23:59:5N.123456+05:30", "2024-02-2NT12:30:00.5-00:00"],
        "date" => &["2024-02-2N", "1970-01-1N"],
        "time" => &["12:30:0NZ", "23:59:5N.25+01:00"],
        "duration" => &["P1DTNS", "PNW"],
        "email" | "idn-email" => &["n.N@zoo.test"],
        "hostname" | "idn-hostname" => &["nN.zoo.test"],
        "ipv4" => &["192.0.2.N"],
        "ipv6" => &["2001:db8::N"],
        "uri" | "iri" | "url" => &["https://zoo.test/N?a=%20#b"],
        "uri-reference" | "iri-reference" => &["/zoos/N", "https://zoo.test/N"],
        "uri-template" => &["/zoos/{zoo}/N"],
        "uuid" => &["3f2504e0-4f89-41d3-9a0c-0305e82c330N", "3F2504E0-4F89-41D3-9A0C-0305E82C330N"],
        "json-pointer" => &["/a/N"],
        "relative-json-pointer" => &["N/a"],
        "regex" => &["^aN+$"],
        "byte" | "base64" => &["aGVsbG8gdGhlcmUN", "aGk="],
        _ => return Vec::new(),
    };
    texts.iter().map(|text| text.replace('N', &number.to_string())).collect()
}

fn distinct(found: Vec<(Kind, Value)>) -> Vec<(Kind, Value)> {
    let mut kept: Vec<(Kind, Value)> = Vec::new();
    for one in found {
        if !kept.iter().any(|earlier| earlier.1 == one.1) {
            kept.push(one);
        }
    }
    kept
}
