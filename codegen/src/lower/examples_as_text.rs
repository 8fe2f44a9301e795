//! Examples that are JSON written as a text.

use octogen_runtime::{JsonType, Value};

use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Api, Example, ExampleRole, ExampleSource, Shape, TypeRef, Types};

/// Replaces each example that is JSON written as a text by its JSON, and reports them together.
///
/// A text that a schema admits is left as it is. If the schema says nothing, a text of a JSON body that holds an array or
/// an object is JSON.
pub(super) fn parse_texts(api: &mut Api, diagnostics: &mut Diagnostics) {
    let Api { examples, types, .. } = api;
    let mut first = None;
    let mut count = 0;
    for example in examples {
        if let Some(value) = json_in_text(types, example) {
            example.value = value;
            example.source = ExampleSource::Text;
            first.get_or_insert_with(|| example.place.clone());
            count += 1;
        }
    }
    if let Some(place) = first {
        let message = match count {
            1 => String::from("the example is JSON written as a text"),
            _ => format!("{count} examples are JSON written as texts; this is the first"),
        };
        let help = "octogen reads the text as JSON; write the value without quotes around it";
        diagnostics.warn(Code::ExampleAsText, place, message, help);
    }
}

/// Returns the JSON that an example holds as a text.
fn json_in_text(types: &Types, example: &Example) -> Option<Value> {
    let text = example.value.as_str()?;
    let value: Value = octogen_runtime::decode(text.as_bytes()).ok()?;
    let kind = value.kind();
    let is_structure = matches!(kind, JsonType::Array | JsonType::Object);
    let is_body = matches!(example.role, ExampleRole::Request(_) | ExampleRole::Response(..));
    let admitted = Admitted::of(types, example.ty);
    let is_json = match (admitted.any, admitted.kinds.contains(&JsonType::String)) {
        (true, _) => is_body && is_structure,
        (false, true) => is_body && is_structure && admitted.kinds.contains(&kind),
        (false, false) => is_structure || kind == JsonType::Null || admitted.kinds.contains(&kind),
    };
    is_json.then_some(value)
}

/// The JSON types that a type admits.
#[derive(Default)]
struct Admitted {
    any: bool,
    kinds: Vec<JsonType>,
}

impl Admitted {
    fn of(types: &Types, used: TypeRef) -> Self {
        let mut admitted = Self::default();
        let (mut waiting, mut seen) = (vec![used.id], Vec::new());
        while let Some(id) = waiting.pop() {
            let kind = match &types[id].shape {
                Shape::Any => {
                    admitted.any = true;
                    continue;
                }
                Shape::Union(union) => {
                    if !seen.contains(&id) {
                        seen.push(id);
                        waiting.extend(union.variants.iter().map(|variant| variant.ty.id));
                    }
                    continue;
                }
                Shape::Enum(stated) => {
                    admitted.kinds.extend(stated.values.iter().map(Value::kind));
                    continue;
                }
                Shape::NumberOrText => {
                    admitted.kinds.extend([JsonType::Number, JsonType::String]);
                    continue;
                }
                Shape::Null => JsonType::Null,
                Shape::Boolean => JsonType::Boolean,
                Shape::Integer(_) | Shape::Number => JsonType::Number,
                Shape::String(_) => JsonType::String,
                Shape::Array(_) | Shape::Tuple(_) => JsonType::Array,
                Shape::Map(_) | Shape::Object(_) => JsonType::Object,
            };
            admitted.kinds.push(kind);
        }
        admitted
    }
}
