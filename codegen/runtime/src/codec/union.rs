//! Dispatch of unions: tests that the generator planned select the variant of a value.

use std::any::TypeId;

use super::error::DecodeError;
use super::json::{Mark, Misfits, Reader, Writer};
use super::slot::Slot;
use super::surface::Surface;
use super::variant::{Proof, Variant};

/// A trait of generated enums whose variants hold values of different types, such as those of `oneOf` and `anyOf`. The
/// macro [`union!`](crate::union!) implements it.
///
/// The decoder selects a variant by this rule. The check of payloads in the generator follows it as well.
///
/// 1. Only variants whose tests the value passes are candidates. They are considered in the order of the list.
/// 2. A candidate that is proven is selected. If the value does not decode as this variant, that is an error. A candidate
///    that is likely is selected if the value decodes as this variant.
/// 3. Other candidates are tried. The one that holds the value with the fewest misfits is selected: with the fewest
///    values kept as `Unknown` inside, then with the fewest undeclared keys. The keys of a map are undeclared. Between
///    equals, the first one is selected.
/// 4. A candidate of any JSON is selected if each other one has an `Unknown` inside, or does not decode.
/// 5. If no candidate decodes and one was likely, its error is the error of the union.
/// 6. If no candidate decodes, the discriminator value may be one that the document does not list. The variants are tried
///    without their tests of the discriminator. If exactly one holds the value without misfits, it is selected.
/// 7. Otherwise, the variant for unknown values keeps the value.
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
                return decode(index, reader);
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
    if let (None, Some((index, error))) = (&best, likely) {
        reader.memo.insert(at, union, index);
        return Err(error);
    }
    let index = match &best {
        Some(best) => best.index,
        None => only_fitting(variants, &surface, reader, &mut decode).unwrap_or(variants.len()),
    };
    reader.memo.insert(at, union, index);
    match best {
        Some(best) if held == Some(best.index) => {
            reader.rewind(best.end);
            Ok(())
        }
        _ => decode(index, reader),
    }
}

