//! Recorded payloads, beside those of the document.

use octogen_runtime::{Value, decode};

use crate::diagnostic::{Code, Diagnostics, Place, Spot};
use crate::ir::{Api, Example, ExampleRole, ExampleSource, Status, TypeRef};

/// A recorded payload: the text of a JSON file that the user captured from the real service, beside the examples of the
/// document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The path within the folder of the recorded payloads, with `/` between its segments. It names the owner of the
    /// payload: `EVENT/NAME.json` for a webhook, `OPERATION/request….json` or `OPERATION/STATUS….json` for an operation.
    pub path: String,
    /// The payload.
    pub text: String,
}

/// Adds recorded payloads to those of the document. Their paths name the operation or the webhook.
pub(super) fn add_recorded(api: &mut Api, recorded: &[Recorded], diagnostics: &mut Diagnostics) {
    for one in recorded {
        let place = || Place { file: one.path.clone(), spot: Spot::File };
        let value: Value = match decode(one.text.as_bytes()) {
            Ok(value) => value,
            Err(error) => {
                diagnostics.warn(
                    Code::InvalidEvidence,
                    place(),
                    format!("the payload is not JSON: {error}"),
                    "octogen ignores the payload; correct its JSON",
                );
                continue;
            }
        };
        let Some((owner, role, ty)) = event(api, one, &value).or_else(|| operation(api, one)) else {
            let message = "the path names no webhook and no operation of the document";
            let help = "octogen ignores the payload; name its file `EVENT/NAME.json` or `OPERATION/STATUS.json`";
            diagnostics.warn(Code::UnmatchedRecording, place(), message, help);
            continue;
        };
        let name = one.path.strip_suffix(".json").unwrap_or(&one.path).to_owned();
        let place = Place { file: one.path.clone(), spot: Spot::Pointer(String::new()) };
        let properties = Vec::new();
        api.examples.push(Example { owner, role, name, ty, value, place, properties, source: ExampleSource::Recorded });
    }
}

/// Finds the webhook of an event: by the event and the action in the payload, by the event alone, or the only webhook whose
/// name starts with the event.
fn event(api: &Api, one: &Recorded, value: &Value) -> Option<(String, ExampleRole, TypeRef)> {
    let event = words(one.path.split_once('/')?.0);
    let action = value.get("action").and_then(Value::as_str).map(|action| words(&format!("{event} {action}")));
    let named = |wanted: &str| api.webhooks.iter().find(|webhook| words(&webhook.name) == wanted);
    let mut starting = api.webhooks.iter().filter(|webhook| words(&webhook.name).starts_with(&format!("{event} ")));
    let only = || match (starting.next(), starting.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    };
    let found = action.and_then(|action| named(&action)).or_else(|| named(&event)).or_else(only)?;
    Some((found.name.clone(), ExampleRole::Request(String::new()), found.payload?))
}

/// Finds the request or the response of an operation.
fn operation(api: &Api, one: &Recorded) -> Option<(String, ExampleRole, TypeRef)> {
    let (id, file) = one.path.rsplit_once('/')?;
    let operation = api.operations.iter().find(|operation| operation.id == id)?;
    let status: String = file.chars().take_while(char::is_ascii_digit).collect();
    if file.starts_with("request") {
        let ty = operation.body.as_ref()?.contents.first()?.kind.ty()?;
        return Some((operation.id.clone(), ExampleRole::Request(String::new()), ty));
    }
    let code: u16 = status.parse().ok()?;
    let fits = |status: Status| match status {
        Status::Code(one) => one == code,
        Status::Range(digit) => u16::from(digit) == code / 100,
        Status::Default => true,
    };
    let of_code = operation.responses.iter().find(|response| response.status == Status::Code(code));
    let response = of_code.or_else(|| operation.responses.iter().find(|response| fits(response.status)))?;
    let ty = response.content?.ty()?;
    Some((operation.id.clone(), ExampleRole::Response(response.status, String::new()), ty))
}

/// Splits a name into its words.
fn words(name: &str) -> String {
    let split = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    split.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
