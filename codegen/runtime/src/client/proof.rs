//! The secrets of one request's credentials, which their sources give.

use std::sync::Arc;

use http::{HeaderMap, StatusCode};

use super::choice::well_formed;
use super::credential::Credential;
use super::fault::{Cause, Fault};
use super::plan::Plan;
use super::source::{CredentialSource, Provided};

/// Asks for the secrets with which the plan has to be sent.
pub(crate) async fn ask(plan: &mut Plan) -> Result<(), Box<Fault>> {
    for at in 0..plan.credentials.len() {
        if let Some(source) = source(plan, at) {
            let provided = source.provide().await;
            hold(plan, at, provided.map_err(Cause::Source))?;
        }
    }
    Ok(())
}

/// Asks for others in place of those that were refused.
pub(crate) async fn renew(plan: &mut Plan) -> Result<(), Box<Fault>> {
    for at in 0..plan.credentials.len() {
        let refused = plan.credentials.get(at).and_then(Credential::secret).cloned();
        if let (Some(source), Some(refused)) = (source(plan, at), refused) {
            let provided = source.renew(&refused).await;
            hold(plan, at, provided.map_err(Cause::Source))?;
        }
    }
    Ok(())
}

/// Whether other secrets can be had.
pub(crate) fn is_renewable(plan: &Plan) -> bool {
    plan.credentials.iter().any(|credential| credential.source().is_some())
}

/// Tells the sources what came of it.
pub(crate) fn answered(plan: &Plan, status: StatusCode, headers: &HeaderMap) {
    plan.credentials.iter().filter_map(Credential::source).for_each(|source| source.answered(status, headers));
}

fn source(plan: &Plan, at: usize) -> Option<Arc<dyn CredentialSource>> {
    plan.credentials.get(at)?.source().cloned()
}

/// Puts a secret in its place, where the operation may be sent with it.
fn hold(plan: &mut Plan, at: usize, provided: Result<Provided, Cause>) -> Result<(), Box<Fault>> {
    let Provided { secret, granted } = provided.map_err(|cause| plan.fault(cause))?;
    if let Some(granted) = &granted {
        granted.allow(plan.about).map_err(|missing| Fault::missing(plan.about.id, missing))?;
        plan.granted = Some(Arc::clone(granted));
    }
    let Some(credential) = plan.credentials.get_mut(at) else { return Ok(()) };
    *credential = credential.given(secret);
    well_formed(credential).map_err(|why| plan.fault(Cause::Credential(why)))
}
