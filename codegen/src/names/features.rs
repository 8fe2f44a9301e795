//! Names of Cargo features: one for each area of the description.

use std::collections::BTreeMap;

use super::modules::SHARED_MODULE;
use crate::analyze::{Area, Facts};

/// Features that every crate has.
const TAKEN: [&str; 10] =
    ["blocking", "client", "default", "examples", "full", "gzip", "jiff", "other-models", "resilience", "webhooks"];

/// Returns the Cargo feature of each area. Operations without a tag have none, because they are always compiled.
pub(super) fn features(facts: &Facts, modules: &BTreeMap<String, String>) -> BTreeMap<Area, String> {
    let mut features = BTreeMap::new();
    for area in facts.areas() {
        let name = match area {
            Area::Tag(tag) => of_module(modules.get(tag).map_or(SHARED_MODULE, String::as_str)),
            Area::Webhooks => String::from("webhooks"),
            Area::Nowhere => String::from("other-models"),
            Area::Untagged => continue,
        };
        features.insert(area.clone(), name);
    }
    features
}

/// Returns the feature of a module. Names of modules differ in more than these signs, so that features differ as well.
fn of_module(module: &str) -> String {
    let name = module.trim_end_matches('_').replace('_', "-");
    if TAKEN.contains(&name.as_str()) { format!("{name}-operations") } else { name }
}
