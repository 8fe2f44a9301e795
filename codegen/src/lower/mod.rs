//! Lowers typed documents to the IR: resolves references, merges schemas and reports what octogen cannot honour.

mod all_of;
mod any_of;
mod conditions;
mod constant_branches;
mod cycles;
mod discriminators;
mod draft;
mod examples;
mod examples_as_text;
mod facts;
mod inheritance;
mod integers;
mod labels;
mod media_types;
mod merge;
mod narrowing;
mod normalize;
mod null_examples;
mod objects;
mod operations;
mod parameters;
mod path_template;
mod places;
mod read_only;
mod references;
mod request_body;
mod responses;
mod scalar_variants;
mod schemas;
mod security;
mod selection;
mod servers;
mod service;
mod shapes;
mod structure;
mod styles;
mod target_names;
mod unions;
mod untyped;

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostics, Place};
use crate::document::{
    Checked, Checker, Document, Files, Identity, Instance, Node, OpenApiObject, RefOr, Referenced, Version,
    check_version,
};
use crate::ir::{Api, DefaultValue, Example, ExampleRole, Origin, TypeId, TypeRef, Types, Unsupported};
use draft::Draft;
use selection::Selection;

pub use selection::Selector;

/// Lowers an OpenAPI document to an [`Api`]: resolves references and turns schemas into types. It is the stage after
/// reading, called once per run. With selectors, it lowers only the selected operations and webhooks, and everything
/// that they refer to.
///
/// Problems are reported. If nothing can be lowered, the result is `None`.
pub fn lower(files: &Files, only: &[Selector], diagnostics: &mut Diagnostics) -> Option<Api> {
    let entry = files.entry()?;
    let version = check_version(&entry, diagnostics)?;
    let document = Document::read_fields(entry, diagnostics);
    let mut lowering = Lowering::new(files, version, only, diagnostics);
    inheritance::note_subtypes(&mut lowering, &document);
    if lowering.selection.is_everything() {
        lowering.check(&document, false);
        lowering.components(&document);
    }
    let mut ids = operations::Ids::default();
    let operations = operations::operations(&mut lowering, &document, &mut ids);
    let operation_examples = lowering.examples.len();
    let webhooks = operations::webhooks(&mut lowering, &document, &mut ids);
    selection::report_unused(&mut lowering, &document.node);
    lowering.drain();
    cycles::break_cycles(&mut lowering);
    discriminators::complete_discriminator_values(&mut lowering);
    normalize::normalize_unions(&mut lowering);
    any_of::merge_any_of(&mut lowering.types);
    let reached = lowering.types.prune_unreachable();
    examples::drop_unreached(&mut lowering, &reached);
    labels::label_variants(&mut lowering.types);
    let webhook_examples = lowering.examples.iter_mut().skip(operation_examples);
    let headers = webhook_examples.filter(|example| matches!(example.role, ExampleRole::Parameter(_)));
    examples::convert_to_texts(&lowering.types, headers);
    let schemes = security::schemes(&mut lowering, &document, &operations);
    let mut servers = servers::servers(&document.servers);
    servers::report_incomplete_server(&document.servers, &servers, lowering.diagnostics);
    if servers.is_empty() {
        servers.extend(operations.iter().find_map(|operation| operation.server.clone()));
    }
    let info = document.info.as_ref();
    let text = |text: Option<&str>| text.map(str::to_owned);
    let mut api = Api {
        title: info.and_then(|info| info.title).unwrap_or("API").to_owned(),
        description: text(info.and_then(|info| info.description)),
        version: text(info.and_then(|info| info.version)),
        api_version: text(info.and_then(|info| info.api_version)),
        service: info.map(service::conventions).unwrap_or_default(),
        servers,
        tags: document
            .tags
            .iter()
            .filter_map(|tag| Some((tag.name.as_ref()?.text.to_owned(), text(tag.description))))
            .collect(),
        types: Types::default(),
        copies: FxHashMap::default(),
        components: Vec::new(),
        schemas: lowering.schemas,
        operations,
        schemes,
        webhooks,
        examples: lowering.examples,
        unsupported: lowering.unsupported,
        null_examples: 0,
        defaults: lowering.defaults,
    };
    api.examples.extend(lowering.schema_examples);
    lowering.types.finish(&mut api);
    examples_as_text::parse_texts(&mut api, lowering.diagnostics);
    null_examples::remove_nulls(&mut api, lowering.diagnostics);
    read_only::relax_required(&mut api);
    places::separate_places(&mut api);
    Some(api)
}

/// The maximum number of types that schemas with dynamic references can have.
const MAX_INSTANCES: usize = 1_000;