/// Returns the only variant that holds the value without misfits, whatever its discriminator value is.
fn only_fitting(
    variants: &[Variant],
    surface: &Surface<'_>,
    reader: &mut Reader<'_>,
    decode: &mut dyn FnMut(usize, &mut Reader<'_>) -> Result<(), DecodeError>,
) -> Option<usize> {
    let start = reader.mark();
    let before = reader.misfits;
    let mut fitting = None;
    for (index, variant) in variants.iter().enumerate() {
        if !surface.passes_without_discriminator(variant) {
            continue;
        }
        reader.memo.begin_attempt();
        let result = decode(index, reader);
        reader.memo.end_attempt();
        let fits = result.is_ok() && reader.misfits.since(before) == Misfits::default();
        reader.rewind(start);
        match fitting {
            Some(_) if fits => return None,
            None if fits => fitting = Some(index),
            _ => {}
        }
    }
    fitting
}

/// Encodes the content of the current variant of a generated union as JSON. The macros call it.
pub fn encode_union<T: Union>(union: &T, writer: &mut Writer) {
    union.content().encode(writer);
}

#[cfg(test)]
mod tests {
    use crate::{JsonType, Literal, Map, Test, Value, decode, encode};

    crate::string_enum! { pub enum State { "open" Open, else Unknown } }

    #[derive(Clone, Debug, PartialEq)]
    pub enum Size {
        One,
        Unknown(Value),
    }

    crate::value_enum! { Size [Literal::Number("1") => One, else Unknown] }

    pub struct Issue {
        pub state: Option<State>,
        pub size: Option<Size>,
        pub sizes: Option<Vec<Vec<Size>>>,
        pub states: Option<Map<State>>,
        pub inner: Option<Box<Either>>,
    }

    crate::object! { Issue [?state, ?size, ?sizes, ?states, ?inner] }

    pub struct Note {
        pub state: Option<String>,
        pub size: Option<i64>,
        pub sizes: Option<Vec<Vec<i64>>>,
        pub states: Option<Map<String>>,
        pub text: Option<String>,
    }

    crate::object! { Note [?state, ?size, ?sizes, ?states, ?text] }

    /// Objects that only trying distinguishes.
    #[derive(Clone, Debug, PartialEq)]
    pub enum Either {
        Issue(Box<Issue>),
        Note(Box<Note>),
        Unknown(Value),
    }

    crate::union! { Either [
        Issue tried(Test::Type(&[JsonType::Object])), Note tried(Test::Type(&[JsonType::Object])); Unknown
    ] }

    /// An object, or any JSON.
    #[derive(Clone, Debug, PartialEq)]
    pub enum Loose {
        Issue(Box<Issue>),
        Any(Value),
        Unknown(Value),
    }

    crate::union! { Loose [Issue tried(Test::Type(&[JsonType::Object])), Any any(); Unknown] }

    pub struct User {
        pub login: String,
        pub size: Option<i64>,
    }

    crate::object! { User [login, ?size] }

    pub struct Team {
        pub slug: String,
        pub size: Option<i64>,
    }

    crate::object! { Team [slug, ?size] }

    /// Objects that keys distinguish, although each admits the keys of the other.
    #[derive(Clone, Debug, PartialEq)]
    pub enum Owner {
        User(Box<User>),
        Team(Box<Team>),
        Unknown(Value),
    }

    crate::union! { Owner [User likely(Test::Has("login")), Team likely(Test::Has("slug")); Unknown] }

    /// Objects that a discriminator distinguishes.
    #[derive(Clone, Debug, PartialEq)]
    pub enum Mapped {
        Issue(Box<Issue>),
        User(Box<User>),
        Team(Box<Team>),
        Unknown(Value),
    }

    crate::union! { Mapped [
        Issue proven(Test::Discriminator("state", &["open"])),
        User proven(Test::Discriminator("login", &["a"])),
        Team proven(Test::Discriminator("slug", &["a"]));
        Unknown
    ] }

    #[test]
    fn a_discriminator_value_that_no_variant_lists_selects_the_only_variant_that_fits() {
        let mapped = |json: &str| match decode::<Mapped>(json.as_bytes()) {
            Ok(Mapped::Issue(_)) => "issue",
            Ok(Mapped::User(_)) => "user",
            Ok(Mapped::Team(_)) => "team",
            Ok(Mapped::Unknown(_)) => "unknown",
            Err(_) => "error",
        };
        let cases = [
            (r#"{"login":"b"}"#, "user"),
            (r#"{"slug":"b","size":2}"#, "team"),
            ("{}", "issue"),
            // No variant holds the value without misfits.
            (r#"{"slug":"b","login":"b"}"#, "unknown"),
            (r#"{"state":"new"}"#, "unknown"),
            (r#"{"login":"b","other":1}"#, "unknown"),
            (r#"{"login":1}"#, "unknown"),
        ];
        for (json, expected) in cases {
            assert_eq!(mapped(json), expected, "{json}");
        }
    }

    #[test]
    fn a_likely_variant_is_selected_unless_only_another_one_decodes() {
        let owner = |json: &str| match decode::<Owner>(json.as_bytes()) {
            Ok(Owner::User(_)) => String::from("user"),
            Ok(Owner::Team(_)) => String::from("team"),
            Ok(Owner::Unknown(_)) => String::from("unknown"),
            Err(error) => error.path(),
        };
        let cases = [
            (r#"{"login":"a"}"#, "user"),
            (r#"{"login":"a","slug":1}"#, "user"),
            (r#"{"login":1,"slug":"a"}"#, "team"),
            (r#"{"login":"a","slug":"a"}"#, "user"),
            ("{}", "unknown"),
            // The error is that of the first one.
            (r#"{"login":"a","size":"x"}"#, "$.size"),
            (r#"{"login":1,"slug":1}"#, "$.login"),
        ];
        for (json, expected) in cases {
            assert_eq!(owner(json), expected, "{json}");
            let list = decode::<Vec<Owner>>(format!("[{json},{json}]").as_bytes());
            assert_eq!(list.is_err(), owner(json).starts_with('$'), "{json}");
        }
    }

    fn either(json: &str) -> &'static str {
        let value: Either = decode(json.as_bytes()).expect("a union holds any JSON");
        match value {
            Either::Issue(_) => "issue",
            Either::Note(_) => "note",
            Either::Unknown(_) => "unknown",
        }
    }

    #[test]
    fn the_variant_with_the_fewest_misfits_is_selected() {
        let cases = [
            // Both hold the value, so that the first one is selected.
            (r#"{"state":"open","size":1}"#, "issue"),
            ("{}", "issue"),
            // The issue would keep a value as unknown, at any depth.
            (r#"{"state":"new"}"#, "note"),
            (r#"{"size":2}"#, "note"),
            (r#"{"sizes":[[1],[1,2]]}"#, "note"),
            (r#"{"states":{"a":"new"}}"#, "note"),
            // A number in another notation is a documented one.
            (r#"{"size":1.0}"#, "issue"),
            // One of them does not declare the key.
            (r#"{"text":"a"}"#, "note"),
            (r#"{"inner":{}}"#, "issue"),
            // An unknown value is worse than an undeclared key.
            (r#"{"inner":{},"state":"new"}"#, "note"),
            (r#"{"inner":{"state":"new"}}"#, "issue"),
            // Both have as many misfits.
            (r#"{"other":1}"#, "issue"),
            (r#"{"state":"new","text":1}"#, "issue"),
            (r#"{"state":1}"#, "unknown"),
        ];
        for (json, expected) in cases {
            assert_eq!(either(json), expected, "{json}");
        }
    }

    #[test]
    fn the_selected_variant_holds_the_value_after_others_were_tried() {
        let json =
            r#"[{"state":"new","inner":{"state":"new","size":2}},{"size":1.0},{"other":[{}]}]"#;
        let values: Vec<Either> = decode(json.as_bytes()).expect("a union holds any JSON");
        assert_eq!(
            encode(&values),
            r#"[{"state":"new"},{"size":1.0},{}]"#,
            "undeclared keys are dropped, and texts are kept"
        );
    }

    #[test]
    fn a_variant_of_any_json_is_the_last_resort() {
        let is_any = |json: &str| matches!(decode(json.as_bytes()), Ok(Loose::Any(_)));
        let cases = [
            (r#"{"state":"open"}"#, false),
            (r#"{"other":1}"#, false),
            (r#"{"state":"new"}"#, true),
            (r#"{"state":1}"#, true),
            ("[1]", true),
        ];
        for (json, expected) in cases {
            assert_eq!(is_any(json), expected, "{json}");
        }
    }
}
