//! The types that a client accepts as its credential.

use super::credential::Credential;
use crate::http::{AnyCredential, SchemeCredential};

/// A trait of the types that a client accepts as its credential: a type of a generated crate for one security scheme,
/// or [`Credential`].
pub trait IntoCredential: Into<Credential> {
    /// The marker type by which the compiler checks that an operation takes this credential ([`Takes`](crate::Takes)).
    type Held;
}

impl<S: SchemeCredential> IntoCredential for S {
    type Held = S;
}

impl IntoCredential for Credential {
    type Held = AnyCredential;
}
