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
    /// Returns whether a client can use the base URL as it is: it has a scheme and a host, and each variable has a default.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        let url = self.url().to_ascii_lowercase();
        let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        let has_defaults = self.variables.iter().all(|variable| !variable.default.is_empty());
        has_defaults && !url.contains('{') && host.is_some_and(|host| !host.is_empty() && !host.starts_with('/'))
    }

    /// Returns the base URL of this server, in which each variable is replaced by its default.
    #[must_use]
    pub fn url(&self) -> String {
        let values: Vec<_> = self.variables.iter().map(|one| (one.name.as_str(), one.default.as_str())).collect();
        octogen_runtime::server_url(&self.template, &values)
    }
}

#[cfg(test)]
mod tests {
    use super::{Server, ServerVariable};

    #[test]
    fn a_complete_url_has_a_scheme_a_host_and_defaults() {
        for (template, default, expected) in [
            ("https://api.example.com/v1", "", true),
            ("HTTP://localhost:8080", "", true),
            ("https://{host}/v1", "api.example.com", true),
            ("https://{host}/v1", "", false),
            ("https://{other}/v1", "api.example.com", false),
            ("{host}", "https://api.example.com", true),
            ("/api/v3", "", false),
            ("/", "", false),
            ("api.example.com", "", false),
            ("https:///v1", "", false),
        ] {
            let is_used = template.contains("{host}");
            let variable = || ServerVariable {
                name: String::from("host"),
                default: default.to_owned(),
                values: Vec::new(),
                description: None,
            };
            let variables = is_used.then(variable).into_iter().collect();
            let server = Server { template: template.to_owned(), variables, description: None };
            assert_eq!(server.is_complete(), expected, "{template}");
        }
    }
}
