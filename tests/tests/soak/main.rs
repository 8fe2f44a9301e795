//! Two hundred tasks send requests to a server with random faults: no request is lost, no write is handled twice, no
//! response reaches another credential, and memory stays flat.
//!
//! It takes ten seconds in the usual run of the tests; `cargo xtask soak` runs it for ten minutes. A seed, which is printed,
//! decides the faults. Their times depend on the machine.

mod chance;
mod server;
mod tally;

use std::sync::Arc;
use std::time::{Duration, Instant};

use octogen_runtime::client::{Client, Credential, Error};
use octogen_runtime::layers::{MemoryCache, Resend, Resilience};
use octogen_runtime::{Method, Operation, OperationInfo, Request, SchemeKind, Value};

use chance::Chance;
use server::Server;
use tally::{Kind, Tally};

const TASKS: u64 = 200;
const CREDENTIALS: u64 = 8;

/// The resources that all tasks request. Each other resource is requested once.
const SHARED: u64 = 50;

/// So often may a request fail by the machine's own doing, beside the faults of the server.
const ATTEMPTS: u32 = 20;

macro_rules! operation {
    ($name:ident, $id:literal, $method:ident, $path:literal) => {
        /// An operation on the thing of a number.
        #[derive(Clone)]
        struct $name(u64);

        impl Operation for $name {
            type Output = Value;
            type Failure = Value;

            const INFO: OperationInfo = {
                const TOKEN: octogen_runtime::SecurityScheme =
                    octogen_runtime::SecurityScheme::new("token", SchemeKind::Bearer);
                let mut info = OperationInfo::new($id, Method::$method, $path);
                info.credentials = &[&[TOKEN]];
                info
            };

            fn write(&self, request: &mut Request) {
                request.path("id", &(self.0.cast_signed()));
            }
        }
    };
}

operation!(Get, "get", Get, "/things/{id}");
operation!(Shared, "shared", Get, "/shared/{id}");
operation!(Put, "put", Put, "/things/{id}");
operation!(Post, "post", Post, "/things/{id}");

#[test]
fn nothing_is_lost_and_nothing_is_done_twice() {
    let number = |name: &str, usual: u64| match std::env::var(name) {
        Ok(written) => written.parse().unwrap_or_else(|_| panic!("{name} is not a number")),
        Err(_) => usual,
    };
    let (seconds, seed) = (number("SOAK_SECONDS", 10), number("SOAK_SEED", 1));
    println!("soak: seed {seed}, {seconds} seconds, {TASKS} tasks");
    let tally = Arc::new(Tally::default());
    // A runtime of its own: a client that blocks would keep its server from answering.
    let server = Server::start(seed, Arc::clone(&tally));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let (warm, end) = runtime.block_on(run(&server, &tally, seed, Duration::from_secs(seconds)));
    println!("{tally}");
    println!("memory: {warm} KiB once warm, {end} KiB at the end");
    tally.check();
    // Allocators return memory late, but a leak grows with each of some hundred thousand requests.
    assert!(end <= warm + warm / 4 + 16 * 1024, "memory grew from {warm} to {end} KiB");
}

/// Runs the tasks, and returns the memory of the process after its start and at the end.
async fn run(server: &Server, tally: &Arc<Tally>, seed: u64, long: Duration) -> (u64, u64) {
    let resilience = Resilience::new()
        .attempts(ATTEMPTS)
        .back_off(Duration::from_millis(1), Duration::from_millis(20))
        .deadline(None)
        .cache(MemoryCache::new(64 * 1024));
    let clients: Vec<Client> = (0..CREDENTIALS)
        .map(|at| {
            let builder = Client::builder().base_url(server.base()).timeout(Duration::from_secs(2));
            let builder = builder.layer(resilience.clone()).credentials([Credential::bearer(format!("token-{at}"))]);
            builder.build().unwrap()
        })
        .collect();
    let end = Instant::now() + long;
    let tasks: Vec<_> = (0..TASKS)
        .map(|at| {
            let whose = at % CREDENTIALS;
            let client = clients[usize::try_from(whose).unwrap()].clone();
            tokio::spawn(task(client, Arc::clone(tally), Chance::new(seed ^ (at << 32)), whose, end))
        })
        .collect();
    tokio::time::sleep(long / 4).await;
    let warm = memory();
    for task in tasks {
        task.await.unwrap();
    }
    (warm, memory())
}

async fn task(client: Client, tally: Arc<Tally>, mut chance: Chance, whose: u64, end: Instant) {
    let refused = client.with_extension(Resend::Refused);
    while Instant::now() < end {
        let kind = Kind::ALL[usize::try_from(chance.below(5)).unwrap()];
        let id = if kind == Kind::Shared { chance.below(SHARED) } else { tally.begin(kind) };
        let result = match kind {
            Kind::Get => client.send(Get(id)).await,
            Kind::Shared => client.send(Shared(id)).await,
            Kind::Put => client.send(Put(id)).await,
            Kind::Post => client.send(Post(id)).await,
            Kind::PostRefused => refused.send(Post(id)).await,
        };
        if let Err(error) = &result {
            assert!(!kind.is_idempotent(), "{kind:?} {id} was given up: {error:?}");
        }
        if let Ok(value) = &result {
            let said = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
            let wanted = (format!("token-{whose}"), id.to_string());
            assert_eq!((said("who"), said("id")), wanted, "the answer is another one's");
        }
        tally.end(kind, id, result.map(drop).map_err(Error::untyped));
    }
}

/// Returns the memory of the process in KiB, or `None` if the system does not report it.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
