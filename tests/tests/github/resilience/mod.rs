//! A long-running client: retries, waits, cached responses, and logs.

mod conditional;
mod deadlines;
mod limits;
mod pages;
mod retries;
mod script;
mod sockets;
mod writes;

use octogen_runtime::{Method, Operation, OperationInfo, Request, SchemeCredential, SchemeKind, Secret, Value};

/// The one security scheme of these operations.
const TOKEN: octogen_runtime::SecurityScheme = octogen_runtime::SecurityScheme::new("token", SchemeKind::Bearer);

/// The credential of clients in these tests.
pub(crate) struct Token(Secret);

impl SchemeCredential for Token {
    const SCHEME: octogen_runtime::SecurityScheme = TOKEN;

    fn into_secret(self) -> Secret {
        self.0
    }
}

/// A value as JSON.
fn text(value: &Value) -> String {
    octogen_runtime::encode(value)
}

macro_rules! operation {
    ($name:ident, $id:literal, $method:ident, $path:literal) => {
        /// An operation on things, with or without a credential.
        #[derive(Clone, Debug)]
        pub(crate) struct $name;

        impl Operation for $name {
            type Output = Value;
            type Failure = Value;

            const INFO: OperationInfo = {
                let mut info = OperationInfo::new($id, Method::$method, $path);
                info.credentials = &[&[TOKEN], &[]];
                info.service = &github_apps::apps::SERVICE;
                info
            };

            fn write(&self, _request: &mut Request) {}
        }
    };
}

operation!(Get, "get", Get, "/things");
operation!(Search, "search", Get, "/search");
operation!(Put, "put", Put, "/things");
operation!(Delete, "delete", Delete, "/things");
operation!(Post, "post", Post, "/things");
