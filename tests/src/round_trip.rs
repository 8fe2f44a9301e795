//! The proof for one payload.

use octogen_runtime::{Slot, decode, encode};

use crate::json::same;

/// Decodes a documented payload, encodes it again and compares the two texts, both ways; the decoded value is a
/// snapshot, so that an unknown variant or a field that stayed empty shows.
///
/// # Panics
///
/// Where the payload does not come back as it was.
pub fn check<T: Slot>(title: &str, payload: &str) {
    let value: T = decode(payload.as_bytes()).unwrap_or_else(|error| panic!("{title} does not decode: {error}"));
    let back = encode(&value);
    if let Err(difference) = same(payload, &back) {
        panic!("{title} does not come back as it was: {difference}");
    }
    let again: T = decode(back.as_bytes()).unwrap_or_else(|error| panic!("{title} does not decode again: {error}"));
    assert!(value.equals(&again), "{title} is another value after a round trip");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/round_trips");
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| insta::assert_debug_snapshot!(snapshot_name(title), value));
}

fn snapshot_name(title: &str) -> String {
    let thread = std::thread::current();
    // Tests of one name in several generations have the module in the name of their thread.
    let test = thread.name().unwrap_or(title);
    test.replace("::", "__")
}
