//! The document layer: reads OpenAPI 3.0 and 3.1, in YAML and JSON, into typed objects with their places.
//!
//! - Files: `parse` reads a text into values, `files` the entry file and those that it refers to. `overlay`
//!   changes the entry file at the values that a `json_path` selects. `resolve` follows references.
//! - Objects: `read` is how values become typed, `objects` has a type per object of OpenAPI.
//! - Places: `node` is a value with its place, `locate` finds places in a text.

mod check;
mod duplicate_keys;
mod files;
mod json_path;
mod locate;
mod node;
mod objects;
mod overlay;
mod parse;
mod pointer;
mod read;
mod relative;
mod resolve;
mod rules;
mod syntax_errors;
mod unclosed;
mod unresolved_reference;
mod version;

pub use check::{Checked, Checker, Version};
pub use files::{Files, load};
pub use locate::locate_all;
pub use node::{File, Node};
pub use objects::*;
pub use pointer::Pointer;
pub use read::{Map, Object, RefOr, Text};
pub use resolve::describe_cycle;
pub use unresolved_reference::UnresolvedReference;
pub use version::check_version;
