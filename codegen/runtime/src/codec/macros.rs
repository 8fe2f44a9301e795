//! What generated models are written with.
//!
//! Whatever these macros write is `#[inline]`: such a function is compiled for those who call it and not with the crate, so
//! that a program which uses a few operations of a large crate builds these few.

/// Gives a struct its table, makes it a [`crate::Slot`], and adds the traits that people expect.
///
/// Each field stands under its name; a `?` before it says that its key may be absent, a `~` that payloads have shown it
/// and no schema declares it ([`crate::Presence`]), and a text behind it is its key where that is not the name. Behind a
/// semicolon stands the map of all other keys. With the name of the struct alone, what makes it a slot was written by
/// hand.
///
/// ```
/// pub struct Animal {
///     pub name: String,
///     pub legs: Option<i64>,
///     pub others: octogen_runtime::Map<octogen_runtime::Value>,
/// }
///
/// octogen_runtime::object! { Animal [name = "given name", ?legs; others] }
///
/// let json = r#"{"given name":"Ada","eats":["hay"]}"#;
/// let animal: Animal = octogen_runtime::decode(json.as_bytes())?;
/// assert_eq!((animal.name.as_str(), animal.legs, animal.others.len()), ("Ada", None, 1));
/// assert_eq!(octogen_runtime::encode(&animal), json);
/// # Ok::<(), octogen_runtime::DecodeError>(())
/// ```
#[macro_export]
macro_rules! object {
    // Without a field, the next pattern would fit in two ways.
    ($name:ident [$(; $rest:ident)?]) => {
        impl $crate::Slot for $name {
            #[inline]
            fn vacant() -> Self {
                Self { $($rest: $crate::vacant())? }
            }

            #[inline]
            fn table(&self) -> &'static $crate::Table {
                static TABLE: $crate::Table =
                    $crate::Table::new(::std::stringify!($name), ::std::stringify!($(; $rest)?));
                &TABLE
            }

            #[inline]
            fn lend(&self, to: $crate::Lend<'_>) {
                to(&[$(&self.$rest)?]);
            }

            #[inline]
            fn lend_mut(&mut self, to: $crate::LendMut<'_>) {
                to(&mut [$(&mut self.$rest)?]);
            }
        }

        $crate::object!($name);
    };
    ($name:ident [
        $($(? $optional:ident)? $(~ $shown:ident)? $($required:ident)? $(= $key:literal)?),* $(; $rest:ident)?
    ]) => {
        #[allow(deprecated, reason = "what is deprecated is still documented")]
        impl $crate::Slot for $name {
            #[inline]
            fn vacant() -> Self {
                Self {
                    $($($optional: $crate::vacant())? $($shown: $crate::vacant())? $($required: $crate::vacant())?,)*
                    $($rest: $crate::vacant(),)?
                }
            }

            #[inline]
            fn table(&self) -> &'static $crate::Table {
                static TABLE: $crate::Table = $crate::Table::new(
                    ::std::stringify!($name),
                    ::std::stringify!($($(? $optional)? $(~ $shown)? $($required)? $(= $key)?),* $(; $rest)?),
                );
                &TABLE
            }

            #[inline]
            fn lend(&self, to: $crate::Lend<'_>) {
                to(&[$($(&self.$optional)? $(&self.$shown)? $(&self.$required)?,)* $(&self.$rest)?]);
            }

            #[inline]
            fn lend_mut(&mut self, to: $crate::LendMut<'_>) {
                to(&mut [$($(&mut self.$optional)? $(&mut self.$shown)? $(&mut self.$required)?,)* $(&mut self.$rest)?]);
            }
        }

        $crate::object!($name);
    };
    ($name:ident) => {
        impl ::std::clone::Clone for $name {
            #[inline]
            fn clone(&self) -> Self {
                $crate::support::clone_object(self)
            }
        }

        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::support::debug_object(self, f)
            }
        }

        impl ::std::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::Slot::equals(self, other)
            }
        }

        $crate::serde_traits!($name);
    };
}

