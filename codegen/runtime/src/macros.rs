/// Gives a struct with a table ([`crate::Object`]) the traits that people expect.
#[macro_export]
macro_rules! object {
    ($name:ident) => {
        impl $crate::Slot for $name {
            fn vacant() -> Self {
                <Self as $crate::Object>::empty()
            }

            fn decode(&mut self, reader: &mut $crate::Reader<'_>) -> ::std::result::Result<(), $crate::DecodeError> {
                $crate::support::decode_object(self, reader)
            }

            fn encode(&self, writer: &mut $crate::Writer) {
                $crate::support::encode_object(self, writer)
            }

            fn equals(&self, other: &dyn $crate::Slot) -> bool {
                $crate::support::equal_objects(self, other)
            }

            fn vacate(&mut self) {
                *self = <Self as $crate::Object>::empty();
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::support::debug_object(self, f)
            }
        }

        impl ::std::cmp::PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                $crate::support::equal_objects(self, other)
            }
        }

        $crate::serde_traits!($name);
    };
}

/// Gives an enum of strings ([`crate::StringEnum`]) the traits that people expect.
#[macro_export]
macro_rules! string_enum {
    ($name:ident) => {
        impl $name {
            /// The text as it stands in JSON.
            #[must_use]
            pub fn as_str(&self) -> &str {
                $crate::support::text_of(self)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::Slot for $name {
            fn vacant() -> Self {
                <Self as $crate::StringEnum>::unknown(::std::string::String::new())
            }

            fn decode(&mut self, reader: &mut $crate::Reader<'_>) -> ::std::result::Result<(), $crate::DecodeError> {
                $crate::support::decode_string_enum(self, reader)
            }

            fn encode(&self, writer: &mut $crate::Writer) {
                $crate::support::encode_string_enum(self, writer)
            }

            $crate::equals_by_value!();
        }

        $crate::serde_traits!($name);
    };
}

/// Gives an enum of values of any type ([`crate::ValueEnum`]) the traits that people expect.
#[macro_export]
macro_rules! value_enum {
    ($name:ident) => {
        impl $crate::Slot for $name {
            fn vacant() -> Self {
                <Self as $crate::ValueEnum>::unknown($crate::Value::Null)
            }

            fn decode(&mut self, reader: &mut $crate::Reader<'_>) -> ::std::result::Result<(), $crate::DecodeError> {
                $crate::support::decode_value_enum(self, reader)
            }

            fn encode(&self, writer: &mut $crate::Writer) {
                $crate::support::encode_value_enum(self, writer)
            }

            $crate::equals_by_value!();
        }

        $crate::serde_traits!($name);
    };
}

/// Gives a union ([`crate::Union`]) the traits that people expect.
#[macro_export]
macro_rules! union {
    ($name:ident) => {
        impl $crate::Slot for $name {
            fn vacant() -> Self {
                <Self as $crate::Union>::arm(usize::MAX)
            }

            fn decode(&mut self, reader: &mut $crate::Reader<'_>) -> ::std::result::Result<(), $crate::DecodeError> {
                $crate::support::decode_union(self, reader)
            }

            fn encode(&self, writer: &mut $crate::Writer) {
                $crate::support::encode_union(self, writer)
            }

            $crate::equals_by_value!();
        }

        $crate::serde_traits!($name);
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! equals_by_value {
    () => {
        fn equals(&self, other: &dyn $crate::Slot) -> bool {
            let other: &dyn ::std::any::Any = other;
            other.downcast_ref::<Self>().is_some_and(|other| self == other)
        }
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
