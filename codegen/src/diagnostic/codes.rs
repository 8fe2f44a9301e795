//! The table of codes. Each diagnostic has one of them, and `octogen explain` prints their texts.

use super::explanation::{Explanation, codes};

codes! {
    AllOfConflict "all-of-conflict" {
        meaning: "The parts of `allOf` contradict each other, so that no value fits all of them. octogen uses the \
            first part.",
        example: "allOf:
  - { type: string }
  - { type: integer }",
        remedy: "Give all parts the same `type`, and values in common."
    }
    AmbiguousPath "ambiguous-path" {
        meaning: "Two paths differ only in the names of their parameters, so that a server cannot distinguish them. \
            octogen generates the operations of both.",
        example: "/notes/{id}: { get: { operationId: get-note } }
/notes/{note_id}: { put: { operationId: put-note } }",
        remedy: "Put the operations under one path."
    }
    AssumedType "assumed-type" {
        meaning: "A schema has no `type`, and its keywords constrain values of one type only. JSON Schema admits any \
            value of another type. octogen assumes the type and accepts no other values.",
        example: "{ properties: { name: { type: string } } }",
        remedy: "Add the `type`."
    }
    BodilessResponse "bodiless-response" {
        meaning: "A response has content, but HTTP allows no body for its status. octogen ignores the content.",
        example: "responses:
  '204': { description: done, content: { application/json: {} } }",
        remedy: "Remove the `content`, or correct the status."
    }
    ContradictoryDefault "contradictory-default" {
        meaning: "The default of a schema or of a server variable, or a value that a schema lists, does not fit the rest \
            of it. The message says what octogen uses.",
        example: "{ type: integer, default: many }",
        remedy: "Correct the value, or the schema."
    }
    ContradictoryExample "contradictory-example" {
        meaning: "An example of a body, a parameter, a header or a schema does not fit its schema. octogen generates \
            no test for it.",
        example: "schema: { type: object, properties: { age: { type: integer } } }
example: { age: old }",
        remedy: "Correct the example, or the schema."
    }
    ContradictoryMapping "contradictory-mapping" {
        meaning: "The mapping of a discriminator gives a variant a value that the schema of the variant does not admit. \
            octogen selects the variant by the mapped value, and by those that its schema admits.",
        example: "Pet:
  oneOf: [{ $ref: '#/components/schemas/Cat' }]
  discriminator: { propertyName: kind, mapping: { tomcat: Cat } }
Cat: { type: object, properties: { kind: { const: cat } } }",
        remedy: "Correct the `mapping`, or the values of the property."
    }
    ContradictoryValue "contradictory-value" {
        meaning: "A value under `enum` or `const` does not have the `type` of its schema. octogen converts it.",
        example: "{ type: string, enum: [1, 2] }",
        remedy: "Correct the value, or the `type`."
    }
    ContradictoryVariant "contradictory-variant" {
        meaning: "A variant of a union has another type than the schema around the union, so that no value fits both. \
            octogen accepts the values of the variant.",
        example: "{ type: object, oneOf: [{ type: string }, { type: integer }] }",
        remedy: "Remove the `type` beside `oneOf` or `anyOf`, or correct it."
    }
    DeepNesting "deep-nesting" {
        meaning: "Schemas are nested more deeply than Rust types can be. octogen accepts any JSON at that depth, or \
            ignores the innermost part.",
        example: "{ type: array, items: { type: array, items: { … } } }",
        remedy: "Move an inner schema into a property of an object."
    }
    DeepTypes "deep-types" {
        meaning: "A type contains so many types within one another that the Rust compiler needs a higher limit of \
            recursion. octogen sets the limit in `lib.rs` of the crate.",
        example: "(a chain of 50 objects, each with a property of the next)",
        remedy: "Add `#![recursion_limit = \"512\"]` to a program if the compiler asks for it."
    }
    DuplicateKey "duplicate-key" {
        meaning: "An object has the same key more than once. octogen uses one of the values.",
        example: "properties:
  name: { type: string }
  name: { type: integer }",
        remedy: "Remove or rename one of the keys."
    }
    DuplicateOperationId "duplicate-operation-id" {
        meaning: "Two operations or webhooks have the same `operationId`. octogen names the second operation after its \
            method and path, and a webhook after its key.",
        example: "get: { operationId: cats }
post: { operationId: cats }",
        remedy: "Give one of the operations another `operationId`."
    }
    DuplicateParameter "duplicate-parameter" {
        meaning: "An operation declares two parameters with the same name and location. octogen uses the first one.",
        example: "parameters:
  - { name: page, in: query, schema: { type: integer } }
  - { name: page, in: query, schema: { type: string } }",
        remedy: "Remove or rename one of the parameters."
    }
    DuplicateValue "duplicate-value" {
        meaning: "A list contains a value twice, for example two tags with one name. octogen uses the value once.",
        example: "{ type: string, enum: [red, green, red] }",
        remedy: "Remove the repetition."
    }
    EmptyEnum "empty-enum" {
        meaning: "An `enum` lists no values, so that no value fits. octogen accepts any value of the type.",
        example: "{ type: string, enum: [] }",
        remedy: "List the values, or remove `enum`."
    }
    EmptyList "empty-list" {
        meaning: "A list of a schema is empty, but must have an element. octogen ignores the key.",
        example: "{ oneOf: [] }",
        remedy: "Remove the key, or add an element."
    }
    EnumNames "enum-names" {
        meaning: "An extension such as `x-enum-varnames` does not list one string for each value of `enum`, gives two \
            values the same name, or describes a value that `enum` does not have; or several constants of a union have \
            the same title. octogen ignores the extension or the title.",
        example: "{ type: integer, enum: [1, 2], x-enum-varnames: [One] }",
        remedy: "List a string of its own for each value, or give each constant a title of its own."
    }
    ExampleAsText "example-as-text" {
        meaning: "An example is JSON written as a text, and its schema does not admit this text. octogen reads the text \
            as JSON and tests the result.",
        example: "schema: { type: object }
example: '{\"age\": 3}'",
        remedy: "Write the value itself, without quotes around it."
    }
    ExclusiveKeys "exclusive-keys" {
        meaning: "An object has two keys that exclude each other. The message says which one octogen uses.",
        example: "application/json: { example: 1, examples: { two: { value: 2 } } }",
        remedy: "Remove one of the keys."
    }
    ExternalExample "external-example" {
        meaning: "The value of an example is in a file outside of the document. octogen ignores the example.",
        example: "examples:
  cat: { externalValue: 'https://example.com/cat.json' }",
        remedy: "Write the value under `value`."
    }
    IgnoredHeader "ignored-header" {
        meaning: "A header that the standard derives from other parts of the document is declared as a parameter or \
            in a response. octogen ignores it, as the standard says.",
        example: "{ name: Authorization, in: header, schema: { type: string } }",
        remedy: "Remove it. Declare a security scheme in place of `Authorization`."
    }
    ImpossibleLimit "impossible-limit" {
        meaning: "The limits of a schema contradict each other, or are not possible. octogen documents them and does \
            not check them.",
        example: "{ type: integer, minimum: 10, maximum: 1 }",
        remedy: "Correct the limits."
    }
    ImpossibleSchema "impossible-schema" {
        meaning: "No value fits the schema `false`. octogen accepts any value.",
        example: "properties: { tail: false }",
        remedy: "Write `{}` instead of `false`, or remove the schema."
    }
    IncompleteServer "incomplete-server" {
        meaning: "The URL of the first server has no scheme and host, or the document of a crate states no server. The \
            client then has no default base URL.",
        example: "servers: [{ url: /api/v3 }]",
        remedy: "Write a URL with a scheme and a host. A client for other servers passes its URL to \
            `ClientBuilder::base_url`."
    }
    IneffectiveKeyword "ineffective-keyword" {
        meaning: "A keyword of a schema constrains values of a type that the schema does not admit, or \
            `x-extensible-enum` is beside `enum`, so that it has no effect. octogen ignores it.",
        example: "{ type: integer, maxLength: 10 }",
        remedy: "Remove the keyword, or correct the `type`."
    }
    InexactReference "inexact-reference" {
        meaning: "A reference has no target by the standard, but it is clear which value it means. octogen takes that \
            value.",
        example: "Cat:
  $id: https://example.com/cat
  properties: { owner: { $ref: '#/components/schemas/Owner' } }",
        remedy: "Correct the reference as the message says, so that other tools find the value."
    }
    InvalidAddress "invalid-address" {
        meaning: "A text is not a URL or an email address, but must be one. octogen keeps the text as it is written.",
        example: "info: { title: Zoo, version: '1', contact: { email: nobody } }",
        remedy: "Correct the text, or remove the key."
    }
    InvalidComponentName "invalid-component-name" {
        meaning: "The name of a component has characters that the standard does not allow. octogen still \
            reads the component.",
        example: "schemas: { 'Big Cat': { type: object } }",
        remedy: "Use letters, digits, `.`, `-` and `_` only."
    }
    InvalidEvidence "invalid-evidence" {
        meaning: "A file of recorded payloads, or the report of an earlier run, is not readable as such. octogen \
            ignores it.",
        example: r#"{ "report": 1 }"#,
        remedy: "Correct the file, restore it, or delete it."
    }
    InvalidForm "invalid-form" {
        meaning: "The schema of a form is not an object. octogen sends the body as bytes.",
        example: "multipart/form-data: { schema: { type: string } }",
        remedy: "Write an object schema with a property for each field of the form."
    }
    InvalidIdentifier "invalid-identifier" {
        meaning: "The `$id` or the `$anchor` of a schema does not have the form that JSON Schema requires. octogen uses \
            the part of it that is valid, or the whole name.",
        example: "{ $anchor: '1st', type: object }",
        remedy: "Correct the identifier, and the references to it."
    }
    InvalidMediaType "invalid-media-type" {
        meaning: "A key of `content` is not a media type. octogen reads the body as JSON or bytes.",
        example: "content: { json: { schema: { type: object } } }",
        remedy: "Write a media type as the key, such as `application/json`."
    }
    InvalidName "invalid-name" {
        meaning: "The name of a crate or of a module is not valid in Rust. octogen generates nothing.",
        example: "octogen --spec zoo.yaml --out zoo --name 9lives",
        remedy: "Choose another name."
    }
    InvalidOverlay "invalid-overlay" {
        meaning: "An overlay or one of its actions is not valid. octogen generates nothing.",
        example: "overlay: 1.0.0
actions: [{ update: { x: 1 } }]",
        remedy: "Give each action a `target`, and either `update` or `remove: true`."
    }
    InvalidPagination "invalid-pagination" {
        meaning: "The extension `x-pagination` does not say how pages are requested. octogen ignores it.",
        example: "x-pagination: { by: offset }",
        remedy: "Write `by: page` or `by: cursor`."
    }
    InvalidParameterLocation "invalid-parameter-location" {
        meaning: "The `in` of a parameter is not a location of OpenAPI 3. octogen ignores the parameter.",
        example: "{ name: cat, in: body, schema: { type: object } }",
        remedy: "Write `path`, `query`, `header` or `cookie`, or describe the body under `requestBody`."
    }
    InvalidParameterName "invalid-parameter-name" {
        meaning: "The name of a parameter is empty, or the name of a header or a cookie has characters that HTTP does not \
            allow. A request with such a header or cookie fails.",
        example: "{ name: X Key, in: header, schema: { type: string } }",
        remedy: "Correct the name."
    }
    InvalidPath "invalid-path" {
        meaning: "A path does not have the form that the standard requires. octogen sends requests to it as written.",
        example: "paths: { cats: { get: {} } }",
        remedy: "Begin the path with `/`."
    }
    InvalidPattern "invalid-pattern" {
        meaning: "The `pattern` of a schema is not a valid regular expression of ECMA-262. octogen documents it and \
            does not check it.",
        example: "{ type: string, pattern: '[a-z' }",
        remedy: "Correct the expression."
    }
    InvalidSecurityScheme "invalid-security-scheme" {
        meaning: "A security scheme has a type or a location that the standard does not have. The client cannot send \
            its credential.",
        example: "securitySchemes: { key: { type: apikey, name: X-Key, in: header } }",
        remedy: "Write a type and a location of the standard."
    }
    InvalidServer "invalid-server" {
        meaning: "The URL of a server has a query, a fragment, a space, or a brace that is not closed. octogen uses it as \
            it is written.",
        example: "servers: [{ url: 'https://api.example.com/v1?key=1' }]",
        remedy: "Correct the URL."
    }
    InvalidStatus "invalid-status" {
        meaning: "A key of `responses` is not a status. octogen ignores the response.",
        example: "responses: { ok: { description: done } }",
        remedy: "Write a status code such as `200`, a range such as `2XX`, or `default`."
    }
    InvalidStyle "invalid-style" {
        meaning: "A parameter cannot be serialized as its `style`, `explode` or `allowReserved` says. octogen uses \
            the default style.",
        example: "{ name: id, in: path, required: true, style: deepObject }",
        remedy: "Use a style of the parameter's location, or remove the key."
    }
    KeyBesideReference "key-beside-reference" {
        meaning: "A key beside a `$ref` has no effect, because the referenced object replaces this one. Only `summary` \
            and `description` have an effect there. octogen ignores the key.",
        example: "{ $ref: '#/components/parameters/Page', required: true }",
        remedy: "Move the key into the referenced object, or write the whole object in place of the `$ref`."
    }
    KeyOfOtherVersion "key-of-other-version" {
        meaning: "A key or a type belongs to another version of OpenAPI than the document states. octogen reads it as \
            in that version.",
        example: "openapi: 3.1.0
components: { schemas: { Name: { type: string, nullable: true } } }",
        remedy: "Use the keys of the version, or correct the version."
    }
    LostValue "lost-value" {
        meaning: "octogen made a value from a schema, and the generated type refuses the value, changes it, or keeps it \
            without a type. octogen generates no test for this value.",
        example: "properties: { source: { type: string } }
anyOf: [{ required: [source] }, { required: [public] }]",
        remedy: "Declare the properties that `required` lists, or write the schema in a simpler way."
    }
    MisplacedKey "misplaced-key" {
        meaning: "A key has no meaning beside the other keys of its object. octogen ignores it.",
        example: "{ type: apiKey, name: X-Key, in: header, scheme: bearer }",
        remedy: "Remove the key, or correct the other keys."
    }
    MisplacedReference "misplaced-reference" {
        meaning: "There is a `$ref` where OpenAPI allows none. octogen reads the value that it refers to.",
        example: "get: { $ref: 'operations.yaml#/getCat' }",
        remedy: "Write the value itself, since other tools may ignore the reference."
    }
    MisplacedScopes "misplaced-scopes" {
        meaning: "A security requirement lists scopes for a scheme that has none. octogen ignores them.",
        example: "security: [{ apiKey: [read] }]",
        remedy: "Write an empty list."
    }
    MissingExampleValue "missing-example-value" {
        meaning: "An example has no value. octogen ignores it.",
        example: "examples: { cat: { summary: A cat } }",
        remedy: "Write the value under `value`."
    }
    MissingKey "missing-key" {
        meaning: "An object lacks a key that the standard requires. The message says what octogen does.",
        example: "servers: [{ description: production }]",
        remedy: "Add the key."
    }
    MissingReference "missing-reference" {
        meaning: "A reference has no target. The message says what octogen does without it.",
        example: "{ $ref: '#/components/schemas/Catt' }",
        remedy: "Correct the reference, or add the target."
    }
    MissingResponse "missing-response" {
        meaning: "`responses` of an operation is empty, but must list a response. octogen generates no type for the \
            result.",
        example: "get: { responses: {} }",
        remedy: "Add a response, such as `default`."
    }
    MissingVersion "missing-version" {
        meaning: "The document is empty, is not an object, or has no `openapi` version. octogen generates nothing.",
        example: "info: { title: Zoo, version: '1' }",
        remedy: "Begin the document with `openapi: 3.1.0`."
    }
    NullExample "null-example" {
        meaning: "An example is null, and its schema does not admit null. Some exporters write null for `no example`. \
            octogen ignores it: it is neither evidence nor a payload.",
        example: "{ type: string, example: null }",
        remedy: "Remove the example, or let the schema admit null."
    }
    NullValue "null-value" {
        meaning: "A value of the document is null, but the standard does not allow null there. octogen ignores the \
            key, or reads an empty object.",
        example: "components: { parameters: { Page: } }",
        remedy: "Write the value, or remove the key."
    }
    OptionalPathParameter "optional-path-parameter" {
        meaning: "A path parameter does not have `required: true`. octogen requires it, because a path is incomplete \
            without it.",
        example: "{ name: id, in: path, schema: { type: string } }",
        remedy: "Add `required: true`."
    }
    ParameterContent "parameter-content" {
        meaning: "`content` of a parameter or a header does not list exactly one media type. octogen uses the first.",
        example: "{ name: filter, in: query, content: {} }",
        remedy: "Leave one media type."
    }
    ParameterWithoutSchema "parameter-without-schema" {
        meaning: "A parameter has no `schema`. octogen accepts any value for it.",
        example: "{ name: page, in: query }",
        remedy: "Add a `schema`, such as `schema: { type: string }`."
    }
    ReferenceCycle "reference-cycle" {
        meaning: "References form a cycle and never reach an object. octogen generates nothing.",
        example: "A: { $ref: '#/components/schemas/B' }
B: { $ref: '#/components/schemas/A' }",
        remedy: "Replace one of the references by the object itself."
    }
    SchemaCycle "schema-cycle" {
        meaning: "A schema contains itself in a way that no finite value or no Rust type can have. octogen leaves out \
            that part, or accepts any JSON.",
        example: "Cat:
  required: [mother]
  properties: { mother: { $ref: '#/components/schemas/Cat' } }",
        remedy: "Make the property optional, or remove the reference."
    }
    StaleEvidence "stale-evidence" {
        meaning: "An entry of `evidence.json` does not fit the document any more. octogen ignores the entry.",
        example: "(a property that an earlier run made optional, and that no longer exists)",
        remedy: "No change is needed. `--forget` ignores all entries."
    }
    SyntaxError "syntax-error" {
        meaning: "A file is not valid YAML or JSON. octogen generates nothing.",
        example: "info: { title: Zoo",
        remedy: "Correct the text at the place that the message names."
    }
    UncheckedKeyword "unchecked-keyword" {
        meaning: "A schema uses a keyword that octogen does not check, such as `not` or `if`. The type accepts more \
            values than the schema.",
        example: "{ type: array, contains: { type: integer } }",
        remedy: "No change is needed."
    }
    UndeclaredDiscriminator "undeclared-discriminator" {
        meaning: "A variant of a union does not declare or require the property that the `discriminator` names.",
        example: "discriminator: { propertyName: kind }
oneOf: [{ type: object, properties: { name: { type: string } } }]",
        remedy: "Declare the property in each variant, and list it under `required`."
    }
    UndeclaredEncoding "undeclared-encoding" {
        meaning: "A form has an encoding for a property that its schema does not declare. octogen ignores the encoding.",
        example: "schema: { type: object, properties: { photo: { type: string } } }
encoding: { foto: { contentType: image/png } }",
        remedy: "Declare the property in the schema, or correct its name under `encoding`."
    }
    UndeclaredPathParameter "undeclared-path-parameter" {
        meaning: "A path contains a parameter in braces that the operation does not declare. octogen adds a string \
            parameter.",
        example: "/cats/{id}: { get: { responses: {} } }",
        remedy: "Declare the parameter under `parameters`, with `in: path`."
    }
    UndeclaredRequired "undeclared-required" {
        meaning: "`required` lists a key that `properties` does not declare. octogen requires the key in \
            requests only, and accepts any value for it.",
        example: "{ required: [nmae], properties: { name: { type: string } } }",
        remedy: "Declare the property, or correct its name in `required`."
    }
    UndeclaredScope "undeclared-scope" {
        meaning: "A security requirement names a scope that the flows of its scheme do not declare. octogen ignores \
            scopes.",
        example: "security: [{ oauth: [write] }]   # the flow declares `read` only",
        remedy: "Declare the scope in the flow, or correct its name."
    }
    UndeclaredSecurityScheme "undeclared-security-scheme" {
        meaning: "A security requirement names a scheme that the document does not declare. The client cannot send \
            its credential.",
        example: "security: [{ token: [] }]",
        remedy: "Declare the scheme in `securitySchemes` under `components`."
    }
    UndeclaredServerVariable "undeclared-server-variable" {
        meaning: "The URL of a server contains a variable in braces that `variables` does not declare. octogen \
            recommends no base URL with it.",
        example: "servers: [{ url: 'https://{region}.example.com' }]",
        remedy: "Declare the variable under `variables`, with a `default`."
    }
    UnexpectedBody "unexpected-body" {
        meaning: "A request has a body, but HTTP gives no meaning to a body of its method, and OpenAPI 3.0 ignores it. \
            octogen sends the body.",
        example: "get: { requestBody: { content: { application/json: { schema: {} } } } }",
        remedy: "Use parameters, or another method."
    }
    UnknownFormat "unknown-format" {
        meaning: "The `format` of a schema is probably misspelt. octogen ignores it and generates a less exact type.",
        example: "{ type: string, format: datetime }",
        remedy: "Write the format that the help names."
    }
    UnknownKey "unknown-key" {
        meaning: "An object has a key that its specification does not have. octogen ignores the key.",
        example: "{ type: object, proprties: { name: { type: string } } }",
        remedy: "Correct the key, or remove it. Keys that begin with `x-` are always allowed."
    }
    UnknownType "unknown-type" {
        meaning: "The `type` of a schema is not a type of JSON Schema. octogen ignores it, or uses the type that is \
            probably meant.",
        example: "{ type: int }",
        remedy: "Write `string`, `integer`, `number`, `boolean`, `array`, `object` or `null`."
    }
    UnmatchedRecording "unmatched-recording" {
        meaning: "The path of a recorded payload names no webhook and no operation. octogen ignores the payload.",
        example: "--evidence recorded   # with recorded/no-such-event/1.json",
        remedy: "Name the file `EVENT/NAME.json` or `OPERATION/STATUS.json`."
    }
    UnquotedText "unquoted-text" {
        meaning: "A value is a number, but must be a string. octogen reads its digits as the text.",
        example: "info: { title: Zoo, version: 1.0 }",
        remedy: "Put the value in quotes."
    }
    UnreachableVariant "unreachable-variant" {
        meaning: "No value selects a variant of a union, because another variant admits all its values. octogen decodes \
            these values as the other variant.",
        example: "oneOf:
  - { properties: { from: { type: string } } }
  - { properties: { from: { type: string, format: date } } }",
        remedy: "Add a required key or a constant that only this variant has, or remove the variant."
    }
    UnreadableFile "unreadable-file" {
        meaning: "A file cannot be read, or is not UTF-8. octogen generates nothing.",
        example: "octogen try missing.yaml",
        remedy: "Check the path and the permissions of the file, and save it as UTF-8."
    }
    UnsupportedCallbacks "unsupported-callbacks" {
        meaning: "An operation has `callbacks`, which octogen does not support yet. It generates no types for them.",
        example: "callbacks: { done: { '{$request.body#/url}': { post: {} } } }",
        remedy: "No change is needed. Describe the requests under `webhooks` to get types for them."
    }
    UnsupportedDialect "unsupported-dialect" {
        meaning: "`$schema` or `jsonSchemaDialect` names another dialect than JSON Schema 2020-12. octogen reads the schemas \
            as those of 2020-12.",
        example: "jsonSchemaDialect: http://json-schema.org/draft-07/schema#",
        remedy: "Write the schemas in the dialect of 2020-12, and remove the key."
    }
    UnsupportedEncoding "unsupported-encoding" {
        meaning: "The encoding of a form field uses a feature that octogen does not support yet. It sends the field \
            without it.",
        example: "encoding: { file: { headers: { X-Size: { schema: {} } } } }",
        remedy: "No change is needed."
    }
    UnsupportedEnum "unsupported-enum" {
        meaning: "An `enum` or `const` contains an array or an object, which octogen does not support yet. It accepts \
            any value of the type.",
        example: "{ enum: [[1, 2], [3, 4]] }",
        remedy: "No change is needed."
    }
    UnsupportedLinks "unsupported-links" {
        meaning: "A response has `links`, which octogen does not support yet. It ignores them.",
        example: "links: { cat: { operationId: get-cat } }",
        remedy: "No change is needed."
    }
    UnsupportedMediaType "unsupported-media-type" {
        meaning: "octogen does not support the media type of this body or parameter yet. The message says what it \
            does instead.",
        example: "{ name: filter, in: query, content: { application/xml: {} } }",
        remedy: "Use `application/json` or `text/plain` if you can."
    }
    UnsupportedSecurityScheme "unsupported-security-scheme" {
        meaning: "octogen does not support the type of a security scheme yet. The client cannot send its credential.",
        example: "securitySchemes: { cert: { type: mutualTLS } }",
        remedy: "No change is needed."
    }
    UnsupportedVersion "unsupported-version" {
        meaning: "The document has a version of OpenAPI that octogen does not support.",
        example: "swagger: '2.0'",
        remedy: "Convert the document to OpenAPI 3.0 or 3.1."
    }
    UntestableExample "untestable-example" {
        meaning: "A body is bytes, and its example is not. octogen generates no test for the example.",
        example: "application/octet-stream: { example: { name: Tom } }",
        remedy: "No change is needed."
    }
    UntypedBody "untyped-body" {
        meaning: "octogen has no codec for the media type of a body, so that its schema has no effect. The program reads \
            and writes the body as bytes or as a text.",
        example: "application/xml: { schema: { type: object } }",
        remedy: "No change is needed. Offer JSON as well if you can."
    }
    UntypedWebhook "untyped-webhook" {
        meaning: "A webhook has no request body in JSON. octogen generates no payload type for it.",
        example: "webhooks: { ping: { post: { responses: {} } } }",
        remedy: "Add `application/json` to `content` of `requestBody`."
    }
    UnusedOverlayAction "unused-overlay-action" {
        meaning: "The target of an overlay's action selects nothing. The document has probably changed since the \
            overlay was written.",
        example: "actions: [{ target: '$.paths.catts', remove: true }]",
        remedy: "Correct the target, or remove the action."
    }
    UnusedPathParameter "unused-path-parameter" {
        meaning: "A path parameter is declared, but the path does not contain it. octogen ignores the parameter.",
        example: "/cats: { parameters: [{ name: id, in: path, required: true }] }",
        remedy: "Rename the parameter, remove it, or add it to the path in braces. If it is a query parameter, write \
            `in: query`."
    }
    UnusedSelector "unused-selector" {
        meaning: "A selector of `--only` selects nothing in the document. octogen generates nothing.",
        example: "octogen --spec zoo.yaml --out zoo --only tag:catts",
        remedy: "Write the tag, the path, the `operationId` or the name of the webhook as in the document."
    }
    UnusedServerVariable "unused-server-variable" {
        meaning: "`variables` of a server declares a variable that its URL does not contain. octogen ignores it.",
        example: "servers: [{ url: /v1, variables: { port: { default: '80' } } }]",
        remedy: "Remove the variable, or add it to the URL in braces."
    }
    VariantLimit "variant-limit" {
        meaning: "`oneOf` beside `anyOf` has too many combinations of variants. octogen ignores the second keyword.",
        example: "{ oneOf: [ … nine schemas … ], anyOf: [ … eight schemas … ] }",
        remedy: "Use one of these keywords only."
    }
    WrongReference "wrong-reference" {
        meaning: "A reference names an object of another kind. octogen reads it as an object of the expected kind.",
        example: "parameters: [{ $ref: '#/components/headers/Page' }]",
        remedy: "Correct the reference."
    }
    WrongType "wrong-type" {
        meaning: "A value of the document has another JSON type than the standard requires. octogen ignores the \
            value, or reads it as empty.",
        example: "{ type: string, maxLength: '10' }",
        remedy: "Write a value of the type that the message names."
    }
}
