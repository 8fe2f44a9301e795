//! Slots that hold other values: options, boxes, arrays, maps and tuples.

use indexmap::IndexMap;

use super::error::{DecodeError, ErrorKind};
use super::json::{Reader, Writer};
use super::json_type::JsonType;
use super::slot::{Lend, LendMut, Slot};
use super::table::Field;

/// The type alias of a JSON object whose keys are not documented: an ordered map from its keys to values of type `T`.
/// Generated models use it for `additionalProperties`.
pub type Map<T> = IndexMap<String, T>;

/// `None` is `null`. Under an optional key, it is absence.
impl<T: Slot + PartialEq + Clone> Slot for Option<T> {
    fn vacant() -> Self {
        None
    }

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        if reader.peek()? == JsonType::Null {
            reader.null()?;
            *self = None;
            return Ok(());
        }
        self.decode_present(reader)
    }

    fn encode(&self, writer: &mut Writer) {
        match self {
            Some(value) => value.encode(writer),
            None => writer.raw("null"),
        }
    }

    crate::whole_value!();

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn encode_member(&self, field: &Field, writer: &mut Writer) {
        match self {
            Some(value) => {
                writer.member(field.introduction());
                value.encode(writer);
            }
            None if field.is_required() => {
                writer.member(field.introduction());
                writer.raw("null");
            }
            None => {}
        }
    }

    fn decode_present(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.insert(T::vacant()).decode(reader)
    }

    fn vacate(&mut self) {
        *self = None;
    }
}

impl<T: Slot + PartialEq + Clone> Slot for Box<T> {
    fn vacant() -> Self {
        Self::new(T::vacant())
    }

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        (**self).decode(reader)
    }

    fn encode(&self, writer: &mut Writer) {
        (**self).encode(writer);
    }

    crate::whole_value!();

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }

    fn decode_present(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        (**self).decode_present(reader)
    }

    fn vacate(&mut self) {
        (**self).vacate();
    }

    fn decode_entry(&mut self, key: &str, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        (**self).decode_entry(key, reader)
    }

    fn encode_entries(&self, writer: &mut Writer) {
        (**self).encode_entries(writer);
    }
}

impl<T: Slot + PartialEq + Clone> Slot for Vec<T> {
    fn vacant() -> Self {
        Self::new()
    }

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.clear();
        decode_items(reader, &mut |index, reader| {
            // Decodes in place, since an item can be an object of thousands of bytes.
            self.push(T::vacant());
            let item = self.last_mut().map(|item| item.decode(reader));
            item.unwrap_or(Ok(()))
                .map_err(|error| error.within_index(index))
        })
    }

    fn encode(&self, writer: &mut Writer) {
        encode_items(writer, &mut self.iter().map(|item| item as &dyn Slot));
    }

    crate::whole_value!();
}

impl<T: Slot + PartialEq + Clone> Slot for Map<T> {
    fn vacant() -> Self {
        Self::new()
    }

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.clear();
        reader.begin_object()?;
        let mut first = true;
        while let Some(key) = reader.next_key(first)? {
            first = false;
            self.decode_entry(&key, reader)?;
        }
        Ok(())
    }

    fn encode(&self, writer: &mut Writer) {
        writer.raw("{");
        self.encode_entries(writer);
        writer.raw("}");
    }

    crate::whole_value!();

    fn decode_entry(&mut self, key: &str, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        reader.misfits.undeclared += 1;
        let mut value = T::vacant();
        value
            .decode(reader)
            .map_err(|error| error.within_key(key))?;
        self.insert(key.to_owned(), value);
        Ok(())
    }

    fn encode_entries(&self, writer: &mut Writer) {
        for (key, value) in self {
            writer.key(key);
            value.encode(writer);
        }
    }

    fn vacate(&mut self) {
        self.clear();
    }
}

/// Decodes an array: calls `item` with the index of each element.
pub(super) fn decode_items(
    reader: &mut Reader<'_>,
    item: &mut dyn FnMut(usize, &mut Reader<'_>) -> Result<(), DecodeError>,
) -> Result<(), DecodeError> {
    reader.begin_array()?;
    let mut index = 0;
    while reader.next_item(index == 0)? {
        item(index, reader)?;
        index += 1;
    }
    Ok(())
}

/// Encodes an array.
pub(super) fn encode_items(writer: &mut Writer, items: &mut dyn Iterator<Item = &dyn Slot>) {
    writer.raw("[");
    for (index, item) in items.enumerate() {
        if index > 0 {
            writer.raw(",");
        }
        item.encode(writer);
    }
    writer.raw("]");
}

macro_rules! tuple {
    ($length:literal, $($type:ident $index:tt),+) => {
        impl<$($type: Slot + PartialEq + Clone),+> Slot for ($($type,)+) {
            fn vacant() -> Self {
                ($($type::vacant(),)+)
            }

            fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
                decode_tuple(reader, &mut [$(&mut self.$index),+])
            }

            fn encode(&self, writer: &mut Writer) {
                let items: [&dyn Slot; $length] = [$(&self.$index),+];
                encode_items(writer, &mut items.into_iter());
            }

            crate::whole_value!();

            fn lend(&self, to: Lend<'_>) {
                to(&[$(&self.$index),+]);
            }

            fn lend_mut(&mut self, to: LendMut<'_>) {
                to(&mut [$(&mut self.$index),+]);
            }
        }
    };
}

tuple!(1, A 0);
tuple!(2, A 0, B 1);
tuple!(3, A 0, B 1, C 2);
tuple!(4, A 0, B 1, C 2, D 3);
tuple!(5, A 0, B 1, C 2, D 3, E 4);
tuple!(6, A 0, B 1, C 2, D 3, E 4, F 5);
tuple!(7, A 0, B 1, C 2, D 3, E 4, F 5, G 6);
tuple!(8, A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
tuple!(9, A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
tuple!(10, A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
tuple!(11, A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
tuple!(12, A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);

fn decode_tuple(reader: &mut Reader<'_>, slots: &mut [&mut dyn Slot]) -> Result<(), DecodeError> {
    let at = reader.offset();
    let length = DecodeError::new(
        ErrorKind::Length {
            expected: slots.len(),
        },
        at,
    );
    let mut filled = 0;
    decode_items(reader, &mut |index, reader| match slots.get_mut(index) {
        Some(slot) => {
            filled = index + 1;
            slot.decode(reader)
                .map_err(|error| error.within_index(index))
        }
        None => Err(length.clone()),
    })?;
    if filled == slots.len() {
        Ok(())
    } else {
        Err(length)
    }
}
