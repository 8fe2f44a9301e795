//! The commands of the binary `octogen` as functions, for it and for other programs.

pub mod diagnostics;
pub mod evidence;
mod file_manifest;
mod manifest_lines;
mod ownership;
pub mod plan;
pub mod report;
mod runtime;
mod workspace;

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

pub use diagnostics::{Denied, DiagnosticArguments, DiagnosticFormat, explain};

use crate::coverage::CoverageReport;
use crate::diagnostic::Diagnostic;
use crate::files::{Folder, read};
use crate::package::runtime_files;
use crate::report::{render_json, texts};
use crate::source::Source;
use crate::{Counts, Crate, CrateOptions, Options, Selector, UnknownFields, generate, generate_crate, is_package_name};
use plan::{Change, Wanted, apply};
use runtime::{Setup, SharedRuntime, setup};

/// The path of the coverage report in the folder of the crate.
const EVIDENCE: &str = "evidence.json";

/// The command-line arguments that describe one stand-alone crate: the OpenAPI document, the output folder and the
/// options.
#[derive(Args, Clone, Debug)]
pub struct CrateArguments {
    /// The OpenAPI document, as YAML or JSON.
    #[arg(long, value_name = "FILE")]
    pub spec: PathBuf,
    /// The folder that contains all files of the document.
    ///
    /// No file outside this folder is read. A reference to one is a warning.
    ///
    /// [default: the folder of the document]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// The output folder of the crate.
    ///
    /// It must be new, empty, or written by octogen.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// The name of the crate.
    ///
    /// [default: made from the title of the document]
    #[arg(long, value_name = "CRATE")]
    pub name: Option<String>,
    /// An OpenAPI overlay that changes the document before generation.
    ///
    /// Can be repeated; overlays are applied in the given order.
    #[arg(long, value_name = "FILE")]
    pub overlay: Vec<PathBuf>,
    /// Generate only the selected operations or webhooks.
    ///
    /// Values: `tag:NAME`, `path:PATH`, `id:ID` or `webhook:NAME`.
    ///
    /// Can be repeated. By default, everything is generated.
    #[arg(long, value_name = "SELECTOR")]
    pub only: Vec<Selector>,
    /// Add a Cargo feature for each tag.
    ///
    /// It enables the operations of the tag and the models that they use.
    #[arg(long)]
    pub features: bool,
    /// Drop or keep the keys of objects that their schema does not declare.
    ///
    /// Values: `drop`, or `keep`, which adds a map of them to each model.
    #[arg(long, value_name = "MODE", default_value = "drop")]
    pub unknown_fields: UnknownFields,
    /// Let documented payloads widen the types of the document.
    ///
    /// `off`: payloads change no type.
    ///
    /// `presence`: keys may become optional, nullable or declared (default).
    ///
    /// `all`: types may also become unions or any JSON.
    ///
    /// A folder: its recorded payloads are evidence and tests as well.
    ///
    /// Can be repeated, to combine a mode and folders.
    #[arg(long, value_name = "MODE|DIR")]
    pub evidence: Vec<PathBuf>,
    /// Ignore the evidence of earlier runs.
    ///
    /// By default, `evidence.json` in the output folder keeps it.
    #[arg(long)]
    pub forget: bool,
    /// The source of octogen-runtime: a folder, a registry version, or a git
    /// address with a revision (`URL#REVISION`).
    ///
    /// [default: within a Cargo workspace a member that all generated crates
    /// share, and elsewhere a copy in the crate]
    #[arg(long, value_name = "PATH|VERSION|GIT")]
    pub runtime: Option<String>,
    /// Make the crate a workspace of its own, with its own runtime.
    ///
    /// By default, it is a member of the Cargo workspace around it, if there is
    /// one.
    #[arg(long)]
    pub stand_alone: bool,
    /// The arguments about diagnostics. A command line parses them beside these ones and sets this field: clap does not
    /// see whether optional arguments are present if others are nested in them.
    #[arg(skip)]
    pub diagnostics: DiagnosticArguments,
}

