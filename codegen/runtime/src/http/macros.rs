//! The macros that generated operations consist of. All functions that they write are `#[inline]`, as those of models are.

/// Writes a documented operation: its struct, `new` with the required parameters, a setter for each optional one, and
/// [`crate::Operation`]. Emitted code calls this macro.
///
/// The first line of the documentation is its summary. Below it, the macro adds a call, the types of the responses and the
/// places of the parameters. The rest of the description, which can be long, comes after them.
///
/// - The required parameters are in parentheses, the optional ones in `options`. Those are public fields, so that an
///   `Option` can be passed on. A parameter is `name: Type`, or `name into Type` if the caller may pass anything that
///   converts into the type. An optional one with one documented value ([`crate::OneValue`]) is
///   `name as OneValue<Type>`, and its setter takes no argument. The function of [`crate::Request`] that writes the
///   parameter follows after `=`, with all arguments except the value.
/// - The arrow is followed by the types of a success and of an error response; the latter is absent if the document
///   describes no error. `as text` reads a body as text.
/// - The expression of [`crate::OperationInfo`] begins with the method.
/// - `new_takes` names a struct with the required parameters, which `new` then takes.
/// - `takes` lists the credentials of which each is enough alone.
/// - `defaults` are constants: the values that the service takes for an absent parameter.
/// - `headers` are constants: the documented headers of the response.
/// - `constants` are the parameters with one documented value ([`crate::OneValue`]) that are required, or whose default is
///   that value. `new` fills them in.
/// - `alternatives` are functions that ask for another media type of the response, each with the type that reads it.
///
/// ```
/// use octogen_runtime::{Method, Operation, operation};
///
/// operation! {
///     /// Lists the animals of a keeper.
///     pub struct ListAnimals(
///         /// - `keeper`: The person who feeds them.
///         keeper into String = path("keeper"),
///     ) -> Result<Vec<String>> = get("animals/list", "/keepers/{keeper}/animals");
///     defaults { "per_page" DEFAULT_PER_PAGE: i64 = 30 }
///     headers { "Link" HEADER_LINK: String }
///     options {
///         /// The number of animals.
///         per_page: i64 = query("per_page"),
///     }
/// }
///
/// let mut animals = ListAnimals::new("Ada").per_page(2 * ListAnimals::DEFAULT_PER_PAGE);
/// let request = animals.request()?;
/// assert_eq!((request.method, request.path.as_str()), (Method::Get, "/keepers/Ada/animals"));
/// assert_eq!(request.query, [("per_page".to_owned(), "60".to_owned())]);
/// animals.per_page = None;
/// assert!(animals.request()?.query.is_empty());
/// assert_eq!(ListAnimals::INFO.id, "animals/list");
///
/// operation! {
///     /// Moves an animal.
///     pub struct MoveAnimal(from into String = query("from"), to into String = query("to")) -> Result<()> =
///         post("animals/move", "/animals/move");
///     new_takes MoveAnimalRequired;
/// }
///
/// let moved = MoveAnimal::new(MoveAnimalRequired { from: "barn".into(), to: "field".into() });
/// assert_eq!(moved.request()?.query[1], ("to".to_owned(), "field".to_owned()));
/// # Ok::<(), octogen_runtime::RequestError>(())
/// ```
#[macro_export]
macro_rules! operation {
    (
        @new $name:ident[$required:ident]
        [$($(#[$given_doc:meta])* $given:ident $(into $given_text:ty)? $(: $given_type:ty)?),*]
        [$($constant:ident),*] [$($option:ident),*]
    ) => {
        #[doc = ::std::concat!(" The required parameters of [`", ::std::stringify!($name), "`].")]
        #[derive(::std::clone::Clone, ::std::fmt::Debug)]
        pub struct $required {
            $(
                /// The value of the parameter.
                #[doc = ""]
                $(#[$given_doc])*
                pub $given: $($given_text)? $($given_type)?,
            )*
        }

        #[allow(deprecated, reason = "deprecated parameters are sent as well")]
        impl $name {
            /// Creates the operation with its required parameters. A parameter with one documented value is filled in.
            #[inline]
            pub fn new(required: $required) -> Self {
                let $required { $($given),* } = required;
                Self {
                    $($given,)*
                    $($constant: $crate::OneValue::one_value(),)*
                    $($option: ::std::option::Option::None,)*
                }
            }
        }
    };
    (
        @new $name:ident[]
        [$($(#[$given_doc:meta])* $given:ident $(into $given_text:ty)? $(: $given_type:ty)?),*]
        [$($constant:ident),*] [$($option:ident),*]
    ) => {
        #[allow(deprecated, reason = "deprecated parameters are sent as well")]
        impl $name {
            /// Creates the operation with its required parameters. A parameter with one documented value is filled in.
            #[doc = ""]
            $($(#[$given_doc])*)*
            #[allow(clippy::too_many_arguments, reason = "one for each required parameter")]
            #[inline]
            pub fn new(
                $($given: $(impl ::std::convert::Into<$given_text>)? $($given_type)?),*
            ) -> Self {
                $($(let $given: $given_text = ::std::convert::Into::into($given);)?)*
                Self {
                    $($given,)*
                    $($constant: $crate::OneValue::one_value(),)*
                    $($option: ::std::option::Option::None,)*
                }
            }
        }
    };
    (
        #[doc = $summary:literal]
        $(#[$attribute:meta])*
        pub struct $name:ident($(
            $(#[$given_doc:meta])*
            $given:ident $(into $given_text:ty)? $(: $given_type:ty)? = $given_place:ident($($given_key:literal $(, $given_argument:expr)*)?)
        ),* $(,)?) -> Result<$output:ty $(as $output_as:ident)? $(, $failure:ty $(as $failure_as:ident)?)?> =
            $method:ident($id:literal, $path:literal) $(.$known:ident($($known_argument:expr),*))*;
        $(new_takes $required:ident;)?
        $(takes { $($credential:ty),* $(,)? })?
        $(defaults { $($default_key:literal $default:ident: $default_type:ty = $default_value:expr),* $(,)? })?
        $(headers { $($(#[$header_doc:meta])* $header_key:literal $header:ident: $header_type:ty),* $(,)? })?
        $(constants { $(
            $constant:ident: $constant_type:ty = $constant_place:ident($($constant_key:literal $(, $constant_argument:expr)*)?)
        ),* $(,)? })?
        $(options { $(
            $(#[$doc:meta])*
            $option:ident $(into $text:ty)? $(as OneValue<$only:ty>)? $(: $type:ty)? = $place:ident($($key:literal $(, $argument:expr)*)?)
        ),* $(,)? })?
        $(alternatives { $($alternative:ident: $reads:ty = $media:literal),* $(,)? })?
    ) => {
        #[doc = $crate::operation_docs!(
            $summary;
            $name[$($required)?]($($given = $given_place $($given_key)?),*) -> $output $(, $failure)?;
            $($($option = $place $($key)?),*)?
        )]
        $(#[$attribute])*
        #[derive(::std::clone::Clone, ::std::fmt::Debug)]
        #[must_use = "an operation does nothing until it is sent"]
        #[non_exhaustive]
        pub struct $name {
            $($given: $($given_text)? $($given_type)?,)*
            $($($constant: $constant_type,)*)?
            $($(
                /// The method of the same name describes this parameter. It is not sent if it is `None`.
                pub $option: ::std::option::Option<$($text)? $($only)? $($type)?>,
            )*)?
        }

        $crate::operation! {
            @new $name[$($required)?]
            [$($(#[$given_doc])* $given $(into $given_text)? $(: $given_type)?),*]
            [$($($constant),*)?] [$($($option),*)?]
        }

        #[allow(deprecated, reason = "deprecated parameters are sent as well")]
        impl $name {
            $($(
                #[doc = ::std::concat!(" The value that the service takes if `", $default_key, "` is absent.")]
                pub const $default: $default_type = $default_value;
            )*)?
            $($(
                #[doc = ::std::concat!(" The header `", $header_key, "` of the response.")]
                $(#[$header_doc])*
                pub const $header: $crate::Header<$header_type> = $crate::Header::new($header_key);
            )*)?

            $($(
                $(#[$doc])*
                #[inline]
                $(pub fn $option(mut self, $option: impl ::std::convert::Into<$text>) -> Self {
                    self.$option = ::std::option::Option::Some(::std::convert::Into::into($option));
                    self
                })?
                $(pub fn $option(mut self) -> Self {
                    self.$option = <::std::option::Option<$only> as $crate::OneValue>::one_value();
                    self
                })?
                $(pub fn $option(mut self, $option: $type) -> Self {
                    self.$option = ::std::option::Option::Some($option);
                    self
                })?
            )*)?

            $($(
                #[doc = ::std::concat!(" Asks for `", $media, "` instead.")]
                #[inline]
                pub fn $alternative(self) -> $crate::WithMediaType<Self, $reads> {
                    $crate::WithMediaType::new(self, $media)
                }
            )*)?
        }

        #[allow(deprecated, reason = "deprecated parameters are sent as well")]
        #[allow(unused_parens, reason = "the type of the errors is `()` if none is documented")]
        impl $crate::Operation for $name {
            type Output = $output;
            type Failure = ($($failure)?);
            const INFO: $crate::OperationInfo = $crate::OperationInfo::$method($id, $path) $(.$known($($known_argument),*))*;

            #[allow(unused_variables, reason = "an operation can have no parameters")]
            #[inline]
            fn write(&self, request: &mut $crate::Request) {
                $(request.$given_place($($given_key, $($given_argument,)*)? &self.$given);)*
                $($(request.$constant_place($($constant_key, $($constant_argument,)*)? &self.$constant);)*)?
                $($(request.$place($($key, $($argument,)*)? &self.$option);)*)?
            }

            $(
                #[inline]
                fn read(
                    response: &$crate::Response<'_>,
                ) -> ::std::result::Result<$output, $crate::DecodeError> {
                    response.$output_as()
                }
            )?

            $($(
                #[inline]
                fn read_failure(
                    response: &$crate::Response<'_>,
                ) -> ::std::result::Result<$failure, $crate::DecodeError> {
                    response.$failure_as()
                }
            )?)?
        }

        $($(
            #[allow(deprecated, reason = "deprecated parameters are sent as well")]
            impl $crate::Takes<$credential> for $name {}
        )*)?
    };
}

/// Writes the enum of a request body that can be sent in several media types, and the conversion into its first
/// variant. Emitted code calls this macro.
///
/// Each variant follows the function of [`crate::Request`] that writes it.
///
/// ```
/// octogen_runtime::request_body! {
///     /// A text to render.
///     pub enum RenderBody from String { text("text/plain") Plain(String), text("text/x-markdown") Markdown(String) }
/// }
///
/// assert!(matches!(RenderBody::from(String::from("a")), RenderBody::Plain(text) if text == "a"));
/// ```
#[macro_export]
macro_rules! request_body {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident from $from:ty {
            $first_place:ident($first_media:literal $(, $first_argument:expr)*) $first:ident($first_type:ty)
            $(, $place:ident($media:literal $(, $argument:expr)*) $variant:ident($type:ty))* $(,)?
        }
    ) => {
        $(#[$attribute])*
        #[derive(::std::clone::Clone, ::std::fmt::Debug)]
        #[non_exhaustive]
        pub enum $name {
            #[doc = ::std::concat!(" `", $first_media, "`")]
            $first($first_type),
            $(
                #[doc = ::std::concat!(" `", $media, "`")]
                $variant($type),
            )*
        }

        impl ::std::convert::From<$from> for $name {
            #[inline]
            fn from(body: $from) -> Self {
                Self::$first(::std::convert::Into::into(body))
            }
        }

        impl $crate::WriteBody for $name {
            #[inline]
            fn write(&self, request: &mut $crate::Request) {
                match self {
                    Self::$first(body) => request.$first_place($first_media, $($first_argument,)* body),
                    $(Self::$variant(body) => request.$place($media, $($argument,)* body),)*
                }
            }
        }
    };
}

/// Writes the enum of an operation's responses, with one variant for each status code, and [`crate::FromResponse`] for
/// it. Emitted code calls this macro.
///
/// Each status is followed by its variant, the kind of its body (`json`, `text` or `bytes`) with its type, and its
/// description.
///
/// ```
/// use octogen_runtime::{FromResponse, Response, responses};
///
/// responses! {
///     pub enum Found {
///         200 => One(json i64): "The only match.",
///         300..=399 => Several(json Vec<i64>): "All matches.",
///     }
/// }
///
/// assert_eq!(Found::read(&Response::new(300, b"[1,2]"))?, Found::Several(vec![1, 2]));
/// # Ok::<(), octogen_runtime::DecodeError>(())
/// ```
#[macro_export]
macro_rules! responses {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident {
            $($(#[$doc:meta])* $status:pat => $variant:ident $(($reads:ident $type:ty))? $(: $said:literal)?),* $(,)?
        }
    ) => {
        /// The responses of the operation, by status.
        $(#[$attribute])*
        #[derive(::std::clone::Clone, ::std::fmt::Debug, ::std::cmp::PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $(
                #[doc = ::std::concat!(" `", ::std::stringify!($status), "`" $(, ": ", $said)?)]
                #[doc = ""]
                $(#[$doc])*
                $variant $(($type))?,
            )*
        }

        impl $crate::FromResponse for $name {
            #[inline]
            fn read(response: &$crate::Response<'_>) -> ::std::result::Result<Self, $crate::DecodeError> {
                #[allow(unreachable_patterns, reason = "one pattern may cover all other statuses")]
                match response.status() {
                    $($status => ::std::result::Result::Ok(Self::$variant $(($crate::support::$reads(response)?))?),)*
                    _ => ::std::result::Result::Err(response.undocumented()),
                }
            }
        }
    };
}
