//! Servers of a document, a path or an operation.

use octogen_runtime::Value;

use crate::diagnostic::{Code, Diagnostics};
use crate::document::{self, Object};
use crate::ir::{Server, ServerVariable};

/// Lowers servers. A server without a URL is reported and dropped, and so are variables that its URL does not have.
pub(super) fn servers(stated: &[document::Server<'_>], diagnostics: &mut Diagnostics) -> Vec<Server> {
    let mut servers = Vec::new();
    for stated in stated {
        let Some(template) = stated.url else {
            diagnostics.warn(
                Code::MissingKey,
                stated.place(),
                "a server has no `url`",
                "octogen ignores the server; add its `url`",
            );
            continue;
        };
        let is_used = |name: &str| template.contains(&format!("{{{name}}}"));
        let variables = stated.variables.iter().filter(|(name, _)| is_used(name));
        servers.push(Server {
            template: template.trim().to_owned(),
            variables: variables.map(|(name, stated)| variable(name, stated)).collect(),
            description: stated.description.map(str::to_owned),
        });
    }
    servers
}

fn variable(name: &str, stated: &document::ServerVariable<'_>) -> ServerVariable {
    ServerVariable {
        name: name.to_owned(),
        default: stated.default.map(text).unwrap_or_default(),
        values: stated.values.iter().map(|value| text(value)).collect(),
        description: stated.description.map(str::to_owned),
    }
}

/// Returns the text of a value: some documents write a port as a number.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| octogen_runtime::encode(value), str::to_owned)
}
