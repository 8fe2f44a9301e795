//! The token of an installation.

use std::fmt;
use std::sync::Arc;

use super::AppError;
use super::cached::Freshness;
use crate::apps::models;
use crate::runtime::{Grants, Map, Number, Secret, Timestamp, Value, decode, encode};

/// A token is renewed this many seconds before it expires, or in the last quarter of its lifetime if that is later.
const RENEW_BEFORE: i64 = 300;

/// A token is not used in its last seconds, or in the last twentieth of its lifetime if that is later.
const UNUSABLE_BEFORE: i64 = 30;

/// An access token of one installation of a GitHub App, with its expiry and its permissions. A clone is cheap. `Debug`
/// does not show the token.
#[derive(Clone)]
pub struct Token(Arc<Inner>);

struct Inner {
    secret: Secret,
    expires_at: Timestamp,
    /// The time of `expires_at`, and the time at which the token was made, in seconds since 1970 by the server's clock.
    expires: i64,
    made: i64,
    permissions: Option<Arc<Grants>>,
}

impl Token {
    /// Returns the text of this installation token. Pass it to git and other programs, and do not print it.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.secret.expose()
    }

    /// Returns the time at which this installation token expires, by the clock of the server.
    #[must_use]
    pub fn expires_at(&self) -> &Timestamp {
        &self.0.expires_at
    }

    /// Returns the permissions that GitHub has granted to this installation token. `None` if the server did not name
    /// them.
    #[must_use]
    pub fn permissions(&self) -> Option<&Grants> {
        self.0.permissions.as_deref()
    }

    pub(super) fn new(model: models::InstallationAccessToken, now: i64) -> Result<Self, AppError> {
        let models::InstallationAccessToken { token, expires_at, permissions, .. } = model;
        let expires = expiry_second(&expires_at)?;
        let permissions = permissions.as_ref().map(|permissions| Arc::new(Grants::from(permissions)));
        Ok(Self(Arc::new(Inner { secret: token, expires_at, expires, made: now, permissions })))
    }

    pub(super) fn secret(&self) -> &Secret {
        &self.0.secret
    }

    pub(super) fn granted(&self) -> Option<&Arc<Grants>> {
        self.0.permissions.as_ref()
    }

    /// Returns for how many seconds this installation token is still valid.
    pub(super) fn remaining(&self, now: i64) -> i64 {
        self.0.expires.saturating_sub(now)
    }

    pub(super) fn made(&self) -> i64 {
        self.0.made
    }

    /// Reports whether this installation token is fresh, stale or expired for a caller who needs it for `needed`
    /// seconds.
    pub(super) fn freshness(&self, now: i64, needed: i64) -> Freshness {
        let (remaining, lifetime) = (self.remaining(now), self.0.expires.saturating_sub(self.0.made));
        match remaining {
            _ if remaining < needed => Freshness::Expired,
            _ if remaining > RENEW_BEFORE.min(lifetime / 4) => Freshness::Fresh,
            _ if remaining > UNUSABLE_BEFORE.min(lifetime / 20) => Freshness::Stale,
            _ => Freshness::Expired,
        }
    }

    /// Encodes this installation token as JSON text for a [`TokenStore`](super::TokenStore).
    pub(super) fn to_stored(&self) -> Secret {
        let Inner { secret, expires_at, made, permissions, .. } = &*self.0;
        let text = |text: &str| Value::String(text.to_owned());
        let level = |(name, level): (&str, &str)| (name.to_owned(), text(level));
        let mut stored = Map::from_iter([
            (String::from("token"), text(secret.expose())),
            (String::from("expires_at"), text(expires_at.as_str())),
            (String::from("made"), Value::Number(Number::from(*made))),
        ]);
        if let Some(permissions) = permissions {
            stored.insert(String::from("permissions"), Value::Object(permissions.iter().map(level).collect()));
        }
        encode(&Value::Object(stored)).into()
    }

    /// Decodes an installation token from the JSON text of a [`TokenStore`](super::TokenStore). `None` if the text is
    /// something else.
    pub(super) fn from_stored(stored: &Secret) -> Option<Self> {
        let made = decode::<Value>(stored.expose().as_bytes()).ok()?.get("made")?.as_i64()?;
        Self::new(decode(stored.expose().as_bytes()).ok()?, made).ok()
    }
}

/// Returns the time at which a token expires, in seconds since 1970.
fn expiry_second(expires_at: &Timestamp) -> Result<i64, AppError> {
    // Some servers write the last day of the year 9999 for "never", and jiff does not have that day. A year earlier makes
    // no difference.
    let a_year_earlier = || Some(Timestamp::from(format!("9998{}", expires_at.as_str().strip_prefix("9999")?)));
    let time = expires_at.to_jiff().ok().or_else(|| a_year_earlier()?.to_jiff().ok());
    time.map(|time| time.as_second()).ok_or_else(AppError::expiry)
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Token(***, until {})", self.0.expires_at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(made: i64, expires_at: &str) -> Token {
        let json = format!(r#"{{"token":"ghs_1","expires_at":"{expires_at}","permissions":{{"issues":"read"}}}}"#);
        Token::new(decode(json.as_bytes()).unwrap(), made).unwrap()
    }

    fn name(freshness: Freshness) -> &'static str {
        match freshness {
            Freshness::Fresh => "fresh",
            Freshness::Stale => "stale",
            Freshness::Expired => "expired",
        }
    }

    #[test]
    fn a_token_is_renewed_before_it_expires() {
        // It is valid for an hour, from 0 to 3600.
        let hour = token(0, "1970-01-01T01:00:00Z");
        for (now, needed, expected) in [
            (0, 0, "fresh"),
            (3_299, 0, "fresh"),
            (3_300, 0, "stale"),
            (3_569, 0, "stale"),
            (3_570, 0, "expired"),
            (0, 3_600, "fresh"),
            (0, 3_601, "expired"),
            (i64::MAX, 0, "expired"),
        ] {
            assert_eq!(name(hour.freshness(now, needed)), expected, "{now}, {needed}");
        }
        // It is valid for 100 seconds.
        let short = token(0, "1970-01-01T00:01:40Z");
        assert_eq!([74, 75, 94, 95].map(|now| name(short.freshness(now, 0))), ["fresh", "stale", "stale", "expired"]);
    }

    #[test]
    fn a_store_gives_back_the_same_token() {
        let token = token(7, "1970-01-01T01:00:00Z");
        let stored = Token::from_stored(&token.to_stored()).unwrap();
        assert_eq!((stored.expose(), stored.made(), stored.remaining(0)), ("ghs_1", 7, 3_600));
        assert_eq!(stored.permissions(), token.permissions());
        for other in ["", "{}", "ghs_1", r#"{"token":"a","expires_at":"never","made":1}"#] {
            assert!(Token::from_stored(&Secret::from(other)).is_none(), "{other}");
        }
    }

    #[test]
    fn a_token_that_never_expires_has_a_time() {
        let cases = [
            ("2026-11-01T00:00:00Z", Some(1_793_491_200)),
            ("9999-12-30T21:59:59Z", Some(253_402_207_199)),
            ("9999-12-31T23:59:59Z", Some(253_370_764_799)),
            ("9999-12-31T25:59:59Z", None),
            ("9999", None),
            ("never", None),
        ];
        for (text, expected) in cases {
            assert_eq!(expiry_second(&Timestamp::from(text)).ok(), expected, "{text}");
        }
    }
}
