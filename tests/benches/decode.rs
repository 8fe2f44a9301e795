//! Decoding and encoding GitHub's payloads: our types, and serde's of the same shape, in one process.

use std::hint::black_box;
use std::time::Duration;

use criterion::{BatchSize, Criterion, Throughput};

/// A payload.
struct Case {
    name: &'static str,
    /// The index of its type in each codec.
    ty: usize,
    /// Whether its types hold no union, and no map beside fields: serde reads such values into a copy first.
    is_plain: bool,
    /// Whether it was recorded; otherwise it is documented.
    is_recorded: bool,
    json: &'static str,
}

include!("../../target/bench/decode/cases.rs");

/// Decodes a payload and returns a function that encodes it again.
type Codec = (fn(&mut [u8]) -> bool, fn(&str) -> Option<Encode>);

/// Encodes the value that it holds, and gives the length.
type Encode = Box<dyn Fn() -> usize>;

static CODECS: &[(&str, &[Codec])] = &[
    ("octogen", codec_octogen::TYPES),
    ("octogen, keep", codec_octogen_keep::TYPES),
    #[cfg(feature = "derived")]
    ("serde_json", codec_serde_json::TYPES),
    #[cfg(feature = "simd")]
    ("sonic-rs", codec_sonic_rs::TYPES),
    #[cfg(feature = "simd")]
    ("simd-json", codec_simd_json::TYPES),
];

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(5))
        .without_plots()
        .configure_from_args();
    let fits = |case: &&Case| {
        let failed = CODECS.iter().find(|(_, types)| !types[case.ty].0(&mut case.json.as_bytes().to_vec()));
        if let Some((codec, _)) = failed {
            println!("left out\t{codec}\t{}", case.name);
        }
        failed.is_none()
    };
    let cases: Vec<&Case> = CASES.iter().filter(fits).collect();
    let groups: [(&str, &dyn Fn(&Case) -> bool); 4] = [
        ("recorded", &|case| case.is_recorded),
        ("recorded, plain", &|case| case.is_recorded && case.is_plain),
        ("documented", &|case| !case.is_recorded),
        ("documented, plain", &|case| !case.is_recorded && case.is_plain),
    ];
    for (name, is_wanted) in groups {
        let wanted: Vec<&Case> = cases.iter().copied().filter(|case| is_wanted(case)).collect();
        let bytes: usize = wanted.iter().map(|case| case.json.len()).sum();
        println!("payloads\t{name}\t{}\t{bytes}", wanted.len());
        decode(&mut criterion, name, bytes, &wanted);
        encode(&mut criterion, name, bytes, &wanted);
    }
    criterion.final_summary();
}

fn decode(criterion: &mut Criterion, name: &str, bytes: usize, cases: &[&Case]) {
    let mut group = criterion.benchmark_group(format!("decode {name}"));
    group.throughput(Throughput::Bytes(bytes as u64));
    for (codec, types) in CODECS {
        // simd-json writes into its input, so each codec gets a copy. The copy is made outside of the measurement.
        let copies = || cases.iter().map(|case| case.json.as_bytes().to_vec()).collect::<Vec<_>>();
        group.bench_function(*codec, |bencher| {
            bencher.iter_batched_ref(
                copies,
                |copies| {
                    for (case, json) in cases.iter().zip(copies) {
                        black_box(types[case.ty].0(json));
                    }
                },
                BatchSize::LargeInput,
            );
        });
    }
    group.finish();
}

fn encode(criterion: &mut Criterion, name: &str, bytes: usize, cases: &[&Case]) {
    let mut group = criterion.benchmark_group(format!("encode {name}"));
    group.throughput(Throughput::Bytes(bytes as u64));
    for (codec, types) in CODECS {
        let held: Vec<Encode> = cases.iter().filter_map(|case| types[case.ty].1(case.json)).collect();
        group.bench_function(*codec, |bencher| {
            bencher.iter(|| held.iter().map(|encode| encode()).sum::<usize>());
        });
    }
    group.finish();
}
