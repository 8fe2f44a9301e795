//! What lets a thread wait for a future: a thread of its own that does the input, the output and the time.

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

use crate::client::Error;
use crate::client::fault::{Cause, Fault};

thread_local! {
    /// Whether this thread is that of a driver, on which nothing may wait for a driver.
    static DRIVES: Cell<bool> = const { Cell::new(false) };
}

/// A thread with a runtime of tokio, by which other threads wait for futures. A clone costs nothing; with the last one the
/// thread ends by itself, so that a driver may be dropped anywhere, also within async code.
///
/// A future is polled on the thread that waits for it, and only sockets and timers are the driver's: many threads may wait
/// at once, and each reads what is its own.
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
    /// The thread runs until this is dropped.
    _stop: oneshot::Sender<()>,
}

impl Driver {
    /// Starts a thread.
    ///
    /// # Errors
    ///
    /// Where the system has none to give.
    pub fn new() -> Result<Self, Error> {
        let (stop, stopped) = oneshot::channel();
        let (tell, told) = mpsc::channel();
        // The runtime is made and dropped there, since neither may be done within async code.
        let started = thread::Builder::new().name(String::from("octogen-blocking")).spawn(move || {
            DRIVES.set(true);
            match Builder::new_current_thread().enable_all().build() {
                Ok(runtime) => {
                    let _ = tell.send(Ok(runtime.handle().clone()));
                    let _: Result<(), _> = runtime.block_on(stopped);
                }
                Err(error) => drop(tell.send(Err(error))),
            }
        });
        let handle = started.and_then(|_| told.recv().unwrap_or_else(|_| Err(std::io::ErrorKind::BrokenPipe.into())));
        let refused = |error| Cause::Build(format!("the client can't be built: it gets no thread: {error}"));
        let handle = handle.map_err(|error| Error::new(Fault::new(None, refused(error)), None))?;
        Ok(Self(Arc::new(Running { handle, _stop: stop })))
    }

    /// Waits for a future of this runtime, or of any other kind, and blocks the thread until it is done.
    ///
    /// # Errors
    ///
    /// On the thread of a driver, where nobody would be left to wake it up, and on a thread that ends already.
    pub fn wait<F: Future>(&self, future: F) -> Result<F::Output, Error> {
        self.run(None, future).map_err(|fault| Error::new(fault, None))
    }

    pub(super) fn run<F: Future>(&self, operation: Option<&'static str>, future: F) -> Result<F::Output, Box<Fault>> {
        if DRIVES.get() {
            return Err(Fault::new(operation, Cause::Transport(Nowhere::OnDriver.into())));
        }
        if Handle::try_current().is_err_and(|error| error.is_thread_local_destroyed()) {
            return Err(Fault::new(operation, Cause::Transport(Nowhere::AtEnd.into())));
        }
        let _within = self.0.handle.enter();
        // A task around this has a budget of its own; once that was used up, nothing in here would ever be ready.
        let mut future = pin!(unconstrained(future));
        let sleeper = Arc::new(Sleeper { thread: thread::current(), is_woken: AtomicBool::new(false) });
        let waker = Waker::from(Arc::clone(&sleeper));
        let mut context = Context::from_waker(&waker);
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return Ok(output);
            }
            // Others may wake the thread for reasons of their own.
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

/// Where nothing can be waited for.
#[derive(Debug)]
enum Nowhere {
    /// Somebody waits on the thread that would have to wake him up.
    OnDriver,
    /// What a thread has of its own is gone, by which a runtime is found: only its destructors still run.
    AtEnd,
}

impl fmt::Display for Nowhere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OnDriver => {
                "a blocking client was used on the thread that does the work of one, such as by a stream that it sends"
            }
            Self::AtEnd => "a blocking client was used on a thread that ends, by a destructor",
        })
    }
}

impl StdError for Nowhere {}
