//! The runtime's JSON against `serde_json`.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../src/agreement.rs"]
mod agreement;
#[expect(dead_code, reason = "the tests of the workspace use more of it")]
mod json {
    include!("../../../codegen/assets/json.rs");
}

fuzz_target!(|bytes: &[u8]| {
    if let Err(difference) = agreement::agree(bytes) {
        panic!("{difference}");
    }
});
