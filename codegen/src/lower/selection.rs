//! Which operations and webhooks are wanted, of a description of which only a part is.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use super::Lowering;
use crate::document::Node;

/// A choice among the operations and webhooks of a description.
///
/// ```
/// use octogen::Selector;
///
/// assert_eq!("tag:apps".parse(), Ok(Selector::Tag("apps".to_owned())));
/// assert_eq!("/app/*".parse(), Ok(Selector::Path("/app/*".to_owned())));
/// assert_eq!("id:apps/get-by-slug".parse(), Ok(Selector::Id("apps/get-by-slug".to_owned())));
/// assert!("apps".parse::<Selector>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Selector {
    /// The operations with that tag.
    Tag(String),
    /// The operations on that path, or on those that begin with what stands before a `*` at its end.
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

/// What is selected, and which of it was found.
#[derive(Debug)]
pub(super) struct Selection<'s> {
    wanted: &'s [Selector],
    found: BTreeSet<&'s Selector>,
}

/// What is known of an operation or a webhook when it is selected.
pub(super) struct Candidate<'a> {
    pub(super) tags: Vec<&'a str>,
    pub(super) path: Option<&'a str>,
    pub(super) id: Option<&'a str>,
    pub(super) webhook: Option<&'a str>,
}

impl<'s> Selection<'s> {
    pub(super) fn new(wanted: &'s [Selector]) -> Self {
        Self { wanted, found: BTreeSet::new() }
    }

    /// Whether the whole description is wanted.
    pub(super) fn is_everything(&self) -> bool {
        self.wanted.is_empty()
    }

    pub(super) fn wants(&mut self, candidate: &Candidate<'_>) -> bool {
        let matches = |selector: &&Selector| match selector {
            Selector::Tag(tag) => candidate.tags.contains(&tag.as_str()),
            Selector::Path(wanted) => candidate.path.is_some_and(|path| match wanted.strip_suffix('*') {
                Some(start) => path.starts_with(start),
                None => path == wanted,
            }),
            Selector::Id(id) => candidate.id == Some(id),
            Selector::Webhook(name) => candidate.webhook == Some(name),
        };
        let matching: Vec<&Selector> = self.wanted.iter().filter(matches).collect();
        let is_wanted = self.is_everything() || !matching.is_empty();
        self.found.extend(matching);
        is_wanted
    }

    /// The selectors that nothing was found for.
    fn missing(&self) -> Vec<&'s Selector> {
        self.wanted.iter().filter(|selector| !self.found.contains(selector)).collect()
    }
}

/// Reports the selectors that select nothing: a name that was mistyped should not make an empty crate.
pub(super) fn report_missing(lowering: &mut Lowering<'_, '_>, root: &Node<'_>) {
    for selector in lowering.selection.missing() {
        let message = format!("`{selector}` selects nothing of the description");
        lowering.diagnostics.error(root.place(), message, "tags, paths and ids are written as in the description");
    }
}
