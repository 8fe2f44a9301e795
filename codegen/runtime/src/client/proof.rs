//! The credentials of one request, with the secrets that their sources gave.

use std::sync::Arc;

use http::{HeaderMap, StatusCode};

use super::credential::{Credential, well_formed};
use super::fault::{Cause, Fault};
use super::plan::Plan;
use super::source::{CredentialSource, Provided};

/// Where the credentials of a request come from; their secrets are put into the plan.
pub(super) struct Proof {
    /// Those that were asked, by the place of their credential.
    sources: Vec<(usize, Arc<dyn CredentialSource>)>,
}

impl Proof {
    /// Asks for what the plan has to be sent with.
    pub(super) async fn ask(plan: &mut Plan) -> Result<Self, Box<Fault>> {
        plan.sent.clone_from(&plan.credentials);
        let asked = plan.credentials.iter().enumerate();
        let sources = asked.filter_map(|(at, credential)| Some((at, Arc::clone(credential.source()?)))).collect();
        let proof = Self { sources };
        for (at, source) in &proof.sources {
            let provided = source.provide().await;
            hold(*at, provided.map_err(|error| plan.fault(Cause::Source(error)))?, plan)?;
        }
        Ok(proof)
    }

    /// Whether another one can be had.
    pub(super) fn is_renewable(&self) -> bool {
        !self.sources.is_empty()
    }

    /// Asks for others in place of those that were refused.
    pub(super) async fn renew(&self, plan: &mut Plan) -> Result<(), Box<Fault>> {
        for (at, source) in &self.sources {
            let Some(refused) = plan.sent.get(*at).and_then(Credential::secret).cloned() else { continue };
            let provided = source.renew(&refused).await;
            hold(*at, provided.map_err(|error| plan.fault(Cause::Source(error)))?, plan)?;
        }
        Ok(())
    }

    /// Tells the sources what came of it.
    pub(super) fn answered(&self, status: StatusCode, headers: &HeaderMap) {
        self.sources.iter().for_each(|(_, source)| source.answered(status, headers));
    }
}

/// Puts a secret in its place, where the operation may be sent with it.
fn hold(at: usize, provided: Provided, plan: &mut Plan) -> Result<(), Box<Fault>> {
    let Provided { secret, granted } = provided;
    if let Some(granted) = &granted {
        granted.allow(&plan.about).map_err(|missing| Fault::missing(plan.about.id, missing))?;
        plan.granted = Some(Arc::clone(granted));
    }
    let Some(credential) = plan.sent.get_mut(at) else { return Ok(()) };
    *credential = credential.given(secret);
    well_formed(credential).map_err(|why| plan.fault(Cause::Credential(why)))
}
