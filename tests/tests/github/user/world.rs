//! The app of the tests, its clock, and the store of its tokens.

use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use github_apps::apps::endpoints::ListUserInstallations;
use github_apps::user::{Clock, SignIn, SignInBuilder, StoreFuture, UserClient, UserTokenStore, UserTokens};

use super::hub::{CLIENT_ID, CLIENT_SECRET, Hub};

/// The start of the tests' time.
pub const START: i64 = 1_800_000_000;

/// A clock that stands until it is moved.
#[derive(Clone)]
pub struct Stopped(Arc<AtomicI64>);

impl Stopped {
    pub fn at(seconds: i64) -> Self {
        Self(Arc::new(AtomicI64::new(seconds)))
    }

    pub fn forward(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }

    pub fn seconds(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

impl Clock for Stopped {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(self.seconds().unsigned_abs())
    }
}

/// Keeps all tokens, or none for a while, and has the tokens that others have saved.
#[derive(Clone, Default)]
pub struct Drawer {
    pub kept: Arc<Mutex<Vec<UserTokens>>>,
    pub others: Arc<Mutex<Option<UserTokens>>>,
    pub failures: Arc<AtomicUsize>,
    pub is_shut: Arc<AtomicUsize>,
}

impl Drawer {
    pub fn count(&self) -> usize {
        self.kept.lock().unwrap().len()
    }
}

impl UserTokenStore for Drawer {
    fn save<'a>(&'a self, tokens: &'a UserTokens) -> StoreFuture<'a, ()> {
        Box::pin(async {
            if self.failures.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok() {
                return Err("the drawer is stuck".into());
            }
            self.kept.lock().unwrap().push(tokens.clone());
            Ok(())
        })
    }

    fn load(&self) -> StoreFuture<'_, Option<UserTokens>> {
        Box::pin(async {
            if self.is_shut.load(Ordering::SeqCst) > 0 {
                return Err("the drawer is shut".into());
            }
            Ok(self.others.lock().unwrap().clone())
        })
    }
}

pub fn builder(hub: &Hub) -> SignInBuilder {
    SignIn::builder(CLIENT_ID).client_secret(CLIENT_SECRET).base_url(hub.url()).clock(hub.clock.clone())
}

pub fn sign_in(hub: &Hub) -> SignIn {
    builder(hub).build().unwrap()
}

/// A user with the first pair.
pub fn user(hub: &Hub, drawer: &Drawer) -> UserClient {
    sign_in(hub).user(hub.pair(), drawer.clone())
}

pub async fn ask(user: &UserClient) -> Result<(), String> {
    user.send(ListUserInstallations::new()).await.map(drop).map_err(|error| format!("{error:?}"))
}
