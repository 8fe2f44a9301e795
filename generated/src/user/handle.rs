//! What an app can do with the token of a user beside using it. All of it takes the client secret.

use super::error::Cause;
use super::{SignIn, UserError, UserTokens};
use crate::apps::endpoints::{CheckToken, DeleteAuthorization, DeleteToken, ResetToken};
use crate::apps::models::{Authorization, TokenToHandle};
use crate::client::Error;

impl SignIn {
    /// Whether the token is good, and what it may do; `None` where it isn't.
    ///
    /// # Errors
    ///
    /// Where GitHub doesn't say.
    pub async fn check(&self, tokens: &UserTokens) -> Result<Option<Authorization>, UserError> {
        match self.as_client()?.send(CheckToken::new(self.client_id(), handle(tokens))).await {
            Ok(authorization) => Ok(Some(authorization)),
            Err(error) if error.status().is_some_and(|status| status.as_u16() == 404) => Ok(None),
            Err(error) => Err(refused(error)),
        }
    }

    /// Another token in place of this one, which is of no use any more at once. It is in the answer, and nowhere else.
    ///
    /// # Errors
    ///
    /// Where GitHub gives none.
    pub async fn reset(&self, tokens: &UserTokens) -> Result<Authorization, UserError> {
        self.as_client()?.send(ResetToken::new(self.client_id(), handle(tokens))).await.map_err(refused)
    }

    /// Ends the token; the user need not be asked again for the next one.
    ///
    /// # Errors
    ///
    /// Where GitHub doesn't.
    pub async fn revoke(&self, tokens: &UserTokens) -> Result<(), UserError> {
        self.as_client()?.send(DeleteToken::new(self.client_id(), handle(tokens))).await.map_err(refused)
    }

    /// Ends all tokens that the app has of this user, who will be asked again.
    ///
    /// # Errors
    ///
    /// Where GitHub doesn't.
    pub async fn forget(&self, tokens: &UserTokens) -> Result<(), UserError> {
        self.as_client()?.send(DeleteAuthorization::new(self.client_id(), handle(tokens))).await.map_err(refused)
    }
}

fn handle(tokens: &UserTokens) -> TokenToHandle {
    TokenToHandle::new(tokens.access_token().clone())
}

fn refused<F>(error: Error<F>) -> UserError {
    UserError::new(Cause::Request(error.untyped()))
}
