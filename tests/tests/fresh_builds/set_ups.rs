//! Several generated crates in one program: each with its own runtime, in one workspace, and by git.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use octogen::UnknownFields;
use octogen::command::{CrateArguments, DiagnosticArguments, check_crate, write_crate};

use super::{build_script, cargo, folder};

/// Code that uses the models of two crates.
const MODELS: &str = r##"fn main() {
    let json = br#"{"name":"Ada","weight":3.10,"born":null}"#;
    let animal: Option<zoo::models::Animal> = zoo::runtime::decode(json).ok();
    let numbers: shop::runtime::Value = shop::runtime::decode(b"[1.0]").unwrap_or_default();
    println!("{} {}", zoo::runtime::encode(&animal), shop::runtime::encode(&numbers));
}
"##;

/// The output of this code.
const PRINTED: &str = "{\"name\":\"Ada\",\"weight\":3.10,\"born\":null} [1.0]\n";

/// Code that also uses a module of a build script, over the runtime of `github-apps`.
const MODELS_AND_MODULE: &str = r##"include!(concat!(env!("OUT_DIR"), "/api.rs"));

fn main() {
    let animal: Option<zoo::models::Animal> = zoo::runtime::decode(br#"{"name":"Ada","weight":3.10,"born":null}"#).ok();
    let numbers: shop::runtime::Value = shop::runtime::decode(b"[1.0]").unwrap_or_default();
    let thing: Option<api::models::Thing> = github_apps::runtime::decode(br#"{"a":"x"}"#).ok();
    println!("{} {}", zoo::runtime::encode(&animal), shop::runtime::encode(&numbers));
    println!("{}", octogen_runtime::encode(&thing));
}
"##;

pub fn arguments(document: &Path, name: &str, out: PathBuf) -> CrateArguments {
    CrateArguments {
        spec: document.to_owned(),
        root: None,
        out,
        name: Some(name.to_owned()),
        overlay: Vec::new(),
        only: Vec::new(),
        features: false,
        unknown_fields: UnknownFields::Drop,
        evidence: Vec::new(),
        forget: false,
        runtime: None,
        stand_alone: false,
        diagnostics: DiagnosticArguments::default(),
    }
}

fn zoo(out: PathBuf) -> CrateArguments {
    arguments(&xtask::root().join("tests/fixtures/stand_alone/zoo.yaml"), "zoo", out)
}

fn shop(out: PathBuf) -> CrateArguments {
    arguments(&xtask::root().join("tests/fixtures/service/shop.json"), "shop", out)
}

pub fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("the file is in a folder")).expect("writable");
    fs::write(path, text).expect("writable");
}

/// Writes a program that depends on other crates.
pub fn program(folder: &Path, dependencies: &str, code: &str) {
    let manifest = format!(
        "[package]\nname = \"{}\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}",
        folder.file_name().expect("a name").to_string_lossy()
    );
    write(&folder.join("Cargo.toml"), &manifest);
    write(&folder.join("src/main.rs"), code);
}

#[test]
fn crates_with_their_own_runtimes_are_in_one_program() {
    let top = folder("side-by-side");
    for mut crate_arguments in [zoo(top.join("zoo")), shop(top.join("shop"))] {
        crate_arguments.stand_alone = true;
        write_crate(&crate_arguments).expect("the document has no error");
    }
    let generated = xtask::root().join("generated").display().to_string();
    let crates = format!(
        "zoo = {{ path = \"../zoo\", default-features = false }}\nshop = {{ path = \"../shop\", default-features = false }}\n\
         github-apps = {{ path = '{generated}', default-features = false, features = [\"oauth\"] }}\n"
    );
    let program_folder = top.join("program");
    let dependencies = [crates, build_script::runtime(), build_script::generator(), "[workspace]\n".to_owned()];
    program(&program_folder, &dependencies.concat(), MODELS_AND_MODULE);
    build_script::write_script(&program_folder);
    let printed = format!("{PRINTED}{{\"a\":\"x\"}}\n");
    assert_eq!(cargo(&program_folder).succeed(&["run", "--quiet"]), printed);
    let packages = ["zoo", "zoo-runtime", "shop", "shop-runtime", "octogen-runtime", "program"];
    let documented: Vec<&str> = packages.iter().flat_map(|package| ["-p", package]).collect();
    let _ = cargo(&program_folder).succeed(&[&["doc", "--no-deps"], &documented[..]].concat());
    check_packages(&top, "zoo");

    // A runtime that does not have the interface that the code needs.
    let interface = top.join("zoo/runtime/src/interface.rs");
    let text = fs::read_to_string(&interface).expect("readable");
    fs::write(&interface, text.replace("(1) => {}", "(0) => {}")).expect("writable");
    let (passes, output) = cargo(&top.join("zoo")).run(&["check", "--no-default-features"]);
    assert!(
        !passes && output.contains("this code needs interface 1") && output.contains("run `octogen` again"),
        "{output}"
    );
}

