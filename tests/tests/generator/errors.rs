//! Reports of mistakes in documents: a fixture or a recipe for each, and a snapshot of the report.

use std::fs;
use std::path::{Path, PathBuf};

use octogen::command::{DiagnosticArguments, try_document};
use octogen::diagnostic::{Code, Diagnostic, Severity};
use octogen::report::{render, render_json, texts};
use octogen::source::{Loader, Source};
use octogen::{Options, generate};

/// The width of the terminal.
const WIDTH: usize = 80;

const START: &str = "openapi: 3.1.0\ninfo: { title: Zoo, version: '1' }\n";

/// Documents that are too large to be kept, or that an editor or git would change.
fn recipes() -> Vec<(&'static str, Vec<u8>)> {
    let yaml = |rest: &str| format!("{START}{rest}").into_bytes();
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let utf16 = [b"\xff\xfe".to_vec(), wide(START)].concat();
    let utf16_be: Vec<u8> = r#"{"openapi":"3.1.0"}"#.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let levels = |open: &str, depth: usize| open.repeat(depth);
    let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let repeats = |pair: &[&str]| format!("x-{}: &{} [{}]\n", pair[1], pair[1], format!("*{},", pair[0]).repeat(9));
    let bomb = format!("x-a: &a [x, x]\n{}", names.windows(2).map(repeats).collect::<String>());
    let long = |key: &str| format!(r#""x-{key}":"{}""#, "é".repeat(200_000));
    let long = format!(r#"{{"openapi":"3.1.0",{},"paths":[],{}}}"#, long("before"), long("behind"));
    let nested: String = (1..=200).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    vec![
        ("alias_bomb.yaml", yaml(&bomb)),
        ("bidi.yaml", yaml("paths:\n  '/\u{202e}a': { get: '\u{202e}\u{2066}b' }\n")),
        ("bom.json", b"\xef\xbb\xbf{ \"openapi\": \"3.1.0\", \"paths\": 1 }".to_vec()),
        ("bom.yaml", [b"\xef\xbb\xbf", yaml("paths: 1\n").as_slice()].concat()),
        ("control.yaml", yaml("paths:\n  /a: { description: 'a\u{7}' }\n")),
        ("crlf.yaml", yaml("paths:\n  /a:\n    get: []\n  /b: { post: 1 }\n").join_lines("\r\n")),
        ("gzip.yaml", b"\x1f\x8b\x08\0\x99".to_vec()),
        ("latin_1.yaml", b"openapi: 3.1.0\ninfo:\n  title: Zoo f\xfcr Kinder\n".to_vec()),
        ("long_line.json", long.into_bytes()),
        ("nested.json", format!(r#"{{"openapi":"3.1.0","x":{}"#, levels("[", 100_000)).into_bytes()),
        ("nested.yaml", yaml(&format!("x: {}", levels("[", 100_000)))),
        ("nested_by_lines.yaml", yaml(&format!("x:\n{nested}"))),
        ("shift_jis.yaml", [yaml("x: ").as_slice(), b"\x93\xae\x95\xa8\n"].concat()),
        ("tab.yaml", yaml("paths:\n  /a:\n\tget: {}\n")),
        ("tab_behind.yaml", yaml("paths:\t[]\t# a list\n")),
        ("utf_16.yaml", utf16),
        ("utf_16_without_mark.json", utf16_be),
        ("wide.yaml", yaml("paths: { /動物園: { get: { description: 動物がいる, deprecated: はい, tags: 🐘 } } }\n")),
    ]
}

trait JoinLines {
    fn join_lines(self, end: &str) -> Self;
}

impl JoinLines for Vec<u8> {
    fn join_lines(self, end: &str) -> Self {
        String::from_utf8_lossy(&self).replace('\n', end).into_bytes()
    }
}

/// Documents with several mistakes, and how many of them one run shows.
const SEVERAL: [(&str, usize); 10] = [
    ("keys_misspelt.yaml", 7),
    ("keys_misspelt_in_files.yaml", 28),
    ("parameter_without_schema.yaml", 5),
    ("path_parameters.yaml", 2),
    ("ref_cycle.yaml", 3),
    ("ref_out_of_folder.yaml", 6),
    ("ref_to_missing_file.yaml", 2),
    ("ref_to_missing_part.yaml", 3),
    ("ref_to_nowhere.yaml", 3),
    ("wrong_types.yaml", 11),
];

/// A document with its diagnostics.
struct Case {
    name: String,
    source: Source,
    found: Vec<Diagnostic>,
    is_generated: bool,
}

#[test]
fn each_mistake_has_the_report_of_its_snapshot() {
    snapshots().bind(|| {
        for case in cases() {
            let report = render(&case.found, &texts(&case.source, &[], &Fixtures), WIDTH, false);
            let outcome = if case.is_generated { "The code is still generated." } else { "Nothing is generated." };
            insta::assert_snapshot!(case.name.replace('.', "_"), format!("{report}\n{outcome}\n"));
            for line in report.lines().filter(|line| line.contains(" | ")) {
                let columns: usize = line.chars().map(|char| if char < '\u{1100}' { 1 } else { 2 }).sum();
                assert!(columns <= WIDTH, "{}: an excerpt is wider than the terminal: {line}", case.name);
            }
        }
    });
}

#[test]
fn each_has_its_place_and_says_what_to_do() {
    for case in cases() {
        assert!(!case.found.is_empty(), "{} is not complained about", case.name);
        for one in &case.found {
            assert!(
                one.help.as_ref().is_some_and(|help| !help.is_empty()),
                "{}: {} has no help",
                case.name,
                one.message
            );
            assert!(!one.message.ends_with('.') && !one.message.contains('\n'), "{}: {}", case.name, one.message);
        }
        let lines = render_json(&case.found, &texts(&case.source, &[], &Fixtures));
        assert_eq!(lines.lines().count(), case.found.len());
        for line in lines.lines() {
            let object: serde_json::Value = serde_json::from_str(line).expect("each line is JSON");
            for key in ["line", "column", "end_line", "end_column"] {
                assert!(object[key].as_u64().is_some_and(|number| number > 0), "{}: no `{key}` in {line}", case.name);
            }
        }
    }
}

#[test]
fn an_error_leaves_no_output_and_a_warning_does() {
    let mut refused = 0;
    for case in cases() {
        let has_error = case.found.iter().any(|one| one.severity == Severity::Error);
        assert_eq!(has_error, !case.is_generated, "{}", case.name);
        refused += usize::from(has_error);
    }
    assert!(refused > 25, "only {refused} documents are refused");
}

#[test]
fn all_mistakes_are_reported_in_one_run() {
    let cases = cases();
    for (name, count) in SEVERAL {
        let case = cases.iter().find(|case| case.name == name).unwrap_or_else(|| panic!("{name} is not there"));
        assert_eq!(case.found.len(), count, "{name}: {:#?}", case.found);
    }
}

/// Returns the codes that the fixtures have.
pub fn codes() -> Vec<Code> {
    cases().iter().flat_map(|case| case.found.iter().map(|one| one.code)).collect()
}

/// For editors and other programs: wide characters, several files, a text that can't be read, one that is empty.
#[test]
fn programs_get_lines_of_json() {
    let wanted = ["wide.yaml", "ref_to_missing_part.yaml", "json_cut.json", "latin_1.yaml", "empty.yaml", "crlf.yaml"];
    let cases = cases();
    let lines = |name: &&str| {
        let case = cases.iter().find(|case| case.name == **name).unwrap_or_else(|| panic!("{name} is not there"));
        render_json(&case.found, &texts(&case.source, &[], &Fixtures))
    };
    let lines: String = wanted.iter().map(lines).collect();
    snapshots().bind(|| insta::assert_snapshot!("as_json", lines));
    // If the file can't be read again, unknown positions are null.
    let case = cases.iter().find(|case| case.name == "array.json").expect("it is there");
    let line = render_json(&case.found, &|_| None);
    assert!(line.contains(r#""line":null,"column":null,"end_line":null,"end_column":null,"pointer":"""#), "{line}");
}

#[test]
fn colors_and_narrow_terminals_show_the_same() {
    let case = cases().into_iter().find(|case| case.name == "ref_to_missing_part.yaml").expect("it is there");
    let rendered = |width, color| render(&case.found, &texts(&case.source, &[], &Fixtures), width, color);
    let text = format!("{}\n{}", rendered(40, false), rendered(WIDTH, true).replace('\u{1b}', "␛"));
    snapshots().bind(|| insta::assert_snapshot!("narrow_and_colored", text));
}

/// The command fails exactly if a document has an error, and then leaves the folder unchanged.
#[test]
fn the_command_fails_and_writes_nothing() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("errors");
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("removable");
    }
    fs::create_dir_all(folder.join("parts")).expect("writable");
    for (name, bytes) in documents() {
        fs::write(folder.join(name), bytes).expect("writable");
    }
    for part in entries(&fixtures().join("parts")) {
        fs::copy(&part, folder.join("parts").join(part.file_name().unwrap_or_default())).expect("writable");
    }
    let before = contents(&folder);
    for case in cases() {
        let done = try_document(&folder.join(&case.name), None, &DiagnosticArguments::default());
        assert_eq!(done.is_ok(), case.is_generated, "{}: {done:?}", case.name);
    }
    assert!(try_document(&folder.join("nobody.yaml"), None, &DiagnosticArguments::default()).is_err());
    assert!(try_document(&folder, None, &DiagnosticArguments::default()).is_err());
    assert!(contents(&folder) == before, "the folder has changed");
}

fn cases() -> Vec<Case> {
    documents().into_iter().map(|(name, bytes)| case(name, bytes)).collect()
}

/// Runs it as `cargo xtask try` does, in the folder of the fixtures.
fn case(name: String, bytes: Vec<u8>) -> Case {
    let lossy = String::from_utf8_lossy(&bytes).into_owned();
    match Source::from_bytes(name.clone(), bytes) {
        Ok(source) => {
            let generated = generate(&source, &Fixtures, &Options::default());
            Case { name, source, found: generated.diagnostics, is_generated: generated.output.is_some() }
        }
        Err(problem) => {
            let source = Source { path: name.clone(), text: lossy };
            Case { name, source, found: vec![problem], is_generated: false }
        }
    }
}

/// The fixtures and the recipes.
fn documents() -> Vec<(String, Vec<u8>)> {
    let files = entries(&fixtures()).into_iter().filter(|path| path.is_file());
    let name = |path: &Path| path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
    let files = files.map(|path| (name(&path), fs::read(&path).expect("readable")));
    let documents: Vec<_> = files.chain(recipes().into_iter().map(|(name, bytes)| (name.to_owned(), bytes))).collect();
    assert!(documents.len() > 50, "only {} documents were found", documents.len());
    documents
}

/// Brings the files beside the fixtures.
struct Fixtures;

impl Loader for Fixtures {
    fn load(&self, path: &str) -> Result<Source, String> {
        let text = fs::read_to_string(fixtures().join(path));
        let text = text.map_err(|_| format!("the file `{path}` does not exist"))?;
        Ok(Source { path: path.to_owned(), text })
    }
}

fn snapshots() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots/errors");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/errors")
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().flatten().map(|one| one.path()).collect();
    paths.sort();
    paths
}

/// Returns every file below a folder with its content.
fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let below = |path: PathBuf| {
        if path.is_dir() { contents(&path) } else { vec![(path.clone(), fs::read(&path).expect("readable"))] }
    };
    entries(folder).into_iter().flat_map(below).collect()
}
