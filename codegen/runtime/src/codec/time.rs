//! Moments and days, which keep their texts.

use std::fmt;

use super::error::DecodeError;
use super::json::{Reader, Writer};
use super::slot::Slot;

/// Implements a type that keeps any text, whether it is a time or not.
macro_rules! text_type {
    ($name:ident) => {
        impl $name {
            /// Returns the date or the time as the text that JSON has, such as `2017-07-08`.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Slot for $name {
            fn vacant() -> Self {
                Self(String::new())
            }

            fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
                self.0 = reader.string()?.into_owned();
                Ok(())
            }

            fn encode(&self, writer: &mut Writer) {
                writer.string(&self.0);
            }

            crate::whole_value!();
        }
    };
}

/// A type of date and time with an offset that keeps its JSON text: `2017-07-08T16:18:44-04:00` keeps its offset, and
/// `.100Z` keeps its digits. Generated models use it for the format `date-time`.
///
/// The text is not checked, so that it can be a local date and time without an offset. With the feature `jiff`, `to_jiff`
/// parses it, and jiff's types convert into it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Timestamp(String);

/// A type of calendar day that keeps its JSON text, such as `2017-07-08`. Generated models use it for the format
/// `date`.
///
/// The text is not checked. With the feature `jiff`, `to_jiff` parses it, and `jiff::civil::Date` converts into it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Date(String);

text_type!(Timestamp);
text_type!(Date);
