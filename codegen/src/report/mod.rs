//! Prints diagnostics as text and as JSON.

mod excerpt;
mod json;
mod places;
mod text;

pub use json::render_json;
pub use text::render;

use crate::source::{Loader, Source};

/// Returns a function that loads the text of a file by its path in diagnostics: of the entry document, of an overlay, or of
/// a file that the document refers to.
pub fn texts<'a>(
    entry: &'a Source,
    overlays: &'a [Source],
    loader: &'a dyn Loader,
) -> impl Fn(&str) -> Option<String> + 'a {
    move |file| {
        if let Some(known) = std::iter::once(entry).chain(overlays).find(|known| known.path == file) {
            return Some(known.text.clone());
        }
        let inside = file.strip_prefix(&loader.root(&entry.path).prefix)?;
        loader.load(inside).ok().map(|source| source.text)
    }
}
