//! The registration of an app from a manifest: the form, the callback, the code, and the credentials in files.

mod demo;
mod exchanges;
mod files;
mod forms;
mod manifests;
mod states;

use github_apps::manifest::{Credentials, Form, Manifest, Registrar};
use octogen_runtime::{Value, decode, encode};

/// The response to a code, from GitHub's reference page.
const ANSWER: &str = include_str!("../../../../generated/examples/demo/register.json");

fn manifest() -> Manifest {
    Manifest::new("https://www.example.com").name("Octoapp").redirect_url("https://example.com/redirect")
}

fn registrar() -> Registrar {
    Registrar::new().unwrap()
}

/// The credentials of the documented answer.
fn credentials() -> Credentials {
    let Value::Object(mut members) = decode(ANSWER.as_bytes()).unwrap() else { panic!("the answer is an object") };
    members.insert(String::from("api_url"), Value::String(String::from("https://api.github.com/")));
    decode(encode(&members).as_bytes()).unwrap()
}

/// The state of a form, from the URL to which it goes.
fn state(form: &Form) -> String {
    form.action().split_once("?state=").unwrap().1.to_owned()
}

/// A text of HTML as a browser reads it.
fn unescaped(html: &str) -> String {
    let signs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    signs.iter().fold(html.to_owned(), |text, (escaped, sign)| text.replace(escaped, sign))
}

/// The value of the first attribute of that name behind a mark.
fn attribute(html: &str, mark: &str, name: &str) -> String {
    let (_, behind) = html.split_once(mark).unwrap_or_else(|| panic!("no `{mark}` in\n{html}"));
    let (_, behind) = behind.split_once(&format!("{name}=\"")).unwrap();
    unescaped(behind.split_once('"').unwrap().0)
}
