//! The access token and the refresh token of a user.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use octogen_runtime::object;

use crate::clock::seconds;
use crate::oauth::models::{Seconds, UserAccessToken};
use crate::runtime::Secret;

/// A token is refreshed this many seconds before it expires, or in the last quarter of its lifetime if that is later.
const REFRESH_BEFORE: i64 = 300;

/// A token is not used in its last seconds, or in the last twentieth of its lifetime if that is later.
const UNUSABLE_BEFORE: i64 = 30;

/// The access token and the refresh token of a user, with their expiry times. A sign-in returns them, and a store saves
/// them. It is a model: `encode` writes it as JSON, with its secrets, and `decode` reads it. `Debug` shows no secret.
///
/// ```
/// use github_apps::runtime::{decode, encode};
/// use github_apps::user::UserTokens;
///
/// let tokens = UserTokens::new("ghu_16C7e42F292c6912E7710c838347Ae178B4a");
/// let json = encode(&tokens);
/// assert_eq!(decode::<UserTokens>(json.as_bytes())?, tokens);
/// assert!(!format!("{tokens:?}").contains("16C7"));
/// # Ok::<(), github_apps::runtime::DecodeError>(())
/// ```
#[non_exhaustive]
pub struct UserTokens {
    access_token: Secret,
    /// The time of the request for the token, in seconds since 1970 by the clock of this machine, as are the other times.
    requested_at: Option<i64>,
    expires_at: Option<i64>,
    refresh_token: Option<Secret>,
    refresh_token_expires_at: Option<i64>,
}

object! { UserTokens [access_token, ?requested_at, ?expires_at, ?refresh_token, ?refresh_token_expires_at] }

impl UserTokens {
    /// Creates the tokens of a user from an access token that does not expire. Add [`UserTokens::with_expiry`] and
    /// [`UserTokens::with_refresh_token`] for an access token that does. Use it for tokens that you have stored in
    /// another format.
    pub fn new(access_token: impl Into<Secret>) -> Self {
        let access_token = access_token.into();
        Self { access_token, requested_at: None, expires_at: None, refresh_token: None, refresh_token_expires_at: None }
    }

    /// Sets the time at which the access token of the user expires.
    #[must_use]
    pub fn with_expiry(self, at: SystemTime) -> Self {
        Self { expires_at: Some(seconds(at)), ..self }
    }

    /// Sets the refresh token of the user, and the time at which the refresh token expires, if it is known.
    #[must_use]
    pub fn with_refresh_token(self, token: impl Into<Secret>, expires_at: Option<SystemTime>) -> Self {
        let refresh_token_expires_at = expires_at.map(seconds);
        Self { refresh_token: Some(token.into()), refresh_token_expires_at, ..self }
    }

    /// Returns the access token of the user, with which requests are authenticated.
    #[must_use]
    pub fn access_token(&self) -> &Secret {
        &self.access_token
    }

