//! Sign-in from a device without a browser.

use std::fmt;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use super::error::Cause;
use super::sign_in::request_error;
use super::tokens::whole_seconds;
use super::{SignIn, UserError, UserTokens};
use crate::oauth::endpoints::CreateDeviceCode;
use crate::oauth::models::{
    DeviceCode, DeviceCodeRequest, DeviceCodeResponse, GrantType, Seconds, SignInErrorCode, UserTokenRequest,
};

/// The time between two requests, if the server does not say it. Source:
/// <https://www.rfc-editor.org/rfc/rfc8628#section-3.2>.
const INTERVAL: Duration = Duration::from_secs(5);

/// The interval grows by this after `slow_down`. Source: <https://www.rfc-editor.org/rfc/rfc8628#section-3.5>.
const SLOW_DOWN: Duration = Duration::from_secs(5);

/// The longest time that is accepted from a server, in seconds.
const MAX_SECONDS: u64 = 24 * 60 * 60;

/// A sign-in of a user from a device without a browser (the OAuth device flow): the user enters its code on a page of
/// GitHub elsewhere. Start with [`SignIn::device`], show the code, and call [`DeviceSignIn::wait`].
pub struct DeviceSignIn {
    sign_in: SignIn,
    code: DeviceCode,
    repository: Option<i64>,
    interval: Duration,
    /// The next request is sent at this time.
    next: Instant,
    expires_at: Instant,
}

impl SignIn {
    /// Starts the sign-in of a user from a device without a browser: requests a code that the user enters in a browser
    /// elsewhere. The device flow must be enabled in the app's settings.
    ///
    /// # Errors
    ///
    /// If the request fails, or GitHub gives no code.
    pub async fn device(&self) -> Result<DeviceSignIn, UserError> {
        let requested_at = Instant::now();
        let response = self.web().send(CreateDeviceCode::new(DeviceCodeRequest::new(self.client_id()))).await;
        let code = match response.map_err(request_error)? {
            DeviceCodeResponse::DeviceCode(code) => *code,
            DeviceCodeResponse::SignInError(error) => return Err(UserError::reported(*error)),
            DeviceCodeResponse::Unknown(_) => return Err(UserError::new(Cause::Response)),
        };
        let interval = duration(code.interval.as_ref()).unwrap_or(INTERVAL).max(Duration::from_secs(1));
        let expires_at = requested_at + duration(Some(&code.expires_in)).unwrap_or(Duration::from_secs(MAX_SECONDS));
        let next = Instant::now() + interval;
        Ok(DeviceSignIn { sign_in: self.clone(), code, repository: None, interval, next, expires_at })
    }
}

impl DeviceSignIn {
    /// Restricts the user's token to one repository, by the id of the repository. GitHub ignores this if the app or the
    /// user has no access to the repository.
    #[must_use]
    pub fn repository(self, id: i64) -> Self {
        Self { repository: Some(id), ..self }
    }

    /// Returns the code of this device sign-in, which the user enters on GitHub's page, such as `WDJB-MJHT`. Show it to
    /// the user.
    #[must_use]
    pub fn user_code(&self) -> &str {
        &self.code.user_code
    }

    /// Returns the URL of GitHub's page where the user enters the code of this device sign-in. Show it to the user.
    #[must_use]
    pub fn verification_uri(&self) -> &str {
        &self.code.verification_uri
    }

    /// Returns how long the user can still enter the code of this device sign-in, until the code expires.
    #[must_use]
    pub fn expires_in(&self) -> Duration {
        self.expires_at.saturating_duration_since(Instant::now())
    }

    /// Waits until the user has entered the code of this device sign-in on GitHub's page, and returns the tokens of the
    /// user. It polls the server in the interval that the server demands, and continues after connection errors. After
    /// a cancellation, it can be called again.
    ///
    /// # Errors
    ///
    /// If the user refuses or takes too long ([`UserError::needs_sign_in`]), or GitHub does not accept the code.
    pub async fn wait(&mut self) -> Result<UserTokens, UserError> {
        while self.next < self.expires_at {
            sleep_until(self.next).await;
            // After a cancellation here, the next call still respects the interval.
            self.next = Instant::now() + self.interval;
            let result = self.sign_in.request_tokens(self.request()).await;
            let Err(error) = result else { return result };
            match error.code() {
                Some(SignInErrorCode::AuthorizationPending) => {}
                Some(SignInErrorCode::SlowDown) => {
                    let demanded = error.reported_error().and_then(|error| duration(error.interval.as_ref()));
                    self.interval = demanded.unwrap_or_default().max(self.interval + SLOW_DOWN);
                }
                None if error.is_transient() => {
                    tracing::debug!(?error, "could not ask whether the user has entered the code; asking again later");
                    self.interval += SLOW_DOWN;
                }
                _ => return Err(error),
            }
            self.next = Instant::now() + self.interval;
        }
        Err(UserError::new(Cause::UserTooSlow))
    }

    /// The device flow needs no client secret, so it is not sent.
    fn request(&self) -> UserTokenRequest {
        let request = UserTokenRequest::new(self.sign_in.client_id())
            .grant_type(GrantType::UrnIetfParamsOauthGrantTypeDeviceCode)
            .device_code(self.code.device_code.clone());
        match self.repository {
            Some(id) => request.repository_id(id.to_string()),
            None => request,
        }
    }
}

impl fmt::Debug for DeviceSignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DeviceSignIn({:?}, {:?})", self.sign_in, self.code)
    }
}

fn duration(seconds: Option<&Seconds>) -> Option<Duration> {
    let seconds = u64::try_from(whole_seconds(seconds)?).ok()?;
    Some(Duration::from_secs(seconds.min(MAX_SECONDS)))
}
