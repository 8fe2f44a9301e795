//! Every operation of the three generations, as it goes over the wire.

use github_apps::apps::security::{ClientSecret, PersonalToken, UserToken};
use github_apps::apps_2017::security::UserTokenQuery;
use github_apps::client::github;
use github_apps::integrations::security::InstallationToken;
use octogen_runtime::{Map, Operation, Value, decode};
use serde_yaml::Value as Yaml;

use super::{JWT, Recorder, app};

const TODAY: &str = "application/json";
/// Nothing is documented to come back.
const NOTHING: &str = "";
const PREVIEW: &str = "application/vnd.github.machine-man-preview+json";

/// Which credential went along.
#[derive(Clone, Copy, Debug, PartialEq)]
enum With {
    AppJwt,
    InstallationToken,
    UserToken,
    ClientSecret,
    PersonalToken,
    UserTokenQuery,
    Nothing,
}

struct Case {
    line: &'static str,
    accept: &'static str,
    with: With,
    body: &'static str,
}

async fn check<O: Operation>(operation: O, case: Case) {
    let Case { line, accept, with, body } = case;
    let recorder = Recorder::default();
    let held = [
        app(),
        InstallationToken::new("ghs_1").into(),
        UserTokenQuery::new("u s&r").into(),
        UserToken::new("ghu_1").into(),
        ClientSecret::new("Iv1", "secret").into(),
        PersonalToken::new("ghp_1").into(),
    ];
    let client = github().credentials(held).build_over(recorder.clone()).unwrap();
    // The response is `{}`. This test does not care whether that is documented.
    let _ = client.send(operation).await;
    let sent = recorder.sent();
    let [sent] = sent.as_slice() else { panic!("{line}: {} requests", sent.len()) };
    assert_eq!(format!("{} {}", sent.method, sent.uri.path_and_query().unwrap()), line);
    assert_eq!(sent.uri.scheme_str().zip(sent.uri.host()), Some(("https", "api.github.com")), "{line}");
    assert_eq!(std::str::from_utf8(&sent.body), Ok(body), "{line}");
    let mut headers: Vec<(&str, &str)> =
        sent.headers.iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
    headers.sort_unstable();
    let bearer = format!("Bearer {JWT}");
    let mut wanted = vec![("user-agent", "github-apps/0.1.0"), ("x-github-api-version", "2022-11-28")];
    if !accept.is_empty() {
        wanted.push(("accept", accept));
    }
    match with {
        With::AppJwt => wanted.push(("authorization", &bearer)),
        With::InstallationToken => wanted.push(("authorization", "Bearer ghs_1")),
        With::UserToken => wanted.push(("authorization", "Bearer ghu_1")),
        With::ClientSecret => wanted.push(("authorization", "Basic SXYxOnNlY3JldA==")),
        With::PersonalToken => wanted.push(("authorization", "Bearer ghp_1")),
        With::UserTokenQuery => assert!(line.contains("access_token=u%20s%26r"), "{line}"),
        With::Nothing => {}
    }
    if !body.is_empty() {
        wanted.push(("content-type", "application/json"));
    }
    wanted.sort_unstable();
    assert_eq!(headers, wanted, "{line}");
}

/// Sends each operation, and names it by its documented id.
macro_rules! cases {
    ($($operation:expr => $line:literal, $accept:expr, $with:ident, $body:literal;)+) => {{
        let mut ids: Vec<&'static str> = Vec::new();
        $(
            let operation = $operation;
            ids.push(id(&operation));
            check(operation, Case { line: $line, accept: $accept, with: With::$with, body: $body }).await;
        )+
        ids.sort_unstable();
        ids.dedup();
        ids
    }};
}

fn id<O: Operation>(_: &O) -> &'static str {
    O::INFO.id
}

fn value(json: &str) -> Value {
    decode(json.as_bytes()).unwrap()
}

