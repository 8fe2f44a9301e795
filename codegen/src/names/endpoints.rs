//! Names of operations, their parameters and their outcomes.

use std::collections::{BTreeMap, BTreeSet};

use super::reserved::Case;
use super::scope::Scope;
use super::{Name, ident};
use crate::analyze::Facts;
use crate::ir::{Api, ExampleRole, Location, Operation, Parameter, Status};

/// The names of an operation.
#[derive(Clone, Debug)]
pub struct OperationNames {
    /// The struct.
    pub ty: Name,
    /// The parameters, in their order.
    pub parameters: Vec<Name>,
    /// The constants of the defaults, one for each parameter.
    pub defaults: Vec<Name>,
    /// The constants of the headers, in the order of [`Operation::headers`].
    pub headers: Vec<Name>,
    /// The request body.
    pub body: Name,
    /// The enum of several media types of the body.
    pub bodies: OutcomeNames,
    /// The functions that ask for other media types, in the order of the successful responses.
    pub others: Vec<Name>,
    /// The enum of several successful responses.
    pub output: OutcomeNames,
    /// The enum of several error responses.
    pub failure: OutcomeNames,
}

/// The names of an enum with a variant per status, or per media type.
#[derive(Clone, Debug)]
pub struct OutcomeNames {
    /// The enum.
    pub ty: Name,
    /// Its variants, in the order of the responses, successful or not, or of the media types.
    pub variants: Vec<Name>,
}

/// Names all operations.
pub(super) fn endpoints(api: &Api) -> (Vec<OperationNames>, BTreeSet<String>) {
    let mut scope = Scope::new(Case::Operation, &[]);
    let ids: Vec<&str> = api.operations.iter().map(|operation| operation.id.as_str()).collect();
    let types = scope.claim_all(&ids);
    let mut names = Vec::new();
    for (operation, ty) in api.operations.iter().zip(types) {
        names.push(operation_names(&mut scope, operation, &ty));
    }
    (names, scope.into_taken())
}

/// Names all webhooks.
pub(super) fn webhooks(api: &Api) -> Vec<Name> {
    let mut scope = Scope::new(Case::Operation, &[]);
    let names: Vec<&str> = api.webhooks.iter().map(|webhook| webhook.name.as_str()).collect();
    scope.claim_all(&names).iter().map(|name| ident(name)).collect()
}

/// Names the credentials, by the names of their schemes.
pub(super) fn credentials(api: &Api) -> BTreeMap<String, Name> {
    let mut scope = Scope::new(Case::Credential, &[]);
    let names: Vec<&str> = api.schemes.iter().map(|one| one.scheme.name.as_str()).collect();
    let claimed = scope.claim_all(&names);
    names.iter().zip(claimed).map(|(name, claimed)| ((*name).to_owned(), ident(&claimed))).collect()
}

/// Names the variables of the first server.
pub(super) fn server(api: &Api) -> Vec<Name> {
    let variables = api.servers.first().map(|server| server.variables.as_slice()).unwrap_or_default();
    let names: Vec<&str> = variables.iter().map(|variable| variable.name.as_str()).collect();
    Scope::new(Case::Function, &[]).claim_all(&names).iter().map(|name| ident(name)).collect()
}

/// Names the tests of the documented payloads, by their places among the payloads.
pub(super) fn examples(api: &Api, facts: &Facts) -> BTreeMap<usize, Name> {
    let mut scope = Scope::new(Case::Field, &["check", "models"]);
    let mut names = BTreeMap::new();
    for (index, example) in api.examples.iter().enumerate().filter(|(index, _)| facts.outcome(*index).is_some()) {
        let role = match &example.role {
            ExampleRole::Request(media) => format!("{media} request"),
            ExampleRole::Response(Status::Code(200) | Status::Range(2), media) => format!("{media} response"),
            ExampleRole::Response(status, media) => format!("{media} {}", reason(*status)),
            ExampleRole::Parameter(name) => name.clone(),
        };
        names.insert(index, ident(&scope.claim(&format!("{} {role} {}", example.owner, example.name))));
    }
    names
}

