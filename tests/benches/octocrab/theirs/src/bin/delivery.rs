//! Reads a delivery of the webhook: opened pull requests, and the name of any other event.

use octocrab::models::webhook_events::payload::PullRequestWebhookEventAction::Opened;
use octocrab::models::webhook_events::{WebhookEvent, WebhookEventPayload};
use std::io::{Read, stdin};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (name, mut body) = (std::env::var("GITHUB_EVENT")?, Vec::new());
    stdin().read_to_end(&mut body)?;
    let event = WebhookEvent::try_from_header_and_body(&name, &body)?;
    match event.specific {
        WebhookEventPayload::PullRequest(request) if request.action == Opened => {
            println!("{} {}", request.number, request.pull_request.title.unwrap_or_default());
        }
        WebhookEventPayload::PullRequest(_) => println!("a pull request changed"),
        _ => println!("{name} by {:?}", event.sender.map(|sender| sender.login)),
    }
    Ok(())
}
