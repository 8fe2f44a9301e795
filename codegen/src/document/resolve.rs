//! References.

use octogen_runtime::{JsonType, Value};

use super::check::FollowReference;
use super::pointer::unescape;
use super::read::wrong_type;
use super::relative::{folder, join, percent_decode};
use super::unresolved_reference::{CORRECT, UnresolvedReference};
use super::{File, Files, Node};
use crate::diagnostic::{Code, Diagnostics, Place, Spot, nearest};

/// How many references a chain of them can have. It bounds a cycle.
const MAX_REFERENCES: usize = 32;

impl Files {
    /// Returns the JSON value that a `$ref` names, in the same file of the OpenAPI document or in another one. A
    /// relative reference is resolved against the file of the node `from`.
    ///
    /// # Errors
    ///
    /// If the reference has no target. The error says why.
    pub fn resolve<'a>(&'a self, from: &Node<'a>, reference: &str) -> Result<Node<'a>, UnresolvedReference> {
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let file = if file.is_empty() { from.file } else { self.file(from, file)? };
        let mut node = file.node();
        if fragment.is_empty() {
            return Ok(node);
        }
        let Some(pointer) = fragment.strip_prefix('/') else {
            return anchored(node, fragment).ok_or_else(|| {
                let message = format!("`{reference}` has no target: no schema has the anchor `{fragment}`");
                UnresolvedReference::new(message, "refer to a schema by its path, such as `#/components/schemas/NAME`")
            });
        };
        for part in pointer.split('/') {
            let segment = unescape(&percent_decode(part));
            node = step(&node, &segment).ok_or_else(|| missing_segment(&node, reference, &segment))?;
        }
        Ok(node)
    }

    /// Returns the JSON value that the `$ref` of a node names, and reports an error if there is none. Use it to follow
    /// one step only.
    pub fn target<'a>(&'a self, from: &Node<'a>, reference: &str, diagnostics: &mut Diagnostics) -> Option<Node<'a>> {
        let report = |UnresolvedReference { message, help }| {
            let place = from.get("$ref").unwrap_or_else(|| from.clone()).place();
            diagnostics.error(Code::MissingReference, place, message, help);
        };
        self.resolve(from, reference).map_err(report).ok()
    }

    /// Follows references of an OpenAPI document until a value without `$ref` is reached, and returns its node. A
    /// missing target and a cycle of references are reported as errors.
    pub fn follow<'a>(&'a self, node: &Node<'a>, diagnostics: &mut Diagnostics) -> Option<Node<'a>> {
        let mut at = node.clone();
        let mut cycle = Vec::new();
        for _ in 0..MAX_REFERENCES {
            let Some(reference) = read_reference(&at, diagnostics) else {
                return Some(at);
            };
            cycle.push(at.place());
            at = self.target(&at, reference, diagnostics)?;
            if at.get("$ref").is_some() && cycle.contains(&at.place()) {
                break;
            }
        }
        cycle.push(at.place());
        let message = format!("the references form a cycle: {}", describe_cycle(&cycle));
        diagnostics.error(
            Code::ReferenceCycle,
            at.place(),
            message,
            "replace one of these references by the object itself",
        );
        None
    }

    /// Returns the node at a place of a loaded file, if the place has a JSON pointer.
    #[must_use]
    pub fn node_at(&self, place: &Place) -> Option<Node<'_>> {
        let Spot::Pointer(pointer) = &place.spot else { return None };
        let file = self.files.values().flatten().find(|file| file.path == place.file)?;
        pointer.split('/').skip(1).try_fold(file.node(), |node, part| step(&node, &unescape(part)))
    }

    fn file<'a>(&'a self, from: &Node<'a>, file: &str) -> Result<&'a File, UnresolvedReference> {
        let own = self.files.iter().find(|(_, file)| file.as_ref().is_ok_and(|file| std::ptr::eq(file, from.file)));
        let base = own.map_or("", |(path, _)| folder(path));
        let path = join(base, file).ok_or_else(|| outside(file))?;
        match self.files.get(&path) {
            Some(Ok(file)) => Ok(file),
            Some(Err(unresolved)) => Err(unresolved.clone()),
            None => Err(UnresolvedReference::new(format!("`{path}` was not loaded"), CORRECT)),
        }
    }
}

/// Returns the message text for a cycle of references in an OpenAPI document: its JSON pointers, from the first one
/// that occurs twice.
pub fn describe_cycle(places: &[Place]) -> String {
    let first = places.iter().position(|place| Some(place) == places.last()).unwrap_or_default();
    let pointer = |place: &Place| match &place.spot {
        Spot::Pointer(pointer) | Spot::Key(pointer) => format!("`#{pointer}`"),
        Spot::File | Spot::Offset(_) | Spot::LineColumn(..) => format!("`{}`", place.file),
    };
    places[first..].iter().map(pointer).collect::<Vec<_>>().join(" → ")
}

impl FollowReference for Files {
    fn find_target<'a>(&'a self, from: &Node<'a>, reference: &str) -> Option<Node<'a>> {
        self.resolve(from, reference).ok()
    }
}

/// Returns the `$ref` of a node. Another type than a string is reported.
fn read_reference<'a>(node: &Node<'a>, diagnostics: &mut Diagnostics) -> Option<&'a str> {
    let stated = node.get("$ref")?;
    let reference = stated.value.as_str();
    if reference.is_none() {
        let message = wrong_type("`$ref`", stated.value, JsonType::String);
        diagnostics.warn(
            Code::WrongType,
            stated.place(),
            message,
            "octogen ignores the reference; write it as a string, such as `#/components/schemas/NAME`",
        );
    }
    reference
}

