//! Counts the fields whose type has the name of another place. The expected names come from the document alone, which a
//! second reader walks; octogen states only the names of components and bodies.
//!
//! `NAMED_DOCUMENTS=LIST cargo test -p tests place_names -- --nocapture` counts those of the documents in a list as well.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use octogen::files::Folder;
use octogen::source::{Loader, NoFiles, Source};
use octogen::{CrateOptions, generate_crate, rust_names};
use serde_yaml::Value;

/// The emitted structs with the types of their fields by key, and the names of all emitted types.
struct Emitted<'t> {
    structs: BTreeMap<&'t str, BTreeMap<String, &'t str>>,
    names: BTreeSet<&'t str>,
}

impl<'t> Emitted<'t> {
    fn read(text: &'t str) -> Self {
        let mut emitted = Self { structs: BTreeMap::new(), names: BTreeSet::new() };
        let mut fields = BTreeMap::new();
        for item in text.split("pub struct ").skip(1) {
            let (name, body) = item.split_at(item.find([' ', ';', '(']).unwrap_or(item.len()));
            let body = body.split(['}', ';']).next().unwrap_or_default();
            let types = body.split("pub ").skip(1).filter_map(|field| field.split(",\n").next()?.split_once(':'));
            fields.insert(name, types.map(|(_, ty)| ty.trim()).collect::<Vec<_>>());
            emitted.names.insert(name);
        }
        for item in text.split("pub enum ").chain(text.split("pub type ")).skip(1) {
            emitted.names.extend(item.split([' ', '{', '<']).next());
        }
        for list in text.split("aliases! {").skip(1).filter_map(|rest| rest.split('}').next()) {
            emitted.names.extend(words(list));
        }
        for table in
            text.split("\nobject! { ").skip(1).filter_map(|rest| rest.split("\n}").next()?.split(" }\n").next())
        {
            let Some((name, keys)) = table.split_once(" [") else { continue };
            let keys = keys.rsplit_once(']').map_or(keys, |(keys, _)| keys).split(';').next().unwrap_or_default();
            let keys =
                keys.split(',').map(str::trim).filter(|key| !key.is_empty()).map(|key| match key.split_once(" = ") {
                    Some((_, key)) => key.trim_matches('"').to_owned(),
                    None => key.trim_start_matches(['?', '~']).trim_start_matches("r#").to_owned(),
                });
            let types = fields.get(name).into_iter().flatten().copied();
            emitted.structs.insert(name, keys.zip(types).collect());
        }
        emitted
    }

