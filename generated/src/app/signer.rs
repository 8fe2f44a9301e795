//! The trait of what signs for an app.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use crate::client::BoxError;

/// An alias of the boxed future that [`Signer::sign`] returns. Its output is the bytes of the signature.
pub type SignFuture<'a> = Pin<Box<dyn Future<Output = Result<Vec<u8>, BoxError>> + Send + 'a>>;

/// A trait for signers of an app's JSON Web Tokens (JWTs). [`AppKey`](super::AppKey) implements it for a private key in
/// memory; implement it for a key in a key management service or in hardware.
///
/// ```
/// use github_apps::app::{Signer, SignFuture};
/// # struct Kms;
/// # impl Kms { async fn rsassa_pkcs1_v1_5_sha256(&self, _: &[u8]) -> Result<Vec<u8>, std::io::Error> { Ok(vec![]) } }
///
/// struct InKms {
///     client: Kms,
/// }
///
/// impl Signer for InKms {
///     fn sign<'a>(&'a self, message: &'a [u8]) -> SignFuture<'a> {
///         Box::pin(async { Ok(self.client.rsassa_pkcs1_v1_5_sha256(message).await?) })
///     }
/// }
/// ```
pub trait Signer: Send + Sync + 'static {
    /// Signs the bytes of a JWT with the app's private key and the algorithm RS256, which is RSASSA-PKCS1-v1_5 with
    /// SHA-256. The result is the bytes of the signature, not base64.
    ///
    /// It is called once in eight minutes, however many tasks wait.
    fn sign<'a>(&'a self, message: &'a [u8]) -> SignFuture<'a>;
}

impl<S: Signer + ?Sized> Signer for Arc<S> {
    fn sign<'a>(&'a self, message: &'a [u8]) -> SignFuture<'a> {
        (**self).sign(message)
    }
}