/// Each crate has a repository of its own, and so has the runtime of a third one.
#[test]
fn crates_and_a_runtime_are_dependencies_by_git() {
    let top = folder("by-git");
    let mut dependencies = String::new();
    for (name, mut crate_arguments) in [("zoo", zoo(top.join("zoo"))), ("shop", shop(top.join("shop")))] {
        crate_arguments.stand_alone = true;
        write_crate(&crate_arguments).expect("the document has no error");
        let (url, _) = commit(&crate_arguments.out);
        dependencies.push_str(&format!("{name} = {{ git = '{url}', default-features = false }}\n"));
    }
    let runtime = top.join("runtime");
    for (path, text) in octogen_runtime::sources::FILES {
        write(&runtime.join(path), text);
    }
    let (url, revision) = commit(&runtime);
    let mut things = arguments(&xtask::root().join("tests/fixtures/emit/bodies.yaml"), "things", top.join("things"));
    (things.stand_alone, things.runtime) = (true, Some(format!("{url}#{revision}")));
    write_crate(&things).expect("the document has no error");
    dependencies.push_str("things = { path = \"../things\", default-features = false }\n");
    let program_folder = top.join("program");
    program(&program_folder, &format!("{dependencies}\n[workspace]\n"), MODELS);
    let _ = cargo(&program_folder).succeed_online(&["check", "--quiet"]);
}

#[test]
fn crates_in_a_workspace_share_a_runtime() {
    let top = folder("workspace");
    write(&top.join("Cargo.toml"), "[workspace]\nmembers = [\"app\"]\nresolver = \"3\"\n");
    program(&top.join("app"), "", MODELS);
    // The crates are in different folders.
    let both = [zoo(top.join("crates/zoo")), shop(top.join("services/shop"))];
    for crate_arguments in &both {
        write_crate(crate_arguments).expect("the document has no error");
    }
    assert!(top.join("crates/zoo-runtime/src/lib.rs").exists());
    assert!(!top.join("services/shop-runtime").exists() && !top.join("crates/zoo/runtime").exists());
    // The commands of the guide and of the READMEs.
    let github_apps = format!("--path {} --no-default-features", xtask::root().join("generated").display());
    let tokio = "tokio --features macros,rt-multi-thread";
    for added in ["--path crates/zoo", "--path services/shop", &github_apps, tokio] {
        let (passes, output) = cargo(&top).run(&format!("add --package app {added}").split(' ').collect::<Vec<_>>());
        assert!(passes, "{output}");
    }
    assert_eq!(cargo(&top).succeed(&["run", "--quiet", "-p", "app"]), PRINTED);
    let _ = cargo(&top).succeed(&["test", "--workspace", "--all-targets", "--exclude", "zoo-runtime"]);
    let _ = cargo(&top).succeed(&["doc", "--workspace", "--no-deps", "--no-default-features"]);
    for crate_arguments in &both {
        assert_eq!(check_crate(crate_arguments), Ok(()));
    }
    // A change of the runtime that octogen did not make is refused, and nothing is written.
    write(&top.join("crates/zoo-runtime/README.md"), "hand-written");
    let refusal = write_crate(&both[0]).expect_err("the runtime was changed");
    assert!(refusal.contains("`README.md` was changed after octogen wrote it"), "{refusal}");
}

/// Makes a folder a git repository with one commit. Returns its address and the commit.
fn commit(folder: &Path) -> (String, String) {
    let git = |arguments: &str| {
        let output = Command::new("git").args(arguments.split(' ')).current_dir(folder).output();
        let output = output.expect("git can be run");
        assert!(output.status.success(), "git {arguments}");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    };
    let _ = git("init --quiet");
    let _ = git("add .");
    let _ = git("-c user.name=a -c user.email=a@example.com commit --quiet -m first");
    (format!("file://{}", folder.display()), git("rev-parse HEAD"))
}

/// Packages a crate and its runtime, and checks the unpacked files of both.
fn check_packages(top: &Path, name: &str) {
    let workspace = top.join(name);
    let (passes, output) = cargo(&workspace).run(&["package", "--workspace", "--no-verify", "--allow-dirty"]);
    assert!(passes, "{output}");
    let packages = top.join("packages");
    let runtime = format!("{name}-runtime");
    // `cargo package` alone would verify the crate with the runtime of an earlier run, which Cargo keeps by its version.
    let manifest = format!(
        "[workspace]\nmembers = [\"{name}-0.1.0\"]\nresolver = \"3\"\n\n[patch.crates-io]\n{runtime} = {{ path = \"{runtime}-0.1.0\" }}\n"
    );
    write(&packages.join("Cargo.toml"), &manifest);
    for package in [name, &runtime] {
        let archive =
            Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("package").join(format!("{package}-0.1.0.crate"));
        let status = Command::new("tar").arg("xzf").arg(archive).current_dir(&packages).status();
        assert!(status.expect("tar can be run").success(), "{package}");
    }
    let _ = cargo(&packages).succeed(&["check", "--no-default-features"]);
}

/// The feature `sources` reads all source files of the package.
#[test]
fn the_package_of_the_runtime_compiles() {
    let arguments = ["package", "--allow-dirty", "-p", "octogen-runtime", "--features", "sources"];
    let (passes, output) = cargo(&xtask::root()).run(&arguments);
    assert!(passes && output.contains("Verifying octogen-runtime"), "{output}");
}
