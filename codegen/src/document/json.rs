//! Reads JSON into values, and finds keys that an object has more than once.

use octogen_runtime::{DecodeError, JsonType, Map, Reader, Slot, Value};

/// A key that its object has already.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct DuplicateKey {
    /// The byte offset of the key in the text.
    pub(super) offset: usize,
    /// The key.
    pub(super) key: String,
}

/// Reads a whole JSON text. The last value of a duplicate key is read.
pub(super) fn read_json(text: &str) -> Result<(Value, Vec<DuplicateKey>), DecodeError> {
    let mut duplicates = Vec::new();
    let mut reader = Reader::new(text.as_bytes())?;
    let value = read_value(text, &mut reader, &mut duplicates)?;
    reader.end()?;
    duplicates.sort_by_key(|duplicate| duplicate.offset);
    Ok((value, duplicates))
}

/// Reads the next value. The recursion is bounded, because the reader refuses JSON with more than 127 levels.
fn read_value(text: &str, reader: &mut Reader<'_>, duplicates: &mut Vec<DuplicateKey>) -> Result<Value, DecodeError> {
    Ok(match reader.peek()? {
        JsonType::Array => {
            let mut items = Vec::new();
            reader.begin_array()?;
            while reader.next_item(items.is_empty())? {
                items.push(read_value(text, reader, duplicates)?);
            }
            Value::Array(items)
        }
        JsonType::Object => {
            let mut entries = Map::new();
            reader.begin_object()?;
            let mut end_of_last = reader.offset();
            while let Some(key) = reader.next_key(entries.is_empty())? {
                let key = key.into_owned();
                let value = read_value(text, reader, duplicates)?;
                let (index, replaced) = entries.insert_full(key, value);
                if replaced.is_some()
                    && let Some((key, _)) = entries.get_index(index)
                {
                    // Only white space and a comma are before the key.
                    let offset = end_of_last + text[end_of_last..].find('"').unwrap_or_default();
                    duplicates.push(DuplicateKey { offset, key: key.clone() });
                }
                end_of_last = reader.offset();
            }
            Value::Object(entries)
        }
        _ => {
            let mut scalar = Value::Null;
            scalar.decode(reader)?;
            scalar
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duplicate_key_has_the_offset_of_the_later_one() {
        let cases: [(&str, &[(usize, &str)]); 5] = [
            (r#"{"a": 1, "b": {"a": 2}}"#, &[]),
            (r#"{"a": 1, "b": [{"a": 2 , "a": 3}]}"#, &[(25, "a")]),
            ("{\"a\":1,\"\\u0061\":2}", &[(7, "a")]),
            (r#"{"a":1,"a":{"b":1,"b":2},"b":3}"#, &[(7, "a"), (18, "b")]),
            (r#"{"a":1,"a":2,"a":3}"#, &[(7, "a"), (13, "a")]),
        ];
        for (text, expected) in cases {
            let found = read_json(text).map(|(_, found)| found).unwrap_or_default();
            let expected: Vec<_> =
                expected.iter().map(|(offset, key)| DuplicateKey { offset: *offset, key: (*key).to_owned() }).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_value_is_read_as_the_runtime_reads_it() {
        let texts = [
            "null",
            " [true, false, 1.10, 12345678901234567890, \"\\u00e9\\n\"] ",
            r#"{"b": {"c": [[], {}]}, "a": 1, "b": 2}"#,
            "[1,]",
            "{\"a\":}",
            "1 2",
            "",
        ];
        for text in texts {
            let read = read_json(text).map(|(value, _)| value);
            let decoded = octogen_runtime::decode::<Value>(text.as_bytes());
            assert_eq!(read.as_ref().ok(), decoded.as_ref().ok(), "{text}");
            assert_eq!(read.err().map(|error| error.offset()), decoded.err().map(|error| error.offset()), "{text}");
        }
    }
}
