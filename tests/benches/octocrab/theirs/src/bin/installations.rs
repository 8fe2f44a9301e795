//! Lists the installations of the app, on all pages.

use octocrab::Octocrab;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (url, jwt) = (std::env::var("GITHUB_URL")?, std::env::var("GITHUB_APP_JWT")?);
    let client = Octocrab::builder().base_uri(url)?.personal_token(jwt).build()?;
    let first = client.apps().installations().per_page(100).send().await?;
    for installation in client.all_pages(first).await? {
        println!("{} {}", installation.id, installation.html_url.unwrap_or_default());
    }
    Ok(())
}
