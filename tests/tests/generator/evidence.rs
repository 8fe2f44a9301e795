//! Payloads as evidence for types: by mode, recorded payloads, and the report of an earlier run.

use octogen::coverage::{PayloadKind, Row};
use octogen::source::{NoFiles, Source};
use octogen::{Evidence, Generated, Mode, Options, Output, Recorded, generate};
use octogen_runtime::{Slot, Value, decode, encode};
use tests::emitted::evidence_unstated::models;

const DOCUMENT: &str = r##"
openapi: 3.1.0
info: { title: Evidence, version: "1" }
paths:
  /it:
    get:
      operationId: it/get
      responses: { "200": { description: ok, content: { application/json: { schema: { $ref: "#/components/schemas/It" }, example: EXAMPLE } } } }
    post:
      operationId: it/add
      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/It" } } } }
      responses: { "204": { description: ok } }
webhooks:
  it-made: { post: { requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/It" } } } }, responses: { "200": { description: ok } } } }
  it-lost: { post: { requestBody: { content: { application/json: { schema: { type: object, properties: { action: { type: string } } } } } }, responses: { "200": { description: ok } } } }
components:
  schemas:
    It: { type: object, required: [a], properties: { a: { type: string }, b: { type: integer }, list: { type: array, items: { type: string } }, free: {} } }
"##;

/// Returns the widened places, and whether the payload is equal after a round trip.
type Outcome = (&'static [&'static str], bool);

/// Payloads, and the type `It` that results in each mode.
const CASES: &[(&str, [Outcome; 3])] = &[
    ("{ a: x }", [(&[], true), (&[], true), (&[], true)]),
    ("{ }", [(&[], false), (&["optional a"], true), (&["optional a"], true)]),
    ("{ a: null }", [(&[], false), (&["nullable"], true), (&["nullable"], true)]),
    ("{ a: x, b: null }", [(&[], false), (&["nullable"], true), (&["nullable"], true)]),
    ("{ a: x, c: { d: [1] } }", [(&[], false), (&["added c"], true), (&["added c"], true)]),
    ("{ a: x, list: [y, null] }", [(&[], false), (&["nullable"], true), (&["nullable"], true)]),
    ("{ a: x, free: { d: 1 } }", [(&[], true), (&["observed"], true), (&["observed"], true)]),
    ("{ a: x, free: [{ d: 1 }, 2, null] }", [(&[], true), (&["observed"], true), (&["observed"], true)]),
    ("{ a: 1 }", [(&[], false), (&[], false), (&["union"], true)]),
    ("{ a: x, b: 1.5 }", [(&[], false), (&[], false), (&["number"], true)]),
    ("{ a: x, b: 1e2 }", [(&[], false), (&[], false), (&["number"], true)]),
    ("{ a: x, b: 99999999999999999999 }", [(&[], false), (&[], false), (&["number"], true)]),
    ("{ b: x }", [(&[], false), (&["optional a"], false), (&["optional a", "union"], true)]),
    ("[{ a: x }]", [(&[], false), (&[], false), (&["union"], true)]),
    ("null", [(&[], false), (&["nullable"], true), (&["nullable"], true)]),
];

#[test]
fn each_mode_widens_what_it_may() {
    for (example, outcomes) in CASES {
        for (mode, (widened, equal)) in [Mode::Off, Mode::Presence, Mode::All].into_iter().zip(outcomes) {
            let output = output(example, Evidence { mode, ..Evidence::default() });
            assert_eq!(said(&output), *widened, "{example} {mode:?}");
            let row = row(&output, PayloadKind::Response);
            assert_eq!((row.payloads, row.equal), (1, usize::from(*equal)), "{example} {mode:?}");
            assert_eq!(output.round_trips.text.matches("#[test]").count(), row.equal, "{example} {mode:?}");
        }
    }
}

/// Recorded payloads by their path, and whether they are of anything.
const PATHS: &[(&str, &str, bool)] = &[
    ("it/1.json", r#"{"action":"made","a":"x"}"#, true),
    ("it_made/some.json", r#"{"a":"x"}"#, true),
    ("it/2.json", r#"{"action":"unheard"}"#, false),
    ("it/get/200.json", r#"{"a":"x"}"#, true),
    ("it/get/200-more.json", r#"{"a":"x"}"#, true),
    ("it/get/404.json", r#"{"a":"x"}"#, false),
    ("it/add/request.json", r#"{"a":"x"}"#, true),
    ("it/get/request.json", r#"{"a":"x"}"#, false),
    ("it.json", r#"{"a":"x"}"#, false),
    ("it_made/broken.json", r#"{"a":"#, false),
];

#[test]
fn a_path_says_what_was_recorded() {
    for (path, text, is_known) in PATHS {
        let generated = generated("{ a: x }", with(&[(path, text)]));
        let warned = generated.diagnostics.iter().any(|one| one.place.file == *path);
        assert_eq!(warned, !is_known, "{path}: {:?}", generated.diagnostics);
        let output = generated.output.expect("the document has no error");
        assert_eq!(row(&output, PayloadKind::Recorded).equal, usize::from(*is_known), "{path}");
    }
}

#[test]
fn recorded_payloads_widen_unless_they_are_only_tests() {
    let evidence = with(&[("it_made/1.json", r#"{"secret":"hush","deep":[{"key":"hush"}]}"#)]);
    let wide = output("{ a: x }", evidence.clone());
    assert_eq!(said(&wide), ["optional a", "added secret", "added deep"]);
    assert_eq!(row(&wide, PayloadKind::Recorded).equal, 1);
    assert!(!wide.coverage.to_json(&|_| None).contains("hush"), "the report tells what a payload says");
    let narrow = output("{ a: x }", Evidence { only_tests: true, ..evidence });
    assert_eq!(said(&narrow), [""; 0]);
    assert_eq!(row(&narrow, PayloadKind::Recorded), Row { payloads: 1, contradicted: 1, ..Row::default() });
}

#[test]
fn text_that_comes_has_no_type_to_widen() {
    let json = "application/json: { schema: { $ref: \"#/components/schemas/It\" }, example: EXAMPLE }";
    let document = DOCUMENT.replacen(json, "text/plain: { schema: { type: string }, example: EXAMPLE }", 1);
    let source = Source { path: "it.yaml".to_owned(), text: document.replace("EXAMPLE", "{ a: x }") };
    let evidence = Evidence { mode: Mode::All, ..Evidence::default() };
    let output = generate(&source, &NoFiles, &Options { evidence, ..Options::default() }).output;
    let output = output.expect("the document has no error");
    assert_eq!(said(&output), [""; 0]);
    assert_eq!(row(&output, PayloadKind::Response), Row { payloads: 1, contradicted: 1, ..Row::default() });
}

#[test]
fn what_was_wide_stays_wide() {
    for (example, _) in CASES {
        let evidence = Evidence { mode: Mode::All, ..Evidence::default() };
        let first = output(example, evidence.clone());
        let report = first.coverage.to_json(&|_| None);
        let second = output("{ a: x }", Evidence { earlier: Some(report.clone()), ..evidence.clone() });
        assert_eq!(said(&first), said(&second), "{example}");
        let same = first.library.iter().zip(&second.library).all(|(one, other)| one.text == other.text);
        assert!(same, "{example}: the types differ");
        let third = output(example, Evidence { earlier: Some(report), ..evidence });
        assert_eq!(third.coverage.to_json(&|_| None), first.coverage.to_json(&|_| None), "{example}");
    }
}

#[test]
fn what_no_schema_states_can_be_anything() {
    let unlike = ["null", "true", "1.5", r#""x""#, "[]", r#"[1,null,{"id":"x","deep":[]}]"#, "{}"];
    let unlike =
        unlike.into_iter().chain([r#"{"id":"x","tags":7,"link":[1],"size":null,"items":[{"id":{}}],"more":1}"#]);
    for json in unlike {
        comes_back::<models::GetUnstatedResponse>(json);
        comes_back::<Option<models::GetUnstatedResponse404>>(json);
        comes_back::<models::PutUnstatedBody>(json);
        for within in [r#"{"inner":X,"sure":1}"#, r#"{"sure":X}"#, r#"{"sure":1,"list":[X]}"#] {
            comes_back::<models::Within>(&within.replace('X', json));
        }
    }
}

fn comes_back<T: Slot>(json: &str) {
    let value: T = decode(json.as_bytes()).unwrap_or_else(|error| panic!("{json} does not decode: {error}"));
    // Keys that are not declared come behind those that are.
    let (back, json): (Value, Value) = (decode(encode(&value).as_bytes()).unwrap(), decode(json.as_bytes()).unwrap());
    assert_eq!(back, json);
}

#[test]
fn a_report_that_fits_nothing_is_ignored() {
    for report in ["", "[]", "{}", r#"{"widened":[{"at":"nowhere","what":"nullable","file":"a","pointer":"/a"}]}"#] {
        let generated = generated("{ a: x }", Evidence { earlier: Some(report.to_owned()), ..Evidence::default() });
        assert_eq!(generated.diagnostics.len(), 1, "{report}: {:?}", generated.diagnostics);
        assert!(generated.output.is_some(), "{report}");
    }
}

fn with(recorded: &[(&str, &str)]) -> Evidence {
    let recorded = recorded.iter().map(|(path, text)| Recorded { path: (*path).to_owned(), text: (*text).to_owned() });
    Evidence { recorded: recorded.collect(), ..Evidence::default() }
}

fn generated(example: &str, evidence: Evidence) -> Generated {
    let source = Source { path: "it.yaml".to_owned(), text: DOCUMENT.replace("EXAMPLE", example) };
    generate(&source, &NoFiles, &Options { evidence, ..Options::default() })
}

fn output(example: &str, evidence: Evidence) -> Output {
    generated(example, evidence).output.expect("the document has no error")
}

fn said(output: &Output) -> Vec<String> {
    let said = |one: &octogen::Widening| [one.what, one.key.as_deref().unwrap_or_default()].join(" ").trim().to_owned();
    output.coverage.widened.iter().map(said).collect()
}

fn row(output: &Output, kind: PayloadKind) -> Row {
    output.coverage.rows.iter().find(|(one, _)| *one == kind).map(|(_, row)| *row).unwrap_or_default()
}
