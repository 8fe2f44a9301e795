//! Layers of tower for a client that runs for a long time. Each can be used alone, or all of them as [`Resilience`].

mod attempt;
mod backoff;
mod budget;
mod cache;
mod conditional;
mod deadline;
mod quota;
mod resilience;
mod retry;
mod service;
mod time_limit;
mod trace;
mod write_queue;

pub use budget::{Budget, BudgetLayer};
pub use cache::{Cache, CacheFuture, CacheKey, CachedResponse, MemoryCache};
pub use conditional::{Conditional, ConditionalLayer};
pub use deadline::{Deadline, DeadlineLayer};
pub use resilience::Resilience;
pub use retry::{Resend, RetryPolicy};
pub use service::InnerService;
pub use trace::{Trace, TraceLayer};
pub use write_queue::WriteInterval;
