//! `rustfmt` changes no emitted file, in the style of rustfmt and in the style of this repository, and the style changes no
//! item.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use octogen::files::{Folder, read};
use octogen::{CrateOptions, Heuristics, Options, Style, generate, generate_crate};

/// The style of this repository.
const WIDE: Style = Style { max_width: 120, heuristics: Heuristics::Max };
/// The widest style: an item that no other line breaks is on one line.
const WIDEST: Style = Style { max_width: 10_000, heuristics: Heuristics::Max };

#[test]
fn rustfmt_changes_no_module() {
    assert_unchanged("default", Style::default(), modules(Style::default()));
    assert_unchanged("max", WIDE, modules(WIDE));
}

#[test]
fn the_style_changes_no_item() {
    let narrow = modules(Style { max_width: 40, heuristics: Heuristics::Default });
    for ((path, narrow), (_, wide)) in narrow.zip(modules(WIDEST)) {
        assert_eq!(reprint(&path, &narrow), reprint(&path, &wide), "{path}");
    }
}

/// Prints a file with prettyplease, whose layout depends on the items alone.
fn reprint(path: &str, text: &str) -> String {
    let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path} is not Rust: {error}"));
    prettyplease::unparse(&file)
}

/// Generates all fixtures in a style: the path and the text of each module.
fn modules(style: Style) -> impl Iterator<Item = (String, String)> {
    fixtures("tests/fixtures/emit").into_iter().flat_map(move |file| {
        let source = read(&file, &file.display().to_string()).expect("readable");
        let topic = file.file_stem().and_then(|stem| stem.to_str()).expect("it has a name").to_owned();
        let options = Options {
            evidence: xtask::evidence_of(&topic),
            unknown_fields: xtask::unknown_fields_of(&topic),
            features: true,
            style,
            ..Options::default()
        };
        let output = generate(&source, &Folder::of(&file), &options).output.expect("it is generated");
        let others = [output.round_trips, output.type_table];
        output.library.into_iter().chain(others).map(move |file| (format!("{topic}/{}", file.path), file.text))
    })
}

#[test]
fn rustfmt_changes_no_file_of_a_crate() {
    let files = fixtures("tests/fixtures/stand_alone").into_iter().flat_map(|file| {
        let source = read(&file, &file.display().to_string()).expect("readable");
        let output = generate_crate(&source, &Folder::of(&file), &CrateOptions::default()).output;
        let output = output.expect("it is generated");
        output.files.into_iter().map(move |file| (format!("{}/{}", output.name, file.path), file.text))
    });
    assert_unchanged("crates", Style::default(), files);
}

/// Writes the Rust files and runs `rustfmt --check` on them. Without rustfmt, nothing is checked.
fn assert_unchanged(name: &str, style: Style, files: impl Iterator<Item = (String, String)>) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("formatting").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("removable");
    }
    let mut paths = Vec::new();
    for (path, text) in files.filter(|(path, _)| path.ends_with(".rs")) {
        let file = folder.join(path);
        fs::create_dir_all(file.parent().expect("it has a parent")).expect("writable");
        fs::write(&file, text).expect("writable");
        paths.push(file);
    }
    assert!(paths.len() > 10, "only {} files were written", paths.len());
    let heuristics = match style.heuristics {
        Heuristics::Default => "Default",
        Heuristics::Max => "Max",
    };
    let config = format!("max_width={},use_small_heuristics={heuristics}", style.max_width);
    let rustfmt =
        Command::new("rustfmt").args(["--edition", "2024", "--check", "--config", &config]).args(&paths).output();
    let Ok(output) = rustfmt else { return };
    let differences = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{differences}{}", String::from_utf8_lossy(&output.stderr));
}

/// The documents of a folder.
fn fixtures(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(xtask::root().join(folder)).expect("the folder is there");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "yaml"));
    files.sort();
    files
}
