use std::any::Any;
use std::fmt;

use super::error::{DecodeError, ErrorKind};
use super::field_lookup::{FieldSet, find_field};
use super::json::{Reader, Writer};
use super::table::{EMPTY_TABLE, Field, Presence, Table};

/// A trait of every type that the JSON codec can decode and encode: generated models, numbers, texts, options, arrays
/// and maps. The macros implement it for generated models.
///
/// An object lends its fields to the codec as `dyn Slot`, so that decoding an object is one function, however many types
/// there are. The provided methods are those of an object: all of them follow from its table and its fields. A generated
/// struct implements only these two ([`crate::object!`]). Types that are not objects implement `decode` and `encode`.
pub trait Slot: Any + fmt::Debug + Send + Sync {
    /// Creates a placeholder for the JSON decoder to fill. No user of a generated crate sees it.
    #[doc(hidden)]
    fn vacant() -> Self
    where
        Self: Sized;

    /// Returns the table of the JSON keys of this generated struct.
    #[doc(hidden)]
    fn table(&self) -> &'static Table {
        &EMPTY_TABLE
    }

    /// Lends the fields of a generated struct for reading, in the order of the table. The map of all other keys comes
    /// last, if there is one.
    #[doc(hidden)]
    fn lend(&self, to: Lend<'_>) {
        to(&[]);
    }

    /// Lends the fields of a generated struct for filling, in the order of the table.
    #[doc(hidden)]
    fn lend_mut(&mut self, to: LendMut<'_>) {
        to(&mut []);
    }

    /// Decodes the next JSON value of the reader into this Rust value, in place of its old content.
    ///
    /// # Errors
    ///
    /// If the text is not JSON, or the value is not of this type.
    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        let table = self.table();
        let mut result = Ok(());
        self.lend_mut(&mut |slots| result = decode_fields(table, slots, reader));
        result
    }

    /// Encodes this Rust value as JSON at the end of the writer.
    fn encode(&self, writer: &mut Writer) {
        let table = self.table();
        self.lend(&mut |slots| encode_fields(table, slots, writer));
    }

    /// Returns whether another Rust value has the same type as this one and is equal to it.
    fn equals(&self, other: &dyn Slot) -> bool {
        let mut equal = false;
        if self.type_id() == other.type_id() {
            self.lend(&mut |left| {
                other.lend(&mut |right| {
                    equal = left
                        .iter()
                        .zip(right)
                        .all(|(left, right)| left.equals(*right))
                });
            });
        }
        equal
    }

    /// Copies another Rust value into this one, if both have the same type.
    #[doc(hidden)]
    fn assign(&mut self, from: &dyn Slot) {
        if (*self).type_id() == from.type_id() {
            from.lend(&mut |from| {
                self.lend_mut(&mut |to| {
                    to.iter_mut()
                        .zip(from)
                        .for_each(|(to, from)| to.assign(*from))
                });
            });
        }
    }

    /// Removes the content that was decoded into this Rust value before, so that the next decoding replaces all of it.
    #[doc(hidden)]
    fn vacate(&mut self) {
        self.lend_mut(&mut |slots| slots.iter_mut().for_each(|slot| slot.vacate()));
    }

    /// Returns whether a JSON object leaves out the key of this field, since the field has no value.
    fn is_absent(&self) -> bool {
        false
    }

    /// Decodes the JSON value of an optional key that is present. `null` is a value there, not absence.
    ///
    /// # Errors
    ///
    /// If the text is not JSON, or the value is not of this type.
    #[doc(hidden)]
    fn decode_present(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.decode(reader)
    }

    /// Encodes the JSON key and the value of a declared field, unless the object leaves out the key.
    #[doc(hidden)]
    fn encode_member(&self, field: &Field, writer: &mut Writer) {
        if field.is_required() || !self.is_absent() {
            writer.member(field.introduction());
            self.encode(writer);
        }
    }

    /// Decodes the JSON value of a key that the generated struct does not declare. Only maps keep it.
    ///
    /// # Errors
    ///
    /// If the text is not JSON, or the value is not of this type.
    #[doc(hidden)]
    fn decode_entry(&mut self, key: &str, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        let _ = key;
        reader.skip()
    }

    /// Encodes the keys and values of a map into the JSON object around it.
    #[doc(hidden)]
    fn encode_entries(&self, writer: &mut Writer) {
        let _ = writer;
    }
}

