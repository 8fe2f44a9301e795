//! The events that a run requests, and those that it does not.

use github_apps::app::RedeliveryReport;

use super::hub::{Hub, delivery, of};
use super::{SINCE, app, hour};

async fn run(hub: &Hub) -> RedeliveryReport {
    app(hub).redeliver_failed(hour(SINCE)).run().await.unwrap()
}

fn guids(deliveries: &[github_apps::app::FailedDelivery]) -> Vec<&str> {
    deliveries.iter().map(|delivery| delivery.guid.as_str()).collect()
}

#[tokio::test]
async fn each_event_that_no_attempt_has_delivered_is_asked_for_once() {
    let record = [
        delivery(20, "once", 20, 500),
        delivery(19, "repaired", 19, 200),
        delivery(18, "fine", 18, 204),
        delivery(17, "twice", 17, 502),
        delivery(16, "repaired", 16, 500),
        delivery(15, "twice", 15, 0),
        // The redelivery of an event has failed that had been delivered before: the event counts as delivered.
        delivery(13, "arrived", 13, 500),
        delivery(12, "arrived", 12, 200),
        delivery(11, "twice", 11, 404),
        delivery(9, "old", 9, 500),
        delivery(8, "older", 8, 500),
        delivery(7, "oldest", 7, 500),
    ];
    for page in [1, 2, 3, 5, 100] {
        let hub = Hub::start(page, record.clone()).await;
        let report = run(&hub).await;
        // The oldest first, and of each the newest attempt.
        assert_eq!(hub.asked(), [17, 20], "{page} a page");
        assert_eq!((report.examined, report.failed, report.repaired), (9, 4, 2), "{page} a page");
        assert_eq!(guids(&report.requested), ["once", "twice"]);
        assert!(report.refused.is_empty() && report.uncertain.is_empty() && report.remaining.is_empty());
        assert_eq!((report.requested[1].id, report.requested[1].event.as_str()), (17, "push"));
        assert_eq!(report.requested[1].installation_id, Some(7));
        if page == 5 {
            assert_eq!(hub.pages(), ["", "v1_15", "v1_8", ""], "the record is read no further than that");
        }
    }
}

#[tokio::test]
async fn an_empty_record_needs_one_request() {
    let hub = Hub::start(10, []).await;
    assert_eq!(run(&hub).await, RedeliveryReport::default());
    assert_eq!((hub.pages().len(), hub.asked().len()), (1, 0));
}

#[tokio::test]
async fn what_github_calls_fine_is_fine() {
    let mut odd = delivery(20, "odd", 20, 0);
    odd["status"] = "OK".into();
    let mut held_back = delivery(18, "held back", 18, 503);
    held_back["throttled_at"] = "2026-11-01T18:00:00Z".into();
    let hub = Hub::start(10, [odd, held_back]).await;
    let report = run(&hub).await;
    assert_eq!((report.failed, hub.asked()), (1, vec![18]));
}

#[tokio::test]
async fn links_that_form_a_cycle_are_an_error() {
    let hub = Hub::start(1, [20, 18, 16].map(|id| delivery(id, &format!("guid {id}"), id, 500))).await;
    hub.links.lock().unwrap().insert("v1_18", "v1_20");
    let error = app(&hub).redeliver_failed(hour(SINCE)).run().await.unwrap_err();
    assert!(error.is_page() && error.to_string().ends_with("so that the pages form a cycle"), "{error}");
    assert!(hub.asked().is_empty() && hub.pages().len() < 10, "{:?}", hub.pages());
}

/// Otherwise, older failed events would be left out without an error.
#[tokio::test]
async fn a_link_that_is_not_followed_is_no_end() {
    for link in ["https://evil.example/app/hook/deliveries?cursor=v1_18", "?per_page=100"] {
        let hub = Hub::start(1, [delivery(20, "a", 20, 500), delivery(18, "b", 18, 500)]).await;
        *hub.link.lock().unwrap() = Some(link);
        let mut work = app(&hub).redeliver_failed(hour(SINCE));
        assert!(work.run().await.unwrap_err().is_page(), "{link}");
        assert_eq!((hub.asked().len(), hub.pages().len()), (0, 1));
        *hub.link.lock().unwrap() = None;
        assert_eq!(work.run().await.unwrap().requested.len(), 2, "{link}");
    }
}

#[tokio::test]
async fn a_time_that_nobody_can_read_ends_nothing() {
    let mut strange = delivery(19, "strange", 19, 500);
    strange["delivered_at"] = "yesterday".into();
    let hub = Hub::start(1, [delivery(20, "new", 20, 500), strange, delivery(18, "next", 18, 500)]).await;
    run(&hub).await;
    assert_eq!(hub.asked(), [19, 18, 20]);
    // Nor does it hide events that were delivered meanwhile.
    let mut strange = delivery(24, "strange", 24, 200);
    strange["delivered_at"] = "tomorrow".into();
    let hub = Hub::start(1, [delivery(20, "new", 20, 500), delivery(18, "next", 18, 500)]).await;
    hub.arrive_behind(1, delivery(23, "next", 23, 200));
    hub.arrive_behind(1, strange);
    assert_eq!((run(&hub).await.repaired, hub.asked()), (1, vec![20]));
}