#[tokio::test]
async fn operations_of_today() {
    use github_apps::apps::endpoints::*;
    use github_apps::apps::models::{
        AccessTokenBody, AccountSort, DeliveryOutcome, InstallationTokenRequest, SortDirection, TokenToScope,
        WebhookConfigUpdate,
    };
    let ids = cases! {
        GetApp::new() => "GET /app", TODAY, AppJwt, "";
        CreateAppFromManifest::new("a/b c") => "POST /app-manifests/a%2Fb%20c/conversions", TODAY, Nothing, "";
        ListInstallationRequests::new().per_page(100).page(2)
            => "GET /app/installation-requests?per_page=100&page=2", TODAY, AppJwt, "";
        ListInstallations::new() => "GET /app/installations", TODAY, AppJwt, "";
        ListInstallations::new().page(2).since("2017-07-08T16:18:44-04:00").outdated("é +")
            => "GET /app/installations?page=2&since=2017-07-08T16%3A18%3A44-04%3A00&outdated=%C3%A9%20%2B",
            TODAY, AppJwt, "";
        GetInstallation::new(7) => "GET /app/installations/7", TODAY, AppJwt, "";
        GetWebhookConfig::new() => "GET /app/hook/config", TODAY, AppJwt, "";
        UpdateWebhookConfig::new(WebhookConfigUpdate::new().url("https://example.com/hook").secret("s"))
            => "PATCH /app/hook/config", TODAY, AppJwt, r#"{"url":"https://example.com/hook","secret":"s"}"#;
        ListWebhookDeliveries::new().per_page(1).cursor("v1_a=").status(DeliveryOutcome::Failure).redelivery(true)
            => "GET /app/hook/deliveries?per_page=1&cursor=v1_a%3D&status=failure&redelivery=true", TODAY, AppJwt, "";
        GetWebhookDelivery::new(12_345_678) => "GET /app/hook/deliveries/12345678", TODAY, AppJwt, "";
        RedeliverWebhookDelivery::new(1) => "POST /app/hook/deliveries/1/attempts", TODAY, AppJwt, "";
        GetAppBySlug::new("octo app") => "GET /apps/octo%20app", TODAY, InstallationToken, "";
        DeleteInstallation::new(7) => "DELETE /app/installations/7", NOTHING, AppJwt, "";
        SuspendInstallation::new(7) => "PUT /app/installations/7/suspended", NOTHING, AppJwt, "";
        UnsuspendInstallation::new(7) => "DELETE /app/installations/7/suspended", NOTHING, AppJwt, "";
        GetOrgInstallation::new("octo-org") => "GET /orgs/octo-org/installation", TODAY, AppJwt, "";
        GetRepoInstallation::new("a", "b/c") => "GET /repos/a/b%2Fc/installation", TODAY, AppJwt, "";
        GetUserInstallation::new("octocat") => "GET /users/octocat/installation", TODAY, AppJwt, "";
        CreateInstallationToken::new(7) => "POST /app/installations/7/access_tokens", TODAY, AppJwt, "";
        CreateInstallationToken::new(7).body(InstallationTokenRequest::new().repository_ids(vec![1]))
            => "POST /app/installations/7/access_tokens", TODAY, AppJwt, r#"{"repository_ids":[1]}"#;
        ListInstallationRepositories::new().page(2)
            => "GET /installation/repositories?page=2", TODAY, InstallationToken, "";
        RevokeInstallationToken::new() => "DELETE /installation/token", NOTHING, InstallationToken, "";
        DeleteAuthorization::new("Iv1", AccessTokenBody::new("t"))
            => "DELETE /applications/Iv1/grant", NOTHING, ClientSecret, r#"{"access_token":"t"}"#;
        CheckToken::new("Iv1", AccessTokenBody::new("t"))
            => "POST /applications/Iv1/token", TODAY, ClientSecret, r#"{"access_token":"t"}"#;
        ResetToken::new("Iv1", AccessTokenBody::new("t"))
            => "PATCH /applications/Iv1/token", TODAY, ClientSecret, r#"{"access_token":"t"}"#;
        DeleteToken::new("Iv1", AccessTokenBody::new("t"))
            => "DELETE /applications/Iv1/token", NOTHING, ClientSecret, r#"{"access_token":"t"}"#;
        ScopeToken::new("Iv1", TokenToScope::new("t").target("octo-org"))
            => "POST /applications/Iv1/token/scoped", TODAY, ClientSecret,
            r#"{"access_token":"t","target":"octo-org"}"#;
        ListUserInstallations::new().per_page(1) => "GET /user/installations?per_page=1", TODAY, UserToken, "";
        ListUserInstallationRepositories::new(7)
            => "GET /user/installations/7/repositories", TODAY, UserToken, "";
        AddRepositoryToInstallation::new(7, 8)
            => "PUT /user/installations/7/repositories/8", NOTHING, PersonalToken, "";
        RemoveRepositoryFromInstallation::new(7, 8)
            => "DELETE /user/installations/7/repositories/8", NOTHING, PersonalToken, "";
        ListMarketplacePlans::new() => "GET /marketplace_listing/plans", TODAY, AppJwt, "";
        ListMarketplacePlanAccounts::new(3).sort(AccountSort::Updated).direction(SortDirection::Desc)
            => "GET /marketplace_listing/plans/3/accounts?sort=updated&direction=desc", TODAY, AppJwt, "";
        GetMarketplaceAccount::new(4) => "GET /marketplace_listing/accounts/4", TODAY, AppJwt, "";
        ListStubbedMarketplacePlans::new() => "GET /marketplace_listing/stubbed/plans", TODAY, AppJwt, "";
        ListStubbedMarketplacePlanAccounts::new(3)
            => "GET /marketplace_listing/stubbed/plans/3/accounts", TODAY, AppJwt, "";
        GetStubbedMarketplaceAccount::new(4)
            => "GET /marketplace_listing/stubbed/accounts/4", TODAY, AppJwt, "";
        ListUserMarketplacePurchases::new() => "GET /user/marketplace_purchases", TODAY, UserToken, "";
        ListStubbedUserMarketplacePurchases::new().page(2)
            => "GET /user/marketplace_purchases/stubbed?page=2", TODAY, UserToken, "";
    };
    assert_eq!(ids, documented("apps"));
}

