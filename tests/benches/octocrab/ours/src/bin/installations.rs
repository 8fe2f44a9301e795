//! Lists the installations of the app, on all pages.

use github_apps::apps::{endpoints::ListInstallations, security::AppJwt};
use github_apps::client::github;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (url, jwt) = (std::env::var("GITHUB_URL")?, std::env::var("GITHUB_APP_JWT")?);
    let client = github().base_url(url).credential(AppJwt::new(jwt)).build()?;
    let mut all = client.pages(ListInstallations::new().per_page(100)).items();
    while let Some(installation) = all.try_next().await? {
        println!("{} {}", installation.id, installation.html_url);
    }
    Ok(())
}
