//! Reports keys that an object of OpenAPI does not have.

use octogen_runtime::Value;

use super::reference::is_referable;
use super::{Child, Declaration};
use crate::diagnostic::{Code, Diagnostics, nearest};

/// Keys of other objects and of Swagger 2.0: the name of the object, its keys, and what to write instead.
const MOVED: [(&str, &[&str], &str); 7] = [
    ("the document", &["definitions"], "move the schemas to `schemas` under `components`"),
    ("the document", &["host", "basePath", "schemes"], "write the whole URL under `servers`"),
    ("the document", &["securityDefinitions"], "move them to `securitySchemes` under `components`"),
    (
        "an operation",
        &["consumes", "produces"],
        "write media types as keys of `content`, in the request body and the responses",
    ),
    ("a response", &["schema"], "move it into a media type under `content`, such as `application/json`"),
    ("a schema", &["schema"], "write the keywords under `schema` directly in this schema"),
    ("a parameter", &["type", "format", "items", "enum", "default"], "move it into `schema` of the parameter"),
];

/// The keys of a path item that hold an operation.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Reports a key that is not among those of the object.
///
/// An extension is only reported if it looks like one that octogen reads.
#[cold]
pub(in crate::document) fn report_unknown_key(
    declared: &Declaration,
    child: Child<'_, '_>,
    diagnostics: &mut Diagnostics,
) {
    let key = child.key();
    // The reader of references reports a `$ref` that it cannot follow.
    if key == "$ref" && is_referable(declared.name) {
        return;
    }
    // `<<` is a merge of YAML that could not be applied. A null value says nothing.
    if key == "<<" || *child.value == Value::Null {
        return;
    }
    let is_extension = |key: &str| key.starts_with("x-");
    let nearest_known = |is_present: bool| {
        let known = declared.keys.iter().copied().filter(|known| is_extension(known) == is_extension(key));
        nearest(key, known.filter(|known| child.parent.value.get(known).is_some() == is_present))
    };
    // The key cannot mean one that is present, but it can be a misspelling of it.
    let (meant, present) = (nearest_known(false), nearest_known(true));
    let moved = MOVED.iter().find(|(name, keys, _)| *name == declared.name && keys.contains(&key));
    let help = match (moved, meant) {
        (Some((_, _, help)), _) => format!("octogen ignores the key; {help}"),
        (None, Some(meant)) if declared.name == "a path item" && METHODS.contains(&meant) => {
            format!("octogen ignores the key and generates no operation for it; did you mean `{meant}`?")
        }
        (None, Some(meant)) => format!("octogen ignores the key and its value; did you mean `{meant}`?"),
        (None, None) if is_extension(key) || declared.is_open && present.is_none() => return,
        (None, None) => {
            let present =
                present.map(|known| format!(", because the object has `{known}` already")).unwrap_or_default();
            format!(
                "octogen ignores the key and its value; remove `{key}`{present}, or start a key of your own with `x-`"
            )
        }
    };
    diagnostics.warn(
        Code::UnknownKey,
        child.node().place_as_key(),
        format!("unknown key `{key}` in {}", declared.name),
        help,
    );
}
