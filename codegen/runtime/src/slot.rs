use std::any::Any;
use std::fmt;

use crate::error::{DecodeError, ErrorKind};
use crate::json::{JsonType, Reader, Writer};
use crate::object;
use crate::table::{self, Field, Table};
use crate::value::Map;

/// A place that the codec can fill and write, whatever its type.
///
/// Fields are lent to the codec as `dyn Slot`, so that decoding an object is one function however many types there are.
/// What is provided here is that of an object: all of it follows from its table and its fields, so that a generated
/// struct brings these alone ([`crate::object!`]).
pub trait Slot: Any + fmt::Debug + Send + Sync {
    /// The value that stands here until something is decoded: never shown to a user of a generated crate.
    #[doc(hidden)]
    fn vacant() -> Self
    where
        Self: Sized;

    /// The keys of an object.
    #[doc(hidden)]
    fn table(&self) -> &'static Table {
        &table::NONE
    }

    /// Lends the fields for reading, in the order of the table.
    #[doc(hidden)]
    fn lend(&self, to: Lend<'_>) {
        to(&[]);
    }

    /// Lends the fields for filling, in the order of the table.
    #[doc(hidden)]
    fn lend_mut(&mut self, to: LendMut<'_>) {
        to(&mut []);
    }

    /// Reads the next value.
    ///
    /// # Errors
    ///
    /// Where the text is not JSON, or not of this type.
    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        object::decode(self, reader)
    }

    /// Writes the value.
    fn encode(&self, writer: &mut Writer) {
        object::encode(self, writer);
    }

    /// Whether the other value is of the same type and equal.
    fn equals(&self, other: &dyn Slot) -> bool {
        object::equal(self, other)
    }

    /// Takes over a copy of the other value, where that is of the same type.
    #[doc(hidden)]
    fn assign(&mut self, from: &dyn Slot) {
        object::assign(self, from);
    }

    /// Forgets what was decoded before, where decoding does not replace all of it.
    #[doc(hidden)]
    fn vacate(&mut self) {
        self.lend_mut(&mut |slots| slots.iter_mut().for_each(|slot| slot.vacate()));
    }

    /// Whether an object leaves out the key of this value.
    fn is_absent(&self) -> bool {
        false
    }

    /// Reads the value of an optional key that is there: `null` is then a value, not absence.
    ///
    /// # Errors
    ///
    /// As for [`Slot::decode`].
    #[doc(hidden)]
    fn decode_present(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.decode(reader)
    }

    /// Writes the value as that of a declared key, unless the object leaves it out.
    #[doc(hidden)]
    fn encode_member(&self, field: &Field, writer: &mut Writer) {
        if field.is_required() || !self.is_absent() {
            writer.member(field.introduction());
            self.encode(writer);
        }
    }

    /// Takes a key that the object does not declare; only maps do.
    ///
    /// # Errors
    ///
    /// As for [`Slot::decode`].
    #[doc(hidden)]
    fn decode_entry(&mut self, key: &str, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        let _ = key;
        reader.skip()
    }

    /// Writes the keys of a map into the object around it.
    #[doc(hidden)]
    fn encode_entries(&self, writer: &mut Writer) {
        let _ = writer;
    }
}

/// Who reads the fields of an object.
pub type Lend<'a> = &'a mut dyn FnMut(&[&dyn Slot]);

/// Who fills the fields of an object.
pub type LendMut<'a> = &'a mut dyn FnMut(&mut [&mut dyn Slot]);

/// What a type that is no object compares and copies: the value as a whole.
#[doc(hidden)]
#[macro_export]
macro_rules! as_a_whole {
    () => {
        fn equals(&self, other: &dyn $crate::Slot) -> bool {
            $crate::support::same(self, other)
        }

        fn assign(&mut self, from: &dyn $crate::Slot) {
            $crate::support::copy(self, from)
        }
    };
}

/// Whether `other` is a `T` that equals `this`.
pub fn same<T: PartialEq + 'static>(this: &T, other: &dyn Slot) -> bool {
    let other: &dyn Any = other;
    other.downcast_ref::<T>().is_some_and(|other| this == other)
}

/// Copies `from` where it is a `T`.
pub fn copy<T: Clone + 'static>(this: &mut T, from: &dyn Slot) {
    let from: &dyn Any = from;
    if let Some(from) = from.downcast_ref::<T>() {
        this.clone_from(from);
    }
}

