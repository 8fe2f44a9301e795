//! Each tag is a Cargo feature: the tests check which modules a feature enables.

use octogen::source::{NoFiles, Source};
use octogen::{ExampleFunctions, Options, Output, generate};

const DOCUMENT: &str = r##"
openapi: 3.1.0
info: { title: Zoo, version: "1" }
paths:
  /animals: { get: { operationId: list-animals, tags: [animals], responses: { "200": { description: ok, content: { application/json: { schema: { $ref: "#/components/schemas/Animal" }, example: { eats: { name: hay } } } } } } } }
  /keepers: { get: { operationId: list-keepers, tags: [Zoo Keepers], responses: { "200": { description: ok, content: { application/json: { schema: { $ref: "#/components/schemas/Keeper" } } } } } } }
  /open: { get: { operationId: is-open, responses: { "200": { description: ok, content: { application/json: { schema: { $ref: "#/components/schemas/Open" } } } } } } }
  /full: { get: { operationId: is-full, tags: [full], responses: { "204": { description: ok } } } }
webhooks:
  born: { post: { requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Birth" } } } }, responses: { "200": { description: ok } } } }
components:
  schemas:
    Animal: { type: object, properties: { eats: { $ref: "#/components/schemas/Food" } } }
    Food: { type: object, properties: { name: { type: string }, day: { $ref: "#/components/schemas/Day" } } }
    Keeper: { type: object, properties: { feeds: { $ref: "#/components/schemas/Food" } } }
    Open: { type: object, properties: { day: { $ref: "#/components/schemas/Day" } } }
    Birth: { type: object, properties: { animal: { $ref: "#/components/schemas/Animal" } } }
    Day: { type: object, properties: { name: { type: string } } }
    Unused: { type: object, properties: { why: { $ref: "#/components/schemas/Keeper" } } }
"##;

fn output(features: bool) -> Output {
    output_with(&Options { features, ..Options::default() })
}

fn output_with(options: &Options) -> Output {
    let source = Source { path: String::from("zoo.yaml"), text: DOCUMENT.to_owned() };
    let generated = generate(&source, &NoFiles, options);
    generated.output.unwrap_or_else(|| panic!("{:?}", generated.diagnostics))
}

/// Returns the attribute of the module that contains a model, without blanks.
fn gate_of(output: &Output, model: &str) -> String {
    let declares =
        |text: &str| text.contains(&format!("pub struct {model} ")) || text.contains(&format!("pub type {model} "));
    let home = output.library.iter().find(|file| file.path.starts_with("models/") && declares(&file.text)).unwrap();
    let module = home.path.trim_start_matches("models/").trim_end_matches(".rs");
    let root = output.library.iter().find(|file| file.path == "models/mod.rs").unwrap();
    let (before, _) = root.text.split_once(&format!("mod {module};")).unwrap();
    let behind_last = before.rsplit(';').next().unwrap_or_default();
    let attribute = behind_last.find("#[cfg").map_or("", |at| &behind_last[at..]);
    attribute.split_whitespace().collect::<String>().replace(",)", ")")
}

#[test]
fn a_model_is_there_with_any_feature_that_reaches_it() {
    let output = output(true);
    assert_eq!(output.features, ["animals", "full-operations", "other-models", "webhooks", "zoo-keepers"]);
    for (model, gate) in [
        ("Animal", r#"#[cfg(any(feature = "animals", feature = "webhooks"))]"#),
        // A model that more than three features use is always compiled.
        ("Food", ""),
        ("Keeper", r#"#[cfg(any(feature = "other-models", feature = "zoo-keepers"))]"#),
        ("Birth", r#"#[cfg(feature = "webhooks")]"#),
        ("Unused", r#"#[cfg(feature = "other-models")]"#),
        ("Open", ""),
        ("Day", ""),
    ] {
        assert_eq!(gate_of(&output, model), gate.replace(' ', ""), "{model}");
    }
}

#[test]
fn operations_webhooks_and_tests_are_there_with_their_feature() {
    let output = output(true);
    let text = |path: &str| output.library.iter().find(|file| file.path == path).unwrap().text.clone();
    for (text, lines) in [
        (text("endpoints/mod.rs"), "#[cfg(feature = \"zoo-keepers\")]\npub mod zoo_keepers;"),
        (text("endpoints/mod.rs"), "#[cfg(feature = \"zoo-keepers\")]\npub use self::zoo_keepers::*;"),
        (text("endpoints/mod.rs"), "#[cfg(feature = \"full-operations\")]\npub mod full;"),
        (text("mod.rs"), "#[cfg(feature = \"webhooks\")]\npub mod webhooks;"),
        (output.round_trips.text.clone(), "#[test]\n#[cfg(feature = \"animals\")]\nfn list_animals_response("),
        (output.type_table.text.clone(), "#[cfg(feature = \"webhooks\")]\n    Birth,"),
    ] {
        assert!(text.contains(lines), "no `{lines}` in\n{text}");
    }
}

#[test]
fn without_features_everything_is_there() {
    let output = output(false);
    assert!(output.features.is_empty());
    assert!(output.library.iter().all(|file| !file.text.contains("cfg(")));
}

/// The examples of models are a module of the library if the caller asks for them.
#[test]
fn examples_are_omitted_always_there_or_behind_a_feature_of_the_caller() {
    let declared = |examples| {
        let output = output_with(&Options { features: true, examples, ..Options::default() });
        let root = output.library.iter().find(|file| file.path == "mod.rs").unwrap();
        let before = root.text.split_once("mod examples;").map(|(before, _)| before.lines().last().unwrap_or_default());
        let text_of = |path: &str| output.library.iter().find(|file| file.path == path).map(|file| file.text.clone());
        (before.map(str::to_owned), text_of("examples.rs"), text_of("examples.tsv"))
    };
    assert_eq!(declared(ExampleFunctions::Omitted), (None, None, None));
    let (always, module, table) = declared(ExampleFunctions::Always);
    assert!(always.is_some_and(|line| !line.contains("cfg")));
    assert!(table.unwrap().contains("Food\t{\"name\":\"hay\"}\n"));
    let module = module.unwrap();
    assert!(module.contains("    #[cfg(feature = \"webhooks\")]\n    models [Birth]"), "{module}");
    let (gated, ..) = declared(ExampleFunctions::Feature(String::from("demo")));
    assert_eq!(gated.as_deref(), Some("#[cfg(feature = \"demo\")]"));
}
