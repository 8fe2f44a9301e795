//! The generated crates that `bench check` compiles. Each gets a program, and a manifest if its generator writes none.

use std::fs;
use std::path::{Path, PathBuf};

use octogen::files::write;

/// A generated crate to compile.
pub(super) struct Subject {
    pub(super) name: &'static str,
    /// The name of the crate's library.
    library: &'static str,
    /// The dependencies that the generator's documentation names, if the generator writes no manifest.
    dependencies: Option<&'static str>,
    /// A program that calls five operations.
    pub(super) program: Option<&'static str>,
}

pub(super) const SUBJECTS: [Subject; 5] = [
    Subject { name: "octogen", library: "ours", dependencies: None, program: Some(OURS) },
    Subject { name: "openapi-generator", library: "theirs", dependencies: None, program: Some(OPENAPI_GENERATOR) },
    Subject { name: "openapi-to-rust", library: "theirs", dependencies: Some(""), program: Some(OPENAPI_TO_RUST) },
    Subject { name: "oas3-gen", library: "theirs", dependencies: Some(OAS3_GEN), program: None },
    Subject { name: "ploidy", library: "theirs", dependencies: None, program: None },
];

const OURS: &str = r#"use ours::client::Client;
use ours::endpoints::{AppsGetAuthenticated, IssuesListComments, MetaRoot, PullsList, ReposGet};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().base_url(ours::SERVER).build()?;
    println!("{:?}", client.send(MetaRoot::new()).await?);
    println!("{:?}", client.send(AppsGetAuthenticated::new()).await?);
    println!("{:?}", client.send(ReposGet::new("octocat", "hello")).await?);
    println!("{:?}", client.send(PullsList::new("octocat", "hello")).await?);
    println!("{:?}", client.send(IssuesListComments::new("octocat", "hello", 1)).await?);
    Ok(())
}
"#;

const OPENAPI_GENERATOR: &str = r#"use theirs::apis::configuration::Configuration;
use theirs::apis::{apps_api, issues_api, meta_api, pulls_api, repos_api};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Configuration::new();
    println!("{:?}", meta_api::meta_slash_root(&client).await?);
    println!("{:?}", apps_api::apps_slash_get_authenticated(&client).await?);
    println!("{:?}", repos_api::repos_slash_get(&client, "octocat", "hello").await?);
    let pulls = pulls_api::pulls_slash_list(&client, "octocat", "hello", None, None, None, None, None, None, None);
    println!("{:?}", pulls.await?);
    let comments = issues_api::issues_slash_list_comments(&client, "octocat", "hello", 1, None, None, None);
    println!("{:?}", comments.await?);
    Ok(())
}
"#;

const OPENAPI_TO_RUST: &str = r#"use theirs::HttpClient;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = HttpClient::new();
    println!("{:?}", client.meta_root().await?);
    println!("{:?}", client.apps_get_authenticated().await?);
    println!("{:?}", client.repos_get("octocat", "hello").await?);
    let no = None::<&str>;
    println!("{:?}", client.pulls_list("octocat", "hello", None, no, no, None, None, None, None).await?);
    println!("{:?}", client.issues_list_comments("octocat", "hello", 1, no, None, None).await?);
    Ok(())
}
"#;

const OAS3_GEN: &str = r#"
[dependencies]
anyhow = "1"
chrono = { version = "0.4", features = ["serde"] }
http = "1"
oas3-gen-support = "=0.29.0"
regex = "1"
reqwest = { version = "0.13", features = ["json", "multipart", "query", "form"] }
serde = { version = "1", features = ["derive"] }
serde_json = "1"
serde_with = { version = "3", features = ["chrono", "json"] }
validator = { version = "0.20", features = ["derive"] }
"#;

impl Subject {
    /// Completes the generated files to a crate that cargo can compile.
    pub(super) fn complete(&self, folder: &Path) -> Result<(), String> {
        let Some(dependencies) = self.dependencies else {
            return alone(&folder.join("Cargo.toml")).map_err(|error| error.to_string());
        };
        let named = fs::read_to_string(folder.join("src/REQUIRED_DEPS.toml")).unwrap_or_default();
        let name = self.library;
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n{named}{dependencies}"
        );
        write(&folder.join("Cargo.toml"), &manifest).map_err(|error| error.to_string())?;
        let root = folder.join("src/mod.rs");
        if root.exists() {
            fs::rename(&root, folder.join("src/lib.rs")).map_err(|error| error.to_string())?;
        }
        Ok(())
    }

    /// Writes a package with the program into a separate folder.
    pub(super) fn write_program(&self, generated: &Path, folder: &Path) -> Result<Option<PathBuf>, String> {
        let Some(program) = self.program else {
            return Ok(None);
        };
        let manifest = format!(
            "[package]\nname = \"program\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
             {} = {{ path = {:?} }}\ntokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n",
            self.library,
            generated.display().to_string()
        );
        let main = folder.join("src/main.rs");
        for (file, text) in [(folder.join("Cargo.toml"), manifest.as_str()), (main.clone(), program)] {
            write(&file, text).map_err(|error| error.to_string())?;
        }
        Ok(Some(main))
    }
}

/// Makes a crate its own workspace, so that it does not join the surrounding one.
fn alone(manifest: &Path) -> std::io::Result<()> {
    let text = fs::read_to_string(manifest)?;
    if text.lines().any(|line| line.starts_with("[workspace]")) {
        return Ok(());
    }
    fs::write(manifest, format!("{text}\n[workspace]\n"))
}