impl Slot for bool {
    fn vacant() -> Self {
        false
    }

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        *self = reader.boolean()?;
        Ok(())
    }

    fn encode(&self, writer: &mut Writer) {
        writer.raw(if *self { "true" } else { "false" });
    }

    crate::as_a_whole!();
}

impl Slot for String {
    fn vacant() -> Self {
        Self::new()
    }

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        *self = reader.string()?.into_owned();
        Ok(())
    }

    fn encode(&self, writer: &mut Writer) {
        writer.string(self);
    }

    crate::as_a_whole!();
}

/// Stands for the documented value `null`.
impl Slot for () {
    fn vacant() -> Self {}

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        reader.null()
    }

    fn encode(&self, writer: &mut Writer) {
        writer.raw("null");
    }

    crate::as_a_whole!();
}

macro_rules! integer {
    ($type:ty, $short:expr, $magnitude:path, $expected:literal) => {
        impl Slot for $type {
            fn vacant() -> Self {
                0
            }

            fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
                let at = reader.offset();
                let start = reader.mark();
                if let Some(value) = reader.short_integer().and_then($short) {
                    *self = value;
                    return Ok(());
                }
                reader.rewind(start);
                if reader.peek()? != JsonType::Number {
                    return Err(reader.mismatch("an integer"));
                }
                let text = reader.number()?;
                let value = text.parse().ok().or_else(|| whole(text).and_then(|value| value.try_into().ok()));
                *self = value.ok_or_else(|| DecodeError::new(ErrorKind::Range($expected), at))?;
                Ok(())
            }

            fn encode(&self, writer: &mut Writer) {
                writer.integer(i128::from(*self) < 0, $magnitude(*self));
            }

            crate::as_a_whole!();
        }
    };
}

integer!(i64, Some, i64::unsigned_abs, "an integer of 64 bits");
integer!(u64, |value| value.try_into().ok(), u64::from, "an integer of 64 bits without a sign");

/// The value of a number such as `5e9` or `3.0`: JSON Schema calls them integers as well.
///
/// It is found on the digits of the text: a float would round it.
fn whole(text: &str) -> Option<i128> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{integer}{fraction}");
    let significant = digits.trim_end_matches('0');
    if matches!(significant, "" | "-") {
        return Some(0);
    }
    let exponent: isize = exponent.parse().ok()?;
    let trimmed = digits.len() - significant.len();
    let zeros = exponent.checked_sub_unsigned(fraction.len())?.checked_add_unsigned(trimmed)?;
    // Fewer than none: a fraction is left. More than 20: no integer of 64 bits has as many digits.
    let zeros = usize::try_from(zeros).ok().filter(|zeros| *zeros <= 20)?;
    format!("{significant}{}", "0".repeat(zeros)).parse().ok()
}

/// `None` is `null`; of an optional key, absence.
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

    crate::as_a_whole!();

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

    crate::as_a_whole!();

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
            // In its place at once: an item can be an object of thousands of bytes.
            self.push(T::vacant());
            let item = self.last_mut().map(|item| item.decode(reader));
            item.unwrap_or(Ok(())).map_err(|error| error.within_index(index))
        })
    }

    fn encode(&self, writer: &mut Writer) {
        encode_items(writer, &mut self.iter().map(|item| item as &dyn Slot));
    }

    crate::as_a_whole!();
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

    crate::as_a_whole!();

    fn decode_entry(&mut self, key: &str, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        let mut value = T::vacant();
        value.decode(reader).map_err(|error| error.within_key(key))?;
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

pub(crate) fn decode_items(
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

fn encode_items(writer: &mut Writer, items: &mut dyn Iterator<Item = &dyn Slot>) {
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

            crate::as_a_whole!();

            fn vacate(&mut self) {
                $(self.$index.vacate();)+
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

fn decode_tuple(reader: &mut Reader<'_>, slots: &mut [&mut dyn Slot]) -> Result<(), DecodeError> {
    let at = reader.offset();
    let length = DecodeError::new(ErrorKind::Length { expected: slots.len() }, at);
    let mut filled = 0;
    decode_items(reader, &mut |index, reader| match slots.get_mut(index) {
        Some(slot) => {
            filled = index + 1;
            slot.decode(reader).map_err(|error| error.within_index(index))
        }
        None => Err(length.clone()),
    })?;
    if filled == slots.len() { Ok(()) } else { Err(length) }
}
