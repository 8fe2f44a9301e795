//! The documented examples of the operations tagged `apps`, with the types that both crates have for them.

use github_apps::apps::models as ours;
use github_apps::runtime::{Slot, decode, encode};
use octocrab::models::{self as theirs, apps, hooks, marketplace};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// An example with its type.
pub struct Case {
    /// The operation and its status, or `request`.
    pub id: &'static str,
    /// Decodes and encodes.
    pub ours: fn(&str) -> Result<String, String>,
    pub theirs: fn(&str) -> Result<String, String>,
    /// Decodes and drops.
    pub decode_ours: fn(&[u8]) -> bool,
    pub decode_theirs: fn(&[u8]) -> bool,
}

/// An example of the description.
pub struct Example {
    pub case: &'static Case,
    pub json: String,
}

/// octocrab has it as a `Page`, which is not written back: the list within is compared.
#[derive(Deserialize, Serialize)]
struct UserInstallations {
    total_count: u64,
    installations: Vec<theirs::Installation>,
}

macro_rules! cases {
    ($($id:literal $ours:ty, $theirs:ty;)*) => {
        &[$(Case {
            id: $id,
            ours: with_ours::<$ours>,
            theirs: with_theirs::<$theirs>,
            decode_ours: |json| decode::<$ours>(json).is_ok(),
            decode_theirs: |json| serde_json::from_slice::<$theirs>(json).is_ok(),
        }),*]
    };
}

/// The types are those that the functions of octocrab return or take.
static CASES: &[Case] = cases! {
    "apps/get-authenticated 200" ours::AppRegistration, apps::App;
    "apps/create-from-manifest 201" ours::AppFromManifest, apps::App;
    "apps/get-webhook-config-for-app 200" ours::WebhookConfig, hooks::Config;
    "apps/update-webhook-config-for-app 200" ours::WebhookConfig, hooks::Config;
    "apps/update-webhook-config-for-app request" ours::WebhookConfigUpdate, apps::UpdateWebhookConfig;
    "apps/list-webhook-deliveries 200" Vec<ours::WebhookDeliverySummary>, Vec<hooks::Delivery>;
    "apps/get-webhook-delivery 200" ours::WebhookDelivery, hooks::DeliveryDetail;
    "apps/redeliver-webhook-delivery 202" github_apps::runtime::Value, ();
    "apps/list-installation-requests-for-authenticated-app 200" Vec<ours::InstallationRequest>, Vec<apps::InstallationRequest>;
    "apps/list-installations 200" Vec<ours::Installation>, Vec<theirs::Installation>;
    "apps/get-installation 200" ours::Installation, theirs::Installation;
    "apps/create-installation-access-token 201" ours::InstallationToken, theirs::InstallationToken;
    "apps/create-installation-access-token request" ours::InstallationTokenRequest, apps::CreateInstallationAccessToken;
    "apps/delete-authorization request" ours::AccessTokenBody, apps::TokenBody;
    "apps/check-token 200" ours::Authorization, apps::AppAuthorization;
    "apps/check-token request" ours::AccessTokenBody, apps::TokenBody;
    "apps/reset-token 200" ours::Authorization, apps::AppAuthorization;
    "apps/reset-token request" ours::AccessTokenBody, apps::TokenBody;
    "apps/delete-token request" ours::AccessTokenBody, apps::TokenBody;
    "apps/scope-token 200" ours::Authorization, apps::AppAuthorization;
    "apps/scope-token request" ours::TokenToScope, apps::CreateScopedAccessToken;
    "apps/get-by-slug 200" ours::AppRegistration, apps::App;
    "apps/list-repos-accessible-to-installation 200" ours::InstallationRepositories, apps::InstallationRepositories;
    "apps/get-subscription-plan-for-account 200" ours::MarketplacePurchase, marketplace::MarketplaceAccount;
    "apps/list-plans 200" Vec<ours::MarketplacePlan>, Vec<marketplace::MarketplacePlan>;
    "apps/list-accounts-for-plan 200" Vec<ours::MarketplacePurchase>, Vec<marketplace::MarketplaceAccount>;
    "apps/get-subscription-plan-for-account-stubbed 200" ours::MarketplacePurchase, marketplace::MarketplaceAccount;
    "apps/list-plans-stubbed 200" Vec<ours::MarketplacePlan>, Vec<marketplace::MarketplacePlan>;
    "apps/list-accounts-for-plan-stubbed 200" Vec<ours::MarketplacePurchase>, Vec<marketplace::MarketplaceAccount>;
    "apps/get-org-installation 200" ours::Installation, theirs::Installation;
    "apps/get-repo-installation 200" ours::Installation, theirs::Installation;
    "apps/list-installations-for-authenticated-user 200" ours::UserInstallations, UserInstallations;
    "apps/list-installation-repos-for-authenticated-user 200" ours::InstallationRepositories, apps::InstallationRepositories;
    "apps/list-subscriptions-for-authenticated-user 200" Vec<ours::UserMarketplacePurchase>, Vec<marketplace::UserMarketplacePurchase>;
    "apps/list-subscriptions-for-authenticated-user-stubbed 200" Vec<ours::UserMarketplacePurchase>, Vec<marketplace::UserMarketplacePurchase>;
    "apps/get-user-installation 200" ours::Installation, theirs::Installation;
};

fn with_ours<T: Slot>(json: &str) -> Result<String, String> {
    decode::<T>(json.as_bytes()).map(|value| encode(&value)).map_err(|error| error.to_string())
}

fn with_theirs<T: DeserializeOwned + Serialize>(json: &str) -> Result<String, String> {
    let value: T = serde_json::from_str(json).map_err(|error| error.to_string())?;
    serde_json::to_string(&value).map_err(|error| error.to_string())
}

/// The named examples of the operations tagged `apps`, of responses and of requests.
pub fn examples(description: &Value) -> Vec<Example> {
    let mut found = Vec::new();
    let paths = description["paths"].as_object().into_iter().flatten();
    for operation in paths.flat_map(|(_, path)| path.as_object().into_iter().flatten()).map(|(_, operation)| operation)
    {
        if !operation["tags"].as_array().is_some_and(|tags| tags.iter().any(|tag| tag == "apps")) {
            continue;
        }
        let id = operation["operationId"].as_str().unwrap_or_default();
        let responses = operation["responses"].as_object().into_iter().flatten();
        let bodies = responses.map(|(status, response)| (status.as_str(), response));
        for (role, body) in bodies.chain([("request", &operation["requestBody"])]) {
            let contents = resolved(description, body)["content"].as_object().into_iter().flatten();
            for (_, content) in contents {
                for (_, example) in content["examples"].as_object().into_iter().flatten() {
                    let json = resolved(description, example)["value"].to_string();
                    let name = format!("{id} {role}");
                    let case = CASES.iter().find(|case| case.id == name);
                    found.push(Example { case: case.unwrap_or_else(|| panic!("`{name}` has no types")), json });
                }
            }
        }
    }
    found
}

fn resolved<'a>(description: &'a Value, value: &'a Value) -> &'a Value {
    match value["$ref"].as_str().and_then(|path| description.pointer(path.trim_start_matches('#'))) {
        Some(target) => resolved(description, target),
        None => value,
    }
}
