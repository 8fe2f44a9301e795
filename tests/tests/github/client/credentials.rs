//! The credential of each request. No credential is printed.

use github_apps::apps::endpoints::{CreateAppFromManifest, GetApp};
use github_apps::apps::security::AppJwt;
use github_apps::apps_2017::endpoints::ListUserInstallations;
use github_apps::apps_2017::security::UserTokenQuery;
use github_apps::client::{Client, Credential, github};
use github_apps::integrations::endpoints::ListDeployments;
use github_apps::integrations::security::InstallationToken;
use octogen_runtime::{
    DecodeError, Method, Operation, OperationInfo, Request, Response, SchemeKind, SecurityScheme as Taken,
};

use super::{JWT, Recorder, answer};

/// An operation that takes two credentials at once, or a third one instead.
struct Guarded;

impl Operation for Guarded {
    type Output = ();
    type Failure = ();

    const INFO: OperationInfo = OperationInfo::new("guarded", Method::Get, "/guarded").taking(&[
        &[Taken::new("key", SchemeKind::Header("X-Key")), Taken::new("session", SchemeKind::Cookie("sid"))],
        &[Taken::new("person", SchemeKind::Basic)],
    ]);

    fn write(&self, request: &mut Request) {
        request.cookie("theme", &String::from("dark"));
    }

    fn read(_response: &Response<'_>) -> Result<(), DecodeError> {
        Ok(())
    }

    fn read_failure(_response: &Response<'_>) -> Result<(), DecodeError> {
        Ok(())
    }
}

fn holding(credentials: impl IntoIterator<Item = Credential>) -> (Recorder, Client) {
    let recorder = Recorder::default();
    (recorder.clone(), github().credentials(credentials).build_over(recorder).unwrap())
}

#[tokio::test]
async fn one_that_is_not_taken_is_refused_before_anything_is_sent() {
    let (recorder, client) = holding([InstallationToken::new("ghs_1").into()]);
    let error = client.send(GetApp::new()).await.unwrap_err();
    assert!(error.is_credential());
    assert_eq!(
        error.to_string(),
        "get-app: the operation takes `appJwt` (a JWT); the client has `installationToken` (a bearer token)"
    );
    let error = client.send(ListUserInstallations::new()).await.unwrap_err();
    assert!(error.to_string().contains("takes `userTokenQuery` (the query parameter `access_token`)"), "{error}");
    let (_, nobody) = holding([]);
    let error = nobody.send(GetApp::new()).await.unwrap_err();
    assert!(error.is_credential() && error.to_string().ends_with("; the client has none"), "{error}");
    let error = nobody.send(Guarded).await.unwrap_err();
    let taken = "takes `key` (the header `X-Key`) together with `session` (the cookie `sid`) or `person` (a user and";
    assert!(error.to_string().contains(taken), "{error}");
    assert!(recorder.sent().is_empty());
}

#[tokio::test]
async fn the_types_know_a_credential_of_the_generated_crate() {
    let recorder = Recorder::default();
    let app: Client<AppJwt> = github().credential(AppJwt::new(JWT)).build_over(recorder.clone()).unwrap();
    let _ = app.send(GetApp::new()).await;
    let _ = app.send(CreateAppFromManifest::new("an operation that needs none")).await;
    let user: Client<UserTokenQuery> = app.with_credential(UserTokenQuery::new("u"));
    let _ = user.send(ListUserInstallations::new()).await;
    let anybody: Client = user.with_credential(Credential::bearer("ghs_1"));
    let _ = anybody.send(ListDeployments::new(1)).await;
    let sent = recorder.sent();
    let authorization = |at: usize| sent[at].headers.get("authorization").map(|value| value.to_str().unwrap());
    let bearer = format!("Bearer {JWT}");
    assert_eq!((authorization(0), authorization(1), authorization(2)), (Some(bearer.as_str()), None, None));
    assert_eq!(sent[2].uri.query(), Some("access_token=u"));
    assert_eq!(authorization(3), Some("Bearer ghs_1"));
}

#[tokio::test]
async fn a_jwt_has_the_form_of_one() {
    for wrong in ["ghs_1", "-----BEGIN RSA PRIVATE KEY-----", "a.b", "a.b.", "a.b.c.d", "a.b.c\n", ""] {
        let (recorder, client) = holding([AppJwt::new(wrong).into()]);
        let error = client.send(GetApp::new()).await.unwrap_err();
        assert!(error.is_credential() && error.to_string().contains("three parts"), "{error}");
        assert!(recorder.sent().is_empty());
    }
}

