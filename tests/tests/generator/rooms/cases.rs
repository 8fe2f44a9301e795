//! Files that break a rule, and what is said of them: each rule can fail.

/// A file, its text, and what is found there: texts that break each rule, and such as only look as if they did.
pub(crate) const CASES: &[(&str, &str, &[&str])] = &[
    // Between the rooms.
    ("codegen/src/ir/a.rs", "use crate::lower::Lower;", &["ir/a.rs:1: `ir` may not import `crate::lower::Lower`"]),
    ("codegen/src/ir.rs", "\n\nfn a() { crate::emit::b() }", &["ir.rs:3: `ir` may not import `crate::emit::b`"]),
    (
        "codegen/src/emit/a.rs",
        "use crate::{\n    ir::Api,\n    document::{Node, Pointer as P},\n};",
        &[
            "emit/a.rs:3: `emit` may not import `crate::document::Node`",
            "emit/a.rs:3: `emit` may not import `crate::document::Pointer`",
        ],
    ),
    (
        "codegen/src/emit/mod.rs",
        "use super::document::*;",
        &["emit/mod.rs:1: `emit` may not import `crate::document::*`"],
    ),
    (
        "codegen/src/emit/a/b.rs",
        "use super::super::super::lower;",
        &["emit/a/b.rs:1: `emit` may not import `crate::lower`"],
    ),
    ("codegen/src/emit/a.rs", "use super::lower; use super::super::ir; use crate::emit::b;", &[]),
    (
        "codegen/src/analyze/mod.rs",
        "use crate::names::Names;",
        &["analyze/mod.rs:1: `analyze` may not import `crate::names::Names`"],
    ),
    ("codegen/src/format.rs", "use crate::Loader;", &["format.rs:1: `format` may not import `crate::Loader`"]),
    ("codegen/src/lower/a.rs", "use crate::{document::Node, ir::Api, diagnostic::Place};", &[]),
    ("codegen/src/attic/a.rs", "", &["attic/a.rs:1: the room `attic` has no row in the table"]),
    ("codegen/src/lib.rs", "use crate::emit::a; pub use crate::lower::b;", &[]),
    // The homes of crates.
    (
        "codegen/src/lower/a.rs",
        "use serde_yaml::Value;",
        &["lower/a.rs:1: `serde_yaml::Value`: YAML is read in `document`"],
    ),
    ("codegen/src/document/a.rs", "use serde_yaml::Value; use saphyr_parser::Parser;", &[]),
    (
        "codegen/src/report/a.rs",
        "use saphyr_parser::Parser;",
        &["report/a.rs:1: `saphyr_parser::Parser`: places are found in `document`"],
    ),
    (
        "codegen/src/emit/a.rs",
        "use heck::ToSnakeCase;",
        &["emit/a.rs:1: `heck::ToSnakeCase`: words are cased in `names`"],
    ),
    ("codegen/src/names/a.rs", "use heck::ToSnakeCase;", &[]),
    ("codegen/src/names/a.rs", "use quote::quote;", &["names/a.rs:1: `quote::quote`: tokens are written in `emit`"]),
    ("codegen/src/names/a.rs", "let quote = '\"';", &[]),
    ("codegen/src/emit/a.rs", "use quote::quote;", &[]),
    (
        "codegen/src/lib.rs",
        "use annotate_snippets::Level;",
        &["lib.rs:1: `annotate_snippets::Level`: excerpts are drawn in `report`"],
    ),
    (
        "codegen/runtime/src/client/error.rs",
        "use reqwest::Error;",
        &["client/error.rs:1: `reqwest::Error`: the client knows services of tower"],
    ),
    ("codegen/runtime/src/client/reqwest_transport.rs", "use reqwest::Error;", &[]),
    // What is said nowhere.
    (
        "codegen/src/document/a.rs",
        "use std::{fmt, fs};",
        &["document/a.rs:1: `std::fs`: only `files` and the command line touch files"],
    ),
    (
        "codegen/runtime/src/a.rs",
        "std::fs::read(b)",
        &["runtime/src/a.rs:1: `std::fs::read`: only `files` and the command line touch files"],
    ),
    ("codegen/src/files.rs", "use std::fs; use crate::source::Source; use crate::format::GeneratedFile;", &[]),
    (
        "codegen/src/files.rs",
        "use clap::Args;",
        &["files.rs:1: `clap::Args`: build scripts do without the command line"],
    ),
    ("codegen/src/command/a.rs", "use std::fs; use clap::Args; use crate::{generate, files::read};", &[]),
    (
        "codegen/src/command/a.rs",
        "use crate::emit::library;",
        &["command/a.rs:1: `command` may not import `crate::emit::library`"],
    ),
    (
        "codegen/src/package/a.rs",
        "use crate::generate;",
        &["package/a.rs:1: `package` may not import `crate::generate`"],
    ),
    ("codegen/src/main.rs", "use octogen::command::a; use clap::Parser;", &[]),
    ("xtask/src/main.rs", "use std::fs; fn a() { b().unwrap(); }", &[]),
    (
        "codegen/src/emit/a.rs",
        "let a = format_ident!(\"b\");\nlet c = syn::Ident::new(d, e);",
        &[
            "emit/a.rs:1: `format_ident!`: an identifier that is not made in `names` skips the check for collisions",
            "emit/a.rs:2: `syn::Ident::new`: an identifier that is not made in `names` skips the check for collisions",
        ],
    ),
    (
        "codegen/src/emit/a.rs",
        "use quote::{quote, format_ident as made};\nIdent::new_raw(a, b)",
        &[
            "emit/a.rs:1: `quote::format_ident`: an identifier that is not made in `names` skips the check for collisions",
            "emit/a.rs:2: `Ident::new_raw`: an identifier that is not made in `names` skips the check for collisions",
        ],
    ),
    ("codegen/src/names/a.rs", "Ident::new_raw(a, b)", &[]),
    (
        "generated/src/app/a.rs",
        "use moka::sync::Cache;\nfn a() { b().unwrap() }",
        &["app/a.rs:2: `.unwrap(`: no input may end the process"],
    ),
    (
        "codegen/src/emit/a.rs",
        "let a: HashMap<B, C>;",
        &["emit/a.rs:1: `HashMap`: its order would differ from run to run"],
    ),
    (
        "codegen/src/names/a.rs",
        "use std::collections::HashSet;",
        &["names/a.rs:1: `HashSet`: its order would differ from run to run"],
    ),
    ("codegen/src/lower/a.rs", "use std::collections::HashMap;", &[]),
    ("codegen/src/a.rs", "", &["a.rs:1: the room `a` has no row in the table"]),
    (
        "codegen/src/lib.rs",
        "a.unwrap();\npanic!(\"b\");\ntodo!();\nunimplemented!();\nunreachable!()",
        &[
            "lib.rs:1: `.unwrap(`: no input may end the process",
            "lib.rs:2: `panic!`: no input may end the process",
            "lib.rs:3: `todo!`: no input may end the process",
            "lib.rs:4: `unimplemented!`: no input may end the process",
            "lib.rs:5: `unreachable!`: no input may end the process",
        ],
    ),
    (
        "codegen/src/lib.rs",
        "/// a.unwrap()\n//! panic!()\n/* todo!() /* */ todo!() */ a.unwrap_or(b); std::panic::a();",
        &[],
    ),
    (
        "codegen/src/lib.rs",
        "let a = (\"b.unwrap()\", r#\"panic!(\"\")\"#, '\"', b'\\'', c::<'a>()); todo!()",
        &["lib.rs:1: `todo!`: no input may end the process"],
    ),
    (
        "codegen/src/emit/a.rs",
        "quote! { use crate::lower::a; { b.unwrap() } }; panic!()",
        &["emit/a.rs:1: `panic!`: no input may end the process"],
    ),
    (
        "codegen/runtime/src/a.rs",
        "use github_apps::App;",
        &[
            "runtime/src/a.rs:1: `github_apps::App`: the runtime knows no crate that was generated, nor what generates it",
        ],
    ),
    (
        "codegen/runtime/src/a.rs",
        "octogen::generate();\ninclude!(\"a.rs\")",
        &[
            "runtime/src/a.rs:1: `octogen::generate`: the runtime knows no crate that was generated, nor what generates it",
            "runtime/src/a.rs:2: `include!`: the runtime knows no crate that was generated, nor what generates it",
        ],
    ),
    ("codegen/runtime/src/a.rs", "$crate::b::c(); use crate::slot::Slot; octogen_runtime::d()", &[]),
];
