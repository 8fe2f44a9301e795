//! Prints the app that the JWT belongs to.

use octocrab::Octocrab;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (url, jwt) = (std::env::var("GITHUB_URL")?, std::env::var("GITHUB_APP_JWT")?);
    let client = Octocrab::builder().base_uri(url)?.personal_token(jwt).build()?;
    println!("{}", client.apps().get().await?.name);
    Ok(())
}