/// Gives an enum of strings its table ([`crate::StringEnum`]), and with it the traits that people expect.
///
/// Each variant has its text in JSON; the variant behind `else` keeps all other texts. The enum itself can stand there
/// as well, and with its name alone, the table is one that was written by hand.
///
/// ```
/// octogen_runtime::string_enum! {
///     /// How much is permitted.
///     pub enum Level { "read" Read, else Unknown }
/// }
///
/// let levels: Vec<Level> = octogen_runtime::decode(br#"["read","rule"]"#)?;
/// assert_eq!(levels, [Level::Read, Level::Unknown("rule".to_owned())]);
/// assert_eq!(octogen_runtime::encode(&levels), r#"["read","rule"]"#);
/// # Ok::<(), octogen_runtime::DecodeError>(())
/// ```
#[macro_export]
macro_rules! string_enum {
    ($(#[$attribute:meta])* pub enum $name:ident { $($text:literal $variant:ident,)* else $unknown:ident $(,)? }) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(
                #[doc = ::std::concat!("`", ::std::stringify!($text), "`")]
                $variant,
            )*
            /// A value that is not documented; it is kept and written back.
            $unknown(::std::string::String),
        }

        $crate::string_enum! { $name [$($text $variant,)* else $unknown] }
    };
    ($name:ident [$($text:literal $variant:ident,)* else $unknown:ident $(,)?]) => {
        impl $crate::StringEnum for $name {
            const VALUES: &'static [(&'static str, Self)] = &[$(($text, Self::$variant)),*];

            #[inline]
            fn unknown(text: ::std::string::String) -> Self {
                Self::$unknown(text)
            }

            #[inline]
            fn unknown_text(&self) -> ::std::option::Option<&str> {
                match self {
                    Self::$unknown(text) => ::std::option::Option::Some(text),
                    _ => ::std::option::Option::None,
                }
            }
        }

        $crate::string_enum!($name);
    };
    ($name:ident) => {
        impl $name {
            /// The text as it stands in JSON.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                $crate::support::text_of(self)
            }
        }

        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::Slot for $name {
            #[inline]
            fn vacant() -> Self {
                <Self as $crate::StringEnum>::unknown(::std::string::String::new())
            }

            #[inline]
            fn decode(&mut self, reader: &mut $crate::Reader<'_>) -> ::std::result::Result<(), $crate::DecodeError> {
                $crate::support::decode_string_enum(self, reader)
            }

            #[inline]
            fn encode(&self, writer: &mut $crate::Writer) {
                $crate::support::encode_string_enum(self, writer)
            }

            $crate::as_a_whole!();
        }

        $crate::serde_traits!($name);
    };
}

/// Gives an enum of values of any type ([`crate::ValueEnum`]) the traits that people expect.
#[macro_export]
macro_rules! value_enum {
    ($name:ident) => {
        impl $crate::Slot for $name {
            #[inline]
            fn vacant() -> Self {
                <Self as $crate::ValueEnum>::unknown($crate::Value::Null)
            }

            #[inline]
            fn decode(&mut self, reader: &mut $crate::Reader<'_>) -> ::std::result::Result<(), $crate::DecodeError> {
                $crate::support::decode_value_enum(self, reader)
            }

            #[inline]
            fn encode(&self, writer: &mut $crate::Writer) {
                $crate::support::encode_value_enum(self, writer)
            }

            $crate::as_a_whole!();
        }

        $crate::serde_traits!($name);
    };
}

/// Gives a union its table ([`crate::Union`]), and with it the traits that people expect.
///
/// Each variant is `proven` or `tried`, with the tests that hold for its values. Behind the semicolon stands the one that
/// keeps what is none of them, and then those that nothing leads to. With the name of the enum alone, the table is one that was written by hand.
///
/// ```
/// use octogen_runtime::{JsonType, Test, Value};
///
/// #[derive(Clone, Debug, PartialEq)]
/// pub enum Id {
///     Number(i64),
///     Unknown(Value),
/// }
///
/// octogen_runtime::union! { Id [Number proven(Test::Type(&[JsonType::Number])); Unknown] }
///
/// let ids: Vec<Id> = octogen_runtime::decode(br#"[1,"a"]"#)?;
/// assert_eq!(ids, [Id::Number(1), Id::Unknown(Value::String("a".to_owned()))]);
/// # Ok::<(), octogen_runtime::DecodeError>(())
/// ```
#[macro_export]
macro_rules! union {
    ($name:ident [
        $($variant:ident $proof:ident ($($test:expr),* $(,)?)),* $(,)?; $unknown:ident $(, $other:ident)* $(,)?
    ]) => {
        impl $crate::Union for $name {
            const ARMS: &'static [$crate::Arm] = &[$($crate::Arm::$proof(&[$($test),*])),*];

            #[inline]
            fn arm(index: usize) -> Self {
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
                <Self as $crate::Union>::arm(usize::MAX)
            }

            #[inline]
            fn decode(&mut self, reader: &mut $crate::Reader<'_>) -> ::std::result::Result<(), $crate::DecodeError> {
                $crate::support::decode_union(self, reader)
            }

            #[inline]
            fn encode(&self, writer: &mut $crate::Writer) {
                $crate::support::encode_union(self, writer)
            }

            $crate::as_a_whole!();
        }

        $crate::serde_traits!($name);
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! serde_traits {
    ($name:ident) => {
        impl $crate::support::serde::Serialize for $name {
            fn serialize<S: $crate::support::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::support::serialize(self, serializer)
            }
        }

        impl<'de> $crate::support::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::support::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::support::deserialize(deserializer)
            }
        }
    };
}
