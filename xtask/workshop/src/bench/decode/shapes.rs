//! Rewrites the emitted models as structs with serde's derives, with the same fields and types.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Field, Fields as Variant, Item, ItemEnum, ItemStruct, Path};

/// The models of a crate, read from its field tables.
#[derive(Debug, Default)]
pub(super) struct Tables {
    /// The JSON keys of each object by the names of its fields, and the field for undeclared keys.
    objects: BTreeMap<String, Fields>,
    /// The values of each string enum with their variants, and the variant for unknown values.
    texts: BTreeMap<String, (Vec<(String, String)>, String)>,
    /// The enums whose values may have any JSON type.
    values: BTreeSet<String>,
    /// The unions, whose variants are models.
    unions: BTreeSet<String>,
}

/// The JSON keys of an object by the names of its fields, and the field for undeclared keys.
type Fields = (BTreeMap<String, Key>, Option<String>);

#[derive(Debug)]
struct Key {
    literal: String,
    required: bool,
}

/// Reads a field table such as `id, ?name, ?r#type, ?plus_one = "+1"; others`.
fn object(words: &[String]) -> Fields {
    let mut parts = words.split(|word| word == ";");
    let mut keys = BTreeMap::new();
    for entry in parts.next().unwrap_or_default().split(|word| word == ",") {
        let (required, entry) = match entry {
            [mark, entry @ ..] if mark == "?" || mark == "~" => (false, entry),
            entry => (true, entry),
        };
        let (field, literal) = match entry {
            [field] => (field, format!("{:?}", field.trim_start_matches("r#"))),
            [field, _, literal] => (field, literal.clone()),
            _ => continue,
        };
        keys.insert(field.clone(), Key { literal, required });
    }
    (keys, parts.next().and_then(|rest| rest.first()).cloned())
}

/// Reads a table of values such as `"read" Read, else Unknown`.
fn texts(words: &[String]) -> (Vec<(String, String)>, String) {
    let (mut texts, mut other) = (Vec::new(), String::new());
    for entry in words.split(|word| word == ",") {
        match entry {
            [word, variant] if word == "else" => other.clone_from(variant),
            [literal, variant] => texts.push((literal.clone(), variant.clone())),
            _ => {}
        }
    }
    (texts, other)
}

impl Tables {
    /// Reads the tables of one file.
    pub(super) fn read(&mut self, file: &syn::File) {
        for item in &file.items {
            if let Item::Macro(item) = item {
                self.macro_call(&item.mac.path, item.mac.tokens.clone());
            }
        }
    }

    fn macro_call(&mut self, path: &Path, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let Some([TokenTree::Ident(name), TokenTree::Group(body)]) = tokens.last_chunk() else {
            return;
        };
        let name = name.to_string();
        let words: Vec<String> = body.stream().into_iter().map(|token| token.to_string()).collect();
        match last(path).as_str() {
            "object" => drop(self.objects.insert(name, object(&words))),
            "string_enum" => drop(self.texts.insert(name, texts(&words))),
            "union" => drop(self.unions.insert(name)),
            "value_enum" => drop(self.values.insert(name)),
            _ => {}
        }
    }

