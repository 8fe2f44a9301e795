//! Scalars: strings, numbers and booleans within their limits.

use octogen_runtime::{Number, Value};

use super::parts::Parts;

/// A date and a time.
pub(super) const TIMESTAMP: &str = "2024-02-29T12:30:45Z";

/// A day.
pub(super) const DATE: &str = "2024-02-29";

/// Texts of formats.
const FORMATS: [(&str, &str); 14] = [
    ("date-time", TIMESTAMP),
    ("date", DATE),
    ("time", "12:30:45Z"),
    ("duration", "P1DT2H"),
    ("email", "cat@example.com"),
    ("hostname", "example.com"),
    ("ipv4", "192.0.2.1"),
    ("ipv6", "2001:db8::1"),
    ("uri", "https://example.com/cats"),
    ("url", "https://example.com/cats"),
    ("uri-reference", "/cats"),
    ("uuid", "01234567-89ab-4def-8123-456789abcdef"),
    ("byte", "Y2F0"),
    ("json-pointer", "/cats/0"),
];

/// The longest text that is made.
const MAX_LENGTH: usize = 4096;

/// Makes a string within its limits. With a pattern, only an example or a default is known to fit.
pub(super) fn string(parts: &Parts<'_>, is_maximal: bool) -> Option<Value> {
    let (least, most) = parts.counts("minLength", "maxLength");
    let fits = |text: &str| {
        let length = text.chars().count();
        least <= length && most.is_none_or(|most| length <= most)
    };
    let text = |text: &str| fits(text).then(|| Value::String(text.to_owned()));
    if parts.has("pattern") {
        let listed = parts.keyword("examples").filter_map(|examples| examples.as_array()?.first());
        let stated = parts.keyword("example").chain(listed).chain(parts.keyword("default"));
        return stated.filter_map(Value::as_str).find_map(text);
    }
    let format = parts.schemas.iter().find_map(|schema| schema.format);
    if let Some((_, of_format)) = FORMATS.iter().find(|(name, _)| Some(*name) == format) {
        return text(of_format);
    }
    let usual = if is_maximal { "A text with \"signs\": é, \u{1f408}." } else { "text" };
    if fits(usual) {
        return text(usual);
    }
    (least <= MAX_LENGTH).then(|| Value::String("x".repeat(least.max(usize::from(most != Some(0))))))
}

/// Makes an integer within its limits: the least, or the greatest.
pub(super) fn integer(parts: &Parts<'_>, is_maximal: bool) -> Option<Value> {
    let (least, most) = limits(parts, 1.0)?;
    let (least, most) = (least.map(f64::ceil), most.map(f64::floor));
    let wanted = within(if is_maximal { 42.0 } else { 0.0 }, least, most)?;
    let wanted = match parts.keyword("multipleOf").next().and_then(as_f64) {
        Some(step) if step.fract() == 0.0 && step > 0.0 => (wanted / step).floor() * step,
        Some(_) => return None,
        None => wanted,
    };
    let fits = within(wanted, least, most) == Some(wanted) && wanted.abs() < 9e15;
    // Adding zero turns a negative zero into a positive one.
    let text = format!("{:.0}", wanted + 0.0);
    fits.then(|| octogen_runtime::decode(text.as_bytes()).ok().map(Value::Number)).flatten()
}

/// Makes a number within its limits.
pub(super) fn number(parts: &Parts<'_>, is_maximal: bool) -> Option<Value> {
    if parts.has("multipleOf") {
        return integer(parts, is_maximal);
    }
    let (least, most) = limits(parts, 0.25)?;
    let wanted = within(if is_maximal { 1.5 } else { 0.0 }, least, most)?;
    Number::from_f64(wanted).map(Value::Number)
}

/// Returns the limits of a number. An exclusive limit moves inwards by a step. Returns `None` if a limit is not a number.
fn limits(parts: &Parts<'_>, step: f64) -> Option<(Option<f64>, Option<f64>)> {
    let mut limits = (None::<f64>, None::<f64>);
    for schema in &parts.schemas {
        let own = |keyword: &str| schema.node.value.get(keyword).map(|value| as_f64(value).ok_or(()));
        let is_exclusive = |keyword: &str| schema.node.value.get(keyword).and_then(Value::as_bool) == Some(true);
        let mut least: Option<f64> = own("minimum").transpose().ok()?;
        let mut most: Option<f64> = own("maximum").transpose().ok()?;
        // Version 3.0 has booleans beside the limits, and 3.1 has numbers.
        if is_exclusive("exclusiveMinimum") {
            least = least.map(|limit| limit + step);
        } else if let Some(limit) = schema.node.value.get("exclusiveMinimum").and_then(as_f64) {
            least = Some(least.map_or(limit + step, |least| least.max(limit + step)));
        }
        if is_exclusive("exclusiveMaximum") {
            most = most.map(|limit| limit - step);
        } else if let Some(limit) = schema.node.value.get("exclusiveMaximum").and_then(as_f64) {
            most = Some(most.map_or(limit - step, |most| most.min(limit - step)));
        }
        limits.0 = limits.0.into_iter().chain(least).reduce(f64::max);
        limits.1 = limits.1.into_iter().chain(most).reduce(f64::min);
    }
    Some(limits)
}

/// Moves a number between its limits.
fn within(number: f64, least: Option<f64>, most: Option<f64>) -> Option<f64> {
    let number = least.map_or(number, |least| number.max(least));
    let number = most.map_or(number, |most| number.min(most));
    least.is_none_or(|least| least <= number).then_some(number)
}

fn as_f64(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_str().parse().ok().filter(|number: &f64| number.is_finite()),
        _ => None,
    }
}
