//! JSON text. The reader accepts and refuses the same texts as `serde_json`.

mod reader;
mod text;
mod union_memo;
mod writer;

pub use reader::Reader;
pub(crate) use writer::Attachment;
pub use writer::Writer;