    /// Returns the emitted types that the text of a type contains.
    fn items(&self, ty: &'t str) -> Vec<&'t str> {
        let parts = ty.split("octogen_runtime::").enumerate();
        let own = parts.flat_map(|(index, part)| words(part).skip(usize::from(index > 0)));
        own.filter(|word| self.names.contains(word)).collect()
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')).filter(|word| !word.is_empty())
}

/// A document with the Rust types of its components and bodies, by their JSON pointers.
struct Document {
    root: Value,
    types: BTreeMap<String, String>,
    /// The JSON pointers of the values that references name, by the addresses of the values.
    referenced: BTreeMap<usize, String>,
}

impl Document {
    fn new(root: Value, types: BTreeMap<String, String>) -> Self {
        let mut document = Self { root, types, referenced: BTreeMap::new() };
        let (mut waiting, mut referenced) = (vec![&document.root], BTreeMap::new());
        while let Some(value) = waiting.pop() {
            if let Some((pointer, target)) = document.target(value) {
                referenced.insert(std::ptr::from_ref(target).addr(), pointer.to_owned());
            }
            waiting.extend(value.as_sequence().into_iter().flatten());
            waiting.extend(value.as_mapping().into_iter().flat_map(serde_yaml::Mapping::values));
        }
        document.referenced = referenced;
        document
    }

    fn at(&self, pointer: &str) -> Option<&Value> {
        pointer.split('/').skip(1).try_fold(&self.root, |value, step| {
            let step = step.replace("~1", "/").replace("~0", "~");
            match value {
                Value::Sequence(items) => items.get(step.parse::<usize>().ok()?),
                value => value.get(&*step).or_else(|| value.get(step.parse::<usize>().ok()?)),
            }
        })
    }

    /// Returns the target of a reference within the document.
    fn target<'d>(&'d self, schema: &'d Value) -> Option<(&'d str, &'d Value)> {
        let pointer =
            schema.get("$ref")?.as_str()?.strip_prefix('#').filter(|to| to.is_empty() || to.starts_with('/'))?;
        Some((pointer, self.at(pointer)?))
    }

    /// Returns whether all references of a schema name values of the document by their JSON pointers.
    fn is_plain(&self, schema: &Value) -> bool {
        match schema {
            Value::Mapping(entries) => {
                let is_resolved = schema.get("$ref").is_none() || self.target(schema).is_some();
                is_resolved && schema.get("$dynamicRef").is_none() && entries.values().all(|value| self.is_plain(value))
            }
            Value::Sequence(items) => items.iter().all(|item| self.is_plain(item)),
            _ => true,
        }
    }

    /// Returns the schemas of the properties of an object, those of its parts included.
    fn properties<'d>(&'d self, schema: &'d Value) -> BTreeMap<&'d str, Vec<&'d Value>> {
        let (mut properties, mut waiting, mut seen) = (BTreeMap::<_, Vec<_>>::new(), vec![schema], BTreeSet::new());
        while let Some(schema) = waiting.pop() {
            let target = self.target(schema).filter(|(pointer, _)| seen.insert(*pointer));
            waiting.extend(target.map(|(_, target)| target));
            let own = schema.get("properties").and_then(Value::as_mapping).into_iter().flatten();
            own.for_each(|(key, value)| properties.entry(key.as_str().unwrap_or_default()).or_default().push(value));
            for key in ["allOf", "oneOf", "anyOf"] {
                waiting.extend(schema.get(key).and_then(Value::as_sequence).into_iter().flatten());
            }
        }
        properties
    }

    /// Adds the Rust types of the components that a schema names: by a reference, or as the elements, values, branches or
    /// parts of an inline schema. The inline schemas on the way are added as well.
    fn named<'d>(&'d self, schema: &'d Value, depth: usize, found: &mut Vec<&'d str>, inline: &mut Vec<&'d Value>) {
        if depth > 8 {
            return;
        }
        // Elsewhere, a reference names this schema.
        found.extend(
            self.referenced
                .get(&std::ptr::from_ref(schema).addr())
                .and_then(|pointer| self.types.get(pointer))
                .map(String::as_str),
        );
        if let Some((pointer, target)) = self.target(schema) {
            found.extend(self.types.get(pointer).map(String::as_str));
            // A component can be another name of a component.
            if target.get("$ref").is_some() || target.get("allOf").is_some() {
                self.named(target, depth + 1, found, &mut Vec::new());
            }
            return;
        }
        inline.push(schema);
        for key in ["items", "additionalProperties"] {
            schema.get(key).into_iter().for_each(|inner| self.named(inner, depth + 1, found, inline));
        }
        for key in ["allOf", "oneOf", "anyOf", "prefixItems"] {
            let inner = schema.get(key).and_then(Value::as_sequence).into_iter().flatten();
            inner.for_each(|inner| self.named(inner, depth + 1, found, inline));
        }
    }
}

/// The number of checked fields, and those with the name of another place.
#[derive(Default)]
struct Count {
    checked: usize,
    wrong: Vec<String>,
}

