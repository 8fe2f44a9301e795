//! Keys that stand where OpenAPI has none of that name: misspelt ones, and those of Swagger 2.0.

use octogen_runtime::{JsonType, Value};

use super::Node;
use super::nearest::nearest;
use crate::diagnostic::Diagnostics;

/// An object of OpenAPI: its name with an article, and its keys.
struct Kind {
    name: &'static str,
    keys: &'static [(&'static str, Below)],
}

/// What stands under a key.
#[derive(Clone, Copy)]
enum Below {
    /// Nothing that is looked at here.
    Leaf,
    One(&'static Kind),
    Map(&'static Kind),
    List(&'static Kind),
}

use Below::{Leaf, List, Map, One};

static DOCUMENT: Kind = Kind {
    name: "a document",
    keys: &[
        ("openapi", Leaf),
        ("info", Leaf),
        ("jsonSchemaDialect", Leaf),
        ("servers", Leaf),
        ("paths", Map(&PATH_ITEM)),
        ("webhooks", Map(&PATH_ITEM)),
        ("components", One(&COMPONENTS)),
        ("security", Leaf),
        ("tags", Leaf),
        ("externalDocs", Leaf),
    ],
};

static COMPONENTS: Kind = Kind {
    name: "`components`",
    keys: &[
        ("schemas", Map(&SCHEMA)),
        ("responses", Map(&RESPONSE)),
        ("parameters", Map(&PARAMETER)),
        ("examples", Leaf),
        ("requestBodies", Map(&REQUEST_BODY)),
        ("headers", Map(&HEADER)),
        ("securitySchemes", Leaf),
        ("links", Leaf),
        ("callbacks", Leaf),
        ("pathItems", Map(&PATH_ITEM)),
    ],
};

static PATH_ITEM: Kind = Kind {
    name: "a path",
    keys: &[
        ("summary", Leaf),
        ("description", Leaf),
        ("servers", Leaf),
        ("parameters", List(&PARAMETER)),
        ("get", One(&OPERATION)),
        ("put", One(&OPERATION)),
        ("post", One(&OPERATION)),
        ("delete", One(&OPERATION)),
        ("options", One(&OPERATION)),
        ("head", One(&OPERATION)),
        ("patch", One(&OPERATION)),
        ("trace", One(&OPERATION)),
    ],
};

static OPERATION: Kind = Kind {
    name: "an operation",
    keys: &[
        ("tags", Leaf),
        ("summary", Leaf),
        ("description", Leaf),
        ("externalDocs", Leaf),
        ("operationId", Leaf),
        ("parameters", List(&PARAMETER)),
        ("requestBody", One(&REQUEST_BODY)),
        ("responses", Map(&RESPONSE)),
        ("callbacks", Leaf),
        ("deprecated", Leaf),
        ("security", Leaf),
        ("servers", Leaf),
    ],
};

static PARAMETER: Kind = Kind {
    name: "a parameter",
    keys: &[
        ("name", Leaf),
        ("in", Leaf),
        ("description", Leaf),
        ("required", Leaf),
        ("deprecated", Leaf),
        ("allowEmptyValue", Leaf),
        ("style", Leaf),
        ("explode", Leaf),
        ("allowReserved", Leaf),
        ("schema", One(&SCHEMA)),
        ("content", Map(&MEDIA_TYPE)),
        ("example", Leaf),
        ("examples", Leaf),
    ],
};

static HEADER: Kind = Kind { name: "a header", keys: PARAMETER.keys };

static REQUEST_BODY: Kind =
    Kind { name: "a request body", keys: &[("description", Leaf), ("content", Map(&MEDIA_TYPE)), ("required", Leaf)] };

static RESPONSE: Kind = Kind {
    name: "a response",
    keys: &[("description", Leaf), ("headers", Map(&HEADER)), ("content", Map(&MEDIA_TYPE)), ("links", Leaf)],
};

static MEDIA_TYPE: Kind = Kind {
    name: "a media type",
    keys: &[("schema", One(&SCHEMA)), ("example", Leaf), ("examples", Leaf), ("encoding", Leaf)],
};

/// A schema may have keys that no one knows, so that only those are reported which look like one of these.
static SCHEMA: Kind = Kind {
    name: "a schema",
    keys: &[
        ("type", Leaf),
        ("title", Leaf),
        ("description", Leaf),
        ("format", Leaf),
        ("enum", Leaf),
        ("properties", Map(&SCHEMA)),
        ("required", Leaf),
        ("additionalProperties", One(&SCHEMA)),
        ("items", One(&SCHEMA)),
        ("prefixItems", List(&SCHEMA)),
        ("oneOf", List(&SCHEMA)),
        ("anyOf", List(&SCHEMA)),
        ("allOf", List(&SCHEMA)),
        ("discriminator", Leaf),
        ("deprecated", Leaf),
        ("nullable", Leaf),
        ("readOnly", Leaf),
        ("writeOnly", Leaf),
        ("default", Leaf),
        ("example", Leaf),
        ("examples", Leaf),
        ("pattern", Leaf),
        ("patternProperties", Leaf),
        ("minimum", Leaf),
        ("maximum", Leaf),
        ("minLength", Leaf),
        ("maxLength", Leaf),
        ("minItems", Leaf),
        ("maxItems", Leaf),
        ("uniqueItems", Leaf),
        ("externalDocs", Leaf),
    ],
};

/// Keys of Swagger 2.0, and where OpenAPI 3 has what they say.
const MOVED: [(&str, &[&str], &str); 6] = [
    ("a document", &["definitions"], "schemas stand under `components`, in `schemas`"),
    ("a document", &["host", "basePath", "schemes"], "the URL stands under `servers`"),
    ("a document", &["securityDefinitions"], "they stand under `components`, in `securitySchemes`"),
    ("an operation", &["consumes", "produces"], "media types are the keys of `content`"),
    ("a response", &["schema"], "it stands under `content`, in a media type"),
    ("a parameter", &["type", "format", "items", "enum", "default"], "it stands under `schema`"),
];

/// Reports the keys of an entry document that are not known where they stand.
pub fn report_unknown_keys(root: &Node<'_>, diagnostics: &mut Diagnostics) {
    check(root, &DOCUMENT, diagnostics);
    for (path, item) in root.get("paths").iter().flat_map(Node::entries) {
        if !path.starts_with('/') && !path.starts_with("x-") {
            diagnostics.warn(
                item.place_as_key(),
                format!("the path `{path}` does not start with `/`"),
                "it is taken as it is",
            );
        }
    }
}

/// No document is deeper than the readers allow, which bounds the recursion.
fn check(node: &Node<'_>, kind: &Kind, diagnostics: &mut Diagnostics) {
    if node.value.kind() != JsonType::Object || node.value.get("$ref").is_some() {
        return;
    }
    for (key, child) in node.entries() {
        match kind.keys.iter().find(|(known, _)| *known == key) {
            Some((_, below)) => check_below(&child, *below, diagnostics),
            None if key.starts_with("x-") || key == "<<" => {}
            None => report(node, key, &child, kind, diagnostics),
        }
    }
}

fn check_below(child: &Node<'_>, below: Below, diagnostics: &mut Diagnostics) {
    match below {
        Leaf => {}
        One(kind) => check(child, kind, diagnostics),
        Map(kind) => child.entries().iter().for_each(|(_, entry)| check(entry, kind, diagnostics)),
        List(kind) => child.items().iter().for_each(|item| check(item, kind, diagnostics)),
    }
}

fn report(node: &Node<'_>, key: &str, child: &Node<'_>, kind: &Kind, diagnostics: &mut Diagnostics) {
    let moved = MOVED.iter().find(|(name, keys, _)| *name == kind.name && keys.contains(&key));
    // What is there already can't be meant a second time.
    let free = kind.keys.iter().map(|(known, _)| *known).filter(|known| node.value.get(known).is_none());
    let help = match (moved, nearest(key, free)) {
        (Some((_, _, help)), _) => format!("it is passed over; {help}"),
        (None, Some(meant)) => format!("it is passed over; `{meant}` may be meant"),
        (None, None) if kind.name == SCHEMA.name => return,
        (None, None) => String::from("it is passed over; further keys start with `x-`"),
    };
    if *child.value != Value::Null {
        diagnostics.warn(child.place_as_key(), format!("`{key}` is no known key of {}", kind.name), help);
    }
}
