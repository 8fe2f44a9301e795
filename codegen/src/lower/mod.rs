//! From documents to the typed description.

mod access;
mod any_of;
mod cycles;
mod examples;
mod facts;
mod inheritance;
mod labels;
mod media_types;
mod merge;
mod normalize;
mod operations;
mod parameters;
mod request_body;
mod responses;
mod schemas;
mod security;
mod selection;
mod servers;
mod shapes;
mod styles;
mod unions;

use std::collections::{HashMap, VecDeque};

use octogen_runtime::{JsonType, Value};

use crate::diagnostic::{Diagnostics, Place, Spot};
use crate::document::{File, Files, Node, UnresolvedReference, report_unknown_keys};
use crate::ir::{Api, Example, ExampleRole, Origin, Stated, TypeId, Types, Unsupported};
use selection::Selection;

pub use selection::Selector;

/// Lowers a description, or what is selected of it and all that this refers to; what is wrong with it is reported.
pub fn lower(files: &Files, only: &[Selector], diagnostics: &mut Diagnostics) -> Option<Api> {
    let entry = files.entry()?;
    check_version(entry, diagnostics)?;
    let root = entry.node();
    let mut lowering = Lowering::new(files, only, diagnostics);
    inheritance::note(&mut lowering, &root);
    if lowering.selection.is_everything() {
        report_unknown_keys(&root, lowering.diagnostics);
        lowering.components(&root);
    }
    let operations = operations::operations(&mut lowering, &root);
    let of_operations = lowering.examples.len();
    let webhooks = operations::webhooks(&mut lowering, &root);
    selection::report_missing(&mut lowering, &root);
    lowering.drain();
    cycles::break_cycles(&mut lowering);
    normalize::normalize_unions(&mut lowering.types);
    any_of::merge_any_of(&mut lowering.types);
    normalize::prune_unreachable(&mut lowering.types);
    labels::label_variants(&mut lowering.types);
    access::relax(&mut lowering.types, &operations);
    let of_webhooks = lowering.examples.iter_mut().skip(of_operations);
    examples::as_texts(&lowering.types, of_webhooks.filter(|one| matches!(one.role, ExampleRole::Parameter(_))));
    let schemes = security::schemes(&mut lowering, &root, &operations);
    let mut servers = servers::servers(&root, lowering.diagnostics);
    if servers.is_empty() {
        servers.extend(operations.iter().find_map(|operation| operation.server.clone()));
    }
    let info = root.get("info").unwrap_or_else(|| root.clone());
    let d = &mut *lowering.diagnostics;
    Some(Api {
        title: info.text("title", d).unwrap_or("API").to_owned(),
        description: info.text("description", d).map(str::to_owned),
        version: info.text("version", d).map(str::to_owned),
        api_version: info.text("x-api-version", d).map(str::to_owned),
        servers,
        tags: tags(&root, d),
        types: lowering.types,
        operations,
        schemes,
        webhooks,
        examples: lowering.examples,
        unsupported: lowering.unsupported,
        stated: lowering.stated,
    })
}

/// What lowering knows while it walks.
struct Lowering<'a, 'd> {
    files: &'a Files,
    diagnostics: &'d mut Diagnostics,
    selection: Selection<'d>,
    types: Types,
    examples: Vec<Example>,
    unsupported: Vec<Unsupported>,
    stated: Vec<Stated>,
    /// The types that references lead to, by file and pointer.
    targets: HashMap<(String, String), TypeId>,
    /// The types of inline schemas that draw on others, by the file and pointer of each part.
    composed: HashMap<Vec<(String, String)>, TypeId>,
    /// By file and pointer of a schema, those that build on it by `allOf`.
    heirs: HashMap<inheritance::Identity, Vec<Node<'a>>>,
    /// Schemas that are known by id and not read yet. A queue, so that no chain of references is too long.
    queue: VecDeque<(TypeId, Vec<Node<'a>>)>,
    /// How many types are being read within one another.
    depth: usize,
}

impl<'a, 'd> Lowering<'a, 'd> {
    fn new(files: &'a Files, only: &'d [Selector], diagnostics: &'d mut Diagnostics) -> Self {
        Self {
            files,
            diagnostics,
            selection: Selection::new(only),
            types: Types::default(),
            examples: Vec::new(),
            unsupported: Vec::new(),
            stated: Vec::new(),
            targets: HashMap::new(),
            composed: HashMap::new(),
            heirs: HashMap::new(),
            queue: VecDeque::new(),
            depth: 0,
        }
    }

