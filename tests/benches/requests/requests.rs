//! One request after the other, and 32 at a time.

use std::time::Duration;

use criterion::{Criterion, Throughput};
use requests::{Side, serve};

const AT_ONCE: u64 = 32;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(8))
        .without_plots()
        .configure_from_args();
    let sides = Side::all(&serve());
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
            bencher.to_async(&runtime).iter(|| async {
                let tasks: Vec<_> = (0..AT_ONCE)
                    .map(|_| {
                        let side = side.clone();
                        tokio::spawn(async move { side.send().await })
                    })
                    .collect();
                for task in tasks {
                    task.await.expect("an app");
                }
            });
        });
    }
    group.finish();
    criterion.final_summary();
}
