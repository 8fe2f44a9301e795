//! The tokens of a user.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use octogen_runtime::object;

use crate::clock::seconds;
use crate::oauth::models::{Seconds, UserToken};
use crate::runtime::Secret;

/// How long before its end a token is replaced, in seconds, and how long before it is used no more; less for tokens that
/// live shorter than GitHub's do.
const EARLY: i64 = 300;
const LATE: i64 = 30;

/// The tokens of a user: a model, so that `encode` makes JSON of them, with their secrets, and `decode` reads it. `Debug`
/// shows no secret.
///
/// ```
/// use github_apps::runtime::{decode, encode};
/// use github_apps::user::UserTokens;
///
/// let tokens = UserTokens::new("ghu_16C7e42F292c6912E7710c838347Ae178B4a");
/// let kept = encode(&tokens);
/// assert_eq!(decode::<UserTokens>(kept.as_bytes())?, tokens);
/// assert!(!format!("{tokens:?}").contains("16C7"));
/// # Ok::<(), github_apps::runtime::DecodeError>(())
/// ```
#[non_exhaustive]
pub struct UserTokens {
    access_token: Secret,
    /// When it was asked for and when it ends, in seconds since 1970 by the clock of this machine.
    made: Option<i64>,
    ends: Option<i64>,
    refresh_token: Option<Secret>,
    refresh_token_ends: Option<i64>,
}

object! { UserTokens [access_token, ?made, ?ends, ?refresh_token, ?refresh_token_ends] }

impl UserTokens {
    /// A token that doesn't end; [`UserTokens::ending`] and [`UserTokens::refreshed_by`] say more of others.
    pub fn new(access_token: impl Into<Secret>) -> Self {
        let access_token = access_token.into();
        Self { access_token, made: None, ends: None, refresh_token: None, refresh_token_ends: None }
    }

    /// Says when the token ends.
    #[must_use]
    pub fn ending(self, at: SystemTime) -> Self {
        Self { ends: Some(seconds(at)), ..self }
    }

    /// Says what it is refreshed by, and when that ends.
    #[must_use]
    pub fn refreshed_by(self, token: impl Into<Secret>, ending: Option<SystemTime>) -> Self {
        Self { refresh_token: Some(token.into()), refresh_token_ends: ending.map(seconds), ..self }
    }

    /// The token itself.
    #[must_use]
    pub fn access_token(&self) -> &Secret {
        &self.access_token
    }

    /// When it ends, by the clock of this machine; `None` where it doesn't, or isn't known to.
    #[must_use]
    pub fn ends(&self) -> Option<SystemTime> {
        self.ends.and_then(moment)
    }

    /// What it is refreshed by.
    #[must_use]
    pub fn refresh_token(&self) -> Option<&Secret> {
        self.refresh_token.as_ref()
    }

    /// When that ends.
    #[must_use]
    pub fn refresh_token_ends(&self) -> Option<SystemTime> {
        self.refresh_token_ends.and_then(moment)
    }

    /// What the server gave; it was asked for at that time.
    pub(super) fn of(token: UserToken, asked: i64) -> Self {
        let UserToken { access_token, expires_in, refresh_token, refresh_token_expires_in, .. } = token;
        let end = |seconds: Option<Seconds>| Some(asked.saturating_add(whole(seconds.as_ref())?));
        let (ends, refresh_token_ends) = (end(expires_in), end(refresh_token_expires_in));
        Self { access_token, made: Some(asked), ends, refresh_token, refresh_token_ends }
    }

    /// Whether it needn't be replaced yet.
    pub(super) fn is_fresh(&self, now: i64) -> bool {
        self.left(now).is_none_or(|left| left > EARLY.min(self.life() / 4))
    }

    /// Whether it can still be used.
    pub(super) fn is_usable(&self, now: i64) -> bool {
        self.left(now).is_none_or(|left| left > LATE.min(self.life() / 20))
    }

    pub(super) fn is_refreshable(&self, now: i64) -> bool {
        self.refresh_token_ends.is_none_or(|ends| ends > now)
    }

    /// Whether somebody else got this pair behind the other one.
    pub(super) fn is_newer_than(&self, other: &Self) -> bool {
        let is_other = self.access_token != other.access_token;
        // Who keeps the parts of a pair doesn't keep when it was made; one that was made later ends later.
        let order = self.made.zip(other.made).or(self.ends.zip(other.ends));
        is_other && order.is_none_or(|(this, other)| this >= other)
    }

    fn left(&self, now: i64) -> Option<i64> {
        Some(self.ends?.saturating_sub(now))
    }

    fn life(&self) -> i64 {
        self.ends.zip(self.made).map_or(i64::MAX, |(ends, made)| ends.saturating_sub(made))
    }
}

/// A number of seconds, however it is written; `None` where it is none.
pub(super) fn whole(seconds: Option<&Seconds>) -> Option<i64> {
    let seconds = match seconds? {
        Seconds::Integer(seconds) => *seconds,
        Seconds::String(text) => text.trim().parse().ok()?,
        Seconds::Unknown(_) => return None,
    };
    Some(seconds.max(0))
}

fn moment(seconds: i64) -> Option<SystemTime> {
    UNIX_EPOCH.checked_add(Duration::from_secs(u64::try_from(seconds).ok()?))
}
