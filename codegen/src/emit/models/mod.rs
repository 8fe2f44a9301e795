//! Models: each type, followed by its codec table and its setters.

mod aliases;
mod dispatch_docs;
mod enums;
mod objects;
mod pages;
mod tables;
mod unions;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use quote::quote;

use self::aliases::{component_alias, place_aliases};
use self::enums::{constant_item, enum_item};
use self::objects::{object_item, setters};
use self::pages::Envelopes;
use self::unions::union_item;
use crate::emit::context::Context;
use crate::emit::declarations;
use crate::emit::docs::type_lines;
use crate::emit::emitter::Emitter;
use crate::emit::gates::{self, Gate};
use crate::emit::imports;
use crate::emit::module::{Module, SourceFile};
use crate::ir::{Origin, Shape, TypeId, TypeMap};
use crate::names::{Alias, Name, Target, TypeNames};

/// The number of fields and variants after which a new module begins: about 2,000 lines.
const MAX_MEMBERS: usize = 800;

/// An entry of a module.
#[derive(Clone, Copy)]
enum Named<'a> {
    Model(TypeId, &'a TypeNames),
    Alias(TypeId, &'a Alias),
}

impl Named<'_> {
    fn members(&self) -> usize {
        match self {
            Self::Model(_, names) => names.members.len(),
            Self::Alias(..) => 1,
        }
    }
}

/// The emitter of the models.
pub(super) const EMITTER: Emitter = Emitter {
    target: Target::Models,
    modules: files,
    root_items: |_| Vec::new(),
    root_modules: &[("models", "The types of requests and responses.")],
};

/// Returns the modules of the models and of their tables.
fn files(cx: Context<'_>) -> Vec<Module<'_>> {
    let mut areas: BTreeMap<(String, Gate), Vec<Named<'_>>> = BTreeMap::new();
    let models = cx.names.models.types.iter().map(|(id, names)| (id, Named::Model(id, names)));
    let aliases = cx.names.models.aliases.iter().map(|(id, alias)| (id, Named::Alias(id, alias)));
    let named: TypeMap<Named<'_>> = models.chain(aliases).collect();
    for (id, named) in named.into_entries() {
        let module = cx.names.module(cx.facts.area(gates::declared_beside(cx, id))).to_owned();
        areas.entry((module, gates::of_type(cx, id))).or_default().push(named);
    }
    let mut files = Vec::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let envelopes = Arc::new(pages::envelopes(cx));
    for ((area, gate), all) in areas {
        for part in parts(all) {
            let module = free(cx, &area, &taken);
            let (path, envelopes) = (format!("models/{module}.rs"), Arc::clone(&envelopes));
            files.push(Module::new(path, gate.clone(), move || models_file(cx, &part, &envelopes)));
            taken.insert(module);
        }
    }
    files.push(declarations::folder(&files, "models", "The types of requests and responses.", || quote!()));
    files
}

/// Returns a free module name for an area: its own name, or the name with a number that is not the module of a tag.
fn free(cx: Context<'_>, area: &str, taken: &BTreeSet<String>) -> String {
    let is_free = |module: &String| !taken.contains(module) && !cx.names.is_tag_module(module);
    let numbered = (2..).map(|number| format!("{area}_{number}"));
    let own = Some(area.to_owned()).filter(|area| !taken.contains(area));
    own.or_else(|| numbered.into_iter().find(is_free)).unwrap_or_else(|| area.to_owned())
}

fn parts(all: Vec<Named<'_>>) -> Vec<Vec<Named<'_>>> {
    let mut parts: Vec<Vec<Named<'_>>> = Vec::new();
    let mut members = MAX_MEMBERS;
    for named in all {
        if members >= MAX_MEMBERS {
            parts.push(Vec::new());
            members = 0;
        }
        members += named.members();
        if let Some(part) = parts.last_mut() {
            part.push(named);
        }
    }
    parts
}

fn models_file(cx: Context<'_>, part: &[Named<'_>], envelopes: &Envelopes<'_>) -> SourceFile {
    let (mut items, mut places, mut imported) = (Vec::new(), Vec::new(), Vec::new());
    let mut own = BTreeSet::new();
    let is_component = |id: TypeId| matches!(cx.api.types[id].origin, Origin::Component(_));
    for named in part {
        let (id, names) = match named {
            Named::Model(id, names) => (*id, *names),
            Named::Alias(id, alias) => {
                own.insert(alias.name.to_string());
                if is_component(*id) {
                    items.push(component_alias(cx, *id, alias));
                    imported.extend(items.last().cloned());
                } else {
                    places.push(*alias);
                }
                continue;
            }
        };
        own.insert(names.ty.to_string());
        let (model, setters) = match &cx.api.types[id].shape {
            Shape::Object(object) => (object_item(cx, id, object, names), setters(cx, id, object, names)),
            Shape::Enum(stated) => match cx.api.types.only_value(id).filter(|_| cx.facts.is_constant(id)) {
                Some(only) => (constant_item(cx, id, only, names), None),
                None => (enum_item(cx, id, stated, names), None),
            },
            Shape::Union(union) => (union_item(cx, id, union, names), None),
            _ => continue,
        };
        let table = tables::table(cx, id, names);
        let envelope = envelopes.get(id).and_then(|items| pages::envelope(cx, id, items));
        imported.extend([Some(&model), setters.as_ref(), envelope.as_ref()].into_iter().flatten().cloned());
        items.push(model);
        if let Some(table) = table {
            items.push(table.item);
            imported.push(table.named);
        }
        items.extend(setters);
        items.extend(envelope);
    }
    if !places.is_empty() {
        let item = place_aliases(cx, &places);
        imported.push(item.clone());
        items.push(item);
    }
    SourceFile { docs: Vec::new(), imports: imports::of_models(cx, &imported, &own), items }
}

fn documented(cx: Context<'_>, id: TypeId, name: &Name) -> Vec<String> {
    let ty = &cx.api.types[id];
    type_lines(&ty.docs, &ty.constraints, name)
}
