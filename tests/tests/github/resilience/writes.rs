//! Requests that change something, one after the other and some time apart. Time is virtual.

use std::time::Duration;

use octogen_runtime::client::{Client, Error};
use octogen_runtime::layers::{Resend, Resilience, WriteInterval};
use tokio::time::timeout;

use super::script::{Script, Sending, Step, answer, ended, fine, sending};
use super::{Delete, Get, Post, Put};

const SECOND: Duration = Duration::from_secs(1);

fn spaced() -> Resilience {
    Resilience::new().write_interval(SECOND)
}

fn posting(client: &Client, count: usize) -> Vec<Sending> {
    sending(client, count, |client| async move { client.send(Post).await })
}

fn seconds(script: &Script) -> Vec<u128> {
    script.times().iter().map(|time| time / 1000).collect()
}

#[tokio::test(start_paused = true)]
async fn they_are_a_second_apart() {
    let script = Script::new([]);
    let client = script.of_credential(spaced(), "one");
    client.send(Post).await.unwrap();
    client.send(Get).await.unwrap();
    client.send(Put).await.unwrap();
    client.send(Get).await.unwrap();
    client.send(Delete).await.unwrap();
    tokio::time::sleep(10 * SECOND).await;
    client.send(Post).await.unwrap();
    assert_eq!(seconds(&script), [0, 0, 1, 1, 2, 12]);
}

/// Simultaneous writes are sent one after another, also if responses are slow. Reads wait for none of them.
#[tokio::test(start_paused = true)]
async fn they_queue_and_nothing_else_does() {
    let slow = Step::Slow(10 * SECOND, Box::new(fine()));
    let script = Script::new(vec![slow; 6]);
    // Those that wait take no place from those under way.
    let client = script.of_credential(spaced().concurrency(7), "one");
    let tasks = posting(&client, 6);
    tokio::task::yield_now().await;
    client.send(Get).await.unwrap();
    assert!(ended(tasks).await.is_empty());
    assert_eq!(seconds(&script), [0, 0, 1, 2, 3, 4, 5]);
}

/// Clients may set another time between writes, none, or another credential.
#[tokio::test(start_paused = true)]
async fn how_far_apart() {
    let script = Script::new([]);
    let client = script.of_credential(spaced(), "one");
    let other = script.of_credential(spaced(), "two");
    let clone = client.with_extension(WriteInterval(3 * SECOND));
    let free = client.with_extension(WriteInterval(Duration::ZERO));
    for (client, wanted) in [(&client, 0), (&other, 0), (&free, 0), (&client, 1), (&clone, 4), (&free, 4), (&client, 5)]
    {
        client.send(Post).await.unwrap();
        assert_eq!(seconds(&script).pop(), Some(wanted));
    }
    let never = client.with_extension(WriteInterval(Duration::MAX));
    assert!(never.send(Post).await.unwrap_err().is_limited());
    let unspaced = Script::new([]);
    let client = unspaced.of_credential(Resilience::new(), "one");
    assert!(ended(posting(&client, 3)).await.is_empty());
    assert_eq!(seconds(&unspaced), [0, 0, 0]);
    client.with_extension(WriteInterval(SECOND)).send(Post).await.unwrap();
    client.with_extension(WriteInterval(SECOND)).send(Post).await.unwrap();
    assert_eq!(seconds(&unspaced), [0, 0, 0, 0, 1]);
}

/// Clients that share a layer share the queue, in any order of settings.
#[tokio::test(start_paused = true)]
async fn clones_of_a_layer_have_one_queue() {
    let script = Script::new([]);
    let resilience = Resilience::new().write_interval(SECOND).concurrency(5);
    for wanted in 0..3 {
        script.of_credential(resilience.clone(), "one").send(Post).await.unwrap();
        assert_eq!(seconds(&script).pop(), Some(wanted));
    }
}

