//! The example of the crate, over its real socket.

#[expect(dead_code, reason = "the command line of the example is not called here")]
#[path = "../../../../generated/examples/redeliver.rs"]
mod redeliver;

async fn demo(is_dry: bool) -> String {
    let mut out = Vec::new();
    redeliver::demo(is_dry, &mut out).await.unwrap();
    let out = String::from_utf8(out).unwrap();
    let (first, rest) = out.split_once("\n\n").unwrap();
    assert!(first.starts_with("asking http://127.0.0.1:"), "{first}");
    rest.to_owned()
}

#[tokio::test]
async fn the_demo_asks_for_what_has_failed() {
    let asked = "\
5 deliveries, 3 events that failed, 1 of them repaired since
  requested    issues 0b989ba4-2
  refused      ping 0b989ba4-3: status 422
";
    assert_eq!(demo(false).await, asked);
    let left = "\
5 deliveries, 3 events that failed, 1 of them repaired since
  remaining    issues 0b989ba4-2
  remaining    ping 0b989ba4-3
";
    assert_eq!(demo(true).await, left);
}
