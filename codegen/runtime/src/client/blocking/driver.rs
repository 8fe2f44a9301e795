//! The thread that handles sockets and timers while other threads wait for futures.

use std::cell::Cell;
use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;
use tokio::task::unconstrained;

use crate::client::error::Error;
use crate::client::error_details::{Cause, ErrorDetails};

thread_local! {
    /// Whether this is the thread of a driver. Such a thread must not wait for a driver.
    static DRIVES: Cell<bool> = const { Cell::new(false) };
}

/// A thread with a tokio runtime for blocking clients, which lets other threads wait for futures. Create one yourself
/// to wait for your own futures too.
///
/// A clone is cheap. The thread ends after the last clone was dropped. A driver may be dropped anywhere, even within async
/// code. Each future is polled on the thread that waits for it. The driver handles only sockets and timers, so many threads
/// may wait at the same time.
///
/// ```
/// use octogen_runtime::client::blocking::Driver;
///
/// let driver = Driver::new()?;
/// assert_eq!(driver.wait(async { 1 + 1 })?, 2);
/// # Ok::<(), octogen_runtime::client::Error>(())
/// ```
#[derive(Clone)]
pub struct Driver(Arc<Running>);

struct Running {
    handle: Handle,
    /// The thread ends when this is dropped.
    _stop: oneshot::Sender<()>,
}

impl Driver {
    /// Starts the thread of a new driver, with a tokio runtime in it.
    ///
    /// # Errors
    ///
    /// If the system cannot start a thread or a runtime.
    pub fn new() -> Result<Self, Error> {
        let (stop, stopped) = oneshot::channel();
        let (result, started) = mpsc::channel();
        // The thread creates and drops the runtime, since neither is allowed within async code.
        let spawned = thread::Builder::new()
            .name(String::from("octogen-blocking"))
            .spawn(move || {
                DRIVES.set(true);
                match Builder::new_current_thread().enable_all().build() {
                    Ok(runtime) => {
                        let _ = result.send(Ok(runtime.handle().clone()));
                        let _: Result<(), _> = runtime.block_on(stopped);
                    }
                    Err(error) => drop(result.send(Err(error))),
                }
            });
        let handle = spawned.and_then(|_| {
            started
                .recv()
                .unwrap_or_else(|_| Err(std::io::ErrorKind::BrokenPipe.into()))
        });
        let cause = |error| {
            Cause::Build(format!(
                "the client can't be built: it can't start a thread: {error}"
            ))
        };
        let handle =
            handle.map_err(|error| Error::new(ErrorDetails::new(None, cause(error)), None))?;
        Ok(Self(Arc::new(Running {
            handle,
            _stop: stop,
        })))
    }

    /// Blocks the calling thread until a future is done, and returns the output of the future. The future may use
    /// tokio.
    ///
    /// # Errors
    ///
    /// If the calling thread is that of a driver, which would wait for itself, or is about to end.
    pub fn wait<F: Future>(&self, future: F) -> Result<F::Output, Error> {
        self.run(None, future)
            .map_err(|error| Error::new(error, None))
    }

    pub(super) fn run<F: Future>(
        &self,
        operation: Option<&'static str>,
        future: F,
    ) -> Result<F::Output, Box<ErrorDetails>> {
        if DRIVES.get() {
            return Err(ErrorDetails::new(
                operation,
                Cause::Transport(CannotWait::OnDriver.into()),
            ));
        }
        if Handle::try_current().is_err_and(|error| error.is_thread_local_destroyed()) {
            return Err(ErrorDetails::new(
                operation,
                Cause::Transport(CannotWait::AtEnd.into()),
            ));
        }
        let _within = self.0.handle.enter();
        // A tokio task around this call has a budget. After that is used up, nothing in here would become ready.
        let mut future = pin!(unconstrained(future));
        let sleeper = Arc::new(Sleeper {
            thread: thread::current(),
            is_woken: AtomicBool::new(false),
        });
        let waker = Waker::from(Arc::clone(&sleeper));
        let mut context = Context::from_waker(&waker);
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return Ok(output);
            }
            // Others may unpark the thread as well.
            while !sleeper.is_woken.swap(false, Ordering::Acquire) {
                thread::park();
            }
        }
    }
}

impl fmt::Debug for Driver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Driver(…)")
    }
}

struct Sleeper {
    thread: Thread,
    is_woken: AtomicBool,
}

impl Wake for Sleeper {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.is_woken.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

/// The reason why a thread cannot wait for a future.
#[derive(Debug)]
enum CannotWait {
    /// The thread would have to wake itself up.
    OnDriver,
    /// The thread is ending, and the thread-local value by which a runtime is found is gone.
    AtEnd,
}

impl fmt::Display for CannotWait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OnDriver => {
                "a blocking client was used on the thread of a driver, for example by a stream that it sends"
            }
            Self::AtEnd => "a blocking client was used by a destructor on a thread that is ending",
        })
    }
}

impl StdError for CannotWait {}
