//! A token that reads the contents of one repository.

use octocrab::Octocrab;
use octocrab::models::{InstallationId, apps::CreateInstallationAccessToken};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (url, jwt) = (std::env::var("GITHUB_URL")?, std::env::var("GITHUB_APP_JWT")?);
    let client = Octocrab::builder().base_uri(url)?.personal_token(jwt).build()?;
    let mut narrow = CreateInstallationAccessToken::default();
    narrow.repositories = Some(vec!["hello-world".to_owned()]);
    narrow.permissions = Some([("contents".to_owned(), "read".to_owned())].into());
    let token = client.apps().create_installation_access_token(InstallationId(1), &narrow).await?;
    println!("until {}", token.expires_at.unwrap_or_default());
    Ok(())
}
