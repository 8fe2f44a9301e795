//! The entry document and the files that it refers to.

use indexmap::IndexMap;
use octogen_runtime::Value;

use super::nearest::nearest;
use super::parse::parse;
use super::{File, Node, overlay};
use crate::diagnostic::Diagnostics;
use crate::source::{Loader, Source};

/// All files of one description.
#[derive(Debug)]
pub struct Files {
    /// The file that generation starts from.
    entry: String,
    /// By the path relative to the root.
    files: IndexMap<String, Result<File, UnresolvedReference>>,
}

/// Why a reference leads nowhere, and what to do about it.
#[derive(Clone, Debug)]
pub struct UnresolvedReference {
    pub message: String,
    pub help: String,
}

const CORRECT: &str = "correct the reference, or add what it leads to";

/// Reads the entry document, changes it as the overlays say, and reads every file that it refers to, near or far.
///
/// A file that can't be had is reported where a reference into it is in reach, by [`Files::resolve`].
pub fn load(source: &Source, overlays: &[Source], loader: &dyn Loader, diagnostics: &mut Diagnostics) -> Option<Files> {
    let root = loader.root(&source.path);
    let mut document = parse(source, diagnostics)?;
    overlay::apply(&mut document, overlays, diagnostics);
    let mut waiting = references(&document.root, folder(&root.entry));
    let mut files = IndexMap::from([(root.entry.clone(), Ok(document))]);
    while let Some(path) = waiting.pop() {
        if files.contains_key(&path) {
            continue;
        }
        let file = loader.load(&path).map_err(|message| unresolved(message, CORRECT)).and_then(|file| {
            // Under this name the user can open the file.
            let file = Source { path: format!("{}{path}", root.shown), ..file };
            parse(&file, diagnostics)
                .ok_or_else(|| unresolved(format!("`{path}` can't be read"), "correct that file first"))
        });
        if let Ok(document) = &file {
            waiting.extend(references(&document.root, folder(&path)));
        }
        files.insert(path, file);
    }
    Some(Files { entry: root.entry, files })
}

impl Files {
    /// The entry document.
    #[must_use]
    pub fn entry(&self) -> Option<&File> {
        self.files.get(&self.entry)?.as_ref().ok()
    }

    /// What a reference that stands at `from` leads to.
    ///
    /// # Errors
    ///
    /// Where it leads nowhere.
    pub fn resolve<'a>(&'a self, from: &Node<'a>, reference: &str) -> Result<Node<'a>, UnresolvedReference> {
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let document = if file.is_empty() { from.file } else { self.file(from, file)? };
        let mut node = document.node();
        if fragment.is_empty() {
            return Ok(node);
        }
        let Some(pointer) = fragment.strip_prefix('/') else {
            return anchored(node, fragment).ok_or_else(|| {
                let message = format!("`{reference}` leads nowhere: there is no such anchor");
                unresolved(message, format!("a schema of the document is `#/components/schemas/{fragment}`"))
            });
        };
        for part in pointer.split('/') {
            let segment = percent_decoded(part).replace("~1", "/").replace("~0", "~");
            node = step(&node, &segment).ok_or_else(|| missing(&node, reference, &segment))?;
        }
        Ok(node)
    }

    fn file<'a>(&'a self, from: &Node<'a>, file: &str) -> Result<&'a File, UnresolvedReference> {
        let own = self.files.iter().find(|(_, file)| file.as_ref().is_ok_and(|file| std::ptr::eq(file, from.file)));
        let base = own.map_or("", |(path, _)| folder(path));
        let path = joined(base, file).ok_or_else(|| outside(file))?;
        match self.files.get(&path) {
            Some(Ok(file)) => Ok(file),
            Some(Err(unresolved)) => Err(unresolved.clone()),
            None => Err(unresolved(format!("`{path}` was not loaded"), CORRECT)),
        }
    }
}

/// The schema that calls itself by that `$anchor`.
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

fn missing(node: &Node<'_>, reference: &str, segment: &str) -> UnresolvedReference {
    let message = format!("`{reference}` leads nowhere: there is no `{segment}`");
    match nearest(segment, node.entries().iter().map(|(key, _)| *key)) {
        Some(meant) => unresolved(message, format!("there is `{meant}`: correct the reference")),
        None => unresolved(message, CORRECT),
    }
}

fn outside(file: &str) -> UnresolvedReference {
    let on_the_network = file.starts_with("//") || (file.contains("://") && !file.starts_with("file:"));
    let message = if on_the_network {
        format!("`{file}` is on the network, and nothing is fetched from there")
    } else {
        let message = format!("`{file}` is outside the folder of the entry document");
        if file.starts_with("..") {
            return unresolved(
                message,
                "name a folder that has both by `--root`, or refer to a copy beside the document",
            );
        }
        message
    };
    unresolved(message, "put a copy of the file beside the entry document, and refer to that")
}

fn unresolved(message: String, help: impl Into<String>) -> UnresolvedReference {
    UnresolvedReference { message, help: help.into() }
}

/// The files that references lead to; those outside the folder are left for [`Files::resolve`] to refuse.
fn references(root: &Value, base: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut waiting = vec![root];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Array(items) => waiting.extend(items),
            Value::Object(entries) => {
                if let Some(Value::String(reference)) = entries.get("$ref") {
                    let file = reference.split('#').next().unwrap_or_default();
                    found.extend(if file.is_empty() { None } else { joined(base, file) });
                }
                waiting.extend(entries.values());
            }
            _ => {}
        }
    }
    found
}

/// A relative path from a folder, without `.` and `..`; `None` where it leaves the outermost folder.
fn joined(base: &str, relative: &str) -> Option<String> {
    if relative.contains("://") || relative.starts_with('/') || relative.contains('\\') {
        return None;
    }
    let decoded = percent_decoded(relative);
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A reference is a URI: `%7B` stands for `{`.
fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}
