//! Words that mean something else in Rust.

/// The use of a Rust identifier, such as a type, a field or a module. It decides the casing and the reserved words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// A model: a struct, an enum, an alias.
    Type,
    /// An operation or the payload of a webhook.
    Operation,
    /// A credential.
    Credential,
    /// A variant.
    Variant,
    /// A field, a parameter, a test.
    Field,
    /// A function that sets a parameter.
    Function,
    /// A module, which is a file as well.
    Module,
    /// A package, by the identifier of its library.
    Package,
}

/// Returns an identifier that is not reserved: a suffix or `r#` separates it from keywords and names of the prelude.
pub(super) fn escaped(text: &str, case: Case) -> String {
    match case {
        Case::Type if PRELUDE.contains(&text) => format!("{text}Model"),
        Case::Operation if PRELUDE.contains(&text) => format!("{text}Operation"),
        Case::Credential if PRELUDE.contains(&text) || SECURITY.contains(&text) => format!("{text}Credential"),
        // `Unknown` keeps the values that nobody documented.
        Case::Variant if text == "Self" || text == "Unknown" => format!("{text}Value"),
        Case::Type | Case::Operation | Case::Credential | Case::Variant => text.to_owned(),
        Case::Function if FUNCTIONS.contains(&text) => format!("{text}_"),
        Case::Field | Case::Function if NEVER_RAW.contains(&text) => format!("{text}_"),
        Case::Field | Case::Function if KEYWORDS.contains(&text) => format!("r#{text}"),
        Case::Module if KEYWORDS.contains(&text) || NEVER_RAW.contains(&text) || DEVICES.contains(&text) => {
            format!("{text}_")
        }
        Case::Package if [&KEYWORDS[..], &NEVER_RAW, &DEVICES, &CRATES].concat().contains(&text) => {
            format!("{text}_api")
        }
        Case::Field | Case::Function | Case::Module | Case::Package => text.to_owned(),
    }
}

/// Names that emitted code uses without a path, that readers expect to mean the standard item, or that resemble `new`.
const PRELUDE: [&str; 46] = [
    "AsMut",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Deserialize",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Hash",
    "Into",
    "IntoIterator",
    "Iterator",
    "New",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Serialize",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
    "Rc",
    "Arc",
];

const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Names of runtime items in the module of the credentials.
const SECURITY: [&str; 4] = ["SchemeCredential", "SchemeKind", "Secret", "SecurityScheme"];

/// Functions that every operation has: a setter with such a name would conflict with them.
const FUNCTIONS: [&str; 7] = ["new", "default", "clone", "request", "into", "try_into", "borrow"];

/// Keywords that cannot be raw identifiers.
const NEVER_RAW: [&str; 4] = ["self", "super", "crate", "_"];

/// File names that Windows reserves for devices.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Names of crates in scope, of Cargo's folders, and of items beside the crate in its tests and examples.
const CRATES: [&str; 19] = [
    "alloc",
    "build",
    "check",
    "core",
    "deps",
    "endpoints",
    "examples",
    "incremental",
    "json",
    "models",
    "octogen_runtime",
    "proc_macro",
    "round_trip",
    "round_trips",
    "runtime",
    "std",
    "test",
    "tests",
    "types",
];
