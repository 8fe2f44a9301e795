//! The first steps with a crate: a program that compiles, for its front page.

use crate::emit::context::Context;
use crate::emit::gates;
use crate::emit::types::is_text;
use crate::ir::{Operation, Scheme, SchemeKind, Server, Shape, TypeRef};
use crate::names::OperationNames;

/// The example program of a crate, for its front page and its README.
#[derive(Debug)]
pub struct QuickStart {
    /// The Cargo features that it needs, as the condition of a `cfg`.
    gate: Option<String>,
    /// The parameter of the function that contains the program, if no short expressions fit the arguments of its operation.
    parameter: Option<String>,
    /// Whether the program sends an operation.
    is_async: bool,
    imports: Vec<String>,
    statements: Vec<String>,
}

const RESULT: &str = "Result<(), Box<dyn std::error::Error>>";

impl QuickStart {
    /// Returns the lines of the program for rustdoc. Lines that start with `#` are hidden.
    pub(in crate::emit) fn documentation(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.gate.iter().map(|gate| format!("# #[cfg({gate})]")).collect();
        lines.push(match self.is_async {
            true => format!("# async fn example({}) -> {RESULT} {{", self.parameter.as_deref().unwrap_or_default()),
            false => format!("# fn main() -> {RESULT} {{"),
        });
        lines.extend(self.lines());
        lines.extend(["# Ok(())", "# }"].map(str::to_owned));
        lines
    }

    /// Returns the lines of a whole program, or its statements if they need an argument from outside.
    #[must_use]
    pub fn program(&self) -> Vec<String> {
        if self.parameter.is_some() {
            return self.lines();
        }
        let mut lines = self.imports.clone();
        lines.push(String::new());
        lines.extend(self.is_async.then(|| String::from("#[tokio::main]")));
        lines.push(format!("{}fn main() -> {RESULT} {{", if self.is_async { "async " } else { "" }));
        lines.extend(self.statements.iter().map(|line| format!("    {line}")));
        lines.extend(["    Ok(())", "}"].map(str::to_owned));
        lines
    }

    fn lines(&self) -> Vec<String> {
        let empty = std::iter::once(String::new());
        self.imports.iter().cloned().chain(empty).chain(self.statements.iter().cloned()).collect()
    }
}

/// Writes the example program of a crate.
pub(in crate::emit) fn quick_start(cx: Context<'_>, library: &str) -> QuickStart {
    match chosen(cx) {
        Some((operation, names, arguments)) => with_client(cx, library, operation, names, arguments.as_deref()),
        None => without_operation(library),
    }
}

/// Chooses the operation of the example program, and the arguments of its `new` if short expressions fit them. An
/// operation that only reads is preferred.
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
    let has_body = operation.body.as_ref().is_some_and(|body| body.required);
    if has_body || cx.facts.operation_takes_struct(&cx.api.types, operation) {
        return None;
    }
    let required = cx.facts.required_parameters(&cx.api.types, operation).into_iter();
    let values: Option<Vec<&str>> = required.map(|index| argument(cx, operation.parameters[index].ty)).collect();
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
) -> QuickStart {
    let name = names.ty.to_string();
    let held = operation.credentials.iter().find_map(|all| credential(cx, all));
    let server = cx.api.servers.first();
    let is_complete = server.is_some_and(Server::is_complete);
    let mut imports = vec![format!("use {library}::client::Client;")];
    imports.extend(arguments.map(|_| format!("use {library}::endpoints::{name};")));
    imports.extend(held.as_ref().map(|(name, _)| format!("use {library}::security::{name};")));
    let sent = arguments.map_or(String::from("operation"), |arguments| format!("{name}::new({arguments})"));
    let mut statements = Vec::new();
    if !is_complete {
        let path = server.filter(|server| server.template.starts_with('/')).map(|server| server.url());
        let address = format!("https://api.example.com{}", path.unwrap_or_default().trim_end_matches('/'));
        statements.push(format!("// The base URL of the service, such as {address}."));
        statements
            .push(String::from("let url = std::env::args().nth(1).ok_or(\"the first argument is the base URL\")?;"));
    }
    let url = if is_complete { format!("{library}::SERVER") } else { String::from("url") };
    statements.extend([String::from("let client = Client::builder()"), format!("    .base_url({url})")]);
    statements.extend(held.map(|(name, arguments)| format!("    .credential({name}::new({arguments}))")));
    statements.extend([
        String::from("    .build()?;"),
        format!("let answer = client.send({sent}).await?;"),
        String::from("println!(\"{answer:?}\");"),
    ]);
    QuickStart {
        gate: Some(gate(cx, operation)),
        parameter: arguments.is_none().then(|| format!("operation: {library}::endpoints::{name}")),
        is_async: true,
        imports,
        statements,
    }
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

fn without_operation(library: &str) -> QuickStart {
    let statements =
        ["let value: Value = decode(br#\"{\"price\":3.0}\"#)?;", "assert_eq!(encode(&value), r#\"{\"price\":3.0}\"#);"];
    QuickStart {
        gate: None,
        parameter: None,
        is_async: false,
        imports: vec![format!("use {library}::runtime::{{Value, decode, encode}};")],
        statements: statements.map(str::to_owned).to_vec(),
    }
}
