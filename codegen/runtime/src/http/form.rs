//! Bodies that are forms: pairs of a name and a value.

use std::borrow::Cow;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

use super::blob::{Blob, Content};
use super::request::RequestBody;
use super::style::{Style, text, tree};
use crate::codec::error::DecodeError;
use crate::codec::json::{JsonType, Reader, Writer};
use crate::codec::slot::Slot;
use crate::codec::value::Value;

/// How one property of a form is written, where it is not as usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding {
    name: &'static str,
    style: Option<Style>,
    media_type: Option<&'static str>,
}

impl Encoding {
    /// A property of that name, written in a style.
    #[must_use]
    pub const fn styled(name: &'static str, style: Style) -> Self {
        Self { name, style: Some(style), media_type: None }
    }

    /// A property of that name, which is a part of a media type.
    #[must_use]
    pub const fn of_type(name: &'static str, media_type: &'static str) -> Self {
        Self { name, style: None, media_type: Some(media_type) }
    }
}

/// The text of `application/x-www-form-urlencoded`. An array stands once per element, and what is nested is JSON,
/// unless an encoding says otherwise.
pub(super) fn urlencoded(value: &dyn Slot, encodings: &[Encoding]) -> String {
    let Value::Object(entries) = tree(value) else {
        return text(&tree(value));
    };
    let mut pairs = Vec::new();
    for (name, value) in &entries {
        let usual = if matches!(value, Value::Object(_)) { Style::JSON } else { Style::FORM.exploded() };
        let stated = encodings.iter().find(|encoding| encoding.name == name).and_then(|encoding| encoding.style);
        pairs.extend(stated.unwrap_or(usual).in_query(name, value));
    }
    pairs.iter().map(|(name, text)| format!("{name}={text}")).collect::<Vec<_>>().join("&")
}

/// The body of `multipart/form-data`: a part for each property, and for each element of an array.
pub(super) fn multipart(media_type: &'static str, value: &dyn Slot, encodings: &[Encoding]) -> RequestBody {
    let boundary = boundary();
    let mut parts = Parts { boundary: &boundary, open: String::new(), content: Vec::new() };
    let mut writer = Writer::keeping_blobs();
    value.encode(&mut writer);
    let (json, blobs) = writer.finish_with_blobs();
    // What the writer has written can be read, so that no error gets lost here.
    let _ = collect(&json, &blobs, encodings, &mut parts);
    parts.open.push_str(&format!("--{boundary}--\r\n"));
    parts.close();
    let content = parts.content;
    RequestBody { media_type: Cow::Owned(format!("{media_type}; boundary={boundary}")), content }
}

/// Nobody who writes a value knows the boundary, so that none can hold it.
fn boundary() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("octogen-{:016x}{:016x}", random(), random())
}

struct Parts<'a> {
    boundary: &'a str,
    /// What is not in the content yet.
    open: String,
    content: Vec<Content>,
}

impl Parts<'_> {
    fn head(&mut self, name: &str, file_name: Option<&str>, media_type: Option<&str>) {
        let boundary = self.boundary;
        self.open.push_str(&format!("--{boundary}\r\ncontent-disposition: form-data; name=\"{}\"", quoted(name)));
        if let Some(file_name) = file_name {
            self.open.push_str(&format!("; filename=\"{}\"", quoted(file_name)));
        }
        if let Some(media_type) = media_type {
            let clean: String = media_type.chars().filter(|character| !character.is_control()).collect();
            self.open.push_str(&format!("\r\ncontent-type: {clean}"));
        }
        self.open.push_str("\r\n\r\n");
    }

    fn close(&mut self) {
        let open = std::mem::take(&mut self.open);
        self.content.push(Content::bytes(open.into_bytes()));
    }

    fn blob(&mut self, name: &str, stated: Option<&'static str>, blob: &Blob) {
        let media_type = blob.media_type().or(stated).unwrap_or("application/octet-stream");
        // Without the name of a file, many servers take a part for text.
        self.head(name, blob.name().or(Some(name)), Some(media_type));
        self.close();
        self.content.push(blob.content());
        self.open.push_str("\r\n");
    }

    fn value(&mut self, name: &str, stated: Option<&'static str>, value: &Value) {
        let nested = matches!(value, Value::Object(_) | Value::Array(_));
        let is_json = stated.is_some_and(|stated| stated.ends_with("json"));
        self.head(name, None, stated.or(nested.then_some("application/json")));
        self.open.push_str(&if is_json { crate::encode(value) } else { text(value) });
        self.open.push_str("\r\n");
    }
}

/// A name within quotes, as browsers write it.
fn quoted(name: &str) -> String {
    let mut quoted = String::new();
    for character in name.chars() {
        match character {
            '"' => quoted.push_str("%22"),
            '\r' => quoted.push_str("%0D"),
            '\n' => quoted.push_str("%0A"),
            other if other.is_control() => {}
            other => quoted.push(other),
        }
    }
    quoted
}

/// Walks over the properties. A blob is found by the place where the writer left it out.
fn collect(
    json: &str,
    blobs: &[(usize, Blob)],
    encodings: &[Encoding],
    parts: &mut Parts<'_>,
) -> Result<(), DecodeError> {
    let mut reader = Reader::new(json.as_bytes())?;
    if reader.peek()? != JsonType::Object {
        return Ok(());
    }
    reader.begin_object()?;
    let mut first = true;
    while let Some(name) = reader.next_key(first)? {
        first = false;
        let encoding = encodings.iter().find(|encoding| encoding.name == name);
        let stated = encoding.and_then(|encoding| encoding.media_type);
        let as_one = stated.is_some_and(|stated| stated.ends_with("json"));
        if reader.peek()? == JsonType::Array && !as_one {
            reader.begin_array()?;
            let mut first = true;
            while reader.next_item(first)? {
                first = false;
                part(&mut reader, blobs, (&name, stated), parts)?;
            }
        } else {
            part(&mut reader, blobs, (&name, stated), parts)?;
        }
    }
    Ok(())
}

fn part(
    reader: &mut Reader<'_>,
    blobs: &[(usize, Blob)],
    (name, stated): (&str, Option<&'static str>),
    parts: &mut Parts<'_>,
) -> Result<(), DecodeError> {
    // The reader stands before the value once its kind was asked for.
    reader.peek()?;
    let at = reader.offset();
    let mut value = Value::vacant();
    value.decode(reader)?;
    match blobs.iter().find(|(place, _)| *place == at) {
        Some((_, blob)) => parts.blob(name, stated, blob),
        None => parts.value(name, stated, &value),
    }
    Ok(())
}
