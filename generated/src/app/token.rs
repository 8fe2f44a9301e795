//! The token of an installation.

use std::fmt;
use std::sync::Arc;

use super::AppError;
use super::slot::Age;
use crate::apps::models;
use crate::runtime::{Grants, Map, Number, Secret, Timestamp, Value, decode, encode};

/// How long before its end a token is replaced, in seconds, and how long before it is used no more; less for tokens that
/// live shorter than GitHub's do.
const EARLY: i64 = 300;
const LATE: i64 = 30;

/// A token of an installation. A clone costs nothing, and it is never printed.
#[derive(Clone)]
pub struct Token(Arc<Inner>);

struct Inner {
    secret: Secret,
    expires_at: Timestamp,
    /// The same, and when it was made, in seconds since 1970 by the server's clock.
    ends: i64,
    made: i64,
    permissions: Option<Arc<Grants>>,
}

impl Token {
    /// The token itself, for git and the like. What holds it from here on may print it.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.secret.expose()
    }

    /// When it ends, by the clock of the server.
    #[must_use]
    pub fn expires_at(&self) -> &Timestamp {
        &self.0.expires_at
    }

    /// What is granted to it; `None` where the server didn't say.
    #[must_use]
    pub fn permissions(&self) -> Option<&Grants> {
        self.0.permissions.as_deref()
    }

    pub(super) fn new(model: models::InstallationToken, now: i64) -> Result<Self, AppError> {
        let models::InstallationToken { token, expires_at, permissions, .. } = model;
        let ends = expires_at.to_jiff().map_err(|_| AppError::expiry())?.as_second();
        let permissions = permissions.as_ref().map(|permissions| Arc::new(Grants::from(permissions)));
        Ok(Self(Arc::new(Inner { secret: token, expires_at, ends, made: now, permissions })))
    }

    pub(super) fn secret(&self) -> &Secret {
        &self.0.secret
    }

    pub(super) fn granted(&self) -> Option<&Arc<Grants>> {
        self.0.permissions.as_ref()
    }

    /// For how many seconds it is still good.
    pub(super) fn left(&self, now: i64) -> i64 {
        self.0.ends.saturating_sub(now)
    }

    pub(super) fn made(&self) -> i64 {
        self.0.made
    }

    /// Its age for somebody who needs it for so many seconds.
    pub(super) fn age(&self, now: i64, needed: i64) -> Age {
        let (left, life) = (self.left(now), self.0.ends.saturating_sub(self.0.made));
        match left {
            _ if left < needed => Age::Gone,
            _ if left > EARLY.min(life / 4) => Age::Fresh,
            _ if left > LATE.min(life / 20) => Age::Aging,
            _ => Age::Gone,
        }
    }

    /// The token as a store keeps it.
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

    /// `None` where it is not as another one stored it.
    pub(super) fn of_stored(stored: &Secret) -> Option<Self> {
        let made = decode::<Value>(stored.expose().as_bytes()).ok()?.get("made")?.as_i64()?;
        Self::new(decode(stored.expose().as_bytes()).ok()?, made).ok()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Token(***, until {})", self.0.expires_at)
    }
}
