//! References of a small document.

use super::*;
use crate::diagnostic::Severity;
use crate::document::read::{Child, Read, RefOr};
use crate::document::{Operation, load};
use crate::source::{Loader, Source};

const ENTRY: &str = "
paths:
  /a: { get: { $ref: 'parts/a.yaml#/list' } }
  /b: { get: { $ref: '#/paths/~1a/get' } }
  /c: { get: { $ref: '#/paths/~1d/get' } }
  /d: { get: { $ref: '#/paths/~1c/get' } }
";
const PART: &str = "list: { operationId: list, next: [{ $anchor: here }, 1] }";

struct Parts;

impl Loader for Parts {
    fn load(&self, path: &str) -> Result<Source, String> {
        let part = Source { path: path.to_owned(), text: PART.to_owned() };
        if path == "parts/a.yaml" { Ok(part) } else { Err(format!("`{path}` does not exist")) }
    }
}

/// Calls a test with the files of the description.
fn with_files(test: impl Fn(&Files, &Node<'_>)) {
    let entry = Source { path: String::from("entry.yaml"), text: ENTRY.to_owned() };
    let files = load(&entry, &[], &Parts, &mut Diagnostics::default());
    assert!(files.is_some());
    for files in files.iter() {
        files.entry().into_iter().for_each(|entry| test(files, &entry));
    }
}

#[test]
fn a_reference_names_a_value_of_a_file() {
    with_files(|files, root| {
        let cases = [
            ("#", "entry.yaml#"),
            ("#/paths/~1a", "entry.yaml#/paths/~1a"),
            ("#/paths/%2Fa", "entry.yaml#/paths/~1a"),
            ("#/paths/a", "`#/paths/a` has no target: there is no `a`"),
            ("parts/a.yaml", "parts/a.yaml#"),
            ("parts/a.yaml#/list/next/1", "parts/a.yaml#/list/next/1"),
            ("parts/a.yaml#here", "parts/a.yaml#/list/next/0"),
            ("#there", "`#there` has no target: no schema has the anchor `there`"),
            ("#/path", "`#/path` has no target: there is no `path`"),
            ("parts/b.yaml", "`parts/b.yaml` was not loaded"),
            ("../a.yaml", "`../a.yaml` is outside the folder of the entry document"),
            ("parts\\a.yaml", "`parts\\a.yaml` contains a `\\`, which does not separate folders in a reference"),
            ("C:\\a.yaml", "`C:\\a.yaml` is outside the folder of the entry document"),
            ("https://zoo.test/a.yaml", "`https://zoo.test/a.yaml` was not loaded"),
        ];
        for (reference, expected) in cases {
            let found = match files.resolve(root, reference) {
                Ok(node) => node.place().to_string(),
                Err(unresolved) => unresolved.message,
            };
            assert_eq!(found, expected, "{reference}");
        }
    });
}

#[test]
fn references_are_followed_to_an_object_or_reported() {
    with_files(|files, root| {
        for (path, expected) in [
            ("/a", Ok("list")),
            ("/b", Ok("list")),
            ("/c", Err("the references form a cycle: `#/paths/~1c/get` → `#/paths/~1d/get` → `#/paths/~1c/get`")),
        ] {
            let mut diagnostics = Diagnostics::default();
            let item = root.get("paths").and_then(|paths| paths.get(path));
            let operation = item.iter().flat_map(Child::entries).next();
            let operation = operation.and_then(|child| RefOr::<Operation<'_>>::read(child, &mut diagnostics));
            let operation = operation.and_then(|operation| files.read(&operation, &mut diagnostics));
            let found = operation.as_ref().and_then(|operation| operation.id.as_ref()).map(|id| id.text);
            let reported = diagnostics.into_vec();
            let error = reported.iter().find(|one| one.severity == Severity::Error).map(|one| one.message.as_str());
            assert_eq!(found.ok_or(error.unwrap_or_default()), expected, "{path}");
        }
    });
}

const SCHEMAS: &str = "
openapi: 3.1.0
$self: https://zoo.test/api/zoo.yaml
components:
  schemas:
    Pet:
      $id: schemas/pet
      $defs: { name: { $anchor: name }, inner: { $id: /inner, $defs: { leaf: { $anchor: leaf } } } }
      properties: { $id: { type: string }, kind: {} }
    Keeper: { $anchor: keeper, examples: [{ $id: 'https://zoo.test/payload' }] }
    Tree: { $dynamicAnchor: node, items: { $dynamicRef: '#node' } }
    List: { $defs: { item: { $dynamicAnchor: item } }, items: { $dynamicRef: '#item' }, not: { $ref: '#/components/schemas/List' } }
    Names: { $ref: '#/components/schemas/List', $defs: { item: { $dynamicAnchor: item, type: string } } }
";

/// Returns the schema at a pointer within `/components/schemas`.
fn schema<'a>(root: &Node<'a>, path: &str) -> Option<Node<'a>> {
    ["components", "schemas"].into_iter().chain(path.split('/')).try_fold(root.clone(), |node, key| node.step(key))
}

