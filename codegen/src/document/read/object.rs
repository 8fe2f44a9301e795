//! Objects of OpenAPI: the keys of each are declared once.

use octogen_runtime::{JsonType, Value};

use super::{Child, Read, correction, wrong_type};
use crate::diagnostic::{Code, Diagnostics, Place};
use crate::document::Node;

/// A trait for the objects that the OpenAPI specification defines, such as an operation: how each is read from a JSON
/// value. The macro `object!` implements it.
pub trait Object<'a>: Sized {
    /// The name of the object with its article, for diagnostics.
    const NAME: &'static str;
    /// The keys that the object can have.
    const KEYS: &'static [&'static str];
    /// Whether the object can have keys that OpenAPI does not know.
    const IS_OPEN: bool = false;

    /// Reads the fields and reports unknown keys. A value that is no object is read as an empty one.
    fn read_fields(node: Node<'a>, diagnostics: &mut Diagnostics) -> Self;

    /// Reads all objects within, for their diagnostics alone.
    fn check_fields(&self, diagnostics: &mut Diagnostics);

    /// Returns the object with its place.
    fn node(&self) -> &Node<'a>;

    /// Returns the place, for a diagnostic.
    fn place(&self) -> Place {
        self.node().place()
    }

    /// Returns whether the object can be read from the value.
    #[must_use]
    fn accepts(value: &Value) -> bool {
        value.kind() == JsonType::Object
    }

    /// Reads the object. A value of the wrong type is reported and read as an empty object.
    fn read_or_empty(node: Node<'a>, diagnostics: &mut Diagnostics) -> Self {
        if !Self::accepts(node.value) {
            let found = node.value.kind();
            let message = wrong_type(Self::NAME, node.value, JsonType::Object);
            let help = format!("octogen reads it as an empty object; {}", correction(JsonType::Object, found));
            diagnostics.warn(Code::WrongType, node.place(), message, help);
        }
        Self::read_fields(node, diagnostics)
    }
}

impl<'a, T: Object<'a>> Read<'a> for T {
    fn read(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        child.expect(JsonType::Object, diagnostics).map(|node| Self::read_fields(node, diagnostics))
    }

    fn read_entry(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        Some(Self::read_or_empty(child.node(), diagnostics))
    }

    fn check(&self, diagnostics: &mut Diagnostics) {
        self.check_fields(diagnostics);
    }
}

/// Declares an object of OpenAPI with its keys.
///
/// `"key" => field: Type` is a key that is read into a field. `"key"` alone is a key that is known and not used.
/// With `open` before the name, unknown keys are only reported if they look like a known key.
macro_rules! object {
    (
        $(#[$meta:meta])*
        pub struct $Object:ident<$a:lifetime>: $($name:literal)? $(open $open_name:literal)? {
            $( $key:literal $(=> $field:ident: $Type:ty)? ),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        pub struct $Object<$a> {
            /// The object with its place.
            pub node: $crate::document::Node<$a>,
            $($(
                #[doc = concat!("`", $key, "`")]
                pub $field: $Type,
            )?)*
        }

        impl<$a> $crate::document::read::Object<$a> for $Object<$a> {
            const NAME: &'static str = concat!($($name)? $($open_name)?);
            const KEYS: &'static [&'static str] = &[$($key),*];
            $(const IS_OPEN: bool = !$open_name.is_empty();)?

            fn read_fields(
                node: $crate::document::Node<$a>,
                diagnostics: &mut $crate::diagnostic::Diagnostics,
            ) -> Self {
                $($( let mut $field: $Type = Default::default(); )?)*
                for child in $crate::document::read::Child::entries(&node) {
                    match child.key() {
                        $( $key => { $(
                            $field = $crate::document::read::Read::read(child, diagnostics).unwrap_or_default();
                        )? } )*
                        _ => $crate::document::read::report_unknown_key::<Self>(child, diagnostics),
                    }
                }
                Self { $($( $field, )?)* node }
            }

            fn check_fields(&self, diagnostics: &mut $crate::diagnostic::Diagnostics) {
                $($( $crate::document::read::Read::check(&self.$field, diagnostics); )?)*
                let _ = diagnostics;
            }

            fn node(&self) -> &$crate::document::Node<$a> {
                &self.node
            }
        }
    };
}

pub(in crate::document) use object;
