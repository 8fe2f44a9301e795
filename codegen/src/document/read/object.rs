//! Objects of OpenAPI: the keys of each are declared once.

use octogen_runtime::{JsonType, Value};

use super::{Child, Read, correction, wrong_type};
use crate::diagnostic::{Code, Diagnostics, Place};
use crate::document::Node;
use crate::document::check::{Checker, Version};

/// A trait for the objects that the OpenAPI specification defines, such as an operation: how each is read from a JSON
/// value. The macro `object!` implements it.
pub trait OpenApiObject<'a>: Sized {
    /// The name of the object with its article, for diagnostics.
    const NAME: &'static str;
    /// The keys that the object can have.
    const KEYS: &'static [&'static str];
    /// The rules for the presence of keys: the key, the rule, and what octogen does if a required key is missing.
    const KEY_RULES: &'static [(&'static str, KeyRule, &'static str)] = &[];
    /// Whether the object can have keys that OpenAPI does not know.
    const IS_OPEN: bool = false;
    /// The constants above as one value, for functions that are compiled once for all objects.
    const DECLARATION: &'static Declaration =
        &Declaration { name: Self::NAME, keys: Self::KEYS, key_rules: Self::KEY_RULES, is_open: Self::IS_OPEN };

    /// Reads the fields and reports unknown keys. A value that is not an object is read as an empty one.
    fn read_fields(node: Node<'a>, diagnostics: &mut Diagnostics) -> Self;

    /// Replaces `summary` and `description` by those that are written beside a `$ref` to the object.
    fn replace_texts(&mut self, _reference: &Node<'a>, _diagnostics: &mut Diagnostics) {}

    /// Checks this object and all objects within for contradictions.
    fn check_fields(&self, checker: &mut Checker<'a, '_>);

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
            let code = if *node.value == Value::Null { Code::NullValue } else { Code::WrongType };
            diagnostics.warn(code, node.place(), message, help);
        }
        Self::read_fields(node, diagnostics)
    }
}

impl<'a, T: OpenApiObject<'a>> Read<'a> for T {
    fn read(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        child.expect(JsonType::Object, diagnostics).map(|node| Self::read_fields(node, diagnostics))
    }

    fn read_entry(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        let node = child.node().behind_misplaced_reference(Self::NAME, diagnostics)?;
        Some(Self::read_or_empty(node, diagnostics))
    }

    fn check(&self, checker: &mut Checker<'a, '_>) {
        self.check_fields(checker);
    }
}

/// A trait for the contradictions that an object of OpenAPI can have beyond the presence and the types of its keys. The
/// rules of all objects are under `document/rules`.
pub trait Rules<'a> {
    /// Reports the contradictions within this object.
    fn check_rules(&self, _: &mut Checker<'a, '_>) {}
}

/// The name and the keys of an object of OpenAPI, as [`OpenApiObject`] declares them.
#[derive(Debug)]
pub struct Declaration {
    pub(super) name: &'static str,
    pub(super) keys: &'static [&'static str],
    key_rules: &'static [(&'static str, KeyRule, &'static str)],
    pub(super) is_open: bool,
}

/// A rule for the presence of a key in an object of OpenAPI, such as "required".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyRule {
    /// The key is required.
    Required,
    /// Version 3.0 requires the key, and version 3.1 does not.
    RequiredIn30,
    /// Version 3.0 requires the key, except within a webhook, which only version 3.1 has.
    RequiredIn30OutsideWebhooks,
    /// Version 3.0 does not have the key.
    Since31,
    /// Version 3.1 does not have the key.
    Until30,
}

