//! A generated crate in a browser: it compiles for `wasm32-unknown-unknown`, and its client sends with `fetch`.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::server::{Request, serve};
use super::set_ups::write;
use super::{cargo, folder, generate};

const DOCUMENT: &str = r##"openapi: 3.1.0
info: { title: Notes, version: "1" }
security: [{ token: [] }]
paths:
  /notes/{id}:
    get:
      operationId: getNote
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses: { "200": { content: { application/json: { schema: { $ref: "#/components/schemas/Note" } } } } }
  /notes:
    post:
      operationId: addNote
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Note" } } } }
      responses: { "200": { content: { application/json: { schema: { $ref: "#/components/schemas/Note" } } } } }
components:
  securitySchemes: { token: { type: http, scheme: bearer } }
  schemas: { Note: { type: object, required: [text], properties: { text: { type: string } } } }
"##;

const MANIFEST: &str = r#"[package]
name = "page"
edition = "2024"

[lib]
crate-type = ["cdylib"]

[dependencies]
notes.path = "../notes"
wasm-bindgen = "0.2"
wasm-bindgen-futures = "0.4"

[workspace]
"#;

/// A function that a page calls.
const LIBRARY: &str = r#"use notes::client::Client;
use notes::endpoints::{AddNote, GetNote};
use notes::security::Token;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
pub async fn copy_note(url: String) -> Result<String, JsError> {
    let client = Client::builder().base_url(url).credential(Token::new("my-token")).build()?;
    let note = client.send(GetNote::new(7)).await?;
    Ok(client.send(AddNote::new(note)).await?.text)
}
"#;

const PAGE: &str = r#"<!doctype html>
<script type="module">
  import start, { copy_note } from "./page.js";
  await start();
  const body = await copy_note(location.origin).catch(String);
  await fetch("/result", { method: "POST", body });
</script>
"#;

const TARGET: &str = "wasm32-unknown-unknown";

#[test]
fn a_page_sends_operations_with_fetch() {
    if !has_target() {
        println!("skipped: the target {TARGET} is not installed");
        return;
    }
    let top = folder("browser");
    write(&top.join("notes.yaml"), DOCUMENT);
    let _ = generate(&top.join("notes.yaml"), "browser/notes");
    let package = top.join("page");
    write(&package.join("Cargo.toml"), MANIFEST);
    write(&package.join("src/lib.rs"), LIBRARY);
    let (Some(bindgen), Some(browser)) = (bindgen(), browser()) else {
        let _ = cargo(&package).succeed(&["check", "--target", TARGET]);
        return;
    };
    let _ = cargo(&package).succeed(&["build", "--target", TARGET]);
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("it is in the target folder");
    let files = top.join("files");
    let mut bindings = Command::new(bindgen);
    bindings.args(["--target", "web", "--out-dir"]).arg(&files).arg(target.join(TARGET).join("debug/page.wasm"));
    assert!(bindings.status().expect("wasm-bindgen can be run").success());

    let (url, received) = serve(move |request| match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/page.js") => ("text/javascript", fs::read(files.join("page.js")).expect("readable")),
        ("GET", "/page_bg.wasm") => ("application/wasm", fs::read(files.join("page_bg.wasm")).expect("readable")),
        ("GET", "/notes/7") => ("application/json", br#"{"text":"hello"}"#.to_vec()),
        ("POST", "/notes") => ("application/json", request.body.clone().into_bytes()),
        _ => ("text/html", PAGE.into()),
    });
    let _browser = Browser::open(&browser, &url, &top);
    let mut sent = Vec::new();
    while sent.last().is_none_or(|request: &Request| request.path != "/result") {
        let request = received.recv_timeout(Duration::from_secs(60)).expect("the page sends its result");
        if request.path.starts_with("/notes") || request.path == "/result" {
            sent.push(request);
        }
    }
    let request = |method: &str, path: &str, credentials: &[&str], body: &str| Request {
        method: method.to_owned(),
        path: path.to_owned(),
        credentials: credentials.iter().map(ToString::to_string).collect(),
        body: body.to_owned(),
    };
    let token = ["authorization: Bearer my-token"];
    let expected = [
        request("GET", "/notes/7", &token, ""),
        request("POST", "/notes", &token, r#"{"text":"hello"}"#),
        request("POST", "/result", &[], "hello"),
    ];
    assert_eq!(sent, expected);
}

/// Returns whether the compiler can compile for browsers.
fn has_target() -> bool {
    let library = Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]).output();
    library.is_ok_and(|output| Path::new(String::from_utf8_lossy(&output.stdout).trim()).exists())
}

/// Returns the command that writes the bindings of JavaScript. It must have the version of the library.
fn bindgen() -> Option<&'static str> {
    let lock = fs::read_to_string(xtask::root().join("Cargo.lock")).expect("readable");
    let version = lock.split("name = \"wasm-bindgen\"\nversion = \"").nth(1).and_then(|rest| rest.split('"').next());
    let version = version.expect("the lock file has the library");
    let printed = Command::new("wasm-bindgen").arg("--version").output().map(|output| output.stdout);
    if printed.is_ok_and(|printed| String::from_utf8_lossy(&printed).trim() == format!("wasm-bindgen {version}")) {
        return Some("wasm-bindgen");
    }
    println!("skipped: there is no wasm-bindgen {version} (`cargo install wasm-bindgen-cli --version {version}`)");
    None
}

fn browser() -> Option<&'static str> {
    let runs = |name: &&str| Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success());
    let browser = ["chromium", "chromium-browser", "google-chrome"].into_iter().find(runs);
    if browser.is_none() {
        println!("skipped: there is no chromium");
    }
    browser
}

/// A browser without a window. It stops when this value is dropped.
struct Browser(Child);

impl Browser {
    /// Opens a page. The browser keeps its own files in a folder.
    fn open(program: &str, url: &str, folder: &Path) -> Self {
        let profile = format!("--user-data-dir={}", folder.join("profile").display());
        let process = Command::new(program)
            .args(["--headless", "--no-sandbox", "--disable-dev-shm-usage", "--remote-debugging-port=0", &profile, url])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        Self(process.expect("the browser can be run"))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
