//! The deadline of all attempts. Time is virtual.

use std::error::Error as _;
use std::time::Duration;

use octogen_runtime::client::Client;
use octogen_runtime::layers::{DeadlineLayer, Resilience};
use tokio::time::{Instant, sleep};

use super::Get;
use super::script::{Script, Step, answer, fine};

fn within(seconds: u64) -> Resilience {
    Resilience::new().deadline(Duration::from_secs(seconds)).back_off(Duration::from_secs(1), Duration::from_secs(1))
}

#[tokio::test(start_paused = true)]
async fn an_attempt_is_ended() {
    let slow = Step::Slow(Duration::from_secs(7), Box::new(Step::Broken));
    let script = Script::new(vec![slow; 4]);
    let (client, began) = (script.client(within(10)), Instant::now());
    let error = client.send(Get).await.unwrap_err();
    assert!(error.is_timeout() && script.sent().len() == 2, "{error:?}");
    let source = error.source().map(ToString::to_string);
    assert_eq!(source.as_deref(), Some("the deadline of 10s for all attempts has passed"));
    assert_eq!(began.elapsed().as_secs(), 10);
}

/// A queued request waits no longer than its deadline, both for another request and for a rate limit.
#[tokio::test(start_paused = true)]
async fn a_turn_is_waited_for_within_it() {
    let slow = Step::Slow(Duration::from_secs(60), Box::new(fine()));
    let window = [("x-ratelimit-remaining", "1"), ("x-ratelimit-reset", "100"), ("x-ratelimit-resource", "core")];
    for (resilience, first) in [(within(10).concurrency(1), fine()), (within(10), answer(200, &window, "{}"))] {
        let script = Script::new([first, slow.clone()]);
        let (client, patient) = (script.client(resilience.clone()), script.client(resilience.deadline(None)));
        client.send(Get).await.unwrap();
        let other = tokio::spawn(async move { patient.send(Get).await.map(drop) });
        sleep(Duration::from_secs(1)).await;
        let began = Instant::now();
        let error = client.send(Get).await.unwrap_err();
        assert!(error.is_timeout() && script.sent().len() == 2, "{error:?}");
        assert_eq!(began.elapsed().as_secs(), 10);
        other.await.unwrap().unwrap();
    }
}

/// A retry that would be too late is not awaited: the last response is returned at once.
#[tokio::test(start_paused = true)]
async fn a_wait_behind_it_is_not_begun() {
    for (step, sent) in
        [(answer(503, &[("retry-after", "60")], "{}"), 1), (answer(503, &[("retry-after", "5")], "{}"), 2)]
    {
        let script = Script::new(vec![step; 2]);
        let (client, began) = (script.client(within(10)), Instant::now());
        let error = client.send(Get).await.unwrap_err();
        assert_eq!((error.status().map(|status| status.as_u16()), script.sent().len()), (Some(503), sent));
        assert!(began.elapsed().as_secs() < 10);
    }
}

/// Redirects belong to the operation: their time is that of all.
#[tokio::test(start_paused = true)]
async fn redirects_are_within_it() {
    let onwards = Step::Slow(Duration::from_secs(4), Box::new(answer(302, &[("location", "/further")], "")));
    let script = Script::new(vec![onwards; 9]);
    let error = script.client(within(10)).send(Get).await.unwrap_err();
    assert!(error.is_timeout() && script.sent().len() == 3, "{error:?}");
}

#[tokio::test(start_paused = true)]
async fn none_is_as_long_as_it_takes() {
    let late = Step::Slow(Duration::from_secs(100_000), Box::new(fine()));
    Script::new([late]).client(Resilience::new().deadline(None)).send(Get).await.unwrap();
}

/// Alone as among the others, it is that of the body, too.
#[tokio::test(start_paused = true)]
async fn a_body_that_trickles_is_ended() {
    let trickle = Step::Trickled(Duration::from_secs(3), "{\"a\":1}");
    let alone = DeadlineLayer::new(Duration::from_secs(10));
    let builder = || Client::builder().base_url("https://api.example.com").timeout(None);
    for builder in [builder().layer(alone), builder().layer(within(10))] {
        let script = Script::new([trickle.clone()]);
        let (client, began) = (builder.build_over(script.clone()).unwrap(), Instant::now());
        let error = client.send(Get).await.unwrap_err();
        assert!(error.is_timeout() && began.elapsed().as_secs() == 10, "{error:?}");
    }
}