/// Reports the keys of an object that are missing, and those that the version of the document does not have.
pub(in crate::document) fn check_keys<'a>(declared: &Declaration, object: &Node<'a>, checker: &mut Checker<'a, '_>) {
    let Some(entries) = object.value.as_object() else { return };
    for (key, rule, consequence) in declared.key_rules {
        let is_3_0 = checker.version == Version::V3_0;
        let other_version = match (rule, entries.get(*key).is_some()) {
            (KeyRule::Required, false) => None,
            (KeyRule::RequiredIn30, false) if is_3_0 => None,
            (KeyRule::RequiredIn30OutsideWebhooks, false) if is_3_0 && !checker.is_in_webhook => None,
            (KeyRule::Since31, true) if is_3_0 => Some("3.1"),
            (KeyRule::Until30, true) if !is_3_0 => Some("3.0"),
            _ => continue,
        };
        match other_version {
            None => {
                let help = format!("{consequence}; add `{key}`");
                checker.warn(Code::MissingKey, object.place(), format!("{} has no `{key}`", declared.name), help);
            }
            Some(version) => {
                let Some(node) = object.get(key) else { continue };
                let message =
                    format!("`{key}` is a key of OpenAPI {version}, which is not the version of the document");
                let help = format!("octogen reads the key as in version {version}; {consequence}");
                checker.warn(Code::KeyOfOtherVersion, node.place_as_key(), message, help);
            }
        }
    }
}

/// Declares an object of OpenAPI with its keys.
///
/// `"key" => field: Type` is a key that is read into a field. `"key": Type` is a key that is known and not used; its
/// value is only checked. A rule in brackets says when the key is required or allowed, and the text behind it what
/// octogen does if the rule is broken. With `open` before the name, unknown keys are only reported if they look like a
/// known key.
macro_rules! object {
    (
        $(#[$meta:meta])*
        pub struct $Object:ident<$a:lifetime>: $($name:literal)? $(open $open_name:literal)? {
            $( $key:literal $(: $Kind:ty)? $(=> $field:ident: $Type:ty)? $([$rule:ident $text:literal])? ),* $(,)?
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

        impl<$a> $crate::document::read::OpenApiObject<$a> for $Object<$a> {
            const NAME: &'static str = concat!($($name)? $($open_name)?);
            const KEYS: &'static [&'static str] = &[$($key),*];
            const KEY_RULES: &'static [(&'static str, $crate::document::read::KeyRule, &'static str)] =
                &[$($( ($key, $crate::document::read::KeyRule::$rule, $text), )?)*];
            $(const IS_OPEN: bool = !$open_name.is_empty();)?

            fn read_fields(
                node: $crate::document::Node<$a>,
                diagnostics: &mut $crate::diagnostic::Diagnostics,
            ) -> Self {
                $($( let mut $field: $Type = Default::default(); )?)*
                for child in $crate::document::read::Child::entries(&node) {
                    match child.key() {
                        $( $key => {
                            $( $field = $crate::document::read::Read::read(child, diagnostics).unwrap_or_default(); )?
                            $( let _ = <$Kind as $crate::document::read::Read>::read(child, diagnostics); )?
                        } )*
                        _ => $crate::document::read::report_unknown_key(
                            <Self as $crate::document::read::OpenApiObject>::DECLARATION,
                            child,
                            diagnostics,
                        ),
                    }
                }
                Self { $($( $field, )?)* node }
            }

            fn replace_texts(
                &mut self,
                reference: &$crate::document::Node<$a>,
                diagnostics: &mut $crate::diagnostic::Diagnostics,
            ) {
                for child in $crate::document::read::Child::entries(reference) {
                    match child.key() {
                        $($( $key if matches!($key, "summary" | "description") => {
                            self.$field = $crate::document::read::Read::read(child, diagnostics).unwrap_or_default();
                        } )?)*
                        _ => {}
                    }
                }
                let _ = diagnostics;
            }

            fn check_fields(&self, checker: &mut $crate::document::check::Checker<$a, '_>) {
                $crate::document::read::check_keys(<Self as $crate::document::read::OpenApiObject>::DECLARATION, &self.node, checker);
                $crate::document::read::Rules::check_rules(self, checker);
                $($( $crate::document::read::Read::check(&self.$field, checker); )?)*
            }

            fn node(&self) -> &$crate::document::Node<$a> {
                &self.node
            }
        }
    };
}

pub(in crate::document) use object;
