//! Overlays: files that change a document before anything is made of it, by the OpenAPI Overlay Specification 1.0.
//!
//! <https://spec.openapis.org/overlay/v1.0.0.html>

use octogen_runtime::{JsonType, Value};
use serde_json_path::{JsonPath, NormalizedPath, PathElement};

use super::parse::parse;
use super::{File, Node};
use crate::diagnostic::Diagnostics;
use crate::source::Source;

const SAY: &str = "an overlay has `overlay: 1.0.0`, and `actions` with a `target` and an `update` or `remove: true`";

/// As deep as a document may be that is read; what walks over it later relies on that.
const MOST_LEVELS: usize = 127;
/// How many values overlays may add: a target that selects what the action before has added doubles a document each time.
const MOST_VALUES: usize = 1_000_000;

/// Applies one overlay after the other; an action that can't be applied is an error.
pub(super) fn apply(document: &mut File, overlays: &[Source], diagnostics: &mut Diagnostics) {
    if overlays.is_empty() {
        return;
    }
    let mut copy = copied(&document.root);
    let mut room = MOST_VALUES;
    for overlay in overlays {
        if let Some(overlay) = parse(overlay, diagnostics) {
            apply_one((document, &mut copy), &overlay, &mut room, diagnostics);
        }
    }
}

fn apply_one(
    (document, copy): (&mut File, &mut serde_json::Value),
    overlay: &File,
    room: &mut usize,
    diagnostics: &mut Diagnostics,
) {
    let root = overlay.node();
    if !root.text("overlay", diagnostics).is_some_and(|version| version.starts_with("1.")) {
        diagnostics.error(root.place(), format!("`{}` is no overlay of version 1", overlay.path), SAY);
        return;
    }
    let actions = root.items_of("actions", diagnostics);
    if actions.is_empty() {
        diagnostics.error(root.place(), "the overlay has no actions", SAY);
    }
    for action in actions {
        let Some(path) = target(&action, diagnostics) else { continue };
        let found: Vec<Vec<Step>> = path.query_located(copy).locations().map(steps).collect();
        if found.is_empty() {
            let place = action.get("target").unwrap_or_else(|| action.clone()).place();
            let help = "the document may have changed: correct the target, or take the action out";
            diagnostics.error(place, "the action changes nothing, since its target selects nothing", help);
        }
        if action.flag("remove", diagnostics) {
            remove_all(&mut document.root, copy, &found);
        } else if let Some(update) = action.get("update") {
            let (levels, values) = extent(update.value);
            let is_deep = found.iter().any(|steps| steps.len() + levels > MOST_LEVELS);
            let Some(left) = room.checked_sub(values.saturating_mul(found.len())).filter(|_| !is_deep) else {
                let what =
                    if is_deep { "has more than 127 nested arrays and objects" } else { "has a million values more" };
                let help = "let the target select fewer places, none of them within what overlays have added";
                diagnostics.error(update.place(), format!("with this update the document {what}"), help);
                return;
            };
            *room = left;
            for steps in found {
                update_at(&mut document.root, copy, &steps, &update, diagnostics);
            }
        } else {
            diagnostics.error(action.place(), "the action has neither an `update` nor `remove: true`", SAY);
        }
    }
}

/// How many levels of arrays and objects a value has, and how many values it is.
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

fn target(action: &Node<'_>, diagnostics: &mut Diagnostics) -> Option<JsonPath> {
    let Some(node) = action.expect("target", JsonType::String, diagnostics) else {
        diagnostics.error(action.place(), "the action has no `target`", SAY);
        return None;
    };
    match JsonPath::parse(node.value.as_str().unwrap_or_default()) {
        Ok(path) => Some(path),
        Err(error) => {
            let help = "write it as RFC 9535 has it; a name with other signs than `_` stands in brackets, as in `$.paths['/app'].get`";
            diagnostics.error(node.place(), format!("the target is no JSONPath: {error}"), help);
            None
        }
    }
}

/// A step on the way to a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Key(String),
    Index(usize),
}

fn steps(path: &NormalizedPath<'_>) -> Vec<Step> {
    let step = |element: &PathElement<'_>| match element {
        PathElement::Name(name) => Step::Key((*name).to_owned()),
        PathElement::Index(index) => Step::Index(*index),
    };
    path.iter().map(step).collect()
}

/// Removes from the back, so that no element moves before it is removed; what lies in what was removed is gone with it.
fn remove_all(root: &mut Value, copy: &mut serde_json::Value, found: &[Vec<Step>]) {
    let mut found = found.to_vec();
    found.sort();
    for steps in found.iter().rev() {
        let Some((last, way)) = steps.split_last() else { continue };
        match (at(root, way), last) {
            (Some(Value::Object(entries)), Step::Key(key)) => drop(entries.shift_remove(key)),
            (Some(Value::Array(items)), Step::Index(index)) if *index < items.len() => drop(items.remove(*index)),
            _ => {}
        }
        match (at_copy(copy, way), last) {
            (Some(serde_json::Value::Object(entries)), Step::Key(key)) => drop(entries.remove(key)),
            (Some(serde_json::Value::Array(items)), Step::Index(index)) if *index < items.len() => {
                drop(items.remove(*index));
            }
            _ => {}
        }
    }
}

fn update_at(
    root: &mut Value,
    copy: &mut serde_json::Value,
    steps: &[Step],
    update: &Node<'_>,
    diagnostics: &mut Diagnostics,
) {
    let Some(target) = at(root, steps) else { return };
    match (&mut *target, update.value) {
        (Value::Object(_), Value::Object(_)) => merge(target, update.value),
        (Value::Array(items), update) => items.push(update.clone()),
        (target, value) => {
            let message = format!("the target is {}, into which {} can't be merged", target.kind(), value.kind());
            diagnostics.error(update.place(), message, "let the target select the object or the array around it");
            return;
        }
    }
    if let Some(place) = at_copy(copy, steps) {
        *place = copied(target);
    }
}

/// Objects are merged key by key and arrays joined; anything else takes the place of what was there.
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

fn at<'a>(root: &'a mut Value, steps: &[Step]) -> Option<&'a mut Value> {
    steps.iter().try_fold(root, |value, step| match (value, step) {
        (Value::Object(entries), Step::Key(key)) => entries.get_mut(key),
        (Value::Array(items), Step::Index(index)) => items.get_mut(*index),
        _ => None,
    })
}

fn at_copy<'a>(root: &'a mut serde_json::Value, steps: &[Step]) -> Option<&'a mut serde_json::Value> {
    steps.iter().try_fold(root, |value, step| match step {
        Step::Key(key) => value.get_mut(key),
        Step::Index(index) => value.get_mut(index),
    })
}

/// The document as the library of JSONPath wants it. Its numbers may be rounded: it is searched, and never written.
fn copied(value: &Value) -> serde_json::Value {
    serde_json::to_value(value).unwrap_or_default()
}
