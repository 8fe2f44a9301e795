//! Lists the repositories of an installation, on all pages, with a token for it.

use octocrab::Octocrab;
use octocrab::models::{InstallationId, apps::CreateInstallationAccessToken};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (url, jwt) = (std::env::var("GITHUB_URL")?, std::env::var("GITHUB_APP_JWT")?);
    let app = Octocrab::builder().base_uri(url.as_str())?.personal_token(jwt).build()?;
    let any = CreateInstallationAccessToken::default();
    let token = app.apps().create_installation_access_token(InstallationId(1), &any).await?.token;
    let client = Octocrab::builder().base_uri(url)?.personal_token(token).build()?;
    for page in 1u32.. {
        let found = client.apps().installation_repositories().per_page(100).page(page).send().await?;
        for repository in &found.repositories {
            println!("{}", repository.full_name.as_deref().unwrap_or_default());
        }
        if found.repositories.len() < 100 {
            break;
        }
    }
    Ok(())
}
