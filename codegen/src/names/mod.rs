//! Every identifier, decided once before anything is written, so that no emitter can bring two together.

mod casing;
mod endpoints;
mod features;
mod letters;
mod models;
mod package;
mod reserved;
mod scope;

pub use endpoints::{OperationNames, OutcomeNames};
pub use models::{Alias, TypeNames};
pub use package::{is_package, library_of, package};

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use proc_macro2::{Ident, Span};

use crate::analyze::{Area, Facts};
use crate::ir::{Api, Origin, TypeId};

/// The names.
#[derive(Debug)]
pub struct Names {
    /// Of the types that are written as items.
    pub types: BTreeMap<TypeId, TypeNames>,
    /// Further names of types.
    pub aliases: Vec<Alias>,
    /// What all types are called that are written.
    pub items: BTreeSet<String>,
    /// Of the operations, in their order.
    pub operations: Vec<OperationNames>,
    /// Of the credentials, by the names of their security schemes.
    pub credentials: BTreeMap<String, Name>,
    /// Of the webhooks, in their order.
    pub webhooks: Vec<Name>,
    /// Of the tests of the documented payloads, by their places among the payloads.
    pub examples: BTreeMap<usize, Name>,
    /// Of the modules, by tag.
    pub modules: BTreeMap<String, String>,
    /// Of the Cargo features, by area.
    pub features: BTreeMap<Area, String>,
    /// Of the variables in the URL of the first server.
    pub server: Vec<Name>,
    /// All names in the room of the models.
    models: BTreeSet<String>,
    /// All names in the rooms of the endpoints and of the webhooks.
    endpoints: BTreeSet<String>,
}

/// Where a name of the runtime is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// Beside the models.
    Models,
    /// Beside the operations, or the webhooks.
    Endpoints,
}

/// The module of types that more than one tag reaches, and of operations without a tag.
pub const SHARED_MODULE: &str = "shared";

/// Names everything in a description. Without `place_names`, places whose type is written elsewhere have no name.
#[must_use]
pub fn names(api: &Api, facts: &Facts, place_names: bool) -> Names {
    let (types, mut aliases, models) = models::models(api, facts);
    aliases.retain(|alias| place_names || matches!(api.types[alias.ty].origin, Origin::Component(_)));
    let (operations, mut endpoints) = endpoints::endpoints(api);
    let webhooks = endpoints::webhooks(api);
    endpoints.extend(webhooks.iter().map(Name::to_string));
    let (credentials, examples) = (endpoints::credentials(api), endpoints::examples(api, facts));
    let modules = modules(api);
    let features = features::features(facts, &modules);
    let server = endpoints::server(api);
    let items = types.values().map(|names| names.ty.to_string()).collect();
    Names {
        items,
        types,
        aliases,
        operations,
        credentials,
        webhooks,
        examples,
        modules,
        features,
        server,
        models,
        endpoints,
    }
}

impl Names {
    /// Whether a name of the runtime is taken in a room, so that it has to be written with its path.
    #[must_use]
    pub fn is_taken(&self, room: Room, name: &str) -> bool {
        match room {
            Room::Models => self.models.contains(name),
            Room::Endpoints => self.endpoints.contains(name),
        }
    }

    /// The module of a tag; the shared one for none.
    #[must_use]
    pub fn module(&self, tag: Option<&str>) -> &str {
        tag.and_then(|tag| self.modules.get(tag)).map_or(SHARED_MODULE, String::as_str)
    }
}

/// Whether a module can have that name: lower-case, and no word of the language.
#[must_use]
pub fn is_module(name: &str) -> bool {
    let mut characters = name.chars();
    let starts = characters.next().is_some_and(|first| first.is_ascii_lowercase());
    let continues = characters.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    starts && continues && reserved::escaped(name, reserved::Case::Module) == name
}

/// An identifier that was claimed in a scope, as a text: those of proc-macro2 stay on their thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    /// The identifier.
    #[must_use]
    pub fn ident(&self) -> Ident {
        fixed(&self.0)
    }

    /// Without what makes an identifier of a word that Rust has a use for.
    #[must_use]
    pub fn bare(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An identifier that is fixed: a module, a name of the runtime.
#[must_use]
pub fn fixed(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

fn ident(name: &str) -> Name {
    Name(name.to_owned())
}

/// The names of constants, which are as different as those of the members they belong to.
fn constants(prefix: &str, members: &[Name]) -> Vec<Name> {
    let constant = |member: &Name| ident(&format!("{prefix}_{}", member.bare().to_uppercase()));
    members.iter().map(constant).collect()
}

fn modules(api: &Api) -> BTreeMap<String, String> {
    let mut scope =
        scope::Scope::new(reserved::Case::Module, &[SHARED_MODULE, "aliases", "tables", "mod", "models", "endpoints"]);
    let described = api.tags.iter().map(|(name, _)| name);
    let used = api.operations.iter().flat_map(|operation| operation.tags.first());
    let mut modules = BTreeMap::new();
    for tag in described.chain(used) {
        if !modules.contains_key(tag) {
            modules.insert(tag.clone(), scope.claim(tag));
        }
    }
    modules
}
