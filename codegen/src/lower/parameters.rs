//! Parameters of operations and webhooks.

use octogen_runtime::{JsonType, Value};

use super::facts::Facts;
use super::schemas::of_operation;
use super::{Lowering, examples, styles};
use crate::document::Node;
use crate::ir::{Constraints, Docs, ExampleRole, Location, Origin, Parameter, Shape, Step, StringKind, Style, Type};

/// The parameters of an operation: its own and those of its path, in the order of the path's template first.
pub(super) fn parameters<'a>(
    lowering: &mut Lowering<'a, '_>,
    owner: &str,
    path: &str,
    item: &Node<'a>,
    node: &Node<'a>,
) -> Vec<Parameter> {
    let mut found: Vec<Parameter> = Vec::new();
    let own = node.items_of("parameters", lowering.diagnostics);
    let count = own.len();
    let of_path = item.items_of("parameters", lowering.diagnostics);
    for (index, stated) in own.into_iter().chain(of_path).enumerate() {
        let Some(stated) = lowering.resolved(stated) else {
            continue;
        };
        let known =
            |name: &str, location| found.iter().any(|earlier| earlier.name == name && earlier.location == location);
        let Some((name, location)) = name_and_location(lowering, &stated) else {
            continue;
        };
        if known(name, location) && index < count {
            let message = format!("the parameter `{name}` is declared twice");
            lowering.diagnostics.warn(stated.place(), message, "the first is taken");
        } else if !known(name, location) && is_ours(name, location) {
            found.push(parameter(lowering, owner, &stated, name, location));
        }
    }
    let declared =
        [node, item].map(|node| node.get("parameters").map(|list| list.items()).unwrap_or_default()).concat();
    in_path(lowering, owner, path, (node, &declared), found)
}

/// OpenAPI leaves these headers to the media types and the credentials.
fn is_ours(name: &str, location: Location) -> bool {
    location != Location::Header
        || !["accept", "content-type", "authorization"].contains(&name.to_ascii_lowercase().as_str())
}

fn name_and_location<'a>(lowering: &mut Lowering<'a, '_>, stated: &Node<'a>) -> Option<(&'a str, Location)> {
    let d = &mut *lowering.diagnostics;
    let name = stated.text("name", d);
    let stands = stated.text("in", d);
    let location = match stands {
        Some("path") => Some(Location::Path),
        Some("query") => Some(Location::Query),
        Some("header") => Some(Location::Header),
        Some("cookie") => Some(Location::Cookie),
        _ => None,
    };
    if name.is_none() {
        d.warn(stated.place(), "a parameter has no `name`", "it is passed over");
    } else if location.is_none() {
        let message =
            stands.map_or("a parameter has no `in`".to_owned(), |place| format!("a parameter is `in: {place}`"));
        let help = match stands {
            Some("body" | "formData") => "it is passed over; what a request sends stands under `requestBody`",
            _ => "it is passed over; a parameter is in `path`, `query`, `header` or `cookie`",
        };
        d.warn(stated.place_of("in"), message, help);
    }
    name.zip(location)
}

fn parameter<'a>(
    lowering: &mut Lowering<'a, '_>,
    owner: &str,
    stated: &Node<'a>,
    name: &str,
    location: Location,
) -> Parameter {
    let content = stated
        .expect("content", JsonType::Object, lowering.diagnostics)
        .and_then(|content| content.entries().into_iter().next());
    let style = match &content {
        Some((media_type, content)) => styles::of_content(lowering, content, media_type, location),
        None => styles::style(lowering, stated, location),
    };
    let content = content.map(|(_, content)| content);
    let schema = content.as_ref().map_or_else(|| stated.get("schema"), |content| content.get("schema"));
    if schema.is_none() {
        let message = format!("the parameter `{name}` has no `schema`");
        lowering.diagnostics.warn(stated.place(), message, "any value fits");
    }
    let ty = of_operation(lowering, owner, (stated, schema), Step::Parameter(name.to_owned()));
    let role = ExampleRole::Parameter(name.to_owned());
    examples::collect(lowering, content.as_ref().unwrap_or(stated), owner, &role, ty);
    let facts = facts(lowering, stated);
    let d = &mut *lowering.diagnostics;
    Parameter {
        name: name.to_owned(),
        location,
        required: location == Location::Path || stated.flag("required", d),
        style,
        ty,
        constraints: facts.constraints,
        docs: facts.docs,
    }
}

