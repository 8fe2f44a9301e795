//! Objects by table: what differs between two generated structs is data, what they share stands here once.

use std::any::Any;
use std::fmt;

use crate::error::{DecodeError, ErrorKind};
use crate::json::{Reader, Writer};
use crate::slot::Slot;

/// A generated struct, seen by the codec.
pub trait Object: Slot + Sized {
    /// The keys, in the order in which the fields are lent.
    const TABLE: Table;

    /// The struct with every field vacant.
    #[doc(hidden)]
    fn empty() -> Self;

    /// Lends the fields for reading.
    #[doc(hidden)]
    fn lend(&self, to: &mut dyn FnMut(&[&dyn Slot]));

    /// Lends the fields for filling.
    #[doc(hidden)]
    fn lend_mut(&mut self, to: &mut dyn FnMut(&mut [&mut dyn Slot]));
}

/// The keys of an object.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// The name of the struct.
    pub name: &'static str,
    /// The declared keys.
    pub fields: &'static [Field],
    /// Whether one more slot follows the declared ones: the map of all other keys.
    pub rest: bool,
}

/// One declared key.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The key as it stands in JSON.
    pub key: &'static str,
    /// When an object has the key. Whether its value may be null stands in the type of the field.
    pub presence: Presence,
}

/// When an object has a key, and how sure that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Every object has it.
    Required,
    /// An object may leave it out.
    Optional,
    /// No schema declares it, payloads have shown it: a value of another type is treated as that of an undeclared key.
    Shown,
}

impl Field {
    /// A key that every object has.
    #[must_use]
    pub const fn required(key: &'static str) -> Self {
        Self::named(key, Presence::Required)
    }

    /// A key that an object may leave out.
    #[must_use]
    pub const fn optional(key: &'static str) -> Self {
        Self::named(key, Presence::Optional)
    }

    /// A key that payloads have shown, and no schema declares.
    #[must_use]
    pub const fn shown(key: &'static str) -> Self {
        Self::named(key, Presence::Shown)
    }

    /// The same field under that key.
    #[must_use]
    pub const fn under(self, key: &'static str) -> Self {
        Self { key, ..self }
    }

    /// A field of that name, without what makes an identifier of a word that Rust has a use for.
    const fn named(name: &'static str, presence: Presence) -> Self {
        let key = match name.as_bytes() {
            [b'r', b'#', ..] => name.split_at(2).1,
            _ => name,
        };
        Self { key, presence }
    }

    fn is_required(&self) -> bool {
        self.presence == Presence::Required
    }
}

/// Fills the fields of an object.
pub fn decode_object<T: Object>(object: &mut T, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    let mut result = Ok(());
    object.lend_mut(&mut |slots| result = decode_fields(&T::TABLE, slots, reader));
    result
}

/// Writes an object.
pub fn encode_object<T: Object>(object: &T, writer: &mut Writer) {
    object.lend(&mut |slots| encode_fields(&T::TABLE, slots, writer));
}

/// Shows an object under the keys that it has in JSON.
pub fn debug_object<T: Object>(object: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut result = Ok(());
    object.lend(&mut |slots| result = debug_fields(&T::TABLE, slots, f));
    result
}

/// Compares two objects field by field.
pub fn equal_objects<T: Object>(one: &T, other: &dyn Slot) -> bool {
    let other: &dyn Any = other;
    let Some(other) = other.downcast_ref::<T>() else {
        return false;
    };
    let mut equal = false;
    one.lend(&mut |left| {
        other.lend(&mut |right| equal = left.iter().zip(right).all(|(left, right)| left.equals(*right)));
    });
    equal
}

