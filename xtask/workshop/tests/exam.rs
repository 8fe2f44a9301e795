//! The exam makes the values that a schema is about, and finds what octogen does wrong.

use std::collections::BTreeSet;

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
    let cases: [(&str, &str, &str, &[&str]); 25] = [
        ("3.1.0", "{ type: integer, minimum: 2, maximum: 5 }", "number-limit", &["2", "5"]),
        ("3.1.0", "{ type: integer, exclusiveMinimum: 2, exclusiveMaximum: 7 }", "number-limit", &["3", "6"]),
        ("3.0.3", "{ type: integer, minimum: 2, exclusiveMinimum: true, maximum: 9 }", "number-limit", &["3", "9"]),
        ("3.1.0", "{ type: integer, minimum: 1, maximum: 10, multipleOf: 4 }", "number-limit", &["8"]),
        // Integers of 32 bits do not hold it.
        ("3.1.0", "{ type: integer }", "number", &["5000000000"]),
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

#[test]
fn each_value_reaches_the_variant_that_admits_it() {
    let schemas = [
        // Discriminator values that no variant lists.
        "{ oneOf: [{ title: A, type: object, required: [k, a], properties: { k: { type: string }, a: { type: integer } } }, \
         { title: B, type: object, required: [k, b], properties: { k: { type: string }, b: { type: integer } } }], discriminator: { propertyName: k } }",
        // Boolean constants inside.
        "{ oneOf: [{ title: A, type: object, required: [in], properties: { in: { type: object, required: [on], properties: { on: { const: true } } } } }, \
         { title: B, type: object, required: [in], properties: { in: { type: object, required: [on], properties: { on: { const: false } } } } }] }",
        "{ oneOf: [{ title: A, type: object, properties: { n: { type: integer } } }, { title: B, type: object, properties: { n: { type: string } } }] }",
        "{ type: object, patternProperties: { '^x-': { type: integer } } }",
        "{ type: object, required: [k], properties: { k: { enum: [a, b] }, v: {} }, if: { properties: { k: { const: a } } }, \
         then: { properties: { v: { type: integer } } }, else: { properties: { v: { type: array, items: { type: string } } } } }",
        "{ type: array, prefixItems: [{ type: integer }, { type: string }, { type: integer }, { type: string }, { type: integer }, \
         { type: string }, { type: integer }] }",
    ];
    for schema in schemas {
        let made = examine("3.1.0", schema);
        let wrong: Vec<&Made> = made.iter().filter(|one| one.outcome != "equal").collect();
        assert!(wrong.is_empty(), "{schema}: {} of {} values: {wrong:#?}", wrong.len(), made.len());
        assert!(made.len() >= 5, "{schema}: only {} values were made", made.len());
    }
}

/// A document with schemas at each place that the exam visits.
const ZOO: &str = "openapi: 3.1.0
info: { title: Zoo, version: '1' }
paths:
  /animals:
    parameters:
      - { name: sizes, in: query, schema: { type: array, items: { type: integer, minimum: 1 } } }
    post:
      operationId: addAnimal
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [animal]
              properties: { animal: { $ref: '#/components/schemas/Animal' }, note: { type: [string, 'null'] } }
      responses:
        '201':
          description: The animal
          headers: { x-count: { schema: { type: integer } } }
          content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Animal' } } } }
webhooks:
  added:
    post:
      requestBody:
        content: { application/json: { schema: { type: object, properties: { at: { type: string, format: date-time } } } } }
      responses: { '204': { description: Done } }
components:
  schemas:
    Animal:
      oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
      discriminator: { propertyName: kind }
    Cat: { type: object, required: [kind], properties: { kind: { const: Cat }, lives: { type: integer, maximum: 9 } } }
    Dog: { type: object, required: [kind, tail], properties: { kind: { const: Dog }, tail: { type: number } } }
    Tree: { type: object, properties: { name: { type: string }, children: { type: array, items: { $ref: '#/components/schemas/Tree' } } } }
    Prices: { type: object, additionalProperties: { type: number } }
    Size: { enum: [small, large, 3] }
    Named: { allOf: [{ $ref: '#/components/schemas/Tree' }, { required: [name] }] }
";

#[test]
fn schemas_of_each_place_are_examined_and_each_value_comes_back_as_the_type_that_it_is() {
    let source = Source { path: String::from("zoo.yaml"), text: ZOO.to_owned() };
    let made = examine_source(&source, &NoFiles);
    let places: BTreeSet<&str> = made.iter().filter_map(|one| one.place.split('#').nth(1)).collect();
    for place in [
        "/components/schemas/Animal",
        "/components/schemas/Named",
        "/components/schemas/Size",
        "/paths/~1animals/parameters/0/schema",
        "/paths/~1animals/post/requestBody/content/application~1json/schema",
        "/paths/~1animals/post/responses/201/content/application~1json/schema",
        "/paths/~1animals/post/responses/201/headers/x-count/schema",
        "/webhooks/added/post/requestBody/content/application~1json/schema",
    ] {
        assert!(places.contains(place), "no value of {place}: {places:#?}");
    }
    let wrong: Vec<&Made> = made.iter().filter(|one| one.outcome != "equal").collect();
    assert!(wrong.is_empty(), "{} of {} values: {wrong:#?}", wrong.len(), made.len());
    assert!(made.len() >= 200, "only {} values were made", made.len());
}
