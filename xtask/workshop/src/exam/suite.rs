//! The test suite of JSON Schema: each schema as a component of a document, and each valid instance as a value of it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use octogen::diagnostic::Diagnostics;
use octogen::predict::{Effect, Predictor};
use octogen::source::{NoFiles, Source};
use octogen_runtime::{JsonType, Map, Value, decode, encode};

/// The place of the component that has the schema.
const PLACE: &str = "suite.json#/components/schemas/Schema";

/// The counts of a run over the suite.
#[derive(Debug, Default)]
struct Counts {
    groups: usize,
    /// The groups whose document octogen refuses.
    refused: usize,
    /// The valid instances whose JSON type the keywords of their schema speak of, and those of them that come back.
    spoken_of: (usize, usize),
    /// The other valid instances, and those of them that come back.
    others: (usize, usize),
    lost: Vec<String>,
}

/// Runs the files of a folder of the suite, such as `tests/draft2020-12`. Returns a report.
///
/// # Errors
///
/// If the folder or a file can't be read.
pub(super) fn run(folder: &Path) -> Result<String, String> {
    let describe = |error: std::io::Error| format!("`{}` can't be read: {error}", folder.display());
    let entries = std::fs::read_dir(folder).map_err(describe)?;
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "json"));
    files.sort();
    let mut counts = Counts::default();
    for file in files {
        let bytes = std::fs::read(&file).map_err(describe)?;
        let groups: Value = decode(&bytes).map_err(|error| format!("`{}`: {error}", file.display()))?;
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        for group in groups.as_array().unwrap_or_default() {
            counts.add(&name, group);
        }
    }
    Ok(counts.report())
}

impl Counts {
    fn add(&mut self, file: &str, group: &Value) {
        self.groups += 1;
        let title = format!("{file}: {}", text(group, "description"));
        let schema = group.get("schema").unwrap_or(&Value::Null);
        let source = Source { path: String::from("suite.json"), text: document(schema) };
        let predictor = Predictor::new(&source, &NoFiles, &mut Diagnostics::default());
        self.refused += usize::from(predictor.is_none());
        let types = described_types(schema);
        for test in group.get("tests").and_then(Value::as_array).unwrap_or_default() {
            let Some(instance) = test.get("data").filter(|_| test.get("valid") == Some(&Value::Boolean(true))) else {
                continue;
            };
            let predicted = predictor.as_ref().and_then(|predictor| predictor.predict(PLACE, instance));
            let deviation = match &predicted {
                Some(predicted) => predicted.deviations.iter().find(|one| one.effect != Effect::Kept),
                None => None,
            };
            let is_equal = predicted.is_some() && deviation.is_none();
            let is_spoken_of = types.contains(&instance.kind().to_string());
            let count = if is_spoken_of { &mut self.spoken_of } else { &mut self.others };
            *count = (count.0 + 1, count.1 + usize::from(is_equal));
            if is_spoken_of && !is_equal {
                let why = deviation.map_or("the document is refused", |one| one.message.as_str());
                self.lost.push(format!("{title}: {}: {} ({why})", text(test, "description"), encode(instance)));
            }
        }
    }

    fn report(&self) -> String {
        let mut report = String::new();
        for lost in &self.lost {
            let _ = writeln!(report, "{lost}");
        }
        let Self { groups, refused, spoken_of, others, .. } = self;
        let share = 100.0 * spoken_of.1 as f64 / spoken_of.0.max(1) as f64;
        let _ = writeln!(report, "{groups} groups, {refused} of them refused");
        let _ = writeln!(
            report,
            "valid instances of a JSON type that the keywords speak of: {} of {} come back ({share:.1} %)",
            spoken_of.1, spoken_of.0
        );
        let _ = write!(report, "other valid instances: {} of {} come back", others.1, others.0);
        report
    }
}

fn text<'v>(object: &'v Value, key: &str) -> &'v str {
    object.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Returns a document with the schema as its only component.
fn document(schema: &Value) -> String {
    let schema = encode(&with_absolute_references(schema, false));
    format!(
        r#"{{"openapi":"3.1.0","info":{{"title":"Suite","version":"1"}},"paths":{{}},"components":{{"schemas":{{"Schema":{schema}}}}}}}"#
    )
}

/// Moves references to the root of the schema below the component. Those below an `$id` keep their base.
fn with_absolute_references(schema: &Value, is_below_id: bool) -> Value {
    match schema {
        Value::Array(items) => {
            Value::Array(items.iter().map(|item| with_absolute_references(item, is_below_id)).collect())
        }
        Value::Object(entries) => {
            let is_below_id = is_below_id || matches!(entries.get("$id"), Some(Value::String(_)));
            let moved = entries.iter().map(|(key, value)| match (key.as_str(), value.as_str()) {
                ("$ref", Some(reference)) if !is_below_id && (reference == "#" || reference.starts_with("#/")) => {
                    (key.clone(), Value::String(format!("#/components/schemas/Schema{}", &reference[1..])))
                }
                ("const" | "enum", _) => (key.clone(), value.clone()),
                _ => (key.clone(), with_absolute_references(value, is_below_id)),
            });
            Value::Object(moved.collect::<Map<Value>>())
        }
        scalar => scalar.clone(),
    }
}

/// Returns the JSON types that the keywords of a schema speak of: those of the values that it constrains. These are all
/// types if the schema states its types, or has no keyword about values of one type.
fn described_types(schema: &Value) -> BTreeSet<String> {
    let mut types = BTreeSet::new();
    let has_all = !add_described_types(schema, &mut types);
    if has_all || types.is_empty() {
        let all = [JsonType::Null, JsonType::Boolean, JsonType::Number, JsonType::String, JsonType::Array];
        types.extend(all.iter().chain([&JsonType::Object]).map(JsonType::to_string));
    }
    types
}

/// Adds the types of the keywords of a schema and of the schemas that apply to the same value. Returns `false` if one of
/// them speaks of all types.
fn add_described_types(schema: &Value, types: &mut BTreeSet<String>) -> bool {
    let Some(entries) = schema.as_object() else { return false };
    entries.iter().all(|(key, value)| {
        let described = match key.as_str() {
            "type" | "const" | "enum" | "$ref" | "$dynamicRef" => return false,
            "properties"
            | "required"
            | "additionalProperties"
            | "patternProperties"
            | "propertyNames"
            | "minProperties"
            | "maxProperties"
            | "dependentRequired"
            | "unevaluatedProperties" => JsonType::Object,
            "dependentSchemas" => JsonType::Object,
            "items" | "prefixItems" | "contains" | "minContains" | "maxContains" | "minItems" | "maxItems"
            | "uniqueItems" | "unevaluatedItems" => JsonType::Array,
            "minLength" | "maxLength" | "pattern" | "format" | "contentEncoding" | "contentMediaType"
            | "contentSchema" => JsonType::String,
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => JsonType::Number,
            "allOf" | "anyOf" | "oneOf" => {
                return value.as_array().unwrap_or_default().iter().all(|one| add_described_types(one, types));
            }
            "if" | "then" | "else" | "not" => return add_described_types(value, types),
            _ => return true,
        };
        types.insert(described.to_string());
        true
    })
}
