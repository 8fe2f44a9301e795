//! Names of packages.

use super::casing::cased;
use super::modules::is_module;
use super::reserved::{Case, escaped};

/// The maximum number of characters of a package name that registries accept, without those that the package of an
/// included runtime adds.
const MAX_LENGTH: usize = 64 - "-runtime".len();

/// Returns the package name for an emitted crate, made from the title of the document. It is used if the user gives no
/// name.
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

/// Returns whether a text can be the name of a package on the registry, and its Rust library can have the corresponding
/// identifier.
#[must_use]
pub fn is_package(name: &str) -> bool {
    let library = library_of(name);
    name.len() <= MAX_LENGTH && is_module(&library) && escaped(&library, Case::Package) == library
}

/// Returns the Rust identifier of the library of a package: the package name with `_` for `-`. Code imports the crate
/// by it.
#[must_use]
pub fn library_of(package: &str) -> String {
    package.replace('-', "_")
}
