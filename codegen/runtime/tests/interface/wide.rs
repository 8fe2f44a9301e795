//! Objects with very many fields.

use std::sync::LazyLock;

use octogen_runtime::{Lend, LendMut, Slot, Table, object};

use crate::{carry, check};

/// The keys `k000` to `k129`, every other one required: the set of those that were seen changes its form beyond 128.
static KEYS: LazyLock<String> = LazyLock::new(|| {
    let field = |index| format!("{} k{index:03}", if index % 2 == 0 { "" } else { "?" });
    (0..130).map(field).collect::<Vec<_>>().join(",")
});

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::new("Wide", &KEYS));

struct Wide(Vec<Option<i64>>);

impl Slot for Wide {
    fn vacant() -> Self {
        Self(vec![None; 130])
    }

    fn table(&self) -> &'static Table {
        &TABLE
    }

    fn lend(&self, to: Lend<'_>) {
        to(&self
            .0
            .iter()
            .map(|slot| slot as &dyn Slot)
            .collect::<Vec<_>>());
    }

    fn lend_mut(&mut self, to: LendMut<'_>) {
        to(&mut self
            .0
            .iter_mut()
            .map(|slot| slot as &mut dyn Slot)
            .collect::<Vec<_>>());
    }
}

object!(Wide);

#[test]
fn an_object_may_have_more_than_128_fields() {
    let entry = |index: &usize| format!(r#""k{index:03}":{index}"#);
    let without = |left_out: usize| {
        let entries: Vec<String> = (0..130)
            .filter(|index| *index != left_out)
            .map(|index| entry(&index))
            .collect();
        format!("{{{}}}", entries.join(","))
    };
    let whole = without(usize::MAX);
    let reversed = format!(
        "{{{}}}",
        (0..130)
            .rev()
            .map(|index| entry(&index))
            .collect::<Vec<_>>()
            .join(",")
    );
    check(&[
        (carry::<Wide>, &whole, ""),
        (carry::<Wide>, &reversed, &whole),
        (carry::<Wide>, &without(129), ""),
    ]);
    for index in [0, 64, 126, 128] {
        let error = carry::<Wide>(&without(index));
        assert!(
            error.ends_with(&format!("the required key `k{index:03}` is missing")),
            "{error}"
        );
    }
}
