//! Examples of generated models, for tests and mocks.

use super::document::{decode, encode, vacant};
use super::slot::Slot;
use super::value::Value;

/// Writes the function `example` for generated models, and a unit test that decodes each example. Emitted code calls this
/// macro once.
///
/// The table is a text with a line for each model: its name, a tab, and its example as JSON. Other lines are comments. Groups of models follow, each
/// behind the module of the models. An attribute in front applies to its group.
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
    ($table:ident: $($(#[$gate:meta])* $models:ident [$($name:ident),* $(,)?]),+) => {
        $(
            $(#[$gate])*
            const _: () = {
                $(
                    impl $models::$name {
                        /// Returns an example of this model, for tests and mocks: one that the API description documents,
                        /// or else a value that was made from the schema. Its secrets are placeholders.
                        #[must_use]
                        pub fn example() -> Self {
                            $crate::support::example($table, ::std::stringify!($name))
                        }
                    }
                )*
            };
        )*

        #[cfg(test)]
        #[test]
        fn each_example_decodes() {
            let mut wrong = ::std::vec::Vec::new();
            $(
                $(#[$gate])*
                {
                    let checks: &[$crate::support::ExampleCheck] = &[$(
                        $crate::support::check_example::<$models::$name>
                    ),*];
                    let names = [$(::std::stringify!($name)),*];
                    let models = ::std::iter::zip(names, checks);
                    wrong.extend(models.filter(|(name, check)| !check($table, name)).map(|(name, _)| name));
                }
            )*
            ::std::assert!(wrong.is_empty(), "no example of these models decodes and is written back: {wrong:?}");
        }
    };
}

/// Returns the example of a model from a table: its line is the name of the model, a tab and JSON. The generator has checked
/// that the JSON decodes. In any other table, a line that does not decode is an empty value.
#[must_use]
pub fn example<T: Slot>(table: &str, name: &str) -> T {
    let json = find(table, name);
    json.and_then(|json| decode(json.as_bytes()).ok())
        .unwrap_or_else(vacant)
}

/// A check of the example of a model in a table.
pub type ExampleCheck = fn(table: &str, name: &str) -> bool;

/// Returns whether a table has an example of a model that decodes, and that the model writes back.
#[must_use]
pub fn check_example<T: Slot>(table: &str, name: &str) -> bool {
    let Some(json) = find(table, name) else {
        return false;
    };
    let value = decode::<Value>(json.as_bytes());
    let written = decode::<T>(json.as_bytes()).map(|model| encode(&model));
    written.is_ok_and(|written| decode::<Value>(written.as_bytes()) == value)
}

fn find<'t>(table: &'t str, name: &str) -> Option<&'t str> {
    table
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix('\t'))
}

#[cfg(test)]
mod tests {
    use super::{check_example, find};

    #[test]
    fn a_line_has_the_whole_name() {
        let table = "Pet\t1\nPets\t[]\n";
        let found = ["Pet", "Pets", "Pe", "Petss"].map(|name| find(table, name));
        assert_eq!(found, [Some("1"), Some("[]"), None, None]);
    }

    #[test]
    fn an_example_decodes_and_is_written_back() {
        let table = "Pet\ttrue\nPets\t\"many\"\n";
        let found = ["Pet", "Pets", "Keeper"].map(|name| check_example::<bool>(table, name));
        assert_eq!(found, [true, false, false]);
    }
}
