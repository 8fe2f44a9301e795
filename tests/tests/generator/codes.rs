//! Each code of a diagnostic has a document or an option that causes it.

use octogen::diagnostic::Code;
use octogen::source::{NoFiles, Source};
use octogen::{Evidence, Options, Recorded, generate};

use crate::{contradictions, errors};

const ZOO: &str = "openapi: 3.1.0\ninfo: { title: Zoo, version: '1' }\npaths: {}\n";

/// Codes that are about an option and not about the document alone.
fn codes_of_options() -> Vec<Code> {
    let overlay = |actions: &str| {
        let text = format!("overlay: 1.0.0\ninfo: {{ title: Zoo, version: '1' }}\nactions: [{actions}]\n");
        Options { overlays: vec![Source { path: String::from("overlay.yaml"), text }], ..Options::default() }
    };
    let recorded = |text: &str| {
        let recorded = vec![Recorded { path: String::from("nowhere/1.json"), text: text.to_owned() }];
        Options { evidence: Evidence { recorded, ..Evidence::default() }, ..Options::default() }
    };
    let earlier = |report: &str| {
        let evidence = Evidence { earlier: Some(report.to_owned()), ..Evidence::default() };
        Options { evidence, ..Options::default() }
    };
    let options = [
        Options { mount: String::from("crate::9lives"), ..Options::default() },
        Options { only: "tag:nowhere".parse().into_iter().collect(), ..Options::default() },
        overlay("{ target: $.info }"),
        overlay("{ target: $.nowhere, remove: true }"),
        recorded("{"),
        recorded("{}"),
        earlier("[]"),
        earlier(r#"{"widened":[{"at":"nowhere","what":"nullable","file":"a","pointer":"/a"}]}"#),
    ];
    let zoo = Source { path: String::from("zoo.yaml"), text: ZOO.to_owned() };
    let found = options.iter().flat_map(|options| generate(&zoo, &NoFiles, options).diagnostics);
    found.map(|one| one.code).collect()
}

#[test]
fn each_code_has_a_document_or_an_option() {
    let seen = [errors::codes(), contradictions::codes(), codes_of_options()].concat();
    let missing: Vec<&Code> = Code::ALL.iter().filter(|code| !seen.contains(code)).collect();
    assert!(missing.is_empty(), "nothing has these codes: {missing:?}");
}
