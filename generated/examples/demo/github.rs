//! A server that acts as GitHub in the demo of a registration: the page of the new app, and the credentials for a code.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::{Path, Query, RawForm, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::post;
use github_apps::manifest::{Manifest, escape_html, render_page};
use github_apps::runtime::decode;
use tokio::net::TcpListener;
use url::{Url, form_urlencoded};

/// The codes that were not used yet.
type Codes = Arc<Mutex<BTreeSet<String>>>;

/// Starts the server and returns the URL of its pages.
pub(crate) async fn start() -> std::io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let router = Router::new()
        .route("/settings/apps/new", post(new))
        .route("/organizations/{organization}/settings/apps/new", post(new))
        .route("/settings/apps", post(create))
        .route("/api/v3/app-manifests/{code}/conversions", post(convert))
        .with_state(Codes::default());
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(url)
}

/// Shows the manifest, with a button to confirm it.
async fn new(Query(query): Query<BTreeMap<String, String>>, RawForm(form): RawForm) -> Response {
    let form: BTreeMap<_, _> = form_urlencoded::parse(&form).into_owned().collect();
    let text = form.get("manifest").map(String::as_str).unwrap_or_default();
    let manifest = match decode::<Manifest>(text.as_bytes()) {
        Ok(manifest) => manifest,
        Err(error) => return (StatusCode::UNPROCESSABLE_ENTITY, error.to_string()).into_response(),
    };
    let name = escape_html(manifest.name.as_deref().unwrap_or_default());
    let redirect_url = escape_html(manifest.redirect_url.as_deref().unwrap_or_default());
    let state = escape_html(query.get("state").map(String::as_str).unwrap_or_default());
    let content = format!(
        "<p>On this page, GitHub would ask you to confirm. <strong>{name}</strong> would be created from this \
         manifest:</p>\n<pre>{}</pre>\n<form action=\"/settings/apps\" method=\"post\">\n\
         <input type=\"hidden\" name=\"redirect_url\" value=\"{redirect_url}\">\n\
         <input type=\"hidden\" name=\"state\" value=\"{state}\">\n\
         <button type=\"submit\">Create GitHub App</button>\n</form>",
        escape_html(&on_lines(text))
    );
    Html(render_page("GitHub, for a demo", &content)).into_response()
}

/// Sends the browser back to the program with a code.
async fn create(State(codes): State<Codes>, RawForm(form): RawForm) -> Response {
    let form: BTreeMap<_, _> = form_urlencoded::parse(&form).into_owned().collect();
    let Some(Ok(mut back)) = form.get("redirect_url").map(|url| Url::parse(url)) else {
        return (StatusCode::UNPROCESSABLE_ENTITY, "the manifest has no `redirect_url`").into_response();
    };
    let mut codes = codes.lock().unwrap_or_else(PoisonError::into_inner);
    let code = format!("a180b1a3d263c81bc6441d7b990bae27d4c1{:04x}", codes.len());
    back.query_pairs_mut().append_pair("code", &code).append_pair("state", form.get("state").map_or("", |state| state));
    codes.insert(code);
    Redirect::to(back.as_str()).into_response()
}

/// Answers with the documented example, once for each code.
async fn convert(State(codes): State<Codes>, Path(code): Path<String>) -> Response {
    let json = [(header::CONTENT_TYPE, "application/json; charset=utf-8")];
    if !codes.lock().unwrap_or_else(PoisonError::into_inner).remove(&code) {
        return (StatusCode::NOT_FOUND, json, r#"{"message":"Not Found"}"#).into_response();
    }
    (StatusCode::CREATED, json, include_str!("register.json")).into_response()
}

/// Puts each property on its own line. It only looks for `,"`, which is enough for a demo.
fn on_lines(json: &str) -> String {
    json.replace(",\"", ",\n \"")
}
