//! What signs for an app, wherever its key is.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use crate::client::BoxError;

/// A signature on its way.
pub type Signing<'a> = Pin<Box<dyn Future<Output = Result<Vec<u8>, BoxError>> + Send + 'a>>;

/// Signs with the private key of an app: an [`AppKey`](super::AppKey), or a key that stays where it is, in a service or
/// in hardware.
///
/// ```
/// use github_apps::app::{Signer, Signing};
/// # struct Kms;
/// # impl Kms { async fn rsassa_pkcs1_v1_5_sha256(&self, _: &[u8]) -> Result<Vec<u8>, std::io::Error> { Ok(vec![]) } }
///
/// struct InKms {
///     client: Kms,
/// }
///
/// impl Signer for InKms {
///     fn sign<'a>(&'a self, message: &'a [u8]) -> Signing<'a> {
///         Box::pin(async { Ok(self.client.rsassa_pkcs1_v1_5_sha256(message).await?) })
///     }
/// }
/// ```
pub trait Signer: Send + Sync + 'static {
    /// The signature of a message by RS256, which is RSASSA-PKCS1-v1_5 with SHA-256: its bytes, not its base64.
    ///
    /// It is asked for once in eight minutes, by one task however many wait.
    fn sign<'a>(&'a self, message: &'a [u8]) -> Signing<'a>;
}

impl<S: Signer + ?Sized> Signer for Arc<S> {
    fn sign<'a>(&'a self, message: &'a [u8]) -> Signing<'a> {
        (**self).sign(message)
    }
}
