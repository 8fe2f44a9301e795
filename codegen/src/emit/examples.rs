//! Examples of the models: a table of JSON, and the functions that decode it.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::docs::attributes;
use super::gates::{self, Gate};
use super::imports;
use super::module::{Module, SourceFile};
use crate::names::Name;

/// The Cargo feature of the examples of a stand-alone crate.
pub(super) const FEATURE: &str = "examples";

/// The name of the file with the table, beside the module that reads it.
pub const EXAMPLE_TABLE: &str = "examples.tsv";

/// The models that have an example, by name.
#[derive(Debug)]
pub struct ExampleTable<'a> {
    cx: Context<'a>,
    rows: Vec<Row<'a>>,
}

#[derive(Debug)]
struct Row<'a> {
    model: &'a Name,
    gate: Gate,
    json: &'a str,
}

impl<'a> ExampleTable<'a> {
    /// Collects the examples of all models. The literal of a constant is no model.
    #[must_use]
    pub fn new(cx: Context<'a>) -> Self {
        let models = cx.names.models.types.iter().filter(|(id, _)| !cx.facts.is_constant(*id));
        let rows = models.filter_map(|(id, names)| {
            let json = cx.samples.example(cx.facts, id)?;
            Some(Row { model: &names.ty, gate: gates::of_type(cx, id), json })
        });
        let mut rows: Vec<Row<'a>> = rows.collect();
        rows.sort_by_key(|row| row.model.as_str());
        Self { cx, rows }
    }

    /// Returns the lines of the file [`EXAMPLE_TABLE`], or `None` if no model has an example.
    #[must_use]
    pub fn lines(&self) -> Option<String> {
        let lines = self.rows.iter().map(|row| format!("{}\t{}\n", row.model, row.json));
        (!self.rows.is_empty()).then(|| lines.collect())
    }

    /// Emits the module that implements `example` for the models. `path` is its file, in the folder of the table. Without
    /// examples, there is no module.
    #[must_use]
    pub fn module(&self, path: &str) -> Option<Module<'a>> {
        let mut groups: BTreeMap<Gate, Vec<&'a Name>> = BTreeMap::new();
        for row in &self.rows {
            groups.entry(row.gate.clone()).or_default().push(row.model);
        }
        let cx = self.cx;
        let module = Module::new(path.to_owned(), Gate::new(), move || {
            let about = attributes(&[String::from("A line for each model: its name, a tab, and its example as JSON.")]);
            let table = quote! {
                #about
                const EXAMPLES: &str = include_str!(#EXAMPLE_TABLE);
            };
            let groups = groups.iter().map(|(gate, names)| {
                let gate = gates::attribute(gate);
                quote!(#gate models [#(#names),*])
            });
            let calls = quote!(examples! { EXAMPLES: #(#groups),* });
            let imports = vec![
                quote!(
                    use octogen_runtime::examples;
                ),
                imports::of_module(cx, "models"),
            ];
            SourceFile { docs: vec![String::from("The examples of the models.")], imports, items: vec![table, calls] }
        });
        (!self.rows.is_empty()).then_some(module)
    }

    /// Returns the declaration of the module in the root of the output, compiled with that Cargo feature. `path` is its
    /// file, if Rust would look elsewhere.
    pub(super) fn declaration(&self, feature: Option<&str>, path: Option<&str>) -> Option<TokenStream> {
        let is_always_used = self.rows.iter().any(|row| row.gate.is_empty());
        let features = self.rows.iter().flat_map(|row| &row.gate).filter(|_| !is_always_used);
        let gate = gates::attribute(&features.cloned().collect());
        let feature = feature.map(|feature| quote!(#[cfg(feature = #feature)]));
        let path = path.map(|path| quote!(#[path = #path]));
        (!self.rows.is_empty()).then(|| {
            quote! {
                #feature
                #gate
                #path
                mod examples;
            }
        })
    }
}
