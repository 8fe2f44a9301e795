//! JSON text. The reader accepts and refuses the same texts as `serde_json`.

mod misfits;
mod reader;
mod text;
mod union_memo;
mod writer;

pub(super) use misfits::Misfits;
pub(super) use reader::Mark;
pub use reader::Reader;
pub(crate) use writer::Attachment;
pub use writer::Writer;
