//! Each object knows its keys, and reports each misspelling of one letter.

use octogen_runtime::{Map, Value};

use super::*;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::OpenApiObject;
use crate::document::{File, Node};

/// Reads an object for its diagnostics.
type Reader = fn(Node<'_>, &mut Diagnostics);

/// The name of an object, its keys, whether it can have other keys, and how it is read.
struct Case {
    name: &'static str,
    keys: &'static [&'static str],
    is_open: bool,
    read: Reader,
}

macro_rules! cases {
    ($($object:path),* $(,)?) => {
        [$( Case {
            name: <$object as OpenApiObject>::NAME,
            keys: <$object as OpenApiObject>::KEYS,
            is_open: <$object as OpenApiObject>::IS_OPEN,
            read: |node, diagnostics| drop(<$object as OpenApiObject>::read_fields(node, diagnostics)),
        } ),*]
    };
}

fn cases() -> [Case; 28] {
    cases![
        Document,
        Info,
        Contact,
        License,
        root::Tag,
        ExternalDocs,
        Server,
        ServerVariable,
        PathItem,
        Operation,
        Pagination,
        Parameter,
        Header,
        RequestBody,
        Response,
        MediaType,
        Encoding,
        Example,
        Link,
        SecurityScheme,
        security::OAuthFlows,
        security::OAuthFlow,
        Components,
        schema_keywords::SchemaObject,
        schema_keywords::DiscriminatorObject,
        schema_keywords::Xml,
        crate::document::overlay::Overlay,
        crate::document::overlay::Action,
    ]
}

/// Reads an object with one key. Its value has the wrong type for each key but those of any value.
fn read_with_key(case: &Case, key: &str) -> Vec<Diagnostic> {
    let root = Value::Object(Map::from([(key.to_owned(), Value::Boolean(true))]));
    let file = File { path: String::from("zoo.yaml"), root };
    let mut diagnostics = Diagnostics::default();
    (case.read)(file.node(), &mut diagnostics);
    diagnostics.into_vec()
}

fn reports_unknown_key(case: &Case, key: &str) -> Option<Diagnostic> {
    let message = format!("unknown key `{key}` in {}", case.name);
    read_with_key(case, key).into_iter().find(|diagnostic| diagnostic.message == message)
}

/// Returns a key with each letter left out, doubled, replaced, and swapped with the next one.
fn misspellings(key: &str) -> Vec<String> {
    let letters: Vec<char> = key.chars().collect();
    let mut misspellings = Vec::new();
    for at in 0..letters.len() {
        let with = |replacement: &[char], length: usize| {
            letters[..at].iter().chain(replacement).chain(&letters[at + length..]).collect::<String>()
        };
        misspellings.extend([with(&[], 1), with(&[letters[at]; 2], 1), with(&['q'], 1)]);
        if let Some(next) = letters.get(at + 1) {
            misspellings.push(with(&[*next, letters[at]], 2));
        }
    }
    misspellings
}

/// The fixed fields of each object, copied from the tables of OpenAPI 3.0.4 and 3.1.1, of JSON Schema 2020-12 (with words
/// of earlier drafts) and of Overlay 1.0. Headers have `name` and `in` in addition, since many documents repeat them.
const SPECIFIED: [(&str, &str); 28] = [
    (
        "the document",
        "openapi $self info jsonSchemaDialect servers paths webhooks components security tags externalDocs",
    ),
    ("`info`", "title summary description termsOfService contact license version"),
    ("`contact`", "name url email"),
    ("`license`", "name identifier url"),
    ("a tag", "name description externalDocs"),
    ("external documentation", "description url"),
    ("a server", "url description variables"),
    ("a server variable", "enum default description"),
    ("a path item", "summary description get put post delete options head patch trace servers parameters"),
    (
        "an operation",
        "tags summary description externalDocs operationId parameters requestBody responses callbacks deprecated \
         security servers",
    ),
    ("`x-pagination`", "by parameter items"),
    (
        "a parameter",
        "name in description required deprecated allowEmptyValue style explode allowReserved schema example examples \
         content",
    ),
    (
        "a header",
        "name in description required deprecated allowEmptyValue style explode allowReserved schema example examples \
         content",
    ),
    ("a request body", "description content required"),
    ("a response", "description headers content links"),
    ("a media type", "schema example examples encoding"),
    ("an encoding", "contentType headers style explode allowReserved"),
    ("an example", "summary description value externalValue"),
    ("a link", "operationRef operationId parameters requestBody description server"),
    ("a security scheme", "type description name in scheme bearerFormat flows openIdConnectUrl"),
    ("`flows`", "implicit password clientCredentials authorizationCode"),
    ("an OAuth flow", "authorizationUrl tokenUrl refreshUrl scopes"),
    (
        "`components`",
        "schemas responses parameters examples requestBodies headers securitySchemes links callbacks pathItems",
    ),
    (
        "a schema",
        "$id $schema $ref $anchor $dynamicRef $dynamicAnchor $vocabulary $comment $defs definitions allOf anyOf oneOf \
         not if then else dependentSchemas dependencies prefixItems items additionalItems contains properties \
         patternProperties additionalProperties propertyNames unevaluatedItems unevaluatedProperties type enum const \
         multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems minItems \
         uniqueItems maxContains minContains maxProperties minProperties required dependentRequired title description \
         default deprecated readOnly writeOnly examples format contentEncoding contentMediaType contentSchema nullable \
         discriminator xml externalDocs example",
    ),
    ("a discriminator", "propertyName mapping"),
    ("`xml`", "name namespace prefix attribute wrapped"),
    ("an overlay", "overlay info extends actions"),
    ("an action", "target description update remove"),
];

