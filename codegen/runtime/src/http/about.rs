//! What is known of an operation before it is sent.

use std::fmt;

use super::security::Credential;

/// What is known of an operation before it is sent.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct About {
    /// The documented id, or the method and path where there is none.
    pub id: &'static str,
    /// The method.
    pub method: Method,
    /// The path with its parameters in braces.
    pub path: &'static str,
    /// The media types that the responses are documented with, the preferred one first.
    pub accept: &'static [&'static str],
    /// The credentials that it takes: any one of the outer list, all of an inner one. Empty: none is needed.
    pub credentials: &'static [&'static [Credential]],
    /// The permissions that it needs: any one of the outer list, all of an inner one. `None`: not documented.
    pub permissions: Option<&'static [&'static [Permission]]>,
    /// The redirects that are the result: they are read, not followed.
    pub redirects: &'static [u16],
    /// How the result goes on, where it comes in pages.
    pub pagination: Option<Pagination>,
    /// The server, where it is not the usual one.
    pub server: Option<Server>,
}

impl About {
    /// An operation of which only the route is known; the other parts follow with the `with_` functions.
    #[must_use]
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            accept: &[],
            credentials: &[],
            permissions: None,
            redirects: &[],
            pagination: None,
            server: None,
        }
    }

    /// An operation that is sent with `GET`.
    #[must_use]
    pub const fn get(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::Get, path)
    }

    /// An operation that is sent with `PUT`.
    #[must_use]
    pub const fn put(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::Put, path)
    }

    /// An operation that is sent with `POST`.
    #[must_use]
    pub const fn post(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::Post, path)
    }

    /// An operation that is sent with `DELETE`.
    #[must_use]
    pub const fn delete(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::Delete, path)
    }

    /// An operation that is sent with `OPTIONS`.
    #[must_use]
    pub const fn options(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::Options, path)
    }

    /// An operation that is sent with `HEAD`.
    #[must_use]
    pub const fn head(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::Head, path)
    }

    /// An operation that is sent with `PATCH`.
    #[must_use]
    pub const fn patch(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::Patch, path)
    }

    /// An operation that is sent with `TRACE`.
    #[must_use]
    pub const fn trace(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::Trace, path)
    }

    /// Sets the usual media type of the responses.
    #[must_use]
    pub const fn accepting_json(self) -> Self {
        self.accepting(&["application/json"])
    }

    /// Sets the media types of the responses.
    #[must_use]
    pub const fn accepting(self, accept: &'static [&'static str]) -> Self {
        Self { accept, ..self }
    }

    /// Sets the credentials.
    #[must_use]
    pub const fn taking(self, credentials: &'static [&'static [Credential]]) -> Self {
        Self { credentials, ..self }
    }

    /// Sets the permissions.
    #[must_use]
    pub const fn needing(self, permissions: &'static [&'static [Permission]]) -> Self {
        Self { permissions: Some(permissions), ..self }
    }

    /// Sets the redirects that are the result.
    #[must_use]
    pub const fn redirecting(self, redirects: &'static [u16]) -> Self {
        Self { redirects, ..self }
    }

    /// Sets the server, beside the usual one.
    #[must_use]
    pub const fn at(self, usual: &'static str, own: &'static str) -> Self {
        Self { server: Some(Server { usual, own }), ..self }
    }

    /// Sets the pagination.
    #[must_use]
    pub const fn paged(self, pagination: Pagination) -> Self {
        Self { pagination: Some(pagination), ..self }
    }
}

/// The server of an operation that is not at the usual one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Server {
    /// The usual one, as the description has it.
    pub usual: &'static str,
    /// The one of the operation.
    pub own: &'static str,
}

/// A method of HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are those of HTTP")]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
}

impl Method {
    /// The method as it stands in a request line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A permission and the level of it that is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Permission {
    /// The name, such as `deployments`.
    pub name: &'static str,
    /// The level, such as `write`.
    pub level: &'static str,
}

impl Permission {
    /// A permission at a level.
    #[must_use]
    pub const fn new(name: &'static str, level: &'static str) -> Self {
        Self { name, level }
    }
}

/// How a result goes on that comes in pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pagination {
    /// What leads to the next page.
    pub by: PageStyle,
    /// The key under which the items stand, where the body is not the array itself.
    pub items: Option<&'static str>,
}

impl Pagination {
    /// A pagination of that style.
    #[must_use]
    pub const fn new(by: PageStyle, items: Option<&'static str>) -> Self {
        Self { by, items }
    }
}

/// What leads to the next page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PageStyle {
    /// The `Link` header, with page numbers.
    Page,
    /// The `Link` header, with a cursor in the query parameter of this name.
    Cursor(&'static str),
}

/// The URL of a server whose template has variables in braces, with their values.
#[must_use]
pub fn server_url(template: &str, values: &[(&str, &str)]) -> String {
    let mut url = String::new();
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once('{') {
        let value = behind.split_once('}').and_then(|(name, after)| {
            values.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value, after))
        });
        url.push_str(before);
        match value {
            Some((value, after)) => {
                url.push_str(value);
                rest = after;
            }
            None => {
                url.push('{');
                rest = behind;
            }
        }
    }
    url.push_str(rest);
    url
}
