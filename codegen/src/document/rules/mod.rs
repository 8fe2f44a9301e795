//! The contradictions that each object of OpenAPI can have beyond the presence and the types of its keys.
//!
//! A rule here is about the standard or about the document itself. Lowering reports what octogen does not support.

mod bodies;
mod discriminators;
mod formats;
mod keywords;
mod media_types;
mod names;
mod parameters;
mod paths;
mod patterns;
mod root;
mod schemas;
mod security;
mod servers;
mod values;

use super::objects::*;
use super::overlay::{Action, Overlay};
use super::read::Rules;

/// Implements [`Rules`] without a rule. The keys of these objects are checked as those of all objects.
macro_rules! without_rules {
    ($($object:ty),* $(,)?) => {
        $(impl Rules<'_> for $object {})*
    };
}

without_rules!(
    Action<'_>,
    Contact<'_>,
    ExternalDocs<'_>,
    Info<'_>,
    OAuthFlow<'_>,
    Overlay<'_>,
    Pagination<'_>,
    Tag<'_>,
    Xml<'_>,
);
