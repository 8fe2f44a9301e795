//! The macro that writes constructors and setters of models.

/// Writes the constructor `new` for a generated struct ([`crate::object!`]), and a setter for each optional key.
/// Emitted code calls this macro.
///
/// The required fields are in parentheses, and the others follow in braces. A field is `name: Type`, or `name into Type` if
/// the caller may pass anything that converts into the type. `defaults` are constants: the values that the service takes for
/// a key that is absent.
///
/// ```
/// use octogen_runtime::{Maybe, encode, object, setters};
///
/// pub struct Animal {
///     pub name: String,
///     pub legs: Option<i64>,
///     pub keeper: Maybe<String>,
/// }
///
/// object! { Animal [name, ?legs, ?keeper] }
/// setters! { Animal(name into String) { legs: i64, keeper into String } defaults { "legs" DEFAULT_LEGS: i64 = 4 } }
///
/// let animal = Animal::new("Ada").legs(Animal::DEFAULT_LEGS).keeper("Bea");
/// assert_eq!(encode(&animal), r#"{"name":"Ada","legs":4,"keeper":"Bea"}"#);
/// ```
#[macro_export]
macro_rules! setters {
    (
        $name:ident($($given:ident $(into $given_text:ty)? $(: $given_type:ty)?),* $(,)?)
        { $($(#[$attribute:meta])* $field:ident $(into $text:ty)? $(: $type:ty)?),* $(,)? }
        $(defaults { $($default_key:literal $default:ident: $default_type:ty = $default_value:expr),* $(,)? })?
    ) => {
        #[allow(deprecated, reason = "deprecated fields are set as well")]
        impl $name {
            $($(
                #[doc = ::std::concat!("The value that the service takes if `", $default_key, "` is absent.")]
                pub const $default: $default_type = $default_value;
            )*)?

            /// Creates a generated model from the values of its required keys. Optional keys are absent; set them by
            /// the methods that follow.
            #[allow(clippy::too_many_arguments, reason = "one for each required key")]
            #[must_use]
            #[inline]
            pub fn new($($given: $(impl ::std::convert::Into<$given_text>)? $($given_type)?),*) -> Self {
                $($(let $given: $given_text = ::std::convert::Into::into($given);)?)*
                Self { $($given,)* ..$crate::vacant() }
            }

            $(
                $(#[$attribute])*
                #[must_use]
                #[inline]
                pub fn $field(mut self, $field: $(impl ::std::convert::Into<$text>)? $($type)?) -> Self {
                    $(let $field: $text = ::std::convert::Into::into($field);)?
                    self.$field = ::std::convert::Into::into($field);
                    self
                }
            )*
        }
    };
}
