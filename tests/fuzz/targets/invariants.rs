//! Invariants of every document, valid or not.

use octogen::diagnostic::Severity;
use octogen::report::{render, render_json, texts};
use octogen::source::{Loader, Source};
use octogen::{Evidence, Generated, Mode, Options, UnknownFields, generate};

/// The text of a file; its error must be clear if it has none.
pub fn read(path: &str, bytes: &[u8]) -> Option<Source> {
    match Source::from_bytes(path.to_owned(), bytes.to_vec()) {
        Ok(source) => Some(source),
        Err(diagnostic) => {
            let lossy = |_: &str| Some(String::from_utf8_lossy(bytes).into_owned());
            assert!(!render(&[diagnostic], &lossy, 80, false).is_empty());
            None
        }
    }
}

/// Generates twice. Both outputs are equal and parse as Rust, and there is an output unless there is an error.
pub fn generated(source: &Source, loader: &dyn Loader, overlays: Vec<Source>) {
    let options = Options { overlays, ..options(source.text.len()) };
    let Generated { diagnostics, output } = generate(source, loader, &options);
    let refused = diagnostics.iter().any(|one| one.severity == Severity::Error);
    assert_eq!(refused, output.is_none());
    let files = output.iter().flat_map(|output| output.library.iter().chain([&output.round_trips, &output.type_table]));
    for file in files {
        assert!(syn::parse_file(&file.text).is_ok(), "{} is no Rust", file.path);
    }
    let again = generate(source, loader, &options).output;
    assert_eq!(again.map(|again| again.library), output.map(|output| output.library));
    let texts = texts(source, &options.overlays, loader);
    let rendered = render(&diagnostics, &texts, 80, true);
    assert_eq!(rendered.is_empty(), diagnostics.is_empty());
    assert_eq!(render_json(&diagnostics, &texts).lines().count(), diagnostics.len());
    for one in &diagnostics {
        assert!(one.help.is_some() && !one.message.is_empty(), "{one:?}");
    }
}

/// Each of them has its turn, and the same document has always the same.
fn options(turn: usize) -> Options {
    let mode = [Mode::Presence, Mode::All, Mode::Off][turn % 3];
    Options {
        evidence: Evidence { mode, ..Evidence::default() },
        features: turn % 2 == 0,
        unknown_fields: if turn % 5 == 0 { UnknownFields::Keep } else { UnknownFields::Drop },
        place_names: turn % 7 != 0,
        ..Options::default()
    }
}
