//! Lists the repositories of an installation, on all pages, with a token for it.

use github_apps::apps::endpoints::{CreateInstallationToken, ListInstallationRepositories};
use github_apps::apps::security::{AppJwt, InstallationToken};
use github_apps::client::github;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (url, jwt) = (std::env::var("GITHUB_URL")?, std::env::var("GITHUB_APP_JWT")?);
    let app = github().base_url(&url).credential(AppJwt::new(jwt)).build()?;
    let token = app.send(CreateInstallationToken::new(1)).await?.token;
    let client = github().base_url(url).credential(InstallationToken::new(token)).build()?;
    let mut all = client.pages(ListInstallationRepositories::new().per_page(100)).items();
    while let Some(repository) = all.try_next().await? {
        println!("{}", repository.full_name);
    }
    Ok(())
}
