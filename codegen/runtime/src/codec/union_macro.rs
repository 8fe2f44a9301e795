//! The macro of unions.

/// Implements [`crate::Union`], [`crate::Slot`] and the usual traits for a generated union.
///
/// Each variant is `proven`, `likely`, `tried` or `any` ([`crate::Variant`]), with the tests that its values pass: calls of
/// the constructors of [`crate::Test`], without its name. After the semicolon comes the variant that keeps any other
/// value, and then the variants that the decoder never selects. With the name alone, the macro expects an implementation
/// of `Union`.
///
/// The union implements `From` for each type in parentheses behind the name of a variant, and converts it into the type of the
/// variant, such as a `Box`.
///
/// ```
/// use octogen_runtime::{JsonType, Value};
///
/// #[derive(Clone, Debug, PartialEq)]
/// pub enum Id {
///     Number(i64),
///     Unknown(Value),
/// }
///
/// octogen_runtime::union! { Id [Number(i64) proven(json_type(&[JsonType::Number])); Unknown] }
///
/// let ids: Vec<Id> = octogen_runtime::decode(br#"[1,"a"]"#)?;
/// assert_eq!(ids, [Id::from(1), Id::Unknown(Value::String("a".to_owned()))]);
/// # Ok::<(), octogen_runtime::DecodeError>(())
/// ```
#[macro_export]
macro_rules! union {
    ($name:ident [
        $($variant:ident $(($($from:ty),+))? $proof:ident ($($test:ident $arguments:tt),* $(,)?)),* $(,)?;
        $unknown:ident $(, $other:ident $(($($from_other:ty),+))?)* $(,)?
    ]) => {
        $($($(
            impl ::std::convert::From<$from> for $name {
                #[inline]
                fn from(value: $from) -> Self {
                    Self::$variant(::std::convert::Into::into(value))
                }
            }
        )+)?)*
        $($($(
            impl ::std::convert::From<$from_other> for $name {
                #[inline]
                fn from(value: $from_other) -> Self {
                    Self::$other(::std::convert::Into::into(value))
                }
            }
        )+)?)*

        impl $crate::Union for $name {
            const VARIANTS: &'static [$crate::Variant] = &[$($crate::Variant::$proof(::std::stringify!($variant), &[$($crate::Test::$test $arguments),*])),*];

            #[inline]
            fn vacant_variant(index: usize) -> Self {
                const VACANT: &[fn() -> $name] = &[$(|| $name::$variant($crate::Slot::vacant())),*];
                VACANT.get(index).map_or(Self::$unknown($crate::Value::Null), |vacant| vacant())
            }

            #[inline]
            fn content(&self) -> &dyn $crate::Slot {
                match self {
                    $(Self::$variant(value) => value,)*
                    $(Self::$other(value) => value,)*
                    Self::$unknown(value) => value,
                }
            }

            #[inline]
            fn content_mut(&mut self) -> &mut dyn $crate::Slot {
                match self {
                    $(Self::$variant(value) => value,)*
                    $(Self::$other(value) => value,)*
                    Self::$unknown(value) => value,
                }
            }
        }

        $crate::union!($name);
    };
    ($name:ident) => {
        impl $crate::Slot for $name {
            #[inline]
            fn vacant() -> Self {
                <Self as $crate::Union>::vacant_variant(usize::MAX)
            }

            #[inline]
            fn decode(&mut self, reader: &mut $crate::Reader<'_>) -> ::std::result::Result<(), $crate::DecodeError> {
                $crate::support::decode_union(self, reader)
            }

            #[inline]
            fn encode(&self, writer: &mut $crate::Writer) {
                $crate::support::encode_union(self, writer)
            }

            $crate::whole_value!();
        }

        $crate::serde_traits!($name);
    };
}
