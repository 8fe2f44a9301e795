//! The values of schemas: a test with a row for each documented value, and one with a row for each made value.

use std::borrow::Cow;

use proc_macro2::TokenStream;
use quote::quote;
use rustc_hash::{FxHashMap, FxHashSet};

use super::CheckFunction;
use crate::emit::context::Context;
use crate::emit::gates::{self, Gate};
use crate::emit::literal::string_literal;
use crate::emit::types::ty;
use crate::ir::{ExampleRole, TypeRef};
use crate::names::fixed;

/// The maximum number of documented values of one Rust type that become rows. Many values of a plain `String` prove little.
const MOST_OF_A_TYPE: usize = 16;

/// A value of a schema, with its type and a title for the message of a failure.
pub(super) struct Row<'a> {
    used: TypeRef,
    title: &'a str,
    json: Cow<'a, str>,
}

/// The values of schemas. Each is there once for each Rust type.
pub(super) struct Values<'a> {
    /// The examples of schemas, and those that were assembled from properties.
    pub(super) documented: Vec<Row<'a>>,
    /// The values that were made from schemas.
    pub(super) made: Vec<Row<'a>>,
}

impl<'a> Values<'a> {
    pub(super) fn new(cx: Context<'a>) -> Self {
        let mut seen = FxHashSet::default();
        let mut counts: FxHashMap<TypeRef, usize> = FxHashMap::default();
        // Aliases of one definition are one Rust type.
        let definition = |used: TypeRef| TypeRef { id: cx.facts.shared(used.id), ..used };
        let mut documented = Vec::new();
        for (index, example) in cx.api.examples.iter().enumerate() {
            if example.role != ExampleRole::Schema || !cx.facts.proves(index) {
                continue;
            }
            let json = Cow::Owned(octogen_runtime::encode(&example.value));
            let row = Row { used: example.ty, title: example.place.pointer(), json };
            let count = counts.entry(definition(row.used)).or_default();
            if *count < MOST_OF_A_TYPE && seen.insert((definition(row.used), row.json.clone())) {
                *count += 1;
                documented.push(row);
            }
        }
        let made = cx.samples.rows.iter().map(|sample| Row {
            used: sample.ty,
            title: sample.place.pointer(),
            json: Cow::Borrowed(&sample.json),
        });
        let made = made.filter(|row| seen.insert((definition(row.used), row.json.clone()))).collect();
        Self { documented, made }
    }

    /// Emits the tests.
    pub(super) fn tests(&self, cx: Context<'_>, check: CheckFunction) -> Vec<TokenStream> {
        let function = fixed(match check {
            CheckFunction::OfTests => "check_value",
            CheckFunction::Own => "check",
        });
        let tests = [("values_of_schemas", &self.documented), ("values_made_from_schemas", &self.made)];
        let tests = tests.into_iter().filter(|(_, rows)| !rows.is_empty()).map(|(name, rows)| {
            let name = fixed(name);
            let calls = rows.iter().map(|Row { used, title, json }| {
                let ty = ty(cx, *used, None);
                let json = string_literal(json);
                quote!(#function::<#ty>(#title, #json);)
            });
            // All rows are one function, which needs the features of all of them.
            let features: Gate = rows.iter().flat_map(|row| gates::of_type(cx, row.used.id)).collect();
            let gate = (!features.is_empty()).then(|| quote!(#[cfg(all(#(feature = #features),*))]));
            quote! {
                #[test]
                #gate
                fn #name() {
                    #(#calls)*
                }
            }
        });
        tests.collect()
    }
}
