//! Checks one documented payload with a round trip.

use octogen_runtime::{Map, Number, Slot, Value, decode, encode};

use crate::json::same;

/// Decodes a documented payload, encodes it again and compares the two texts, both ways; the decoded value is a
/// snapshot, so that an unknown variant or a field that stayed empty shows, and how much of it has no type.
///
/// # Panics
///
/// If the payload does not come back as it was.
pub fn check<T: Slot>(title: &str, payload: &str) {
    let value: T = decode(payload.as_bytes()).unwrap_or_else(|error| panic!("{title} does not decode: {error}"));
    let back = encode(&value);
    if let Err(difference) = same(payload, &back) {
        panic!("{title} does not come back as it was: {difference}");
    }
    let again: T = decode(back.as_bytes()).unwrap_or_else(|error| panic!("{title} does not decode again: {error}"));
    assert!(value.equals(&again), "{title} is another value after a round trip");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/round_trips");
    settings.set_prepend_module_to_snapshot(false);
    let (plain, leaves) = plain::<T>(payload);
    let note = if plain == 0 { String::new() } else { format!("\nplain JSON: {plain} of {leaves} leaves") };
    settings.bind(|| insta::assert_snapshot!(snapshot_name(title), format!("{value:#?}{note}")));
}

/// Decodes a value of a schema, encodes it again and compares the two texts.
///
/// # Panics
///
/// If the value does not come back as it was.
pub fn check_value<T: Slot>(title: &str, json: &str) {
    let value: T = decode(json.as_bytes()).unwrap_or_else(|error| panic!("{title} does not decode: {error}"));
    if let Err(difference) = same(json, &encode(&value)) {
        panic!("{title} does not come back as it was: {difference}");
    }
}

/// How many leaves are held as plain JSON, and how many there are, found out by trying: such a leaf can be anything, and
/// nothing becomes unknown by it.
fn plain<T: Slot>(payload: &str) -> (usize, usize) {
    let Ok(value) = decode::<Value>(payload.as_bytes()) else {
        return (0, 0);
    };
    // The variant for any JSON, documented or not; an enum's unknown value is a text.
    let unknown = |read: &T| {
        let [unknown, texts, any] = count(read, ["Unknown(", "Unknown(\"", "Any("]);
        unknown - texts + any
    };
    // A value that leaves its field becomes `None`, `Absent`, or an undeclared key in a `Value(…)`.
    let filled = |read: &T| count(read, ["None", "Absent", "Value("]);
    let Ok((known, full)) = decode::<T>(payload.as_bytes()).map(|read| (unknown(&read), filled(&read))) else {
        return (0, 0);
    };
    let mut paths = Vec::new();
    leaves(&value, &mut Vec::new(), &mut paths);
    let can_be = |path: &[usize], other: &Value| {
        let mut value = value.clone();
        *at(&mut value, path) = other.clone();
        let text = encode(&value);
        let Ok(read) = decode::<T>(text.as_bytes()) else {
            return false;
        };
        // A discriminator value can be anything as well, but the value around it is of an unknown variant then.
        let is_there = *other == Value::Null || unknown(&read) < known || filled(&read) == full;
        same(&text, &encode(&read)).is_ok() && unknown(&read) <= known && is_there
    };
    let anything = [
        Value::Null,
        Value::Boolean(true),
        Value::Number(Number::from(17)),
        Value::String("anything".to_owned()),
        Value::Array(Vec::new()),
        Value::Object(Map::new()),
    ];
    let plain = paths.iter().filter(|path| anything.iter().all(|other| can_be(path, other))).count();
    (plain, paths.len())
}

fn count<T: Slot>(read: &T, words: [&str; 3]) -> [usize; 3] {
    let printed = format!("{read:?}");
    words.map(|word| printed.matches(word).count())
}

/// The ways to all scalars and to all arrays and objects that are empty.
fn leaves(value: &Value, way: &mut Vec<usize>, found: &mut Vec<Vec<usize>>) {
    let within: Vec<&Value> = match value {
        Value::Array(items) => items.iter().collect(),
        Value::Object(entries) => entries.values().collect(),
        _ => Vec::new(),
    };
    if within.is_empty() {
        found.push(way.clone());
    }
    for (index, value) in within.into_iter().enumerate() {
        way.push(index);
        leaves(value, way, found);
        way.pop();
    }
}

fn at<'v>(value: &'v mut Value, way: &[usize]) -> &'v mut Value {
    let Some((first, rest)) = way.split_first() else {
        return value;
    };
    match value {
        Value::Array(items) => at(&mut items[*first], rest),
        Value::Object(entries) => at(&mut entries[*first], rest),
        other => other,
    }
}

fn snapshot_name(title: &str) -> String {
    let thread = std::thread::current();
    // Tests of one name in several generations have the module in the name of their thread.
    let test = thread.name().unwrap_or(title);
    test.replace("::", "__")
}