fn count_names(name: String, bytes: Vec<u8>, loader: &dyn Loader, count: &mut Count) -> Option<()> {
    let root = serde_yaml::from_slice(&bytes).ok()?;
    let source = Source::from_bytes(name.clone(), bytes).ok()?;
    let options = CrateOptions::default();
    let output = generate_crate(&source, loader, &options).output?;
    let text: String =
        output.files.iter().filter(|file| file.path.starts_with("src/models")).map(|file| &*file.text).collect();
    let text: String =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(|line| [line, "\n"]).collect();
    let emitted = Emitted::read(&text);
    let types = rust_names(&source, loader, &options).types;
    let types = types
        .into_iter()
        .filter_map(|(place, ty)| Some((place.strip_prefix(&*name)?.strip_prefix('#')?.to_owned(), ty)));
    let document = Document::new(root, types.collect());
    let mut waiting = Vec::new();
    for (pointer, ty) in &document.types {
        let (Some(schema), Some(owner)) = (document.at(pointer), words(ty).last()) else { continue };
        if let Some(owner) = emitted.names.get(owner).filter(|_| schema.get("$ref").is_none()) {
            let mut inline = Vec::new();
            document.named(schema, 0, &mut Vec::new(), &mut inline);
            let component = pointer.strip_prefix("/components/schemas/").filter(|name| !name.contains('/'));
            waiting.push((*owner, inline, component.unwrap_or(owner).to_owned()));
        }
    }
    let mut seen = BTreeSet::new();
    while let Some((owner, schemas, path)) = waiting.pop() {
        let Some(fields) = emitted.structs.get(owner).filter(|_| seen.insert(owner)) else { continue };
        let mut properties = BTreeMap::<&str, Vec<&Value>>::new();
        for (key, nodes) in schemas.iter().flat_map(|schema| document.properties(schema)) {
            properties.entry(key).or_default().extend(nodes);
        }
        for (key, ty) in fields {
            let nodes = properties.get(key.as_str()).filter(|nodes| nodes.iter().all(|node| document.is_plain(node)));
            let Some(nodes) = nodes else { continue };
            let (mut found, mut inline) = (Vec::new(), Vec::new());
            nodes.iter().for_each(|node| document.named(node, 0, &mut found, &mut inline));
            for item in emitted.items(ty) {
                count.checked += 1;
                let is_component = found.iter().any(|ty| words(ty).any(|word| word == item));
                // A schema that extends itself has one type for all levels.
                if !is_component && item != owner && ![&path, owner].iter().any(|path| is_name_of(item, path, key)) {
                    count.wrong.push(format!("{name}: {owner}.{key}: {ty} {found:?}"));
                }
                if !is_component {
                    waiting.push((item, inline.clone(), item.to_owned()));
                }
            }
        }
    }
    Some(())
}

/// Returns whether a name is that of a key of an owner. A long name leaves out some words, and a key that differs from
/// another one by a sign has the name of the sign.
fn is_name_of(name: &str, owner: &str, key: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let has_signs = key.chars().any(|letter| !letter.is_alphanumeric() && letter != '_');
    let (name, owner, key) = (letters(name), letters(owner), letters(key));
    let whole = owner.clone() + &key;
    let place = if has_signs { owner } else { whole.clone() };
    // Inner types are the items, values or variants of the type of the key.
    let mut rest = whole.chars().chain("itemitemvalueobjectunion".chars());
    name.starts_with(&place) || whole.len() > 50 && name.chars().all(|letter| rest.any(|other| other == letter))
}

#[test]
fn each_field_has_the_name_of_its_place_or_of_its_component() {
    let fixtures = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/emit")).unwrap();
    let mut files: Vec<PathBuf> = fixtures.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    if let Ok(list) = std::env::var("NAMED_DOCUMENTS") {
        files.extend(std::fs::read_to_string(list).unwrap().lines().map(PathBuf::from));
    }
    let (mut count, mut read) = (Count::default(), 0);
    for file in &files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(file).unwrap();
        read += usize::from(count_names(name, bytes, &Folder::of(file), &mut count).is_some());
    }
    let shared = super::places::DOCUMENT.as_bytes().to_vec();
    read += usize::from(count_names(String::from("shared.yaml"), shared, &NoFiles, &mut count).is_some());
    println!(
        "{} fields of {read} documents, {} of them with the name of another place",
        count.checked,
        count.wrong.len()
    );
    assert!(count.checked > 250, "{}", count.checked);
    assert!(count.wrong.is_empty(), "{}", count.wrong.join("\n"));
}