    /// Returns the models of one file with serde's derives.
    pub(super) fn derived(&self, file: &syn::File) -> TokenStream {
        let items = file.items.iter().filter_map(|item| match item {
            Item::Struct(item) => Some(self.structure(item)),
            Item::Enum(item) => Some(self.enumeration(item)),
            // The table of a string enum defines the enum.
            Item::Macro(item) => {
                let tokens: Vec<TokenTree> = item.mac.tokens.clone().into_iter().collect();
                let Some([TokenTree::Ident(name), _]) = tokens.last_chunk() else { return None };
                self.texts.get(&name.to_string()).map(|texts| text_enum(&name.to_string(), texts))
            }
            Item::Mod(item) if item.ident == "tables" => None,
            Item::Use(_) | Item::Type(_) | Item::Mod(_) => {
                let mut item = item.clone();
                strip(&mut item);
                Some(item.into_token_stream())
            }
            _ => None,
        });
        quote!(#(#items)*)
    }

    fn structure(&self, item: &ItemStruct) -> TokenStream {
        let name = &item.ident;
        let table = self.objects.get(&name.to_string());
        let fields = item.fields.iter().filter_map(|field| {
            let Field { ident: Some(name), ty, .. } = field else { return None };
            let (keys, rest) = table?;
            let key = name.to_string();
            let attribute = match keys.get(&key) {
                _ if rest.as_ref() == Some(&key) => quote!(flatten),
                Some(Key { literal, required }) => {
                    let key: TokenStream = literal.parse().ok()?;
                    let skipped = (!required).then(|| quote!(, skip_serializing_if = "Option::is_none"));
                    quote!(rename = #key #skipped)
                }
                None => return None,
            };
            Some(quote!(#[serde(#attribute)] pub #name: #ty))
        });
        quote!(#[derive(serde::Deserialize, serde::Serialize)] pub struct #name { #(#fields),* })
    }

    fn enumeration(&self, item: &ItemEnum) -> TokenStream {
        let name = &item.ident;
        if self.values.contains(&name.to_string()) {
            return quote!(pub type #name = serde_json::Value;);
        }
        if let Some(texts) = self.texts.get(&name.to_string()) {
            return text_enum(&name.to_string(), texts);
        }
        let variants = item.variants.iter().filter_map(|variant| {
            let Variant::Unnamed(held) = &variant.fields else { return None };
            let (name, ty) = (&variant.ident, &held.unnamed.first()?.ty);
            Some(quote!(#name(#ty)))
        });
        quote! {
            #[derive(serde::Deserialize, serde::Serialize)]
            #[serde(untagged)]
            pub enum #name { #(#variants),* }
        }
    }

    /// Returns the models that serde first reads into a copy: unions, maps beside fields, and models that contain them.
    pub(super) fn buffered(&self, files: &[syn::File]) -> BTreeSet<String> {
        let mut holds: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for item in files.iter().flat_map(|file| &file.items) {
            let (name, tokens) = match item {
                Item::Struct(item) => (&item.ident, item.fields.to_token_stream()),
                Item::Enum(item) => (&item.ident, item.variants.to_token_stream()),
                Item::Type(item) => (&item.ident, item.ty.to_token_stream()),
                _ => continue,
            };
            holds.insert(name.to_string(), words(tokens));
        }
        let rests = self.objects.iter().filter(|(_, (_, rest))| rest.is_some()).map(|(name, _)| name.clone());
        let mut found: BTreeSet<String> = self.unions.iter().cloned().chain(rests).collect();
        loop {
            let more: Vec<&String> = holds
                .iter()
                .filter(|(name, held)| !found.contains(*name) && !held.is_disjoint(&found))
                .map(|(name, _)| name)
                .collect();
            if more.is_empty() {
                return found;
            }
            found.extend(more.into_iter().cloned());
        }
    }
}

/// Returns a string enum; an unknown value becomes a variant without its text.
fn text_enum(name: &str, (texts, other): &(Vec<(String, String)>, String)) -> TokenStream {
    let variants: String =
        texts.iter().map(|(text, variant)| format!("#[serde(rename = {text})] {variant},")).collect();
    let text = format!(
        "#[derive(serde::Deserialize, serde::Serialize)] pub enum {name} {{ {variants} #[serde(other)] {other} }}"
    );
    text.parse().unwrap_or_default()
}

/// Returns all identifiers among these tokens.
pub(super) fn words(tokens: TokenStream) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => drop(found.insert(ident.to_string())),
            TokenTree::Group(group) => found.extend(words(group.stream())),
            _ => {}
        }
    }
    found
}

pub(super) fn last(path: &Path) -> String {
    path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default()
}

/// Removes an item's attributes, which are its documentation and `cfg`.
fn strip(item: &mut Item) {
    match item {
        Item::Use(item) => item.attrs.clear(),
        Item::Type(item) => item.attrs.clear(),
        Item::Mod(item) => item.attrs.clear(),
        _ => {}
    }
}
