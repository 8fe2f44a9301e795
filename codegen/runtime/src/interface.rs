//! The interface between generated code and this library.

/// The number of the interface that code of this version of `octogen` needs.
///
/// It grows with each change that new code needs. A change that breaks older code is a new major version of this package,
/// and removes the earlier numbers from [`requires_interface`](crate::requires_interface).
pub const INTERFACE: u32 = 1;

/// Compiles if this library has the interface that generated code needs. The macro has a line for each number of an
/// interface that this version still provides.
#[doc(hidden)]
#[macro_export]
macro_rules! requires_interface {
    (1) => {};
    ($number:tt) => {
        ::core::compile_error!(::core::concat!(
            "this code needs interface ",
            ::core::stringify!($number),
            " of octogen-runtime, which the runtime of this crate does not have. If the runtime is older than this code, run \
             `octogen` again for the crate or workspace that contains the runtime, or `cargo update octogen-runtime` for a \
             runtime of the registry. If the runtime is newer, run `octogen` again for this code."
        ));
    };
}
