//! The exit status of the binary, and its diagnostics as JSON on stdout.

use std::path::Path;
use std::process::Command;

#[test]
fn the_status_is_zero_if_a_crate_was_written() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures");
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("exit-status");
    if out.exists() {
        std::fs::remove_dir_all(&out).expect("the folder can be removed");
    }
    let broken = fixtures.join("errors/ref_cycle.yaml");
    let valid = fixtures.join("stand_alone/zoo.yaml");
    for (spec, further, status) in
        [(&broken, &[][..], 1), (&broken, &["--format", "json"], 1), (&valid, &["--check"], 1), (&valid, &[], 0)]
    {
        assert!(!out.exists(), "{further:?} wrote something before");
        let mut command = Command::new(env!("CARGO_BIN_EXE_octogen"));
        command.arg("--spec").arg(spec).arg("--out").arg(&out).args(further);
        let output = command.output().expect("the binary can be run");
        let [stdout, stderr] =
            [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        assert_eq!(output.status.code(), Some(status), "{spec:?} {further:?}:\n{stdout}{stderr}");
        let is_json = stdout.lines().any(|line| line.starts_with("{\"severity\":\"error\""));
        assert_eq!(is_json, further.contains(&"json"), "{stdout}");
    }
    assert!(out.join("octogen.json").exists());
}
