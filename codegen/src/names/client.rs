//! Names of operations, of their parameters and of the enums of their responses.

use rustc_hash::FxHashMap;

use super::name::{Name, constants};
use super::namespace::Namespace;
use super::reserved::Case;
use super::statuses::reason_phrase;
use crate::ir::{Api, Location, Operation, Parameter, Status};

/// The Rust names that belong to one operation of the emitted client: of its struct, parameters, constants and enums.
#[derive(Clone, Debug)]
pub struct OperationNames {
    /// The name of the operation's struct.
    pub ty: Name,
    /// The struct of the arguments of `new`, if it takes one.
    pub arguments: Name,
    /// The names of the parameters, in the order of the document.
    pub parameters: Vec<Name>,
    /// The constants of the defaults, one for each parameter.
    pub defaults: Vec<Name>,
    /// The constants of the headers, in the order of [`Operation::headers`].
    pub headers: Vec<Name>,
    /// The name of the request body.
    pub body: Name,
    /// The names of the enum for several media types of the body.
    pub bodies: OutcomeNames,
    /// The functions that request other media types, in the order of the successful responses.
    pub others: Vec<Name>,
    /// The names of the enum for several successful responses.
    pub output: OutcomeNames,
    /// The names of the enum for several error responses.
    pub failure: OutcomeNames,
}

/// The Rust names of an emitted enum and its variants, where each variant is an HTTP status, or a media type of the
/// request body.
#[derive(Clone, Debug)]
pub struct OutcomeNames {
    /// The name of the enum.
    pub ty: Name,
    /// The variants, in the order of the responses or of the media types.
    pub variants: Vec<Name>,
}

/// The Rust names in the client part of the output: of operations, webhooks, credentials and server variables.
#[derive(Debug)]
pub struct ClientNames {
    /// The operations, in the order of the description.
    pub operations: Vec<OperationNames>,
    /// The payloads of the webhooks, in the order of the description.
    pub webhooks: Vec<Name>,
    /// The credentials, by the names of their security schemes.
    pub credentials: FxHashMap<String, Name>,
    /// The variables of the first server.
    pub server: Vec<Name>,
    /// All identifiers beside the operations and beside the webhooks.
    pub namespace: Namespace,
}

/// Names everything that the client declares. The names of a selection are those of the whole API.
pub(super) fn client(api: &Api, whole: Option<&Api>) -> ClientNames {
    let Some(whole) = whole else {
        return client_of(api);
    };
    let (mut names, all) = (client_of(api), client_of(whole));
    let operations: FxHashMap<&str, &OperationNames> =
        whole.operations.iter().map(|operation| operation.id.as_str()).zip(&all.operations).collect();
    for (operation, names) in api.operations.iter().zip(&mut names.operations) {
        if let Some(decided) = operations.get(operation.id.as_str()) {
            *names = (*decided).clone();
        }
    }
    let mut webhooks: Vec<_> = whole.webhooks.iter().zip(&all.webhooks).collect();
    for (webhook, name) in api.webhooks.iter().zip(&mut names.webhooks) {
        if let Some(at) = webhooks.iter().position(|(one, _)| one.name == webhook.name) {
            *name = webhooks.remove(at).1.clone();
        }
    }
    for (scheme, name) in &mut names.credentials {
        if let Some(decided) = all.credentials.get(scheme) {
            *name = decided.clone();
        }
    }
    ClientNames { namespace: all.namespace, ..names }
}

fn client_of(api: &Api) -> ClientNames {
    let mut namespace = Namespace::new(Case::Operation, &[]);
    let types = namespace.claim_all(api.operations.iter().map(|operation| operation.id.as_str()));
    let operations = api.operations.iter().zip(types).map(|(one, ty)| operation(&mut namespace, one, ty)).collect();
    let webhooks = webhooks(api);
    namespace.extend(&webhooks);
    ClientNames { operations, webhooks, credentials: credentials(api), server: server(api), namespace }
}

