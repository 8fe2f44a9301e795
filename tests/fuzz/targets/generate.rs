//! Everything that happens to a document, from its bytes to the report.
#![no_main]

use libfuzzer_sys::fuzz_target;
use octogen::diagnostic::Severity;
use octogen::report::{render, render_json, texts};
use octogen::source::{Loader, Source};
use octogen::{Options, generate};

/// One file lies beside the document, with the same text.
struct Twin<'a>(&'a Source);

impl Loader for Twin<'_> {
    fn load(&self, path: &str) -> Result<Source, String> {
        let twin = Source { path: path.to_owned(), text: self.0.text.clone() };
        if path == "a.yaml" { Ok(twin) } else { Err(format!("`{path}` is not there")) }
    }
}

fuzz_target!(|bytes: &[u8]| {
    // Without an ending the text says which format it is.
    let source = match Source::from_bytes("document".to_owned(), bytes.to_vec()) {
        Ok(source) => source,
        Err(diagnostic) => {
            let lossy = |_: &str| Some(String::from_utf8_lossy(bytes).into_owned());
            assert!(!render(&[diagnostic], &lossy, 80, false).is_empty());
            return;
        }
    };
    let generated = generate(&source, &Twin(&source), &Options::default());
    for file in generated.output.iter().flat_map(|output| &output.library) {
        assert!(syn::parse_file(&file.text).is_ok(), "{} is no Rust", file.path);
    }
    let refused = generated.diagnostics.iter().any(|one| one.severity == Severity::Error);
    assert_eq!(refused, generated.output.is_none());
    let twin = Twin(&source);
    let texts = texts(&source, &[], &twin);
    let shown = render(&generated.diagnostics, &texts, 80, true);
    assert_eq!(shown.is_empty(), generated.diagnostics.is_empty());
    assert_eq!(render_json(&generated.diagnostics, &texts).lines().count(), generated.diagnostics.len());
    for one in &generated.diagnostics {
        assert!(one.help.is_some() && !one.message.is_empty(), "{one:?}");
    }
});
