//! The emitted models as structs with serde's derives: the same fields, of the same types.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Field, Fields, Item, ItemEnum, ItemStruct, Path};

/// What the tables say of the models of a crate.
#[derive(Debug, Default)]
pub(super) struct Tables {
    /// The keys of each object by the names of its fields, and the field that has all other keys.
    objects: BTreeMap<String, (BTreeMap<String, Key>, Option<String>)>,
    /// The texts of each enum of strings by its variants, and the variant of all other texts.
    texts: BTreeMap<String, (BTreeMap<String, String>, String)>,
    /// The enums that are values of any type.
    values: BTreeSet<String>,
    /// The unions.
    unions: BTreeSet<String>,
}

#[derive(Debug)]
struct Key {
    literal: String,
    required: bool,
}

impl Tables {
    /// Takes in the tables of one file.
    pub(super) fn read(&mut self, file: &syn::File) {
        for item in &file.items {
            match item {
                Item::Macro(item) => self.macro_call(&item.mac.path, item.mac.tokens.clone()),
                Item::Impl(item) => {
                    let implemented = item.trait_.as_ref().map(|(path, _)| last(path));
                    let name = item.self_ty.to_token_stream().to_string();
                    match implemented.as_deref() {
                        Some("Union") => drop(self.unions.insert(name)),
                        Some("ValueEnum") => drop(self.values.insert(name)),
                        _ => {}
                    }
                }
                _ => {}
            }
        }
    }

    fn macro_call(&mut self, path: &Path, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let Some([TokenTree::Ident(name), TokenTree::Group(body)]) = tokens.last_chunk() else {
            return;
        };
        let words: Vec<String> = body.stream().into_iter().map(|token| token.to_string()).collect();
        let entries = words.split(|word| word == "," || word == ";");
        match last(path).as_str() {
            "object" => {
                let (mut keys, mut rest) = (BTreeMap::new(), None);
                for entry in entries {
                    match entry {
                        [presence, literal, field] => {
                            let key = Key { literal: literal.clone(), required: presence == "required" };
                            keys.insert(field.clone(), key);
                        }
                        [_, field] => rest = Some(field.clone()),
                        _ => {}
                    }
                }
                self.objects.insert(name.to_string(), (keys, rest));
            }
            "string_enum" => {
                let (mut texts, mut other) = (BTreeMap::new(), String::new());
                for entry in entries {
                    match entry {
                        [word, variant] if word == "else" => other.clone_from(variant),
                        [literal, variant] => drop(texts.insert(variant.clone(), literal.clone())),
                        _ => {}
                    }
                }
                self.texts.insert(name.to_string(), (texts, other));
            }
            _ => {}
        }
    }

    /// The models of one file with serde's derives.
    pub(super) fn derived(&self, file: &syn::File) -> TokenStream {
        let items = file.items.iter().filter_map(|item| match item {
            Item::Struct(item) => Some(self.structure(item)),
            Item::Enum(item) => Some(self.enumeration(item)),
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
            let shown = name.to_string();
            let attribute = match keys.get(&shown) {
                _ if rest.as_ref() == Some(&shown) => quote!(flatten),
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
        let Some((texts, other)) = self.texts.get(&name.to_string()) else {
            let arms = item.variants.iter().filter_map(|variant| {
                let Fields::Unnamed(held) = &variant.fields else { return None };
                let (name, ty) = (&variant.ident, &held.unnamed.first()?.ty);
                Some(quote!(#name(#ty)))
            });
            return quote! {
                #[derive(serde::Deserialize, serde::Serialize)]
                #[serde(untagged)]
                pub enum #name { #(#arms),* }
            };
        };
        let variants = item.variants.iter().filter_map(|variant| {
            let name = &variant.ident;
            let attribute = match texts.get(&name.to_string()) {
                Some(text) => {
                    let text: TokenStream = text.parse().ok()?;
                    quote!(rename = #text)
                }
                None if name == other => quote!(other),
                None => return None,
            };
            Some(quote!(#[serde(#attribute)] #name))
        });
        quote!(#[derive(serde::Deserialize, serde::Serialize)] pub enum #name { #(#variants),* })
    }

    /// Those models that serde reads by way of a copy: unions, maps beside fields, and what has them within it.
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

/// All identifiers among some tokens.
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

/// Without documentation and gates.
fn strip(item: &mut Item) {
    match item {
        Item::Use(item) => item.attrs.clear(),
        Item::Type(item) => item.attrs.clear(),
        Item::Mod(item) => item.attrs.clear(),
        _ => {}
    }
}
