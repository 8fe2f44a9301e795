//! How parameters are written, and what the template of a path leaves to them.

use octogen_runtime::Value;

use super::Lowering;
use super::media_types::{essence, says_json};
use crate::document::Node;
use crate::ir::{Location, Parameter, Style, StyleKind};

/// The style that a parameter states, or the one that is usual where it goes.
pub(super) fn style(lowering: &mut Lowering<'_, '_>, stated: &Node<'_>, location: Location) -> Style {
    let usual = Style::usual(location);
    let name = stated.text("style", lowering.diagnostics);
    let kind = name.map_or(Some(usual.kind), |name| kind(name, location));
    if kind.is_none() {
        let message = format!("`{}` is no style of that place", name.unwrap_or_default());
        let help =
            format!("the parameter is written in the style `{}`", if usual.exploded { "form" } else { "simple" });
        lowering.diagnostics.warn(
            stated.get("style").map_or_else(|| stated.place(), |node| node.place()),
            message,
            help,
        );
    }
    let kind = kind.unwrap_or(usual.kind);
    let exploded = stated.value.get("explode").and_then(Value::as_bool).unwrap_or(kind == StyleKind::Form);
    Style {
        kind,
        exploded: exploded && kind != StyleKind::DeepObject,
        reserved: reserved(lowering, stated, location),
        // Elsewhere than in a path, a slash parts nothing.
        segmented: location == Location::Path
            && stated.get("x-multi-segment").is_some()
            && stated.flag("x-multi-segment", lowering.diagnostics),
    }
}

fn kind(name: &str, location: Location) -> Option<StyleKind> {
    match (location, name) {
        (Location::Path | Location::Header, "simple") => Some(StyleKind::Simple),
        (Location::Path, "label") => Some(StyleKind::Label),
        (Location::Path, "matrix") => Some(StyleKind::Matrix),
        (Location::Query | Location::Cookie, "form") => Some(StyleKind::Form),
        (Location::Query, "spaceDelimited") => Some(StyleKind::SpaceDelimited),
        (Location::Query, "pipeDelimited") => Some(StyleKind::PipeDelimited),
        (Location::Query, "deepObject") => Some(StyleKind::DeepObject),
        _ => None,
    }
}

/// Whether the reserved characters stay as they are, which only a query allows.
fn reserved(lowering: &mut Lowering<'_, '_>, stated: &Node<'_>, location: Location) -> bool {
    let is_set = stated.get("allowReserved").is_some() && stated.flag("allowReserved", lowering.diagnostics);
    if is_set && location != Location::Query {
        let message = "`allowReserved` means something in a query alone";
        lowering.diagnostics.warn(stated.place(), message, "it is passed over");
    }
    is_set && location == Location::Query
}

/// The style of a value that is written as a media type: as JSON, or as its text.
pub(super) fn of_content(
    lowering: &mut Lowering<'_, '_>,
    content: &Node<'_>,
    media_type: &str,
    location: Location,
) -> Style {
    if says_json(media_type) {
        return Style::new(StyleKind::Json, false);
    }
    if !essence(media_type).starts_with("text/") {
        let message = format!("a parameter of `{media_type}` is not covered yet");
        lowering.diagnostics.warn(content.place(), message, "it is written as if it had no media type");
    }
    Style::usual(location)
}

/// The names in a path.
pub(super) fn placeholders(path: &str) -> impl Iterator<Item = &str> {
    parted(path).0.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name)
}

/// The names behind the question mark of a path, each with its key, where no query parameter says the same.
pub(super) fn queried<'a>(path: &'a str, parameters: &[Parameter]) -> Vec<(&'a str, &'a str)> {
    let left = parted(path).1.split('&').filter(|pair| !is_said(pair, parameters));
    left.filter_map(|pair| pair.split_once('=')).filter_map(|(key, value)| Some((key, placeholder(value)?))).collect()
}

fn placeholder(value: &str) -> Option<&str> {
    value.strip_prefix('{').and_then(|value| value.strip_suffix('}'))
}

/// The path as it is sent: without the part of its query that query parameters say.
pub(super) fn template(path: &str, parameters: &[Parameter]) -> String {
    let (before, query) = parted(path);
    let behind = path.strip_prefix(before).and_then(|rest| rest.strip_prefix('?')).unwrap_or_default();
    if behind.is_empty() {
        return path.to_owned();
    }
    let fragment = behind.strip_prefix(query).unwrap_or_default();
    let left: Vec<&str> = query.split('&').filter(|pair| !is_said(pair, parameters)).collect();
    let mark = if left.is_empty() { "" } else { "?" };
    format!("{before}{mark}{}{fragment}", left.join("&"))
}

/// Whether a parameter says what a pair of the template does. One that may be left out doesn't say a fixed value, by
/// which a description may tell operations apart.
fn is_said(pair: &str, parameters: &[Parameter]) -> bool {
    let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
    let value = placeholder(value);
    let of_key = |one: &Parameter| one.name == key && (one.required || value.is_some());
    let is = |one: &Parameter| of_key(one) || Some(one.name.as_str()) == value;
    parameters.iter().filter(|one| one.location == Location::Query).any(is)
}

/// A path and its query; a fragment belongs to neither.
fn parted(path: &str) -> (&str, &str) {
    let whole = path.split('#').next().unwrap_or_default();
    whole.split_once('?').unwrap_or((whole, ""))
}
