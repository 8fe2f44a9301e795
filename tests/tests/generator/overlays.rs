//! Overlays: their changes, and the warnings about overlays without an effect.

use octogen::source::{NoFiles, Source};
use octogen::{Generated, Options, generate};

const DOCUMENT: &str = r#"
openapi: 3.1.0
info: { title: Zoo, version: "1" }
tags: [{ name: keep }, { name: drop }]
paths:
  /animals: { get: { operationId: list-animals, parameters: [{ name: page, in: query, schema: { type: integer } }], responses: { "204": { description: ok } } } }
  /internal: { get: { operationId: list-secrets, x-internal: true, responses: { "204": { description: ok } } } }
components:
  schemas: { Animal: { type: object, required: [big], properties: { big: { type: number, default: 1.0 }, size: { type: integer } } } }
"#;

fn generated(overlays: &[&str]) -> Generated {
    let source = |(index, text): (usize, &&str)| Source { path: format!("{index}.yaml"), text: (*text).to_owned() };
    let overlays = overlays.iter().enumerate().map(source).collect();
    let options = Options { overlays, ..Options::default() };
    generate(&Source { path: String::from("zoo.yaml"), text: DOCUMENT.to_owned() }, &NoFiles, &options)
}

fn overlay(actions: &str) -> String {
    format!("overlay: 1.0.0\ninfo: {{ title: T, version: '1' }}\nactions: [{actions}]")
}

/// The library as one text.
fn library(overlays: &[&str]) -> String {
    let generated = generated(overlays);
    let output = generated.output.unwrap_or_else(|| panic!("{:?}", generated.diagnostics));
    output.library.into_iter().map(|file| file.text).collect()
}

#[test]
fn a_document_is_changed_before_anything_is_made_of_it() {
    let animal = "$.components.schemas.Animal";
    for (actions, there, gone) in [
        (String::from("{ target: $.info, update: { title: Ark } }"), "Ark.", "Zoo."),
        (
            format!("{{ target: {animal}.properties, update: {{ name: {{ type: string }} }} }}"),
            "pub name: Option<String>",
            "",
        ),
        (format!("{{ target: {animal}, update: {{ required: [size] }} }}"), "pub size: i64", "pub size: Option"),
        (format!("{{ target: {animal}.required, update: size }}"), "pub size: i64", "pub size: Option"),
        (
            format!("{{ target: {animal}.properties.size.type, remove: true }}"),
            "pub size: Option<Value>",
            "pub size: Option<i64>",
        ),
        (
            String::from("{ target: '$.paths[?@.get[\"x-internal\"] == true]', remove: true }"),
            "ListAnimals",
            "ListSecrets",
        ),
        (
            String::from("{ target: '$.paths.*[?@[\"x-internal\"] == true]', remove: true, update: { a: b } }"),
            "ListAnimals",
            "ListSecrets",
        ),
        (
            String::from(
                "{ target: \"$.paths['/animals'].get.parameters\", update: { name: size, in: query, schema: { type: integer } } }",
            ),
            " size: i64 = query",
            "",
        ),
        (String::from("{ target: '$..parameters[*]', remove: true }"), "ListAnimals", " page: i64 = query"),
        (
            String::from("{ target: '$..parameters[*]', update: { name: pages } }"),
            " pages: i64 = query",
            " page: i64 = query",
        ),
        (
            String::from("{ target: $, update: { servers: [{ url: 'https://zoo.example' }] } }"),
            "https://zoo.example",
            "",
        ),
    ] {
        let library = library(&[&overlay(&actions)]);
        assert!(library.contains(there), "{actions}: no `{there}`");
        assert!(gone.is_empty() || !library.contains(gone), "{actions}: still `{gone}`");
    }
}

#[test]
fn one_follows_the_other_and_texts_stay() {
    let first = overlay("{ target: $.info, update: { title: Ark } }, { target: $.info, update: { title: Bark } }");
    let second = overlay("{ target: '$[?@.title == \"Bark\"]', update: { title: Park } }");
    let library = library(&[&first, &second]);
    assert!(library.contains("Park.") && library.contains("Default: `1.0`."), "{library}");
}

/// Returns actions of which each updates the values that the one before it has added.
fn again(times: usize, update: &str) -> String {
    let first = "{ target: $.info, update: { x: {} } }";
    [vec![first.to_owned()], vec![format!("{{ target: $..x, update: {update} }}"); times]].concat().join(", ")
}

#[test]
fn what_changes_nothing_is_an_error() {
    let many: Vec<String> = (0..30).map(|index| format!("y{index}: {{ x: {{}} }}")).collect();
    for (text, message, pointer) in [
        (overlay("{ target: $.nowhere, remove: true }"), "the target selects nothing", "/actions/0/target"),
        (
            overlay("{ target: $.info, update: { a: 1 } }, { target: '$.paths[?@.x]', update: {} }"),
            "selects nothing",
            "/actions/1/target",
        ),
        (overlay("{ target: '$.paths[', remove: true }"), "the target is not a JSONPath", "/actions/0/target"),
        (overlay("{ remove: true }"), "has no `target`", "/actions/0"),
        (overlay("{ target: $.info }"), "neither `update`", "/actions/0"),
        (overlay("{ target: $.info.title, update: Ark }"), "cannot be merged", "/actions/0/update"),
        (
            overlay("{ target: $.info, update: [1] }"),
            "an object, and cannot be merged with an array",
            "/actions/0/update",
        ),
        (
            overlay(&again(3, &("{ x: ".repeat(50) + "{}" + &" }".repeat(50)))),
            "limit of 127 nested",
            "/actions/3/update",
        ),
        (overlay(&again(5, &format!("{{ {} }}", many.join(", ")))), "a million added values", "/actions/4/update"),
        (overlay(""), "has no actions", ""),
        (String::from("openapi: 3.1.0"), "is not an overlay", ""),
        (String::from("overlay: [1"), "the YAML cannot be read", ""),
    ] {
        let generated = generated(&[&text]);
        assert!(generated.output.is_none(), "{text}");
        let found: Vec<String> =
            generated.diagnostics.iter().map(|one| format!("{} {}", one.place, one.message)).collect();
        let wanted = |line: &String| line.starts_with("0.yaml") && line.contains(message) && line.contains(pointer);
        assert!(found.iter().any(wanted), "{text}: {found:?}");
        assert!(generated.diagnostics.iter().all(|one| one.help.is_some()), "{text}: {found:?}");
    }
}

#[test]
fn an_unknown_key_of_an_overlay_is_a_warning() {
    let text = overlay("{ target: $.info, update: { title: Ark }, updates: {} }") + "\nextend: zoo.yaml\n";
    let generated = generated(&[&text]);
    let found: Vec<&str> = generated.diagnostics.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(found, ["unknown key `updates` in an action", "unknown key `extend` in an overlay"]);
    assert!(generated.output.is_some());
}