    fn components(&mut self, root: &Node<'a>) {
        let Some(components) = root.expect("components", JsonType::Object, self.diagnostics) else {
            return;
        };
        for (name, node) in components.entries_of("schemas", self.diagnostics) {
            self.target(node, Some(name));
        }
        self.drain();
    }

    /// The type of a schema that is referred to, read later.
    fn target(&mut self, node: Node<'a>, name: Option<&str>) -> TypeId {
        let identity = node.identity();
        if let Some(&id) = self.targets.get(&identity) {
            return id;
        }
        let name = name.map_or_else(|| name_of(&identity.1, &identity.0), str::to_owned);
        let id = self.types.add(schemas::unread(Origin::Component(name), node.place()));
        self.targets.insert(identity, id);
        self.queue.push_back((id, vec![node]));
        id
    }

    fn drain(&mut self) {
        while let Some((id, nodes)) = self.queue.pop_front() {
            schemas::read_into(self, id, nodes);
        }
    }

    /// The node itself, or what its `$ref` leads to; a reference to nowhere is reported.
    fn resolved(&mut self, node: Node<'a>) -> Option<Node<'a>> {
        let mut at = node;
        // The number of hops bounds a circle of references.
        for _ in 0..32 {
            let Some(reference) = at.text("$ref", self.diagnostics) else {
                return Some(at);
            };
            match self.files.resolve(&at, reference) {
                Ok(target) => at = target,
                Err(UnresolvedReference { message, help }) => {
                    self.diagnostics.error(at.place_of("$ref"), message, help);
                    return None;
                }
            }
        }
        self.diagnostics.error(at.place(), "the references go around in a circle", "let one of them lead to a value");
        None
    }
}

/// The name of a schema that stands outside `components`: the last word of the way to it.
fn name_of(pointer: &str, file: &str) -> String {
    let last = pointer.rsplit('/').find(|segment| !segment.is_empty() && segment.parse::<usize>().is_err());
    let stem = file.rsplit('/').next().and_then(|name| name.split('.').next());
    last.or(stem).unwrap_or("schema").replace("~1", "/").replace("~0", "~")
}

const VERSIONS: &str = "versions 3.0 and 3.1 can be read; write the whole version, such as `3.1.0`";

fn check_version(entry: &File, diagnostics: &mut Diagnostics) -> Option<()> {
    let root = entry.node();
    if let Some(swagger) = root.get("swagger") {
        let help = "convert it to OpenAPI 3 first, for example with `npx swagger2openapi --outfile openapi.json FILE`";
        diagnostics.error(swagger.place(), "this is a Swagger 2.0 document", help);
        return None;
    }
    let start = "an OpenAPI document starts with `openapi: 3.1.0` or `openapi: 3.0.3`";
    if *root.value == Value::Null {
        let place = Place { file: entry.path.clone(), spot: Spot::LineColumn(1, 1) };
        diagnostics.error(place, "the document is empty", start);
        return None;
    }
    if root.value.kind() != JsonType::Object {
        let message = format!("the document is {}, where OpenAPI has an object", root.value.kind());
        diagnostics.error(root.place(), message, start);
        return None;
    }
    let Some(stated) = root.get("openapi") else {
        diagnostics.error(root.place(), "there is no `openapi` version", start);
        return None;
    };
    let version = match stated.value {
        Value::Number(number) => number.as_str(),
        other => other.as_str().unwrap_or_default(),
    };
    if !version.starts_with("3.") {
        let message = match stated.value {
            Value::Number(_) | Value::String(_) => format!("`{version}` is no version of OpenAPI that is known"),
            other => format!("`openapi` is {}, where OpenAPI has a string", other.kind()),
        };
        diagnostics.error(stated.place(), message, VERSIONS);
        return None;
    }
    if !version.starts_with("3.0") && !version.starts_with("3.1") {
        let message = format!("OpenAPI {version} is newer than what is known");
        diagnostics.warn(stated.place(), message, "it is read as 3.1");
    }
    Some(())
}

fn tags(root: &Node<'_>, diagnostics: &mut Diagnostics) -> Vec<(String, Option<String>)> {
    let mut tags = Vec::new();
    for tag in root.items_of("tags", diagnostics) {
        if let Some(name) = tag.text("name", diagnostics) {
            tags.push((name.to_owned(), tag.text("description", diagnostics).map(str::to_owned)));
        }
    }
    tags
}
