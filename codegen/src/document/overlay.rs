//! Overlays change a document before octogen reads it, by the OpenAPI Overlay Specification 1.0.
//!
//! <https://spec.openapis.org/overlay/v1.0.0.html>

use octogen_runtime::Value;

use super::json_path::{JsonPath, Location};
use super::parse::parse;
use super::read::{OpenApiObject, Text, object};
use super::{File, Node};
use crate::diagnostic::{Code, Diagnostics};
use crate::source::Source;

const USAGE: &str = "write `overlay: 1.0.0`, and `actions` with a `target` and an `update` or `remove: true`";

/// The maximum number of nested arrays and objects that a document can have. Functions that recurse over a document
/// rely on it.
const MAX_LEVELS: usize = 127;
/// The maximum number of values that overlays can add: an action whose target selects what an earlier action added can
/// double a document.
const MAX_VALUES: usize = 1_000_000;

object! {
    /// An overlay document, parsed into typed fields: a list of changes to apply to the entry file of an OpenAPI
    /// document before any other stage reads it. <https://spec.openapis.org/overlay/v1.0.0.html>
    pub struct Overlay<'a>: "an overlay" {
        "overlay" => version: Option<&'a str>,
        "info",
        "extends",
        "actions" => actions: Vec<Action<'a>>,
    }
}

object! {
    /// An action object of an overlay, parsed into typed fields: a JSONPath that selects values of the OpenAPI
    /// document, and whether to update or to remove them.
    pub struct Action<'a>: "an action" {
        "target" => target: Option<Text<'a>>,
        "description",
        "update" => update: Option<Node<'a>>,
        "remove" => remove: bool,
    }
}

/// Applies the overlays in their order. An action that cannot be applied is an error.
pub(super) fn apply_overlays(document: &mut File, overlays: &[Source], diagnostics: &mut Diagnostics) {
    if overlays.is_empty() {
        return;
    }
    let mut budget = MAX_VALUES;
    for overlay in overlays {
        if let Some(overlay) = parse(overlay, diagnostics) {
            apply_overlay(document, &overlay, &mut budget, diagnostics);
        }
    }
}

fn apply_overlay(document: &mut File, file: &File, budget: &mut usize, diagnostics: &mut Diagnostics) {
    let overlay = Overlay::read_fields(file.node(), diagnostics);
    if !overlay.version.is_some_and(|version| version.starts_with("1.")) {
        diagnostics.error(
            Code::InvalidOverlay,
            overlay.node.place(),
            format!("`{}` is not an overlay of version 1", file.path),
            USAGE,
        );
        return;
    }
    if overlay.actions.is_empty() {
        diagnostics.error(Code::InvalidOverlay, overlay.node.place(), "the overlay has no actions", USAGE);
    }
    for action in overlay.actions {
        let Some(target) = &action.target else {
            diagnostics.error(Code::InvalidOverlay, action.node.place(), "the action has no `target`", USAGE);
            continue;
        };
        let Some(path) = parse_target(target, diagnostics) else { continue };
        let found = path.select(&document.root);
        if found.is_empty() {
            let help = "correct the target, or remove the action if the document has changed";
            diagnostics.error(
                Code::UnusedOverlayAction,
                target.node.place(),
                "the target selects nothing, so that the action has no effect",
                help,
            );
        }
        if action.remove {
            remove_all(&mut document.root, found);
        } else if let Some(update) = action.update {
            let (levels, values) = extent(update.value);
            let is_deep = found.iter().any(|location| location.len() + levels > MAX_LEVELS);
            let left = budget.checked_sub(values.saturating_mul(found.len()));
            let Some(left) = left.filter(|_| !is_deep) else {
                let limit = if is_deep { "127 nested arrays and objects" } else { "a million added values" };
                let help = "let the target select fewer values, and no values that an overlay has added";
                diagnostics.error(
                    Code::InvalidOverlay,
                    update.place(),
                    format!("the update exceeds the limit of {limit}"),
                    help,
                );
                return;
            };
            *budget = left;
            for location in found {
                update_at(&mut document.root, &location, &update, diagnostics);
            }
        } else {
            diagnostics.error(
                Code::InvalidOverlay,
                action.node.place(),
                "the action has neither `update` nor `remove: true`",
                USAGE,
            );
        }
    }
}

/// Returns how many levels of arrays and objects a value has, and how many values it contains.
fn extent(value: &Value) -> (usize, usize) {
    let inner: Vec<&Value> = match value {
        Value::Array(items) => items.iter().collect(),
        Value::Object(entries) => entries.values().collect(),
        _ => return (0, 1),
    };
    let add = |(levels, values): (usize, usize), value| {
        let (inner, further) = extent(value);
        (levels.max(inner), values + further)
    };
    let (levels, values) = inner.into_iter().fold((0, 1), add);
    (levels + 1, values)
}

fn parse_target(target: &Text<'_>, diagnostics: &mut Diagnostics) -> Option<JsonPath> {
    let report = |error| {
        let help = "write it as in RFC 9535; put a name with other characters than letters, digits and `_` in brackets, as in `$.paths['/app'].get`";
        diagnostics.error(
            Code::InvalidOverlay,
            target.node.place(),
            format!("the target is not a JSONPath: {error}"),
            help,
        );
    };
    JsonPath::parse(target.text).map_err(report).ok()
}

/// Removes values from the back, so that none moves before it is removed. A value within a removed one is removed first.
fn remove_all(root: &mut Value, mut found: Vec<Location>) {
    found.sort();
    found.dedup();
    for location in found.iter().rev() {
        let Some((position, parent)) = location.split_last() else { continue };
        match at(root, parent) {
            Some(Value::Object(entries)) => drop(entries.shift_remove_index(*position)),
            Some(Value::Array(items)) => drop(items.remove(*position)),
            _ => {}
        }
    }
}

fn update_at(root: &mut Value, location: &[usize], update: &Node<'_>, diagnostics: &mut Diagnostics) {
    match (at(root, location), update.value) {
        (Some(target @ Value::Object(_)), Value::Object(_)) => merge(target, update.value),
        (Some(Value::Array(items)), update) => items.push(update.clone()),
        (Some(target), value) => {
            let message = format!("the target is {}, and cannot be merged with {}", target.kind(), value.kind());
            let help = "let the target select the object or the array around it";
            diagnostics.error(Code::InvalidOverlay, update.place(), message, help);
        }
        (None, _) => {}
    }
}

/// Merges objects key by key and joins arrays. Any other value is replaced.
fn merge(target: &mut Value, update: &Value) {
    match (target, update) {
        (Value::Object(entries), Value::Object(updates)) => {
            for (key, update) in updates {
                match entries.get_mut(key) {
                    Some(present) => merge(present, update),
                    None => drop(entries.insert(key.clone(), update.clone())),
                }
            }
        }
        (Value::Array(items), Value::Array(updates)) => items.extend(updates.iter().cloned()),
        (target, update) => *target = update.clone(),
    }
}

fn at<'a>(root: &'a mut Value, location: &[usize]) -> Option<&'a mut Value> {
    location.iter().try_fold(root, |value, &position| match value {
        Value::Object(entries) => entries.get_index_mut(position).map(|(_, value)| value),
        Value::Array(items) => items.get_mut(position),
        _ => None,
    })
}