/// A request whose turn is after its deadline fails at once, and is not sent.
#[tokio::test(start_paused = true)]
async fn no_one_queues_for_too_long() {
    let script = Script::new([]);
    let client = script.of_credential(spaced().deadline(5 * SECOND), "one");
    let tasks = posting(&client, 9);
    let failed = timeout(SECOND / 2, async {
        let mut tasks = tasks;
        let late = tasks.split_off(6);
        (ended(late).await, tasks)
    });
    let (failed, rest) = failed.await.unwrap();
    assert_eq!(failed.len(), 3);
    for error in &failed {
        assert!(error.is_limited() && !error.is_timeout(), "{error:?}");
        assert!(error.retry_after().is_some_and(|wait| wait >= 5 * SECOND), "{error:?}");
    }
    let printed = format!("{:?}", failed[0]);
    let wanted = "post: the request was not sent, since its wait for a rate limit is too long: earlier writes take another 5 seconds";
    assert!(printed.starts_with(wanted), "{printed}");
    // The last request was just too late.
    let rest = ended(rest).await;
    assert!(rest.iter().all(Error::is_limited) && rest.len() == 1, "{rest:?}");
    assert_eq!(seconds(&script), [0, 1, 2, 3, 4]);
}

/// Those that may be sent sooner after one another don't make a wait look longer than it is.
#[tokio::test(start_paused = true)]
async fn a_queue_is_as_long_as_those_in_it() {
    let script = Script::new([]);
    let client = script.of_credential(spaced().deadline(12 * SECOND), "one");
    let quick = client.with_extension(WriteInterval(SECOND / 4));
    let slow = client.with_extension(WriteInterval(8 * SECOND));
    let mut tasks = posting(&quick, 10);
    tasks.extend(posting(&slow, 1));
    assert!(ended(tasks).await.is_empty());
    assert_eq!(script.times().split_off(8), [2000, 2250, 10_250]);
}

/// A cancelled request leaves the queue.
#[tokio::test(start_paused = true)]
async fn who_goes_away_is_not_waited_for() {
    let script = Script::new([]);
    let client = script.of_credential(spaced(), "one");
    client.send(Post).await.unwrap();
    let tasks = posting(&client, 3);
    tokio::time::sleep(SECOND / 2).await;
    tasks[0].abort();
    tasks[1].abort();
    tokio::task::yield_now().await;
    client.send(Post).await.unwrap();
    assert_eq!(seconds(&script), [0, 1, 2]);
}

/// After a limit they are as far apart as before, attempts that are made again too.
#[tokio::test(start_paused = true)]
async fn a_limit_bunches_none_of_them() {
    let refused = Step::Slow(SECOND / 2, Box::new(answer(429, &[("retry-after", "60")], "")));
    let script = Script::new([refused]);
    let client = script.of_credential(spaced().resend(Resend::Refused).deadline(None), "one");
    assert!(ended(posting(&client, 4)).await.is_empty());
    let times = script.times();
    assert_eq!(times.len(), 5);
    assert!(times[1] >= 60_000, "{times:?}");
    assert!(times.windows(2).all(|pair| pair[1] - pair[0] >= 1000), "{times:?}");
}

/// A limit after the deadline is an error at once, also for queued requests.
#[tokio::test(start_paused = true)]
async fn a_limit_is_returned_at_once() {
    let refused = Step::Slow(SECOND / 2, Box::new(answer(429, &[("retry-after", "3600")], "")));
    let script = Script::new([refused]);
    let client = script.of_credential(spaced(), "one");
    let failed = timeout(2 * SECOND, async {
        let queued = ended(posting(&client, 4)).await;
        (queued, ended(posting(&client, 4)).await)
    });
    let (queued, later) = failed.await.unwrap();
    assert_eq!((queued.len(), later.len(), script.sent().len()), (4, 4, 1));
    for error in queued.iter().chain(&later) {
        assert!(error.is_limited(), "{error:?}");
        assert!(error.retry_after().is_some_and(|wait| wait > 3500 * SECOND), "{error:?}");
    }
}
