//! Diagnostics as people and programs see them.

mod excerpt;
mod json;
mod places;
mod text;

pub use json::render_json;
pub use text::render;

use crate::source::{Loader, Source};

/// Brings the text of the entry document, of its overlays and of the files beside it, under the names that their
/// diagnostics have.
pub fn texts<'a>(
    entry: &'a Source,
    overlays: &'a [Source],
    loader: &'a dyn Loader,
) -> impl Fn(&str) -> Option<String> + 'a {
    move |file| {
        if let Some(known) = std::iter::once(entry).chain(overlays).find(|known| known.path == file) {
            return Some(known.text.clone());
        }
        let inside = file.strip_prefix(&loader.root(&entry.path).shown)?;
        loader.load(inside).ok().map(|source| source.text)
    }
}
