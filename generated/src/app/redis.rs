//! A store of tokens in Redis, for apps with several processes.

use std::error::Error as StdError;
use std::fmt;
use std::sync::OnceLock;
use std::time::Duration;

use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Cmd, FromRedisValue, RedisError};

use super::StoreFuture;
use super::store::TokenStore;
use crate::runtime::Secret;

/// The longest time for a reply or a connection. After that, it is faster to request a token from GitHub.
const TIMEOUT: Duration = Duration::from_millis(500);

const PREFIX: &str = "github-apps:token:";

/// A [`TokenStore`] in Redis, through which the processes of a GitHub App share the tokens of its installations. A
/// token is stored until it expires. Requires the feature `redis`.
///
/// The connection is made when it is first needed. While Redis is unavailable, each process requests its own tokens from
/// GitHub. `redis://` and `unix://` are built in; for `rediss://`, turn on the feature `tokio-rustls-comp` of the crate
/// `redis`. Anyone who can read this Redis can act for the app.
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
    /// Made at the first command, since it needs a Tokio runtime.
    manager: OnceLock<ConnectionManager>,
}

impl RedisStore {
    /// Creates a store of tokens in the Redis server at this URL, which may contain a password. It does not connect
    /// yet.
    ///
    /// # Errors
    ///
    /// If the text is not a URL of a Redis server.
    pub fn open(url: &str) -> Result<Self, RedisStoreError> {
        let client = redis::Client::open(url).map_err(|error| describe(&error))?;
        Ok(Self { client, prefix: PREFIX.to_owned(), manager: OnceLock::new() })
    }

    /// Sets the prefix of the Redis keys under which this store saves tokens. The default is `github-apps:token:`.
    #[must_use]
    pub fn prefix(self, prefix: impl Into<String>) -> Self {
        Self { prefix: prefix.into(), ..self }
    }

    async fn run<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, RedisStoreError> {
        let mut manager = self.manager()?;
        match command.query_async(&mut manager).await {
            // The connection was lost; the manager may have made another one by now.
            Err(error) if error.is_io_error() && !error.is_timeout() => command.query_async(&mut manager).await,
            done => done,
        }
        .map_err(|error| describe(&error))
    }

    fn manager(&self) -> Result<ConnectionManager, RedisStoreError> {
        if let Some(manager) = self.manager.get() {
            return Ok(manager.clone());
        }
        let config = ConnectionManagerConfig::new()
            .set_number_of_retries(0)
            .set_connection_timeout(Some(TIMEOUT))
            .set_response_timeout(Some(TIMEOUT));
        let made = ConnectionManager::new_lazy_with_config(self.client.clone(), config);
        let made = made.map_err(|error| describe(&error))?;
        Ok(self.manager.get_or_init(|| made).clone())
    }
}

impl TokenStore for RedisStore {
    fn get<'a>(&'a self, key: &'a str) -> StoreFuture<'a, Option<Secret>> {
        Box::pin(async move {
            let mut command = redis::cmd("GET");
            command.arg(format!("{}{key}", self.prefix));
            Ok(self.run::<Option<String>>(&command).await?.map(Secret::from))
        })
    }

    fn put<'a>(&'a self, key: &'a str, value: &'a Secret, lifetime: Duration) -> StoreFuture<'a, ()> {
        Box::pin(async move {
            let mut command = redis::cmd("SET");
            command.arg(format!("{}{key}", self.prefix)).arg(value.expose()).arg("EX").arg(lifetime.as_secs().max(1));
            Ok(self.run::<()>(&command).await?)
        })
    }
}

/// Leaves out the URL, which may contain a password.
impl fmt::Debug for RedisStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RedisStore({:?})", self.prefix)
    }
}

/// An error of the Redis store of tokens ([`RedisStore`]): the URL is invalid, or a command failed. It shows neither
/// tokens nor the URL.
#[derive(Clone, Debug)]
pub struct RedisStoreError(String);

/// Describes an error by its category and code alone: the server's message may repeat the command, and with it the token.
fn describe(error: &RedisError) -> RedisStoreError {
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
