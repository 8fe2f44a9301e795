//! Facts about an operation.

use super::method::Method;
use super::pagination::Pagination;
use super::permission::Permission;
use super::security::SecurityScheme;
use super::server::OperationServer;
use super::service::ServiceConventions;

/// The facts about an operation that are known before it is sent: id, method, path, media types, security requirements,
/// permissions and pagination. Emitted operations have them as a constant, and the client and its layers read them.
///
/// ```
/// use octogen_runtime::{OperationInfo, Permission};
///
/// const DELETE: OperationInfo =
///     OperationInfo::delete("orders/delete", "/orders/{id}").needing(&[&[Permission::new("orders", "write")]]);
///
/// assert_eq!((DELETE.method.as_str(), DELETE.path), ("DELETE", "/orders/{id}"));
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct OperationInfo {
    /// The id of the operation in the OpenAPI document. If there is none, the method and the path.
    pub id: &'static str,
    /// The HTTP method of the operation.
    pub method: Method,
    /// The path of the operation with its parameters in braces.
    pub path: &'static str,
    /// The media types of the operation's documented responses, the preferred one first. The header `accept` has them.
    pub accept: &'static [&'static str],
    /// The security requirements of the operation. One of the outer list is enough, and it needs all of its inner list.
    /// If the outer list is empty, the operation needs no credential.
    pub credentials: &'static [&'static [SecurityScheme]],
    /// The permissions that the operation needs. One of the outer list is enough, and it needs all of its inner list.
    /// `None`: they are not documented.
    pub permissions: Option<&'static [&'static [Permission]]>,
    /// The status codes of redirects that are the result of the operation. The client reads these and does not follow
    /// them.
    pub redirects: &'static [u16],
    /// The pagination of the operation, if the result comes in pages.
    pub pagination: Option<Pagination>,
    /// The server of the operation, if it is another one than that of the OpenAPI document.
    pub server: Option<OperationServer>,
    /// The conventions of the service to which the operation belongs.
    pub service: &'static ServiceConventions,
}

impl OperationInfo {
    /// Creates the facts of an operation with JSON responses from its id, its HTTP method and its path. The other functions
    /// of this type add more facts. Emitted operations call it.
    #[must_use]
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            accept: &["application/json"],
            credentials: &[],
            permissions: None,
            redirects: &[],
            pagination: None,
            server: None,
            service: &ServiceConventions::STANDARD,
        }
    }

    /// Creates the facts of an operation that is sent with the HTTP method `GET`, from its id and its path. Emitted
    /// operations call it.
    #[must_use]
    pub const fn get(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::Get, path)
    }

    /// Creates the facts of an operation that is sent with the HTTP method `PUT`, from its id and its path. Emitted
    /// operations call it.
    #[must_use]
    pub const fn put(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::Put, path)
    }

    /// Creates the facts of an operation that is sent with the HTTP method `POST`, from its id and its path. Emitted
    /// operations call it.
    #[must_use]
    pub const fn post(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::Post, path)
    }

    /// Creates the facts of an operation that is sent with the HTTP method `DELETE`, from its id and its path. Emitted
    /// operations call it.
    #[must_use]
    pub const fn delete(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::Delete, path)
    }

    /// Creates the facts of an operation that is sent with the HTTP method `OPTIONS`, from its id and its path. Emitted
    /// operations call it.
    #[must_use]
    pub const fn options(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::Options, path)
    }

    /// Creates the facts of an operation that is sent with the HTTP method `HEAD`, from its id and its path. Emitted
    /// operations call it.
    #[must_use]
    pub const fn head(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::Head, path)
    }

    /// Creates the facts of an operation that is sent with the HTTP method `PATCH`, from its id and its path. Emitted
    /// operations call it.
    #[must_use]
    pub const fn patch(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::Patch, path)
    }

    /// Creates the facts of an operation that is sent with the HTTP method `TRACE`, from its id and its path. Emitted
    /// operations call it.
    #[must_use]
    pub const fn trace(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::Trace, path)
    }

    /// Sets the media types that an operation accepts for its responses (the header `accept`), the preferred one first.
    /// The default is `application/json`. Emitted operations call it.
    #[must_use]
    pub const fn accepting(self, accept: &'static [&'static str]) -> Self {
        Self { accept, ..self }
    }

    /// Accepts any media type: the request has no header `accept`. Emitted operations whose results have no documented
    /// content call it.
    #[must_use]
    pub const fn accepting_any(self) -> Self {
        self.accepting(&[])
    }

    /// Sets the security requirements of an operation: alternatives of security schemes. Emitted operations call it.
    #[must_use]
    pub const fn taking(self, credentials: &'static [&'static [SecurityScheme]]) -> Self {
        Self {
            credentials,
            ..self
        }
    }

    /// Sets the documented permissions of an operation: alternatives of permissions with levels. Emitted operations
    /// call it.
    #[must_use]
    pub const fn needing(self, permissions: &'static [&'static [Permission]]) -> Self {
        Self {
            permissions: Some(permissions),
            ..self
        }
    }

    /// Sets the redirect status codes that are the result of an operation, so that the client does not follow them.
    /// Emitted operations call it.
    #[must_use]
    pub const fn redirecting(self, redirects: &'static [u16]) -> Self {
        Self { redirects, ..self }
    }

    /// Sets the server of an operation, if it is not the first server of the OpenAPI document. Emitted operations call it
    /// with the URL of the document's first server and the URL of their own server.
    #[must_use]
    pub const fn at(self, document: &'static str, operation: &'static str) -> Self {
        Self {
            server: Some(OperationServer {
                document,
                operation,
            }),
            ..self
        }
    }

    /// Sets the pagination of an operation whose result comes in pages. Emitted operations call it.
    #[must_use]
    pub const fn paged(self, pagination: Pagination) -> Self {
        Self {
            pagination: Some(pagination),
            ..self
        }
    }

    /// Sets the conventions of the service that an operation belongs to, such as its header for request ids. Emitted
    /// operations call it.
    #[must_use]
    pub const fn following(self, service: &'static ServiceConventions) -> Self {
        Self { service, ..self }
    }
}
