//! Names of packages.

use super::casing::cased;
use super::modules::is_module;
use super::reserved::{Case, escaped};

/// How long a name may be: registries take no more.
const MAX_LENGTH: usize = 64;

/// The package of what a title names.
#[must_use]
pub fn package(title: &str) -> String {
    // An apostrophe does not end a word.
    let mut name = cased(&title.replace(['\'', '’'], ""), Case::Package, false);
    while name.len() > MAX_LENGTH {
        // Whole words, as long as there are several.
        let end = name.rfind('_').unwrap_or(MAX_LENGTH);
        name.truncate(end);
    }
    escaped(&name, Case::Package).replace('_', "-")
}

/// Whether a package can have that name, and the crate that it gives.
#[must_use]
pub fn is_package(name: &str) -> bool {
    let library = library_of(name);
    name.len() <= MAX_LENGTH && is_module(&library) && escaped(&library, Case::Package) == library
}

/// The crate that a package gives, as code names it.
#[must_use]
pub fn library_of(package: &str) -> String {
    package.replace('-', "_")
}
