//! Tokens in Redis, for apps that run as many processes.

use std::error::Error as StdError;
use std::fmt;
use std::sync::OnceLock;
use std::time::Duration;

use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Cmd, FromRedisValue, RedisError};

use super::store::{Storing, TokenStore};
use crate::runtime::Secret;

/// How long an answer, or a connection, may take: after that it is faster to ask the server for a token.
const PATIENCE: Duration = Duration::from_millis(500);

const PREFIX: &str = "github-apps:token:";

/// Keeps the tokens of an app in Redis, so that its processes share them. Each is there until it ends.
///
/// Nothing waits for Redis: it is connected to when it is needed first, and while it is gone, each process asks the server
/// for tokens of its own. `redis://` and `unix://` are built in; `rediss://` is, where the program turns on
/// `tokio-rustls-comp` of the crate `redis`. Whoever can read that Redis can act for the app.
///
/// ```no_run
/// use github_apps::app::{App, AppKey, RedisStore};
///
/// # fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let store = RedisStore::open("redis://127.0.0.1/")?;
/// let app = App::builder("Iv23liExample", AppKey::from_file("my-app.private-key.pem")?).store(store).build()?;
/// # Ok(())
/// # }
/// ```
pub struct RedisStore {
    client: redis::Client,
    prefix: String,
    /// Made where a runtime is there to make it on.
    manager: OnceLock<ConnectionManager>,
}

impl RedisStore {
    /// The Redis at that URL, which may hold a password. It is not connected to yet.
    ///
    /// # Errors
    ///
    /// Where it is no URL of a Redis.
    pub fn open(url: &str) -> Result<Self, RedisStoreError> {
        let client = redis::Client::open(url).map_err(|error| told(&error))?;
        Ok(Self { client, prefix: PREFIX.to_owned(), manager: OnceLock::new() })
    }

    /// What the keys begin with, in place of `github-apps:token:`.
    #[must_use]
    pub fn prefix(self, prefix: impl Into<String>) -> Self {
        Self { prefix: prefix.into(), ..self }
    }

    async fn run<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, RedisStoreError> {
        let mut manager = self.manager()?;
        match command.query_async(&mut manager).await {
            // The connection was lost, and there may be another one by now.
            Err(error) if error.is_io_error() && !error.is_timeout() => command.query_async(&mut manager).await,
            done => done,
        }
        .map_err(|error| told(&error))
    }

    fn manager(&self) -> Result<ConnectionManager, RedisStoreError> {
        if let Some(manager) = self.manager.get() {
            return Ok(manager.clone());
        }
        let config = ConnectionManagerConfig::new()
            .set_number_of_retries(0)
            .set_connection_timeout(Some(PATIENCE))
            .set_response_timeout(Some(PATIENCE));
        let made = ConnectionManager::new_lazy_with_config(self.client.clone(), config);
        let made = made.map_err(|error| told(&error))?;
        Ok(self.manager.get_or_init(|| made).clone())
    }
}

impl TokenStore for RedisStore {
    fn get<'a>(&'a self, key: &'a str) -> Storing<'a, Option<Secret>> {
        Box::pin(async move {
            let mut command = redis::cmd("GET");
            command.arg(format!("{}{key}", self.prefix));
            Ok(self.run::<Option<String>>(&command).await?.map(Secret::from))
        })
    }

    fn put<'a>(&'a self, key: &'a str, value: &'a Secret, lives: Duration) -> Storing<'a, ()> {
        Box::pin(async move {
            let mut command = redis::cmd("SET");
            command.arg(format!("{}{key}", self.prefix)).arg(value.expose()).arg("EX").arg(lives.as_secs().max(1));
            Ok(self.run::<()>(&command).await?)
        })
    }
}

/// The URL may hold a password.
impl fmt::Debug for RedisStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RedisStore({:?})", self.prefix)
    }
}

/// Why Redis did nothing. It shows neither what was to be kept nor the URL.
#[derive(Clone, Debug)]
pub struct RedisStoreError(String);

/// What a server answers may repeat the command, and with it the token: only the kind of the error and its code are told.
fn told(error: &RedisError) -> RedisStoreError {
    let why = match error.code() {
        _ if error.is_io_error() => error.to_string(),
        Some(code) => format!("{} ({})", error.category(), code.escape_debug()),
        None => error.category().to_owned(),
    };
    RedisStoreError(format!("redis: {why}"))
}

impl fmt::Display for RedisStoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for RedisStoreError {}
