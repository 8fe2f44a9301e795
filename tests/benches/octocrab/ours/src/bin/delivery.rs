//! Reads a delivery of the webhook: opened pull requests, and the name of any other event.

use github_apps::event::Event;
use github_apps::events::models::PullRequestEvent;
use std::io::{Read, stdin};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (name, mut body) = (std::env::var("GITHUB_EVENT")?, Vec::new());
    stdin().read_to_end(&mut body)?;
    match Event::read(&name, &body)? {
        Event::PullRequest(event) => match *event {
            PullRequestEvent::Opened(opened) => println!("{} {}", opened.number, opened.pull_request.title),
            _ => println!("a pull request changed"),
        },
        other => println!("{} by {:?}", other.name(), other.envelope()?.sender.map(|sender| sender.login)),
    }
    Ok(())
}
