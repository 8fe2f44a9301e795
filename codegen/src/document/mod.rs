//! The document layer: reads OpenAPI 3.0 and 3.1, in YAML and JSON, into typed objects with their places.
//!
//! - Files: `parse` reads a text into values (`json` if it is JSON), `load` the entry file and those that it refers to. `overlay` changes the
//!   entry file at the values that a `json_path` selects. `lookup` finds the value that a reference names, and
//!   `resolve` follows references. `identifiers` finds the schemas with an `$id` or `$anchor`, and `dynamic` the meaning of
//!   a `$dynamicRef`.
//! - Objects: `read` is how values become typed, `objects` has a type per object of OpenAPI.
//! - Places: `node` is a value with its place, `locate` finds places in a text.

mod check;
mod duplicate_keys;
mod dynamic;
mod file;
mod files;
mod identifiers;
mod json;
mod json_path;
mod load;
mod locate;
mod lookup;
mod node;
mod objects;
mod overlay;
mod parse;
mod path_steps;
mod pointer;
mod read;
mod reference;
mod referenced;
mod relative;
mod resolve;
mod resource;
mod rules;
mod scope;
mod syntax_errors;
mod unclosed;
mod unresolved_reference;
mod version;

pub use check::{Checked, Checker, Version};
pub use file::File;
pub use files::Files;
pub use load::load;
pub use locate::locate_all;
pub use node::{Identity, Instance, Node};
pub use objects::*;
pub use path_steps::{Branch, ComponentKind, PathStep};
pub use read::{Map, OpenApiObject, RefOr, Text};
pub use reference::Reference;
pub use referenced::Referenced;
pub use resolve::describe_cycle;
pub use unresolved_reference::UnresolvedReference;
pub use version::check_version;
