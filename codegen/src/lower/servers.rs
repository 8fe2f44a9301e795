//! Servers of a document, a path or an operation.

use crate::document;
use crate::ir::{Server, ServerVariable};

/// Lowers servers. A server without a URL is dropped, and so are variables that its URL does not have.
pub(super) fn servers(stated: &[document::Server<'_>]) -> Vec<Server> {
    let mut servers = Vec::new();
    for stated in stated {
        let Some(template) = stated.url.as_ref().map(|url| url.text) else { continue };
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
        default: stated.default.unwrap_or_default().to_owned(),
        values: stated.values.iter().map(|value| (*value).to_owned()).collect(),
        description: stated.description.map(str::to_owned),
    }
}
