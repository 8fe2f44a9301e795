//! Paths.

use octogen_runtime::Method;

use super::{Operation, Parameter, Server};
use crate::document::Node;
use crate::document::read::{RefOr, object};

object! {
    /// A path item object of an OpenAPI document, parsed into typed fields for lowering: the operations on one path,
    /// and the parameters that they share.
    pub struct PathItem<'a>: "a path item" {
        "summary",
        "description",
        "servers" => servers: Vec<Server<'a>>,
        "parameters" => parameters: Vec<RefOr<'a, Parameter<'a>>>,
        "get" => get: Option<RefOr<'a, Operation<'a>>>,
        "put" => put: Option<RefOr<'a, Operation<'a>>>,
        "post" => post: Option<RefOr<'a, Operation<'a>>>,
        "delete" => delete: Option<RefOr<'a, Operation<'a>>>,
        "options" => options: Option<RefOr<'a, Operation<'a>>>,
        "head" => head: Option<RefOr<'a, Operation<'a>>>,
        "patch" => patch: Option<RefOr<'a, Operation<'a>>>,
        "trace" => trace: Option<RefOr<'a, Operation<'a>>>,
    }
}

impl<'a> PathItem<'a> {
    /// Returns the operations of this path item, each with its HTTP method. The order of the methods is fixed.
    pub fn operations(&self) -> impl Iterator<Item = (Method, &RefOr<'a, Operation<'a>>)> {
        let operations = [
            (Method::Get, &self.get),
            (Method::Put, &self.put),
            (Method::Post, &self.post),
            (Method::Delete, &self.delete),
            (Method::Options, &self.options),
            (Method::Head, &self.head),
            (Method::Patch, &self.patch),
            (Method::Trace, &self.trace),
        ];
        operations.into_iter().filter_map(|(method, operation)| Some((method, operation.as_ref()?)))
    }

    /// Returns the operations of this path item in the order in which the document lists them. Webhooks are lowered in
    /// this order.
    #[must_use]
    pub fn operations_as_written(&self) -> Vec<&RefOr<'a, Operation<'a>>> {
        let written: Vec<Node<'a>> = self.node.entries().into_iter().map(|(_, value)| value).collect();
        let mut operations: Vec<_> = self.operations().map(|(_, operation)| operation).collect();
        operations.sort_by_key(|operation| written.iter().position(|value| value.is(&operation.node)));
        operations
    }
}
