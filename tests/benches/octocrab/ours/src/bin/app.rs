//! Prints the app that the JWT belongs to.

use github_apps::apps::{endpoints::GetApp, security::AppJwt};
use github_apps::client::github;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (url, jwt) = (std::env::var("GITHUB_URL")?, std::env::var("GITHUB_APP_JWT")?);
    let client = github().base_url(url).credential(AppJwt::new(jwt)).build()?;
    println!("{}", client.send(GetApp::new()).await?.name);
    Ok(())
}
