//! Tokens that several processes share: by any store, and by a Redis that comes and goes.

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use github_apps::app::{App, RedisStore, StoreFuture, TokenStore};
use github_apps::apps::endpoints::ListInstallationRepositories;
use octogen_runtime::Secret;

use super::builder;
use super::hub::Hub;

/// A store whose content the test can read.
#[derive(Clone, Default)]
struct Shelf(Arc<Mutex<BTreeMap<String, (Secret, u64)>>>);

impl TokenStore for Shelf {
    fn get<'a>(&'a self, key: &'a str) -> StoreFuture<'a, Option<Secret>> {
        Box::pin(async move { Ok(self.0.lock().unwrap().get(key).map(|(value, _)| value.clone())) })
    }

    fn put<'a>(&'a self, key: &'a str, value: &'a Secret, lives: Duration) -> StoreFuture<'a, ()> {
        self.0.lock().unwrap().insert(key.to_owned(), (value.clone(), lives.as_secs()));
        Box::pin(async { Ok(()) })
    }
}

async fn token(app: &App) -> String {
    app.installation(7).token(Duration::ZERO).await.unwrap().expose().to_owned()
}

#[tokio::test]
async fn processes_share_a_token_by_a_store() {
    let hub = Hub::start().await;
    let shelf = Shelf::default();
    let process = || builder(&hub).store(shelf.clone()).build().unwrap();
    let (one, other) = (process(), process());
    assert_eq!((token(&one).await, token(&other).await), (String::from("ghs_s3cret1"), String::from("ghs_s3cret1")));
    let permissions = other.installation(7).token(Duration::ZERO).await.unwrap();
    assert!(permissions.permissions().unwrap().include("contents", "read"));
    let names: Vec<String> = shelf.0.lock().unwrap().keys().cloned().collect();
    assert_eq!(names, [format!("{} Iv23liTests 7 None None None", hub.url())]);
    assert_eq!(shelf.0.lock().unwrap().values().map(|(_, lives)| *lives).collect::<Vec<_>>(), [3600]);
    // The one replaces it in time, the other finds the new one.
    hub.clock.forward(3400);
    assert_eq!((token(&one).await, token(&other).await), (String::from("ghs_s3cret2"), String::from("ghs_s3cret2")));
    assert_eq!(hub.minted(), 2);
    // An expired token, or a text that is not a token, is not used.
    hub.clock.forward(3600);
    shelf.0.lock().unwrap().values_mut().for_each(|(value, _)| *value = Secret::from("{}"));
    assert_eq!(token(&one).await, "ghs_s3cret3");
}

/// The store has the refused token too.
#[tokio::test]
async fn what_was_refused_is_not_taken_from_the_store() {
    let hub = Hub::start().await;
    let shelf = Shelf::default();
    let process = || builder(&hub).store(shelf.clone()).build().unwrap();
    let (one, other) = (process(), process());
    for app in [&one, &other] {
        app.installation(7).send(ListInstallationRepositories::new()).await.unwrap();
    }
    hub.revoke_all();
    for app in [&one, &other] {
        app.installation(7).send(ListInstallationRepositories::new()).await.unwrap();
    }
    assert_eq!((hub.minted(), hub.refused()), (2, 2));
}

/// The store has another token than this process had, which was revoked as well. The process does not use it, but its new
/// token is in the store for other processes.
#[tokio::test]
async fn what_was_revoked_as_well_is_not_taken_from_the_store() {
    let hub = Hub::start().await;
    let shelf = Shelf::default();
    let process = || builder(&hub).store(shelf.clone()).build().unwrap();
    let (one, other) = (process(), process());
    let ask = async |app: &App| app.installation(7).send(ListInstallationRepositories::new()).await.map(drop);
    ask(&one).await.unwrap();
    shelf.0.lock().unwrap().clear();
    ask(&other).await.unwrap();
    hub.clock.forward(600);
    hub.revoke_all();
    ask(&one).await.unwrap();
    ask(&other).await.unwrap();
    assert_eq!((hub.minted(), hub.refused()), (3, 2));
}

#[tokio::test]
async fn a_store_that_fails_costs_a_request() {
    struct Broken;

    impl TokenStore for Broken {
        fn get<'a>(&'a self, _key: &'a str) -> StoreFuture<'a, Option<Secret>> {
            Box::pin(async { Err("the shelf is gone".into()) })
        }

        fn put<'a>(&'a self, _key: &'a str, _value: &'a Secret, _lives: Duration) -> StoreFuture<'a, ()> {
            Box::pin(async { Err("the shelf is gone".into()) })
        }
    }

    let hub = Hub::start().await;
    let app = builder(&hub).store(Broken).build().unwrap();
    assert_eq!((token(&app).await, token(&app).await), (String::from("ghs_s3cret1"), String::from("ghs_s3cret1")));
}