/// The type alias of a callback that receives the fields of a generated struct for reading: the argument of
/// [`Slot::lend`].
pub type Lend<'a> = &'a mut dyn FnMut(&[&dyn Slot]);

/// The type alias of a callback that receives the fields of a generated struct for writing: the argument of
/// [`Slot::lend_mut`].
pub type LendMut<'a> = &'a mut dyn FnMut(&mut [&mut dyn Slot]);

/// Writes the methods by which a type that is not an object is compared and copied: as one value.
#[doc(hidden)]
#[macro_export]
macro_rules! whole_value {
    () => {
        #[inline]
        fn equals(&self, other: &dyn $crate::Slot) -> bool {
            $crate::support::equal_values(self, other)
        }

        #[inline]
        fn assign(&mut self, from: &dyn $crate::Slot) {
            $crate::support::assign_value(self, from)
        }
    };
}

/// Returns whether `other` has the type `T` and equals `this`. The macros call it to compare two values behind
/// `dyn Slot`.
pub fn equal_values<T: PartialEq + 'static>(this: &T, other: &dyn Slot) -> bool {
    let other: &dyn Any = other;
    other.downcast_ref::<T>().is_some_and(|other| this == other)
}

/// Copies `from` into `this`, if both have the type `T`, and otherwise does nothing. The macros call it to clone values
/// behind `dyn Slot`.
pub fn assign_value<T: Clone + 'static>(this: &mut T, from: &dyn Slot) {
    let from: &dyn Any = from;
    if let Some(from) = from.downcast_ref::<T>() {
        this.clone_from(from);
    }
}

fn decode_fields(
    table: &'static Table,
    slots: &mut [&mut dyn Slot],
    reader: &mut Reader<'_>,
) -> Result<(), DecodeError> {
    reader.begin_object()?;
    let fields = table.fields();
    let count = fields.len();
    let mut seen = FieldSet::new(count);
    let mut next = 0;
    let mut filled = 0;
    let mut first = true;
    while let Some(key) = reader.next_key(first)? {
        first = false;
        match find_field(fields, next, &key) {
            Some(index) => {
                let slot = &mut slots[index];
                if seen.contains(index) {
                    slot.vacate();
                } else {
                    seen.insert(index);
                    filled += 1;
                }
                let start = reader.mark();
                let result = match fields[index].presence() {
                    Presence::Required => slot.decode(reader),
                    Presence::Optional | Presence::Observed => slot.decode_present(reader),
                };
                match result {
                    Err(_) if fields[index].presence() == Presence::Observed => {
                        slot.vacate();
                        reader.rewind(start);
                        decode_undeclared(slots.get_mut(count), &key, reader)?;
                    }
                    result => result.map_err(|error| error.within_key(&key))?,
                }
                next = index + 1;
            }
            None => decode_undeclared(slots.get_mut(count), &key, reader)?,
        }
    }
    if filled == count {
        return Ok(());
    }
    let missing = fields
        .iter()
        .enumerate()
        .find(|(index, field)| field.is_required() && !seen.contains(*index));
    match missing {
        Some((_, field)) => Err(DecodeError::new(
            ErrorKind::Missing(field.key()),
            reader.offset(),
        )),
        None => Ok(()),
    }
}

fn decode_undeclared(
    others: Option<&mut &mut dyn Slot>,
    key: &str,
    reader: &mut Reader<'_>,
) -> Result<(), DecodeError> {
    let undeclared = reader.misfits.undeclared + 1;
    let result = match others {
        Some(others) => others.decode_entry(key, reader),
        None => reader.skip().map_err(|error| error.within_key(key)),
    };
    // The key counts once, whether the object keeps it or not.
    reader.misfits.undeclared = undeclared;
    result
}

fn encode_fields(table: &'static Table, slots: &[&dyn Slot], writer: &mut Writer) {
    writer.raw("{");
    for (field, slot) in table.fields().iter().zip(slots) {
        slot.encode_member(field, writer);
    }
    if let Some(others) = slots.get(table.fields().len()) {
        others.encode_entries(writer);
    }
    writer.raw("}");
}
