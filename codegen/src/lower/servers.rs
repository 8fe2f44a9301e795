//! Servers of a document, a path or an operation.

use crate::diagnostic::{Code, Diagnostics};
use crate::document::{self, OpenApiObject as _};
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

/// Reports a first server whose URL is not a base URL for the client. Missing declarations and defaults of variables have
/// warnings of their own.
pub(super) fn report_incomplete_server(
    stated: &[document::Server<'_>],
    lowered: &[Server],
    diagnostics: &mut Diagnostics,
) {
    let stated = stated.iter().find(|stated| stated.url.is_some());
    if let (Some(stated), Some(first)) = (stated, lowered.first())
        && !first.is_complete()
        && first.variables.iter().all(|variable| !variable.default.is_empty())
        && !first.url().contains('{')
    {
        let message = format!("the URL `{}` of the first server has no scheme and host", first.template.escape_debug());
        let help = "the client has no default base URL, and its user passes one to `ClientBuilder::base_url`; write a URL with \
                    a scheme and a host";
        diagnostics.warn(Code::IncompleteServer, stated.place(), message, help);
    }
}

fn variable(name: &str, stated: &document::ServerVariable<'_>) -> ServerVariable {
    ServerVariable {
        name: name.to_owned(),
        default: stated.default.unwrap_or_default().to_owned(),
        values: stated.values.iter().map(|value| (*value).to_owned()).collect(),
        description: stated.description.map(str::to_owned),
    }
}