    /// Returns the time at which the access token of the user expires, by the clock of this machine. `None` if it does
    /// not expire or the time is unknown.
    #[must_use]
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.expires_at.and_then(system_time)
    }

    /// Returns the refresh token of the user, which can be exchanged for the next pair of tokens. `None` if there is
    /// none, for example because the access token does not expire.
    #[must_use]
    pub fn refresh_token(&self) -> Option<&Secret> {
        self.refresh_token.as_ref()
    }

    /// Returns the time at which the refresh token of the user expires, by the clock of this machine. `None` if the
    /// time is unknown.
    #[must_use]
    pub fn refresh_token_expires_at(&self) -> Option<SystemTime> {
        self.refresh_token_expires_at.and_then(system_time)
    }

    /// Converts the server's response to a request for tokens, which was sent at this time.
    pub(super) fn from_response(token: UserAccessToken, requested_at: i64) -> Self {
        let UserAccessToken { access_token, expires_in, refresh_token, refresh_token_expires_in, .. } = token;
        let end = |seconds: Option<Seconds>| Some(requested_at.saturating_add(whole_seconds(seconds.as_ref())?));
        let (expires_at, refresh_token_expires_at) = (end(expires_in), end(refresh_token_expires_in));
        Self { access_token, requested_at: Some(requested_at), expires_at, refresh_token, refresh_token_expires_at }
    }

    /// Reports whether the access token need not be refreshed yet.
    pub(super) fn is_fresh(&self, now: i64) -> bool {
        self.remaining(now).is_none_or(|remaining| remaining > REFRESH_BEFORE.min(self.lifetime() / 4))
    }

    /// Reports whether the access token can still be used.
    pub(super) fn is_usable(&self, now: i64) -> bool {
        self.remaining(now).is_none_or(|remaining| remaining > UNUSABLE_BEFORE.min(self.lifetime() / 20))
    }

    /// Reports whether the refresh token has not expired.
    pub(super) fn is_refreshable(&self, now: i64) -> bool {
        self.refresh_token_expires_at.is_none_or(|expires_at| expires_at > now)
    }

    /// Reports whether this pair of tokens was made after the other one.
    pub(super) fn is_newer_than(&self, other: &Self) -> bool {
        let is_other = self.access_token != other.access_token;
        // A store that keeps only parts of a pair loses `requested_at`; a pair that was made later expires later.
        let order = self.requested_at.zip(other.requested_at).or(self.expires_at.zip(other.expires_at));
        is_other && order.is_none_or(|(this, other)| this >= other)
    }

    fn remaining(&self, now: i64) -> Option<i64> {
        Some(self.expires_at?.saturating_sub(now))
    }

    fn lifetime(&self) -> i64 {
        let both = self.expires_at.zip(self.requested_at);
        both.map_or(i64::MAX, |(expires_at, requested_at)| expires_at.saturating_sub(requested_at))
    }
}

/// Converts the number of seconds in an OAuth response, which may be an integer or text. `None` if it is something
/// else.
pub(super) fn whole_seconds(seconds: Option<&Seconds>) -> Option<i64> {
    let seconds = match seconds? {
        Seconds::Integer(seconds) => *seconds,
        Seconds::String(text) => text.trim().parse().ok()?,
        Seconds::Unknown(_) => return None,
    };
    Some(seconds.max(0))
}

fn system_time(seconds: i64) -> Option<SystemTime> {
    UNIX_EPOCH.checked_add(Duration::from_secs(u64::try_from(seconds).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(access: &str, requested_at: Option<i64>, expires_at: Option<i64>) -> UserTokens {
        UserTokens { requested_at, expires_at, ..UserTokens::new(access) }
    }

    #[test]
    fn a_token_is_refreshed_before_it_expires() {
        let day = tokens("a", Some(0), Some(28_800));
        let at = |now| (day.is_fresh(now), day.is_usable(now));
        assert_eq!(
            [at(28_499), at(28_500), at(28_769), at(28_770)],
            [(true, true), (false, true), (false, true), (false, false)]
        );
        let short = tokens("a", Some(0), Some(100));
        assert_eq!([74, 75].map(|now| short.is_fresh(now)), [true, false]);
        assert_eq!([94, 95].map(|now| short.is_usable(now)), [true, false]);
        assert!(tokens("a", None, None).is_fresh(i64::MAX));
    }

    #[test]
    fn the_newer_pair_is_the_one_that_was_made_later() {
        let pair = |access: &str, requested_at, expires_at| tokens(access, requested_at, expires_at);
        for (one, other, expected) in [
            (pair("b", Some(2), None), pair("a", Some(1), None), true),
            (pair("b", Some(1), None), pair("a", Some(2), None), false),
            (pair("b", None, Some(2)), pair("a", Some(9), Some(1)), true),
            (pair("b", None, Some(1)), pair("a", None, Some(2)), false),
            (pair("b", None, None), pair("a", None, None), true),
            (pair("a", Some(2), None), pair("a", Some(1), None), false),
        ] {
            assert_eq!(one.is_newer_than(&other), expected);
        }
    }

    #[test]
    fn seconds_may_be_text() {
        let whole = |seconds: Seconds| whole_seconds(Some(&seconds));
        assert_eq!(whole(Seconds::Integer(7)), Some(7));
        assert_eq!(whole(Seconds::Integer(-7)), Some(0));
        assert_eq!(whole(Seconds::String(" 28800 ".to_owned())), Some(28_800));
        assert_eq!(whole(Seconds::String("soon".to_owned())), None);
        assert_eq!(whole_seconds(None), None);
    }
}
