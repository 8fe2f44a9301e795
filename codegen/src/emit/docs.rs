//! Documentation from descriptions, which are foreign text.

use proc_macro2::TokenStream;
use quote::quote;

use super::literal::string_literal;
use super::markdown::{code, escaped, fence_of, line};
use crate::ir::{Constraints, Docs, Operation, Parameter, Scheme};
use crate::names::Name;

/// Returns the doc attributes for lines of documentation.
pub(super) fn attributes(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| string_literal(format!(" {line}").trim_end()));
    quote!(#(#[doc = #lines])*)
}

/// Returns the `deprecated` attribute for a deprecated item.
pub(super) fn deprecation(docs: &Docs) -> TokenStream {
    match (&docs.removal_date, docs.deprecated) {
        (_, false) => quote!(),
        (None, true) => quote!(#[deprecated]),
        (Some(date), true) => {
            let note = format!("removed on {date}");
            quote!(#[deprecated(note = #note)])
        }
    }
}

/// Returns the documentation of an item, one paragraph per fact.
pub(super) fn lines(docs: &Docs, constraints: &Constraints) -> Vec<String> {
    paragraphs(docs, constraints, &|_| true)
}

/// Returns the documentation of an item with a name. A title or a description that only repeats the name is left out.
pub(super) fn named_lines(docs: &Docs, constraints: &Constraints, name: &str) -> Vec<String> {
    paragraphs(docs, constraints, &|text| !letters(text).eq(letters(name)))
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// Returns the documentation of an item, without the texts that are not wanted.
fn paragraphs(docs: &Docs, constraints: &Constraints, is_wanted: &dyn Fn(&str) -> bool) -> Vec<String> {
    let said = |text: &&str| !text.trim().is_empty() && is_wanted(text);
    let mut paragraphs = Vec::new();
    if let Some(title) = docs.title.as_deref().filter(said) {
        let line = self::line(title);
        let ends = line.ends_with(['.', '!', '?', ':']);
        paragraphs.push(vec![if ends { line } else { format!("{line}.") }]);
    }
    if let Some(description) = docs.description.as_deref().filter(said) {
        let description = escaped(description);
        // If the description begins with the title, the title adds nothing.
        let words = |line: &str| line.trim_end_matches(['.', '!', '?', ':']).to_lowercase();
        let starts = |title: &String| description.first().is_some_and(|first| words(first) == words(title));
        if paragraphs.iter().flatten().all(starts) {
            paragraphs.clear();
        }
        paragraphs.push(description);
    }
    let mut lines = with_sentence(paragraphs.join(&String::new()), &facts(constraints));
    if let Some(link) = &docs.link {
        add_paragraph(&mut lines, escaped(&format!("Documented at {link}")));
    }
    lines
}

/// Adds a sentence to lines of documentation: at the end of the last paragraph if it is a text, and otherwise as a paragraph
/// of its own.
pub(super) fn with_sentence(mut lines: Vec<String>, sentence: &str) -> Vec<String> {
    if sentence.is_empty() {
        return lines;
    }
    match end_of_text(&mut lines) {
        Some(last) => {
            let ends = last.trim_end_matches(['"', ')', '*', '_']).ends_with(['.', '!', '?', ':']);
            last.push_str(if ends { " " } else { ". " });
            last.push_str(sentence);
        }
        None => add_paragraph(&mut lines, vec![sentence.to_owned()]),
    }
    lines
}

fn add_paragraph(lines: &mut Vec<String>, paragraph: Vec<String>) {
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines.extend(paragraph);
}

/// Returns the last line of a paragraph that contains only sentences.
fn end_of_text(lines: &mut [String]) -> Option<&mut String> {
    let paragraph = lines.iter().rev().take_while(|line| !line.is_empty());
    let is_plain = |line: &String| line.starts_with(char::is_alphabetic) && !line.contains('|');
    let is_text = paragraph.clone().all(is_plain) && !lines.iter().any(|line| fence_of(line).is_some());
    lines
        .last_mut()
        .filter(|last| is_text && last.ends_with(|end: char| end.is_alphanumeric() || ".!?:)`\"*_>".contains(end)))
}

/// Returns the documentation of a type. A deprecation is text alone, because the attribute would warn at every place in
/// emitted code that names the type.
pub(super) fn type_lines(docs: &Docs, constraints: &Constraints, name: &Name) -> Vec<String> {
    let mut text = named_lines(docs, constraints, name.bare());
    if docs.deprecated {
        let removal = docs.removal_date.as_deref().map(|date| format!(": removed on {}", escaped(date).join(" ")));
        add_paragraph(&mut text, vec![format!("Deprecated{}.", removal.unwrap_or_default())]);
    }
    text
}

/// Returns the first paragraph as one line, for a list.
pub(super) fn summary(docs: &Docs, constraints: &Constraints) -> Option<String> {
    let lines = lines(docs, constraints);
    let paragraph: Vec<&str> = lines.iter().map(|line| line.trim()).take_while(|line| !line.is_empty()).collect();
    (!paragraph.is_empty()).then(|| paragraph.join(" "))
}

/// Returns the documentation of an operation: its description, its route, and its credentials and permissions.
pub(super) fn operation_lines(operation: &Operation, server: Option<String>) -> Vec<String> {
    let docs = lines(&Docs { link: None, ..operation.docs.clone() }, &Constraints::default());
    let mut facts = code(&format!("{} {}", operation.method, operation.path));
    if let Some(server) = server {
        facts.push_str(&format!(" · server: {}", if server.is_empty() { code("/") } else { code(&server) }));
    }
    let names = |schemes: &Vec<Scheme>| schemes.iter().map(|one| code(&one.name)).collect::<Vec<_>>().join(" and ");
    let mut credentials: Vec<String> = operation.credentials.iter().filter(|all| !all.is_empty()).map(names).collect();
    if !credentials.is_empty() {
        credentials.extend(operation.credentials.iter().any(Vec::is_empty).then(|| String::from("none")));
        facts.push_str(&format!(" · credential: {}", credentials.join(" or ")));
    }
    let needed = |all: &Vec<(String, String)>| {
        all.iter().map(|(name, level)| code(&format!("{name}: {level}"))).collect::<Vec<_>>().join(" and ")
    };
    let permissions: Vec<String> =
        operation.permissions.iter().flatten().filter(|all| !all.is_empty()).map(needed).collect();
    if !permissions.is_empty() {
        facts.push_str(&format!(" · permission: {}", permissions.join(" or ")));
    }
    if let Some(link) = operation.docs.link.as_deref().filter(|link| !link.trim().is_empty()) {
        facts.push_str(&format!(" · {}", escaped(link).join(" ")));
    }
    with_summary(docs, facts)
}

/// Makes the first line a paragraph of its own, because `operation!` writes the call below the first line. If that is
/// impossible, the facts are the first line.
fn with_summary(mut docs: Vec<String>, facts: String) -> Vec<String> {
    let end = docs.iter().position(String::is_empty).unwrap_or(docs.len());
    let is_text = end_of_text(&mut docs[..end]).is_some();
    if docs.is_empty() {
        return vec![facts];
    }
    if end > 1 && !is_text {
        docs.splice(..0, [facts, String::new()]);
    } else {
        let summary = docs[..end].join(" ");
        docs.splice(..end, [summary]);
        docs.extend([String::new(), facts]);
    }
    docs
}

/// Returns headers with their descriptions after an empty line: as a list, or on one line if none has a description.
pub(super) fn header_list<'a>(title: &str, headers: impl Iterator<Item = &'a Parameter>) -> Vec<String> {
    let headers: Vec<(String, Option<String>)> =
        headers.map(|one| (code(&one.name), summary(&one.docs, &one.constraints))).collect();
    if headers.is_empty() {
        return Vec::new();
    }
    if headers.iter().all(|(_, said)| said.is_none()) {
        let names: Vec<String> = headers.into_iter().map(|(name, _)| name).collect();
        return vec![String::new(), format!("{title}: {}.", names.join(", "))];
    }
    let item = |(name, said): (String, Option<String>)| {
        format!("- {name}{}", said.map_or_else(String::new, |line| format!(": {line}")))
    };
    [String::new(), format!("{title}:"), String::new()].into_iter().chain(headers.into_iter().map(item)).collect()
}

fn facts(constraints: &Constraints) -> String {
    let mut facts = Vec::new();
    match (&constraints.minimum, &constraints.maximum) {
        (Some(least), Some(greatest)) => facts.push(format!("From {least} to {greatest}.")),
        (Some(least), None) => facts.push(format!("At least {least}.")),
        (None, Some(greatest)) => facts.push(format!("At most {greatest}.")),
        (None, None) => {}
    }
    match (constraints.read_only, constraints.write_only) {
        (true, false) => facts.push(String::from("Only in responses.")),
        (false, true) => facts.push(String::from("Only in requests.")),
        _ => {}
    }
    if let Some(default) = &constraints.default {
        facts.push(format!("Default: {}.", code(&octogen_runtime::encode(default))));
    }
    facts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::named_lines;
    use crate::ir::{Constraints, Docs};

    #[test]
    fn texts_that_repeat_the_name_are_left_out() {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        for (name, title, description, lines) in [
            ("PullRequest", "Pull Request", "", ""),
            ("pull_request", "", "pull request.", ""),
            ("r_2_d_2", "R2-D2", "A droid.", "A droid."),
            ("Größe", "größe", "", ""),
            ("User", "Simple User", "A user.", "Simple User.\n\nA user."),
            ("User", "Simple User", "User", "Simple User."),
            ("User", "", "", ""),
        ] {
            let docs = Docs { title: text(title), description: text(description), ..Docs::default() };
            assert_eq!(named_lines(&docs, &Constraints::default(), name).join("\n"), lines, "{name} {title}");
        }
    }
}
