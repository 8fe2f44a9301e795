//! Users who sign in from a device.

use std::fmt;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use super::error::Cause;
use super::sign_in::refused;
use super::tokens::whole;
use super::{SignIn, UserError, UserTokens};
use crate::oauth::endpoints::CreateDeviceCode;
use crate::oauth::models::{
    DeviceCode, DeviceCodeAnswer, DeviceCodeRequest, GrantType, Seconds, SignInErrorCode, UserTokenRequest,
};

/// How long to wait where the server doesn't say, and how much longer after it said that this was too short.
const INTERVAL: Duration = Duration::from_secs(5);
const SLOWER: Duration = Duration::from_secs(5);

/// What a server may ask for at most.
const LONGEST: u64 = 24 * 60 * 60;

/// A device from which a user signs in; [`SignIn::device`] asks for one.
pub struct Device {
    sign_in: SignIn,
    code: DeviceCode,
    repository: Option<i64>,
    interval: Duration,
    /// When the server may be asked, and until when it makes sense to.
    next: Instant,
    ends: Instant,
}

impl SignIn {
    /// Asks for a code that a user can enter elsewhere. The app's settings have to allow devices.
    ///
    /// # Errors
    ///
    /// Where GitHub gives none.
    pub async fn device(&self) -> Result<Device, UserError> {
        let asked = Instant::now();
        let answer = self.web().send(CreateDeviceCode::new(DeviceCodeRequest::new(self.client_id()))).await;
        let code = match answer.map_err(refused)? {
            DeviceCodeAnswer::DeviceCode(code) => *code,
            DeviceCodeAnswer::SignInError(said) => return Err(UserError::said(*said)),
            DeviceCodeAnswer::Unknown(_) => return Err(UserError::new(Cause::Answer)),
        };
        let interval = span(code.interval.as_ref()).unwrap_or(INTERVAL).max(Duration::from_secs(1));
        let ends = asked + span(Some(&code.expires_in)).unwrap_or(Duration::from_secs(LONGEST));
        let next = Instant::now() + interval;
        Ok(Device { sign_in: self.clone(), code, repository: None, interval, next, ends })
    }
}

impl Device {
    /// Narrows the token down to one repository, by its id; passed over where the app or the user doesn't reach it.
    #[must_use]
    pub fn repository(self, id: i64) -> Self {
        Self { repository: Some(id), ..self }
    }

    /// The code that the user enters, as `WDJB-MJHT`.
    #[must_use]
    pub fn user_code(&self) -> &str {
        &self.code.user_code
    }

    /// Where the user enters it.
    #[must_use]
    pub fn verification_uri(&self) -> &str {
        &self.code.verification_uri
    }

    /// For how long the code is still good.
    #[must_use]
    pub fn expires_in(&self) -> Duration {
        self.ends.saturating_duration_since(Instant::now())
    }

    /// Waits until the user has entered the code, and gives their tokens. It asks the server now and then, as often as that
    /// allows, and goes on where there was no connection for a while. Whoever gives up may wait again.
    ///
    /// # Errors
    ///
    /// Where the user refuses or takes too long ([`UserError::needs_sign_in`]), or GitHub doesn't take the code.
    pub async fn wait(&mut self) -> Result<UserTokens, UserError> {
        while self.next < self.ends {
            sleep_until(self.next).await;
            // Whoever gives up here and waits again is not too early.
            self.next = Instant::now() + self.interval;
            let answer = self.sign_in.ask(self.request()).await;
            let Err(error) = answer else { return answer };
            match error.code() {
                Some(SignInErrorCode::AuthorizationPending) => {}
                Some(SignInErrorCode::SlowDown) => {
                    let said = error.said_error().and_then(|said| span(said.interval.as_ref()));
                    self.interval = said.unwrap_or_default().max(self.interval + SLOWER);
                }
                None if error.is_passing() => {
                    tracing::debug!(?error, "the server is asked again later whether the user has entered the code");
                    self.interval += SLOWER;
                }
                _ => return Err(error),
            }
            self.next = Instant::now() + self.interval;
        }
        Err(UserError::new(Cause::Late))
    }

    /// The secret of the app isn't needed here, so that it isn't sent.
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

impl fmt::Debug for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Device({:?}, {:?})", self.sign_in, self.code)
    }
}

fn span(seconds: Option<&Seconds>) -> Option<Duration> {
    let seconds = u64::try_from(whole(seconds)?).ok()?;
    Some(Duration::from_secs(seconds.min(LONGEST)))
}