fn operation_names(scope: &mut Scope, operation: &Operation, ty: &str) -> OperationNames {
    let mut members = Scope::new(Case::Function, &[]);
    let parameters: Vec<String> =
        (0..operation.parameters.len()).map(|at| parameter(&operation.parameters, at)).collect();
    let parameters: Vec<&str> = parameters.iter().map(String::as_str).collect();
    let parameters: Vec<Name> = members.claim_all(&parameters).iter().map(|name| ident(name)).collect();
    let body = members.claim(if members.has("body") { "request body" } else { "body" });
    let others = operation.others().into_iter();
    let others: Vec<Name> =
        others.map(|(media_type, _)| ident(&members.claim(&format!("as {}", label(media_type))))).collect();
    let statuses: Vec<Status> = operation.responses.iter().map(|response| response.status).collect();
    OperationNames {
        ty: ident(ty),
        defaults: super::constants("DEFAULT", &parameters),
        headers: headers(operation),
        parameters,
        body: ident(&body),
        bodies: bodies(scope, ty, operation),
        others,
        output: outcome(scope, ty, "output", &statuses),
        failure: outcome(scope, ty, "failure", &statuses),
    }
}

fn headers(operation: &Operation) -> Vec<Name> {
    let mut scope = Scope::new(Case::Function, &[]);
    let headers = operation.headers();
    let names: Vec<&str> = headers.iter().map(|header| header.name.as_str()).collect();
    let names: Vec<Name> = scope.claim_all(&names).iter().map(|name| ident(name)).collect();
    super::constants("HEADER", &names)
}

/// What a parameter is called: where another one before it has the same name, with its place.
fn parameter(all: &[Parameter], at: usize) -> String {
    let name = &all[at].name;
    if !all[..at].iter().any(|earlier| earlier.name == *name) {
        return name.clone();
    }
    let place = match all[at].location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    format!("{name} {place}")
}

/// The enum of several media types; where there is one, there is no enum and no name is taken.
fn bodies(scope: &mut Scope, ty: &str, operation: &Operation) -> OutcomeNames {
    let contents = operation.body.as_ref().map(|body| body.contents.as_slice()).unwrap_or_default();
    if contents.len() < 2 {
        return OutcomeNames { ty: ident(ty), variants: Vec::new() };
    }
    let mut variants = Scope::new(Case::Variant, &[]);
    let labels: Vec<String> = contents.iter().map(|content| label(&content.media_type)).collect();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let variants = variants.claim_all(&labels);
    OutcomeNames {
        ty: ident(&scope.claim(&format!("{ty} body"))),
        variants: variants.iter().map(|name| ident(name)).collect(),
    }
}

/// What a media type is called: without its parameters and what all of its kind have.
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

fn outcome(scope: &mut Scope, operation: &str, role: &str, statuses: &[Status]) -> OutcomeNames {
    let mut variants = Scope::new(Case::Variant, &[]);
    let names: Vec<String> = statuses.iter().map(|&status| variants.claim(&reason(status))).collect();
    OutcomeNames {
        ty: ident(&scope.claim(&format!("{operation} {role}"))),
        variants: names.iter().map(|name| ident(name)).collect(),
    }
}

/// The reason phrase of a status, as RFC 9110 has it, or its number.
fn reason(status: Status) -> String {
    let Status::Code(code) = status else {
        return match status {
            Status::Range(digit) => format!("status {digit}xx"),
            _ => String::from("other"),
        };
    };
    let phrase = match code {
        200 => "ok",
        201 => "created",
        202 => "accepted",
        203 => "non authoritative information",
        204 => "no content",
        205 => "reset content",
        206 => "partial content",
        301 => "moved permanently",
        302 => "found",
        303 => "see other",
        304 => "not modified",
        307 => "temporary redirect",
        308 => "permanent redirect",
        400 => "bad request",
        401 => "unauthorized",
        402 => "payment required",
        403 => "forbidden",
        404 => "not found",
        405 => "method not allowed",
        406 => "not acceptable",
        409 => "conflict",
        410 => "gone",
        412 => "precondition failed",
        413 => "content too large",
        415 => "unsupported media type",
        422 => "unprocessable content",
        429 => "too many requests",
        500 => "internal server error",
        501 => "not implemented",
        502 => "bad gateway",
        503 => "service unavailable",
        504 => "gateway timeout",
        _ => return format!("status {code}"),
    };
    phrase.to_owned()
}
