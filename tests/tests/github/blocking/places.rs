//! Threads and runtimes on which the blocking client is used and dropped.

use std::cell::RefCell;
use std::future::{pending, poll_fn};
use std::pin::pin;
use std::sync::{Arc, mpsc};
use std::task::Poll;
use std::time::{Duration, Instant};

use axum::Router;
use github_apps::apps::endpoints::ListInstallations;
use github_apps::apps::security::AppJwt;
use github_apps::blocking::{Client, Driver};

use super::server::{client, serve};

fn built() -> Client<AppJwt> {
    client(&serve(Router::new().fallback(|| async { "[]" }))).build_blocking().unwrap()
}

fn ask(client: &Client<AppJwt>) {
    assert!(client.send(ListInstallations::new()).unwrap().is_empty());
    assert_eq!(client.pages(ListInstallations::new()).count(), 1);
}

/// It is made, used and dropped within a task, on a runtime of one thread and of several.
async fn within() {
    let client = built();
    ask(&client);
    let moved = client.clone();
    tokio::task::spawn_blocking(move || ask(&moved)).await.unwrap();
    tokio::spawn(async move { ask(&client) }).await.unwrap();
    // The task has used up its budget. The call within it does not wait for the next one.
    let client = built();
    poll_fn(|context| {
        while pin!(tokio::task::consume_budget()).poll(context).is_ready() {}
        ask(&client);
        Poll::Ready(())
    })
    .await;
}

#[tokio::test]
async fn within_tokio_of_one_thread() {
    within().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn within_tokio_of_several_threads() {
    within().await;
}

#[tokio::test]
async fn with_the_last_one_the_thread_ends() {
    let driver = Driver::new().unwrap();
    let held = Arc::new(());
    let there = Arc::clone(&held);
    let task = async move {
        let _there = there;
        pending::<()>().await;
    };
    driver.wait(async { drop(tokio::spawn(task)) }).unwrap();
    let another = driver.clone();
    drop(driver);
    assert_eq!(another.wait(async { 7 }).unwrap(), 7);
    assert_eq!(Arc::strong_count(&held), 2);
    drop(another);
    let start = Instant::now();
    while Arc::strong_count(&held) > 1 {
        assert!(start.elapsed() < Duration::from_secs(10), "the thread goes on");
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// On the thread of the driver nothing can be waited for, and an iterator that says so has an end.
#[test]
fn pages_on_the_driver_end() {
    let client = built();
    let moved = client.clone();
    let count = async move {
        let pages = || moved.pages(ListInstallations::new());
        (pages().take(9).count(), pages().items().take(9).count())
    };
    let counts = client.driver().wait(async { tokio::spawn(count).await.unwrap() }).unwrap();
    assert_eq!(counts, (1, 1));
}

struct Sends(Client<AppJwt>, mpsc::Sender<Option<String>>);

impl Drop for Sends {
    fn drop(&mut self) {
        let sent = self.0.send(ListInstallations::new());
        self.1.send(sent.err().map(|error| format!("{error:?}"))).unwrap();
    }
}

/// A thread-local value that sends while its thread ends gets an error.
#[test]
fn on_a_thread_that_ends_it_is_an_error() {
    thread_local!(static LAST: RefCell<Option<Sends>> = const { RefCell::new(None) });
    let (client, (sender, receiver)) = (built(), mpsc::channel());
    let ending = move || {
        LAST.set(Some(Sends(client.clone(), sender)));
        ask(&client);
    };
    std::thread::spawn(ending).join().unwrap();
    // On some systems ours goes first, and it is not too late yet.
    let error = receiver.recv().unwrap();
    assert!(error.as_deref().is_none_or(|error| error.contains("on a thread that is ending")), "{error:?}");
}

/// Pages that outlive the client keep its thread alive.
#[test]
fn pages_outlive_their_client() {
    let pages = built().pages(ListInstallations::new());
    assert_eq!(pages.count(), 1);
}

#[test]
fn it_may_be_shared() {
    fn shareable<T: Clone + Send + Sync + 'static>() {}
    shareable::<Client<AppJwt>>();
    shareable::<github_apps::blocking::App>();
    shareable::<github_apps::blocking::InstallationClient>();
    shareable::<Driver>();
}
