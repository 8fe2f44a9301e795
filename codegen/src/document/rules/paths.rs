//! Rules of paths, operations and links.

use rustc_hash::FxHashMap;

use octogen_runtime::Method;

use super::super::check::{Checker, Version};
use super::super::objects::{Link, Operation, PathItem};
use super::super::read::{Map, OpenApiObject, RefOr, Rules};
use crate::diagnostic::{Code, Place};

/// Reports paths whose braces do not match, that repeat a parameter, or that equal another path except for the names of
/// parameters.
pub(super) fn check_paths<'a>(paths: &Map<'a, RefOr<'a, PathItem<'a>>>, checker: &mut Checker<'a, '_>) {
    let mut forms: FxHashMap<String, (&str, Place)> = FxHashMap::default();
    for (path, item) in paths {
        let place = item.node.place_as_key();
        let Some(template) = Template::parse(path) else {
            let message = format!("the braces of the path `{path}` do not match");
            let help =
                "octogen sends the text that is not a parameter as it is written; write each parameter as `{name}`";
            checker.warn(Code::InvalidPath, place, message, help);
            continue;
        };
        if path.contains('#') {
            let message = format!("the path `{path}` has a fragment, which no request contains");
            let help = "octogen does not send the fragment; remove it, or put what distinguishes the operation into the path or a parameter";
            checker.warn(Code::InvalidPath, place.clone(), message, help);
        }
        if let Some(name) = template.repeated() {
            let message = format!("the path `{path}` contains the parameter `{name}` more than once");
            let help = "octogen sends the same value at each place; give the parameters different names";
            checker.warn(Code::InvalidPath, place.clone(), message, help);
        }
        match forms.get(&template.form) {
            Some((earlier, first)) => {
                let message = format!("the path `{path}` differs from `{earlier}` in the names of parameters only");
                let help = format!(
                    "octogen generates the operations of both paths, which a server cannot distinguish; put them under one path (the first is at {first})"
                );
                checker.warn(Code::AmbiguousPath, place, message, help);
            }
            None => {
                forms.insert(template.form, (path, place));
            }
        }
    }
}

/// A path with parameters in braces.
struct Template<'p> {
    names: Vec<&'p str>,
    /// The path without the names of its parameters.
    form: String,
}

impl<'p> Template<'p> {
    /// Splits a path at its parameters. Returns `None` if its braces do not match.
    fn parse(path: &'p str) -> Option<Self> {
        let (mut names, mut form, mut rest) = (Vec::new(), String::new(), path);
        while let Some(at) = rest.find(['{', '}']) {
            let inner = rest[at..].strip_prefix('{')?;
            let (name, behind) = inner.split_once('}')?;
            if name.contains('{') {
                return None;
            }
            form.push_str(&rest[..at]);
            form.push_str("{}");
            names.push(name);
            rest = behind;
        }
        form.push_str(rest);
        Some(Self { names, form })
    }

    fn repeated(&self) -> Option<&'p str> {
        let is_earlier = |(index, name): &(usize, &&str)| self.names[..*index].contains(*name);
        self.names.iter().enumerate().find(is_earlier).map(|(_, name)| *name)
    }
}

impl<'a> Rules<'a> for PathItem<'a> {
    fn check_rules(&self, checker: &mut Checker<'a, '_>) {
        for (method, operation) in self.operations() {
            let has_body = match method {
                Method::Get | Method::Head | Method::Trace => true,
                // Version 3.1 allows it, although HTTP gives it no meaning.
                Method::Delete => checker.version == Version::V3_0,
                _ => false,
            };
            if let Some(body) = operation.node.get("requestBody").filter(|_| has_body) {
                let message = format!("a `{method}` request has a body, to which HTTP gives no meaning");
                let help = "octogen sends the body, and servers may ignore it; use parameters, or another method";
                checker.warn(Code::UnexpectedBody, body.place_as_key(), message, help);
            }
        }
    }
}

impl<'a> Rules<'a> for Operation<'a> {
    fn check_rules(&self, checker: &mut Checker<'a, '_>) {
        let responses = self.node.child("responses");
        if self.responses.is_empty()
            && self.node.value.get("responses").is_some_and(|stated| stated.as_object().is_some())
        {
            let help = "octogen generates no type for the result; add a response, such as `default`";
            checker.warn(Code::MissingResponse, responses.place(), "`responses` lists no response", help);
        }
        for (key, response) in self.responses.iter().filter(|(key, _)| !is_status(key)) {
            let (message, place) = (format!("`{key}` is not a valid key of `responses`"), response.node.place_as_key());
            let help = if is_status(&key.to_ascii_uppercase()) {
                format!("octogen reads the key as `{0}`; write `{0}`", key.to_ascii_uppercase())
            } else {
                String::from(
                    "octogen ignores the response; write a status code such as `200`, a range such as `2XX`, or `default`",
                )
            };
            checker.warn(Code::InvalidStatus, place, message, help);
        }
    }
}

/// Returns whether a key of `responses` is a status code, a range of them, or `default`.
fn is_status(key: &str) -> bool {
    match key.as_bytes() {
        [b'1'..=b'5', b'X', b'X'] => true,
        [b'1'..=b'5', tens, ones] => tens.is_ascii_digit() && ones.is_ascii_digit(),
        _ => key == "default",
    }
}

impl<'a> Rules<'a> for Link<'a> {
    fn check_rules(&self, checker: &mut Checker<'a, '_>) {
        let help = "octogen ignores links; write one of `operationId` and `operationRef`";
        match (&self.operation_id, &self.operation_ref) {
            (Some(_), Some(reference)) => {
                let message = "a link has both `operationId` and `operationRef`, which exclude each other";
                checker.warn(Code::ExclusiveKeys, reference.node.place(), message, help);
            }
            (None, None) if self.node.value.as_object().is_some() => {
                let message = "a link has neither `operationId` nor `operationRef`";
                checker.warn(Code::MissingKey, self.place(), message, help);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_split_at_its_parameters() {
        for (path, form, repeated) in [
            ("/a", Some("/a"), None),
            ("/a/{id}", Some("/a/{}"), None),
            ("/a/{x}.{y}/b", Some("/a/{}.{}/b"), None),
            ("/a/{id}/b/{id}", Some("/a/{}/b/{}"), Some("id")),
            ("/a/{id", None, None),
            ("/a/id}", None, None),
            ("/a/{i{d}}", None, None),
        ] {
            let template = Template::parse(path);
            assert_eq!(template.as_ref().map(|template| template.form.as_str()), form, "{path}");
            assert_eq!(template.and_then(|template| template.repeated()), repeated, "{path}");
        }
    }

    #[test]
    fn a_status_is_a_code_a_range_or_the_default() {
        for (key, expected) in [
            ("200", true),
            ("5XX", true),
            ("default", true),
            ("2xx", false),
            ("20x", false),
            ("2000", false),
            ("600", false),
            ("OK", false),
        ] {
            assert_eq!(is_status(key), expected, "{key}");
        }
    }
}