/// Names the payloads of webhooks. Without the suffix, a payload would have the name of a model in many documents.
fn webhooks(api: &Api) -> Vec<Name> {
    let names: Vec<String> = api.webhooks.iter().map(|webhook| format!("{} payload", webhook.name)).collect();
    Namespace::new(Case::Operation, &[]).claim_all(names.iter().map(String::as_str))
}

fn credentials(api: &Api) -> FxHashMap<String, Name> {
    let schemes = || api.schemes.iter().map(|described| described.scheme.name.as_str());
    let names = Namespace::new(Case::Credential, &[]).claim_all(schemes());
    schemes().map(str::to_owned).zip(names).collect()
}

fn server(api: &Api) -> Vec<Name> {
    let variables = api.servers.first().map(|server| server.variables.as_slice()).unwrap_or_default();
    Namespace::new(Case::Function, &[]).claim_all(variables.iter().map(|variable| variable.name.as_str()))
}

fn operation(namespace: &mut Namespace, operation: &Operation, ty: Name) -> OperationNames {
    let mut members = Namespace::new(Case::Function, &[]);
    let parameters: Vec<String> =
        (0..operation.parameters.len()).map(|index| parameter(&operation.parameters, index)).collect();
    let parameters = members.claim_all(parameters.iter().map(String::as_str));
    let body = members.claim(if members.has("body") { "request body" } else { "body" });
    let others = operation.others().into_iter();
    let others = others.map(|(media_type, _)| members.claim(&format!("as {}", label(media_type)))).collect();
    let statuses: Vec<Status> = operation.responses.iter().map(|response| response.status).collect();
    OperationNames {
        arguments: namespace.claim(&format!("{ty} required")),
        defaults: constants("DEFAULT", &parameters),
        headers: headers(operation),
        parameters,
        body,
        bodies: bodies(namespace, &ty, operation),
        others,
        output: outcome(namespace, &ty, "output", &statuses),
        failure: outcome(namespace, &ty, "failure", &statuses),
        ty,
    }
}

fn headers(operation: &Operation) -> Vec<Name> {
    let headers = operation.headers();
    let names = Namespace::new(Case::Function, &[]).claim_all(headers.iter().map(|header| header.name.as_str()));
    constants("HEADER", &names)
}

/// Returns the documented name of a parameter. If an earlier parameter has the same name, the location follows it.
fn parameter(all: &[Parameter], index: usize) -> String {
    let name = &all[index].name;
    if !all[..index].iter().any(|earlier| earlier.name == *name) {
        return name.clone();
    }
    let location = match all[index].location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    format!("{name} {location}")
}

/// Returns the names of the enum for several media types. An operation with one media type has no enum.
fn bodies(namespace: &mut Namespace, ty: &Name, operation: &Operation) -> OutcomeNames {
    let contents = operation.body.as_ref().map(|body| body.contents.as_slice()).unwrap_or_default();
    if contents.len() < 2 {
        return OutcomeNames { ty: ty.clone(), variants: Vec::new() };
    }
    let labels: Vec<String> = contents.iter().map(|content| label(&content.media_type)).collect();
    let variants = Namespace::new(Case::Variant, &[]).claim_all(labels.iter().map(String::as_str));
    OutcomeNames { ty: namespace.claim(&format!("{ty} body")), variants }
}

/// Returns a short name of a media type, without parameters and without the prefix `application/`.
fn label(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    match essence {
        "application/x-www-form-urlencoded" => String::from("form"),
        "multipart/form-data" => String::from("multipart"),
        "application/octet-stream" => String::from("bytes"),
        "text/plain" => String::from("text"),
        other => other.strip_prefix("application/").unwrap_or(other).to_owned(),
    }
}

fn outcome(namespace: &mut Namespace, operation: &Name, role: &str, statuses: &[Status]) -> OutcomeNames {
    let mut variants = Namespace::new(Case::Variant, &[]);
    let variants = statuses.iter().map(|&status| variants.claim(&reason_phrase(status))).collect();
    OutcomeNames { ty: namespace.claim(&format!("{operation} {role}")), variants }
}