/// The facts that a parameter and its schema state. The text of the parameter wins, and a title names the schema alone.
fn facts<'a>(lowering: &mut Lowering<'a, '_>, stated: &Node<'a>) -> Facts {
    let schema: Vec<Node<'a>> = stated.get("schema").into_iter().collect();
    let of_schema = Facts::read(lowering, &schema);
    let d = &mut *lowering.diagnostics;
    let description = stated.text("description", d).map(str::to_owned);
    let docs = Docs {
        title: None,
        description: description.or(of_schema.docs.description),
        deprecated: stated.flag("deprecated", d) || of_schema.docs.deprecated,
        removal_date: stated.text("x-removal-date", d).map(str::to_owned).or(of_schema.docs.removal_date),
        link: None,
    };
    Facts { docs, ..of_schema }
}

/// Puts the parameters of the path into its order; those that are missing are declared, those that are not in it dropped.
fn in_path(
    lowering: &mut Lowering<'_, '_>,
    owner: &str,
    path: &str,
    (node, declared): (&Node<'_>, &[Node<'_>]),
    found: Vec<Parameter>,
) -> Vec<Parameter> {
    let (mut of_path, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|one| one.location == Location::Path);
    let mut ordered = Vec::new();
    let mut of_query = Vec::new();
    for (key, name) in styles::queried(path, &others) {
        if let Some(at) = of_path.iter().position(|one| one.name == name) {
            of_query.push(of_path.remove(at));
        } else {
            let message = format!("the query parameter `{key}` of `{path}` is not declared");
            lowering.diagnostics.warn(node.place(), message, "it is declared as a string that may be left out");
            of_query.push(undeclared(lowering, (owner, node), key, Location::Query));
        }
    }
    for name in styles::placeholders(path) {
        if let Some(at) = of_path.iter().position(|one| one.name == name) {
            ordered.push(of_path.remove(at));
        } else if !ordered.iter().any(|one: &Parameter| one.name == name) {
            let message = format!("the path parameter `{name}` of `{path}` is not declared");
            lowering.diagnostics.warn(node.place(), message, "it is declared as a string");
            ordered.push(undeclared(lowering, (owner, node), name, Location::Path));
        }
    }
    for stray in of_path {
        let message = format!("the path parameter `{}` is not in the path `{path}`", stray.name);
        let is_named = |one: &&Node<'_>| one.value.get("name").and_then(Value::as_str) == Some(&stray.name);
        let place = declared.iter().find(is_named).map_or_else(|| node.place(), |one| one.place_of("name"));
        lowering.diagnostics.warn(place, message, "it is passed over");
        examples::of_stray(lowering, owner, &stray);
    }
    ordered.extend(of_query.into_iter().chain(others));
    ordered
}

fn undeclared(
    lowering: &mut Lowering<'_, '_>,
    (owner, node): (&str, &Node<'_>),
    name: &str,
    location: Location,
) -> Parameter {
    let origin = Origin::Operation(owner.to_owned(), Step::Parameter(name.to_owned()));
    let ty = Type::new(Shape::String(StringKind::Plain), origin, node.place());
    Parameter {
        name: name.to_owned(),
        location,
        required: location == Location::Path,
        style: Style::usual(location),
        ty: lowering.types.add(ty),
        constraints: Constraints::default(),
        docs: Docs::default(),
    }
}
