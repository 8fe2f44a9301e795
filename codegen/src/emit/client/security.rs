//! Credentials: a type for each security scheme, so that the compiler knows which operation takes which.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::context::Context;
use crate::emit::docs::{attributes, lines};
use crate::emit::markdown::code;
use crate::emit::module::{Module, SourceFile};
use crate::emit::types::runtime;
use crate::emit::{gates, imports};
use crate::ir::{Constraints, DescribedScheme, Operation, Scheme, SchemeKind};

/// Returns the module of the credentials, if operations accept any.
pub(super) fn file(cx: Context<'_>) -> Option<Module<'_>> {
    let is_there =
        cx.api.schemes.iter().any(|described| cx.names.client.credentials.contains_key(&described.scheme.name));
    is_there.then(|| Module::new(String::from("security.rs"), gates::Gate::new(), move || written(cx)))
}

fn written(cx: Context<'_>) -> SourceFile {
    let items: Vec<TokenStream> = cx.api.schemes.iter().filter_map(|scheme| item(cx, scheme)).collect();
    let docs = vec![String::from("The credentials for the security schemes of the API.")];
    SourceFile { docs, imports: imports::of_credentials(&items), items }
}

/// Returns the code for a credential in the metadata of an operation.
pub(super) fn taken(cx: Context<'_>, scheme: &Scheme) -> TokenStream {
    if let Some(name) = cx.names.client.credentials.get(&scheme.name) {
        return quote!(security::#name::SCHEME);
    }
    let [credential, kind] = ["SecurityScheme", "SchemeKind"].map(|name| runtime(cx, name));
    let name = &scheme.name;
    quote!(#credential::new(#name, #kind::Other))
}

/// Returns the credentials of which each is sufficient without others, so that the compiler can check them.
pub(super) fn sufficient_credentials(cx: Context<'_>, operation: &Operation) -> Vec<TokenStream> {
    let needs_none = operation.credentials.is_empty() || operation.credentials.iter().any(Vec::is_empty);
    let is_enough =
        |scheme: &Scheme| needs_none || operation.credentials.iter().any(|all| all.iter().all(|one| one == scheme));
    let schemes = cx.api.schemes.iter().map(|one| &one.scheme).filter(|scheme| is_enough(scheme));
    let credentials = schemes.filter_map(|scheme| cx.names.client.credentials.get(&scheme.name));
    credentials.map(|credential| quote!(security::#credential)).collect()
}

fn item(cx: Context<'_>, described: &DescribedScheme) -> Option<TokenStream> {
    let Scheme { name, kind } = &described.scheme;
    let ty = cx.names.client.credentials.get(name)?;
    let mut text = lines(&described.docs, &Constraints::default());
    text.extend((!text.is_empty()).then(String::new));
    text.push(format!("Security scheme {}: {}.", code(name), place(kind)));
    let docs = attributes(&text);
    let arguments = match kind {
        SchemeKind::Basic => quote!(user, password),
        SchemeKind::Bearer | SchemeKind::Jwt => quote!(token),
        _ => quote!(key),
    };
    let kind = scheme_kind(kind);
    Some(quote! {
        credential! {
            #docs
            pub struct #ty(#arguments) = SecurityScheme::new(#name, #kind);
        }
    })
}

fn place(kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::Bearer => String::from("a bearer token"),
        SchemeKind::Jwt => String::from("a JSON Web Token, as a bearer token"),
        SchemeKind::Basic => String::from("a user name and a password"),
        SchemeKind::Header(name) => format!("a key in the header {}", code(name)),
        SchemeKind::Query(name) => format!("a key in the query parameter {}", code(name)),
        SchemeKind::Cookie(name) => format!("a key in the cookie {}", code(name)),
        SchemeKind::Other => String::from("not supported by the client"),
    }
}

fn scheme_kind(kind: &SchemeKind) -> TokenStream {
    match kind {
        SchemeKind::Bearer => quote!(SchemeKind::Bearer),
        SchemeKind::Jwt => quote!(SchemeKind::Jwt),
        SchemeKind::Basic => quote!(SchemeKind::Basic),
        SchemeKind::Header(name) => quote!(SchemeKind::Header(#name)),
        SchemeKind::Query(name) => quote!(SchemeKind::Query(#name)),
        SchemeKind::Cookie(name) => quote!(SchemeKind::Cookie(#name)),
        SchemeKind::Other => quote!(SchemeKind::Other),
    }
}
