use super::containers::{decode_items, encode_items};
use super::error::DecodeError;
use super::json::{Reader, Writer};
use super::slot::Slot;
use super::value::Value;

/// A JSON array whose first elements have types of their own, and that may be shorter or longer. Generated models use it
/// for `prefixItems` without a fixed length.
///
/// ```
/// use octogen_runtime::{OpenTuple, decode, encode};
///
/// let point: OpenTuple<(Option<i64>, Option<String>)> = decode(br#"[1]"#)?;
/// assert_eq!(point.elements, (Some(1), None));
/// let longer: OpenTuple<(Option<i64>, Option<String>)> = decode(br#"[1,"a",true]"#)?;
/// assert_eq!(encode(&longer), r#"[1,"a",true]"#);
/// # Ok::<(), octogen_runtime::DecodeError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct OpenTuple<T, R = Value> {
    /// The first elements: a tuple of [`Option`], or of [`Maybe`](crate::Maybe) for an element that may be `null`. The
    /// last ones are absent if the array is shorter.
    pub elements: T,
    /// The elements after them.
    pub rest: Vec<R>,
}

impl<T, R> OpenTuple<T, R> {
    /// Creates a tuple from its first elements, without further ones. Set [`rest`](Self::rest) to add some.
    pub fn new(elements: T) -> Self {
        Self {
            elements,
            rest: Vec::new(),
        }
    }
}

impl<T, R> Slot for OpenTuple<T, R>
where
    T: Slot + PartialEq + Clone,
    R: Slot + PartialEq + Clone,
{
    fn vacant() -> Self {
        Self::new(T::vacant())
    }

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        let Self { elements, rest } = self;
        elements.vacate();
        rest.clear();
        let mut result = Ok(());
        elements.lend_mut(&mut |slots| {
            result = decode_items(reader, &mut |index, reader| {
                match slots.get_mut(index) {
                    Some(slot) => slot.decode_present(reader),
                    None => decode_further(rest, reader),
                }
                .map_err(|error| error.within_index(index))
            });
        });
        result
    }

    fn encode(&self, writer: &mut Writer) {
        self.elements.lend(&mut |slots| {
            // An absent element before a present one is `null`.
            let is_last = |slot: &&dyn Slot| !slot.is_absent();
            let count = match self.rest.is_empty() {
                true => slots.iter().rposition(is_last).map_or(0, |last| last + 1),
                false => slots.len(),
            };
            let rest = self.rest.iter().map(|item| item as &dyn Slot);
            encode_items(writer, &mut slots[..count].iter().copied().chain(rest));
        });
    }

    crate::whole_value!();

    fn vacate(&mut self) {
        self.elements.vacate();
        self.rest.clear();
    }
}

fn decode_further<R: Slot>(rest: &mut Vec<R>, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    let mut item = R::vacant();
    item.decode(reader)?;
    rest.push(item);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::OpenTuple;
    use crate::codec::document::{decode, encode};
    use crate::codec::maybe::Maybe;

    type Pair = OpenTuple<(Option<i64>, Maybe<String>), bool>;

    #[test]
    fn arrays_of_each_length_come_back() {
        for json in [
            "[]",
            "[1]",
            r#"[1,"a"]"#,
            "[1,null]",
            r#"[1,"a",true,false]"#,
        ] {
            let decoded = decode::<Pair>(json.as_bytes()).map(|pair| encode(&pair));
            assert_eq!(decoded.ok().as_deref(), Some(json));
        }
        for json in ["{}", r#"["a"]"#, r#"[1,"a",1]"#, "[null]"] {
            assert!(decode::<Pair>(json.as_bytes()).is_err(), "{json}");
        }
    }

    #[test]
    fn an_absent_element_before_others_is_null() {
        let mut pair = Pair::new((None, Maybe::Value(String::from("a"))));
        assert_eq!(encode(&pair), r#"[null,"a"]"#);
        pair = Pair {
            rest: vec![true],
            ..Pair::new((Some(1), Maybe::Absent))
        };
        assert_eq!(encode(&pair), "[1,null,true]");
    }
}
