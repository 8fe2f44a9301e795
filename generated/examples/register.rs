//! Registers a GitHub App: a browser shows the manifest, a person confirms it on GitHub, and the program saves the credentials
//! in private files.
//!
//! ```text
//! cargo run -p github-apps --features manifest --example register -- --demo
//! cargo run -p github-apps --features manifest --example register -- ~/octoapp Octoapp https://example.com
//! ```
//!
//! With `--demo`, a server within this process acts as GitHub and answers with the example of GitHub's reference page.

use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use github_apps::app::App;
use github_apps::apps::endpoints::ListUserInstallationRepositories;
use github_apps::manifest::{Credentials, IfExists, Manifest, Registrar, escape_html, render_page};
use github_apps::runtime::Operation;
use tokio::net::TcpListener;
use tokio::sync::mpsc;

#[path = "demo/github.rs"]
mod github;

const USAGE: &str = "usage: register --demo [FOLDER]
       register FOLDER NAME HOME_PAGE [ORGANIZATION [WEB_URL]]

Registers an app that may read the metadata of repositories. Its credentials are
written to FOLDER/app.json, and its private key to FOLDER/private-key.pem.
WEB_URL is that of a GitHub Enterprise Server; GITHUB_SERVER_URL is its default.
--demo uses a server within this process, and a temporary folder by default.";

