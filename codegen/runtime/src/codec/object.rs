//! Copies and debug output of objects, from their tables.

use std::fmt;

use super::slot::Slot;
use super::table::{Field, Table};

/// Returns a copy of a generated struct, field by field. The `Clone` that the macro `object!` writes calls it.
pub fn clone_object<T: Slot>(object: &T) -> T {
    let mut copy = T::vacant();
    copy.assign(object);
    copy
}

/// Formats a generated struct for `Debug`: lists its fields under their JSON keys. The `Debug` that the macro `object!`
/// writes calls it.
pub fn debug_object(object: &dyn Slot, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let table = object.table();
    let mut result = Ok(());
    object.lend(&mut |slots| result = debug_fields(table, slots, f));
    result
}

fn debug_fields(
    table: &'static Table,
    slots: &[&dyn Slot],
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let mut output = f.debug_struct(table.name());
    for (index, slot) in slots.iter().enumerate() {
        let key = table.fields().get(index).map_or("(other keys)", Field::key);
        output.field(key, slot);
    }
    output.finish()
}
