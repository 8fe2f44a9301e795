//! Counts requests on both sides, and compares them.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use octogen_runtime::client::Error;

/// The kind of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Get,
    /// The same for all tasks, so that it is cached.
    Shared,
    Put,
    /// It may arrive once.
    Post,
    /// It may arrive again after a refusal because of a limit.
    PostRefused,
}

impl Kind {
    pub(crate) const ALL: [Self; 5] = [Self::Get, Self::Shared, Self::Put, Self::Post, Self::PostRefused];

    pub(crate) fn is_idempotent(self) -> bool {
        matches!(self, Self::Get | Self::Shared | Self::Put)
    }
}

/// The server's record of one request.
#[derive(Clone, Copy, Default)]
struct Seen {
    arrived: u64,
    done: u64,
}

#[derive(Default)]
pub(crate) struct Tally {
    next: AtomicU64,
    /// The requests that are under way. Finished ones are checked and removed.
    seen: Mutex<HashMap<u64, Seen>>,
    counts: Mutex<BTreeMap<String, u64>>,
    wrong: Mutex<Vec<String>>,
}

impl Tally {
    /// The number of a new request.
    pub(crate) fn begin(&self, kind: Kind) -> u64 {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        self.with_seen(|seen| seen.insert(id, Seen::default()));
        self.count(&format!("begun {kind:?}"));
        id
    }

    /// A request has arrived, for this many times before.
    pub(crate) fn arrived(&self, id: u64) -> u64 {
        self.count("arrived");
        self.with_seen(|seen| {
            seen.get_mut(&id).map_or(0, |seen| {
                seen.arrived += 1;
                seen.arrived - 1
            })
        })
    }

    /// Records that the server has handled a request.
    pub(crate) fn done(&self, id: u64) {
        self.with_seen(|seen| {
            if let Some(seen) = seen.get_mut(&id) {
                seen.done += 1;
            }
        });
    }

    pub(crate) fn count(&self, what: &str) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        match counts.get_mut(what) {
            Some(count) => *count += 1,
            None => drop(counts.insert(what.to_owned(), 1)),
        }
    }

    /// The client has an answer or has given up.
    pub(crate) fn end(&self, kind: Kind, id: u64, result: Result<(), Error>) {
        self.count(&format!("{} {kind:?}", if result.is_ok() { "fine" } else { "failed" }));
        if kind == Kind::Shared {
            return;
        }
        let Some(Seen { arrived, done }) = self.with_seen(|seen| seen.remove(&id)) else { return };
        let is_right = match (kind, result.is_ok()) {
            (Kind::Post, is_fine) => arrived <= 1 && done <= 1 && (!is_fine || done == 1),
            (Kind::PostRefused, is_fine) => done <= 1 && (!is_fine || done == 1),
            (_, is_fine) => is_fine && done >= 1,
        };
        if !is_right {
            let wrong = format!("{kind:?} {id}: arrived {arrived} times, done {done} times, {result:?}");
            self.wrong.lock().unwrap_or_else(PoisonError::into_inner).push(wrong);
        }
    }

    /// Fails if a request was lost, or a write was handled twice.
    pub(crate) fn check(&self) {
        let wrong = self.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        assert!(wrong.is_empty(), "{} requests went wrong, such as {:#?}", wrong.len(), wrong.iter().take(5));
        assert_eq!(self.with_seen(|seen| seen.len()), 0, "requests were begun and have no end");
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        for wanted in
            ["fault Reset", "fault Cut", "fault Bad", "fault Slow", "fault Limit", "fault Secondary", "unchanged"]
        {
            assert!(counts.contains_key(wanted), "there was no {wanted}");
        }
    }

    fn with_seen<T>(&self, work: impl FnOnce(&mut HashMap<u64, Seen>) -> T) -> T {
        work(&mut self.seen.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let lines: Vec<String> = counts.iter().map(|(what, count)| format!("{count:>9} {what}")).collect();
        f.write_str(&lines.join("\n"))
    }
}
