//! Models, enums and unions as the generator writes them.

use std::sync::atomic::{AtomicUsize, Ordering};

use octogen_runtime::{
    JsonType, Literal, Map, Maybe, Number, Secret, Slot, StringEnum, Test, Union, Value, ValueEnum,
    Variant, object, string_enum, union, value_enum,
};

/// A struct as the generator writes it, without its documentation.
macro_rules! model {
    ($name:ident {
        $($(? $optional:ident)? $(~ $observed:ident)? $($required:ident)?: $type:ty),* $(,)?
    } $($rest:ident)?) => {
        pub(crate) struct $name {
            $(pub(crate) $($optional)? $($observed)? $($required)?: $type,)*
            $(pub(crate) $rest: Map<Value>,)?
        }

        object! { $name [$($(? $optional)? $(~ $observed)? $($required)?),* $(; $rest)?] }
    };
}

/// An enum of several types as the generator writes it, each in a variant of its own, and a variant for other values.
macro_rules! union_of {
    ($name:ident { $($variant:ident($type:ty) = $table:expr,)* }) => {
        #[derive(Clone, Debug, PartialEq)]
        pub(crate) enum $name {
            $($variant($type),)*
            Other(Value),
        }

        impl Union for $name {
            const VARIANTS: &'static [Variant] = &[$($table,)*];

            fn vacant_variant(index: usize) -> Self {
                let variants: &[fn() -> Self] = &[$(|| Self::$variant(Slot::vacant()),)*];
                variants.get(index).map_or_else(|| Self::Other(Slot::vacant()), |variant| variant())
            }

            fn content(&self) -> &dyn Slot {
                match self {
                    $(Self::$variant(value) => value,)*
                    Self::Other(value) => value,
                }
            }

            fn content_mut(&mut self) -> &mut dyn Slot {
                match self {
                    $(Self::$variant(value) => value,)*
                    Self::Other(value) => value,
                }
            }
        }

        union!($name);
    };
}

model!(Observed { id: i64, ~name: Option<String>, ~inner: Maybe<Item>, });
model!(ObservedOpen { ~id: Option<i64>, ~items: Option<Vec<Item>>, } others);
model!(Empty {});

model!(Presence {
    plain: i64,
    nullable: Option<i64>,
    ?absent: Option<i64>,
    ?both: Maybe<i64>,
});

model!(Item { id: i64, ?name: Option<String>, });

model!(Page { items: Vec<Item>, ?by_name: Option<Map<Item>>, });

model!(Open { id: i64, ?name: Option<String>, } rest);

model!(Token { token: Secret, ?before: Option<Secret>, });

model!(User {
    kind: String,
    login: String
});

model!(Organization {
    kind: String,
    slug: String
});

model!(Tree { value: i64, ?child: Option<Box<Tree>>, });

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Color {
    Red,
    Other(String),
}

/// How often a color was not documented.
pub(crate) static UNKNOWN_COLORS: AtomicUsize = AtomicUsize::new(0);

impl StringEnum for Color {
    const VALUES: &'static [(&'static str, Self)] = &[("red", Self::Red)];

    fn unknown(text: String) -> Self {
        UNKNOWN_COLORS.fetch_add(1, Ordering::Relaxed);
        Self::Other(text)
    }

    fn unknown_text(&self) -> Option<&str> {
        match self {
            Self::Other(text) => Some(text),
            Self::Red => None,
        }
    }
}

string_enum!(Color);

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Level {
    One,
    Max,
    On,
    Other(Value),
}

impl ValueEnum for Level {
    const VALUES: &'static [(Literal, Self)] = &[
        (Literal::Number("1"), Self::One),
        (Literal::String("max"), Self::Max),
        (Literal::Boolean(true), Self::On),
    ];

    fn unknown(value: Value) -> Self {
        Self::Other(value)
    }

    fn unknown_value(&self) -> Option<&Value> {
        match self {
            Self::Other(value) => Some(value),
            _ => None,
        }
    }
}

value_enum!(Level);

union_of!(ByTag {
    User(User) = Variant::proven("User", &[Test::Discriminator("kind", &["User", "Bot"])]),
    Organization(Box<Organization>) = Variant::proven("Organization", &[Test::Discriminator("kind", &["Organization"])]),
});

union_of!(ByKey {
    User(User) = Variant::proven("User", &[Test::Has(&["login"])]),
    Item(Item) = Variant::proven("Item", &[Test::Type(&[JsonType::Object]), Test::Lacks(&["slug"])]),
});

union_of!(ByType {
    Text(String) = Variant::proven("Text", &[Test::Type(&[JsonType::String])]),
    Number(Number) = Variant::proven("Number", &[Test::Type(&[JsonType::Number])]),
    Items(Vec<Item>) = Variant::proven("Items", &[Test::Type(&[JsonType::Array])]),
});

union_of!(Tried {
    User(User) = Variant::tried("User", &[Test::Type(&[JsonType::Object])]),
    Item(Item) = Variant::tried("Item", &[Test::Type(&[JsonType::Object])]),
    Integer(i64) = Variant::tried("Integer", &[]),
});
