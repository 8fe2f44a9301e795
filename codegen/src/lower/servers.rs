//! Servers, of a description and of single operations.

use octogen_runtime::{JsonType, Value};

use crate::diagnostic::Diagnostics;
use crate::document::Node;
use crate::ir::{Server, ServerVariable};

/// The servers that a place states.
pub(super) fn servers(node: &Node<'_>, diagnostics: &mut Diagnostics) -> Vec<Server> {
    let mut servers = Vec::new();
    for stated in node.items_of("servers", diagnostics) {
        let Some(template) = stated.text("url", diagnostics) else {
            diagnostics.warn(stated.place(), "a server has no `url`", "it is passed over");
            continue;
        };
        let variables = stated.entries_of("variables", diagnostics);
        let is_used = |(name, _): &(&str, Node<'_>)| template.contains(&format!("{{{name}}}"));
        let variables =
            variables.into_iter().filter(is_used).map(|(name, stated)| variable(name, &stated, diagnostics)).collect();
        let description = stated.text("description", diagnostics).map(str::to_owned);
        servers.push(Server { template: template.trim().to_owned(), variables, description });
    }
    servers
}

fn variable(name: &str, stated: &Node<'_>, diagnostics: &mut Diagnostics) -> ServerVariable {
    let listed = stated.expect("enum", JsonType::Array, diagnostics).map(|list| list.items()).unwrap_or_default();
    ServerVariable {
        name: name.to_owned(),
        // Documents give a port as a number.
        default: stated.get("default").map(|default| text(default.value)).unwrap_or_default(),
        values: listed.iter().map(|value| text(value.value)).collect(),
        description: stated.text("description", diagnostics).map(str::to_owned),
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| octogen_runtime::encode(value), str::to_owned)
}
