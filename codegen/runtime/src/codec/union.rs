//! Dispatch of unions: tests that the generator planned select the variant of a value.

use std::any::TypeId;

use super::error::DecodeError;
use super::json::{Mark, Misfits, Reader, Writer};
use super::slot::Slot;
use super::surface::Surface;
use super::variant::{Proof, Test, Variant};

/// A trait of generated enums whose variants hold values of different types, such as those of `oneOf` and `anyOf`. The
/// macro [`union!`](crate::union!) implements it.
///
/// The decoder selects a variant by this rule. The check of payloads in the generator follows it as well.
///
/// 1. Only variants whose tests the value passes are candidates. They are considered in the order of the list.
/// 2. A candidate that is proven is selected. If the value does not decode as this variant, that is an error, unless a
///    discriminator value proves the variant and rule 5 finds another one. A candidate that is likely is selected if the
///    value decodes as this variant.
/// 3. Other candidates are tried. The one that holds the value with the fewest misfits is selected: with the fewest
///    values kept as `Unknown` inside, then with the fewest undeclared keys. The keys of a map are undeclared. Between
///    equals, the first one is selected.
/// 4. A candidate of any JSON is selected if each other one has an `Unknown` inside, or does not decode.
/// 5. If no candidate decodes and none was likely, the discriminator value may be one that the document does not list, or
///    one that the schema of another variant admits as well. The variants are tried without their tests of the
///    discriminator. If exactly one holds the value without misfits, it is selected.
/// 6. If there is no such variant, the value may have a key that only another variant declares. The variants are tried
///    without their tests of undeclared keys. If exactly one holds the value without an `Unknown` inside, it is selected.
/// 7. Otherwise, the error of the first candidate that was likely is the error of the union. If none was likely, the
///    variant for unknown values keeps the value.
pub trait Union: Slot + Sized {
    /// The tests of the union's variants, in the order in which the decoder tries them.
    const VARIANTS: &'static [Variant];

    /// Creates the union variant with this index in [`Union::VARIANTS`], for the decoder to fill. Any index beyond the
    /// last one creates the variant that keeps any JSON value.
    #[doc(hidden)]
    fn vacant_variant(index: usize) -> Self;

    /// Lends the content of the union's variant for reading.
    #[doc(hidden)]
    fn content(&self) -> &dyn Slot;

    /// Lends the content of the union's variant for the decoder to fill.
    #[doc(hidden)]
    fn content_mut(&mut self) -> &mut dyn Slot;
}

/// Decodes the next JSON value into a generated union: selects the variant by the tests, then decodes its content. The
/// macros call it.
pub fn decode_union<T: Union>(union: &mut T, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    dispatch(
        T::VARIANTS,
        TypeId::of::<T>(),
        reader,
        &mut |index, reader| {
            let mut candidate = T::vacant_variant(index);
            candidate.content_mut().decode(reader)?;
            *union = candidate;
            Ok(())
        },
    )
}

/// A candidate that decodes, with misfits.
struct Attempt {
    index: usize,
    misfits: Misfits,
    /// The position behind the value.
    end: Mark,
}

