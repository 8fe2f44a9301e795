//! Runs work on several threads, with a progress bar.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use indicatif::{ProgressBar, ProgressStyle};

/// Runs a function on each item, `jobs` at a time, and passes each result to `done` in the order in which they finish.
///
/// # Errors
///
/// If `done` fails, the first error. Work that has started is finished, and no more is started.
pub fn each<T: Sync, R: Send>(
    items: &[T],
    jobs: usize,
    work: &(dyn Fn(&T) -> R + Sync),
    done: &mut dyn FnMut(&T, R) -> Result<(), String>,
) -> Result<(), String> {
    let next = AtomicUsize::new(0);
    let (send, receive) = mpsc::channel();
    let mut outcome = Ok(());
    thread::scope(|scope| {
        for _ in 0..jobs.max(1) {
            let (send, next) = (send.clone(), &next);
            scope.spawn(move || {
                while let Some((index, item)) = take(items, next) {
                    if send.send((index, work(item))).is_err() {
                        return;
                    }
                }
            });
        }
        // Only the workers keep senders, so that the channel closes when they finish.
        drop(send);
        for (index, result) in receive {
            if outcome.is_ok() {
                outcome = items.get(index).map_or(Ok(()), |item| done(item, result));
            }
            if outcome.is_err() {
                next.store(items.len(), Ordering::Relaxed);
            }
        }
    });
    outcome
}

fn take<'i, T>(items: &'i [T], next: &AtomicUsize) -> Option<(usize, &'i T)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    items.get(index).map(|item| (index, item))
}

/// Returns a progress bar for the terminal; it is hidden without a terminal.
pub fn bar(what: &'static str, length: usize) -> ProgressBar {
    let bar = ProgressBar::new(u64::try_from(length).unwrap_or(u64::MAX));
    let template = "{prefix:>9} {bar:30} {pos}/{len} {elapsed} (still {eta}) {wide_msg}";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.with_prefix(what)
}
