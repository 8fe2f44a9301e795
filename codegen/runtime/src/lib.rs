//! The runtime of crates that `octogen` generates.
//!
//! - [`decode`] and [`encode`] convert between JSON and values without changing a value.
//! - [`Slot`] is a value that the codec can fill and write. Generated types implement it with a [`Table`], or as a
//!   [`StringEnum`], a [`ValueEnum`] or a [`Union`].
//! - [`Value`], [`Number`], [`Timestamp`], [`Date`], [`Secret`], [`Maybe`], [`Constant`], [`OpenTuple`] and
//!   [`NumberOrText`] are the types of generated fields where a type of Rust would lose something.
//! - [`Operation`] is a documented operation. It writes a [`Request`] and reads a [`Response`].
//! - The module `client` sends operations (feature `client`).
//! - The module `layers` has retries, rate limits, a deadline, a cache and tracing for a client (feature `resilience`).
//! - The module `sources` has the files of this package (feature `sources`).
//!
//! Imports point one way: `layers` → `client` → `http` → `codec`.
//!
//! ```
//! use octogen_runtime::{Map, Number, decode, encode};
//!
//! let prices: Map<Number> = decode(br#"{"tea":3.0,"cake":3}"#)?;
//! assert_eq!(encode(&prices), r#"{"tea":3.0,"cake":3}"#);
//! # Ok::<(), octogen_runtime::DecodeError>(())
//! ```

#[cfg(feature = "client")]
pub mod client;
mod codec;
mod http;
mod interface;
#[cfg(feature = "resilience")]
pub mod layers;
#[cfg(feature = "sources")]
pub mod sources;

pub use codec::{
    Constant, ConstantValue, Date, DecodeError, ErrorKind, Field, IntoMaybe, JsonType, Lend,
    LendMut, Literal, Map, Maybe, Number, NumberOrText, OneValue, OpenTuple, PathSegment, Presence,
    Proof, Reader, Secret, Slot, StringEnum, Table, Test, Timestamp, Union, Value, ValueEnum,
    Variant, Writer, decode, encode,
};
pub use http::{
    AnyCredential, Blob, Bytes, Encoding, FromResponse, Grants, Header, Json, Location, Method,
    MissingPermissions, Operation, OperationInfo, OperationServer, Page, PageStyle, Pagination,
    Permission, ReadAs, Request, RequestBody, RequestError, RequiredPermission,
    RequiredPermissions, Response, SchemeCredential, SchemeKind, SecurityScheme,
    ServiceConventions, Style, Takes, Text, WithMediaType, WriteBody, is_json, permissions_for,
    server_url,
};

#[doc(hidden)]
pub use codec::vacant;
#[doc(hidden)]
pub use interface::INTERFACE;

/// The functions that the macros call. They are not part of the interface.
#[doc(hidden)]
pub mod support {
    pub use crate::codec::support::*;
    pub use crate::http::{bytes, json, text};
    pub use serde;
}
