//! All identifiers. They are decided before anything is written, so that no two emitters choose the same one.
//!
//! Each target has a namespace of its own, and a field in [`Names`].

mod acronyms;
mod casing;
mod client;
mod features;
mod inline;
mod letters;
mod models;
mod modules;
mod name;
mod namespace;
mod package;
mod reserved;
mod statuses;
mod tests;
mod variants;
mod words;

pub use client::{ClientNames, OperationNames, OutcomeNames};
pub use models::{Alias, ModelNames, TypeNames};
pub use modules::{SHARED_MODULE, is_module};
pub use name::{Name, fixed};
pub use namespace::Namespace;
pub use package::{is_package, library_of, package};
pub use tests::TestNames;

use std::collections::BTreeMap;

use crate::analyze::{Area, Facts};
use crate::ir::{Api, Operation};
use modules::Modules;

/// All Rust names of the output, as the names stage chose them. The emit stage takes every identifier from here.
#[derive(Debug)]
pub struct Names {
    /// Names of models.
    pub models: ModelNames,
    /// Names of operations, credentials, webhooks and server variables.
    pub client: ClientNames,
    /// Names of tests.
    pub tests: TestNames,
    /// The modules of the operations.
    modules: Modules,
    /// The Cargo feature of each area.
    pub features: BTreeMap<Area, String>,
}

/// A target of the emit stage: models, client or tests. The modules of a target share a namespace of Rust identifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The models.
    Models,
    /// The operations, the webhooks and the credentials.
    Client,
    /// The tests of the documented payloads.
    Tests,
}

/// Chooses the Rust names for everything that is emitted for an API. It is the names stage, called once per run, after
/// analyze and before emit. If only a part of a document is emitted, `whole` is the API of all of it, so that the
/// selection changes no name. `place_names` decides whether aliases that no emitted code uses are written as well.
#[must_use]
pub fn choose_names(api: &Api, whole: Option<&Api>, facts: &Facts, place_names: bool) -> Names {
    let modules = modules::modules(whole.unwrap_or(api));
    Names {
        models: models::models(api, whole, facts, place_names),
        client: client::client(api, whole),
        tests: tests::tests(api, facts),
        features: features::features(facts, &modules.tags),
        modules,
    }
}

impl Names {
    /// Returns the namespace of a target: the Rust identifiers that its modules declare. They hide the items of the
    /// runtime that have the same name.
    #[must_use]
    pub fn namespace(&self, target: Target) -> &Namespace {
        match target {
            Target::Models => &self.models.namespace,
            Target::Client => &self.client.namespace,
            Target::Tests => &self.tests.namespace,
        }
    }

    /// Returns the Rust module that holds the models of a tag, or the shared module if there is no tag.
    #[must_use]
    pub fn module(&self, tag: Option<&str>) -> &str {
        self.modules.of_tag(tag)
    }

    /// Returns the Rust module that holds an operation: that of its first tag, or else of the first segment of its path.
    #[must_use]
    pub fn operation_module(&self, operation: &Operation) -> &str {
        self.modules.of_operation(operation)
    }

    /// Returns whether an emitted Rust module has the operations of a tag, and not operations without a tag.
    #[must_use]
    pub fn is_tag_module(&self, module: &str) -> bool {
        self.modules.tags.values().any(|tag| tag == module)
    }
}
