//! The intermediate representation of a description: all references are resolved, and all OpenAPI versions look the same.

mod bodies;
mod constraints;
mod docs;
mod examples;
mod graph;
mod operations;
mod origin;
mod parameters;
mod security;
mod servers;
mod service;
#[cfg(test)]
pub mod testing;
mod type_map;
mod type_ref;
mod types;

pub use bodies::{Body, BodyKind, Content, ContentKind, Encoding};
pub use constraints::{Constraints, are_equal_scalars, as_f64};
pub use docs::{Docs, ValueDocs};
pub use examples::{DefaultValue, Example, ExampleRole, ExampleSource, Unsupported};
pub use graph::{components, on_cycle, order_by_component};
pub use operations::{Operation, PageStyle, Pagination, Response, ResponseHeader, Status, Webhook};
pub use origin::{Origin, Step};
pub use parameters::{Location, Parameter, ParameterStyle, StyleKind};
pub use security::{DescribedScheme, Scheme, SchemeKind};
pub use servers::{Server, ServerVariable};
pub use service::ServiceConventions;
pub use type_map::TypeMap;
pub use type_ref::{TypeId, TypeRef};
pub use types::{
    Declared, Edge, Enum, Field, IntegerKind, Object, Shape, StringKind, Tuple, Type, Types, Union, Variant,
};

use rustc_hash::FxHashMap;

use crate::diagnostic::Place;

/// An API after all references are resolved and all schemas are lowered: the input of the stages from evidence to emit.
/// It has the operations, the webhooks, the types and the documented payloads.
#[derive(Debug, Default)]
pub struct Api {
    /// `info.title`
    pub title: String,
    /// `info.description`
    pub description: Option<String>,
    /// `info.version`
    pub version: Option<String>,
    /// `x-api-version` of `info`: the version that a client sends in its requests.
    pub api_version: Option<String>,
    /// The conventions of the service, from extensions of `info`.
    pub service: ServiceConventions,
    /// The servers. The first is the default.
    pub servers: Vec<Server>,
    /// The declared tags with their texts.
    pub tags: Vec<(String, Option<String>)>,
    /// All types.
    pub types: Types,
    /// The copies of the inline types that are used at several places. An example of the schema concerns all of them.
    pub copies: FxHashMap<TypeId, Vec<TypeId>>,
    /// The schemas under `components`, in the order in which they were found.
    pub components: Vec<Component>,
    /// The schemas that a reference, parameter, header or media type names, with the types that they describe.
    pub schemas: Vec<(Place, TypeRef)>,
    /// All operations, in the order of the description.
    pub operations: Vec<Operation>,
    /// The security schemes that operations require and that a request can hold.
    pub schemes: Vec<DescribedScheme>,
    /// All webhooks.
    pub webhooks: Vec<Webhook>,
    /// All documented payloads.
    pub examples: Vec<Example>,
    /// The documented payloads without a type.
    pub unsupported: Vec<Unsupported>,
    /// The number of examples that are null although their schemas do not admit it. They are not payloads.
    pub null_examples: usize,
    /// The defaults of schemas.
    pub defaults: Vec<DefaultValue>,
}

/// A schema under `components` of an OpenAPI document, after lowering: its name, and the type that it describes.
#[derive(Clone, Copy, Debug)]
pub struct Component {
    /// The schema: its name, its place and its text.
    pub id: TypeId,
    /// The type that the schema describes: its own, or one that it is another name of.
    pub ty: TypeRef,
}

impl Api {
    /// Returns the copies of an inline type, and their copies.
    #[must_use]
    pub fn copies_of(&self, id: TypeId) -> Vec<TypeId> {
        let mut copies = vec![id];
        let mut at = 0;
        while let Some(id) = copies.get(at) {
            copies.extend(self.copies.get(id).into_iter().flatten());
            at += 1;
        }
        copies.split_off(1)
    }

    /// Calls a function for each use of a type in this API: in types, components, parameters, bodies, responses,
    /// webhooks and payloads. A stage that replaces types uses it.
    pub fn for_each_use(&mut self, visit: &mut dyn FnMut(&mut TypeRef)) {
        for id in self.types.ids() {
            self.types[id].shape.for_each_use(visit);
        }
        self.components.iter_mut().for_each(|component| visit(&mut component.ty));
        self.schemas.iter_mut().for_each(|(_, ty)| visit(ty));
        for operation in &mut self.operations {
            operation.parameters.iter_mut().for_each(|parameter| visit(&mut parameter.ty));
            let contents = operation.body.iter_mut().flat_map(|body| &mut body.contents);
            contents.filter_map(|content| content.kind.ty_mut()).for_each(&mut *visit);
            for response in &mut operation.responses {
                let others = response.others.iter_mut().map(|(_, kind)| kind);
                response.content.iter_mut().chain(others).filter_map(ContentKind::ty_mut).for_each(&mut *visit);
                response.headers.iter_mut().for_each(|header| visit(&mut header.ty));
            }
        }
        for webhook in &mut self.webhooks {
            webhook.payload.iter_mut().for_each(&mut *visit);
            webhook.headers.iter_mut().for_each(|header| visit(&mut header.ty));
        }
        self.examples.iter_mut().for_each(|example| visit(&mut example.ty));
        self.defaults.iter_mut().for_each(|default| visit(&mut default.ty));
    }
}
