//! The macros that write the documentation of generated operations.

/// Writes the documentation of an operation up to its description.
///
/// It is one attribute with few calls of macros, because a large document has a thousand operations. Each line begins with a
/// space, as those of emitted comments do: rustdoc removes only the indentation that all lines share, and the rest could
/// turn text of a document into code.
#[doc(hidden)]
#[macro_export]
macro_rules! operation_docs {
    (
        $summary:literal;
        $name:ident[$($required:ident)?]($($given:ident = $given_place:ident $($given_key:literal)?),*)
            -> $output:ty $(, $failure:ty)?;
        $($option:ident = $place:ident $($key:literal)?),*
    ) => {
        ::std::concat!(
            $summary,
            "\n\n ```text\n client.send(", ::std::stringify!($name), "::new(",
            $crate::arguments_of_new!([$($required)?] $($given),*), ")).await?\n ```\n",
            "\n - Returns [`", ::std::stringify!($output), "`].",
            "\n - Errors: ", $crate::documented_errors!($($failure)?), ".",
            $(
                "\n - `", ::std::stringify!($given), "`: ", $crate::place!($given_place), $(" `", $given_key, "`",)? ".",
            )*
            $(
                "\n - `", ::std::stringify!($option), "` (optional): ", $crate::place!($place), $(" `", $key, "`",)? ".",
            )*
            "\n\n [`()`]: prim@unit\n",
        )
    };
}

/// The arguments of `new`, for the documentation of an operation.
#[doc(hidden)]
#[macro_export]
macro_rules! arguments_of_new {
    ([] $($given:ident),*) => {
        ::std::stringify!($($given),*)
    };
    ([$required:ident] $($given:ident),*) => {
        ::std::concat!(::std::stringify!($required), " { ", ::std::stringify!($($given),*), " }")
    };
}

/// The type of an operation's documented errors, for its documentation.
#[doc(hidden)]
#[macro_export]
macro_rules! documented_errors {
    () => {
        "none documented"
    };
    ($failure:ty) => {
        ::std::concat!("[`", ::std::stringify!($failure), "`]")
    };
}

/// The place that a function of [`crate::Request`] writes a parameter to, for the documentation of an operation.
#[doc(hidden)]
#[macro_export]
macro_rules! place {
    (path) => {
        "path parameter"
    };
    (path_styled) => {
        "path parameter"
    };
    (query) => {
        "query parameter"
    };
    (query_styled) => {
        "query parameter"
    };
    (header) => {
        "header"
    };
    (header_styled) => {
        "header"
    };
    (cookie) => {
        "cookie"
    };
    (cookie_styled) => {
        "cookie"
    };
    (body) => {
        "request body, in one of several media types"
    };
    ($body:ident) => {
        "request body, as"
    };
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_facts_of_an_operation_follow_its_summary() {
        let docs = crate::operation_docs!(
            " Lists the animals.";
            ListAnimals[](keeper = path "keeper", body = json "application/json") -> Vec<String>, Failure;
            per_page = query "per_page", all = header "X-All"
        );
        let lines = [
            " Lists the animals.",
            "",
            " ```text",
            " client.send(ListAnimals::new(keeper, body)).await?",
            " ```",
            "",
            " - Returns [`Vec<String>`].",
            " - Errors: [`Failure`].",
            " - `keeper`: path parameter `keeper`.",
            " - `body`: request body, as `application/json`.",
            " - `per_page` (optional): query parameter `per_page`.",
            " - `all` (optional): header `X-All`.",
            "",
            " [`()`]: prim@unit",
            "",
        ];
        assert_eq!(docs, lines.join("\n"));
        let docs = crate::operation_docs!(
            " Moves one.";
            Move[MoveRequired](from = query "from", to = query "to") -> (););
        assert!(
            docs.contains(" client.send(Move::new(MoveRequired { from, to })).await?"),
            "{docs}"
        );
        let docs = crate::operation_docs!(" Deletes all."; DeleteAll[]() -> (););
        assert!(
            docs.contains(" - Returns [`()`].\n - Errors: none documented.\n"),
            "{docs}"
        );
    }
}
