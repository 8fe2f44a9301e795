//! Path templates, such as `/zoos/{zoo}/animals?kind={kind}`.

use crate::ir::{Location, Parameter};

/// Returns the names of the placeholders in the path, without those of its query.
pub(super) fn placeholders(path: &str) -> impl Iterator<Item = &str> {
    split_query(path).0.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name)
}

/// Returns the placeholders in the query of the path, each as key and name, without those that a query parameter covers.
pub(super) fn query_placeholders<'a>(path: &'a str, parameters: &[Parameter]) -> Vec<(&'a str, &'a str)> {
    let left = split_query(path).1.split('&').filter(|pair| !is_covered(pair, parameters));
    left.filter_map(|pair| pair.split_once('=')).filter_map(|(key, value)| Some((key, placeholder(value)?))).collect()
}

/// Returns the path as it is sent: without the parts of its query that query parameters cover.
pub(super) fn without_covered_query(path: &str, parameters: &[Parameter]) -> String {
    let (before, query) = split_query(path);
    let behind = path.strip_prefix(before).and_then(|rest| rest.strip_prefix('?')).unwrap_or_default();
    if behind.is_empty() {
        return path.to_owned();
    }
    let fragment = behind.strip_prefix(query).unwrap_or_default();
    let left: Vec<&str> = query.split('&').filter(|pair| !is_covered(pair, parameters)).collect();
    let mark = if left.is_empty() { "" } else { "?" };
    format!("{before}{mark}{}{fragment}", left.join("&"))
}

/// Returns whether a query parameter sends a pair of the query.
///
/// An optional parameter does not cover a constant value, because the value may distinguish two operations.
fn is_covered(pair: &str, parameters: &[Parameter]) -> bool {
    let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
    let name = placeholder(value);
    let has_key = |one: &Parameter| one.name == key && (one.required || name.is_some());
    let covers = |one: &Parameter| has_key(one) || Some(one.name.as_str()) == name;
    parameters.iter().filter(|one| one.location == Location::Query).any(covers)
}

fn placeholder(value: &str) -> Option<&str> {
    value.strip_prefix('{').and_then(|value| value.strip_suffix('}'))
}

/// Splits a path into the path and its query. A fragment is dropped.
fn split_query(path: &str) -> (&str, &str) {
    let path = path.split('#').next().unwrap_or_default();
    path.split_once('?').unwrap_or((path, ""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{Constraints, Docs, ParameterStyle, TypeId};

    fn query(name: &str, required: bool) -> Parameter {
        Parameter {
            name: name.to_owned(),
            location: Location::Query,
            required,
            style: ParameterStyle::usual(Location::Query),
            ty: TypeId(0).into(),
            constraints: Constraints::default(),
            docs: Docs::default(),
        }
    }

    #[test]
    fn placeholders_are_in_the_path_alone() {
        let names = |path| placeholders(path).collect::<Vec<_>>();
        assert_eq!(names("/zoos/{zoo}/animals/{animal}?kind={kind}"), ["zoo", "animal"]);
        assert_eq!(names("/{base}...{head}#{none}"), ["base", "head"]);
        assert_eq!(names("/zoos/{zoo"), [""; 0]);
    }

    #[test]
    fn a_query_parameter_covers_its_pair() {
        /// A path, the query parameters, the path as it is sent, and the placeholders that are left.
        type Case<'a> = (&'a str, &'a [Parameter], &'a str, &'a [(&'a str, &'a str)]);
        let cases: [Case<'_>; 6] = [
            ("/zoos", &[], "/zoos", &[]),
            ("/zoos?kind={kind}", &[], "/zoos?kind={kind}", &[("kind", "kind")]),
            ("/zoos?kind={kind}", &[query("kind", false)], "/zoos", &[]),
            ("/zoos?kind=bird", &[query("kind", false)], "/zoos?kind=bird", &[]),
            ("/zoos?kind=bird", &[query("kind", true)], "/zoos", &[]),
            ("/zoos?kind={k}&wild#top", &[query("k", false)], "/zoos?wild#top", &[]),
        ];
        for (path, parameters, sent, left) in cases {
            assert_eq!(without_covered_query(path, parameters), sent, "{path}");
            assert_eq!(query_placeholders(path, parameters), left, "{path}");
        }
    }
}