fn with_schemas(test: impl Fn(&Files, &Node<'_>)) {
    let entry = Source { path: String::from("zoo.yaml"), text: SCHEMAS.to_owned() };
    let files = load(&entry, &[], &Parts, &mut Diagnostics::default());
    assert!(files.is_some());
    files.iter().for_each(|files| files.entry().into_iter().for_each(|entry| test(files, &entry)));
}

#[test]
fn a_reference_is_relative_to_the_id_around_it() {
    with_schemas(|files, root| {
        let cases = [
            ("Pet", "#", "Pet"),
            ("Pet/properties/kind", "#/properties/kind", "Pet/properties/kind"),
            ("Pet", "#name", "Pet/$defs/name"),
            ("Pet", "/inner", "Pet/$defs/inner"),
            ("Pet/$defs/inner", "#leaf", "Pet/$defs/inner/$defs/leaf"),
            ("Pet/$defs/inner", "/api/schemas/pet#/properties", "Pet/properties"),
            ("Keeper", "schemas/pet", "Pet"),
            ("Keeper", "https://zoo.test/api/schemas/pet#name", "Pet/$defs/name"),
            ("Keeper", "zoo.yaml#keeper", "Keeper"),
            ("Pet", "zoo.yaml#/components/schemas/Keeper", "Keeper"),
            // Not as the standard says, but clear.
            ("Pet", "#/components/schemas/Keeper", "Keeper"),
            ("Pet", "#keeper", "Keeper"),
            ("Keeper", "https://zoo.test/payload", "`https://zoo.test/payload` was not loaded"),
        ];
        for (from, reference, expected) in cases {
            let found = schema(root, from).map(|from| match files.resolve(&from, reference) {
                Ok(node) => node.pointer.to_string().replacen("/components/schemas/", "", 1),
                Err(unresolved) => unresolved.message,
            });
            assert_eq!(found.as_deref(), Some(expected), "{reference} in {from}");
        }
    });
}

#[test]
fn a_dynamic_reference_names_the_outermost_anchor() {
    with_schemas(|files, root| {
        let follow = |from: &Node<'_>, text: &str, is_dynamic: bool| {
            let mut diagnostics = Diagnostics::default();
            let target = files.target(from, Reference { text, is_dynamic }, "a schema", &mut diagnostics)?;
            Some((target.pointer.to_string().replacen("/components/schemas/", "", 1), target.is_instance()))
        };
        let at = |path: &str| schema(root, path);
        let plain = |path: &str| Some((path.to_owned(), false));
        assert_eq!(at("Tree/items").and_then(|from| follow(&from, "#node", true)), plain("Tree"));
        assert_eq!(at("List/items").and_then(|from| follow(&from, "#item", true)), plain("List/$defs/item"));
        // A reference from the template to itself keeps its meaning, and one from `Names` changes it.
        assert_eq!(at("List/not").and_then(|from| follow(&from, "#/components/schemas/List", false)), plain("List"));
        let list = at("Names").and_then(|from| files.resolve(&from, "#/components/schemas/List").ok());
        assert!(list.as_ref().is_some_and(Node::is_instance));
        let items = list.as_ref().and_then(|list| list.step("items"));
        assert_eq!(items.and_then(|from| follow(&from, "#item", true)), plain("Names/$defs/item"));
        let again = list.as_ref().and_then(|list| files.resolve(&list.step("not")?, "#/components/schemas/List").ok());
        assert_eq!(again.map(|node| node.instance()), list.map(|node| node.instance()));
    });
}
