//! The types of fields: texts, booleans, any values, lists and maps.

use std::ops::Deref;

use octogen_runtime::{JsonType, Number, Value};

use super::{Child, Read};
use crate::diagnostic::{Code, Diagnostics};
use crate::document::Node;
use crate::document::check::Checker;

/// A type alias for the field of an OpenAPI map with free keys, such as `schemas` under `components`: its entries in the
/// order of the document.
pub type Map<'a, T> = Vec<(&'a str, T)>;

/// The type of a field for an OpenAPI map that can also have extensions, such as `paths`. Keys that start with `x-` are
/// no entries.
#[derive(Clone, Debug)]
pub struct Patterned<'a, T>(Map<'a, T>);

impl<T> Default for Patterned<'_, T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'a, T: Read<'a>> Patterned<'a, T> {
    /// Reads a map from a JSON object. Extensions, whose keys begin with `x-`, are not entries of the map.
    pub fn of(map: &Node<'a>, diagnostics: &mut Diagnostics) -> Self {
        let entries = Child::entries(map).filter(|child| !child.key().starts_with("x-"));
        let entry = |child: Child<'_, 'a>| Some((child.key(), T::read_entry(child, diagnostics)?));
        Self(entries.filter_map(entry).collect())
    }
}

impl<'a, T> Deref for Patterned<'a, T> {
    type Target = Map<'a, T>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

/// The type of a field for a string of an OpenAPI document that keeps its place, so that a diagnostic can point at the
/// string.
#[derive(Clone, Debug)]
pub struct Text<'a> {
    /// The text.
    pub text: &'a str,
    /// The value that holds it.
    pub node: Node<'a>,
}

/// YAML reads an unquoted number as a number. If a text is meant, its digits are the text.
impl<'a> Read<'a> for &'a str {
    fn read(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        match child.value {
            Value::String(text) => Some(text),
            Value::Number(number) => {
                child.report_unquoted(number.as_str(), diagnostics);
                Some(number.as_str())
            }
            _ => child.expect(JsonType::String, diagnostics)?.value.as_str(),
        }
    }
}

impl<'a> Read<'a> for Text<'a> {
    fn read(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        let text = Read::read(child, diagnostics)?;
        Some(Self { text, node: child.node() })
    }
}

impl<'a> Read<'a> for bool {
    fn read(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        match child.value {
            Value::Boolean(value) => Some(*value),
            _ => child.expect(JsonType::Boolean, diagnostics)?.value.as_bool(),
        }
    }
}

impl<'a> Read<'a> for &'a Number {
    fn read(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        match child.value {
            Value::Number(number) => Some(number),
            _ => {
                child.expect(JsonType::Number, diagnostics);
                None
            }
        }
    }
}

/// Any value.
impl<'a> Read<'a> for Node<'a> {
    fn read(child: Child<'_, 'a>, _: &mut Diagnostics) -> Option<Self> {
        Some(child.node())
    }
}

/// The type of a field for any value but null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NonNull;

impl<'a> Read<'a> for NonNull {
    fn read(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        if *child.value == Value::Null {
            child.report_null(diagnostics);
        }
        Some(Self)
    }
}

impl<'a> Read<'a> for &'a Value {
    fn read(child: Child<'_, 'a>, _: &mut Diagnostics) -> Option<Self> {
        Some(child.value)
    }
}

/// The type of a field for a key of an OpenAPI object whose value does not matter: only whether the key is present.
#[derive(Clone, Copy, Debug, Default)]
pub struct Presence(pub bool);

impl<'a> Read<'a> for Presence {
    fn read(_: Child<'_, 'a>, _: &mut Diagnostics) -> Option<Self> {
        Some(Self(true))
    }
}

impl<'a, T: Read<'a>> Read<'a> for Option<T> {
    fn read(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        Some(T::read(child, diagnostics))
    }

    fn check(&self, checker: &mut Checker<'a, '_>) {
        self.iter().for_each(|value| value.check(checker));
    }
}

impl<'a, T: Read<'a>> Read<'a> for Vec<T> {
    fn read(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        let list = child.expect_container::<T>(JsonType::Array, diagnostics)?;
        Some(Child::elements(&list).filter_map(|child| T::read_entry(child, diagnostics)).collect())
    }

    fn check(&self, checker: &mut Checker<'a, '_>) {
        self.iter().for_each(|value| value.check(checker));
    }
}

impl<'a, T: Read<'a>> Read<'a> for Map<'a, T> {
    fn read(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        let map = child.expect_container::<T>(JsonType::Object, diagnostics)?;
        let is_misplaced =
            |child: &Child<'_, 'a>| T::IS_SUBSCHEMA && child.key() == "$ref" && child.value.as_str().is_some();
        // A schema follows a `$ref` in the place of its properties, and reports it.
        if child.key() != "properties" {
            for reference in Child::entries(&map).filter(is_misplaced) {
                diagnostics.warn(
                    Code::MisplacedReference,
                    reference.node().place_as_key(),
                    format!("a `$ref` that replaces the schemas of `{}` has no effect", child.key()),
                    "octogen ignores the reference; refer to each schema by a `$ref` of its own",
                );
            }
        }
        let entry = |child: Child<'_, 'a>| Some((child.key(), T::read_entry(child, diagnostics)?));
        Some(Child::entries(&map).filter(|child| !is_misplaced(child)).filter_map(entry).collect())
    }

