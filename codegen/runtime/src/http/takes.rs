//! Checks at compile time that an operation takes the credential of a client.

use super::operation::Operation;
use super::read_as::WithMediaType;
use super::security::SchemeCredential;

/// A marker trait of operations: an operation implements it if a client with the credential type `Held` may send the
/// operation.
///
/// A generated operation implements it for each security scheme that is enough alone. For [`AnyCredential`] the compiler
/// accepts every operation, and the client checks the credential before it sends.
#[diagnostic::on_unimplemented(
    message = "`{Self}` doesn't take the credential `{Held}`",
    label = "the documentation names other credentials for it",
    note = "give the client one of those that the operation documents (`with_credential`)"
)]
pub trait Takes<Held> {}

/// A marker type of a client whose security scheme the compiler does not know: the client has several credentials,
/// none, or a `client::Credential` without a type of its own.
#[derive(Clone, Copy, Debug)]
pub enum AnyCredential {}

impl<O: Operation> Takes<AnyCredential> for O {}

impl<O: Takes<Held>, R, Held: SchemeCredential> Takes<Held> for WithMediaType<O, R> {}
