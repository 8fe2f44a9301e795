//! Which credential opens which operation of today, against lists of routes that others keep.

use std::collections::BTreeSet;

use github_apps::apps::endpoints as e;
use octogen_runtime::{Method, Operation, OperationInfo};

/// The routes that the app opens as itself, as the authentication of octokit and that of githubkit list them; two of
/// them are of plans that GitHub's description has no longer, one is of enterprises and has another tag.
const APP: [&str; 22] = [
    "/app",
    "/app/hook/config",
    "/app/hook/deliveries",
    "/app/hook/deliveries/{delivery_id}",
    "/app/hook/deliveries/{delivery_id}/attempts",
    "/app/installation-requests",
    "/app/installations",
    "/app/installations/{installation_id}",
    "/app/installations/{installation_id}/access_tokens",
    "/app/installations/{installation_id}/suspended",
    "/enterprises/{enterprise}/installation",
    "/marketplace_listing/accounts/{account_id}",
    "/marketplace_listing/plan",
    "/marketplace_listing/plans",
    "/marketplace_listing/plans/{plan_id}/accounts",
    "/marketplace_listing/stubbed/accounts/{account_id}",
    "/marketplace_listing/stubbed/plan",
    "/marketplace_listing/stubbed/plans",
    "/marketplace_listing/stubbed/plans/{plan_id}/accounts",
    "/orgs/{org}/installation",
    "/repos/{owner}/{repo}/installation",
    "/users/{username}/installation",
];

/// The beginnings of the routes that the client's id and secret open: those of githubkit, and those of which GitHub says
/// it in prose.
const CLIENT: [&str; 2] = ["/applications/{client_id}/", "/marketplace_listing/"];

/// The routes of the category `apps` that GitHub lists for installation tokens.
const INSTALLATION: [&str; 3] = ["/apps/{app_slug}", "/installation/repositories", "/installation/token"];

/// The same for the tokens of users.
const USER: [&str; 5] = [
    "/apps/{app_slug}",
    "/user/installations",
    "/user/installations/{installation_id}/repositories",
    "/user/marketplace_purchases",
    "/user/marketplace_purchases/stubbed",
];

/// The routes that GitHub opens to classic personal access tokens alone.
const PERSONAL: [&str; 1] = ["/user/installations/{installation_id}/repositories/{repository_id}"];

/// The routes without a credential: one has a code in its path, and one is public.
const OPEN: [&str; 2] = ["/app-manifests/{code}/conversions", "/apps/{app_slug}"];

/// The 37 operations that GitHub's description tags `apps`.
const OPERATIONS: [&OperationInfo; 37] = [
    &e::GetApp::INFO,
    &e::CreateAppFromManifest::INFO,
    &e::GetAppBySlug::INFO,
    &e::GetWebhookConfig::INFO,
    &e::UpdateWebhookConfig::INFO,
    &e::ListWebhookDeliveries::INFO,
    &e::GetWebhookDelivery::INFO,
    &e::RedeliverWebhookDelivery::INFO,
    &e::ListInstallationRequests::INFO,
    &e::ListInstallations::INFO,
    &e::GetInstallation::INFO,
    &e::DeleteInstallation::INFO,
    &e::SuspendInstallation::INFO,
    &e::UnsuspendInstallation::INFO,
    &e::GetOrgInstallation::INFO,
    &e::GetRepoInstallation::INFO,
    &e::GetUserInstallation::INFO,
    &e::CreateInstallationToken::INFO,
    &e::ListInstallationRepositories::INFO,
    &e::RevokeInstallationToken::INFO,
    &e::DeleteAuthorization::INFO,
    &e::CheckToken::INFO,
    &e::ResetToken::INFO,
    &e::DeleteToken::INFO,
    &e::ScopeToken::INFO,
    &e::ListUserInstallations::INFO,
    &e::ListUserInstallationRepositories::INFO,
    &e::AddRepositoryToInstallation::INFO,
    &e::RemoveRepositoryFromInstallation::INFO,
    &e::ListMarketplacePlans::INFO,
    &e::ListMarketplacePlanAccounts::INFO,
    &e::GetMarketplaceAccount::INFO,
    &e::ListStubbedMarketplacePlans::INFO,
    &e::ListStubbedMarketplacePlanAccounts::INFO,
    &e::GetStubbedMarketplaceAccount::INFO,
    &e::ListUserMarketplacePurchases::INFO,
    &e::ListStubbedUserMarketplacePurchases::INFO,
];

/// How many operations there are of a method.
const METHODS: [(Method, usize); 5] =
    [(Method::Get, 22), (Method::Post, 5), (Method::Put, 2), (Method::Patch, 2), (Method::Delete, 6)];

#[test]
fn each_operation_takes_the_credentials_that_others_give_it() {
    for about in OPERATIONS {
        let path = about.path;
        let lists = [
            ("appJwt", APP.contains(&path)),
            ("clientSecret", CLIENT.iter().any(|start| path.starts_with(start))),
            ("installationToken", INSTALLATION.contains(&path)),
            ("userToken", USER.contains(&path)),
            ("personalToken", PERSONAL.contains(&path)),
        ];
        let listed: BTreeSet<&str> = lists.iter().filter(|(_, is_listed)| *is_listed).map(|(name, _)| *name).collect();
        let taken: BTreeSet<&str> = about.credentials.iter().copied().flatten().map(|scheme| scheme.name).collect();
        assert_eq!(taken, listed, "{}", about.id);
        assert!(about.credentials.iter().all(|all| all.len() < 2), "{} takes several at once", about.id);
        let is_open = about.credentials.is_empty() || about.credentials.contains(&&[][..]);
        assert_eq!(is_open, OPEN.contains(&path), "{}", about.id);
    }
}

#[test]
fn each_operation_is_there_once() {
    let routes: BTreeSet<_> = OPERATIONS.iter().map(|about| (about.path, about.method.as_str())).collect();
    assert_eq!(routes.len(), OPERATIONS.len());
    for (method, count) in METHODS {
        assert_eq!(OPERATIONS.iter().filter(|about| about.method == method).count(), count, "{method}");
    }
}

#[test]
fn each_listed_route_has_an_operation() {
    let of_another_tag_or_gone =
        ["/enterprises/{enterprise}/installation", "/marketplace_listing/plan", "/marketplace_listing/stubbed/plan"];
    for route in APP.iter().chain(&INSTALLATION).chain(&USER).chain(&PERSONAL).chain(&OPEN) {
        let has_operation = OPERATIONS.iter().any(|about| about.path == *route);
        assert_eq!(has_operation, !of_another_tag_or_gone.contains(route), "{route}");
    }
}
