//! What generated operations are written with; each function is `#[inline]`, as those of models are.

/// Writes an operation: its struct, `new` with what every request has, a setter for all else, and [`crate::Operation`].
///
/// In parentheses stands what every request has, in `options` what may be given: `name: Type`, or `name into Type`
/// where the caller may give anything that turns into it. Behind `=` stands the function of [`crate::Request`] that
/// writes it, with all arguments but the last. The arrow leads to what a success and what a failure carries; `as text`
/// reads a body as text. [`crate::About`] begins with the method; `takes` are the credentials that are enough, each by
/// itself, `defaults` what the service takes for a parameter that is not given, and `headers` those of the response.
///
/// ```
/// use octogen_runtime::{Method, Operation, operation};
///
/// operation! {
///     /// Lists the animals of a keeper.
///     pub struct ListAnimals(
///         /// - `keeper`: Who feeds them.
///         keeper into String = path("keeper"),
///     ) -> Result<Vec<String>, ()> = get("animals/list", "/keepers/{keeper}/animals").accepting_json();
///     defaults { "per_page" DEFAULT_PER_PAGE: i64 = 30 }
///     headers { "Link" HEADER_LINK: String }
///     options {
///         /// How many to list.
///         per_page: i64 = query("per_page"),
///     }
/// }
///
/// let request = ListAnimals::new("Ada").per_page(2 * ListAnimals::DEFAULT_PER_PAGE).request()?;
/// assert_eq!((request.method, request.path.as_str()), (Method::Get, "/keepers/Ada/animals"));
/// assert_eq!(request.query, [("per_page".to_owned(), "60".to_owned())]);
/// assert_eq!(ListAnimals::ABOUT.id, "animals/list");
/// # Ok::<(), octogen_runtime::RequestError>(())
/// ```
#[macro_export]
macro_rules! operation {
    (
        $(#[$attribute:meta])*
        pub struct $name:ident($(
            $(#[$given_doc:meta])*
            $given:ident $(into $given_text:ty)? $(: $given_type:ty)? = $given_place:ident($($given_argument:expr),*)
        ),* $(,)?) -> Result<$output:ty $(as $output_as:ident)?, $failure:ty $(as $failure_as:ident)?> =
            $method:ident($id:literal, $path:literal) $(.$known:ident($($known_argument:expr),*))*;
        $(takes { $($credential:ty),* $(,)? })?
        $(defaults { $($default_key:literal $default:ident: $default_type:ty = $default_value:expr),* $(,)? })?
        $(headers { $($(#[$header_doc:meta])* $header_key:literal $header:ident: $header_type:ty),* $(,)? })?
        $(options { $(
            $(#[$doc:meta])*
            $option:ident $(into $text:ty)? $(: $type:ty)? = $place:ident($($argument:expr),*)
        ),* $(,)? })?
    ) => {
        $(#[$attribute])*
        #[derive(::std::clone::Clone, ::std::fmt::Debug)]
        #[must_use = "an operation does nothing until it is sent"]
        pub struct $name {
            $($given: $($given_text)? $($given_type)?,)*
            $($($option: ::std::option::Option<$($text)? $($type)?>,)*)?
        }

        #[allow(deprecated, reason = "what is deprecated is still documented")]
        impl $name {
            $($(
                #[doc = ::std::concat!("What the service takes for `", $default_key, "` where it is not given.")]
                pub const $default: $default_type = $default_value;
            )*)?
            $($(
                #[doc = ::std::concat!("The header `", $header_key, "` of the response.")]
                $(#[$header_doc])*
                pub const $header: $crate::Header<$header_type> = $crate::Header::new($header_key);
            )*)?

            /// The operation with what every request has.
            #[doc = ""]
            $($(#[$given_doc])*)*
            #[allow(clippy::too_many_arguments, reason = "one for each that every request has")]
            #[inline]
            pub fn new(
                $($given: $(impl ::std::convert::Into<$given_text>)? $($given_type)?),*
            ) -> Self {
                $($(let $given: $given_text = ::std::convert::Into::into($given);)?)*
                Self { $($given,)* $($($option: ::std::option::Option::None,)*)? }
            }

            $($(
                $(#[$doc])*
                #[inline]
                pub fn $option(mut self, $option: $(impl ::std::convert::Into<$text>)? $($type)?) -> Self {
                    $(let $option: $text = ::std::convert::Into::into($option);)?
                    self.$option = ::std::option::Option::Some($option);
                    self
                }
            )*)?
        }

        #[allow(deprecated, reason = "what is deprecated is still documented")]
        impl $crate::Operation for $name {
            type Output = $output;
            type Failure = $failure;
            const ABOUT: $crate::About = $crate::About::$method($id, $path) $(.$known($($known_argument),*))*;

            #[allow(unused_variables, reason = "an operation can have nothing to write")]
            #[inline]
            fn write(&self, request: &mut $crate::Request) {
                $(request.$given_place($($given_argument,)* &self.$given);)*
                $($(request.$place($($argument,)* &self.$option);)*)?
            }

            $(
                #[inline]
                fn read(
                    response: &$crate::Response<'_>,
                ) -> ::std::result::Result<$output, $crate::DecodeError> {
                    response.$output_as()
                }
            )?

            $(
                #[inline]
                fn read_failure(
                    response: &$crate::Response<'_>,
                ) -> ::std::result::Result<$failure, $crate::DecodeError> {
                    response.$failure_as()
                }
            )?
        }

        $($(
            #[allow(deprecated, reason = "what is deprecated is still documented")]
            impl $crate::Takes<$credential> for $name {}
        )*)?
    };
}

/// Writes the enum of a body that can be sent in several media types, and what turns into the first of them.
///
/// Each variant stands behind the function of [`crate::Request`] that writes it.
///
/// ```
/// octogen_runtime::body! {
///     /// What can be rendered.
///     pub enum RenderBody from String { text("text/plain") Plain(String), text("text/x-markdown") Markdown(String) }
/// }
///
/// assert!(matches!(RenderBody::from(String::from("a")), RenderBody::Plain(text) if text == "a"));
/// ```
#[macro_export]
macro_rules! body {
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
            #[doc = ::std::concat!("`", $first_media, "`")]
            $first($first_type),
            $(
                #[doc = ::std::concat!("`", $media, "`")]
                $variant($type),
            )*
        }

        impl ::std::convert::From<$from> for $name {
            #[inline]
            fn from(body: $from) -> Self {
                Self::$first(::std::convert::Into::into(body))
            }
        }

        impl $crate::Body for $name {
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

/// Writes the enum of several responses, and how it is read ([`crate::Answer`]): behind each status its variant, with
/// how its body is read (`json`, `text` or `bytes`) and into what, and what is said of it.
///
/// ```
/// use octogen_runtime::{Answer, Response, answer};
///
/// answer! {
///     pub enum Found {
///         200 => One(json i64): "The one that is meant.",
///         300..=399 => Several(json Vec<i64>): "All that could be meant.",
///     }
/// }
///
/// assert_eq!(Found::read(&Response::new(300, b"[1,2]"))?, Found::Several(vec![1, 2]));
/// # Ok::<(), octogen_runtime::DecodeError>(())
/// ```
#[macro_export]
macro_rules! answer {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident {
            $($(#[$doc:meta])* $status:pat => $variant:ident $(($reads:ident $type:ty))? $(: $said:literal)?),* $(,)?
        }
    ) => {
        /// What the operation answers with, by status.
        $(#[$attribute])*
        #[derive(::std::clone::Clone, ::std::fmt::Debug, ::std::cmp::PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $(
                #[doc = ::std::concat!("`", ::std::stringify!($status), "`" $(, ": ", $said)?)]
                #[doc = ""]
                $(#[$doc])*
                $variant $(($type))?,
            )*
        }

        impl $crate::Answer for $name {
            #[inline]
            fn read(response: &$crate::Response<'_>) -> ::std::result::Result<Self, $crate::DecodeError> {
                #[allow(unreachable_patterns, reason = "one of them may be for all other statuses")]
                match response.status() {
                    $($status => ::std::result::Result::Ok(Self::$variant $(($crate::support::$reads(response)?))?),)*
                    _ => ::std::result::Result::Err(response.undocumented()),
                }
            }
        }
    };
}
