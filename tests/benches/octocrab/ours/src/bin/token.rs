//! A token that reads the contents of one repository.

use github_apps::apps::endpoints::CreateInstallationToken;
use github_apps::apps::models::{InstallationTokenRequest, Permissions, ReadWriteLevel};
use github_apps::apps::security::AppJwt;
use github_apps::client::github;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (url, jwt) = (std::env::var("GITHUB_URL")?, std::env::var("GITHUB_APP_JWT")?);
    let client = github().base_url(url).credential(AppJwt::new(jwt)).build()?;
    let reads = Permissions::new().contents(ReadWriteLevel::Read);
    let narrow = InstallationTokenRequest::new().repositories(vec!["hello-world".to_owned()]).permissions(reads);
    let token = client.send(CreateInstallationToken::new(1).body(narrow)).await?;
    println!("until {}", token.expires_at);
    Ok(())
}