fn decode_fields(table: &Table, slots: &mut [&mut dyn Slot], reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    reader.begin_object()?;
    let count = table.fields.len();
    let mut seen = Seen::new(count);
    let mut next = 0;
    let mut filled = 0;
    let mut first = true;
    while let Some(key) = reader.next_key(first)? {
        first = false;
        match place(table.fields, next, &key) {
            Some(index) => {
                let slot = &mut slots[index];
                if seen.contains(index) {
                    slot.vacate();
                } else {
                    seen.insert(index);
                    filled += 1;
                }
                let start = reader.mark();
                let done = match table.fields[index].presence {
                    Presence::Required => slot.decode(reader),
                    Presence::Optional | Presence::Shown => slot.decode_present(reader),
                };
                match done {
                    Err(_) if table.fields[index].presence == Presence::Shown => {
                        slot.vacate();
                        reader.rewind(start);
                        decode_undeclared(table, slots, &key, reader)?;
                    }
                    done => done.map_err(|error| error.within_key(&key))?,
                }
                next = index + 1;
            }
            None => decode_undeclared(table, slots, &key, reader)?,
        }
    }
    if filled == count {
        return Ok(());
    }
    let missing = table.fields.iter().enumerate().find(|(index, field)| field.is_required() && !seen.contains(*index));
    match missing {
        Some((_, field)) => Err(DecodeError::new(ErrorKind::Missing(field.key), reader.offset())),
        None => Ok(()),
    }
}

fn decode_undeclared(
    table: &Table,
    slots: &mut [&mut dyn Slot],
    key: &str,
    reader: &mut Reader<'_>,
) -> Result<(), DecodeError> {
    if table.rest {
        return slots[table.fields.len()].decode_entry(key, reader);
    }
    reader.skip().map_err(|error| error.within_key(key))
}

/// Where a key is declared. Keys mostly come in the documented order: the search starts where the last one ended.
#[inline]
fn place(fields: &[Field], next: usize, key: &str) -> Option<usize> {
    if fields.get(next).is_some_and(|field| same(field.key, key)) {
        return Some(next);
    }
    let (before, after) = fields.split_at(next);
    match after.iter().position(|field| same(field.key, key)) {
        Some(index) => Some(next + index),
        None => before.iter().position(|field| same(field.key, key)),
    }
}

fn encode_fields(table: &Table, slots: &[&dyn Slot], writer: &mut Writer) {
    let mut first = true;
    writer.raw("{");
    for (field, slot) in table.fields.iter().zip(slots) {
        if field.is_required() || !slot.is_absent() {
            writer.key(&mut first, field.key);
            slot.encode(writer);
        }
    }
    if table.rest {
        slots[table.fields.len()].encode_entries(&mut first, writer);
    }
    writer.raw("}");
}

fn debug_fields(table: &Table, slots: &[&dyn Slot], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut shown = f.debug_struct(table.name);
    for (index, slot) in slots.iter().enumerate() {
        let key = table.fields.get(index).map_or("(other keys)", |field| field.key);
        shown.field(key, slot);
    }
    shown.finish()
}

/// Whether two keys are the same, compared in place: most have a few letters, fewer than a call is worth.
#[inline]
fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    let (words, tail) = one.as_chunks::<8>();
    let (other_words, other_tail) = other.as_chunks::<8>();
    let equal = |(one, other): (&[u8; 8], &[u8; 8])| u64::from_le_bytes(*one) == u64::from_le_bytes(*other);
    if !words.iter().zip(other_words).all(equal) {
        return false;
    }
    match (one.last_chunk::<8>(), other.last_chunk::<8>()) {
        (Some(one), Some(other)) => equal((one, other)),
        _ => tail.iter().zip(other_tail).all(|(one, other)| one == other),
    }
}

/// Which fields were seen; objects of more than 128 fields exist.
enum Seen {
    Few([u64; 2]),
    Many(Vec<bool>),
}

impl Seen {
    fn new(count: usize) -> Self {
        if count <= 128 { Self::Few([0; 2]) } else { Self::Many(vec![false; count]) }
    }

    fn insert(&mut self, index: usize) {
        match self {
            Self::Few(bits) => bits[(index / 64) & 1] |= 1 << (index % 64),
            Self::Many(flags) => flags[index] = true,
        }
    }

    fn contains(&self, index: usize) -> bool {
        match self {
            Self::Few(bits) => bits[(index / 64) & 1] & (1 << (index % 64)) != 0,
            Self::Many(flags) => flags[index],
        }
    }
}
