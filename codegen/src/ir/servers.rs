/// A server of an API, after lowering: a base URL, which can have variables. Emit makes a constant from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// The URL, with its variables in braces.
    pub template: String,
    /// The variables.
    pub variables: Vec<ServerVariable>,
    /// The text about it.
    pub description: Option<String>,
}

/// A variable in the base URL of a server, after lowering, with its default and its documented values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerVariable {
    /// The name.
    pub name: String,
    /// The default value.
    pub default: String,
    /// The documented values. If the list is empty, any value is valid.
    pub values: Vec<String>,
    /// The text about it.
    pub description: Option<String>,
}

impl Server {
    /// Returns the base URL of this server, in which each variable is replaced by its default.
    #[must_use]
    pub fn url(&self) -> String {
        let values: Vec<_> = self.variables.iter().map(|one| (one.name.as_str(), one.default.as_str())).collect();
        octogen_runtime::server_url(&self.template, &values)
    }
}
