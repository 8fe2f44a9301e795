//! Operations with a server of their own, and the servers that get no credential.

use octogen_runtime::client::{Client, Credential};
use octogen_runtime::{Operation, server_url};
use tests::emitted::servers::endpoints::{Clear, Elsewhere, Relative, Rootless, Thing, Upload, Usual};
use tests::emitted::servers::{SERVER, SERVERS, server};

use super::Recorder;

const TOKEN: &str = "Bearer t0ken";

/// The URL and the credential that were sent, or why nothing was.
async fn sent(base: &str, operation: impl Operation) -> (String, Option<String>) {
    let recorder = Recorder::default();
    let credential = Credential::bearer("t0ken").for_scheme("token");
    let client = Client::builder().base_url(base).credential(credential).build_over(recorder.clone()).unwrap();
    if let Err(error) = client.send(operation).await {
        return (error.to_string(), None);
    }
    let sent = recorder.sent().remove(0);
    let credential = sent.headers.get("authorization").map(|value| value.to_str().unwrap().to_owned());
    (sent.uri.to_string(), credential)
}

#[tokio::test]
async fn an_operation_goes_to_its_server() {
    let own = server("ghe.example", "https", "444");
    let in_the_clear = "elsewhere: the credential isn't sent to http://hostname:8443, since anybody on the way could read it: use https, or name the host with `ClientBuilder::allow_plain_http`";
    let (with, without) = (Some(TOKEN.to_owned()), None);
    let documented = "https://uploads.example.com/v1/elsewhere";
    let cases = [
        // The documented server.
        (sent(SERVER, Thing::new()).await, "https://hostname:8443/api/v3/thing", &without),
        (sent(SERVER, Usual::new()).await, "https://hostname:8443/api/v3/usual", &without),
        (sent(SERVER, Upload::new("x")).await, "https://hostname:8443/api/uploads/upload", &without),
        (sent(SERVER, Relative::new()).await, "https://hostname:8443/v4/relative", &without),
        (sent(SERVER, Rootless::new()).await, "https://hostname:8443/relative", &without),
        // Another host, which the description names for the operation.
        (sent(SERVER, Elsewhere::new()).await, documented, &with),
        (sent("https://HOSTNAME:8443/api/v3/", Elsewhere::new()).await, documented, &with),
        // It is not encrypted there.
        (sent(SERVER, Clear::new()).await, "https://hostname:8443/api/v3/elsewhere", &with),
        // A server of one's own: the paths of the host are followed, other hosts are not.
        (sent(&own, Thing::new()).await, "https://ghe.example:444/api/v3/thing", &without),
        (sent(&own, Upload::new("x")).await, "https://ghe.example:444/api/uploads/upload", &without),
        (sent(&own, Relative::new()).await, "https://ghe.example:444/v4/relative", &without),
        (sent(&own, Elsewhere::new()).await, "https://ghe.example:444/api/v3/elsewhere", &with),
        (
            sent("https://proxy.example/ghe/api/v3", Upload::new("x")).await,
            "https://proxy.example/ghe/api/uploads/upload",
            &without,
        ),
        (sent("https://proxy.example/ghe", Upload::new("x")).await, "https://proxy.example/ghe/upload", &without),
        (sent("http://127.0.0.1:1", Elsewhere::new()).await, "http://127.0.0.1:1/elsewhere", &with),
        // Another port, path or scheme makes another server.
        (sent("https://hostname/api/v3", Elsewhere::new()).await, "https://hostname/api/v3/elsewhere", &with),
        (sent("https://hostname:8443/api", Elsewhere::new()).await, "https://hostname:8443/api/elsewhere", &with),
        (sent("http://hostname:8443/api/v3", Elsewhere::new()).await, in_the_clear, &without),
    ];
    for ((url, credential), wanted, secret) in &cases {
        assert_eq!((url.as_str(), credential), (*wanted, *secret));
    }
}

#[test]
fn the_url_of_a_server_has_its_variables() {
    assert_eq!(server("{port}", "http", "1"), "http://{port}:1/api/v3");
    assert_eq!(SERVERS, [SERVER, "https://api.example.com"]);
    for (template, url) in
        [("", ""), ("{a}{b}", "1{b}"), ("{{a}}", "{1}"), ("{a", "{a"), ("a}", "a}"), ("{x}{a}", "{x}1")]
    {
        assert_eq!(server_url(template, &[("a", "1")]), url, "{template}");
    }
    assert_eq!(Elsewhere::INFO.server.map(|server| server.operation), Some("https://uploads.example.com/v1"));
    assert_eq!(Usual::INFO.server, None);
}
