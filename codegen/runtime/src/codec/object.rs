//! The codec of objects: what differs between two generated structs is their table, what they share stands here once.

use std::fmt;

use crate::codec::error::{DecodeError, ErrorKind};
use crate::codec::json::{Reader, Writer};
use crate::codec::slot::Slot;
use crate::codec::table::{Field, Presence, Table};

/// Fills the fields of an object.
pub(crate) fn decode<T: Slot + ?Sized>(object: &mut T, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    let table = object.table();
    let mut result = Ok(());
    object.lend_mut(&mut |slots| result = decode_fields(table, slots, reader));
    result
}

/// Writes an object.
pub(crate) fn encode<T: Slot + ?Sized>(object: &T, writer: &mut Writer) {
    let table = object.table();
    object.lend(&mut |slots| encode_fields(table, slots, writer));
}

/// Compares two objects field by field.
pub(crate) fn equal<T: Slot + ?Sized>(one: &T, other: &dyn Slot) -> bool {
    let mut equal = false;
    if one.type_id() == other.type_id() {
        one.lend(&mut |left| {
            other.lend(&mut |right| equal = left.iter().zip(right).all(|(left, right)| left.equals(*right)));
        });
    }
    equal
}

/// Copies one object into another, field by field.
pub(crate) fn assign<T: Slot + ?Sized>(object: &mut T, from: &dyn Slot) {
    if (*object).type_id() == from.type_id() {
        from.lend(&mut |from| {
            object.lend_mut(&mut |to| to.iter_mut().zip(from).for_each(|(to, from)| to.assign(*from)));
        });
    }
}

/// A copy of an object.
pub fn clone_object<T: Slot>(object: &T) -> T {
    let mut copy = T::vacant();
    copy.assign(object);
    copy
}

/// Shows an object under the keys that it has in JSON.
pub fn debug_object(object: &dyn Slot, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let table = object.table();
    let mut result = Ok(());
    object.lend(&mut |slots| result = debug_fields(table, slots, f));
    result
}

fn decode_fields(
    table: &'static Table,
    slots: &mut [&mut dyn Slot],
    reader: &mut Reader<'_>,
) -> Result<(), DecodeError> {
    reader.begin_object()?;
    let fields = table.fields();
    let count = fields.len();
    let mut seen = Seen::new(count);
    let mut next = 0;
    let mut filled = 0;
    let mut first = true;
    while let Some(key) = reader.next_key(first)? {
        first = false;
        match place(fields, next, &key) {
            Some(index) => {
                let slot = &mut slots[index];
                if seen.contains(index) {
                    slot.vacate();
                } else {
                    seen.insert(index);
                    filled += 1;
                }
                let start = reader.mark();
                let done = match fields[index].presence() {
                    Presence::Required => slot.decode(reader),
                    Presence::Optional | Presence::Shown => slot.decode_present(reader),
                };
                match done {
                    Err(_) if fields[index].presence() == Presence::Shown => {
                        slot.vacate();
                        reader.rewind(start);
                        decode_undeclared(slots.get_mut(count), &key, reader)?;
                    }
                    done => done.map_err(|error| error.within_key(&key))?,
                }
                next = index + 1;
            }
            None => decode_undeclared(slots.get_mut(count), &key, reader)?,
        }
    }
    if filled == count {
        return Ok(());
    }
    let missing = fields.iter().enumerate().find(|(index, field)| field.is_required() && !seen.contains(*index));
    match missing {
        Some((_, field)) => Err(DecodeError::new(ErrorKind::Missing(field.key()), reader.offset())),
        None => Ok(()),
    }
}

fn decode_undeclared(
    others: Option<&mut &mut dyn Slot>,
    key: &str,
    reader: &mut Reader<'_>,
) -> Result<(), DecodeError> {
    match others {
        Some(others) => others.decode_entry(key, reader),
        None => reader.skip().map_err(|error| error.within_key(key)),
    }
}

/// Where a key is declared. Keys mostly come in the documented order: the search starts where the last one ended.
#[inline]
fn place(fields: &[Field], next: usize, key: &str) -> Option<usize> {
    if fields.get(next).is_some_and(|field| same(field.key(), key)) {
        return Some(next);
    }
    let (before, after) = fields.split_at(next);
    match after.iter().position(|field| same(field.key(), key)) {
        Some(index) => Some(next + index),
        None => before.iter().position(|field| same(field.key(), key)),
    }
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

fn debug_fields(table: &'static Table, slots: &[&dyn Slot], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut shown = f.debug_struct(table.name());
    for (index, slot) in slots.iter().enumerate() {
        let key = table.fields().get(index).map_or("(other keys)", Field::key);
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
