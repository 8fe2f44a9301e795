//! The exam makes the values that a schema is about, and finds what octogen does wrong.

use octogen::files::{Folder, read, sorted_entries};
use octogen::source::{NoFiles, Source};
use workshop::exam::{Made, examine_source};

/// Examines one schema of a document.
fn examine(version: &str, schema: &str) -> Vec<Made> {
    let others = "
    Cat: { type: object, required: [meow], properties: { meow: { type: boolean } }, additionalProperties: false }
    Dog: { type: object, required: [bark], properties: { bark: { type: boolean } }, additionalProperties: false }
    Node: { type: object, properties: { next: { $ref: '#/components/schemas/Node' } } }";
    let text = format!(
        "openapi: {version}\ninfo: {{ title: Zoo, version: '1' }}\ncomponents:\n  schemas:\n    It: {schema}{others}\n"
    );
    let source = Source { path: String::from("zoo.yaml"), text };
    let mut made = examine_source(&source, &NoFiles);
    made.retain(|one| one.place.ends_with("/It"));
    made
}

#[test]
fn cases_of_each_kind_are_made() {
    let cases: [(&str, &str, &str, &[&str]); 24] = [
        ("3.1.0", "{ type: integer, minimum: 2, maximum: 5 }", "number-limit", &["2", "5"]),
        ("3.1.0", "{ type: integer, exclusiveMinimum: 2, exclusiveMaximum: 7 }", "number-limit", &["3", "6"]),
        ("3.0.3", "{ type: integer, minimum: 2, exclusiveMinimum: true, maximum: 9 }", "number-limit", &["3", "9"]),
        ("3.1.0", "{ type: integer, minimum: 1, maximum: 10, multipleOf: 4 }", "number-limit", &["8"]),
        ("3.1.0", "{ type: number, minimum: 0.5, maximum: 2 }", "number-limit", &["0.5", "2.0"]),
        ("3.1.0", "{ type: string, minLength: 2, maxLength: 3 }", "length-limit", &["\"xx\"", "\"xxx\""]),
        ("3.1.0", "{ type: string, pattern: '^[a-c]{2}-\\d+$' }", "minimal", &["\"ab-3\""]),
        ("3.1.0", "{ type: string, enum: [a, b] }", "enum", &["\"b\""]),
        ("3.1.0", "{ enum: [1, null] }", "enum", &["null"]),
        ("3.1.0", "{ type: [string, 'null'] }", "null", &["null"]),
        ("3.0.3", "{ type: string, nullable: true }", "null", &["null"]),
        ("3.1.0", "{ type: [boolean, integer] }", "type", &["1"]),
        (
            "3.1.0",
            "{ type: object, properties: { a: { type: boolean }, b: { type: boolean } } }",
            "present",
            &["{\"a\":true}"],
        ),
        (
            "3.1.0",
            "{ type: object, properties: { a: { const: 1 }, b: { const: 2 }, c: { const: 3 } } }",
            "absent",
            &["{\"a\":1,\"b\":2}", "{\"b\":2,\"c\":3}"],
        ),
        ("3.1.0", "{ type: object, properties: { a: { const: 1 } }, additionalProperties: false }", "undeclared", &[]),
        (
            "3.1.0",
            "{ type: object, properties: { a: { const: 1 } } }",
            "undeclared",
            &["{\"undeclared\":{\"a\":[1,null,\"b\"]}}"],
        ),
        (
            "3.1.0",
            "{ type: object, additionalProperties: { const: 1 } }",
            "entries",
            &["{\"undeclared\":1,\"undeclared1\":1}"],
        ),
        ("3.1.0", "{ type: array, items: { const: 1 }, maxItems: 3 }", "array-length", &["[1,1]", "[1,1,1]"]),
        ("3.1.0", "{ type: array, prefixItems: [{ const: 1 }, { const: 2 }], items: false }", "tuple", &["[]", "[1]"]),
        ("3.1.0", "{ type: array, items: { enum: [1, 2] }, uniqueItems: true, minItems: 2 }", "minimal", &["[1,2]"]),
        (
            "3.1.0",
            "{ oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] }",
            "branch",
            &["{\"bark\":true}"],
        ),
        (
            "3.1.0",
            "{ type: object, required: [k], properties: { k: { enum: [a, b] } }, if: { properties: { k: { const: a } } }, \
             then: { required: [x], properties: { x: { const: 1 } } }, else: { required: [y], properties: { y: { const: 2 } } } }",
            "condition",
            &["{\"k\":\"b\",\"y\":2}"],
        ),
        (
            "3.1.0",
            "{ type: object, properties: { a: { const: 1 }, b: { const: 2 }, c: {} }, dependentRequired: { a: [b] } }",
            "dependent",
            &["{\"a\":1,\"b\":2}"],
        ),
        (
            "3.1.0",
            "{ allOf: [{ $ref: '#/components/schemas/Node' }], required: [next] }",
            "minimal",
            &["{\"next\":{}}"],
        ),
    ];
    for (version, schema, kind, wanted) in cases {
        let made = examine(version, schema);
        let of_kind: Vec<&str> = made.iter().filter(|one| one.kind == kind).map(|one| one.value.as_str()).collect();
        for value in wanted {
            assert!(of_kind.contains(value), "{schema}: no {value} among {of_kind:?}");
        }
        assert!(!wanted.is_empty() || of_kind.is_empty(), "{schema}: {of_kind:?}");
    }
}

/// Fixtures with values that octogen does not hold yet.
const UNFIT: [&str; 13] = [
    "evidence_all.yaml",
    "forms.yaml",
    "inheritance.yaml",
    "maps.yaml",
    "nullable_references.yaml",
    "patterns.yaml",
    "recursion.yaml",
    "recursion_without_end.yaml",
    "tuples.yaml",
    "unions_by_stated_tags.yaml",
    "unions_by_tag.yaml",
    "unions_of_themselves.yaml",
    "unions_untagged.yaml",
];

#[test]
fn a_value_comes_back_as_the_type_that_it_is() {
    let (mut examined, mut wrong) = (0, Vec::new());
    for file in sorted_entries(&xtask::root().join("tests/fixtures/emit")) {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_document = name.ends_with(".yaml") || name.ends_with(".json");
        if !is_document || UNFIT.contains(&name.as_str()) {
            continue;
        }
        let source = read(&file, &name).expect("the fixture can be read");
        let made = examine_source(&source, &Folder::of(&file));
        examined += made.len();
        let is_wrong =
            |one: &Made| ["refused", "changed", "other-variant", "unknown-variant"].contains(&one.outcome.as_str());
        wrong.extend(
            made.into_iter().filter(is_wrong).map(|one| format!("{} {} {}", one.outcome, one.place, one.value)),
        );
    }
    assert!(wrong.is_empty(), "{} of {examined} values:\n{}", wrong.len(), wrong.join("\n"));
    assert!(examined >= 5_000, "only {examined} values were examined");
}
