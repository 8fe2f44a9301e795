//! Requests secrets from the sources of credentials.

use std::sync::Arc;

use http::{HeaderMap, StatusCode};

use super::credential::Credential;
use super::error_details::{Cause, ErrorDetails};
use super::plan::Plan;
use super::select_credentials::check_form;
use super::source::{CredentialSource, Provided};

/// Adds the secrets of all sources to a plan.
pub(crate) async fn provide_secrets(plan: &mut Plan) -> Result<(), Box<ErrorDetails>> {
    for at in 0..plan.credentials.len() {
        if let Some(source) = source(plan, at) {
            let provided = source.provide().await;
            set_secret(plan, at, provided.map_err(Cause::Source))?;
        }
    }
    Ok(())
}

/// Replaces secrets that the server refused.
pub(crate) async fn renew_secrets(plan: &mut Plan) -> Result<(), Box<ErrorDetails>> {
    for at in 0..plan.credentials.len() {
        let refused = plan
            .credentials
            .get(at)
            .and_then(Credential::secret)
            .cloned();
        if let (Some(source), Some(refused)) = (source(plan, at), refused) {
            let provided = source.renew(&refused).await;
            set_secret(plan, at, provided.map_err(Cause::Source))?;
        }
    }
    Ok(())
}

/// Returns whether a source can replace a refused secret.
pub(crate) fn is_renewable(plan: &Plan) -> bool {
    plan.credentials
        .iter()
        .any(|credential| credential.source().is_some())
}

/// Passes status and headers of a response to the sources.
pub(crate) fn report_response(plan: &Plan, status: StatusCode, headers: &HeaderMap) {
    plan.credentials
        .iter()
        .filter_map(Credential::source)
        .for_each(|source| source.answered(status, headers));
}

/// Returns the source of a credential.
fn source(plan: &Plan, at: usize) -> Option<Arc<dyn CredentialSource>> {
    plan.credentials.get(at)?.source().cloned()
}

/// Adds a secret to a plan, if the operation may be sent with it.
fn set_secret(
    plan: &mut Plan,
    at: usize,
    provided: Result<Provided, Cause>,
) -> Result<(), Box<ErrorDetails>> {
    let Provided { secret, granted } = provided.map_err(|cause| plan.error(cause))?;
    if let Some(granted) = &granted {
        granted
            .allow(plan.info)
            .map_err(|missing| ErrorDetails::missing(plan.info.id, missing))?;
        plan.granted = Some(Arc::clone(granted));
    }
    let Some(credential) = plan.credentials.get_mut(at) else {
        return Ok(());
    };
    *credential = credential.with_secret(secret);
    check_form(credential).map_err(|why| plan.error(Cause::Credential(why)))
}
