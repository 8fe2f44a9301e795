//! Generation from a part of a document: the selected operations, and the schemas that they refer to.

use octogen::source::{NoFiles, Source};
use octogen::{Generated, Options, Selector, generate};

const DOCUMENT: &str = r##"
openapi: 3.1.0
info: { title: Zoo, version: "1" }
paths:
  /animals: { get: { operationId: list-animals, tags: [animals], responses: { "200": { description: ok, content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Animal" } } } } } } } }
  /animals/{id}: { get: { operationId: get-animal, tags: [animals, single], parameters: [{ name: id, in: path, required: true, schema: { type: string } }], responses: { "200": { description: ok, content: { application/json: { schema: { $ref: "#/components/schemas/Animal" } } } } } } }
  /keepers: { get: { operationId: list-keepers, tags: [keepers], responses: { "200": { description: ok, content: { application/json: { schema: { $ref: "#/components/schemas/Keepers" } } } } } }, post: { operationId: add-keeper, responses: { "204": { description: ok } } } }
webhooks:
  born: { post: { operationId: zoo/born, tags: [animals], requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Birth" } } } }, responses: { "200": { description: ok } } } }
components:
  schemas:
    Animal: { type: object, properties: { eats: { $ref: "#/components/schemas/Food" } } }
    Food: { type: object, properties: { name: { type: string }, eaten_by: { $ref: "#/components/schemas/Animal" } } }
    Keepers: { type: object, properties: { count: { type: integer } } }
    Birth: { type: object, properties: { day: { type: string } } }
    Unused: { type: object, properties: { why: { type: string } } }
"##;

fn generated(only: &[&str]) -> Generated {
    let only = only.iter().map(|text| text.parse().unwrap()).collect();
    let source = Source { path: String::from("zoo.yaml"), text: DOCUMENT.to_owned() };
    generate(&source, &NoFiles, &Options { only, ..Options::default() })
}

/// The names of all structs that are generated, sorted.
fn structs(only: &[&str]) -> String {
    let generated = generated(only);
    let output = generated.output.unwrap_or_else(|| panic!("{:?}", generated.diagnostics));
    let lines = output.library.iter().flat_map(|file| file.text.lines());
    let mut names: Vec<String> = lines
        .filter_map(|line| line.trim_start().strip_prefix("pub struct ").or(line.strip_prefix("pub type ")))
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric()).collect())
        .collect();
    names.sort_unstable();
    names.join(" ")
}

#[test]
fn only_what_is_wanted_and_what_that_refers_to() {
    for (only, wanted) in [
        (&[][..], "AddKeeper Animal Birth BornPayload Food GetAnimal Keepers ListAnimals ListKeepers Unused"),
        (&["tag:animals"], "Animal Birth BornPayload Food GetAnimal ListAnimals"),
        (&["tag:single"], "Animal Food GetAnimal"),
        (&["id:list-keepers"], "Keepers ListKeepers"),
        (&["/keepers"], "AddKeeper Keepers ListKeepers"),
        (&["path:/animals"], "Animal Food ListAnimals"),
        (&["path:/animals*"], "Animal Food GetAnimal ListAnimals"),
        (&["webhook:born"], "Birth BornPayload"),
        (&["webhook:born", "id:add-keeper"], "AddKeeper Birth BornPayload"),
        (&["/*"], "AddKeeper Animal Food GetAnimal Keepers ListAnimals ListKeepers"),
    ] {
        assert_eq!(structs(only), wanted, "{only:?}");
    }
}

#[test]
fn what_selects_nothing_is_an_error() {
    let generated = generated(&["tag:animal", "id:get-animal", "/zoo*"]);
    let messages: Vec<&str> = generated.diagnostics.iter().map(|one| one.message.as_str()).collect();
    assert!(generated.output.is_none());
    assert_eq!(
        messages,
        ["`tag:animal` selects nothing in the document", "`path:/zoo*` selects nothing in the document"]
    );
    for wrong in ["", "animals", "label:x", "tags:x"] {
        assert!(wrong.parse::<Selector>().is_err(), "{wrong}");
    }
}
