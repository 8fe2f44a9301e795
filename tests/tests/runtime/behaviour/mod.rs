//! Behaviour of emitted code beyond round trips: each table has a title, the result, and the result that
//! is expected.

mod constants;
mod exchanges;
mod models;
mod numbers;
mod values;

use octogen_runtime::{Operation, Request, Slot, decode, encode};

/// A case: its title, the result, and the expected result.
type Case<'a> = (&'a str, String, &'a str);

fn all(cases: &[Case<'_>]) {
    let wrong = cases.iter().filter(|(_, found, expected)| found != expected);
    let wrong: Vec<String> =
        wrong.map(|(asked, found, expected)| format!("{asked}\n  {found}\n  {expected}")).collect();
    assert!(wrong.is_empty(), "asked, found, expected:\n{}", wrong.join("\n"));
}

/// The decoded value as `Debug` shows it, or why it is refused.
fn printed<T: Slot>(json: &str) -> String {
    match decode::<T>(json.as_bytes()) {
        Ok(value) => format!("{value:?}"),
        Err(error) => error.to_string(),
    }
}

/// The value as it is written again, or why it is refused.
fn back<T: Slot>(json: &str) -> String {
    match decode::<T>(json.as_bytes()) {
        Ok(value) => encode(&value),
        Err(error) => error.to_string(),
    }
}

/// A request on a few lines: method and path, query, headers, body.
fn written(operation: &impl Operation) -> String {
    match operation.request() {
        Ok(request) => lines(&request),
        Err(error) => error.to_string(),
    }
}

fn lines(request: &Request) -> String {
    let mut lines = vec![format!("{} {}", request.method, request.path)];
    lines.extend(request.query.iter().map(|(name, value)| format!("?{name}={value}")));
    lines.extend(request.headers.iter().map(|(name, value)| format!("{name}: {value}")));
    if let Some(body) = &request.body {
        lines.push(format!("{} = {}", body.media_type(), String::from_utf8_lossy(&body.bytes().unwrap())));
    }
    lines.join(" | ")
}