#[tokio::test]
async fn what_cannot_be_asked_for_ends_nothing() {
    let record = [delivery(20, "c", 20, 500), delivery(18, "b", 18, 500), delivery(16, "a", 16, 500)];
    for status in [400, 404, 410, 422, 500, 502] {
        let hub = Hub::start(10, record.clone()).await;
        hub.refusals.lock().unwrap().insert(18, status);
        let report = run(&hub).await;
        assert_eq!(hub.asked(), [16, 18, 20]);
        assert_eq!(guids(&report.requested), ["c", "a"]);
        assert_eq!(report.refused.len(), 1);
        let refused = &report.refused[0];
        assert_eq!((refused.delivery.guid.as_str(), refused.status), ("b", i64::from(status)));
        let why = format!("redeliver-webhook-delivery: the server answered {status}");
        assert!(refused.reason.starts_with(&why), "{}", refused.reason);
    }
}

#[tokio::test]
async fn where_nothing_more_will_do_it_ends_and_can_go_on() {
    let record = [delivery(20, "c", 20, 500), delivery(18, "b", 18, 500), delivery(16, "a", 16, 500)];
    for status in [401, 403, 429] {
        let hub = Hub::start(10, record.clone()).await;
        hub.refusals.lock().unwrap().insert(18, status);
        let mut work = app(&hub).redeliver_failed(hour(SINCE));
        let error = work.run().await.unwrap_err();
        assert_eq!(error.status().unwrap(), status);
        let report = work.report();
        assert_eq!((guids(&report.requested), guids(&report.remaining)), (vec!["a"], vec!["c", "b"]));
        hub.refusals.lock().unwrap().clear();
        let report = work.run().await.unwrap();
        assert_eq!((guids(&report.requested), report.remaining.len()), (vec!["c", "b", "a"], 0));
        let times = |id: i64| hub.asked().iter().filter(|asked| **asked == id).count();
        assert_eq!((times(16), times(20)), (1, 1));
    }
}

#[tokio::test]
async fn the_body_of_what_is_accepted_does_not_matter() {
    for body in ["null", "{}", "", "<html>"] {
        let hub = Hub::start(10, [delivery(20, "a", 20, 500)]).await;
        *hub.body.lock().unwrap() = body;
        assert_eq!(run(&hub).await.requested.len(), 1, "{body}");
    }
}

#[tokio::test]
async fn filters_limits_and_dry_runs() {
    let record = [
        of(20, "e", 20, 500, "push", Some(7)),
        of(18, "d", 18, 500, "issues", Some(7)),
        of(16, "c", 16, 500, "issues", Some(8)),
        of(14, "b", 14, 500, "of_tomorrow", None),
        of(12, "a", 12, 500, "ping", None),
    ];
    let hub = Hub::start(2, record).await;
    let begin = || app(&hub).redeliver_failed(hour(SINCE)).dry_run();
    for (work, expected) in [
        (begin(), vec!["e", "d", "c", "b", "a"]),
        (begin().event("issues"), vec!["d", "c"]),
        (begin().event("issues").event("of_tomorrow"), vec!["d", "c", "b"]),
        (begin().installation(7), vec!["e", "d"]),
        (begin().installation(7).installation(8).event("issues"), vec!["d", "c"]),
    ] {
        let mut work = work;
        let report = work.run().await.unwrap();
        assert_eq!(guids(&report.remaining), expected);
        assert_eq!((report.examined, report.failed), (expected.len() as i64, expected.len()));
    }
    assert_eq!(hub.asked().len(), 0);
    // A run that continues a dry run requests the events that the dry run has found.
    let mut dry = begin();
    dry.run().await.unwrap();
    let report = app(&hub).resume_redelivery(dry.progress().clone()).limit(2).run().await.unwrap();
    assert_eq!((hub.asked(), guids(&report.remaining)), (vec![12, 14], vec!["e", "d", "c"]));
    // A continued run may include fewer events.
    let report =
        app(&hub).resume_redelivery(dry.progress().clone()).event("issues").installation(8).run().await.unwrap();
    assert_eq!((hub.asked(), report.remaining.len(), report.requested.len()), (vec![12, 14, 16], 0, 1));
}

/// Deliveries that come during the run are not requested, but they may be successful attempts.
#[tokio::test]
async fn what_is_newer_than_the_start_only_repairs() {
    let record = [delivery(20, "b", 20, 500), delivery(18, "a", 18, 500), delivery(16, "c", 16, 500)];
    let hub = Hub::start(1, record).await;
    hub.arrive_behind(1, delivery(22, "new", 22, 500));
    hub.arrive_behind(1, delivery(23, "a", 22, 200));
    hub.arrive_behind(2, delivery(25, "c", 23, 500));
    let report = run(&hub).await;
    // If an event has failed again in the meantime, its newest attempt is requested.
    assert_eq!(hub.asked(), [20, 25]);
    assert_eq!((report.examined, report.failed, report.repaired), (3, 3, 1));
}