/// Returns the schema with that `$anchor`.
fn anchored<'a>(root: Node<'a>, name: &str) -> Option<Node<'a>> {
    let mut waiting = vec![root];
    while let Some(node) = waiting.pop() {
        if node.value.get("$anchor").and_then(Value::as_str) == Some(name) {
            return Some(node);
        }
        waiting.extend(node.items());
        waiting.extend(node.entries().into_iter().map(|(_, child)| child));
    }
    None
}

fn step<'a>(node: &Node<'a>, segment: &str) -> Option<Node<'a>> {
    if let Some(child) = node.get(segment) {
        return Some(child);
    }
    let value = node.value.as_array()?.get(segment.parse::<usize>().ok()?)?;
    Some(Node { file: node.file, value, pointer: node.pointer.child(segment) })
}

fn missing_segment(node: &Node<'_>, reference: &str, segment: &str) -> UnresolvedReference {
    let message = format!("`{reference}` has no target: there is no `{segment}`");
    match nearest(segment, node.entries().iter().map(|(key, _)| *key)) {
        Some(meant) => UnresolvedReference::new(
            message,
            format!("correct the reference: write `{meant}` instead of `{segment}` if that is the target"),
        ),
        None => UnresolvedReference::new(message, CORRECT),
    }
}

fn outside(file: &str) -> UnresolvedReference {
    let is_remote = file.starts_with("//") || (file.contains("://") && !file.starts_with("file:"));
    let message = if is_remote {
        format!("`{file}` is a file on the network, and octogen reads local files only")
    } else {
        format!("`{file}` is outside the folder of the entry document")
    };
    let help = if !is_remote && file.starts_with("..") {
        "pass `--root` with a folder that contains both files, or put a copy beside the entry document and refer to it"
    } else {
        "put a copy of the file beside the entry document, and refer to the copy"
    };
    UnresolvedReference::new(message, help)
}

#[cfg(test)]
mod tests {
    use super::super::read::{Child, Read, RefOr};
    use super::super::{Operation, load};
    use super::*;
    use crate::source::{Loader, Source};

    const ENTRY: &str = "
paths:
  /a: { get: { $ref: 'parts/a.yaml#/list' } }
  /b: { get: { $ref: '#/paths/~1a/get' } }
  /c: { get: { $ref: '#/paths/~1d/get' } }
  /d: { get: { $ref: '#/paths/~1c/get' } }
";
    const PART: &str = "list: { operationId: list, next: [{ $anchor: here }, 1] }";

    struct Parts;

    impl Loader for Parts {
        fn load(&self, path: &str) -> Result<Source, String> {
            let part = Source { path: path.to_owned(), text: PART.to_owned() };
            if path == "parts/a.yaml" { Ok(part) } else { Err(format!("`{path}` does not exist")) }
        }
    }

    /// Calls a test with the files of the description.
    fn with_files(test: impl Fn(&Files, &Node<'_>)) {
        let entry = Source { path: String::from("entry.yaml"), text: ENTRY.to_owned() };
        let files = load(&entry, &[], &Parts, &mut Diagnostics::default());
        assert!(files.is_some());
        for files in files.iter() {
            files.entry().into_iter().for_each(|entry| test(files, &entry.node()));
        }
    }

    #[test]
    fn a_reference_names_a_value_of_a_file() {
        with_files(|files, root| {
            let cases = [
                ("#", "entry.yaml#"),
                ("#/paths/~1a", "entry.yaml#/paths/~1a"),
                ("#/paths/%2Fa", "entry.yaml#/paths/~1a"),
                ("#/paths/a", "`#/paths/a` has no target: there is no `a`"),
                ("parts/a.yaml", "parts/a.yaml#"),
                ("parts/a.yaml#/list/next/1", "parts/a.yaml#/list/next/1"),
                ("parts/a.yaml#here", "parts/a.yaml#/list/next/0"),
                ("#there", "`#there` has no target: no schema has the anchor `there`"),
                ("#/path", "`#/path` has no target: there is no `path`"),
                ("parts/b.yaml", "`parts/b.yaml` was not loaded"),
                ("../a.yaml", "`../a.yaml` is outside the folder of the entry document"),
                (
                    "https://zoo.test/a.yaml",
                    "`https://zoo.test/a.yaml` is a file on the network, and octogen reads local files only",
                ),
            ];
            for (reference, expected) in cases {
                let found = match files.resolve(root, reference) {
                    Ok(node) => node.place().to_string(),
                    Err(unresolved) => unresolved.message,
                };
                assert_eq!(found, expected, "{reference}");
            }
        });
    }

    #[test]
    fn references_are_followed_to_an_object_or_reported() {
        with_files(|files, root| {
            for (path, expected) in [
                ("/a", Ok("list")),
                ("/b", Ok("list")),
                ("/c", Err("the references form a cycle: `#/paths/~1c/get` → `#/paths/~1d/get` → `#/paths/~1c/get`")),
            ] {
                let mut diagnostics = Diagnostics::default();
                let item = root.get("paths").and_then(|paths| paths.get(path));
                let operation = item.iter().flat_map(Child::entries).next();
                let operation = operation.and_then(|child| RefOr::<Operation<'_>>::read(child, &mut diagnostics));
                let operation = operation.and_then(|operation| files.read(&operation, &mut diagnostics));
                let found = operation.as_ref().and_then(|operation| operation.id.as_ref()).map(|id| id.text);
                let reported = diagnostics.into_vec();
                // The key `next` is unknown.
                let error =
                    reported.iter().find(|one| !one.message.contains("unknown key")).map(|one| one.message.as_str());
                assert_eq!(found.ok_or(error.unwrap_or_default()), expected, "{path}");
            }
        });
    }
}
