//! The runtime in generated code: bodies, unknown fields, and comparison with `serde_json`.

mod behaviour;
mod differential;
mod forms;
mod json;
mod unknown_fields;
