//! The demo of the crate, over its real socket.

use serde_yaml::Value;

#[expect(dead_code, reason = "the command line of the example is not called here")]
#[path = "../../../../generated/examples/installations.rs"]
mod installations;

#[tokio::test]
async fn the_demo_lists_the_documented_example_twice() {
    let mut out = Vec::new();
    installations::demo(&mut out).await.unwrap();
    let out = String::from_utf8(out).unwrap();
    let (first, rest) = out.split_once("\n\n").unwrap();
    assert!(first.starts_with("asking http://127.0.0.1:"), "{first}");
    assert_eq!(
        rest,
        "\
page 1
  octocat (installation 1)
    repositories  selected
    permissions   metadata: read, contents: read, checks: write
    since         2017-07-08T16:18:44-04:00
page 2
  octocat (installation 2)
    repositories  selected
    permissions   metadata: read, contents: read, checks: write
    since         2017-07-08T16:18:44-04:00

2 installations on 2 pages
"
    );
    assert!(out.lines().all(|line| line.len() <= 80), "{out}");
}

#[test]
fn the_demo_serves_what_is_documented() {
    let read = |path: &str| std::fs::read_to_string(format!("{}/../{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let spec: Value = serde_yaml::from_str(&read("spec/apps/installations.yaml")).unwrap();
    let response = &spec["paths"]["installations"]["get"]["responses"]["200"];
    let documented = &response["content"]["application/json"]["examples"]["installations"]["value"];
    let served: Value = serde_yaml::from_str(&read("generated/examples/demo/installations.json")).unwrap();
    assert_eq!(served, *documented);
}
