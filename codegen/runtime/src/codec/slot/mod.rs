mod containers;
mod plain;

use std::any::Any;
use std::fmt;

use crate::codec::error::DecodeError;
use crate::codec::json::{Reader, Writer};
use crate::codec::object;
use crate::codec::table::{self, Field, Table};
pub(crate) use containers::decode_items;

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
        #[inline]
        fn equals(&self, other: &dyn $crate::Slot) -> bool {
            $crate::support::same(self, other)
        }

        #[inline]
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