type Failed = Box<dyn Error + Send + Sync>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let out = &mut io::stdout();
    let done = match arguments.as_slice() {
        ["--demo"] => demo(&std::env::temp_dir().join(format!("github-apps-{}", std::process::id())), out).await,
        ["--demo", folder] => demo(Path::new(folder), out).await,
        [folder, name, home_page, rest @ ..] if rest.len() <= 2 => {
            let organization = rest.first().copied().filter(|name| !name.is_empty());
            let server = std::env::var("GITHUB_SERVER_URL").ok();
            let web_url = rest.get(1).copied().or(server.as_deref()).unwrap_or("https://github.com");
            let manifest = Manifest::new(*home_page).name(*name);
            register(Path::new(folder), manifest, organization, web_url, out).await
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    let Err(error) = done else { return ExitCode::SUCCESS };
    eprintln!("error: {}", causes(error.as_ref(), "\n  because: "));
    ExitCode::FAILURE
}

/// Registers an app with a server within this process.
pub(crate) async fn demo(folder: &Path, out: &mut impl Write) -> Result<(), Failed> {
    let manifest = Manifest::new("https://example.com").name("Octocat App").description("Greets whoever comes by.");
    writeln!(out, "A server within this process acts as GitHub.")?;
    register(folder, manifest, Some("octo-org"), &github::start().await?, out).await
}

/// Shows the form, waits for the browser to come back, and prints the paths of the credentials.
async fn register(
    folder: &Path,
    manifest: Manifest,
    organization: Option<&str>,
    web_url: &str,
    out: &mut impl Write,
) -> Result<(), Failed> {
    let registrar = Registrar::at(web_url)?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?.to_string();
    let needs = App::permissions_for([&ListUserInstallationRepositories::INFO]);
    let manifest = manifest
        .redirect_url(format!("http://{address}/registered"))
        .public(false)
        .default_permissions(needs.grants.to_model()?);
    let files = Files::new(folder)?;
    let (done, mut waiting) = mpsc::channel(1);
    let organization = organization.map(str::to_owned);
    let setup = Setup { registrar, manifest, organization, address: address.clone(), files: files.clone(), done };
    let router = Router::new().route("/", get(form)).route("/registered", get(registered)).with_state(Arc::new(setup));
    writeln!(out, "Open this page in a browser on this machine:\n\n  http://{address}/\n")?;
    out.flush()?;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let server = axum::serve(listener, router).with_graceful_shutdown(async { _ = stopped.await });
    let server = tokio::spawn(async move { server.await });
    let app = waiting.recv().await.ok_or("the server has ended")??;
    // The last page is still being sent. Browsers keep other connections open for longer, so the wait is limited.
    let _ = stop.send(());
    let _ = tokio::time::timeout(Duration::from_secs(2), server).await;
    writeln!(out, "{} is registered, with the app id {}. Its credentials are in", app.name, app.id)?;
    writeln!(out, "  {}\n  {}\n", files.credentials.display(), files.key.display())?;
    writeln!(out, "Next, install it on an account:\n  {}/installations/new", app.html_url)?;
    writeln!(out, "and request a token, with the number at the end of the page's address:")?;
    let (id, key) = (&app.client_id, files.key.display());
    writeln!(out, "  cargo run -p github-apps --example token -- {id} \\\n    {key} INSTALLATION_ID")?;
    Ok(())
}

/// The state of the server.
struct Setup {
    registrar: Registrar,
    manifest: Manifest,
    organization: Option<String>,
    address: String,
    files: Files,
    done: mpsc::Sender<Result<Credentials, Failed>>,
}

/// The files to write. They are checked before the registration, since GitHub gives the credentials only once.
#[derive(Clone)]
struct Files {
    credentials: PathBuf,
    key: PathBuf,
}

impl Files {
    fn new(folder: &Path) -> Result<Self, Failed> {
        fs::create_dir_all(folder)
            .map_err(|error| format!("the folder {} can't be made: {error}", folder.display()))?;
        let files = [folder.join("app.json"), folder.join("private-key.pem")];
        if let Some(there) = files.iter().find(|path| path.symlink_metadata().is_ok()) {
            return Err(format!("{} exists already and was not replaced", there.display()).into());
        }
        let [credentials, key] = files;
        Ok(Self { credentials, key })
    }

    fn write(&self, app: &Credentials) -> Result<(), Failed> {
        app.save(&self.credentials, IfExists::Keep)?;
        Ok(app.save_key(&self.key, IfExists::Keep)?)
    }
}

/// Shows the form, but only under the address that was printed. Under another host name, a foreign page could read the state.
async fn form(State(setup): State<Arc<Setup>>, headers: HeaderMap) -> Response {
    if headers.get(header::HOST).is_none_or(|host| host.as_bytes() != setup.address.as_bytes()) {
        let text = format!("<p>Open <a href=\"http://{0}/\">http://{0}/</a> instead.</p>", setup.address);
        return (StatusCode::MISDIRECTED_REQUEST, Html(render_page("Not this address", &text))).into_response();
    }
    let form = match &setup.organization {
        Some(name) => setup.registrar.form_for_organization(name, &setup.manifest),
        None => setup.registrar.form(&setup.manifest),
    };
    match form {
        Ok(form) => {
            let policy = (header::CONTENT_SECURITY_POLICY, form.policy());
            ([policy, (header::CACHE_CONTROL, String::from("no-store"))], Html(form.page())).into_response()
        }
        Err(error) => failed(error.status(), &error),
    }
}

/// Handles the callback from GitHub.
async fn registered(State(setup): State<Arc<Setup>>, RawQuery(query): RawQuery) -> Response {
    let code = match setup.registrar.accept(&query.unwrap_or_default()) {
        Ok(code) => code,
        Err(error) => return failed(error.status(), &error),
    };
    let app = match setup.registrar.exchange(&code).await {
        Ok(app) => app,
        Err(error) => return failed(error.status(), &error),
    };
    let (answer, done) = match setup.files.write(&app) {
        Ok(()) => (Html(finished(&app, &setup.files)).into_response(), Ok(app)),
        Err(error) => (failed(StatusCode::INTERNAL_SERVER_ERROR, error.as_ref()), Err(error)),
    };
    let _ = setup.done.send(done).await;
    answer
}

fn finished(app: &Credentials, files: &Files) -> String {
    let rows: String = [
        ("App id", app.id.to_string()),
        ("Client id", app.client_id.clone()),
        ("Credentials", files.credentials.display().to_string()),
        ("Private key", files.key.display().to_string()),
    ]
    .iter()
    .map(|(name, value)| format!("<dt>{name}</dt><dd><code>{}</code></dd>\n", escape_html(value)))
    .collect();
    let install = escape_html(&format!("{}/installations/new", app.html_url));
    let content = format!(
        "<p>Its secrets are in files on this machine. Keep them to yourself.</p>\n<dl>\n{rows}</dl>\n\
         <p>Next, <a href=\"{install}\">install it on an account</a>. You can close this page.</p>"
    );
    render_page(&format!("{} is registered", app.name), &content)
}

fn failed(status: StatusCode, error: &dyn Error) -> Response {
    let content = format!("<p>{}.</p>\n<p><a href=\"/\">Start again</a></p>", escape_html(&causes(error, ": ")));
    (status, Html(render_page("The app is not registered", &content))).into_response()
}

/// Joins an error and its causes.
fn causes(error: &dyn Error, between: &str) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}{between}{error}");
        cause = error.source();
    }
    text
}
