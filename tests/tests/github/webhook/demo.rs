//! The example of the crate, over its real socket.

#[expect(dead_code, reason = "the command line of the example is not called here")]
#[path = "../../../../generated/examples/webhook_server.rs"]
mod webhook_server;

#[tokio::test]
async fn the_demo_shows_who_is_let_in() {
    let mut out = Vec::new();
    webhook_server::demo(&mut out).await.unwrap();
    let out = String::from_utf8(out).unwrap();
    let (first, rest) = out.split_once("\n\n").unwrap();
    assert!(first.starts_with("delivering to http://127.0.0.1:"), "{first}");
    assert_eq!(
        rest,
        "\
a ping                200 ping
the same again        200 ping, which was here before
a changed byte        401 the signature does not match the body and the secret
an event of tomorrow  200 egg hatched
"
    );
    assert!(out.lines().all(|line| line.len() <= 80), "{out}");
}
