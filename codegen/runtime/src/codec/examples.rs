//! Examples of generated models, for tests and mocks.

use super::document::{decode, vacant};
use super::slot::Slot;

/// Writes the function `example` for generated models. Emitted code calls this macro.
///
/// The table is a text with a line for each model: its name, a tab, and its example as JSON. The name of the module of the
/// models follows, and the models. An attribute in front applies to all of them.
///
/// ```
/// mod models {
///     pub struct Animal {
///         pub name: String,
///     }
///
///     octogen_runtime::object! { Animal [name] }
/// }
///
/// const EXAMPLES: &str = "Animal\t{\"name\":\"Ada\"}\n";
///
/// octogen_runtime::examples! { EXAMPLES: models [Animal] }
///
/// assert_eq!(models::Animal::example().name, "Ada");
/// ```
#[macro_export]
macro_rules! examples {
    ($(#[$gate:meta])* $table:ident: $models:ident [$($name:ident),* $(,)?]) => {
        $(#[$gate])*
        const _: () = {
            $(
                impl $models::$name {
                    /// Returns an example of this model, for tests and mocks: one that the API description documents, or
                    /// else a value that was made from the schema. Its secrets are placeholders.
                    #[must_use]
                    pub fn example() -> Self {
                        $crate::support::example($table, ::std::stringify!($name))
                    }
                }
            )*
        };
    };
}

/// Returns the example of a model from a table: each line is the name of a model, a tab and JSON. The generator has checked
/// that the JSON decodes. In any other table, a line that does not decode is an empty value.
#[must_use]
pub fn example<T: Slot>(table: &str, name: &str) -> T {
    let json = find(table, name);
    json.and_then(|json| decode(json.as_bytes()).ok())
        .unwrap_or_else(vacant)
}

fn find<'t>(table: &'t str, name: &str) -> Option<&'t str> {
    table
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix('\t'))
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn a_line_has_the_whole_name() {
        let table = "Pet\t1\nPets\t[]\n";
        let found = ["Pet", "Pets", "Pe", "Petss"].map(|name| find(table, name));
        assert_eq!(found, [Some("1"), Some("[]"), None, None]);
    }
}
