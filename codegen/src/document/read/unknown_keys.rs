//! Reports keys that an object of OpenAPI does not have.

use octogen_runtime::Value;

use super::{Child, Object};
use crate::diagnostic::Diagnostics;
use crate::document::nearest::nearest;

/// Keys of other objects and of Swagger 2.0: the name of the object, its keys, and what to write instead.
const MOVED: [(&str, &[&str], &str); 7] = [
    ("a document", &["definitions"], "write schemas under `components`, in `schemas`"),
    ("a document", &["host", "basePath", "schemes"], "write the URL under `servers`"),
    ("a document", &["securityDefinitions"], "write them under `components`, in `securitySchemes`"),
    ("an operation", &["consumes", "produces"], "write media types as keys of `content`"),
    ("a response", &["schema"], "write it under `content`, in a media type"),
    ("a schema", &["schema"], "write the keywords of the inner schema here"),
    ("a parameter", &["type", "format", "items", "enum", "default"], "write it under `schema`"),
];

/// Reports a key that is not among those of the object.
///
/// An extension is only reported if it looks like one that octogen reads.
#[cold]
pub(in crate::document) fn report_unknown_key<'a, T: Object<'a>>(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) {
    let key = child.key();
    // `<<` is a merge of YAML that could not be applied. A null value says nothing.
    if key == "<<" || *child.value == Value::Null {
        return;
    }
    let is_extension = |key: &str| key.starts_with("x-");
    // A key that is present cannot be meant a second time.
    let free = T::KEYS.iter().copied().filter(|known| child.parent.value.get(known).is_none());
    let meant = nearest(key, free.filter(|known| is_extension(known) == is_extension(key)));
    let moved = MOVED.iter().find(|(name, keys, _)| *name == T::NAME && keys.contains(&key));
    let help = match (moved, meant) {
        (Some((_, _, help)), _) => format!("octogen ignores it; {help}"),
        (None, Some(meant)) => format!("octogen ignores it; do you mean `{meant}`?"),
        (None, None) if T::IS_OPEN || is_extension(key) => return,
        (None, None) => String::from("octogen ignores it; a key of your own must start with `x-`"),
    };
    diagnostics.warn(child.node().place_as_key(), format!("{} has no key `{key}`", T::NAME), help);
}
