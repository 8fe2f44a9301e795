//! Paths and their operations, and callbacks and webhooks, which contain paths again.

use std::ops::Deref;

use octogen_runtime::Method;

use super::{ExternalDocs, Parameter, RequestBody, Response, SecurityRequirement, Server};
use crate::diagnostic::{Diagnostics, Place};
use crate::document::Node;
use crate::document::check::Checker;
use crate::document::read::{Child, Map, OpenApiObject, Patterned, Read, RefOr, Rules, Text, object};

object! {
    /// An operation object of an OpenAPI document, parsed into typed fields for lowering: one HTTP method of a path, or
    /// the request of a webhook.
    pub struct Operation<'a>: "an operation" {
        "tags" => tags: Vec<&'a str>,
        "summary" => summary: Option<&'a str>,
        "description" => description: Option<&'a str>,
        "externalDocs" => external_docs: Option<ExternalDocs<'a>>,
        "operationId" => id: Option<Text<'a>>,
        "parameters" => parameters: Vec<RefOr<'a, Parameter<'a>>>,
        "requestBody" => request_body: Option<RefOr<'a, RequestBody<'a>>>,
        "responses" => responses: Patterned<'a, RefOr<'a, Response<'a>>>
            [RequiredIn30OutsideWebhooks "octogen generates no type for the result"],
        "callbacks" => callbacks: Option<Map<'a, RefOr<'a, Callback<'a>>>>,
        "deprecated" => deprecated: bool,
        // `None` if the requirements of the document hold.
        "security" => security: Option<Vec<SecurityRequirement<'a>>>,
        "servers" => servers: Vec<Server<'a>>,
        "x-removal-date" => removal_date: Option<&'a str>,
        // Alternatives, each with the level of every permission that it needs.
        "x-permissions" => permissions: Option<Vec<Map<'a, &'a str>>>,
        "x-pagination" => pagination: Option<Pagination<'a>>,
    }
}

object! {
    /// The extension `x-pagination` of an operation in an OpenAPI document, parsed into typed fields for lowering: it
    /// says how a client gets the next page.
    pub struct Pagination<'a>: "`x-pagination`" {
        // `page` or `cursor`.
        "by" => by: Option<&'a str>,
        // The query parameter that selects the page.
        "parameter" => parameter: Option<&'a str>,
        // The property of the response that holds the items.
        "items" => items: Option<&'a str>,
    }
}

object! {
    /// A path item object of an OpenAPI document, parsed into typed fields for lowering: the operations on one path,
    /// and the parameters that they share.
    pub struct PathItem<'a>: "a path item" {
        "summary": &'a str,
        "description": &'a str,
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
        let operations: Vec<_> = self.operations().map(|(_, operation)| operation).collect();
        let written = self.node.entries().into_iter();
        written.filter_map(|(_, value)| operations.iter().copied().find(|one| value.is(&one.node))).collect()
    }
}

/// A callback object of an OpenAPI document, parsed into typed fields: path items by the expressions of their URLs. Its
/// keys are checked, but octogen does not use them.
#[derive(Clone, Debug)]
pub struct Callback<'a> {
    /// The object with its place.
    pub node: Node<'a>,
    /// The path items.
    pub items: Patterned<'a, RefOr<'a, PathItem<'a>>>,
}

impl<'a> OpenApiObject<'a> for Callback<'a> {
    const NAME: &'static str = "a callback";
    const KEYS: &'static [&'static str] = &[];
    const IS_OPEN: bool = true;

    fn read_fields(node: Node<'a>, diagnostics: &mut Diagnostics) -> Self {
        let items = Patterned::of(&node, diagnostics);
        Self { node, items }
    }

    fn check_fields(&self, checker: &mut Checker<'a, '_>) {
        checker.check_within(false, |checker| self.items.check(checker));
    }

    fn node(&self) -> &Node<'a> {
        &self.node
    }
}

impl Rules<'_> for Callback<'_> {}

/// The webhooks of an OpenAPI document, parsed into typed fields for lowering: path items by the names of the webhooks.
#[derive(Clone, Debug, Default)]
pub struct Webhooks<'a>(Map<'a, RefOr<'a, PathItem<'a>>>);

impl<'a> Read<'a> for Webhooks<'a> {
    fn read(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        Map::read(child, diagnostics).map(Self)
    }

    fn check(&self, checker: &mut Checker<'a, '_>) {
        checker.check_within(true, |checker| self.0.check(checker));
    }
}

impl<'a> Deref for Webhooks<'a> {
    type Target = Map<'a, RefOr<'a, PathItem<'a>>>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl Operation<'_> {
    /// Returns the place of `callbacks`, for a diagnostic about all of them.
    #[must_use]
    pub fn callbacks_place(&self) -> Place {
        self.node.child("callbacks").place()
    }
}
