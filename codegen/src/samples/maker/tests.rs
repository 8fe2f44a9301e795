use super::*;
use crate::diagnostic::Diagnostics;
use crate::document::load;
use crate::source::{NoFiles, Source};

/// The values of the component `It`, as JSON. The other components are a cat and a dog.
fn made(schema: &str) -> Vec<String> {
    let text = format!(
        "openapi: 3.1.0
components:
  schemas:
    It: {schema}
    Cat: {{ type: object, required: [lives], properties: {{ lives: {{ type: integer }}, name: {{ type: string }} }} }}
    Dog: {{ type: object, required: [kind], properties: {{ kind: {{ const: dog }} }} }}
"
    );
    let source = Source { path: String::from("it.yaml"), text };
    let files = load(&source, &[], &NoFiles, &mut Diagnostics::default());
    let Some(files) = files else { return Vec::new() };
    let Some(root) = files.entry() else { return Vec::new() };
    let Ok(node) = files.resolve(&root, "#/components/schemas/It") else { return Vec::new() };
    Maker::new(&files).make_values(&node).into_iter().map(|(_, json)| json).collect()
}

#[test]
fn values_are_minimal_maximal_and_one_for_each_branch() {
    let cases: [(&str, &[&str]); 15] = [
        (
            "{ type: object, required: [a], properties: { a: { type: boolean }, b: { type: integer, minimum: 5 } } }",
            &[r#"{"a":false}"#, r#"{"a":true,"b":42}"#],
        ),
        (
            "{ type: object, properties: { pet: { $ref: '#/components/schemas/Cat' } } }",
            &["{}", r#"{"pet":{"lives":0}}"#],
        ),
        (
            "{ oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] }",
            &[r#"{"lives":0}"#, r#"{"kind":"dog"}"#],
        ),
        (
            "{ allOf: [{ $ref: '#/components/schemas/Cat' }, { required: [name] }] }",
            &[r#"{"lives":0,"name":"text"}"#, r#"{"lives":42,"name":"A text with \"signs\": é, 🐈."}"#],
        ),
        ("{ enum: [a, b, c] }", &[r#""a""#, r#""b""#, r#""c""#]),
        ("{ type: array, minItems: 2, items: { type: number, exclusiveMinimum: 1 } }", &["[1.25,1.25]", "[1.5,1.5]"]),
        (
            "{ type: object, properties: { a: { type: [string, 'null'], maxLength: 3 } } }",
            &["{}", r#"{"a":"x"}"#, r#"{"a":null}"#],
        ),
        ("{ type: object, additionalProperties: { type: integer, multipleOf: 5 } }", &["{}", r#"{"another key":40}"#]),
        ("{ type: object, required: [self], properties: { self: { $ref: '#/components/schemas/It' } } }", &[]),
        ("{ type: object, properties: { self: { $ref: '#/components/schemas/It' } } }", &["{}", r#"{"self":{}}"#]),
        (
            "{ type: object, properties: { self: { allOf: [{ $ref: '#/components/schemas/It' }] } } }",
            &["{}", r#"{"self":{}}"#],
        ),
        ("{ type: string, pattern: '^[a-z]+$' }", &[]),
        ("{ type: string, pattern: '^[a-z]+$', examples: [abc] }", &[r#""abc""#]),
        ("{ type: object, if: { required: [a] }, then: { required: [b] } }", &[]),
        ("{ type: integer, minimum: 3, maximum: 2 }", &[]),
    ];
    for (schema, expected) in cases {
        assert_eq!(made(schema), expected, "{schema}");
    }
}

#[test]
fn a_discriminator_property_has_the_value_of_the_branch() {
    let branches = "oneOf: [{ $ref: '#/components/schemas/Tail' }, { $ref: '#/components/schemas/Dog' }]";
    let tail = "\n    Tail: { type: object, required: [kind], properties: { kind: { type: string } } }";
    let of = |mapping: &str| made(&format!("{{ {branches}, discriminator: {{ propertyName: kind{mapping} }} }}{tail}"));
    assert_eq!(of(""), [r#"{"kind":"Tail"}"#, r#"{"kind":"dog"}"#]);
    let mapping = ", mapping: { t: Tail, dog: '#/components/schemas/Dog' }";
    assert_eq!(of(mapping), [r#"{"kind":"t"}"#, r#"{"kind":"dog"}"#]);
}
