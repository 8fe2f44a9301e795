//! The examples that the spec shows as answers.

use serde_yaml::Value;

/// The documented response of an operation.
pub struct Example {
    method: String,
    path: String,
    pub status: u16,
    pub value: serde_json::Value,
}

impl Example {
    /// Whether a request is of its operation.
    pub fn is_of(&self, method: &str, path: &str) -> bool {
        let matches = |(stated, given): (&str, &str)| stated == given || stated.starts_with('{');
        let (stated, given) = (self.path.split('/'), path.split('/'));
        self.method.eq_ignore_ascii_case(method)
            && stated.clone().count() == given.clone().count()
            && stated.zip(given).all(matches)
    }
}

/// The first example of each successful response of today's API.
pub fn examples() -> Vec<Example> {
    let mut found = Vec::new();
    for (path, operations) in read("apps.yaml")["paths"].as_mapping().unwrap() {
        let (file, pointer) = operations["$ref"].as_str().unwrap().split_once('#').unwrap();
        let document = read(file);
        for (method, operation) in at(&document, pointer).as_mapping().unwrap() {
            for (status, response) in operation["responses"].as_mapping().into_iter().flatten() {
                let examples = &response["content"]["application/json"]["examples"];
                let first = examples.as_mapping().and_then(|examples| examples.values().next());
                let status = status.as_str().and_then(|status| status.parse().ok());
                if let (Some(example), Some(status @ 200..=299)) = (first, status) {
                    let example = example["$ref"].as_str().map_or(example, |link| at(&document, &link[1..]));
                    let [method, path] = [method, path].map(|text| text.as_str().unwrap().to_owned());
                    let value = serde_json::to_value(&example["value"]).unwrap();
                    found.push(Example { method, path, status, value });
                }
            }
        }
    }
    found
}

fn read(file: &str) -> Value {
    serde_yaml::from_str(&std::fs::read_to_string(xtask::root().join("spec").join(file)).unwrap()).unwrap()
}

fn at<'a>(document: &'a Value, pointer: &str) -> &'a Value {
    pointer.split('/').skip(1).fold(document, |value, key| &value[key])
}
