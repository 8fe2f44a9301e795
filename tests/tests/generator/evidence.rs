//! Payloads as evidence for types: by mode, recorded payloads, and the report of an earlier run.

use octogen::coverage::{PayloadKind, Row};
use octogen::diagnostic::{Code, Diagnostic};
use octogen::source::{NoFiles, Source};
use octogen::{Evidence, ExampleFunctions, Generated, Mode, Options, Output, Recorded, generate};
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
];

#[test]
fn each_mode_widens_what_it_may() {
    for (example, outcomes) in CASES {
        for (mode, (widened, equal)) in [Mode::Off, Mode::Presence, Mode::All].into_iter().zip(outcomes) {
            let output = output(example, Evidence { mode, ..Evidence::default() });
            assert_eq!(said(&output), *widened, "{example} {mode:?}");
            let row = row(&output, PayloadKind::Response);
            assert_eq!((row.payloads, row.equal), (1, usize::from(*equal)), "{example} {mode:?}");
            assert_eq!(output.round_trips.text.matches(" check::<").count(), row.equal, "{example} {mode:?}");
        }
    }
}

/// Schemas that admit null, and schemas that do not.
const NULLS: [(&[&str], usize); 2] = [
    (
        &[
            "type: [object, 'null']",
            "anyOf: [{ $ref: '#/components/schemas/It' }, { type: 'null' }]",
            "nullable: true, type: string",
            "properties: { a: {} }",
            "enum: [a, null]",
            "oneOf: [{ type: string }, { type: 'null' }]",
            "allOf: [{ type: [string, 'null'] }]",
            "title: anything",
        ],
        0,
    ),
    (
        &[
            "type: object",
            "$ref: '#/components/schemas/It'",
            "type: string",
            "enum: [a]",
            "oneOf: [{ type: string }, { type: integer }]",
            "allOf: [{ type: string }]",
            "type: array, items: {}",
        ],
        1,
    ),
];

#[test]
fn null_is_evidence_only_where_the_schema_admits_it() {
    let cases = NULLS.iter().flat_map(|(schemas, nulls)| schemas.iter().map(move |schema| (*schema, *nulls)));
    for (schema, nulls) in cases {
        for keyword in ["example: null", "examples: [null]"] {
            let field = format!("properties: {{ f: {{ {schema}, {keyword} }}, a:");
            let document = DOCUMENT.replacen("properties: { a:", &field, 1).replace("EXAMPLE", "{ a: x }");
            let (output, diagnostics) = of_text(&document, Mode::All);
            let row = row(&output, PayloadKind::Schema);
            assert_eq!((row.equal, row.contradicted), (1 - nulls, 0), "{schema}");
            let reported = diagnostics.iter().filter(|one| one.code == Code::NullExample).count();
            assert_eq!((output.coverage.null_examples, reported), (nulls, nulls), "{schema}: {diagnostics:?}");
            // A schema without a type admits null, and its type gets it from the evidence.
            let widened = if schema.starts_with("properties") { vec!["nullable"] } else { Vec::new() };
            assert_eq!(said(&output), widened, "{schema}");
        }
    }
    let (output, diagnostics) = of_text(&DOCUMENT.replace("EXAMPLE", "null"), Mode::All);
    assert_eq!((output.coverage.null_examples, diagnostics.len(), output.counts.examples), (1, 1, 0));
}

