//! Parameters of operations and webhooks.

use rustc_hash::FxHashMap;

use super::facts::Facts;
use super::schemas::lower_operation_schema;
use super::styles::{self, Serialization};
use super::{Lowering, examples, path_template};
use crate::diagnostic::{Code, Place};
use crate::document::{self, Node, OpenApiObject, PathItem, Schema};
use crate::ir::{
    Constraints, Docs, ExampleRole, Location, Origin, Parameter, ParameterStyle, Shape, Step, StringKind, Type,
};

/// A declaration of a parameter: its name and its place.
type Declaration<'a> = (&'a str, Place);

/// Lowers the parameters of an operation and of its path item: those in the path first, in the order of the path.
pub(super) fn parameters<'a>(
    lowering: &mut Lowering<'a, '_>,
    owner: &str,
    path: &str,
    item: &PathItem<'a>,
    operation: &document::Operation<'a>,
) -> Vec<Parameter> {
    let mut found: Vec<Parameter> = Vec::new();
    let mut declared: Vec<Declaration<'a>> = Vec::new();
    // Whether the operation itself declares a parameter, by its name and location. It hides one of the path.
    let mut declarations: FxHashMap<(String, Location), bool> = FxHashMap::default();
    let own = operation.parameters.iter().map(|parameter| (parameter, true));
    let shared = item.parameters.iter().map(|parameter| (parameter, false));
    for (declaration, is_own) in own.chain(shared) {
        let Some(stated) = lowering.read(declaration) else {
            continue;
        };
        let Some((name, location)) = name_and_location(&stated) else {
            continue;
        };
        // Header names that differ only in case name the same header.
        let id = if location == Location::Header { name.to_ascii_lowercase() } else { name.to_owned() };
        let earlier = declarations.get(&(id.clone(), location)).copied();
        declarations.entry((id, location)).or_insert(is_own);
        if earlier == Some(is_own) {
            let message = format!("the parameter `{name}` is declared twice");
            lowering.diagnostics.warn(
                Code::DuplicateParameter,
                declaration.node.place(),
                message,
                "octogen uses the first declaration; remove or rename the other",
            );
        } else if earlier.is_none() && !is_reserved_header(name, location) {
            let is_reference = declaration.node.reference().is_some();
            let place = stated.name.as_ref().filter(|_| !is_reference).map_or(&declaration.node, |name| &name.node);
            declared.push((name, place.place()));
            found.push(parameter(lowering, owner, &stated, name, location));
        }
    }
    order_by_path(lowering, owner, path, (operation, &declared), found)
}

/// Returns whether OpenAPI derives the header from media types or security requirements, so that a parameter has no
/// effect.
fn is_reserved_header(name: &str, location: Location) -> bool {
    location == Location::Header
        && ["accept", "content-type", "authorization"].iter().any(|reserved| name.eq_ignore_ascii_case(reserved))
}

/// Returns the name and the location of a parameter, if the document states both.
fn name_and_location<'a>(stated: &document::Parameter<'a>) -> Option<(&'a str, Location)> {
    let location = match stated.location.as_ref()?.text {
        "path" => Location::Path,
        "query" => Location::Query,
        "header" => Location::Header,
        "cookie" => Location::Cookie,
        _ => return None,
    };
    Some((stated.name.as_ref()?.text, location))
}

fn parameter<'a>(
    lowering: &mut Lowering<'a, '_>,
    owner: &str,
    stated: &document::Parameter<'a>,
    name: &str,
    location: Location,
) -> Parameter {
    let content = stated.content.first();
    let style = match content {
        Some((media_type, content)) => styles::of_content(lowering, content, media_type, location),
        None => styles::style(&Serialization::of_parameter(stated), location),
    };
    let schema = content.map_or(&stated.schema, |(_, content)| &content.schema);
    let schema = schema.as_ref().map(|schema| schema.node.clone());
    let ty = lower_operation_schema(lowering, owner, (&stated.node, schema), Step::Parameter(name.to_owned()));
    let role = ExampleRole::Parameter(name.to_owned());
    let documented = content.map_or_else(|| stated.examples(), |(_, content)| content.examples());
    examples::collect(lowering, documented, owner, &role, ty);
    let facts = facts(lowering, stated);
    Parameter {
        name: name.to_owned(),
        location,
        required: location == Location::Path || stated.required,
        style,
        ty,
        constraints: facts.constraints,
        docs: facts.docs,
    }
}