/// The state of lowering.
struct Lowering<'a, 'd> {
    files: &'a Files,
    version: Version,
    diagnostics: &'d mut Diagnostics,
    /// The objects that are checked for contradictions already.
    checked: Checked,
    selection: Selection<'d>,
    types: Draft,
    examples: Vec<Example>,
    unsupported: Vec<Unsupported>,
    /// The examples of schemas. They follow those of operations and webhooks.
    schema_examples: Vec<Example>,
    defaults: Vec<DefaultValue>,
    /// The schemas that a reference, parameter, header or media type names, with their types.
    schemas: Vec<(Place, TypeRef)>,
    /// The types of schemas that references name.
    targets: FxHashMap<Instance, TypeId>,
    referenced: Referenced,
    /// The types of inline schemas with a `$ref`, `allOf`, `oneOf` or `anyOf`, by their parts.
    composed: FxHashMap<Vec<Instance>, TypeId>,
    /// The schemas that extend a schema by `allOf`, by the extended one.
    subtypes: FxHashMap<Identity, Vec<Node<'a>>>,
    /// Types whose schemas are not read yet. A queue bounds the recursion for a long chain of references.
    queue: VecDeque<(TypeId, Vec<Node<'a>>)>,
    /// How many types are being read, each within the one before.
    depth: usize,
    /// How many meanings dynamic references have given to schemas.
    instances: usize,
}

impl<'a, 'd> Lowering<'a, 'd> {
    fn new(files: &'a Files, version: Version, only: &'d [Selector], diagnostics: &'d mut Diagnostics) -> Self {
        Self {
            files,
            version,
            diagnostics,
            checked: Checked::default(),
            selection: Selection::new(only),
            types: Draft::default(),
            examples: Vec::new(),
            unsupported: Vec::new(),
            schema_examples: Vec::new(),
            defaults: Vec::new(),
            schemas: Vec::new(),
            targets: FxHashMap::default(),
            referenced: files.referenced(),
            composed: FxHashMap::default(),
            subtypes: FxHashMap::default(),
            queue: VecDeque::new(),
            depth: 0,
            instances: 0,
        }
    }

    /// Checks an object, which may belong to a webhook, all objects within, and all that their references name, for
    /// contradictions.
    fn check<T: OpenApiObject<'a>>(&mut self, object: &T, is_in_webhook: bool) {
        let mut checker = Checker::new(self.files, self.version, self.diagnostics, &mut self.checked);
        checker.check_within(is_in_webhook, |checker| object.check_fields(checker));
        checker.finish();
    }

    /// Lowers the schemas under `components`.
    fn components(&mut self, document: &Document<'a>) {
        let Some(components) = &document.components else {
            return;
        };
        for (name, schema) in &components.schemas {
            self.target(schema.node.clone(), Some(name));
        }
        self.drain();
    }

    /// Returns the type of a schema that a reference names. The schema is read later.
    fn target(&mut self, node: Node<'a>, name: Option<&str>) -> TypeId {
        let instance = node.instance();
        if let Some(&id) = self.targets.get(&instance) {
            return id;
        }
        let origin = name.map_or_else(|| target_names::origin(&node), |name| Origin::Component(name.to_owned()));
        let id = self.types.add(schemas::unread(origin, node.place()));
        self.schemas.push((node.place(), id.into()));
        self.targets.insert(instance, id);
        self.queue.push_back((id, vec![node]));
        id
    }

    /// Returns whether a reference names an inline schema, so that the schema has one type for all places.
    fn is_referenced(&self, node: &Node<'a>) -> bool {
        !node.is_instance() && self.referenced.has(node)
    }

    /// Returns the type of a referenced schema. If the reference gives a new meaning to dynamic references within the
    /// schema, there is none yet.
    fn type_of(&mut self, node: &Node<'a>) -> Option<TypeId> {
        if node.is_instance() {
            return self.targets.get(&node.instance()).copied();
        }
        Some(self.target(node.clone(), None))
    }

    /// Registers the type of a schema whose dynamic references have a new meaning. If there are too many such types, it
    /// warns and returns `false`.
    fn add_instance(&mut self, node: &Node<'a>, id: TypeId) -> bool {
        self.instances += 1;
        if self.instances > MAX_INSTANCES {
            let message = format!("schemas with dynamic references need more than {MAX_INSTANCES} types");
            let help = "octogen accepts any JSON for this schema; replace dynamic references by `$ref`";
            self.diagnostics.warn(Code::DeepNesting, self.types[id].place.clone(), message, help);
            return false;
        }
        self.targets.insert(node.instance(), id);
        true
    }

    fn drain(&mut self) {
        while let Some((id, nodes)) = self.queue.pop_front() {
            schemas::lower_into(self, id, nodes);
        }
    }

    /// Reads an object, behind its `$ref` if it has one. An unresolved reference is reported.
    fn read<T: OpenApiObject<'a>>(&mut self, object: &RefOr<'a, T>) -> Option<T> {
        self.files.read(object, self.diagnostics)
    }
}