#[test]
fn the_known_keys_are_those_of_the_specifications() {
    for (case, (name, specified)) in cases().into_iter().zip(SPECIFIED) {
        assert_eq!(case.name, name);
        let mut specified: Vec<&str> = specified.split_whitespace().collect();
        let mut known: Vec<&str> = case.keys.iter().copied().filter(|key| !key.starts_with("x-")).collect();
        specified.sort_unstable();
        known.sort_unstable();
        assert_eq!(known, specified, "{name}");
    }
}

#[test]
fn each_known_key_is_accepted() {
    for case in cases() {
        assert!(!case.keys.is_empty(), "{} has no keys", case.name);
        for key in case.keys {
            assert!(reports_unknown_key(&case, key).is_none(), "{}: {key}", case.name);
        }
    }
}

#[test]
fn each_misspelling_of_one_letter_is_reported() {
    let mut count = 0;
    for case in cases() {
        for key in case.keys {
            for misspelling in misspellings(key) {
                // Two letters can mean anything. An extension without its prefix is another key.
                let is_short = misspelling.trim_start_matches("x-").len() < 3;
                let is_other_extension = key.starts_with("x-") != misspelling.starts_with("x-");
                if case.keys.contains(&misspelling.as_str())
                    || ((case.is_open || key.starts_with("x-")) && (is_short || is_other_extension))
                    || misspelling.starts_with("x-") && !key.starts_with("x-")
                {
                    continue;
                }
                let found = reports_unknown_key(&case, &misspelling);
                assert!(found.is_some(), "{}: {misspelling} is not reported", case.name);
                let help = found.and_then(|found| found.help).unwrap_or_default();
                let has_suggestion = ["did you mean `", "; write", "; move"].iter().any(|words| help.contains(words));
                assert!(has_suggestion || is_short || is_other_extension, "{}: {misspelling}: {help}", case.name);
                count += 1;
            }
        }
    }
    assert!(count > 5000, "only {count} misspellings were tried");
}

#[test]
fn unknown_extensions_are_accepted() {
    for case in cases() {
        for key in ["x-internal", "x-logo", "x-codegen-request-body-name"] {
            assert!(read_with_key(&case, key).is_empty(), "{}: {key}", case.name);
        }
    }
}

#[test]
fn an_open_object_can_have_other_keys() {
    for case in cases() {
        assert_eq!(reports_unknown_key(&case, "habitat").is_none(), case.is_open, "{}", case.name);
    }
}

#[test]
fn a_misspelling_beside_the_right_key_is_reported() {
    for (key, is_reported) in [("requierd", true), ("requiered", true), ("demand", false), ("x-required", false)] {
        let keys = ["required", key].map(|key| (key.to_owned(), Value::Array(Vec::new())));
        let file = File { path: String::from("zoo.yaml"), root: Value::Object(Map::from(keys)) };
        let mut diagnostics = Diagnostics::default();
        super::Schema::read_fields(file.node(), &mut diagnostics);
        let helps: Vec<_> = diagnostics.into_vec().into_iter().filter_map(|diagnostic| diagnostic.help).collect();
        assert_eq!(
            helps.iter().any(|help| help.contains("the object has `required` already")),
            is_reported,
            "{helps:?}"
        );
    }
}
