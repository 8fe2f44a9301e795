//! The values of schemas: one test with a row for each value.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::CheckFunction;
use crate::emit::context::Context;
use crate::emit::gates::{self, attribute};
use crate::emit::types::ty;
use crate::ir::{ExampleRole, TypeRef};
use crate::names::fixed;

/// The most documented values of one Rust type that become rows. Values of a plain `String` prove little.
const MOST_OF_A_TYPE: usize = 16;

/// A value of a schema, with its Rust type and a title for the message of a failure.
struct Row<'a> {
    ty: TokenStream,
    used: TypeRef,
    title: &'a str,
    json: String,
}

/// Emits the test of all values of schemas, if there are any.
pub(super) fn test_of_values(cx: Context<'_>, check: CheckFunction) -> Option<TokenStream> {
    let rows = documented(cx);
    let function = fixed(match check {
        CheckFunction::OfTests => "check_value",
        CheckFunction::Own => "check",
    });
    let calls = rows.iter().map(|Row { ty, used, title, json }| {
        let gate = attribute(&gates::of_type(cx, used.id));
        quote!(#gate #function::<#ty>(#title, #json);)
    });
    (!rows.is_empty()).then(|| {
        quote! {
            #[test]
            fn values_of_schemas() {
                #(#calls)*
            }
        }
    })
}

/// Returns the number of documented values that are rows of the test.
pub(super) fn count_documented(cx: Context<'_>) -> usize {
    documented(cx).len()
}

/// Returns the examples of schemas and those assembled from properties, each value once for each Rust type.
fn documented(cx: Context<'_>) -> Vec<Row<'_>> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let mut rows = Vec::new();
    for (index, example) in cx.api.examples.iter().enumerate() {
        if example.role != ExampleRole::Schema || !cx.facts.proves(index) {
            continue;
        }
        let (ty, json) = (ty(cx, example.ty, None), octogen_runtime::encode(&example.value));
        let count = counts.entry(ty.to_string()).or_default();
        if *count < MOST_OF_A_TYPE && seen.insert((ty.to_string(), json.clone())) {
            *count += 1;
            rows.push(Row { ty, used: example.ty, title: example.place.pointer(), json });
        }
    }
    rows
}
