//! A server with the list of a webhook's deliveries in pages, which records the requested redeliveries.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// 2026-11-01T00:00:00Z.
pub const START: u64 = 1_793_491_200;

#[derive(Clone)]
pub struct Hub(Arc<Shared>);

pub struct Shared {
    address: String,
    /// The newest first, by falling ids.
    record: Mutex<Vec<Value>>,
    pub page: usize,
    /// The deliveries whose redelivery is refused, with the status.
    pub refusals: Mutex<BTreeMap<i64, u16>>,
    /// Replaces the link to the next page.
    pub link: Mutex<Option<&'static str>>,
    /// The cursor of the next page, by the cursor of a page, instead of the right one.
    pub links: Mutex<BTreeMap<&'static str, &'static str>>,
    pub body: Mutex<&'static str>,
    pub delay: Mutex<Duration>,
    /// Deliveries that appear after this number of pages was read.
    arrivals: Mutex<Vec<(usize, Value)>>,
    pages: Mutex<Vec<String>>,
    asked: Mutex<Vec<i64>>,
}

impl std::ops::Deref for Hub {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

/// A delivery: its id, its event, the hour in which it was and the status of the receiver.
pub fn delivery(id: i64, guid: &str, hour: i64, status: u16) -> Value {
    of(id, guid, hour, status, "push", Some(7))
}

pub fn of(id: i64, guid: &str, hour: i64, status: u16, event: &str, installation: Option<i64>) -> Value {
    let (day, of_day) = (1 + hour / 24, hour % 24);
    json!({
        "id": id,
        "guid": guid,
        "delivered_at": format!("2026-11-{day:02}T{of_day:02}:00:00Z"),
        "redelivery": id % 2 == 1,
        "duration": 0.25,
        "status": if (200..300).contains(&status) { "OK" } else { "Bad" },
        "status_code": status,
        "event": event,
        "action": null,
        "installation_id": installation,
        "repository_id": null,
        "throttled_at": null,
    })
}

impl Hub {
    pub async fn start(page: usize, record: impl IntoIterator<Item = Value>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let shared = Arc::new(Shared {
            address: listener.local_addr().unwrap().to_string(),
            record: Mutex::new(record.into_iter().collect()),
            page,
            refusals: Mutex::default(),
            link: Mutex::default(),
            links: Mutex::default(),
            body: Mutex::new("null"),
            delay: Mutex::default(),
            arrivals: Mutex::default(),
            pages: Mutex::default(),
            asked: Mutex::default(),
        });
        let router = Router::new()
            .route("/app/hook/deliveries", get(deliveries))
            .route("/app/hook/deliveries/{id}/attempts", post(attempts))
            .with_state(Arc::clone(&shared));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self(shared)
    }
}

impl Shared {
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the requested redeliveries in order.
    pub fn asked(&self) -> Vec<i64> {
        self.asked.lock().unwrap().clone()
    }

    /// The cursors of the pages that were read.
    pub fn pages(&self) -> Vec<String> {
        self.pages.lock().unwrap().clone()
    }

    pub fn arrive(&self, delivery: Value) {
        self.record.lock().unwrap().insert(0, delivery);
    }

    pub fn arrive_behind(&self, pages: usize, delivery: Value) {
        self.arrivals.lock().unwrap().push((pages, delivery));
    }
}

async fn deliveries(State(hub): State<Arc<Shared>>, Query(query): Query<BTreeMap<String, String>>) -> Response {
    if let Some(status) = hub.refusals.lock().unwrap().get(&0) {
        return (StatusCode::from_u16(*status).unwrap(), "{}").into_response();
    }
    assert_eq!(query["per_page"], "100");
    assert!(!query.contains_key("status"), "what was repaired is not to be seen among failures");
    let cursor = query.get("cursor").cloned().unwrap_or_default();
    let from = cursor.strip_prefix("v1_").map_or(i64::MAX, |id| id.parse().unwrap());
    let record = hub.record.lock().unwrap().clone();
    let left: Vec<Value> = record.into_iter().filter(|delivery| delivery["id"].as_i64().unwrap() <= from).collect();
    let (page, rest) = left.split_at(hub.page.min(left.len()));
    let link_to =
        |cursor: &str| format!("<{}/app/hook/deliveries?per_page=100&cursor={cursor}>; rel=\"next\"", hub.url());
    let wrong = hub.links.lock().unwrap().get(cursor.as_str()).copied();
    let link = rest.first().map(|next| wrong.map_or_else(|| link_to(&format!("v1_{}", next["id"])), link_to));
    let link = hub.link.lock().unwrap().map(|link| format!("<{link}>; rel=\"next\"")).or(link);
    let mut pages = hub.pages.lock().unwrap();
    pages.push(cursor);
    let due = hub.arrivals.lock().unwrap().extract_if(.., |(behind, _)| *behind <= pages.len()).collect::<Vec<_>>();
    due.into_iter().for_each(|(_, delivery)| hub.arrive(delivery));
    let body = Value::from(page.to_vec()).to_string();
    match link {
        Some(link) => ([("link", link)], body).into_response(),
        None => body.into_response(),
    }
}

async fn attempts(State(hub): State<Arc<Shared>>, Path(id): Path<i64>) -> Response {
    hub.asked.lock().unwrap().push(id);
    let delay = *hub.delay.lock().unwrap();
    tokio::time::sleep(delay).await;
    if let Some(status) = hub.refusals.lock().unwrap().get(&id) {
        return (StatusCode::from_u16(*status).unwrap(), r#"{"message":"No"}"#).into_response();
    }
    (StatusCode::ACCEPTED, *hub.body.lock().unwrap()).into_response()
}