#[tokio::test]
async fn a_secret_is_a_header_or_refused() {
    for wrong in ["a\nb: c", "a\0"] {
        let (recorder, client) = holding([Credential::bearer(wrong)]);
        let error = client.send(GetApp::new()).await.unwrap_err();
        assert!(error.is_credential(), "{error}");
        let (_, client) = holding([Credential::header("x-key", "k"), Credential::cookie("sid", "a; b=c")]);
        assert!(client.send(Guarded).await.unwrap_err().is_credential());
        assert!(recorder.sent().is_empty());
    }
}

#[tokio::test]
async fn an_operation_is_sent_with_those_it_takes() {
    let all = [
        Credential::header("x-key", "k"),
        Credential::cookie("sid", "s"),
        Credential::basic("octocat", "pässword"),
        AppJwt::new(JWT).into(),
        InstallationToken::new("ghs_1").into(),
    ];
    let (recorder, client) = holding(all);
    client.send(Guarded).await.unwrap();
    client.with_credential(Credential::basic("octocat", "pässword")).send(Guarded).await.unwrap();
    let _ = client.send(CreateAppFromManifest::new("code")).await;
    client.send(ListDeployments::new(1)).await.unwrap();
    let header = |at: usize, name: &str| {
        recorder.sent()[at].headers.get(name).map(|value| {
            assert_eq!(value.is_sensitive(), name != "cookie" || at == 0);
            value.to_str().unwrap().to_owned()
        })
    };
    assert_eq!(header(0, "x-key").as_deref(), Some("k"));
    assert_eq!(header(0, "cookie").as_deref(), Some("theme=dark; sid=s"));
    assert_eq!(header(0, "authorization"), None);
    assert_eq!(header(1, "authorization").as_deref(), Some("Basic b2N0b2NhdDpww6Rzc3dvcmQ="));
    assert_eq!(header(1, "cookie").as_deref(), Some("theme=dark"));
    assert_eq!(header(2, "authorization"), None);
    assert_eq!(header(3, "authorization").as_deref(), Some("Bearer ghs_1"));
}

#[tokio::test]
async fn none_goes_in_the_clear_but_to_loopback() {
    for (base, sent) in [
        ("http://api.github.com", false),
        ("http://10.0.0.1", false),
        ("http://localhost.example.com", false),
        ("http://[::2]", false),
        ("http://127.0.0.1:8080/api/v3", true),
        ("http://localhost", true),
        ("http://[::1]:1", true),
        ("https://github.example.com", true),
    ] {
        let recorder = Recorder::default();
        let client = github().base_url(base).credential(AppJwt::new(JWT)).build_over(recorder.clone()).unwrap();
        let error = client.send(GetApp::new()).await.unwrap_err();
        assert_eq!((error.is_credential(), recorder.sent().len()), (!sent, usize::from(sent)), "{base}: {error}");
        let _ = client.send(CreateAppFromManifest::new("code")).await;
        assert_eq!(recorder.sent().len(), 1 + usize::from(sent), "without a credential it may go anywhere");
    }
}

#[tokio::test]
async fn none_is_ever_printed() {
    let recorder = Recorder::answering([
        answer(404, &[("x-request-id", "1")], "{}"),
        answer(200, &[], "[1"),
        answer(302, &[("location", "https://s3cret:s3cret@evil.example/?access_token=s3cret")], ""),
    ]);
    let client = github().credential(UserTokenQuery::new("s3cret")).build_over(recorder).unwrap();
    let mut printed = format!("{client:?} {:?}", github().credential(Credential::basic("s3cret", "s3cret")));
    for _ in 0..3 {
        let error = client.send(ListUserInstallations::new().page(2)).await.unwrap_err();
        assert_eq!(error.url(), Some("https://api.github.com/user/installations?page=2"));
        printed += &format!("{error} {error:?} {:?}", error.url());
    }
    for credential in
        [Credential::bearer("s3cret"), Credential::query("q", "s3cret"), Credential::cookie("c", "s3cret")]
    {
        printed += &format!("{credential:?} {credential:#?}");
    }
    assert!(!printed.contains("s3cret") && printed.contains("the query parameter `access_token`"), "{printed}");
}
