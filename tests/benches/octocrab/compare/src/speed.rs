//! The decoding speed of both, for the payloads that both can decode.

use std::hint::black_box;
use std::time::{Duration, Instant};

use github_apps::event::Event;
use octocrab::models::webhook_events::WebhookEvent;

use crate::cases::Example;

/// The medians are those of so many rounds, in which both take turns.
const ROUNDS: usize = 101;

/// Prints how many payloads there are, their bytes, and the nanoseconds that each takes to decode and drop them.
pub fn measure(examples: &[Example], deliveries: &[(String, String)]) {
    let examples: Vec<&Example> = examples
        .iter()
        .filter(|example| {
            (example.case.decode_ours)(example.json.as_bytes()) && (example.case.decode_theirs)(example.json.as_bytes())
        })
        .collect();
    let ours =
        || examples.iter().all(|example| black_box((example.case.decode_ours)(black_box(example.json.as_bytes()))));
    let theirs =
        || examples.iter().all(|example| black_box((example.case.decode_theirs)(black_box(example.json.as_bytes()))));
    line("documented examples", examples.iter().map(|example| example.json.len()), &ours, &theirs);

    let reads = |(name, json): &&(String, String)| {
        Event::read(name, json.as_bytes()).is_ok() && WebhookEvent::try_from_header_and_body(name, json).is_ok()
    };
    let deliveries: Vec<&(String, String)> = deliveries.iter().filter(reads).collect();
    let ours =
        || deliveries.iter().all(|(name, json)| black_box(Event::read(name, black_box(json.as_bytes()))).is_ok());
    let theirs = || {
        deliveries
            .iter()
            .all(|(name, json)| black_box(WebhookEvent::try_from_header_and_body(name, black_box(json))).is_ok())
    };
    line("recorded deliveries", deliveries.iter().map(|(_, json)| json.len()), &ours, &theirs);
}

fn line(name: &str, sizes: impl ExactSizeIterator<Item = usize>, ours: &dyn Fn() -> bool, theirs: &dyn Fn() -> bool) {
    let (count, bytes) = (sizes.len(), sizes.sum::<usize>());
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        times[0].push(timed(ours));
        times[1].push(timed(theirs));
    }
    let [ours, theirs] = times.map(|mut times| {
        times.sort_unstable();
        times[ROUNDS / 2].as_nanos()
    });
    println!("decode\t{name}\t{count}\t{bytes}\t{ours}\t{theirs}");
}

fn timed(run: &dyn Fn() -> bool) -> Duration {
    let start = Instant::now();
    assert!(run(), "what was decoded before is decoded again");
    start.elapsed()
}
