//! The first steps with a crate: a program that compiles, for its front page.

use crate::emit::context::Context;
use crate::emit::gates;
use crate::emit::types::is_text;
use crate::ir::{Operation, Scheme, SchemeKind, Shape, TypeRef};
use crate::names::OperationNames;

/// Returns the lines of the example program. Lines that start with `#` are hidden in the documentation.
pub(in crate::emit) fn quick_start(cx: Context<'_>, library: &str) -> Vec<String> {
    let lines = match chosen(cx) {
        Some((operation, names, arguments)) => with_client(cx, library, operation, names, arguments.as_deref()),
        None => without_operation(library),
    };
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
}

/// Chooses the operation of the example program, and the arguments of its `new` if they can be made up. An operation
/// that only reads is preferred.
fn chosen<'a>(cx: Context<'a>) -> Option<(&'a Operation, &'a OperationNames, Option<String>)> {
    let all: Vec<_> = cx.api.operations.iter().zip(&cx.names.client.operations).collect();
    let current = all.iter().filter(|(operation, _)| !operation.docs.deprecated);
    let (reads, writes): (Vec<_>, Vec<_>) = current.partition(|(operation, _)| operation.method.as_str() == "GET");
    let chosen = reads.into_iter().chain(writes).find_map(|&(operation, names)| {
        let arguments = arguments(cx, operation)?;
        Some((operation, names, Some(arguments)))
    });
    chosen.or_else(|| all.first().map(|&(operation, names)| (operation, names, None)))
}

fn arguments(cx: Context<'_>, operation: &Operation) -> Option<String> {
    if operation.body.as_ref().is_some_and(|body| body.required) {
        return None;
    }
    let required = operation.parameters.iter().filter(|parameter| parameter.required);
    let values: Option<Vec<&str>> = required.map(|parameter| argument(cx, parameter.ty)).collect();
    values.map(|values| values.join(", "))
}

/// Returns a short expression for a value of a type, if there is one.
fn argument(cx: Context<'_>, ty: TypeRef) -> Option<&'static str> {
    match cx.api.types[ty.id].shape {
        _ if is_text(cx, ty.id.into()) => Some("\"…\""),
        Shape::Boolean => Some("true"),
        Shape::Integer(_) => Some("1"),
        Shape::Array(_) => Some("Vec::new()"),
        _ => None,
    }
}

fn with_client(
    cx: Context<'_>,
    library: &str,
    operation: &Operation,
    names: &OperationNames,
    arguments: Option<&str>,
) -> Vec<String> {
    let name = names.ty.to_string();
    let held = operation.credentials.iter().find_map(|all| credential(cx, all));
    let server = match cx.api.servers.first() {
        Some(_) => format!("{library}::SERVER"),
        None => String::from("\"https://api.example.com\""),
    };
    let (argument, import, sent) = match arguments {
        Some(arguments) => {
            (String::new(), format!("use {library}::endpoints::{name};"), format!("{name}::new({arguments})"))
        }
        None => (format!("operation: {library}::endpoints::{name}"), String::new(), String::from("operation")),
    };
    let mut lines = vec![
        format!("# #[cfg({})]", gate(cx, operation)),
        format!("# async fn example({argument}) -> Result<(), Box<dyn std::error::Error>> {{"),
        format!("use {library}::client::Client;"),
    ];
    lines.extend(Some(import).filter(|line| !line.is_empty()));
    lines.extend(held.as_ref().map(|(name, _)| format!("use {library}::security::{name};")));
    lines.extend([String::new(), String::from("let client = Client::builder()"), format!("    .base_url({server})")]);
    lines.extend(held.map(|(name, arguments)| format!("    .credential({name}::new({arguments}))")));
    lines.extend([
        String::from("    .build()?;"),
        format!("let answer = client.send({sent}).await?;"),
        String::from("println!(\"{answer:?}\");"),
        String::from("# Ok(())"),
        String::from("# }"),
    ]);
    lines
}

/// Returns the condition of the example program: the feature `client` and the feature of the operation.
fn gate(cx: Context<'_>, operation: &Operation) -> String {
    let gate = gates::of_operation(cx, operation);
    match gate.first() {
        Some(feature) => format!("all(feature = \"client\", feature = {feature:?})"),
        None => String::from("feature = \"client\""),
    }
}

/// Returns the type of a credential that is sufficient without others, and the arguments of its constructor.
fn credential(cx: Context<'_>, all: &[Scheme]) -> Option<(String, &'static str)> {
    let [scheme] = all else { return None };
    let arguments = match scheme.kind {
        SchemeKind::Basic => "\"…\", \"…\"",
        _ => "\"…\"",
    };
    Some((cx.names.client.credentials.get(&scheme.name)?.to_string(), arguments))
}

fn without_operation(library: &str) -> Vec<String> {
    let lines = [
        "# fn main() -> Result<(), Box<dyn std::error::Error>> {",
        &format!("use {library}::runtime::{{Value, decode, encode}};"),
        "",
        "let value: Value = decode(br#\"{\"price\":3.0}\"#)?;",
        "assert_eq!(encode(&value), r#\"{\"price\":3.0}\"#);",
        "# Ok(())",
        "# }",
    ];
    lines.map(str::to_owned).to_vec()
}
