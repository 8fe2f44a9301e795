//! Prints diagnostics as text and as JSON.

mod excerpt;
mod json;
mod places;
mod text;

pub use json::render_json;
pub use text::{render, render_each};

use std::borrow::Cow;

use crate::source::{Loader, Source};

/// Returns a function that loads the text of a file by the path that diagnostics name: of the entry document, an
/// overlay, or a file that the document refers to. Pass it to the functions that render diagnostics, which quote the
/// text.
pub fn texts<'a>(
    entry: &'a Source,
    overlays: &'a [Source],
    loader: &'a dyn Loader,
) -> impl Fn(&str) -> Option<Cow<'a, str>> + 'a {
    move |file| {
        if let Some(known) = std::iter::once(entry).chain(overlays).find(|known| known.path == file) {
            return Some(Cow::Borrowed(known.text.as_str()));
        }
        let inside = file.strip_prefix(&loader.root(&entry.path).prefix)?;
        loader.load(inside).ok().map(|source| Cow::Owned(source.text))
    }
}
