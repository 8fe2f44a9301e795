//! Bodies of `multipart/form-data`. No crate that is not bound to a client writes them.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

use super::blob::{Blob, Content};
use super::form::Encoding;
use super::media_type::is_json;
use super::request_body::RequestBody;
use super::style::scalar_text;
use crate::codec::{Attachment, DecodeError, JsonType, Reader, Slot, Value, Writer, encode};

/// Writes a body of `multipart/form-data`: a part for each property, and for each element of an array.
pub(super) fn multipart(
    media_type: &'static str,
    value: &dyn Slot,
    encodings: &[Encoding],
) -> RequestBody {
    let boundary = boundary();
    let mut parts = Parts {
        boundary: &boundary,
        open: String::new(),
        content: Vec::new(),
    };
    let mut writer = Writer::with_attachments();
    value.encode(&mut writer);
    let (json, attachments) = writer.finish_with_attachments();
    // The writer writes valid JSON, so there is no error to report.
    let _ = write_parts(&json, &attachments, encodings, &mut parts);
    parts.open.push_str(&format!("--{boundary}--\r\n"));
    parts.close();
    RequestBody::from_parts(format!("{media_type}; boundary={boundary}"), parts.content)
}

/// Creates a boundary. It is random, so that no value can contain it.
fn boundary() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("octogen-{:016x}{:016x}", random(), random())
}

struct Parts<'a> {
    boundary: &'a str,
    /// The text that is not in the content yet.
    open: String,
    content: Vec<Content>,
}

impl Parts<'_> {
    /// Writes the headers of a part.
    fn head(&mut self, name: &str, file_name: Option<&str>, media_type: Option<&str>) {
        let boundary = self.boundary;
        self.open.push_str(&format!(
            "--{boundary}\r\ncontent-disposition: form-data; name=\"{}\"",
            quoted(name)
        ));
        if let Some(file_name) = file_name {
            self.open
                .push_str(&format!("; filename=\"{}\"", quoted(file_name)));
        }
        if let Some(media_type) = media_type {
            let clean: String = media_type
                .chars()
                .filter(|character| !character.is_control())
                .collect();
            self.open.push_str(&format!("\r\ncontent-type: {clean}"));
        }
        self.open.push_str("\r\n\r\n");
    }

    /// Moves the open text to the content.
    fn close(&mut self) {
        let open = std::mem::take(&mut self.open);
        self.content.push(Content::bytes(open.into_bytes()));
    }

    fn blob(&mut self, name: &str, stated: Option<&'static str>, blob: &Blob) {
        let media_type = blob
            .media_type()
            .or(stated)
            .unwrap_or("application/octet-stream");
        // Many servers take a part without a file name for text.
        self.head(name, blob.name().or(Some(name)), Some(media_type));
        self.close();
        self.content.push(blob.content());
        self.open.push_str("\r\n");
    }

    fn value(&mut self, name: &str, stated: Option<&'static str>, value: &Value) {
        let nested = matches!(value, Value::Object(_) | Value::Array(_));
        let is_json = stated.is_some_and(is_json);
        self.head(name, None, stated.or(nested.then_some("application/json")));
        self.open.push_str(&if is_json {
            encode(value)
        } else {
            scalar_text(value)
        });
        self.open.push_str("\r\n");
    }
}

/// Escapes a name for quotes, as [browsers do](https://html.spec.whatwg.org/#multipart-form-data).
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

/// Writes the parts of all properties. The byte at which the writer left out a blob identifies it.
fn write_parts(
    json: &str,
    attachments: &[Attachment],
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
        let is_one_part = stated.is_some_and(is_json);
        if reader.peek()? == JsonType::Array && !is_one_part {
            reader.begin_array()?;
            let mut first = true;
            while reader.next_item(first)? {
                first = false;
                write_part(&mut reader, attachments, (&name, stated), parts)?;
            }
        } else {
            write_part(&mut reader, attachments, (&name, stated), parts)?;
        }
    }
    Ok(())
}

/// Writes the part of the next value of the reader.
fn write_part(
    reader: &mut Reader<'_>,
    attachments: &[Attachment],
    (name, stated): (&str, Option<&'static str>),
    parts: &mut Parts<'_>,
) -> Result<(), DecodeError> {
    // This skips white space, so that the offset is that of the value.
    reader.peek()?;
    let at = reader.offset();
    let mut value = Value::vacant();
    value.decode(reader)?;
    let blob = attachments.iter().find(|attachment| attachment.at == at);
    match blob.and_then(|attachment| attachment.value.downcast_ref::<Blob>()) {
        Some(blob) => parts.blob(name, stated, blob),
        None => parts.value(name, stated, &value),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{multipart, quoted};
    use crate::codec::{DecodeError, Value, decode};
    use crate::http::form::Encoding;

    #[test]
    fn properties_become_parts() -> Result<(), DecodeError> {
        let value: Value = decode(r#"{"a":"x","b":[1,2],"c":{"d":1},"e":[1]}"#.as_bytes())?;
        let encodings = [Encoding::of_type("e", "application/json")];
        let body = multipart("multipart/form-data", &value, &encodings);
        let boundary = body
            .media_type()
            .split_once("boundary=")
            .map(|(_, boundary)| boundary)
            .unwrap_or_default();
        let bytes = body.bytes().unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes)
            .replace(boundary, "B")
            .replace("\r\n", "|");
        let expected = concat!(
            "--B|content-disposition: form-data; name=\"a\"||x|",
            "--B|content-disposition: form-data; name=\"b\"||1|",
            "--B|content-disposition: form-data; name=\"b\"||2|",
            "--B|content-disposition: form-data; name=\"c\"|content-type: application/json||{\"d\":1}|",
            "--B|content-disposition: form-data; name=\"e\"|content-type: application/json||[1]|",
            "--B--|",
        );
        assert_eq!(text, expected);
        assert_ne!(
            multipart("multipart/form-data", &value, &[]).media_type(),
            body.media_type()
        );
        Ok(())
    }

    #[test]
    fn a_name_cannot_leave_its_quotes() {
        assert_eq!(quoted("a\"b\r\nc\u{0}\té"), "a%22b%0D%0Acé");
    }
}
