//! Checks, replaces and revokes the tokens of users. All of it needs the client secret.

use super::error::Cause;
use super::{SignIn, UserError, UserTokens};
use crate::apps::endpoints::{CheckToken, DeleteAuthorization, DeleteToken, ResetToken};
use crate::apps::models::{AccessTokenBody, Authorization};
use crate::client::Error;

impl SignIn {
    /// Asks GitHub whether the access token of a user is still valid. Returns the authorization to which the token
    /// belongs, or `None` if the token is invalid. It needs the client secret.
    ///
    /// # Errors
    ///
    /// If the client secret is missing, or the request fails.
    pub async fn check_token(&self, tokens: &UserTokens) -> Result<Option<Authorization>, UserError> {
        match self.client_with_secret()?.send(CheckToken::new(self.client_id(), body(tokens))).await {
            Ok(authorization) => Ok(Some(authorization)),
            Err(error) if error.status().is_some_and(|status| status.as_u16() == 404) => Ok(None),
            Err(error) => Err(request_error(error)),
        }
    }

    /// Replaces the access token of a user by a new one, and revokes the old one at once. The new token is in the
    /// returned authorization only. Use it if the old token may have leaked. It needs the client secret.
    ///
    /// # Errors
    ///
    /// If the client secret is missing, or the request fails.
    pub async fn reset_token(&self, tokens: &UserTokens) -> Result<Authorization, UserError> {
        self.client_with_secret()?.send(ResetToken::new(self.client_id(), body(tokens))).await.map_err(request_error)
    }

    /// Revokes the access token of a user, for example when the user signs out. The user need not authorize the app
    /// again for the next token. It needs the client secret.
    ///
    /// # Errors
    ///
    /// If the client secret is missing, or the request fails.
    pub async fn revoke_token(&self, tokens: &UserTokens) -> Result<(), UserError> {
        self.client_with_secret()?.send(DeleteToken::new(self.client_id(), body(tokens))).await.map_err(request_error)
    }

    /// Revokes a user's authorization of the app, with all tokens of the user. At the next sign-in, GitHub asks the
    /// user to authorize the app again. It needs the client secret.
    ///
    /// # Errors
    ///
    /// If the client secret is missing, or the request fails.
    pub async fn revoke_authorization(&self, tokens: &UserTokens) -> Result<(), UserError> {
        self.client_with_secret()?
            .send(DeleteAuthorization::new(self.client_id(), body(tokens)))
            .await
            .map_err(request_error)
    }
}

fn body(tokens: &UserTokens) -> AccessTokenBody {
    AccessTokenBody::new(tokens.access_token().clone())
}

fn request_error<F>(error: Error<F>) -> UserError {
    UserError::new(Cause::Request(error.untyped()))
}