/// Texts as examples of the type `It` or of another schema, and the example that is tested.
const TEXTS: &[(&str, &str, &str)] = &[
    ("", r#"'{"a": "x"}'"#, r#"{"a":"x"}"#),
    ("", "'[1]'", "[1]"),
    ("{ type: integer }", "'5'", "5"),
    ("{ type: boolean }", "'true'", "true"),
    ("{}", r#"'{"a": "x"}'"#, r#"{"a":"x"}"#),
    ("{ oneOf: [{ type: string }, { type: array, items: {} }] }", "'[1]'", "[1]"),
];

/// Texts that are valid JSON values.
const PLAIN_TEXTS: &[(&str, &str)] = &[
    ("{ type: string }", r#"'{"a": "x"}'"#),
    ("{}", "'5'"),
    ("{ oneOf: [{ type: string }, { type: array, items: {} }] }", r#"'{"a": "x"}'"#),
    ("{ type: integer }", "five"),
    ("{ enum: [a, '5'] }", "'5'"),
];

#[test]
fn json_in_a_text_is_held_against_the_schema() {
    let of_schema = |schema: &str, example: &str| {
        let whole = if schema.is_empty() { "{ $ref: \"#/components/schemas/It\" }" } else { schema };
        let stated = "{ schema: { $ref: \"#/components/schemas/It\" }, example: EXAMPLE }";
        DOCUMENT.replacen(stated, &format!("{{ schema: {whole}, example: {example} }}"), 1)
    };
    for (schema, example, json) in TEXTS {
        for mode in [Mode::Off, Mode::Presence, Mode::All] {
            let (output, diagnostics) = of_text(&of_schema(schema, example), mode);
            let row = row(&output, PayloadKind::Text);
            let tested = format!("{:?}", json);
            assert_eq!(row.payloads, 1, "{schema} {example} {mode:?}");
            assert_eq!(output.round_trips.text.contains(&tested), row.equal == 1, "{schema} {example} {mode:?}");
            assert!(diagnostics[0].message.contains("written as a text"), "{diagnostics:?}");
            let library: String = output.library.iter().map(|file| file.text.as_str()).collect();
            assert_eq!(library.contains("String(String)"), schema.contains("string"), "{schema} {example} {mode:?}");
        }
    }
    for (schema, example) in PLAIN_TEXTS {
        let (output, _) = of_text(&of_schema(schema, example), Mode::Presence);
        assert_eq!(row(&output, PayloadKind::Text).payloads, 0, "{schema} {example}");
        assert_eq!(row(&output, PayloadKind::Response).payloads, 1, "{schema} {example}");
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
    assert!(!wide.coverage.to_json(&|_| None).contains("hush"), "the report contains text of a payload");
    let table = wide.library.iter().find(|file| file.path == "examples.tsv").expect("the models have examples");
    assert!(table.text.contains("\nItDeepItem\t") && !table.text.contains("hush"), "{}", table.text);
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
        let mut types = first.library.iter().zip(&second.library).filter(|(file, _)| file.path != "examples.tsv");
        let same = types.all(|(one, other)| one.text == other.text);
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
    let reports = [
        "",
        "[]",
        "{}",
        r#"{"widened":[{"at":"nowhere","what":"nullable","file":"a","pointer":"/a"}]}"#,
        // Entries of another version, one of them with a key that this version does not have.
        r#"{"widened":[{"at":"nowhere","what":"loosened","file":"a","pointer":"/a"}, 1]}"#,
        r#"{"widened":[{"at":"nowhere","what":"nullable","file":"a","pointer":"/a","values":[1]}]}"#,
    ];
    for report in reports {
        let generated = generated("{ a: x }", Evidence { earlier: Some(report.to_owned()), ..Evidence::default() });
        assert_eq!(generated.diagnostics.len(), 1, "{report}: {:?}", generated.diagnostics);
        assert!(generated.output.is_some(), "{report}");
    }
}

#[test]
fn an_example_of_spec_that_does_not_fit_is_an_error() {
    let examples = [("{ a: x }", true), ("{ a: 1 }", false), ("{ a: null }", false), ("{ b: 1 }", false)];
    for document in xtask::codegen::spec_options(&xtask::root()).expect("the folder is there") {
        for (example, fits) in examples {
            let source = Source { path: String::from("it.yaml"), text: DOCUMENT.replace("EXAMPLE", example) };
            let generated = generate(&source, &NoFiles, &document);
            assert_eq!(generated.output.is_some(), fits, "{example}");
            let codes: Vec<Code> = generated.diagnostics.iter().map(|one| one.code).collect();
            let expected: &[Code] = if fits { &[] } else { &[Code::ContradictoryExample] };
            assert_eq!(codes, expected, "{example}");
        }
    }
}

fn with(recorded: &[(&str, &str)]) -> Evidence {
    let recorded = recorded.iter().map(|(path, text)| Recorded { path: (*path).to_owned(), text: (*text).to_owned() });
    Evidence { recorded: recorded.collect(), ..Evidence::default() }
}

fn generated(example: &str, evidence: Evidence) -> Generated {
    let source = Source { path: "it.yaml".to_owned(), text: DOCUMENT.replace("EXAMPLE", example) };
    generate(&source, &NoFiles, &Options { evidence, examples: ExampleFunctions::Always, ..Options::default() })
}

/// Generates from a document without errors.
fn of_text(text: &str, mode: Mode) -> (Output, Vec<Diagnostic>) {
    let source = Source { path: "it.yaml".to_owned(), text: text.to_owned() };
    let evidence = Evidence { mode, ..Evidence::default() };
    let generated = generate(&source, &NoFiles, &Options { evidence, ..Options::default() });
    (generated.output.expect("the document has no error"), generated.diagnostics)
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
