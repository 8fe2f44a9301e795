//! Interrupted runs that continue later.

use std::collections::BTreeSet;
use std::time::Duration;

use github_apps::app::{RedeliveryProgress, RedeliveryStep};
use github_apps::runtime::{decode, encode};
use serde_json::Value;

use super::hub::{Hub, delivery};
use super::{SINCE, app, hour};

fn record() -> Vec<Value> {
    let failed = (6..12).rev().map(|id| delivery(id * 2, &format!("failed {id}"), id * 2, 500));
    let mut record: Vec<Value> = failed.collect();
    record.insert(2, delivery(19, "failed 8", 19, 200));
    record
}

/// The progress as another process reads it.
fn kept(progress: &RedeliveryProgress) -> RedeliveryProgress {
    let kept = encode(progress);
    let read: RedeliveryProgress = decode(kept.as_bytes()).unwrap();
    assert_eq!((&read, encode(&read)), (progress, kept));
    read
}

/// If a run is interrupted at any step, no redelivery is requested twice, and only the one that was being requested is left
/// out.
#[tokio::test]
async fn nothing_is_asked_for_twice() {
    let (mut cut, mut is_done, mut uncertain) = (0, false, BTreeSet::new());
    while !is_done {
        let hub = Hub::start(3, record()).await;
        hub.refusals.lock().unwrap().insert(14, 422);
        let mut work = app(&hub).redeliver_failed(hour(SINCE));
        let mut on_its_way = None;
        for _ in 0..cut {
            match work.step().await.unwrap() {
                Some(RedeliveryStep::Requesting(delivery)) => on_its_way = Some(delivery),
                Some(_) => on_its_way = None,
                None => is_done = true,
            }
        }
        let before = hub.pages().len();
        let mut again = app(&hub).resume_redelivery(kept(work.progress()));
        let report = again.run().await.unwrap();
        assert!(hub.pages().len() - before <= 4, "the record isn't read from its beginning");
        let asked = hub.asked();
        let once: BTreeSet<i64> = asked.iter().copied().collect();
        assert_eq!(asked.len(), once.len(), "cut behind {cut} steps");
        assert_eq!(report.uncertain, Vec::from_iter(on_its_way.clone()), "cut behind {cut} steps");
        assert_eq!(asked.len() + report.uncertain.len(), 5);
        assert_eq!((report.failed, report.repaired, report.remaining.len()), (6, 1, 0));
        uncertain.extend(on_its_way.map(|delivery| delivery.id));
        cut += 1;
    }
    assert_eq!(uncertain, BTreeSet::from([12, 14, 18, 20, 22]));
}

/// Without a response, it is unknown whether the request has arrived. The list of deliveries may show it.
#[tokio::test]
async fn what_was_on_its_way_is_not_sent_again() {
    let hub = Hub::start(3, record()).await;
    *hub.delay.lock().unwrap() = Duration::from_secs(600);
    let mut work = app(&hub).redeliver_failed(hour(SINCE));
    let cut = tokio::time::timeout(Duration::from_secs(1), work.run()).await;
    assert!(cut.is_err());
    *hub.delay.lock().unwrap() = Duration::ZERO;
    assert_eq!(hub.asked(), [12]);
    let mut unheard = app(&hub).resume_redelivery(kept(work.progress())).limit(2);
    let report = unheard.run().await.unwrap();
    assert_eq!((hub.asked(), report.uncertain.len(), report.remaining.len()), (vec![12, 14], 1, 3));
    // Now it is in the list and has failed again, which the next run handles.
    hub.arrive(delivery(101, "failed 6", 30, 500));
    let report = app(&hub).resume_redelivery(kept(unheard.progress())).run().await.unwrap();
    assert_eq!((report.uncertain.len(), report.requested.len()), (0, 5));
    assert_eq!(hub.asked(), [12, 14, 18, 20, 22]);
}

/// Hours later, no redelivery is requested for events that were delivered meanwhile.
#[tokio::test]
async fn who_goes_on_looks_what_came_meanwhile() {
    let hub = Hub::start(3, record()).await;
    let mut work = app(&hub).redeliver_failed(hour(SINCE)).limit(1);
    work.run().await.unwrap();
    assert_eq!(hub.asked(), [12]);
    (0..10).for_each(|id| hub.arrive(delivery(201 + id * 2, "others", 40, 200)));
    hub.arrive(delivery(301, "failed 9", 41, 200));
    let report = app(&hub).resume_redelivery(kept(work.progress())).run().await.unwrap();
    assert_eq!(hub.asked(), [12, 14, 20, 22]);
    assert_eq!((report.repaired, report.examined), (2, 7));
}

#[tokio::test]
async fn a_page_that_fails_is_read_again() {
    let hub = Hub::start(2, record()).await;
    let mut work = app(&hub).redeliver_failed(hour(SINCE));
    work.step().await.unwrap();
    hub.refusals.lock().unwrap().insert(0, 502);
    assert_eq!(work.run().await.unwrap_err().status().unwrap(), 502);
    hub.refusals.lock().unwrap().clear();
    let report = app(&hub).resume_redelivery(kept(work.progress())).run().await.unwrap();
    assert_eq!((report.examined, report.requested.len()), (7, 5));
    assert_eq!(hub.pages().iter().filter(|cursor| cursor.is_empty()).count(), 2);
}

#[test]
fn what_is_no_progress_is_an_error() {
    for text in ["", "{}", "null", r#"{"since":"yesterday"}"#] {
        assert!(decode::<RedeliveryProgress>(text.as_bytes()).is_err(), "{text}");
    }
}