/// Generates a stand-alone crate and writes the files that differ into its folder: the default command of `octogen`. If
/// there is an error, it writes nothing.
///
/// # Errors
///
/// If the document has an error, the folder contains files that octogen did not write, or a file cannot be written.
pub fn write_crate(arguments: &CrateArguments) -> Result<(), String> {
    let packages = wanted(arguments)?;
    let changes = packages.iter().map(|one| ownership::changes(&one.folder, &one.files));
    let changes: Vec<_> = changes.collect::<Result<_, _>>()?;
    for (Package { folder, files }, changes) in packages.iter().zip(&changes) {
        apply(folder, files, changes)?;
        let deleted = changes.iter().filter(|(_, change)| *change == Change::Orphaned).count();
        let (written, files) = (changes.len() - deleted, files.files.len());
        let line = format!("{}: {files} files, {written} written, {deleted} deleted", folder.display());
        say(arguments.diagnostics.format, &line);
    }
    Ok(())
}

/// Generates a stand-alone crate in memory and prints which files in its folder are not up to date: the command-line
/// option `--check`. It writes nothing; use it in continuous integration.
///
/// # Errors
///
/// As for [`write_crate`], or if a file is not up to date.
pub fn check_crate(arguments: &CrateArguments) -> Result<(), String> {
    let mut number = 0;
    for Package { folder, files } in wanted(arguments)? {
        for (path, change) in ownership::changes(&folder, &files)? {
            // The files of the crate are listed by their paths within it.
            let path = if folder == arguments.out { path } else { folder.join(path) };
            say(arguments.diagnostics.format, &plan::describe_change(&(path, change)));
            number += 1;
        }
    }
    if number > 0 {
        return Err(format!("{number} files are not up to date; run the command without `--check`"));
    }
    say(arguments.diagnostics.format, "all files are up to date");
    Ok(())
}

/// Generates code from an OpenAPI document in memory and prints the diagnostics and the counts: the command
/// `octogen try`. It writes nothing.
///
/// # Errors
///
/// If the document has an error.
pub fn try_document(file: &Path, root: Option<&Path>, arguments: &DiagnosticArguments) -> Result<(), String> {
    let source = document(file, arguments)?;
    let folder = &folder(file, root)?;
    let start = Instant::now();
    let generated = generate(&source, folder, &Options { levels: arguments.levels(), ..Options::default() });
    let output = generated.output.as_ref().map(|output| (output.counts, &output.coverage));
    let run = Run { source: &source, overlays: &[], folder, arguments, start };
    run.outcome(&generated.diagnostics, output).ok_or_else(|| String::from("no code could be generated"))
}

/// Reads the OpenAPI document. If it is not valid text, the problem is printed.
fn document(file: &Path, arguments: &DiagnosticArguments) -> Result<Source, String> {
    let name = file.display().to_string();
    read(file, &name).map_err(|problem| {
        let source = report::read_lossily(&problem, file);
        let run = Run { source: &source, overlays: &[], folder: &Folder::of(file), arguments, start: Instant::now() };
        run.outcome(std::slice::from_ref(&problem), None);
        format!("`{name}` cannot be read")
    })
}

/// Returns the loader for the folder whose files a document can refer to.
fn folder(document: &Path, root: Option<&Path>) -> Result<Folder, String> {
    root.map_or_else(|| Ok(Folder::of(document)), |root| Folder::around(document, root))
}

/// A package that a run writes: its folder and its files.
struct Package {
    folder: PathBuf,
    files: Wanted,
}

