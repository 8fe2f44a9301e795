//! `cargo xtask bench check`: the cost of compiling the generated crates.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::chart::{self, Bar};
use super::child::{Cost, End, median, run};
use super::peers::PEERS;
use super::report::{self, megabytes, ratio, table};
use super::subjects::{SUBJECTS, Subject};
use super::{generate, work};

/// If a run takes more than this many seconds, it is not repeated.
const LONG: f64 = 60.0;

/// The result of one compilation.
enum Outcome {
    Done(Cost),
    /// The compiler reported this many errors.
    Errors(usize),
    /// The compilation was stopped after this many seconds.
    Stopped(f64),
}

/// A row of the table of compilations.
struct Row {
    name: String,
    what: &'static str,
    outcome: Outcome,
    /// The size of the program in bytes, if a program was built.
    size: Option<u64>,
}

/// A cargo command, and the root files of the crates that are not dependencies.
struct Build<'a> {
    folder: &'a Path,
    target: PathBuf,
    arguments: &'a [&'a str],
    roots: Vec<PathBuf>,
}

pub(super) fn check(root: &Path, rounds: usize, limit: Duration) -> Result<(), String> {
    let mut rows = Vec::new();
    for subject in &SUBJECTS {
        let folder = work(root).join("generated").join(subject.name);
        if !folder.join("src").exists() {
            generate::once(root, subject.name)?;
        }
        subject.complete(&folder)?;
        println!("{}", subject.name);
        rows.extend(of(root, subject, &folder, rounds, limit)?);
    }
    section(root, rounds, limit, &rows)
}

fn of(root: &Path, subject: &Subject, folder: &Path, rounds: usize, limit: Duration) -> Result<Vec<Row>, String> {
    let target = work(root).join("checked").join(subject.name);
    let library = folder.join("src/lib.rs");
    let mut rows = Vec::new();
    let mut row = |what, outcome, size| rows.push(Row { name: subject.name.to_owned(), what, outcome, size });
    let parts: &[(&str, &[&str])] = &[
        ("whole crate", &["check"]),
        ("whole crate without its client", &["check", "--no-default-features", "--features", "full"]),
        ("feature `apps` alone", &["check", "--no-default-features", "--features", "apps"]),
    ];
    let parts = if subject.name == "octogen" { parts } else { &parts[..1] };
    for (what, arguments) in parts {
        let roots = vec![library.clone()];
        let build = Build { folder, target: target.clone(), arguments, roots };
        row(*what, build.measured(root, rounds, limit)?, None);
    }
    let place = work(root).join("programs").join(subject.name);
    if let Some(main) = subject.write_program(folder, &place)? {
        let build = Build { folder: &place, target: target.clone(), arguments: &["build"], roots: vec![library, main] };
        let outcome = build.measured(root, rounds, limit)?;
        let size = fs::metadata(target.join("debug/program")).ok().map(|about| about.len());
        row("debug build of a program, and the crate", outcome, size);
    }
    Ok(rows)
}

impl Build<'_> {
    /// Compiles the dependencies while the crates themselves are empty, then measures the crates with their content.
    fn measured(&self, root: &Path, rounds: usize, limit: Duration) -> Result<Outcome, String> {
        let error = |error: std::io::Error| error.to_string();
        let texts: Vec<String> = self.roots.iter().map(fs::read_to_string).collect::<Result<_, _>>().map_err(error)?;
        let mut costs = Vec::new();
        while costs.len() < rounds {
            for file in &self.roots {
                let is_program = file.ends_with("main.rs");
                fs::write(file, if is_program { "fn main() {}\n" } else { "" }).map_err(error)?;
            }
            let built = self.run(root, Duration::from_secs(3600));
            for (file, text) in self.roots.iter().zip(&texts) {
                fs::write(file, text).map_err(error)?;
            }
            if built?.0 != End::Done {
                return Ok(Outcome::Errors(self.errors(root)));
            }
            let (end, cost) = self.run(root, limit)?;
            match end {
                End::Done => costs.push(cost),
                End::Failed => return Ok(Outcome::Errors(self.errors(root))),
                End::Stopped => return Ok(Outcome::Stopped(cost.wall)),
            }
            if cost.wall > LONG {
                break;
            }
        }
        Ok(Outcome::Done(median(&costs)))
    }

    fn run(&self, root: &Path, limit: Duration) -> Result<(End, Cost), String> {
        let mut command = Command::new("cargo");
        command.args(self.arguments).arg("--target-dir").arg(&self.target).current_dir(self.folder);
        command.env("CARGO_INCREMENTAL", "0").env_remove("CARGO_TARGET_DIR").env_remove("RUSTFLAGS");
        run(&mut command, &log(root), limit)
    }

    fn errors(&self, root: &Path) -> usize {
        let printed = fs::read(log(root)).unwrap_or_default();
        String::from_utf8_lossy(&printed).lines().filter(|line| line.starts_with("error")).count()
    }
}

fn log(root: &Path) -> PathBuf {
    work(root).join("check.log")
}

fn section(root: &Path, rounds: usize, limit: Duration, rows: &[Row]) -> Result<(), String> {
    let cost = |row: &Row| match row.outcome {
        Outcome::Done(cost) => Some(cost),
        _ => None,
    };
    let version = |name: &str| PEERS.iter().find(|peer| peer.name == name).map_or("", |peer| peer.version);
    let ours = |what: &str| rows.iter().find(|row| row.what == what).and_then(cost).map_or(f64::NAN, |cost| cost.cpu);
    let figures = rows.iter().map(|row| {
        let name = format!("{} {}", row.name, version(&row.name)).trim().to_owned();
        let size = row.size.map_or_else(String::new, |size| format!("{:.1}", size as f64 / 1e6));
        let figures = match row.outcome {
            Outcome::Done(cost) => {
                [format!("{:.1}", cost.cpu), megabytes(cost.peak), size, ratio(ours(row.what), cost.cpu)]
            }
            Outcome::Errors(count) => [format!("does not compile, {count} errors"), String::new(), size, String::new()],
            Outcome::Stopped(after) => [format!("stopped after {after:.0} s"), String::new(), size, String::new()],
        };
        [name, row.what.to_owned()].into_iter().chain(figures).collect()
    });
    let figures: Vec<Vec<String>> = figures.collect();
    let bars: Vec<Bar> = rows
        .iter()
        .filter_map(|row| {
            let cost = cost(row)?;
            let short = if row.size.is_some() { "program" } else { row.what };
            let text = format!("{:.1} s, {} MB", cost.cpu, megabytes(cost.peak));
            Some(Bar { label: format!("{}: {short}", row.name), value: cost.cpu, text, is_ours: row.name == "octogen" })
        })
        .collect();
    let title = "CPU-seconds of the compiler on GitHub's whole crate";
    let chart = report::chart(root, "check", title, &chart::bars(title, &bars))?;
    let columns = ["", "what", "CPU-s", "peak MB", "binary MB", "ratio to octogen"];
    let body = format!(
        "`cargo xtask bench check` runs `cargo check` on the crates of the section above. Dependencies are built before, \
         and incremental compilation is off.\nFigures are medians of {rounds} runs, or of one run if it takes more than \
         {LONG:.0} s. A run is stopped after {} s.\nThe program calls five operations (`GET /`, an app, a repository, its \
         pull requests, an issue's comments) and is built with the whole crate.\n\n{}\n{chart}",
        limit.as_secs(),
        table(&columns, &figures),
    );
    report::section(root, report::CHECK, &body)
}
