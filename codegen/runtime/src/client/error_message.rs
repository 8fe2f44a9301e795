//! The message for people in the body of an error response.

use crate::codec::{Value, decode, encode};

/// The keys of messages for people, in the order in which they are looked for. Problem documents (RFC 9457) have
/// `detail` and `title`, and validation errors of frameworks have `msg`.
const MESSAGE_KEYS: [&str; 8] = [
    "message",
    "error_description",
    "detail",
    "title",
    "msg",
    "error",
    "errors",
    "reason",
];

/// The maximum depth of a message within an error body.
const MAX_MESSAGE_DEPTH: usize = 4;

/// The maximum number of messages of a list that an error prints.
const MAX_MESSAGES: usize = 3;

/// Returns the message of an error body in JSON.
pub(crate) fn read_message(body: &[u8]) -> Option<String> {
    let body: Value = decode(body).ok()?;
    body.as_object()?;
    message_of(&body, MAX_MESSAGE_DEPTH)
}

/// Returns the message for people in a value of an error body. Each message of a list begins with its location.
fn message_of(value: &Value, depth: usize) -> Option<String> {
    let depth = depth.checked_sub(1)?;
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        Value::Array(items) => {
            let messages = items.iter().filter_map(|item| message_of(item, depth));
            let messages: Vec<String> = messages.take(MAX_MESSAGES).collect();
            (!messages.is_empty()).then(|| messages.join("; "))
        }
        Value::Object(_) => {
            let keys = MESSAGE_KEYS.iter();
            let text = keys
                .filter_map(|key| value.get(key))
                .find_map(|found| message_of(found, depth))?;
            let location = value.get("loc").and_then(Value::as_array).map(location);
            Some(location.map_or(text.clone(), |location| format!("{location}: {text}")))
        }
        _ => None,
    }
}

/// Returns the location of a validation error, such as `body.items.0`.
fn location(steps: &[Value]) -> String {
    let step = |step: &Value| step.as_str().map_or_else(|| encode(step), str::to_owned);
    steps.iter().map(step).collect::<Vec<_>>().join(".")
}
