//! The macros that write the documentation of generated operations.

/// Writes the documentation of an operation up to its description.
///
/// A parameter is written as in [`crate::operation!`]: the place and the name in the request follow after `=`.
///
/// It is one attribute with few calls of macros, because a large document has a thousand operations. Each line begins with a
/// space, as those of emitted comments do: rustdoc removes only the indentation that all lines share, and the rest could
/// turn text of a document into code.
#[doc(hidden)]
#[macro_export]
macro_rules! operation_docs {
    (
        $summary:literal;
        $name:ident[$($required:ident)?]($(
            $given:ident = $given_place:ident $($given_key:literal)?
            $(, $next:ident = $next_place:ident $($next_key:literal)?)*
        )?) -> $output:ty $(, $failure:ty)?;
        $(
            $option:ident = $place:ident $($key:literal)?
            $(, $more:ident = $more_place:ident $($more_key:literal)?)*
        )?
    ) => {
        ::std::concat!(
            $summary,
            "\n\n ```text\n client.send(", ::std::stringify!($name), "::new(",
            $(::std::stringify!($required), " { ",)?
            $(::std::stringify!($given $(, $next)*),)?
            $($crate::operation_docs!(@end_of $required),)?
            ")).await?\n ```\n\n - Returns [`", ::std::stringify!($output), "`].",
            $("\n - Errors: [`", ::std::stringify!($failure), "`].",)?
            $(
                "\n - Parameters: `",
                ::std::stringify!($given = $given_place $($given_key)? $(, $next = $next_place $($next_key)?)*), "`.",
            )?
            $(
                "\n - Optional: `",
                ::std::stringify!($option = $place $($key)? $(, $more = $more_place $($more_key)?)*), "`.",
            )?
            "\n\n [`()`]: prim@unit\n",
        )
    };
    (@end_of $required:ident) => {
        " }"
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
            " - Parameters: `keeper = path \"keeper\", body = json \"application/json\"`.",
            " - Optional: `per_page = query \"per_page\", all = header \"X-All\"`.",
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
            docs.contains(" client.send(DeleteAll::new()).await?\n ```\n\n - Returns [`()`].\n\n"),
            "{docs}"
        );
    }
}
