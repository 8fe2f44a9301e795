//! One document for each contradiction and version: it has exactly one warning, with its code and its place.

use octogen::diagnostic::{Code, Diagnostic};
use octogen::source::{NoFiles, Source};
use octogen::{Options, generate};

const BOTH: &[&str] = &["3.0.3", "3.1.0"];
const V3_0: &[&str] = &["3.0.3"];
const V3_1: &[&str] = &["3.1.0"];

/// The code, the versions, the part of the document that is wrong, and the place of the warning.
type Case = (&'static str, &'static [&'static str], &'static str, &'static str);

/// Schemas, each as the component `A`.
const SCHEMAS: &[Case] = &[
    ("misplaced-reference", V3_1, "{ type: object, $defs: { $ref: '#/paths' } }", "/$defs/$ref"),
    (
        "misplaced-reference",
        V3_1,
        "{ type: object, patternProperties: { $ref: '#/paths' } }",
        "/patternProperties/$ref",
    ),
    (
        "misplaced-reference",
        V3_1,
        "{ type: object, properties: { b: { type: object, $defs: { $ref: '#/paths' } } } }",
        "/properties/b/$defs/$ref",
    ),
    ("unknown-format", BOTH, "{ type: string, format: datetime }", "/format"),
    ("unknown-format", BOTH, "{ type: integer, format: long }", "/format"),
    ("unknown-format", BOTH, "{ type: integer, format: in64 }", "/format"),
    ("contradictory-default", BOTH, "{ type: string, format: date-time, default: yesterday }", "/default"),
    ("contradictory-default", BOTH, "{ type: string, format: date, enum: [2026-01-31, soon] }", "/enum/1"),
    ("contradictory-default", BOTH, "{ type: integer, default: many }", "/default"),
    ("contradictory-value", BOTH, "{ type: string, enum: [1] }", ""),
    ("impossible-limit", BOTH, "{ type: integer, minimum: 3, maximum: 1 }", "/minimum"),
    ("impossible-limit", BOTH, "{ type: string, minLength: 3, maxLength: 1 }", "/minLength"),
    ("impossible-limit", BOTH, "{ type: array, items: { type: string }, minItems: 3, maxItems: 1 }", "/minItems"),
    ("impossible-limit", BOTH, "{ type: object, minProperties: 3, maxProperties: 1 }", "/minProperties"),
    ("impossible-limit", BOTH, "{ type: string, maxLength: -1 }", "/maxLength"),
    ("impossible-limit", BOTH, "{ type: string, minLength: 1.5 }", "/minLength"),
    ("impossible-limit", BOTH, "{ type: number, multipleOf: 0 }", "/multipleOf"),
    ("wrong-type", BOTH, "{ type: string, maxLength: '10' }", "/maxLength"),
    ("wrong-type", BOTH, "{ type: integer, minimum: '10' }", "/minimum"),
    ("wrong-type", BOTH, "{ type: array, items: { type: string }, uniqueItems: sometimes }", "/uniqueItems"),
    ("wrong-type", BOTH, "{ type: string, xml: Name }", "/xml"),
    ("invalid-pattern", BOTH, "{ type: string, pattern: '[a-z' }", "/pattern"),
    ("invalid-pattern", BOTH, "{ type: string, pattern: '(?P<year>[0-9]+)' }", "/pattern"),
    ("key-of-other-version", V3_1, "{ type: string, nullable: true }", "/nullable"),
    ("key-of-other-version", V3_0, "{ type: [string, integer] }", "/type"),
    ("key-of-other-version", V3_0, "{ type: string, const: a }", "/const"),
    ("key-of-other-version", V3_0, "{ type: string, $comment: a }", "/$comment"),
    ("key-of-other-version", V3_0, "{ type: integer, minimum: 1, exclusiveMinimum: 1 }", "/exclusiveMinimum"),
    ("key-of-other-version", V3_1, "{ type: integer, minimum: 1, exclusiveMinimum: true }", "/exclusiveMinimum"),
    ("key-of-other-version", V3_0, "{ type: object, properties: { a: true } }", "/properties/a"),
    ("missing-key", V3_0, "{ type: array }", ""),
    ("unknown-key", V3_0, "{ type: string, habitat: forest }", "/habitat"),
    ("unknown-key", BOTH, "{ type: string, formatt: date }", "/formatt"),
    ("empty-list", BOTH, "{ type: string, allOf: [] }", "/allOf"),
    ("empty-list", V3_0, "{ type: object, required: [], properties: { a: { type: string } } }", "/required"),
    ("empty-enum", BOTH, "{ type: string, enum: [] }", ""),
    ("duplicate-value", BOTH, "{ type: string, enum: [a, b, a] }", "/enum/2"),
    ("enum-names", BOTH, "{ type: integer, enum: [1, 2], x-enum-varnames: [One] }", ""),
    ("enum-names", BOTH, "{ type: integer, enum: [1, 2], x-enumNames: [One, Two, Three] }", ""),
    ("enum-names", BOTH, "{ type: integer, enum: [1, 2], x-enum-varnames: [One, One] }", ""),
    ("enum-names", BOTH, "{ type: string, enum: [a, b], x-enum-descriptions: [First, 2] }", ""),
    ("enum-names", BOTH, "{ type: string, enum: [a, b], x-enumDescriptions: First }", ""),
    ("enum-names", BOTH, "{ type: integer, enum: [1, 2], x-enum-descriptions: { '1': One, '3': Three } }", ""),
    ("enum-names", BOTH, "{ type: string, enum: [a, b], x-ms-enum: { values: a } }", ""),
    ("enum-names", BOTH, "{ oneOf: [{ title: One, enum: [a] }, { title: One, enum: [b] }] }", ""),
    ("enum-names", BOTH, "{ anyOf: [{ title: One, enum: [a] }, { title: One, enum: [b] }, { type: string }] }", ""),
    ("enum-names", BOTH, "{ type: string, enum: [a, b], x-ms-enum: { values: [{ value: c, name: Three }] } }", ""),
    (
        "enum-names",
        BOTH,
        "{ type: string, enum: [a, b], x-ms-enum: { values: [{ value: a, name: One }, { value: b, name: One }] } }",
        "",
    ),
    ("duplicate-value", BOTH, "{ type: object, required: [a, a], properties: { a: { type: string } } }", "/required/1"),
    (
        "exclusive-keys",
        BOTH,
        "{ type: object, properties: { a: { type: string, readOnly: true, writeOnly: true } } }",
        "/properties/a/writeOnly",
    ),
    ("undeclared-required", BOTH, "{ type: object, required: [b], properties: { a: { type: string } } }", ""),
    ("missing-key", BOTH, "{ oneOf: [{ type: string }, { type: integer }], discriminator: {} }", "/discriminator"),
    (
        "undeclared-discriminator",
        BOTH,
        "{ oneOf: [{ $ref: '#/components/schemas/B' }], discriminator: { propertyName: kind } }, B: { type: object, properties: { name: { type: string } } }",
        "/oneOf/0",
    ),
    ("contradictory-variant", BOTH, "{ type: string, oneOf: [{ type: string }, { type: integer }] }", "/oneOf/1"),
    ("null-example", BOTH, "{ type: string, example: null }", "/example"),
    ("example-as-text", BOTH, "{ type: object, example: '{}' }", "/example"),
    (
        "contradictory-mapping",
        BOTH,
        "{ oneOf: [{ $ref: '#/components/schemas/B' }, { $ref: '#/components/schemas/C' }], discriminator: { propertyName: kind, mapping: { tomcat: B, dog: C } } }, \
         B: { type: object, required: [kind], properties: { kind: { type: string, enum: [cat] } } }, \
         C: { type: object, required: [kind], properties: { kind: { type: string, enum: [dog] } } }",
        "",
    ),
    (
        "unreachable-variant",
        BOTH,
        "{ oneOf: [{ type: object, properties: { a: { type: string } } }, { type: object, properties: { a: { type: string, format: date } } }] }",
        "/oneOf/1",
    ),
    (
        "unreachable-variant",
        BOTH,
        "{ oneOf: [{ type: string }, { title: Small, type: object, properties: { n: { type: integer, maximum: 9 } } }, { title: Big, type: object, properties: { n: { type: integer, minimum: 10 } } }] }",
        "/oneOf/2",
    ),
    ("contradictory-default", BOTH, "{ type: integer, minimum: 3, default: 1 }", "/default"),
    ("contradictory-default", BOTH, "{ type: string, maxLength: 1, enum: [a, bcd] }", "/enum/1"),
    ("contradictory-default", BOTH, "{ type: string, minLength: 2, example: a }", "/example"),
    (
        "contradictory-default",
        BOTH,
        "{ type: array, items: { type: string }, maxItems: 1, default: [a, b] }",
        "/default",
    ),
    ("contradictory-default", V3_0, "{ type: integer, minimum: 3, exclusiveMinimum: true, default: 3 }", "/default"),
    ("contradictory-default", V3_1, "{ type: integer, exclusiveMaximum: 3, default: 3 }", "/default"),
    ("all-of-conflict", BOTH, "{ allOf: [{ type: integer, minimum: 5 }, { type: integer, maximum: 3 }] }", "/allOf/1"),
    (
        "all-of-conflict",
        BOTH,
        "{ type: integer, maximum: 3, allOf: [{ type: integer, maximum: 9 }, { allOf: [{ type: integer, minimum: 5 }] }] }",
        "/allOf/1/allOf/0",
    ),
    ("contradictory-default", BOTH, "{ type: string, pattern: '^[a-z]+$', default: A1 }", "/default"),
    ("contradictory-default", BOTH, "{ type: string, pattern: '^[a-z]+$', example: A1 }", "/example"),
    ("contradictory-default", BOTH, "{ type: string, pattern: '^[a-z]+$', enum: [a, A1] }", "/enum/1"),
    ("contradictory-default", V3_1, "{ type: string, pattern: '^[a-z]+$', const: A1 }", "/const"),
    (
        "contradictory-default",
        V3_1,
        "{ type: [string, 'null'], pattern: '^[a-z]+$', examples: [a, null, A1] }",
        "/examples/2",
    ),
    (
        "contradictory-default",
        BOTH,
        "{ type: object, properties: { b: { type: string, pattern: '^\\d{3}$', default: '12' } } }",
        "/properties/b/default",
    ),
    ("contradictory-value", V3_1, "{ type: string, enum: [a], const: b }", "/const"),
    ("contradictory-value", BOTH, "{ type: string, enum: [a, null] }", "/enum/1"),
    (
        "contradictory-mapping",
        BOTH,
        "{ oneOf: [{ $ref: '#/components/schemas/B' }, { $ref: '#/components/schemas/C' }], discriminator: { propertyName: kind, mapping: { d: '#/components/schemas/D' } } }, \
         B: { type: object, required: [kind, b], properties: { kind: { type: string }, b: { type: string } } }, \
         C: { type: object, required: [kind, c], properties: { kind: { type: string }, c: { type: string } } }, \
         D: { type: object, required: [kind], properties: { kind: { type: string } } }",
        "/discriminator/mapping/d",
    ),
    (
        "duplicate-value",
        BOTH,
        "{ oneOf: [{ $ref: '#/components/schemas/B' }, { $ref: '#/components/schemas/B' }] }, B: { type: string }",
        "/oneOf/1",
    ),
    ("empty-list", V3_1, "{ type: array, prefixItems: [] }", "/prefixItems"),
    ("impossible-limit", V3_0, "{ type: integer, minimum: 3, exclusiveMinimum: true, maximum: 3 }", "/minimum"),
    ("impossible-limit", V3_1, "{ type: integer, exclusiveMinimum: 3, exclusiveMaximum: 3 }", "/exclusiveMinimum"),
    ("impossible-limit", V3_1, "{ type: number, minimum: 3, exclusiveMaximum: 3 }", "/minimum"),
    ("ineffective-keyword", BOTH, "{ type: integer, minLength: 3 }", "/minLength"),
    ("ineffective-keyword", BOTH, "{ type: string, minimum: 3 }", "/minimum"),
    ("ineffective-keyword", BOTH, "{ type: string, properties: { a: { type: string } } }", "/properties"),
    ("ineffective-keyword", BOTH, "{ type: object, items: { type: string } }", "/items"),
    ("ineffective-keyword", BOTH, "{ type: array, items: { type: string }, required: [a] }", "/required"),
    ("ineffective-keyword", BOTH, "{ type: integer, format: date }", "/format"),
    ("ineffective-keyword", BOTH, "{ type: array, items: { type: string }, format: uuid }", "/format"),
    ("ineffective-keyword", V3_1, "{ type: [string, 'null'], maxItems: 3 }", "/maxItems"),
    ("ineffective-keyword", BOTH, "{ type: string, enum: [a], x-extensible-enum: [a, b] }", "/x-extensible-enum"),
    ("ineffective-keyword", V3_1, "{ const: a, x-extensible-enum: [a, b] }", "/x-extensible-enum"),
    ("ineffective-keyword", BOTH, "{ type: integer, x-extensible-enum: [1, 2] }", "/x-extensible-enum"),
    ("ineffective-keyword", BOTH, "{ type: integer, x-extensible-enum: [a] }", "/x-extensible-enum"),
    ("ineffective-keyword", BOTH, "{ type: string, x-extensible-enum: [a, 1] }", "/x-extensible-enum"),
    ("ineffective-keyword", BOTH, "{ type: string, x-extensible-enum: [] }", "/x-extensible-enum"),
    ("ineffective-keyword", BOTH, "{ type: string, x-extensible-enum: a }", "/x-extensible-enum"),
    ("invalid-address", BOTH, "{ type: string, xml: { namespace: 'a b' } }", "/xml/namespace"),
    ("invalid-address", BOTH, "{ type: string, externalDocs: { url: 'see there' } }", "/externalDocs/url"),
    ("invalid-identifier", V3_1, "{ $id: 'https://zoo.test/a#b', type: string }", "/$id"),
    ("invalid-identifier", V3_1, "{ $anchor: '1 a', type: string }", "/$anchor"),
    (
        "invalid-pattern",
        V3_1,
        "{ type: object, patternProperties: { '[a': { type: string } } }",
        "/patternProperties/[a",
    ),
    ("null-value", BOTH, "{ type: string, description: }", "/description"),
    ("unchecked-keyword", BOTH, "{ type: object, dependencies: { a: [b] } }", "/dependencies"),
    (
        "unchecked-keyword",
        V3_1,
        "{ type: array, prefixItems: [{ type: string }], additionalItems: false }",
        "/additionalItems",
    ),
    (
        "undeclared-discriminator",
        BOTH,
        "{ type: object, properties: { a: { type: string } }, discriminator: { propertyName: kind } }",
        "/discriminator",
    ),
    ("unsupported-dialect", V3_1, "{ $schema: 'http://json-schema.org/draft-04/schema#', type: string }", "/$schema"),
    ("wrong-type", BOTH, "{ type: array, items: [{ type: string }] }", "/items"),
    ("wrong-type", V3_1, "{ type: string, examples: { a: { value: a } } }", "/examples"),
    ("unquoted-text", BOTH, "{ type: string, description: 5 }", "/description"),
];

/// Parameters of the operation `GET /a`.
const PARAMETERS: &[Case] = &[
    ("missing-key", BOTH, "{ in: query, schema: { type: string } }", ""),
    ("missing-key", BOTH, "{ name: p, schema: { type: string } }", ""),
    ("invalid-parameter-location", BOTH, "{ name: p, in: body, schema: { type: string } }", "/in"),
    ("parameter-without-schema", BOTH, "{ name: p, in: query }", ""),
    (
        "exclusive-keys",
        BOTH,
        "{ name: p, in: query, schema: { type: string }, content: { application/json: { schema: { type: string } } } }",
        "/content",
    ),
    ("parameter-content", BOTH, "{ name: p, in: query, content: {} }", "/content"),
    (
        "misplaced-key",
        BOTH,
        "{ name: p, in: query, style: form, content: { application/json: { schema: { type: string } } } }",
        "/style",
    ),
    ("invalid-style", BOTH, "{ name: p, in: query, style: matrix, schema: { type: string } }", "/style"),
    ("invalid-style", BOTH, "{ name: p, in: cookie, style: deepObject, schema: { type: string } }", "/style"),
    ("invalid-style", BOTH, "{ name: p, in: header, allowReserved: true, schema: { type: string } }", "/allowReserved"),
    (
        "invalid-style",
        BOTH,
        "{ name: p, in: header, allowEmptyValue: true, schema: { type: string } }",
        "/allowEmptyValue",
    ),
    ("ignored-header", BOTH, "{ name: Authorization, in: header, schema: { type: string } }", ""),
    ("ignored-header", BOTH, "{ name: accept, in: header, schema: { type: string } }", ""),
    ("ignored-header", BOTH, "{ name: Content-Type, in: header, schema: { type: string } }", ""),
    ("invalid-style", BOTH, "{ name: p, in: query, style: deepObject, schema: { type: string } }", "/style"),
    ("invalid-style", BOTH, "{ name: p, in: query, style: pipeDelimited, schema: { type: integer } }", "/style"),
    ("invalid-parameter-name", BOTH, "{ name: '', in: query, schema: { type: string } }", "/name"),
    ("invalid-parameter-name", BOTH, "{ name: X A, in: header, schema: { type: string } }", "/name"),
    ("invalid-parameter-name", BOTH, "{ name: a b, in: cookie, schema: { type: string } }", "/name"),
    ("unused-path-parameter", BOTH, "{ name: p, in: path, required: true, schema: { type: string } }", "/name"),
    (
        "exclusive-keys",
        BOTH,
        "{ name: p, in: query, schema: { type: string }, example: a, examples: { b: { value: b } } }",
        "/example",
    ),
    (
        "exclusive-keys",
        BOTH,
        "{ name: p, in: query, schema: { type: string }, examples: { b: { value: b, externalValue: /b.json } } }",
        "/examples/b/value",
    ),
    (
        "missing-example-value",
        BOTH,
        "{ name: p, in: query, schema: { type: string }, examples: { b: { summary: b } } }",
        "/examples/b",
    ),
];

/// Whole documents behind their version.
const DOCUMENTS: &[Case] = &[
    ("missing-key", BOTH, "paths: {}", ""),
    ("missing-key", BOTH, "info: { version: '1' }\npaths: {}", "/info"),
    ("missing-key", BOTH, "info: { title: Zoo }\npaths: {}", "/info"),
    ("missing-key", BOTH, "info: { title: Zoo, version: '1', license: { url: /MIT } }\npaths: {}", "/info/license"),
    (
        "invalid-address",
        BOTH,
        "info: { title: Zoo, version: '1', contact: { email: nobody } }\npaths: {}",
        "/info/contact/email",
    ),
    (
        "invalid-address",
        BOTH,
        "info: { title: Zoo, version: '1', termsOfService: ask us }\npaths: {}",
        "/info/termsOfService",
    ),
    (
        "unsupported-dialect",
        V3_1,
        "jsonSchemaDialect: 'http://json-schema.org/draft-04/schema#'\nINFO\npaths: {}",
        "/jsonSchemaDialect",
    ),
    ("unquoted-text", BOTH, "info: { title: Zoo, version: 1.0 }\npaths: {}", "/info/version"),
    (
        "unknown-key",
        BOTH,
        "info: { title: Zoo, version: '1', contact: { mail: a@zoo.test } }\npaths: {}",
        "/info/contact/mail",
    ),
    ("missing-key", BOTH, "INFO", ""),
    ("key-of-other-version", V3_0, "INFO\npaths: {}\nwebhooks: {}", "/webhooks"),
    ("duplicate-value", BOTH, "INFO\npaths: {}\ntags: [{ name: a }, { name: a }]", "/tags/1/name"),
    ("missing-key", BOTH, "INFO\npaths: {}\ntags: [{ description: a }]", "/tags/0"),
    (
        "invalid-component-name",
        BOTH,
        "INFO\npaths: {}\ncomponents: { schemas: { a b: { type: string } } }",
        "/components/schemas/a b",
    ),
    ("null-value", BOTH, "INFO\npaths: {}\ncomponents: { headers: { A: } }", "/components/headers/A"),
    ("missing-key", BOTH, "INFO\npaths: {}\nservers: [{ description: a }]", "/servers/0"),
    ("invalid-server", BOTH, "INFO\npaths: {}\nservers: [{ url: 'https://zoo.test/v1?a=b' }]", "/servers/0/url"),
    ("incomplete-server", BOTH, "INFO\npaths: {}\nservers: [{ url: /v1 }]", "/servers/0"),
    ("incomplete-server", BOTH, "INFO\npaths: {}\nservers: [{ url: zoo.test }]", "/servers/0"),
    ("invalid-server", BOTH, "INFO\npaths: {}\nservers: [{ url: 'https://zoo.test/{v' }]", "/servers/0/url"),
    (
        "undeclared-server-variable",
        BOTH,
        "INFO\npaths: {}\nservers: [{ url: 'https://{a}.zoo.test' }]",
        "/servers/0/url",
    ),
    (
        "unused-server-variable",
        BOTH,
        "INFO\npaths: {}\nservers: [{ url: 'https://zoo.test', variables: { a: { default: b } } }]",
        "/servers/0/variables/a",
    ),
    (
        "missing-key",
        BOTH,
        "INFO\npaths: {}\nservers: [{ url: 'https://zoo.test/{a}', variables: { a: { enum: [b] } } }]",
        "/servers/0/variables/a",
    ),
    (
        "contradictory-default",
        BOTH,
        "INFO\npaths: {}\nservers: [{ url: 'https://zoo.test/{a}', variables: { a: { enum: [b], default: c } } }]",
        "/servers/0/variables/a/default",
    ),
    ("missing-key", V3_0, "INFO\npaths: { /a: { get: { operationId: a } } }", "/paths/~1a/get"),
    ("missing-response", BOTH, "INFO\npaths: { /a: { get: { responses: {} } } }", "/paths/~1a/get/responses"),
    ("missing-key", BOTH, "INFO\npaths: { /a: { get: { responses: { '200': {} } } } }", "/paths/~1a/get/responses/200"),
    (
        "invalid-status",
        BOTH,
        "INFO\npaths: { /a: { get: { responses: { 2000: OK } } } }",
        "/paths/~1a/get/responses/2000",
    ),
    (
        "invalid-status",
        BOTH,
        "INFO\npaths: { /a: { get: { responses: { 20x: OK } } } }",
        "/paths/~1a/get/responses/20x",
    ),
    (
        "invalid-status",
        BOTH,
        "INFO\npaths: { /a: { get: { responses: { 2xx: OK } } } }",
        "/paths/~1a/get/responses/2xx",
    ),
    ("invalid-path", BOTH, "INFO\npaths: { a: { get: RESPONSES } }", "/paths/a"),
    ("invalid-path", BOTH, "INFO\npaths: { '/a#b': { get: RESPONSES } }", "/paths/~1a#b"),
    (
        "unexpected-body",
        BOTH,
        "INFO\npaths: { /a: { get: { requestBody: BODY, responses: { '200': OK } } } }",
        "/paths/~1a/get/requestBody",
    ),
    (
        "unexpected-body",
        V3_0,
        "INFO\npaths: { /a: { delete: { requestBody: BODY, responses: { '200': OK } } } }",
        "/paths/~1a/delete/requestBody",
    ),
    (
        "missing-key",
        BOTH,
        "INFO\npaths: { /a: { post: { requestBody: { content: {} }, responses: { '200': OK } } } }",
        "/paths/~1a/post/requestBody/content",
    ),
    (
        "misplaced-key",
        BOTH,
        "INFO\npaths: { /a: { post: { requestBody: { content: { application/json: { schema: { type: object, properties: { a: { type: string } } }, encoding: { a: {} } } } }, responses: { '200': OK } } } }",
        "/paths/~1a/post/requestBody/content/application~1json/encoding",
    ),
    (
        "invalid-media-type",
        BOTH,
        "INFO\npaths: { /a: { post: { requestBody: { content: { multipart/form-data: { schema: { type: object, properties: { a: { type: string } } }, encoding: { a: { contentType: plain } } } } }, responses: { '200': OK } } } }",
        "/paths/~1a/post/requestBody/content/multipart~1form-data/encoding/a/contentType",
    ),
    (
        "undeclared-encoding",
        BOTH,
        "INFO\npaths: { /a: { post: { requestBody: { content: { multipart/form-data: { encoding: { a: { contentType: text/plain } } } } }, responses: { '200': OK } } } }",
        "/paths/~1a/post/requestBody/content/multipart~1form-data/encoding/a",
    ),
    (
        "invalid-form",
        BOTH,
        "INFO\npaths: { /a: { post: { requestBody: { content: { application/x-www-form-urlencoded: { schema: { type: array, items: { type: string } } } } }, responses: { '200': OK } } } }",
        "/paths/~1a/post/requestBody/content/application~1x-www-form-urlencoded",
    ),
    (
        "invalid-parameter-name",
        BOTH,
        "INFO\npaths: { /a: { get: { responses: { '200': { description: a, headers: { X A: { schema: { type: string } } } } } } } }",
        "/paths/~1a/get/responses/200/headers/X A",
    ),
    (
        "misplaced-key",
        BOTH,
        "INFO\npaths: {}\ncomponents: { headers: { A: { allowReserved: true, schema: { type: string } } } }",
        "/components/headers/A/allowReserved",
    ),
    (
        "null-value",
        BOTH,
        "INFO\npaths: {}\ncomponents: { links: { A: { operationId: a, parameters: { p: } } } }",
        "/components/links/A/parameters/p",
    ),
    ("invalid-server", BOTH, "INFO\npaths: {}\nservers: [{ url: 'https://zoo test' }]", "/servers/0/url"),
    (
        "missing-key",
        BOTH,
        "INFO\npaths: {}\ncomponents: { securitySchemes: { A: { type: oauth2, flows: {} } } }",
        "/components/securitySchemes/A/flows",
    ),
    (
        "invalid-address",
        BOTH,
        "INFO\npaths: {}\ncomponents: { securitySchemes: { A: { type: openIdConnect, openIdConnectUrl: no url } } }",
        "/components/securitySchemes/A/openIdConnectUrl",
    ),
    (
        "invalid-parameter-name",
        BOTH,
        "INFO\npaths: {}\ncomponents: { securitySchemes: { A: { type: apiKey, in: header, name: X A } } }",
        "/components/securitySchemes/A/name",
    ),
    ("invalid-path", BOTH, "INFO\npaths: { '/a/{id': { get: RESPONSES } }", "/paths/~1a~1{id"),
    ("undeclared-path-parameter", BOTH, "INFO\npaths: { '/a/{id}': { get: RESPONSES } }", "/paths/~1a~1{id}/get"),
    (
        "optional-path-parameter",
        BOTH,
        "INFO\npaths: { '/a/{p}': { parameters: [{ name: p, in: path, schema: { type: string } }], get: RESPONSES } }",
        "/paths/~1a~1{p}/parameters/0",
    ),
    (
        "ambiguous-path",
        BOTH,
        "INFO\npaths: { '/a/{p}': { parameters: [P], get: RESPONSES }, '/a/{q}': { parameters: [Q], put: RESPONSES } }",
        "/paths/~1a~1{q}",
    ),
    (
        "duplicate-parameter",
        BOTH,
        "INFO\npaths: { '/a/{p}': { parameters: [P, P], get: RESPONSES } }",
        "/paths/~1a~1{p}/parameters/1",
    ),
    (
        "duplicate-operation-id",
        BOTH,
        "INFO\npaths: { /a: { get: { operationId: a, responses: { '200': OK } }, put: { operationId: a, responses: { '200': OK } } } }",
        "/paths/~1a/put/operationId",
    ),
    (
        "invalid-media-type",
        BOTH,
        "INFO\npaths: { /a: { get: { responses: { '200': { description: a, content: { application/jsn: {} } } } } } }",
        "/paths/~1a/get/responses/200/content/application~1jsn",
    ),
    (
        "invalid-media-type",
        BOTH,
        "INFO\npaths: { /a: { get: { responses: { '200': { description: a, content: { a/b/c: {} } } } } } }",
        "/paths/~1a/get/responses/200/content/a~1b~1c",
    ),
    (
        "untyped-body",
        BOTH,
        "INFO\npaths: { /a: { get: { responses: { '200': { description: a, content: { application/xml: { schema: { type: object } } } } } } } }",
        "/paths/~1a/get/responses/200/content/application~1xml",
    ),
    (
        "untyped-body",
        BOTH,
        "INFO\npaths: { /a: { post: { requestBody: { content: { application/x-ndjson: { schema: { type: object } } } }, responses: { '200': OK } } } }",
        "/paths/~1a/post/requestBody/content/application~1x-ndjson",
    ),
    (
        "untyped-body",
        BOTH,
        "INFO\npaths: { /a: { get: { responses: { '200': { description: a, content: { application/json: { schema: { type: integer } }, text/event-stream: { schema: { type: object } } } } } } } }",
        "/paths/~1a/get/responses/200/content/text~1event-stream",
    ),
    (
        "untyped-body",
        BOTH,
        "INFO\npaths: { /a: { post: { requestBody: { content: { application/json: { schema: { type: integer } }, application/xml: { schema: { type: object } } } }, responses: { '200': OK } } } }",
        "/paths/~1a/post/requestBody/content/application~1xml",
    ),
    (
        "exclusive-keys",
        BOTH,
        "INFO\npaths: { /a: { get: { responses: { '200': { description: a, content: { application/json: { schema: { type: string }, example: a, examples: { b: { value: b } } } } } } } } }",
        "/paths/~1a/get/responses/200/content/application~1json/example",
    ),
    (
        "ignored-header",
        BOTH,
        "INFO\npaths: { /a: { get: { responses: { '200': { description: a, headers: { Content-Type: { schema: { type: string } } } } } } } }",
        "/paths/~1a/get/responses/200/headers/Content-Type",
    ),
    (
        "misplaced-key",
        BOTH,
        "INFO\npaths: {}\ncomponents: { headers: { A: { name: A, schema: { type: string } } } }",
        "/components/headers/A/name",
    ),
    (
        "missing-key",
        BOTH,
        "INFO\npaths: { /a: { post: { requestBody: {}, responses: { '200': OK } } } }",
        "/paths/~1a/post/requestBody",
    ),
    (
        "null-value",
        BOTH,
        "INFO\npaths: { /a: { post: { requestBody: , responses: { '200': OK } } } }",
        "/paths/~1a/post/requestBody",
    ),
    (
        "contradictory-example",
        BOTH,
        "INFO\npaths: { /a: { post: { requestBody: { content: { application/json: { schema: { type: object, properties: { on: { type: string, format: date } } }, example: { on: soon } } } }, responses: { '200': OK } } } }",
        "/paths/~1a/post/requestBody/content/application~1json/example/on",
    ),
    (
        "contradictory-example",
        BOTH,
        "INFO\npaths: { /a: { get: { responses: { '200': { description: a, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/A' } }, examples: { a: { value: ['2026-01-31T10:00:00Z', yesterday] } } } } } } } } }\ncomponents: { schemas: { A: { type: string, format: date-time } } }",
        "/paths/~1a/get/responses/200/content/application~1json/examples/a/value/1",
    ),
    (
        "contradictory-example",
        BOTH,
        "INFO\npaths: { /a: { get: { parameters: [{ name: p, in: query, schema: { type: string, format: date }, example: soon }], responses: { '200': OK } } } }",
        "/paths/~1a/get/parameters/0/example",
    ),
    (
        "contradictory-example",
        BOTH,
        "INFO\npaths: {}\ncomponents: { schemas: { A: { type: object, properties: { on: { type: string, format: date } }, example: { on: soon } } } }",
        "/components/schemas/A/example/on",
    ),
    (
        "contradictory-default",
        BOTH,
        "INFO\npaths: {}\ncomponents: { schemas: { A: { type: object, properties: { on: { type: string, format: date, example: soon } } } } }",
        "/components/schemas/A/properties/on/example",
    ),
    (
        "undeclared-encoding",
        BOTH,
        "INFO\npaths: { /a: { post: { requestBody: { content: { multipart/form-data: { schema: { type: object, properties: { a: { type: string } } }, encoding: { b: { contentType: text/plain } } } } }, responses: { '200': OK } } } }",
        "/paths/~1a/post/requestBody/content/multipart~1form-data/encoding/b",
    ),
    (
        "undeclared-encoding",
        BOTH,
        "INFO\npaths: { /a: { post: { requestBody: { content: { application/x-www-form-urlencoded: { schema: { allOf: [{ $ref: '#/components/schemas/A' }, { type: object, properties: { c: { type: string } } }] }, encoding: { a: { style: form }, b: { style: form } } } } }, responses: { '200': OK } } } }\ncomponents: { schemas: { A: { type: object, properties: { a: { type: string } } } } }",
        "/paths/~1a/post/requestBody/content/application~1x-www-form-urlencoded/encoding/b",
    ),
    (
        "duplicate-operation-id",
        V3_0,
        "INFO\npaths: {}\nx-webhooks: { a: { post: { operationId: same, requestBody: BODY } }, b: { post: { operationId: same, requestBody: BODY } } }",
        "/x-webhooks/b/post/operationId",
    ),
    (
        "duplicate-operation-id",
        V3_1,
        "INFO\npaths: { /a: { get: { operationId: same, responses: { '200': OK } } } }\nwebhooks: { a: { post: { operationId: same, requestBody: BODY } } }",
        "/webhooks/a/post/operationId",
    ),
    (
        "unreachable-variant",
        BOTH,
        "INFO\npaths: {}\ncomponents: { schemas: { A: { oneOf: [{ $ref: '#/components/schemas/B' }, { $ref: '#/components/schemas/C' }] }, \
         B: { type: object, properties: { n: { type: string, maxLength: 2 } } }, \
         C: { type: object, properties: { n: { type: string, minLength: 3 } } } } }",
        "/components/schemas/C",
    ),
    (
        "all-of-conflict",
        BOTH,
        "INFO\npaths: {}\ncomponents: { schemas: { A: { allOf: [{ $ref: '#/components/schemas/B' }, { enum: [7], minimum: 5 }] }, B: { type: integer, maximum: 3 } } }",
        "/components/schemas/A",
    ),
    ("missing-key", BOTH, "INFO\npaths: {}\ncomponents: { links: { A: { description: a } } }", "/components/links/A"),
    (
        "exclusive-keys",
        BOTH,
        "INFO\npaths: {}\ncomponents: { links: { A: { operationId: a, operationRef: b } } }",
        "/components/links/A/operationRef",
    ),
    (
        "missing-key",
        BOTH,
        "INFO\npaths: {}\ncomponents: { callbacks: { A: { '{$url}': { post: { responses: { '200': {} } } } } } }",
        "/components/callbacks/A/{$url}/post/responses/200",
    ),
    (
        "missing-key",
        V3_0,
        "INFO\npaths: {}\ncomponents: { callbacks: { A: { '{$url}': { post: {} } } } }",
        "/components/callbacks/A/{$url}/post",
    ),
    (
        "missing-key",
        BOTH,
        "INFO\npaths: {}\ncomponents: { securitySchemes: { A: { scheme: basic } } }",
        "/components/securitySchemes/A",
    ),
    (
        "invalid-security-scheme",
        BOTH,
        "INFO\npaths: {}\ncomponents: { securitySchemes: { A: { type: apikey } } }",
        "/components/securitySchemes/A/type",
    ),
    (
        "invalid-security-scheme",
        V3_0,
        "INFO\npaths: {}\ncomponents: { securitySchemes: { A: { type: mutualTLS } } }",
        "/components/securitySchemes/A/type",
    ),
    (
        "missing-key",
        BOTH,
        "INFO\npaths: {}\ncomponents: { securitySchemes: { A: { type: apiKey, in: header } } }",
        "/components/securitySchemes/A",
    ),
    (
        "invalid-security-scheme",
        BOTH,
        "INFO\npaths: {}\ncomponents: { securitySchemes: { A: { type: apiKey, in: path, name: a } } }",
        "/components/securitySchemes/A/in",
    ),
    (
        "missing-key",
        BOTH,
        "INFO\npaths: {}\ncomponents: { securitySchemes: { A: { type: http } } }",
        "/components/securitySchemes/A",
    ),
    (
        "misplaced-key",
        BOTH,
        "INFO\npaths: {}\ncomponents: { securitySchemes: { A: { type: http, scheme: basic, bearerFormat: JWT } } }",
        "/components/securitySchemes/A/bearerFormat",
    ),
    (
        "missing-key",
        BOTH,
        "INFO\npaths: {}\ncomponents: { securitySchemes: { A: { type: openIdConnect } } }",
        "/components/securitySchemes/A",
    ),
    (
        "missing-key",
        BOTH,
        "INFO\npaths: {}\ncomponents: { securitySchemes: { A: { type: oauth2, flows: { password: { scopes: {} } } } } }",
        "/components/securitySchemes/A/flows/password",
    ),
    (
        "misplaced-key",
        BOTH,
        "INFO\npaths: {}\ncomponents: { securitySchemes: { A: { type: oauth2, flows: { implicit: { scopes: {}, authorizationUrl: /a, tokenUrl: /t } } } } }",
        "/components/securitySchemes/A/flows/implicit/tokenUrl",
    ),
    (
        "undeclared-security-scheme",
        BOTH,
        "INFO\nsecurity: [{ key: [] }]\npaths: { /a: { get: RESPONSES } }",
        "/security/0",
    ),
    (
        "misplaced-scopes",
        V3_0,
        "INFO\nsecurity: [{ key: [read] }]\npaths: { /a: { get: RESPONSES } }\ncomponents: { securitySchemes: { key: { type: http, scheme: basic } } }",
        "/security/0/key",
    ),
    (
        "undeclared-scope",
        BOTH,
        "INFO\nsecurity: [{ key: [write] }]\npaths: { /a: { get: RESPONSES } }\ncomponents: { securitySchemes: { key: { type: oauth2, flows: { password: { tokenUrl: /t, scopes: { read: Reads } } } } } }",
        "/security/0/key",
    ),
];

fn found(version: &str, text: &str) -> Vec<Diagnostic> {
    found_with(version, text, &Options::default())
}

fn found_with(version: &str, text: &str, options: &Options) -> Vec<Diagnostic> {
    let text = text
        .replace("INFO", "info: { title: Zoo, version: '1' }")
        .replace("RESPONSES", "{ responses: { '200': OK } }")
        .replace("OK", "{ description: done }")
        .replace("BODY", "{ content: { application/json: { schema: { type: string } } } }")
        .replace("[P", "[{ name: p, in: path, required: true, schema: { type: string } }")
        .replace(", P]", ", { name: p, in: path, required: true, schema: { type: string } }]")
        .replace("[Q", "[{ name: q, in: path, required: true, schema: { type: string } }");
    let text = format!("openapi: {version}\n{text}\n");
    generate(&Source { path: String::from("zoo.yaml"), text }, &NoFiles, options).diagnostics
}

/// Returns all documents: the code that each must have, its version, its text and the place of the warning.
fn documents() -> Vec<(&'static str, &'static str, String, String)> {
    let schema = |text: &str| format!("INFO\npaths: {{}}\ncomponents: {{ schemas: {{ A: {text} }} }}");
    let parameter = |text: &str| {
        format!("INFO\npaths: {{ /a: {{ get: {{ parameters: [{text}], responses: {{ '200': OK }} }} }} }}")
    };
    type Table<'a> = (&'a [Case], &'a dyn Fn(&str) -> String, &'a str);
    let tables: [Table<'_>; 3] = [
        (SCHEMAS, &schema, "zoo.yaml#/components/schemas/A"),
        (PARAMETERS, &parameter, "zoo.yaml#/paths/~1a/get/parameters/0"),
        (DOCUMENTS, &str::to_owned, "zoo.yaml#"),
    ];
    let mut documents = Vec::new();
    for (cases, whole, base) in tables {
        for (code, versions, part, place) in cases {
            documents.extend(versions.iter().map(|version| (*code, *version, whole(part), format!("{base}{place}"))));
        }
    }
    documents
}

#[test]
fn each_contradiction_is_one_warning_with_its_place() {
    let mut wrong = Vec::new();
    for (code, version, text, place) in documents() {
        let found: Vec<(&str, String)> =
            found(version, &text).iter().map(|one| (one.code.name(), one.place.to_string())).collect();
        if found != [(code, place.clone())] {
            wrong.push(format!("{version}: {text}\n  wanted {code} at {place}\n  found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} documents:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_valid_document_has_no_warning() {
    for version in BOTH {
        let open_form = "INFO\npaths: { /a: { post: { requestBody: { content: { multipart/form-data: { \
                         schema: { type: object, properties: { a: { type: string } }, additionalProperties: { type: string } }, \
                         encoding: { a: { contentType: text/plain }, b: { contentType: text/plain } } } } }, responses: { '200': OK } } } }";
        assert_eq!(found(version, open_form), [], "{version}");
        let text = "INFO\nsecurity: [{ key: [] }]\npaths: { '/a/{p}': { parameters: [P], get: RESPONSES } }\n\
                    components: { securitySchemes: { key: { type: http, scheme: basic } } }";
        assert_eq!(found(version, text), [], "{version}");
    }
}

#[test]
fn a_webhook_needs_no_responses() {
    let body = "post: { requestBody: { content: { application/json: { schema: { type: string } } } } }";
    for (version, key) in [("3.0.3", "x-webhooks"), ("3.1.0", "x-webhooks"), ("3.1.0", "webhooks")] {
        let items = [
            format!("{{ a: {{ {body} }} }}"),
            format!("{{ a: {{ $ref: '#/x-shared/a' }} }}\nx-shared: {{ a: {{ {body} }} }}"),
        ];
        for item in items {
            let text = format!("INFO\npaths: {{}}\n{key}: {item}");
            assert_eq!(found(version, &text), [], "{version}: {text}");
            let selection =
                Options { only: vec!["webhook:a".parse().expect("it is a selector")], ..Options::default() };
            assert_eq!(found_with(version, &text, &selection), [], "{version}: {text}");
        }
    }
}

#[test]
fn a_callback_within_a_webhook_needs_responses() {
    let text = "INFO\npaths: {}\nx-webhooks: { a: { post: { requestBody: { content: { application/json: { schema: { type: string } } } }, \
                callbacks: { done: { '{$url}': { get: {} } } } } } }";
    let places: Vec<(&str, String)> =
        found("3.0.3", text).iter().map(|one| (one.code.name(), one.place.to_string())).collect();
    let at = |place: &str| format!("zoo.yaml#/x-webhooks/a/post/callbacks{place}");
    assert_eq!(places, [("missing-key", at("/done/{$url}/get")), ("unsupported-callbacks", at(""))]);
}

/// The codes that these documents have.
pub fn codes() -> Vec<Code> {
    documents().iter().filter_map(|(code, ..)| code.parse().ok()).collect()
}
