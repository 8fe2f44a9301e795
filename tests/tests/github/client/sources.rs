//! Credential sources: the time and number of calls, and refused credentials.

use std::error::Error as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use github_apps::apps::endpoints::{CreateInstallationToken, GetApp, ListInstallations};
use github_apps::apps::security::AppJwt;
use github_apps::client::{
    Body, Client, ClientBuilder, CredentialSource, Grants, ProvideFuture, Provided, SourcedCredential, github,
};
use github_apps::integrations::endpoints::ListDeployments;
use github_apps::integrations::security::InstallationToken;
use http::{HeaderMap, StatusCode};
use octogen_runtime::{Blob, DecodeError, Operation, OperationInfo, Request, Response, Secret};

use super::{Recorder, answer};

/// Gives `a.0.c`, `a.1.c`, and so on; a new one only for one that was refused.
#[derive(Clone, Default)]
struct Numbered {
    renewed: Arc<AtomicUsize>,
    seen: Arc<Mutex<Vec<u16>>>,
    granted: Option<Arc<Grants>>,
    fails: bool,
}

impl CredentialSource for Numbered {
    fn provide(&self) -> ProvideFuture<'_> {
        Box::pin(async {
            if self.fails {
                return Err("the vault is shut".into());
            }
            let provided = Provided::new(format!("a.{}.c", self.renewed.load(Ordering::SeqCst)));
            Ok(match &self.granted {
                Some(granted) => provided.granted(Arc::clone(granted)),
                None => provided,
            })
        })
    }

    fn renew<'a>(&'a self, refused: &'a Secret) -> ProvideFuture<'a> {
        assert_eq!(refused.expose(), format!("a.{}.c", self.renewed.fetch_add(1, Ordering::SeqCst)));
        self.provide()
    }

    fn answered(&self, status: StatusCode, headers: &HeaderMap) {
        assert!(headers.contains_key("date"));
        self.seen.lock().unwrap().push(status.as_u16());
    }
}

const DATE: (&str, &str) = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");

