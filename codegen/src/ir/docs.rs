//! Texts of the document that become documentation comments.

use octogen_runtime::Value;

/// The text of an OpenAPI document about an operation, a type or another object: title, description and deprecation.
/// Emit makes documentation comments from it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Docs {
    /// A headline.
    pub title: Option<String>,
    /// Text, in Markdown.
    pub description: Option<String>,
    /// The item is deprecated.
    pub deprecated: bool,
    /// The day of its removal.
    pub removal_date: Option<String>,
    /// The address of its documentation.
    pub link: Option<String>,
    /// The values of an enum that have a name or a description.
    pub values: Vec<ValueDocs>,
}

/// The documented name and description of a value of an enum. The name becomes that of the variant.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueDocs {
    /// The value.
    pub value: Value,
    /// The name.
    pub name: Option<String>,
    /// Text, in Markdown.
    pub description: Option<String>,
}

impl Docs {
    /// Returns the documented name and description of this value of an enum, or `None` if the document gives the value
    /// neither of them.
    #[must_use]
    pub fn of_value(&self, value: &Value) -> Option<&ValueDocs> {
        self.values.iter().find(|docs| docs.value == *value)
    }
}
