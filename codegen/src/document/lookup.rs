//! Finds the value that a reference names.

use rustc_hash::FxHashSet;

use super::file::File;
use super::files::Files;
use super::node::Node;
use super::pointer::unescape;
use super::relative::{file_of, is_uri, percent_decode, resolve_uri};
use super::unresolved_reference::{CORRECT, UnresolvedReference, unloadable};
use crate::diagnostic::nearest;

/// The value that a reference names.
pub(super) struct Target<'a> {
    pub(super) node: Node<'a>,
    /// Set if the reference is not written as the standard says.
    pub(super) remark: Option<Remark>,
}

/// The fact that a reference is not written as the standard says, and the correction.
pub(super) struct Remark {
    pub(super) message: String,
    pub(super) help: String,
}

impl<'a> Target<'a> {
    fn exact(node: Node<'a>) -> Self {
        Self { node, remark: None }
    }

    fn with_remark(node: Node<'a>, message: String, help: impl Into<String>) -> Self {
        Self { node, remark: Some(Remark { message, help: help.into() }) }
    }
}

impl Files {
    /// Returns the value that a reference names, or else that which it probably means.
    pub(super) fn locate<'a>(&'a self, from: &Node<'a>, reference: &str) -> Result<Target<'a>, UnresolvedReference> {
        self.locate_as_written(from, reference).or_else(|unresolved| self.guess(from, reference).ok_or(unresolved))
    }

    /// Returns the value that a reference probably means: one without `#/` or with a further `/`, the name of a schema
    /// alone, or the path that a schema had in Swagger 2.0.
    fn guess<'a>(&'a self, from: &Node<'a>, reference: &str) -> Option<Target<'a>> {
        let path = reference.trim().trim_start_matches(['#', '/']).trim_end_matches('/');
        if path.is_empty() || path.contains('#') || is_uri(path) {
            return None;
        }
        let name = path.strip_prefix("definitions/").unwrap_or(path);
        let pointers = [format!("/{path}"), format!("/components/schemas/{name}")];
        let roots = [Some(self.root_of(from.file)), self.entry()];
        let candidates = roots.iter().flatten().flat_map(|root| pointers.iter().map(move |pointer| (root, pointer)));
        let (node, pointer) = candidates.into_iter().find_map(|(root, pointer)| {
            self.within(from, root, pointer, reference).ok().map(|target| (target.node, pointer))
        })?;
        let message = format!("`{reference}` has no target");
        let help = format!("octogen takes `#{pointer}`, which is probably meant; correct the reference");
        Some(Target::with_remark(node, message, help))
    }