fn asking(source: &Numbered, answers: &[(u16, &'static str)]) -> (Recorder, Client<AppJwt>) {
    let recorder = Recorder::answering(answers.iter().map(|(status, body)| answer(*status, &[DATE], *body)));
    let builder: ClientBuilder<AppJwt> = github().credential(SourcedCredential::new(source.clone()));
    assert_eq!(
        format!("{:?}", SourcedCredential::<AppJwt>::new(source.clone())),
        "SourcedCredential(`appJwt` (a JWT))"
    );
    (recorder.clone(), builder.build_over(recorder).unwrap())
}

fn authorizations(recorder: &Recorder) -> Vec<String> {
    let of = |sent: super::Sent| sent.headers["authorization"].to_str().unwrap().to_owned();
    recorder.sent().into_iter().map(of).collect()
}

#[tokio::test]
async fn a_refused_one_is_renewed_once_and_the_request_sent_again() {
    let source = Numbered::default();
    let (recorder, client) = asking(&source, &[(401, "{}"), (200, "[]"), (401, "{}"), (401, r#"{"message":"No"}"#)]);
    assert!(client.send(ListInstallations::new()).await.unwrap().is_empty());
    let error = client.send(CreateInstallationToken::new(1)).await.unwrap_err();
    assert!(error.is_status() && error.status() == Some(StatusCode::UNAUTHORIZED), "{error:?}");
    assert!(error.to_string().ends_with("401 Unauthorized: No"), "{error}");
    assert_eq!(authorizations(&recorder), ["Bearer a.0.c", "Bearer a.1.c", "Bearer a.1.c", "Bearer a.2.c"]);
    assert_eq!(*source.seen.lock().unwrap(), [401, 200, 401, 401]);
}

/// The source is asked again for each page, so that a token can expire between two pages.
#[tokio::test]
async fn each_page_has_the_one_of_its_time() {
    let source = Numbered::default();
    let next = ("link", "<https://api.github.com/app/installations?page=2>; rel=\"next\"");
    let recorder =
        Recorder::answering([answer(200, &[DATE, next], "[]"), answer(401, &[DATE], "{}"), answer(200, &[DATE], "[]")]);
    let client = github().credential(SourcedCredential::<AppJwt>::new(source)).build_over(recorder.clone()).unwrap();
    let mut pages = client.pages(ListInstallations::new());
    while pages.try_next().await.unwrap().is_some() {}
    assert_eq!(authorizations(&recorder), ["Bearer a.0.c", "Bearer a.0.c", "Bearer a.1.c"]);
}

#[tokio::test]
async fn one_that_cannot_be_had_is_an_error_with_its_reason() {
    let (recorder, client) = asking(&Numbered { fails: true, ..Numbered::default() }, &[]);
    let error = client.send(GetApp::new()).await.unwrap_err();
    assert!(error.is_credential(), "{error:?}");
    assert_eq!(error.to_string(), "get-app: there is no credential to send it with");
    assert_eq!(error.source().unwrap().to_string(), "the vault is shut");
    assert!(recorder.sent().is_empty());
}

#[tokio::test]
async fn nothing_is_asked_for_where_nothing_may_be_sent() {
    let source = Numbered { fails: true, ..Numbered::default() };
    let builder = github().base_url("http://api.github.com").credential(SourcedCredential::<AppJwt>::new(source));
    let error = builder.build_over(Recorder::default()).unwrap().send(GetApp::new()).await.unwrap_err();
    assert!(error.is_credential() && error.source().is_none(), "{error:?}");
}

#[tokio::test]
async fn what_is_granted_to_it_is_checked_before_anything_is_sent() {
    let source = Numbered { granted: Some(Arc::new(Grants::from([("deployments", "read")]))), ..Numbered::default() };
    let recorder = Recorder::default();
    let client =
        github().credential(SourcedCredential::<InstallationToken>::new(source)).build_over(recorder.clone()).unwrap();
    let error = client.send(ListDeployments::new(1)).await.unwrap_err();
    assert_eq!(error.to_string(), "list-deployments: the permission `deployments: write` is missing");
    assert!(error.is_permission() && recorder.sent().is_empty());
}

/// An upload that is read as it is sent.
struct Upload(Blob);

impl Operation for Upload {
    type Output = ();
    type Failure = ();

    const INFO: OperationInfo = OperationInfo::post("upload", "/upload")
        .taking(&[&[octogen_runtime::SecurityScheme::new("appJwt", octogen_runtime::SchemeKind::Jwt)]]);

    fn write(&self, request: &mut Request) {
        request.blob("application/octet-stream", &self.0);
    }

    fn read(_response: &Response<'_>) -> Result<(), DecodeError> {
        Ok(())
    }

    fn read_failure(_response: &Response<'_>) -> Result<(), DecodeError> {
        Ok(())
    }
}

impl octogen_runtime::Takes<AppJwt> for Upload {}

#[tokio::test]
async fn what_is_read_from_a_stream_is_not_sent_again() {
    let (recorder, client) = asking(&Numbered::default(), &[(401, "{}"), (401, "{}"), (200, "{}")]);
    let error = client.send(Upload(Blob::from(Body::from("once")))).await.unwrap_err();
    assert_eq!((error.status(), recorder.sent().len()), (Some(StatusCode::UNAUTHORIZED), 1));
    client.send(Upload(Blob::new("as often as it takes"))).await.unwrap();
    let sent = recorder.sent();
    assert_eq!((sent.len(), &sent[1].body), (3, &sent[2].body));
}

#[tokio::test]
async fn one_that_is_no_jwt_does_not_leave_the_house() {
    struct Wrong;

    impl CredentialSource for Wrong {
        fn provide(&self) -> ProvideFuture<'_> {
            Box::pin(async { Ok(Provided::new("ghs_s3cret")) })
        }
    }

    let recorder = Recorder::default();
    let client = github().credential(SourcedCredential::<AppJwt>::new(Wrong)).build_over(recorder.clone()).unwrap();
    let error = client.send(GetApp::new()).await.unwrap_err();
    assert!(error.to_string().contains("three parts") && !format!("{error:?}").contains("s3cret"), "{error:?}");
    assert!(recorder.sent().is_empty());
}