/// Selects a variant by the rule of [`Union`] and decodes it.
fn dispatch(
    variants: &[Variant],
    union: TypeId,
    reader: &mut Reader<'_>,
    decode: &mut dyn FnMut(usize, &mut Reader<'_>) -> Result<(), DecodeError>,
) -> Result<(), DecodeError> {
    let json_type = reader.peek()?;
    let at = reader.offset();
    let mut decode = |index: usize, reader: &mut Reader<'_>| {
        reader.misfits.unknown += usize::from(index == variants.len());
        decode(index, reader)
    };
    if let Some(index) = reader.memo.get(at, union) {
        return decode(index, reader);
    }
    let surface = Surface::read(json_type, variants, reader)?;
    let start = reader.mark();
    let before = reader.misfits;
    let mut best: Option<Attempt> = None;
    // The candidate that the union holds.
    let mut held = None;
    // The first candidate that was likely, and its error.
    let mut likely: Option<(usize, DecodeError)> = None;
    for (index, variant) in variants
        .iter()
        .enumerate()
        .filter(|(_, variant)| surface.passes(variant))
    {
        let has_no_unknown = best.as_ref().is_some_and(|best| best.misfits.unknown == 0);
        match variant.proof {
            Proof::Proven => {
                reader.memo.insert(at, union, index);
                let Err(error) = decode(index, reader) else {
                    return Ok(());
                };
                if !has_discriminator(variant) {
                    return Err(error);
                }
                reader.rewind(start);
                let fitting =
                    Ignored::Discriminator.only_fitting(variants, &surface, reader, &mut decode);
                let Some(other) = fitting else {
                    return Err(error);
                };
                reader.memo.insert(at, union, other);
                return decode(other, reader);
            }
            Proof::Any if has_no_unknown => continue,
            Proof::Any | Proof::Likely | Proof::Tried => {}
        }
        reader.memo.begin_attempt();
        let result = decode(index, reader);
        reader.memo.end_attempt();
        match result {
            Ok(()) => {
                let misfits = reader.misfits.since(before);
                if misfits == Misfits::default() || variant.proof != Proof::Tried {
                    reader.memo.insert(at, union, index);
                    return Ok(());
                }
                held = Some(index);
                if best.as_ref().is_none_or(|best| misfits < best.misfits) {
                    let end = reader.mark();
                    best = Some(Attempt {
                        index,
                        misfits,
                        end,
                    });
                }
            }
            Err(error) if variant.proof == Proof::Likely => {
                likely.get_or_insert((index, error));
            }
            Err(_) => {}
        }
        reader.rewind(start);
    }
    let mut only_fitting =
        |ignored: Ignored| ignored.only_fitting(variants, &surface, reader, &mut decode);
    let selected = match (&best, &likely) {
        (Some(best), _) => Some(best.index),
        (None, Some(_)) => only_fitting(Ignored::UndeclaredKeys),
        (None, None) => {
            only_fitting(Ignored::Discriminator).or_else(|| only_fitting(Ignored::UndeclaredKeys))
        }
    };
    if let (None, Some((index, error))) = (selected, likely) {
        reader.memo.insert(at, union, index);
        return Err(error);
    }
    let index = selected.unwrap_or(variants.len());
    reader.memo.insert(at, union, index);
    match best {
        Some(best) if held == Some(best.index) => {
            reader.rewind(best.end);
            Ok(())
        }
        _ => decode(index, reader),
    }
}

/// Returns whether a discriminator value is among the tests of a variant.
fn has_discriminator(variant: &Variant) -> bool {
    let is_discriminator = |test: &Test| matches!(test, Test::Discriminator(..));
    variant.tests.iter().any(is_discriminator)
}

/// The tests that do not count after no candidate held the value.
#[derive(Clone, Copy)]
enum Ignored {
    Discriminator,
    UndeclaredKeys,
}

impl Ignored {
    fn counts(self, test: &Test) -> bool {
        match self {
            Self::Discriminator => !matches!(test, Test::Discriminator(..)),
            Self::UndeclaredKeys => !matches!(test, Test::LacksUndeclared(_)),
        }
    }

    fn admits(self, misfits: Misfits) -> bool {
        match self {
            Self::Discriminator => misfits == Misfits::default(),
            Self::UndeclaredKeys => misfits.unknown == 0,
        }
    }

    /// Returns the index of the only variant that holds the value if these tests do not count. A variant can be in the
    /// list several times.
    fn only_fitting(
        self,
        variants: &[Variant],
        surface: &Surface<'_>,
        reader: &mut Reader<'_>,
        decode: &mut dyn FnMut(usize, &mut Reader<'_>) -> Result<(), DecodeError>,
    ) -> Option<usize> {
        let start = reader.mark();
        let before = reader.misfits;
        let mut fitting: Option<(usize, &str)> = None;
        for (index, variant) in variants.iter().enumerate() {
            if !surface.passes_some(variant, |test| self.counts(test))
                || fitting.is_some_and(|(_, name)| name == variant.name)
            {
                continue;
            }
            reader.memo.begin_attempt();
            let result = decode(index, reader);
            reader.memo.end_attempt();
            let fits = result.is_ok() && self.admits(reader.misfits.since(before));
            reader.rewind(start);
            match fitting {
                Some(_) if fits => return None,
                None if fits => fitting = Some((index, variant.name)),
                _ => {}
            }
        }
        fitting.map(|(index, _)| index)
    }
}

/// Encodes the content of the current variant of a generated union as JSON. The macros call it.
pub fn encode_union<T: Union>(union: &T, writer: &mut Writer) {
    union.content().encode(writer);
}

#[cfg(test)]
mod tests;