/// Generates all files of the crate, and those of the runtime if it is a package beside the crate.
fn wanted(arguments: &CrateArguments) -> Result<Vec<Package>, String> {
    let CrateArguments { spec, out, name, diagnostics, .. } = arguments;
    if let Some(wrong) = name.as_deref().filter(|name| !is_package_name(name)) {
        let help = "use lower-case letters, digits and `-`, and no name that Rust or Cargo reserves";
        return Err(format!("`{wrong}` is not a valid name of a crate: {help}"));
    }
    let Setup { runtime, workspace, shared } =
        setup(arguments.runtime.as_deref(), arguments.stand_alone, name.as_deref(), out)?;
    let overlays = arguments.overlay.iter().map(|file| document(file, diagnostics));
    let mut evidence = evidence::evidence(&arguments.evidence)?;
    if !arguments.forget {
        evidence.earlier = evidence::read_earlier_report(&out.join(EVIDENCE))?;
    }
    let options = CrateOptions {
        name: name.clone(),
        evidence,
        runtime,
        is_member: workspace.is_some(),
        overlays: overlays.collect::<Result<_, _>>()?,
        only: arguments.only.clone(),
        features: arguments.features,
        unknown_fields: arguments.unknown_fields,
        levels: diagnostics.levels(),
    };
    let source = document(spec, diagnostics)?;
    let folder = &folder(spec, arguments.root.as_deref())?;
    let start = Instant::now();
    let generated = generate_crate(&source, folder, &options);
    let run = Run { source: &source, overlays: &options.overlays, folder, arguments: diagnostics, start };
    run.outcome(&generated.diagnostics, generated.output.as_ref().map(|output| (output.counts, &output.coverage)));
    let Crate { files, coverage: found, .. } = generated.output.ok_or("nothing was written")?;
    let report = found.to_json(&texts(&source, &options.overlays, folder));
    let files = files.into_iter().map(|file| (file.path, file.text));
    let files: Vec<(String, String)> = files.chain([(String::from(EVIDENCE), report)]).collect();
    let document = spec.file_name().unwrap_or_default().to_string_lossy();
    let mut packages = vec![Package { folder: out.clone(), files: with_manifest(&document, files) }];
    if let Some(SharedRuntime { folder, package }) = shared {
        let files = runtime_files(&package).into_iter().map(|file| (file.path, file.text)).collect();
        packages.insert(0, Package { folder, files: with_manifest("", files) });
    }
    Ok(packages)
}

/// Adds the file manifest to the files of a package.
fn with_manifest(document: &str, files: Vec<(String, String)>) -> Wanted {
    let list = (String::from(file_manifest::PATH), file_manifest::text(document, &files));
    let files = files.into_iter().chain([list]).map(|(path, text)| (PathBuf::from(path), text)).collect();
    Wanted { files, ..Wanted::default() }
}

/// The input for printing the result of a run.
struct Run<'a> {
    source: &'a Source,
    overlays: &'a [Source],
    folder: &'a Folder,
    arguments: &'a DiagnosticArguments,
    start: Instant,
}

impl Run<'_> {
    fn outcome(&self, found: &[Diagnostic], output: Option<(Counts, &CoverageReport)>) -> Option<()> {
        let Self { source, overlays, folder, arguments, .. } = *self;
        match arguments.format {
            DiagnosticFormat::Text => {
                report::diagnostics(found, source, overlays, folder, arguments.verbose);
            }
            DiagnosticFormat::Json => print!("{}", render_json(found, &texts(source, overlays, folder))),
        }
        let milliseconds = self.start.elapsed().as_millis();
        let (counts, coverage) = output?;
        for line in evidence::lines(coverage, arguments.verbose) {
            say(arguments.format, &line);
        }
        say(arguments.format, report::summarize_run("", counts, found.len(), milliseconds).trim_start());
        Some(())
    }
}

/// Prints a line that is not a diagnostic, on stderr if stdout has JSON for programs.
fn say(format: DiagnosticFormat, text: &str) {
    match format {
        DiagnosticFormat::Text => println!("{text}"),
        DiagnosticFormat::Json => eprintln!("{text}"),
    }
}
