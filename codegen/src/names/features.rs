//! Names of Cargo features: one for each area of the description.

use std::collections::BTreeMap;

use super::modules::SHARED_MODULE;
use crate::analyze::{Area, Facts};

/// Features that every crate has.
const TAKEN: [&str; 9] =
    ["blocking", "client", "default", "full", "gzip", "jiff", "other-models", "resilience", "webhooks"];

/// The features, by area; operations without a tag are always there.
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

/// Modules differ by more than these signs, so that features do.
fn of_module(module: &str) -> String {
    let name = module.trim_end_matches('_').replace('_', "-");
    if TAKEN.contains(&name.as_str()) { format!("{name}-operations") } else { name }
}
