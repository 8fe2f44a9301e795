//! Requests that operations write, responses that they read, and their metadata.

use octogen_runtime::{Operation, Response, Value};
use tests::emitted::{
    arguments, bodies, credentials, defaults, foreign_names, members, parameters, parameters_in_doubt, responses,
};

use super::{all, written};

#[test]
fn a_request_has_every_part_at_its_place() {
    use bodies::endpoints as bodies_of;
    use members::endpoints::SendOperation;
    use parameters::endpoints::{Compare, CompareRequired};
    use parameters::models::{CompareFilter, CompareSortItem};
    use parameters_in_doubt::endpoints::{Doubt, DoubtRequired};
    let between = |base: &str, head: &str, list: Vec<i64>, since: &str| {
        Compare::new(CompareRequired { base: base.into(), head: head.into(), list, since: since.into() })
    };
    let compare = between("v1/é", "main", vec![1, 2], "2020-01-01T00:00:00Z");
    let doubt =
        Doubt::new(DoubtRequired { missing: "..".into(), optional: "o".into(), twice: "t".into(), maybe: "m".into() });
    let full = between("a", "b", vec![1], "now")
        .page(2)
        .sort(vec![CompareSortItem::Up, CompareSortItem::Unknown("side".to_owned())])
        .joined(vec!["x".to_owned(), "y z".to_owned()])
        .filter(CompareFilter::new().a(1))
        .x_trace_id(vec!["1".to_owned(), "2".to_owned()])
        .session("s;=");
    let everything =
        SendOperation::new("p").self_("a").query("b").new_("c").body("d").request_("e").id("f").id_query("g");
    let thing = bodies::models::Thing::new;
    all(&[
        ("path", written(&compare), "GET /compare/v1%2F%C3%A9...main/1,2 | ?since=2020-01-01T00%3A00%3A00Z"),
        (
            "everything else",
            written(&full),
            r#"GET /compare/a...b/1 | ?since=now | ?page=2 | ?sort=up | ?sort=side | ?joined=x,y%20z | ?filter=%7B%22a%22%3A1%7D | x-trace-id: 1,2 | cookie: session=s%3B%3D"#,
        ),
        (
            "an empty list",
            written(&between("a", "b", Vec::new(), "now")),
            "the path parameter `list` makes a segment of the path empty, `.` or `..`, which would change the route",
        ),
        (
            "members",
            written(&everything),
            "PUT /p | ?self=a | ?query=b | ?new=c | ?body=d | ?request=e | ?id=g | accept: application/json | id: f",
        ),
        ("no body", written(&bodies_of::Optional::new()), "POST /optional"),
        ("empty body", written(&bodies_of::Optional::new().body(thing())), "POST /optional | application/json = {}"),
        (
            "patch",
            written(&bodies_of::Required::new(thing().a("x"))),
            r#"POST /required | application/merge-patch+json = {"a":"x"}"#,
        ),
        (
            "text",
            written(&bodies_of::Text::new().body("a\nb".to_owned())),
            "POST /text | accept: text/html | text/plain = a\nb",
        ),
        (
            "bytes",
            written(&bodies_of::Bytes::new().body(vec![65, 66])),
            "POST /bytes | accept: image/png | application/octet-stream = AB",
        ),
        (
            "no media type",
            written(&bodies_of::BytesRequired::new(vec![65])),
            "POST /bytes_required | application/octet-stream = A",
        ),
        ("list", written(&bodies_of::List::new(vec![thing()])), "POST /list | application/json = [{}]"),
        ("any", written(&bodies_of::Any::new(Value::Null)), "POST /any | application/json = null"),
        (
            "default not sent",
            written(&defaults::endpoints::Defaults::new()),
            "POST /defaults | accept: application/json",
        ),
        (
            "quotes",
            written(&foreign_names::endpoints::Quoted::new("e", "a b", "x")),
            "GET /it's \"quoted\"/e/a%20b/{x}/100%/",
        ),
        (
            "out of the path",
            written(&doubt),
            "the path parameter `missing` makes a segment of the path empty, `.` or `..`, which would change the route",
        ),
    ]);
}

