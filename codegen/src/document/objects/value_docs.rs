//! Names and descriptions of the values of an `enum`, from extension keys.

use octogen_runtime::{Value, encode};

use super::schema_keywords::SchemaObject;
use crate::diagnostic::{Code, Diagnostics};

/// A value of an `enum` with the name and the description that extension keys give to it.
#[derive(Clone, Copy, Debug)]
pub struct DescribedValue<'a> {
    /// The value.
    pub value: &'a Value,
    /// The name.
    pub name: Option<&'a str>,
    /// The description.
    pub description: Option<&'a str>,
}

/// Reads the names and descriptions of the values of a schema. Without `enum`, the extensions have no effect.
pub(super) fn value_docs<'a>(object: &SchemaObject<'a>, diagnostics: &mut Diagnostics) -> Vec<DescribedValue<'a>> {
    let Some(values) = object.values.as_deref() else {
        return Vec::new();
    };
    let mut extensions = Extensions { object, values, diagnostics };
    extensions.check_ms_enum();
    let names = [
        extensions.read_list("x-enum-varnames", object.variant_names),
        extensions.read_list("x-enumNames", object.enum_names),
        extensions.read_ms_enum("name"),
    ];
    let names = names.into_iter().flatten().find(|names| extensions.are_distinct(names));
    let descriptions = [
        extensions.read_list("x-enum-descriptions", object.value_descriptions),
        extensions.read_list("x-enumDescriptions", object.enum_descriptions),
        extensions.read_ms_enum("description"),
    ];
    let descriptions = descriptions.into_iter().flatten().next();
    let text = |texts: &Option<Texts<'a>>, index: usize| texts.as_ref()?.get(index).copied().flatten();
    let docs = values.iter().enumerate().map(|(index, value)| DescribedValue {
        value,
        name: text(&names, index),
        description: text(&descriptions, index),
    });
    docs.filter(|docs| docs.name.is_some() || docs.description.is_some()).collect()
}

/// A text for each value, if the extension states one.
type Texts<'a> = Vec<Option<&'a str>>;

/// The extensions of a schema with `enum`.
struct Extensions<'a, 'o, 'd> {
    object: &'o SchemaObject<'a>,
    values: &'o [&'a Value],
    diagnostics: &'d mut Diagnostics,
}

impl<'a> Extensions<'a, '_, '_> {
    /// Reads an extension that lists one string for each value, or is an object with the values as its keys. The list
    /// can leave out null.
    fn read_list(&mut self, key: &str, extension: Option<&'a Value>) -> Option<Texts<'a>> {
        let extension = extension?;
        let is_null = |value: &Value| *value == Value::Null;
        let texts: Option<Texts<'a>> = match extension {
            Value::Object(entries) => {
                let keys: Vec<String> = self.values.iter().map(|value| key_of(value)).collect();
                if let Some(unknown) = entries.keys().find(|key| !keys.contains(key)) {
                    self.warn_unknown(key, unknown);
                }
                Some(keys.iter().map(|key| stated(entries.get(key.as_str()))).collect())
            }
            Value::Array(list) => {
                let leaves_out_null = list.len() < self.values.len();
                let mut list = list.iter();
                let texts = self.values.iter().map(|value| match value {
                    Value::Null if leaves_out_null => Some(None),
                    _ => list
                        .next()
                        .filter(|text| text.as_str().is_some() || is_null(value))
                        .map(|text| stated(Some(text))),
                });
                let texts: Option<Texts<'a>> = texts.collect();
                texts.filter(|_| list.next().is_none())
            }
            _ => None,
        };
        if texts.is_none() {
            let message = format!("`{key}` does not list one string for each value of `enum`");
            self.warn(&message, &format!("octogen ignores `{key}`; list as many strings as `enum` has values"));
        }
        texts
    }

    /// Reports elements of `x-ms-enum` that describe no value.
    fn check_ms_enum(&mut self) {
        let Some(entries) = self.object.ms_enum.and_then(|extension| extension.get("values")) else { return };
        let Some(entries) = entries.as_array() else {
            self.warn(
                "`values` of `x-ms-enum` is not a list",
                "octogen ignores `values`; list an object for each value of `enum`",
            );
            return;
        };
        let is_unknown = |value: &&Value| !self.values.contains(value);
        let unknown = entries.iter().map(|entry| entry.get("value").unwrap_or(&Value::Null)).find(is_unknown);
        if let Some(unknown) = unknown {
            self.warn_unknown("x-ms-enum", &key_of(unknown));
        }
    }

    /// Reads the texts under a key of each element of `values` of `x-ms-enum`.
    fn read_ms_enum(&self, key: &str) -> Option<Texts<'a>> {
        let entries = self.object.ms_enum?.get("values")?.as_array()?;
        let entry = |value: &Value| entries.iter().find(|entry| entry.get("value") == Some(value));
        Some(self.values.iter().map(|value| stated(entry(value)?.get(key))).collect())
    }

    /// Returns whether no two values have the same name.
    fn are_distinct(&mut self, names: &[Option<&str>]) -> bool {
        let named = || self.values.iter().zip(names).filter_map(|(value, name)| Some((value, (*name)?)));
        let repeated = named().find(|(value, name)| named().any(|(other, same)| same == *name && other != *value));
        if let Some((_, name)) = repeated {
            let message = format!("two values of `enum` have the name `{name}`");
            self.warn(&message, "octogen ignores these names; give each value a name of its own");
        }
        repeated.is_none()
    }

    fn warn_unknown(&mut self, extension: &str, value: &str) {
        let message = format!("`{extension}` describes `{}`, which is not a value of `enum`", value.escape_debug());
        self.warn(&message, "octogen ignores this description; correct the value, or add it to `enum`");
    }

    fn warn(&mut self, message: &str, help: &str) {
        self.diagnostics.warn(Code::EnumNames, self.object.node.place(), message, help);
    }
}

/// Returns the key under which an extension describes a value.
fn key_of(value: &Value) -> String {
    value.as_str().map_or_else(|| encode(value), str::to_owned)
}

/// Returns a text that is not empty.
fn stated(text: Option<&Value>) -> Option<&str> {
    text?.as_str().filter(|text| !text.trim().is_empty())
}
