//! Changes a document so that it remains JSON: parts move, disappear, or become keywords.

mod dice;

use octogen_runtime::{Value, decode, encode};

use dice::Dice;

/// The words that damaged bytes are made of as well.
const WORDS: &str = include_str!("../../words.dict");

/// The path to a value: the index of the entry or element at each step.
type Way = Vec<usize>;

/// Returns the document with up to four changes, or `None` if the bytes are not JSON.
pub fn changed(json: &[u8], seed: u32) -> Option<String> {
    let mut root: Value = decode(json).ok()?;
    let mut dice = Dice::new(seed);
    for _ in 0..=dice.below(4) {
        change(&mut root, &mut dice);
    }
    Some(encode(&root))
}

fn change(root: &mut Value, dice: &mut Dice) {
    let ways = ways(root);
    let other = &ways[dice.below(ways.len())];
    let part = match dice.below(4) {
        0 => Value::Object([(String::from("$ref"), Value::String(pointer(root, other)))].into_iter().collect()),
        1 => word(dice).1,
        _ => at(root, other).clone(),
    };
    let key = key(root, &ways, dice);
    let Some(place) = at_mut(root, &ways[dice.below(ways.len())]) else { return };
    let which = dice.below(4);
    match place {
        Value::Object(entries) if which < 3 && !entries.is_empty() => {
            let index = dice.below(entries.len());
            match which {
                0 => drop(entries.shift_remove_index(index)),
                1 => drop(entries.insert(key, part)),
                _ => {
                    let (_, value) = entries.shift_remove_index(index).unwrap_or_default();
                    entries.shift_remove(&key);
                    entries.shift_insert(index.min(entries.len()), key, value);
                }
            }
        }
        Value::Array(items) if which < 3 && !items.is_empty() => {
            let index = dice.below(items.len());
            match which {
                0 => drop(items.remove(index)),
                _ => items.insert(index, part),
            }
        }
        place => *place = part,
    }
}

/// A key of the document itself, or a word.
fn key(root: &Value, ways: &[Way], dice: &mut Dice) -> String {
    let (key, value) = word(dice);
    match (at(root, &ways[dice.below(ways.len())]), value) {
        (Value::Object(entries), _) if !entries.is_empty() && dice.below(2) == 0 => {
            entries.get_index(dice.below(entries.len())).map_or(key, |(key, _)| key.clone())
        }
        (_, Value::String(text)) if key.is_empty() => text,
        _ => key,
    }
}

/// Returns a random word of the list: a key, which can be empty, and a value.
fn word(dice: &mut Dice) -> (String, Value) {
    let words: Vec<&str> = WORDS.lines().filter_map(|line| line.strip_prefix('"')?.strip_suffix('"')).collect();
    let word = words[dice.below(words.len())];
    let (key, value) = word.split_once(':').unwrap_or(("", word));
    let value = value.trim().trim_matches('\'');
    (key.to_owned(), decode(value.as_bytes()).unwrap_or_else(|_| Value::String(value.to_owned())))
}

/// Returns the paths to all values, the outermost first.
fn ways(root: &Value) -> Vec<Way> {
    let mut found = vec![Way::new()];
    let mut next = 0;
    while let Some(way) = found.get(next).cloned() {
        let children = match at(root, &way) {
            Value::Array(items) => items.len(),
            Value::Object(entries) => entries.len(),
            _ => 0,
        };
        found.extend((0..children).map(|child| [way.as_slice(), &[child]].concat()));
        next += 1;
    }
    found
}

fn at<'a>(root: &'a Value, way: &[usize]) -> &'a Value {
    way.iter().fold(root, |value, &step| match value {
        Value::Array(items) => &items[step],
        Value::Object(entries) => &entries[step],
        scalar => scalar,
    })
}

fn at_mut<'a>(root: &'a mut Value, way: &[usize]) -> Option<&'a mut Value> {
    way.iter().try_fold(root, |value, &step| match value {
        Value::Array(items) => items.get_mut(step),
        Value::Object(entries) => entries.get_index_mut(step).map(|(_, value)| value),
        _ => None,
    })
}

/// Returns the path as a JSON pointer.
fn pointer(root: &Value, way: &[usize]) -> String {
    let steps = (0..way.len()).map(|end| match at(root, &way[..end]) {
        Value::Object(entries) => {
            let (key, _) = entries.get_index(way[end]).unzip();
            format!("/{}", key.map_or("", String::as_str).replace('~', "~0").replace('/', "~1"))
        }
        _ => format!("/{}", way[end]),
    });
    format!("#{}", steps.collect::<String>())
}
