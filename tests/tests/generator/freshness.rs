//! The committed files equal the output of the generator.

#[test]
fn nothing_is_stale() {
    let stale = xtask::codegen::stale(&xtask::root()).expect("the documents have no errors");
    assert!(stale.is_empty(), "run `cargo xtask codegen`:\n{}", stale.join("\n"));
}