#[test]
fn a_response_is_read_by_its_status() {
    use responses::endpoints::{Download, List, Mixed, NoneOperation, OnlyDefault, Probe, Redirect, Start};
    all(&[
        ("200", read::<Start>(200, r#"{"id":1}"#), "Ok(Job { id: 1 })"),
        ("202", read::<Start>(202, r#"{"after":5}"#), "Accepted(StartResponse202 { after: Some(5) })"),
        ("204", read::<Start>(204, ""), "NoContent"),
        ("not documented", read::<Start>(201, "{}"), "at $ (byte 0): no response is documented for this status"),
        ("of the wrong form", read::<Start>(200, "{}"), "at $ (byte 2): the required key `id` is missing"),
        ("404", failed::<Start>(404, r#"{"message":"no"}"#), r#"NotFound(Error { message: "no" })"#),
        ("422", failed::<Start>(422, r#"{"message":"bad"}"#), r#"UnprocessableContent(Error { message: "bad" })"#),
        ("a range", failed::<Start>(503, "down"), r#"Status5xx("down")"#),
        ("all others", failed::<Start>(400, "[1]"), "Other(Unknown(Array([Number(1)])))"),
        ("any of a range", read::<List>(206, "[]"), "[]"),
        ("two of one type", failed::<List>(403, r#"{"message":"no"}"#), r#"Error { message: "no" }"#),
        ("bytes", read::<Download>(200, "PK"), "[80, 75]"),
        ("no text", failed_bytes::<Start>(500, &[0xff]), "at $ (byte 0): the body is not UTF-8"),
        ("nothing documented", read::<NoneOperation>(200, "whatever"), "()"),
        ("no body", read::<Probe>(204, ""), "()"),
        ("only a default", read::<OnlyDefault>(200, r#"{"id":1}"#), "Job { id: 1 }"),
        ("text", read::<Mixed>(200, "a"), r#"Ok("a")"#),
        ("a string in JSON", read::<Mixed>(201, r#""a""#), r#"Created("a")"#),
        ("null", read::<Mixed>(202, "null"), "Accepted(())"),
        ("nothing", read::<Mixed>(204, ""), "NoContent"),
        ("a redirect", read::<Redirect>(302, ""), "at $ (byte 0): the redirect has no `location` header"),
    ]);
}

fn read<O: Operation<Output: std::fmt::Debug>>(status: u16, body: &str) -> String {
    match O::read(&Response::new(status, body.as_bytes())) {
        Ok(output) => format!("{output:?}"),
        Err(error) => error.to_string(),
    }
}

fn failed<O: Operation<Failure: std::fmt::Debug>>(status: u16, body: &str) -> String {
    failed_bytes::<O>(status, body.as_bytes())
}

fn failed_bytes<O: Operation<Failure: std::fmt::Debug>>(status: u16, body: &[u8]) -> String {
    match O::read_failure(&Response::new(status, body)) {
        Ok(failure) => format!("{failure:?}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn an_operation_states_its_requirements() {
    use credentials::endpoints as secured;
    all(&[
        ("id", responses::endpoints::Start::INFO.id.to_owned(), "start"),
        ("path", parameters::endpoints::Compare::INFO.path.to_owned(), "/compare/{base}...{head}/{list}"),
        ("media types", responses::endpoints::Odd::INFO.accept.join(" "), "application/json"),
        ("media types of a default", responses::endpoints::OnlyDefault::INFO.accept.join(" "), "application/json"),
        ("of the document", credentials::<secured::Global>(), "bearer: Jwt"),
        ("none", credentials::<secured::Open>(), ""),
        ("any", credentials::<secured::Either>(), r#"basic: Basic | in_query: Query("access_token") | "#),
        ("all", credentials::<secured::Both>(), r#"in_header: Header("X-Key") + in_cookie: Cookie("sid")"#),
        ("other", credentials::<secured::Scoped>(), "oauth: Bearer | oidc: Bearer"),
        ("not covered", credentials::<secured::Odd>(), "mutual: Other | digest: Other | nowhere: Other"),
        ("permissions", format!("{:?}", secured::Permitted::INFO.permissions.map(<[_]>::len)), "Some(2)"),
        ("no permissions", format!("{:?}", secured::Open::INFO.permissions), "None"),
        (
            "pages",
            format!("{:?}", secured::Permitted::INFO.pagination),
            r#"Some(Pagination { by: Cursor("after"), items: Some("all") })"#,
        ),
    ]);
}

fn credentials<O: Operation>() -> String {
    let one = |credential: &octogen_runtime::SecurityScheme| format!("{}: {:?}", credential.name, credential.kind);
    let any = O::INFO.credentials.iter();
    any.map(|all| all.iter().map(one).collect::<Vec<_>>().join(" + ")).collect::<Vec<_>>().join(" | ")
}

#[test]
fn arguments_of_operations_cannot_be_swapped() {
    use arguments::endpoints::{
        Booleans, BooleansRequired, Different, Four, FourRequired, Numbers, NumbersRequired, PathAndQuery,
        PathAndQueryRequired, PathAndText, PathAndTextRequired, PathOnly,
    };
    let (owner, repo) = (|| "o".to_owned(), || "r".to_owned());
    all(&[
        ("the order of the path", written(&PathOnly::new("o", "r")), "GET /repos/o/r"),
        (
            "the names of the others, the body",
            written(&Different::new("o", "r", 3, true, arguments::models::DifferentBody::new())),
            "PATCH /repos/o/r | ?wet=true | depth: 3 | application/json = {}",
        ),
        (
            "a text like those of the path",
            written(&PathAndQuery::new(PathAndQueryRequired { branch: "b".into(), owner: owner(), repo: repo() })),
            "PUT /repos/o/r | ?branch=b",
        ),
        (
            "a text as the body",
            written(&PathAndText::new(PathAndTextRequired { body: "b".into(), owner: owner(), repo: repo() })),
            "POST /repos/o/r | text/plain = b",
        ),
        (
            "two numbers",
            written(&Numbers::new(NumbersRequired { width: 1.5.into(), height: 2 })),
            "GET /numbers | ?height=2 | ?width=1.5",
        ),
        (
            "two booleans",
            written(&Booleans::new(BooleansRequired { wet: true, cold: false })),
            "PUT /numbers | ?cold=false | ?wet=true",
        ),
        (
            "more than three",
            written(&Four::new(FourRequired { a: true, b: 1, c: "c".into(), d: Vec::new() })),
            "POST /numbers | ?a=true | ?b=1 | ?c=c",
        ),
    ]);
}