/// Returns the facts that a parameter and its schema state. The text of the parameter wins, and a title names the
/// schema alone.
fn facts<'a>(lowering: &mut Lowering<'a, '_>, stated: &document::Parameter<'a>) -> Facts {
    let schema = stated.schema.as_ref().map(|schema| Schema::read(schema.node.clone(), lowering.diagnostics));
    let of_schema = Facts::read(lowering, schema.as_slice());
    let docs = Docs {
        title: None,
        description: stated.description.map(str::to_owned).or(of_schema.docs.description),
        deprecated: stated.deprecated || of_schema.docs.deprecated,
        removal_date: stated.removal_date.map(str::to_owned).or(of_schema.docs.removal_date),
        link: None,
        values: of_schema.docs.values,
    };
    Facts { docs, ..of_schema }
}

/// Orders path parameters as in the path. Those that the document does not declare are added as strings, and those that
/// are not in the path are dropped.
fn order_by_path(
    lowering: &mut Lowering<'_, '_>,
    owner: &str,
    path: &str,
    (operation, declared): (&document::Operation<'_>, &[Declaration<'_>]),
    found: Vec<Parameter>,
) -> Vec<Parameter> {
    let (mut of_path, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|one| one.location == Location::Path);
    let mut ordered = Vec::new();
    let mut of_query = Vec::new();
    for (key, name) in path_template::query_placeholders(path, &others) {
        if let Some(at) = of_path.iter().position(|one| one.name == name) {
            of_query.push(of_path.remove(at));
        } else {
            let message = format!("the query parameter `{key}` of `{path}` is not declared");
            let help = format!(
                "octogen adds an optional string parameter; declare `{key}` under `parameters`, with `in: query`"
            );
            lowering.diagnostics.warn(Code::UndeclaredPathParameter, operation.place(), message, help);
            of_query.push(undeclared(lowering, (owner, &operation.node), key, Location::Query));
        }
    }
    for name in path_template::placeholders(path) {
        if let Some(at) = of_path.iter().position(|one| one.name == name) {
            ordered.push(of_path.remove(at));
        } else if !ordered.iter().any(|one: &Parameter| one.name == name) {
            let message = format!("the path parameter `{name}` of `{path}` is not declared");
            let help = match name {
                "" => String::from("octogen adds a string parameter; write its name between `{` and `}` in the path"),
                _ => format!("octogen adds a string parameter; declare `{name}` under `parameters`, with `in: path`"),
            };
            lowering.diagnostics.warn(Code::UndeclaredPathParameter, operation.place(), message, help);
            ordered.push(undeclared(lowering, (owner, &operation.node), name, Location::Path));
        }
    }
    for stray in of_path {
        let message = format!("the path `{path}` does not contain the declared path parameter `{}`", stray.name);
        let place = declared.iter().find(|(name, _)| *name == stray.name).map(|(_, place)| place.clone());
        let help = format!(
            "octogen ignores the parameter; add `{{{}}}` to the path, or write `in: query` if it is a query parameter",
            stray.name
        );
        lowering.diagnostics.warn(Code::UnusedPathParameter, place.unwrap_or_else(|| operation.place()), message, help);
        examples::drop_of_parameter(lowering, owner, &stray);
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
        style: ParameterStyle::usual(location),
        ty: lowering.types.add(ty).into(),
        constraints: Constraints::default(),
        docs: Docs::default(),
    }
}
