//! Rules of the document as a whole.

use rustc_hash::FxHashSet;

use super::super::check::{Checker, Version};
use super::super::objects::{Components, Document, License};
use super::super::read::{OpenApiObject, Rules};
use super::keywords::check_dialect;
use super::paths::check_paths;
use crate::diagnostic::Code;

impl<'a> Rules<'a> for Document<'a> {
    fn check_rules(&self, checker: &mut Checker<'a, '_>) {
        let has = |key: &str| self.node.value.get(key).is_some();
        if checker.version == Version::V3_1 && !["paths", "webhooks", "components"].into_iter().any(has) {
            checker.warn(
                Code::MissingKey,
                self.place(),
                "the document has none of `paths`, `webhooks` and `components`",
                "octogen generates no types; add `paths`",
            );
        }
        if let Some(dialect) = &self.dialect {
            check_dialect(dialect.text, &dialect.node, checker);
        }
        let mut names = FxHashSet::default();
        for name in self.tags.iter().filter_map(|tag| tag.name.as_ref()) {
            if !names.insert(name.text) {
                let message = format!("two tags have the name `{}`", name.text);
                let help = "octogen uses the description of the first; remove or rename the other";
                checker.warn(Code::DuplicateValue, name.node.place(), message, help);
            }
        }
        check_paths(&self.paths, checker);
    }
}

impl<'a> Rules<'a> for License<'a> {
    fn check_rules(&self, checker: &mut Checker<'a, '_>) {
        if self.identifier.is_some() && self.url.is_some() {
            let help = "octogen ignores the license; remove one of the keys";
            let message = "`license` has both `identifier` and `url`, which exclude each other";
            checker.warn(Code::ExclusiveKeys, self.place(), message, help);
        }
    }
}

impl<'a> Rules<'a> for Components<'a> {
    fn check_rules(&self, checker: &mut Checker<'a, '_>) {
        let is_allowed = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '-' | '_');
        for (kind, components) in self.node.entries().iter().filter(|(kind, _)| !kind.starts_with("x-")) {
            for (name, component) in components.entries() {
                if name.is_empty() || !name.chars().all(is_allowed) {
                    let message = format!("`{name}` is not a valid name under `{kind}`");
                    let help = "octogen still reads the component; use letters, digits, `.`, `-` and `_` only";
                    checker.warn(Code::InvalidComponentName, component.place_as_key(), message, help);
                }
            }
        }
    }
}
