//! The selection of operations and webhooks.

use rustc_hash::FxHashSet;
use std::fmt;
use std::str::FromStr;

use super::Lowering;
use crate::diagnostic::Code;
use crate::document::Node;

/// A selector of operations or webhooks of an OpenAPI document, by tag, path, id or name. Pass selectors to generate a
/// client for a part of the API.
///
/// ```
/// use octogen::Selector;
///
/// assert_eq!("tag:apps".parse(), Ok(Selector::Tag("apps".to_owned())));
/// assert_eq!("/app/*".parse(), Ok(Selector::Path("/app/*".to_owned())));
/// assert_eq!("id:apps/get-by-slug".parse(), Ok(Selector::Id("apps/get-by-slug".to_owned())));
/// assert!("apps".parse::<Selector>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Selector {
    /// The operations with that tag.
    Tag(String),
    /// The operations on that path. With a `*` at the end, the operations on all paths with that prefix.
    Path(String),
    /// The operation with that id.
    Id(String),
    /// The webhook of that name.
    Webhook(String),
}

impl FromStr for Selector {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once(':') {
            _ if text.starts_with('/') => Ok(Self::Path(text.to_owned())),
            Some(("tag", name)) => Ok(Self::Tag(name.to_owned())),
            Some(("path", path)) => Ok(Self::Path(path.to_owned())),
            Some(("id", id)) => Ok(Self::Id(id.to_owned())),
            Some(("webhook", name)) => Ok(Self::Webhook(name.to_owned())),
            _ => Err(format!("`{text}` selects nothing: write `tag:…`, `path:…`, `id:…` or `webhook:…`")),
        }
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tag(name) => write!(f, "tag:{name}"),
            Self::Path(path) => write!(f, "path:{path}"),
            Self::Id(id) => write!(f, "id:{id}"),
            Self::Webhook(name) => write!(f, "webhook:{name}"),
        }
    }
}

/// The selectors, and which of them selected something.
#[derive(Debug)]
pub(super) struct Selection<'s> {
    selectors: &'s [Selector],
    used: FxHashSet<&'s Selector>,
}

/// The facts about an operation or a webhook that selectors compare.
pub(super) struct Candidate<'a> {
    pub(super) tags: &'a [&'a str],
    pub(super) path: Option<&'a str>,
    pub(super) id: Option<&'a str>,
    pub(super) webhook: Option<&'a str>,
}

impl<'s> Selection<'s> {
    pub(super) fn new(selectors: &'s [Selector]) -> Self {
        Self { selectors, used: FxHashSet::default() }
    }

    /// Returns whether the whole description is selected.
    pub(super) fn is_everything(&self) -> bool {
        self.selectors.is_empty()
    }

    /// Returns whether an operation or a webhook is selected.
    pub(super) fn selects(&mut self, candidate: &Candidate<'_>) -> bool {
        let matches = |selector: &&Selector| match selector {
            Selector::Tag(tag) => candidate.tags.contains(&tag.as_str()),
            Selector::Path(wanted) => candidate.path.is_some_and(|path| match wanted.strip_suffix('*') {
                Some(start) => path.starts_with(start),
                None => path == wanted,
            }),
            Selector::Id(id) => candidate.id == Some(id),
            Selector::Webhook(name) => candidate.webhook == Some(name),
        };
        let matching: Vec<&Selector> = self.selectors.iter().filter(matches).collect();
        let is_selected = self.is_everything() || !matching.is_empty();
        self.used.extend(matching);
        is_selected
    }

    fn unused(&self) -> Vec<&'s Selector> {
        self.selectors.iter().filter(|selector| !self.used.contains(selector)).collect()
    }
}

/// Reports selectors that select nothing, so that a misspelt name does not make an empty crate.
pub(super) fn report_unused(lowering: &mut Lowering<'_, '_>, root: &Node<'_>) {
    for selector in lowering.selection.unused() {
        let message = format!("`{selector}` selects nothing in the document");
        let help = "write the tag, the path, the `operationId` or the name of the webhook as in the document";
        lowering.diagnostics.error(Code::UnusedSelector, root.place(), message, help);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selector_compares_the_fact_that_it_names() {
        let candidate = Candidate { tags: &["apps"], path: Some("/app/hook"), id: Some("apps/hook"), webhook: None };
        let cases = [
            ("tag:apps", true),
            ("tag:app", false),
            ("/app/hook", true),
            ("/app", false),
            ("/app/*", true),
            ("path:/app*", true),
            ("id:apps/hook", true),
            ("id:apps/*", false),
            ("webhook:apps", false),
        ];
        for (text, expected) in cases {
            let selectors = [text.parse().expect("a selector")];
            let mut selection = Selection::new(&selectors);
            assert_eq!(selection.selects(&candidate), expected, "{text}");
            assert_eq!(selection.unused().is_empty(), expected, "{text}");
        }
    }

    #[test]
    fn without_selectors_everything_is_selected() {
        let candidate = Candidate { tags: &[], path: None, id: None, webhook: Some("push") };
        assert!(Selection::new(&[]).selects(&candidate));
    }
}
