//! All identifiers. They are decided before anything is written, so that no two emitters choose the same one.
//!
//! Each target has a namespace of its own, and a field in [`Names`].

mod casing;
mod client;
mod features;
mod letters;
mod models;
mod modules;
mod name;
mod namespace;
mod package;
mod reserved;
mod statuses;
mod tests;

pub use client::{ClientNames, OperationNames, OutcomeNames};
pub use models::{Alias, ModelNames, TypeNames};
pub use modules::is_module;
pub use name::{Name, fixed};
pub use namespace::Namespace;
pub use package::{is_package, library_of, package};
pub use tests::TestNames;

use std::collections::BTreeMap;

use crate::analyze::{Area, Facts};
use crate::ir::Api;

/// The names of everything that is emitted.
#[derive(Debug)]
pub struct Names {
    /// Names of models.
    pub models: ModelNames,
    /// Names of operations, credentials, webhooks and server variables.
    pub client: ClientNames,
    /// Names of tests.
    pub tests: TestNames,
    /// The module of each tag.
    pub modules: BTreeMap<String, String>,
    /// The Cargo feature of each area.
    pub features: BTreeMap<Area, String>,
}

/// A target: a group of modules with a namespace of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The models.
    Models,
    /// The operations, the webhooks and the credentials.
    Client,
    /// The tests of the documented payloads.
    Tests,
}

/// Names everything in a description. `place_names` decides whether an inline type that shares the definition of another
/// one has an alias for its own place.
#[must_use]
pub fn names(api: &Api, facts: &Facts, place_names: bool) -> Names {
    let modules = modules::modules(api);
    Names {
        models: models::models(api, facts, place_names),
        client: client::client(api),
        tests: tests::tests(api, facts),
        features: features::features(facts, &modules),
        modules,
    }
}

impl Names {
    /// The identifiers that a target declares. They hide the items of the runtime that have the same name.
    #[must_use]
    pub fn namespace(&self, target: Target) -> &Namespace {
        match target {
            Target::Models => &self.models.namespace,
            Target::Client => &self.client.namespace,
            Target::Tests => &self.tests.namespace,
        }
    }

    /// The module of a tag, or the shared module.
    #[must_use]
    pub fn module(&self, tag: Option<&str>) -> &str {
        tag.and_then(|tag| self.modules.get(tag)).map_or(modules::SHARED_MODULE, String::as_str)
    }
}
