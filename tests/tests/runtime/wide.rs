//! Objects with very many fields.

use octogen_runtime::{Field, Object, Slot, Table, object};

use crate::{carry, check};

/// The keys `000` to `129`: the set of those that were seen changes its form beyond 128.
static KEYS: [[u8; 3]; 130] = {
    let mut keys = [*b"000"; 130];
    let mut index: u8 = 0;
    while index < 130 {
        keys[index as usize] = [b'0' + index / 100, b'0' + index / 10 % 10, b'0' + index % 10];
        index += 1;
    }
    keys
};

static FIELDS: [Field; 130] = {
    let mut fields = [Field::optional(""); 130];
    let mut index = 0;
    while index < fields.len() {
        if let Ok(key) = std::str::from_utf8(&KEYS[index]) {
            fields[index] = if index % 2 == 0 { Field::required(key) } else { Field::optional(key) };
        }
        index += 1;
    }
    fields
};

struct Wide(Vec<Option<i64>>);

impl Object for Wide {
    const TABLE: Table = Table { name: "Wide", fields: &FIELDS, rest: false };

    fn empty() -> Self {
        Self(vec![None; FIELDS.len()])
    }

    fn lend(&self, to: &mut dyn FnMut(&[&dyn Slot])) {
        to(&self.0.iter().map(|slot| slot as &dyn Slot).collect::<Vec<_>>());
    }

    fn lend_mut(&mut self, to: &mut dyn FnMut(&mut [&mut dyn Slot])) {
        to(&mut self.0.iter_mut().map(|slot| slot as &mut dyn Slot).collect::<Vec<_>>());
    }
}

object!(Wide);

#[test]
fn an_object_may_have_more_than_128_fields() {
    let entry = |index: &usize| format!(r#""{index:03}":{index}"#);
    let without = |left_out: usize| {
        let entries: Vec<String> = (0..130).filter(|index| *index != left_out).map(|index| entry(&index)).collect();
        format!("{{{}}}", entries.join(","))
    };
    let whole = without(usize::MAX);
    let reversed = format!("{{{}}}", (0..130).rev().map(|index| entry(&index)).collect::<Vec<_>>().join(","));
    check(&[(carry::<Wide>, &whole, ""), (carry::<Wide>, &reversed, &whole), (carry::<Wide>, &without(129), "")]);
    for index in [0, 64, 126, 128] {
        let error = carry::<Wide>(&without(index));
        assert!(error.ends_with(&format!("the required key `{index:03}` is missing")), "{error}");
    }
}
