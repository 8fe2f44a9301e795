//! The index of operations, for the README of a crate.

use super::operations::operations_by_module;
use crate::emit::context::Context;
use crate::emit::docs::summary;
use crate::emit::gates;
use crate::emit::markdown::{code, line};
use crate::ir::{Constraints, Docs, Operation};

/// The operations of one module, for the index in the README of a crate.
#[derive(Debug)]
pub struct OperationGroup {
    /// The name of the module within `endpoints`.
    pub module: String,
    /// The Cargo feature that enables the operations, if they need one.
    pub feature: Option<String>,
    /// The operations, in the order of the document.
    pub operations: Vec<IndexedOperation>,
}

/// One line in the list of operations of an emitted README. Its texts are escaped for Markdown.
#[derive(Debug)]
pub struct IndexedOperation {
    /// The name of the emitted struct.
    pub name: String,
    /// The method and the path, as a code span.
    pub route: String,
    /// The first sentence of the documentation, or an empty text.
    pub summary: String,
}

/// Collects the operations of an API by module.
pub(in crate::emit) fn operation_index(cx: Context<'_>) -> Vec<OperationGroup> {
    let groups = operations_by_module(cx).into_iter();
    groups
        .map(|(module, operations)| OperationGroup {
            module: module.to_owned(),
            feature: operations
                .first()
                .and_then(|(operation, _)| gates::of_operation(cx, operation).into_iter().next()),
            operations: operations
                .into_iter()
                .map(|(operation, names)| IndexedOperation {
                    name: names.ty.to_string(),
                    route: cell(&code(&format!("{} {}", operation.method, operation.path))),
                    summary: cell(&headline(operation)),
                })
                .collect(),
        })
        .collect()
}

/// Returns the title of an operation, or the first sentence of its description.
fn headline(operation: &Operation) -> String {
    let title = operation.docs.title.as_deref().map(line).filter(|title| !title.is_empty());
    title.unwrap_or_else(|| {
        let docs = Docs { link: None, ..operation.docs.clone() };
        let paragraph = summary(&docs, &Constraints::default()).unwrap_or_default();
        paragraph.split_once(". ").map_or(paragraph.clone(), |(sentence, _)| format!("{sentence}."))
    })
}

/// Escapes the sign that separates the cells of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
