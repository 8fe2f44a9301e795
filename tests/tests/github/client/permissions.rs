//! Missing permissions: found before a request, or named by the server.

use github_apps::apps::endpoints::{GetInstallation, ListUserInstallationRepositories, RevokeInstallationToken};
use github_apps::apps::models::{Installation, Permissions, ReadWriteLevel};
use github_apps::client::{Client, github};
use github_apps::integrations::endpoints::ListDeployments;
use github_apps::integrations::security::InstallationToken;
use http::Response;
use octogen_runtime::client::{Body, Credential};
use octogen_runtime::{Grants, Operation, decode};
use tests::emitted::credentials::endpoints::Permitted;

use super::{JWT, Recorder, answer};

/// The header of a refusal.
const NEEDED: &str = "X-Accepted-GitHub-Permissions";

/// Permissions with their levels.
type Levels = &'static [(&'static str, &'static str)];

fn granted(grants: impl Into<Grants>, answers: impl IntoIterator<Item = Response<Body>>) -> (Recorder, Client) {
    let recorder = Recorder::answering(answers);
    let builder = github().credential(Credential::jwt(JWT)).granted(grants);
    (recorder.clone(), builder.build_over(recorder).unwrap())
}

/// Granted permissions, and the error for the missing one; `None` if the request is sent.
#[tokio::test]
async fn what_is_not_granted_is_not_sent() {
    let deployments = "list-deployments: the permission `deployments: write` is missing";
    let cases: [(Levels, Option<&str>); 6] = [
        (&[], Some(deployments)),
        (&[("contents", "write")], Some(deployments)),
        (&[("deployments", "read")], Some(deployments)),
        (&[("deployments", "all")], Some(deployments)),
        (&[("deployments", "write")], None),
        (&[("deployments", "admin"), ("metadata", "read")], None),
    ];
    for (grants, refused) in cases {
        let (recorder, client) = granted(grants.iter().copied().collect::<Grants>(), []);
        let result = client.send(ListDeployments::new(1)).await;
        let said = result.as_ref().err().map(ToString::to_string);
        assert_eq!((said.as_deref(), recorder.sent().len()), (refused, usize::from(refused.is_none())), "{grants:?}");
        let Err(error) = result else { continue };
        assert!(error.is_permission() && !error.is_status() && !error.is_credential() && error.status().is_none());
        let missing = error.missing_permissions().unwrap().missing();
        assert_eq!((missing[0].name.as_str(), missing[0].level.as_str()), ("deployments", "write"));
    }
}

/// It needs `contents: read` together with `metadata: read`, or `administration: write`.
#[tokio::test]
async fn any_one_way_is_enough() {
    let ways = "(needed: `contents: read` and `metadata: read`, or `administration: write`)";
    for (grants, refused) in [
        (Grants::from([("metadata", "read"), ("contents", "write")]), None),
        (Grants::from([("administration", "write")]), None),
        (Grants::from([("metadata", "read")]), Some("the permission `contents: read` is missing")),
        (Grants::from([("administration", "read")]), Some("the permission `administration: write` is missing")),
    ] {
        let missing = grants.allow(&Permitted::INFO).err().map(|missing| missing.to_string());
        assert_eq!(missing, refused.map(|refused| format!("{refused} {ways}")), "{grants:?}");
    }
}

#[tokio::test]
async fn what_is_not_known_is_sent() {
    // Nothing is needed.
    let (recorder, client) = granted(Grants::none(), [answer(204, &[], "")]);
    client.send(RevokeInstallationToken::new()).await.unwrap();
    assert_eq!(recorder.sent().len(), 1);
    // The grants are unknown, or are those of another credential.
    let (recorder, client) = granted(Grants::none(), [answer(200, &[], "[]"), answer(200, &[], "[]")]);
    let other = client.with_credential(InstallationToken::new("ghs_1"));
    other.send(ListDeployments::new(1)).await.unwrap();
    let refused = other.with_granted([("metadata", "read")]).send(ListDeployments::new(1)).await.unwrap_err();
    assert_eq!((refused.is_permission(), recorder.sent().len()), (true, 1));
    // Each page is an operation.
    let error = client.pages(ListUserInstallationRepositories::new(1)).try_next().await.unwrap_err();
    assert!(error.is_permission(), "{error}");
}

/// The header of the server, and the text of the error.
#[tokio::test]
async fn a_refusal_says_what_is_missing() {
    let cases = [
        ("contents=write", Some("the permission `contents: write` is missing")),
        (
            "pull_requests=write,contents=read",
            Some("the permissions `pull_requests: write` and `contents: read` are missing"),
        ),
        (
            "issues=write, contents=write; metadata=read , pull_requests=read",
            Some(
                "the permission `pull_requests: read` is missing \
                 (needed: `issues: write` and `contents: write`, or `metadata: read` and `pull_requests: read`)",
            ),
        ),
        ("metadata=read", Some("all permissions that it needs are granted (needed: `metadata: read`)")),
        // A tab is the one control that a header may hold.
        ("a=b\tc", Some("the permission `a: b\\tc` is missing")),
        ("allows_permissionless_access=true", None),
        ("", None),
        ("contents", None),
        ("=read;,;contents=", None),
    ];
    for (header, expected) in cases {
        let refusal = answer(403, &[(NEEDED, header)], r#"{"message":"Resource not accessible by integration"}"#);
        let (_, client) = granted([("metadata", "read")], [refusal]);
        let error = client.send(GetInstallation::new(1)).await.unwrap_err();
        let said = "get-installation: the server answered 403 Forbidden: Resource not accessible by integration";
        let expected = expected.map_or_else(|| said.to_owned(), |expected| format!("{said}; {expected}"));
        assert_eq!(error.to_string(), expected, "{header}");
        assert!(error.is_status() && error.failure().is_some(), "{header}");
        assert_eq!(error.is_permission(), error.missing_permissions().is_some());
    }
}

#[tokio::test]
async fn only_a_refusal_speaks_of_permissions() {
    for status in [200, 401, 404, 422] {
        let (_, client) = granted(Grants::none(), [answer(status, &[(NEEDED, "contents=read")], "{}")]);
        let error = client.send(GetInstallation::new(1)).await.unwrap_err();
        assert!(!error.is_permission() && error.missing_permissions().is_none(), "{status}");
    }
}

#[test]
fn what_an_installation_grants_is_taken_from_its_model() {
    let mut permissions = Permissions::new();
    permissions.contents = Some(ReadWriteLevel::Write);
    permissions.additional_properties = decode(br#"{"of_tomorrow":"admin"}"#).unwrap();
    let grants = Grants::from(&permissions);
    assert_eq!(grants.iter().collect::<Vec<_>>(), [("contents", "write"), ("of_tomorrow", "admin")]);
    let back: Permissions = grants.to_model().unwrap();
    assert_eq!(back, permissions);
    let _: fn(&Installation) -> Grants = |installation| Grants::from(&installation.permissions);
}
