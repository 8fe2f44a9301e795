use std::sync::Arc;
use std::time::Duration;

use http::{Extensions, HeaderMap};
use url::{Host, Url};

use super::credential::Credential;
use super::transport::Transport;
use crate::http::Grants;

/// The settings of a client.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) base: Url,
    /// The hosts that receive credentials over plain HTTP.
    pub(crate) plain_http_hosts: Arc<[Host]>,
    pub(crate) headers: HeaderMap,
    pub(crate) credentials: Vec<Credential>,
    /// The granted permissions, if they are known.
    pub(crate) granted: Option<Arc<Grants>>,
    /// The maximum number of bytes of a response body.
    pub(crate) body_limit: usize,
    pub(crate) timeout: Option<Duration>,
    /// The extensions of each request, for layers.
    pub(crate) extensions: Extensions,
    pub(crate) transport: Arc<dyn Transport>,
}