    /// As an element of a list, an object of the wrong type is an empty one.
    fn read_entry(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        Some(Self::read(child, diagnostics).unwrap_or_default())
    }

    fn check(&self, checker: &mut Checker<'a, '_>) {
        self.iter().for_each(|(_, value)| value.check(checker));
    }
}

impl<'a, T: Read<'a>> Read<'a> for Patterned<'a, T> {
    fn read(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        let map = child.expect(JsonType::Object, diagnostics)?;
        Some(Self::of(&map, diagnostics))
    }

    fn check(&self, checker: &mut Checker<'a, '_>) {
        self.0.check(checker);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::File;
    use crate::document::read::{OpenApiObject, Rules, object};

    impl Rules<'_> for Zoo<'_> {}
    impl Rules<'_> for Animal<'_> {}

    object! {
        /// A made-up OpenAPI object for the unit tests of reading: it has a field of each type.
        pub struct Zoo<'a>: "a zoo" {
            "name" => name: Option<&'a str>,
            "isOpen" => is_open: bool,
            "keepers" => keepers: Vec<&'a str>,
            "animals" => animals: Map<'a, Animal<'a>>,
            "houses" => houses: Patterned<'a, Animal<'a>>,
            "director" => director: Option<Animal<'a>>,
            "any" => any: Presence,
        }
    }

    object! {
        /// A made-up OpenAPI object for the unit tests of reading: the value of fields of another object.
        pub struct Animal<'a>: "an animal" {
            "name" => name: Option<Text<'a>>,
        }
    }

    /// Reads a zoo, and returns what was read as text, with the messages of the diagnostics.
    fn read(text: &str, show: fn(&Zoo<'_>) -> String) -> (String, Vec<String>) {
        let root = octogen_runtime::decode::<Value>(text.as_bytes()).unwrap_or_default();
        let file = File { path: String::from("zoo.json"), root };
        let mut diagnostics = Diagnostics::default();
        let text = show(&Zoo::read_fields(file.node(), &mut diagnostics));
        (text, diagnostics.into_vec().into_iter().map(|one| one.message).collect())
    }

    fn names(animals: &[(&str, Animal<'_>)]) -> String {
        let name = |animal: &Animal<'_>| animal.name.as_ref().map_or("-", |name| name.text).to_owned();
        animals.iter().map(|(key, animal)| format!("{key}={} ", name(animal))).collect()
    }

    #[test]
    fn a_value_of_the_wrong_type_is_reported_and_gives_the_default() {
        let name: fn(&Zoo<'_>) -> String = |zoo| format!("{:?}", zoo.name);
        let is_open: fn(&Zoo<'_>) -> String = |zoo| zoo.is_open.to_string();
        let keepers: fn(&Zoo<'_>) -> String = |zoo| zoo.keepers.join(" ");
        let animals: fn(&Zoo<'_>) -> String = |zoo| names(&zoo.animals);
        let houses: fn(&Zoo<'_>) -> String = |zoo| names(&zoo.houses);
        let director: fn(&Zoo<'_>) -> String = |zoo| zoo.director.is_some().to_string();
        let any: fn(&Zoo<'_>) -> String = |zoo| zoo.any.0.to_string();
        let cases = [
            ("{}", name, "None", ""),
            (r#"{"name": "Ark"}"#, name, "Some(\"Ark\")", ""),
            (r#"{"name": 1.10}"#, name, "Some(\"1.10\")", "`name` is a number, but must be a string"),
            (r#"{"name": null}"#, name, "None", "`name` is null, but must be a string"),
            (r#"{"name": true}"#, name, "None", "`name` is a boolean, but must be a string"),
            (r#"{"isOpen": true}"#, is_open, "true", ""),
            (r#"{"isOpen": "true"}"#, is_open, "false", "`isOpen` is a string, but must be a boolean"),
            (r#"{"keepers": ["Ann", {}]}"#, keepers, "Ann", "this element is an object, but must be a string"),
            (r#"{"keepers": "Ann"}"#, keepers, "", "`keepers` is a string, but must be an array"),
            (r#"{"animals": {"a": {"name": "Bo"}, "x-b": {}}}"#, animals, "a=Bo x-b=- ", ""),
            (r#"{"animals": {"a": null}}"#, animals, "a=- ", "an animal is null, but must be an object"),
            (r#"{"houses": {"a": {}, "x-b": 1}}"#, houses, "a=- ", ""),
            (r#"{"director": {}}"#, director, "true", ""),
            (r#"{"director": []}"#, director, "false", "`director` is an array, but must be an object"),
            (r#"{"any": null}"#, any, "true", ""),
            ("{}", any, "false", ""),
        ];
        for (text, show, expected, message) in cases {
            let messages: Vec<String> =
                Some(message.to_owned()).filter(|message| !message.is_empty()).into_iter().collect();
            assert_eq!(read(text, show), (expected.to_owned(), messages), "{text}");
        }
    }
}
