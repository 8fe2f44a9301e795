//! One request after the other, and 32 at a time.
//!
//! First all sides in turn, many times, so that what else the machine does meets all of them: what share of bare reqwest's
//! requests per second the others reach. Then each by criterion.

use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput};
use requests::{Side, serve};
use tokio::runtime::Runtime;

const AT_ONCE: u64 = 32;
const ROUNDS: usize = 60;
const PER_ROUND: u64 = 320;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(8))
        .without_plots()
        .configure_from_args();
    let sides = Side::all(&serve());
    in_turn(&runtime, &sides, "one by one", 1);
    in_turn(&runtime, &sides, "32 at a time", AT_ONCE);
    let mut group = criterion.benchmark_group("one by one");
    group.throughput(Throughput::Elements(1));
    for (name, side) in &sides {
        group.bench_function(*name, |bencher| bencher.to_async(&runtime).iter(|| side.send()));
    }
    group.finish();
    let mut group = criterion.benchmark_group("32 at a time");
    group.throughput(Throughput::Elements(AT_ONCE));
    for (name, side) in &sides {
        group.bench_function(*name, |bencher| {
            bencher.to_async(&runtime).iter(|| at_once(side, AT_ONCE));
        });
    }
    group.finish();
    criterion.final_summary();
}

/// Sends as many requests at once, each by a task of its own.
async fn at_once(side: &Side, count: u64) {
    let tasks: Vec<_> = (0..count)
        .map(|_| {
            let side = side.clone();
            tokio::spawn(async move { side.send().await })
        })
        .collect();
    for task in tasks {
        task.await.expect("an app");
    }
}

/// Prints the quickest quarter's microseconds per request of each side, and its share of the first one's requests.
fn in_turn(runtime: &Runtime, sides: &[(&str, Side)], name: &str, count: u64) {
    let mut times = vec![Vec::new(); sides.len()];
    for round in 0..ROUNDS {
        for at in 0..sides.len() {
            // Each begins as often as the others.
            let at = (at + round) % sides.len();
            let began = Instant::now();
            runtime.block_on(async {
                for _ in 0..PER_ROUND / count {
                    at_once(&sides[at].1, count).await;
                }
            });
            times[at].push(began.elapsed().as_secs_f64() * 1e6 / PER_ROUND as f64);
        }
    }
    let quarters: Vec<f64> = times
        .iter_mut()
        .map(|times| {
            times.sort_by(f64::total_cmp);
            times[ROUNDS / 4]
        })
        .collect();
    for ((side, _), time) in sides.iter().zip(&quarters) {
        println!("in turn\t{name}\t{side}\t{time:.1} µs\t{:.2}", quarters[0] / time);
    }
}
