//! Servers.

/// A server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// The URL, its variables in braces.
    pub template: String,
    /// The variables.
    pub variables: Vec<ServerVariable>,
    /// What the description says of it.
    pub description: Option<String>,
}

/// A variable in the URL of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerVariable {
    /// The name.
    pub name: String,
    /// The value where none is given.
    pub default: String,
    /// The documented values; empty where any may be given.
    pub values: Vec<String>,
    /// What the description says of it.
    pub description: Option<String>,
}

impl Server {
    /// The URL with the defaults of its variables.
    #[must_use]
    pub fn url(&self) -> String {
        let values: Vec<_> = self.variables.iter().map(|one| (one.name.as_str(), one.default.as_str())).collect();
        octogen_runtime::server_url(&self.template, &values)
    }
}