    fn locate_as_written<'a>(&'a self, from: &Node<'a>, reference: &str) -> Result<Target<'a>, UnresolvedReference> {
        let (locator, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let resource = self.resource_of(from);
        if !locator.is_empty() {
            let uri = resolve_uri(&resource.uri, locator);
            let schema = uri.and_then(|uri| self.value_at(self.identifiers.resources.get(&uri)?));
            let root = schema.map_or_else(|| Ok(self.root_of(self.file(from, locator)?)), Ok)?;
            return self.within(from, &root, fragment, reference);
        }
        let found = self.within(from, &resource.root, fragment, reference);
        let file = self.root_of(from.file);
        if found.is_ok() || file.is(&resource.root) {
            return found;
        }
        let Ok(Target { node, .. }) = self.within(from, &file, fragment, reference) else { return found };
        let message = format!("`{reference}` is relative to the `$id` around it, where it has no target");
        let help = "octogen takes the value of the file; remove the `$id`, or write the file name before `#`";
        Ok(Target::with_remark(node, message, help))
    }

    /// Returns the schema that a `$dynamicRef` names. Without a dynamic anchor of that name, it is a `$ref`.
    pub(super) fn locate_dynamic<'a>(
        &'a self,
        from: &Node<'a>,
        reference: &str,
    ) -> Result<Target<'a>, UnresolvedReference> {
        let found = self.locate_as_written(from, reference);
        let name = reference.split_once('#').map_or("", |(_, fragment)| fragment);
        let anchors = || self.identifiers.anchors.get(name).into_iter().flatten().filter(|anchor| anchor.is_dynamic);
        if let Ok(target) = &found
            && !anchors().any(|anchor| anchor.schema == self.location_of(&target.node))
        {
            return found;
        }
        if let Some(node) = self.dynamic_anchor(from, name).and_then(|schema| self.value_at(schema)) {
            return Ok(Target::exact(node));
        }
        match found {
            Ok(target) if target.remark.is_none() && anchors().count() == 1 => Ok(target),
            Ok(_) => {
                let message = format!("`{reference}` has no target if this schema is used alone");
                let help =
                    format!("add a default to the schema, such as `$defs: {{ {name}: {{ $dynamicAnchor: {name} }} }}`");
                Err(UnresolvedReference::new(message, help))
            }
            Err(_) if reference.starts_with('#') && !name.starts_with('/') => {
                Err(missing_anchor(reference, "$dynamicAnchor", name))
            }
            Err(unresolved) => Err(unresolved),
        }
    }

    /// Returns the value that a fragment names within a resource.
    fn within<'a>(
        &'a self,
        from: &Node<'a>,
        root: &Node<'a>,
        fragment: &str,
        reference: &str,
    ) -> Result<Target<'a>, UnresolvedReference> {
        if fragment.is_empty() {
            return Ok(Target::exact(root.clone()));
        }
        // A slash between two keys can be written with an escape as well.
        let decoded = percent_decode(fragment);
        let fragment = if fragment.starts_with('%') && decoded.starts_with('/') { &decoded } else { fragment };
        if fragment == "/" && root.step("").is_none() {
            let message = format!("`{reference}` names the value under an empty key, which is absent");
            let help = "octogen takes the whole file; remove the `/` after `#`";
            return Ok(Target::with_remark(root.clone(), message, help));
        }
        let Some(pointer) = fragment.strip_prefix('/') else {
            return self.anchored(root, &percent_decode(fragment), reference);
        };
        let mut target = Target::exact(root.clone());
        for part in pointer.split('/') {
            target = self.step(from, target, part, reference)?;
        }
        Ok(target)
    }

    /// Follows one segment of a pointer.
    fn step<'a>(
        &'a self,
        from: &Node<'a>,
        Target { mut node, mut remark }: Target<'a>,
        part: &str,
        reference: &str,
    ) -> Result<Target<'a>, UnresolvedReference> {
        let decoded = percent_decode(part);
        let segment = unescape(&decoded);
        if let (None, Some(through)) = (node.step(&segment), node.reference()) {
            let message = format!("`{reference}` passes through the `$ref` to `{through}`");
            let help = "octogen follows that `$ref`; refer to the value behind it, since other tools may find none";
            node = self.skip_references(&node).ok_or_else(|| missing_segment(from, &node, reference, &segment))?;
            remark = Some(Remark { message, help: help.to_owned() });
        }
        if let Some(node) = node.step(&segment) {
            return Ok(Target { node, remark });
        }
        let as_written = unescape(part);
        let child = node.step(&as_written).ok_or_else(|| missing_segment(from, &node, reference, &segment))?;
        let message = format!("`{part}` in `{reference}` means the key `{segment}`, which is absent");
        let written = part.replace('%', "%25");
        let help = format!("octogen takes the key `{as_written}`; write `{written}` in the reference");
        Ok(Target::with_remark(child, message, help))
    }

    /// Returns the value behind the references of a node.
    fn skip_references<'a>(&'a self, node: &Node<'a>) -> Option<Node<'a>> {
        let mut node = node.clone();
        let mut seen = FxHashSet::default();
        while let Some(reference) = node.reference() {
            // A pointer that passes through a reference is not followed here: it could pass through this one.
            let (locator, fragment) = reference.split_once('#').unwrap_or((reference, ""));
            let root = match locator {
                "" => self.root_of(node.file),
                locator => self.root_of(self.file(&node, locator).ok()?),
            };
            let segments = fragment.split('/').skip(1).map(|part| unescape(&percent_decode(part)).into_owned());
            node = segments.into_iter().try_fold(root, |node, segment| node.step(&segment))?;
            if !seen.insert(node.identity()) {
                return None;
            }
        }
        Some(node)
    }

    /// Returns the schema of a resource with an anchor. If no schema of the resource has it, another resource of the
    /// same file may.
    fn anchored<'a>(&'a self, root: &Node<'a>, name: &str, reference: &str) -> Result<Target<'a>, UnresolvedReference> {
        let (file, root) = (self.path_of(root.file), self.location_of(root));
        let anchors = || self.identifiers.anchors.get(name).into_iter().flatten();
        if let Some(node) = anchors().find(|anchor| anchor.resource == root).and_then(|one| self.value_at(&one.schema))
        {
            return Ok(Target::exact(node));
        }
        let in_file = anchors().find(|anchor| anchor.schema.file == file).and_then(|one| self.value_at(&one.schema));
        let Some(node) = in_file else {
            return Err(missing_anchor(reference, "$anchor", name));
        };
        let message = format!("the anchor `{name}` belongs to a schema with another `$id`");
        let help = "octogen takes that schema; write its `$id` before `#`";
        Ok(Target::with_remark(node, message, help))
    }

    fn file<'a>(&'a self, from: &Node<'a>, locator: &str) -> Result<&'a File, UnresolvedReference> {
        let path = file_of(self.path_of(from.file), locator).ok_or_else(|| unloadable(locator))?;
        match self.files.get(&path) {
            Some(Ok(file)) => Ok(file),
            Some(Err(unresolved)) => Err(unresolved.clone()),
            None => Err(UnresolvedReference::new(format!("`{path}` was not loaded"), CORRECT)),
        }
    }
}

fn missing_segment(from: &Node<'_>, node: &Node<'_>, reference: &str, segment: &str) -> UnresolvedReference {
    let message = format!("`{reference}` has no target: there is no `{segment}`");
    // A value that is the reference itself cannot be its target.
    let others = node.entries().into_iter().filter(|(_, value)| !value.is(from));
    match nearest(segment, others.map(|(key, _)| key)) {
        Some(meant) => UnresolvedReference::new(
            message,
            format!("correct the reference: write `{meant}` instead of `{segment}` if that is the target"),
        ),
        None => UnresolvedReference::new(message, CORRECT),
    }
}

fn missing_anchor(reference: &str, keyword: &str, name: &str) -> UnresolvedReference {
    let message = format!("`{reference}` has no target: no schema has the anchor `{name}`");
    let help = format!(
        "add `{keyword}: {name}` to the schema that is meant, or refer to that schema by its path, such as `#/components/schemas/NAME`"
    );
    UnresolvedReference::new(message, help)
}
