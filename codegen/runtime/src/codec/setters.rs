//! How values for a request are built.

/// Gives a struct with a table ([`crate::object!`]) its `new`, with the keys that every object has, and a setter for each
/// other key.
///
/// In parentheses stand the required fields, behind them the others: `name: Type`, or `name into Type` where the caller
/// may give anything that turns into it. `defaults` are what the service takes for a key that is not given.
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
        #[allow(deprecated, reason = "what is deprecated is still documented")]
        impl $name {
            $($(
                #[doc = ::std::concat!("What the service takes for `", $default_key, "` where it is not given.")]
                pub const $default: $default_type = $default_value;
            )*)?

            /// A value with the keys that every object has.
            #[allow(clippy::too_many_arguments, reason = "one for each key that every object has")]
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