/// No task waits for ever, and the next task asks for the token.
#[tokio::test]
async fn a_store_that_panics_leaves_nobody_waiting() {
    struct Panicking(AtomicUsize);

    impl TokenStore for Panicking {
        fn get<'a>(&'a self, _key: &'a str) -> StoreFuture<'a, Option<Secret>> {
            Box::pin(async {
                tokio::time::sleep(Duration::from_millis(20)).await;
                let left = self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
                assert!(left.is_err(), "the shelf has fallen over");
                Ok(None)
            })
        }

        fn put<'a>(&'a self, _key: &'a str, _value: &'a Secret, _lives: Duration) -> StoreFuture<'a, ()> {
            Box::pin(async { Ok(()) })
        }
    }

    let hub = Hub::start().await;
    let app = builder(&hub).store(Panicking(AtomicUsize::new(1))).build().unwrap();
    let tasks: Vec<_> = (0..10)
        .map(|_| app.installation(7))
        .map(|installation| tokio::spawn(async move { installation.token(Duration::ZERO).await }))
        .collect();
    for task in tasks {
        let outcome = tokio::time::timeout(Duration::from_secs(10), task).await.unwrap().unwrap();
        assert_eq!(outcome.unwrap_err().to_string(), "the signer or the store of the app panicked");
    }
    assert_eq!((token(&app).await, hub.minted()), (String::from("ghs_s3cret1"), 1));
}

/// A Redis of the test's own, which ends with it.
struct Redis {
    port: u16,
    process: Child,
}

impl Redis {
    /// Returns `None` if no Redis is installed.
    fn start(port: u16, arguments: &[&str]) -> Option<Self> {
        let port_text = port.to_string();
        let process = Command::new("redis-server")
            .args(["--port", &port_text, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn();
        match process {
            Ok(process) => Some(Self { port, process }.answering()),
            Err(error) => {
                assert_eq!(error.kind(), std::io::ErrorKind::NotFound, "redis-server doesn't start: {error}");
                eprintln!("skipped: there is no redis-server on the path");
                None
            }
        }
    }

    fn answering(self) -> Self {
        let start = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(start.elapsed() < Duration::from_secs(10), "redis-server doesn't answer");
            std::thread::sleep(Duration::from_millis(20));
        }
        self
    }

    fn url(port: u16) -> String {
        format!("redis://127.0.0.1:{port}/")
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[tokio::test]
async fn processes_share_a_token_by_redis() {
    let port = free_port();
    let Some(redis) = Redis::start(port, &[]) else { return };
    let hub = Hub::start().await;
    let process = || builder(&hub).store(RedisStore::open(&Redis::url(port)).unwrap()).build().unwrap();
    let (one, other) = (process(), process());
    assert_eq!((token(&one).await, token(&other).await), (String::from("ghs_s3cret1"), String::from("ghs_s3cret1")));
    let mut connection = redis::Client::open(Redis::url(port)).unwrap().get_connection().unwrap();
    let keys: Vec<String> = redis::cmd("KEYS").arg("*").query(&mut connection).unwrap();
    assert_eq!(keys, [format!("github-apps:token:{} Iv23liTests 7 None None None", hub.url())]);
    let lives: i64 = redis::cmd("TTL").arg(&keys[0]).query(&mut connection).unwrap();
    assert!((3590..=3600).contains(&lives), "{lives}");
    drop(redis);
}

#[tokio::test]
async fn redis_goes_and_comes_back() {
    let port = free_port();
    let Some(redis) = Redis::start(port, &[]) else { return };
    let hub = Hub::start().await;
    let process = || builder(&hub).store(RedisStore::open(&Redis::url(port)).unwrap()).build().unwrap();
    let one = process();
    assert_eq!(token(&one).await, "ghs_s3cret1");
    drop(redis);
    // No task waits for it for long, and each process asks for a token of its own.
    hub.clock.forward(3600);
    let start = Instant::now();
    assert_eq!(token(&one).await, "ghs_s3cret2");
    assert_eq!(token(&process()).await, "ghs_s3cret3");
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    let _redis = Redis::start(port, &[]).unwrap();
    hub.clock.forward(3600);
    assert_eq!(token(&one).await, "ghs_s3cret4");
    assert_eq!(token(&process()).await, "ghs_s3cret4");
    assert_eq!(hub.minted(), 4);
}

/// A Redis that refuses a command repeats it in its answer, with the token that it contains.
#[tokio::test]
async fn what_redis_answers_is_not_printed() {
    let port = free_port();
    let Some(_redis) = Redis::start(port, &["--rename-command", "SET", "", "--requirepass", "s3cret"]) else { return };
    let put = async |url: String| {
        let store = RedisStore::open(&url).unwrap();
        assert_eq!(format!("{store:?}"), "RedisStore(\"github-apps:token:\")");
        let error = store.put("key", &Secret::from("ghs_s3cret"), Duration::from_secs(1)).await.unwrap_err();
        format!("{error} {error:?}")
    };
    let refused = put(format!("redis://:s3cret@127.0.0.1:{port}/")).await;
    let unknown = put(format!("redis://127.0.0.1:{port}/")).await;
    let wrong = put(format!("redis://:another-s3cret@127.0.0.1:{port}/")).await;
    for printed in [&refused, &unknown, &wrong] {
        assert!(printed.starts_with("redis: ") && !printed.contains("s3cret"), "{printed}");
    }
    assert!(refused.contains("ERR"), "{refused}");
    let error = RedisStore::open("s3cret://s3cret").unwrap_err();
    assert!(!format!("{error} {error:?}").contains("s3cret"), "{error}");
}