#[tokio::test]
async fn operations_of_2017() {
    use github_apps::apps_2017::endpoints::*;
    let ids = cases! {
        ListInstallations::new().page(3) => "GET /app/installations?page=3", TODAY, AppJwt, "";
        GetInstallation::new(-1) => "GET /app/installations/-1", TODAY, AppJwt, "";
        CreateInstallationToken::new(1) => "POST /installations/1/access_tokens", TODAY, AppJwt, "";
        ListUserInstallations::new().page(2)
            => "GET /user/installations?page=2&access_token=u%20s%26r", TODAY, UserTokenQuery, "";
    };
    assert_eq!(ids, documented("apps-2017"));
}

#[tokio::test]
async fn operations_of_the_preview() {
    use github_apps::integrations::endpoints::*;
    use github_apps::integrations::models::{IdentifyUserRequest, InstallationTokenRequest};
    let ids = cases! {
        IdentifyUser::new(IdentifyUserRequest::new("n"))
            => "POST /integration/identity/user", PREVIEW, AppJwt, r#"{"nonce":"n"}"#;
        ListInstallations::new() => "GET /integration/installations", PREVIEW, AppJwt, "";
        CreateInstallationToken::new(1) => "POST /installations/1/access_tokens", PREVIEW, AppJwt, "";
        CreateInstallationToken::new(1).body(InstallationTokenRequest::new("2"))
            => "POST /installations/1/access_tokens", PREVIEW, AppJwt, r#"{"user_id":"2"}"#;
        ListDeployments::new(1) => "GET /repositories/1/deployments", PREVIEW, InstallationToken, "";
        CreateDeployment::new(1).body(value(r#"{"ref":"main","payload":1.0}"#))
            => "POST /repositories/1/deployments", PREVIEW, InstallationToken, r#"{"ref":"main","payload":1.0}"#;
        GetDeployment::new(1, 2) => "GET /repositories/1/deployments/2", PREVIEW, InstallationToken, "";
        ListDeploymentStatuses::new(1, 2)
            => "GET /repositories/1/deployments/2/statuses", PREVIEW, InstallationToken, "";
        CreateDeploymentStatus::new(1, 2).body(Value::Object(Map::new()))
            => "POST /repositories/1/deployments/2/statuses", PREVIEW, InstallationToken, "{}";
    };
    assert_eq!(ids, documented("integrations"));
}

/// The ids in a document, by a walk that shares nothing with the generator.
fn documented(name: &str) -> Vec<String> {
    let document = yaml(&format!("spec/{name}.yaml"));
    let routes: Vec<Yaml> = document["paths"].as_mapping().unwrap().values().map(followed).collect();
    let operations = routes.iter().flat_map(|route| route.as_mapping().unwrap().values());
    let mut ids: Vec<String> =
        operations.filter_map(|operation| operation.get("operationId")?.as_str().map(str::to_owned)).collect();
    ids.sort_unstable();
    ids
}

/// Returns the route, which can be in another file.
fn followed(route: &Yaml) -> Yaml {
    let Some((file, place)) = route.get("$ref").and_then(Yaml::as_str).and_then(|written| written.split_once('#'))
    else {
        return route.clone();
    };
    place.split('/').skip(1).fold(yaml(&format!("spec/{file}")), |value, key| value[key].clone())
}

fn yaml(path: &str) -> Yaml {
    let path = format!("{}/../{path}", env!("CARGO_MANIFEST_DIR"));
    serde_yaml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}
