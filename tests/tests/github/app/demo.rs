//! The example of the crate, over its real socket.

use serde_yaml::Value;

#[expect(dead_code, reason = "the command line of the example is not called here")]
#[path = "../../../../generated/examples/token.rs"]
mod token;

#[tokio::test]
async fn the_demo_says_when_the_documented_token_ends() {
    let mut out = Vec::new();
    token::demo(&mut out).await.unwrap();
    let out = String::from_utf8(out).unwrap();
    let (first, rest) = out.split_once("\n\n").unwrap();
    assert!(first.starts_with("asking http://127.0.0.1:"), "{first}");
    assert_eq!(
        rest,
        "\
a token of installation 1
  until         2016-07-11T22:14:10Z
  permissions   contents: read, issues: write
"
    );
    assert!(!out.contains("ghs_") && out.lines().all(|line| line.len() <= 80), "{out}");
}

#[test]
fn the_demo_serves_what_is_documented() {
    let read = |path: &str| std::fs::read_to_string(format!("{}/../{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let spec: Value = serde_yaml::from_str(&read("spec/apps/tokens.yaml")).unwrap();
    let mut waiting = vec![&spec];
    let mut found = None;
    while let (Some(value), None) = (waiting.pop(), found) {
        found = value.get("installation-token").and_then(|example| example.get("value"));
        waiting.extend(value.as_mapping().into_iter().flat_map(|map| map.values()));
    }
    let served: Value = serde_yaml::from_str(&read("generated/examples/demo/token.json")).unwrap();
    assert_eq!(Some(&served), found);
}
