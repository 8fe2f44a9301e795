//! The macro that writes constructors and setters of models.

/// Writes the constructor `new` for a generated struct ([`crate::object!`]), and a setter for each optional key.
/// Emitted code calls this macro.
///
/// The required fields are in parentheses, and the others follow in braces. A field is `name: Type`, or `name into Type` if
/// the caller may pass anything that converts into the type, or `name as Maybe<Type>` if it is optional and nullable
/// ([`crate::IntoMaybe`]): the setter takes `None` for `null`. A required field that a response may lack is
/// `name as Option<Type>`: `new` takes the type itself. If it is also nullable, it is `name as Maybe<Type>`, and `new` takes the
/// type or an `Option` of it. `Required { ... }` in the parentheses is a struct with the
/// required fields, which `new` then takes. If `new` takes nothing, it is the `Default`. These sections can follow:
///
/// - `constants` are fields with one documented value ([`crate::OneValue`]) that `new` fills in.
/// - `constant_setters` are such fields that are absent at first. Their setters take no argument.
/// - `defaults` are constants: the values that the service takes for a key that is absent.
///
/// ```
/// use octogen_runtime::{Constant, Maybe, constant, encode, object, setters};
///
/// constant! { pub struct AnimalKind = "cat"; }
/// constant! { pub struct AnimalTame = "yes"; }
///
/// pub struct Animal {
///     pub kind: Constant<AnimalKind>,
///     pub name: String,
///     pub tame: Option<Constant<AnimalTame>>,
///     pub legs: Option<i64>,
///     pub keeper: Maybe<String>,
/// }
///
/// object! { Animal [kind, name, ?tame, ?legs, ?keeper] }
/// setters! {
///     Animal(name into String) { legs: i64, keeper as Maybe<String> }
///     constants { kind }
///     constant_setters { tame }
///     defaults { "legs" DEFAULT_LEGS: i64 = 4 }
/// }
///
/// let animal = Animal::new("Ada").legs(Animal::DEFAULT_LEGS).keeper("Bea");
/// assert_eq!(encode(&animal), r#"{"kind":"cat","name":"Ada","legs":4,"keeper":"Bea"}"#);
/// assert_eq!(encode(&animal.keeper(None)), r#"{"kind":"cat","name":"Ada","legs":4,"keeper":null}"#);
/// assert_eq!(encode(&Animal::new("Ada").tame()), r#"{"kind":"cat","name":"Ada","tame":"yes"}"#);
///
/// pub struct Transfer {
///     pub from: String,
///     pub to: String,
/// }
///
/// object! { Transfer [from, to] }
/// setters! { Transfer(TransferRequired { from into String, to into String }) {} }
///
/// let transfer = Transfer::new(TransferRequired { from: "Ada".into(), to: "Bea".into() });
/// assert_eq!(encode(&transfer), r#"{"from":"Ada","to":"Bea"}"#);
///
/// pub struct Login {
///     pub code: Maybe<i64>,
/// }
///
/// object! { Login [?code] }
/// setters! { Login(code as Maybe<i64>) {} }
///
/// assert_eq!(encode(&Login::new(7)), r#"{"code":7}"#);
/// assert_eq!(encode(&Login::new(Some(7))), r#"{"code":7}"#);
/// assert_eq!(encode(&Login::new(None)), r#"{"code":null}"#);
/// # pub struct Range { pub from: Maybe<i64>, pub to: Maybe<i64> }
/// # object! { Range [?from, ?to] }
/// # setters! { Range(RangeRequired { from as Maybe<i64>, to as Maybe<i64> }) {} }
/// # let range = Range::new(RangeRequired { from: None, to: Some(7) });
/// # assert_eq!(encode(&range), r#"{"from":null,"to":7}"#);
/// ```
#[macro_export]
macro_rules! setters {
    // The default is `new` without arguments.
    ($name:ident() $($rest:tt)*) => {
        impl ::std::default::Default for $name {
            #[inline]
            fn default() -> Self {
                Self::new()
            }
        }

        $crate::setters! { $name(,) $($rest)* }
    };
    (
        $name:ident($required:ident {
            $($given:ident $(into $given_text:ty)? $(as Option<$given_option:ty>)? $(as Maybe<$given_maybe:ty>)? $(: $given_type:ty)?),* $(,)?
        })
        { $($set:tt)* }
        $(constants { $($constant:ident),* $(,)? })?
        $(constant_setters { $($only:tt)* })?
        $(defaults { $($default:tt)* })?
    ) => {
        #[doc = ::std::concat!("The values of the required keys of [`", ::std::stringify!($name), "`].")]
        #[derive(::std::clone::Clone, ::std::fmt::Debug)]
        pub struct $required {
            $(
                #[doc = ::std::concat!("The value of [`", ::std::stringify!($name), "::", ::std::stringify!($given), "`].")]
                pub $given: $($given_text)? $($given_option)? $(::std::option::Option<$given_maybe>)? $($given_type)?,
            )*
        }

        $crate::setters! {
            @impl $name
            {
                pub fn new(required: $required) -> Self {
                    let $required { $($given),* } = required;
                    $($(let $given: ::std::option::Option<$given_option> = ::std::option::Option::Some($given);)?)*
                    $($(
                        let $given = $given.map_or($crate::Maybe::Null, $crate::Maybe::<$given_maybe>::Value);
                    )?)*
                    Self { $($given,)* $($($constant: $crate::OneValue::one_value(),)*)? ..$crate::vacant() }
                }
            }
            { $($set)* }
            $(constant_setters { $($only)* })?
            $(defaults { $($default)* })?
        }
    };
    (
        $name:ident(
            $($given:ident $(into $given_text:ty)? $(as Option<$given_option:ty>)? $(as Maybe<$given_maybe:ty>)? $(: $given_type:ty)?),* $(,)?
        )
        { $($set:tt)* }
        $(constants { $($constant:ident),* $(,)? })?
        $(constant_setters { $($only:tt)* })?
        $(defaults { $($default:tt)* })?
    ) => {
        $crate::setters! {
            @impl $name
            {
                pub fn new($(
                    $given: $(impl ::std::convert::Into<$given_text>)? $(impl ::std::convert::Into<$given_option>)?
                        $(impl ::std::convert::Into<::std::option::Option<$given_maybe>>)? $($given_type)?
                ),*) -> Self {
                    $($(let $given: $given_text = ::std::convert::Into::into($given);)?)*
                    $($(let $given = ::std::option::Option::<$given_option>::Some(::std::convert::Into::into($given));)?)*
                    $($(
                        let $given: ::std::option::Option<$given_maybe> = ::std::convert::Into::into($given);
                        let $given = $given.map_or($crate::Maybe::Null, $crate::Maybe::Value);
                    )?)*
                    Self { $($given,)* $($($constant: $crate::OneValue::one_value(),)*)? ..$crate::vacant() }
                }
            }
            { $($set)* }
            $(constant_setters { $($only)* })?
            $(defaults { $($default)* })?
        }
    };
    (
        @impl $name:ident { $($new:tt)* }
        { $($(#[$attribute:meta])* $field:ident $(into $text:ty)? $(as Maybe<$maybe:ty>)? $(: $type:ty)?),* $(,)? }
        $(constant_setters { $($(#[$only_attribute:meta])* $only:ident),* $(,)? })?
        $(defaults { $($default_key:literal $default:ident: $default_type:ty = $default_value:expr),* $(,)? })?
    ) => {
        #[allow(deprecated, reason = "deprecated fields are set as well")]
        impl $name {
            /// Creates a generated model from the values of its required keys. A required key with one documented value
            /// has that value. Optional keys are absent, except a value that is the default or selects a variant of a
            /// union. Set optional keys by the methods that follow.
            #[must_use]
            #[inline]
            $($new)*

            $($(
                #[doc = ::std::concat!("The value that the service takes if `", $default_key, "` is absent.")]
                pub const $default: $default_type = $default_value;
            )*)?

            $(
                $(#[$attribute])*
                #[must_use]
                #[inline]
                // A model can have any other name, and it would mean the type parameter here.
                $(pub fn $field<__Form>(mut self, $field: impl $crate::IntoMaybe<$maybe, __Form>) -> Self {
                    self.$field = $crate::IntoMaybe::into_maybe($field);
                    self
                })?
                $(pub fn $field(mut self, $field: impl ::std::convert::Into<$text>) -> Self {
                    self.$field = ::std::option::Option::Some(::std::convert::Into::into($field));
                    self
                })?
                $(pub fn $field(mut self, $field: $type) -> Self {
                    self.$field = ::std::option::Option::Some($field);
                    self
                })?
            )*

            $($(
                $(#[$only_attribute])*
                #[must_use]
                #[inline]
                pub fn $only(mut self) -> Self {
                    self.$only = $crate::OneValue::one_value();
                    self
                }
            )*)?
        }
    };
}
