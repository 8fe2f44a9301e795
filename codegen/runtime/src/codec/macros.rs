//! The macros that generated models consist of.
//!
//! All functions that they write are `#[inline]`: such a function is compiled where it is called. So a program that uses a
//! few operations of a large crate compiles only these.

/// Implements [`crate::Slot`] and the usual traits for a generated struct. Emitted code calls this macro.
///
/// Each field is listed by its name. A `?` before the name says that the key is optional, and a `~` says that it was
/// inferred from examples ([`crate::Presence`]). `= "key"` after the name gives the key if it differs from the name.
/// The map of all other keys follows after a semicolon. With the name of the struct alone, the macro writes only the
/// usual traits, for a struct that implements `Slot` itself.
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
    // The pattern below would be ambiguous without a field.
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
        $($(? $optional:ident)? $(~ $observed:ident)? $($required:ident)? $(= $key:literal)?),* $(; $rest:ident)?
    ]) => {
        #[allow(deprecated, reason = "deprecated fields are decoded as well")]
        impl $crate::Slot for $name {
            #[inline]
            fn vacant() -> Self {
                Self {
                    $($($optional: $crate::vacant())? $($observed: $crate::vacant())? $($required: $crate::vacant())?,)*
                    $($rest: $crate::vacant(),)?
                }
            }

            #[inline]
            fn table(&self) -> &'static $crate::Table {
                static TABLE: $crate::Table = $crate::Table::new(
                    ::std::stringify!($name),
                    ::std::stringify!($($(? $optional)? $(~ $observed)? $($required)? $(= $key)?),* $(; $rest)?),
                );
                &TABLE
            }

            #[inline]
            fn lend(&self, to: $crate::Lend<'_>) {
                to(&[$($(&self.$optional)? $(&self.$observed)? $(&self.$required)?,)* $(&self.$rest)?]);
            }

            #[inline]
            fn lend_mut(&mut self, to: $crate::LendMut<'_>) {
                to(&mut [$($(&mut self.$optional)? $(&mut self.$observed)? $(&mut self.$required)?,)* $(&mut self.$rest)?]);
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

/// Implements [`crate::StringEnum`], [`crate::Slot`] and the usual traits for a generated enum of strings.
///
/// Each variant follows its text in JSON. The variant after `else` keeps all other texts. If the schema admits these texts,
/// the variant is after `or` instead. The macro also accepts the enum itself, and writes it. With the name alone, the macro
/// expects an implementation of `StringEnum`.
///
/// ```
/// octogen_runtime::string_enum! {
///     /// The level of a permission.
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
    ($(#[$attribute:meta])* pub enum $name:ident {
        $($(#[$about:meta])* $text:literal $variant:ident,)* $(else $unknown:ident)? $(or $other:ident)? $(,)?
    }) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(
                $(#[$about])*
                #[doc = ::std::concat!("\n`", ::std::stringify!($text), "`")]
                $variant,
            )*
            $(
                /// A value that is not documented. It is kept and written back.
                $unknown(::std::string::String),
            )?
            $(
                /// Any other text.
                $other(::std::string::String),
            )?
        }

        $crate::string_enum! { $name [$($text $variant,)* $(else $unknown)? $(or $other)?] }
    };
    ($name:ident [$($text:literal $variant:ident,)* $(else $unknown:ident)? $(or $other:ident)? $(,)?]) => {
        impl $crate::StringEnum for $name {
            const VALUES: &'static [(&'static str, Self)] = &[$(($text, Self::$variant)),*];
            $(const IS_OPEN: bool = !::std::stringify!($other).is_empty();)?

            #[inline]
            fn unknown(text: ::std::string::String) -> Self {
                Self::$($unknown)? $($other)?(text)
            }

            #[inline]
            fn unknown_text(&self) -> ::std::option::Option<&str> {
                match self {
                    Self::$($unknown)? $($other)?(text) => ::std::option::Option::Some(text),
                    _ => ::std::option::Option::None,
                }
            }
        }

        $($crate::open_enum! { $name $other })?
        $crate::one_value! { $name [$($variant)* $(or $other)?] }
        $crate::string_enum!($name);
    };
    ($name:ident) => {
        impl ::std::convert::From<&str> for $name {
            #[inline]
            fn from(text: &str) -> Self {
                $crate::support::string_enum_from(text)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            #[inline]
            fn from_str(text: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                ::std::result::Result::Ok($crate::support::string_enum_from(text))
            }
        }

        impl $name {
            /// Returns the JSON string of this enum variant, without quotes. An undocumented string is returned as
            /// received.
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

            $crate::whole_value!();
        }

        $crate::serde_traits!($name);
    };
}

/// Implements the conversion from any text for an enum whose schema admits any text.
#[doc(hidden)]
#[macro_export]
macro_rules! open_enum {
    ($name:ident $other:ident) => {
        impl ::std::convert::From<::std::string::String> for $name {
            #[inline]
            fn from(text: ::std::string::String) -> Self {
                match Self::from(text.as_str()) {
                    Self::$other(_) => Self::$other(text),
                    documented => documented,
                }
            }
        }
    };
}

/// Implements [`crate::ValueEnum`], [`crate::Slot`] and the usual traits for a generated enum of JSON scalars.
///
/// Each documented value is followed by its variant. The variant after `else` keeps all other values. If only the name
/// is given, `ValueEnum` is implemented elsewhere.
///
/// ```
/// use octogen_runtime::{Literal, Value, decode, encode};
///
/// #[derive(Clone, Debug, PartialEq)]
/// pub enum Size {
///     One,
///     Unknown(Value),
/// }
///
/// octogen_runtime::value_enum! { Size [Literal::Number("1") => One, else Unknown] }
///
/// let sizes: Vec<Size> = decode(b"[1,2]")?;
/// assert_eq!(sizes[0], Size::One);
/// assert_eq!(encode(&sizes), "[1,2]");
/// # Ok::<(), octogen_runtime::DecodeError>(())
/// ```
#[macro_export]
macro_rules! value_enum {
    ($name:ident [$($value:expr => $variant:ident,)* else $unknown:ident $(,)?]) => {
        impl $crate::ValueEnum for $name {
            const VALUES: &'static [($crate::Literal, Self)] = &[$(($value, Self::$variant)),*];

            #[inline]
            fn unknown(value: $crate::Value) -> Self {
                Self::$unknown(value)
            }

            #[inline]
            fn unknown_value(&self) -> ::std::option::Option<&$crate::Value> {
                match self {
                    Self::$unknown(value) => ::std::option::Option::Some(value),
                    _ => ::std::option::Option::None,
                }
            }
        }

        $crate::one_value! { $name [$($variant)*] }
        $crate::value_enum!($name);
    };
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

            $crate::whole_value!();
        }

        $crate::serde_traits!($name);
    };
}

/// Declares type aliases: this macro writes the further names of generated types. Each type is followed by its further
/// names in brackets.
///
/// ```
/// octogen_runtime::aliases! {
///     String [OwnerLogin, MemberLogin];
///     Vec<OwnerLogin> [OwnerTags];
/// }
///
/// let tags: OwnerTags = vec![MemberLogin::from("admin")];
/// assert_eq!(tags, ["admin"]);
/// ```
#[macro_export]
macro_rules! aliases {
    ($($type:ty [$($name:ident),* $(,)?];)*) => {
        $($(pub type $name = $type;)*)*
    };
}
