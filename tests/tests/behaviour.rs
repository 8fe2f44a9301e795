//! What emitted code does where a round trip is not enough: each table has what was asked, what came of it, and what
//! should.

use std::marker::PhantomData;

use octogen_runtime::{Operation, Request, Response, Slot, Value, decode, encode};
use tests::emitted::{
    absence, absence_3_0, bodies, constants, credentials, dates, defaults, deprecation, empties, enums, foreign_names,
    inheritance, maps, members, numbers, parameters, parameters_in_doubt, recursion, responses, unions_by_sight,
    unions_by_tag, wide,
};

/// What came of a question and what should.
type Case<'a> = (&'a str, String, &'a str);

fn all(cases: &[Case<'_>]) {
    let wrong = cases.iter().filter(|(_, found, expected)| found != expected);
    let wrong: Vec<String> =
        wrong.map(|(asked, found, expected)| format!("{asked}\n  {found}\n  {expected}")).collect();
    assert!(wrong.is_empty(), "asked, found, expected:\n{}", wrong.join("\n"));
}

/// The decoded value as `Debug` shows it, or why it is refused.
fn shown<T: Slot>(json: &str) -> String {
    match decode::<T>(json.as_bytes()) {
        Ok(value) => format!("{value:?}"),
        Err(error) => error.to_string(),
    }
}

/// The value as it is written again, or why it is refused.
fn back<T: Slot>(json: &str) -> String {
    match decode::<T>(json.as_bytes()) {
        Ok(value) => encode(&value),
        Err(error) => error.to_string(),
    }
}

/// A request on a few lines: method and path, query, headers, body.
fn written(operation: &impl Operation) -> String {
    match operation.request() {
        Ok(request) => lines(&request),
        Err(error) => error.to_string(),
    }
}

fn lines(request: &Request) -> String {
    let mut lines = vec![format!("{} {}", request.method, request.path)];
    lines.extend(request.query.iter().map(|(name, value)| format!("?{name}={value}")));
    lines.extend(request.headers.iter().map(|(name, value)| format!("{name}: {value}")));
    if let Some(body) = &request.body {
        lines.push(format!("{} = {}", body.media_type(), String::from_utf8_lossy(&body.bytes().unwrap())));
    }
    lines.join(" | ")
}

#[test]
fn a_union_takes_the_arm_that_its_value_is_of() {
    use unions_by_sight::models::{UnionsBase, UnionsByConst, UnionsByKey, UnionsByType, UnionsMixed, UnionsUntold};
    use unions_by_tag::models::{BasedResponse, Mapped, Named};
    let arm = |shown: String| shown.split(['(', ' ']).next().unwrap_or_default().to_owned();
    let mapped = |json| arm(shown::<Mapped>(json));
    let by_type = |json| arm(shown::<UnionsByType>(json));
    all(&[
        ("mapped", mapped(r#"{"kind":"cat","name":"a"}"#), "Cat"),
        ("mapped, second value", mapped(r#"{"kind":"kitten","name":"a"}"#), "Cat"),
        ("mapped, the tag comes last", mapped(r#"{"name":"a","kind":"dog"}"#), "Dog"),
        ("mapped, unheard of", mapped(r#"{"kind":"bird"}"#), "Unknown"),
        ("mapped, without a tag", mapped(r#"{"name":"a"}"#), "Unknown"),
        ("mapped, no object", mapped("7"), "Unknown"),
        ("named", arm(shown::<Named>(r#"{"kind":"Dog"}"#)), "Dog"),
        ("named, other case", arm(shown::<Named>(r#"{"kind":"dog"}"#)), "Unknown"),
        ("based", arm(shown::<BasedResponse>(r#"{"type":"Boat","wheels":4}"#)), "Boat"),
        ("const", arm(shown::<UnionsByConst>(r#"{"op":"remove"}"#)), "Delete"),
        ("const, unheard of", arm(shown::<UnionsByConst>(r#"{"op":"swap"}"#)), "Unknown"),
        ("key", arm(shown::<UnionsByKey>(r#"{"login":"a"}"#)), "User"),
        ("other key", arm(shown::<UnionsByKey>(r#"{"slug":"a","name":"b"}"#)), "Enterprise"),
        ("neither key", arm(shown::<UnionsByKey>(r#"{"name":"b"}"#)), "Unknown"),
        ("string", by_type(r#""x""#), "String"),
        ("array", by_type("[1]"), "Array"),
        ("integer", by_type("1"), "Integer"),
        ("object", by_type("{}"), "Object"),
        ("no documented type", by_type("true"), "Unknown"),
        ("less", arm(shown::<UnionsUntold>(r#"{"a":1}"#)), "Less"),
        ("more", arm(shown::<UnionsUntold>(r#"{"a":1,"b":2}"#)), "More"),
        ("neither less nor more", arm(shown::<UnionsUntold>(r#"{"c":1}"#)), "Unknown"),
        ("enum in a union", shown::<UnionsMixed>(r#""none""#), "String(None)"),
        ("map in a union", shown::<UnionsMixed>(r#"{"a":1}"#), r#"Object({"a": 1})"#),
        ("beside keys of its own", shown::<UnionsBase>(r#"{"id":1,"y":"z"}"#), r#"Y(UnionsBaseY { id: 1, y: "z" })"#),
        ("inherited", arm(shown::<inheritance::models::Pet>(r#"{"kind":"dog","name":"a"}"#)), "Dog"),
    ]);
}

#[test]
fn a_union_keeps_what_it_does_not_know_and_refuses_what_is_wrong_within_an_arm() {
    use unions_by_sight::models::{UnionsByConst, UnionsByKey, UnionsByType};
    use unions_by_tag::models::Mapped;
    all(&[
        ("kept", back::<Mapped>(r#"{"kind":"bird","wings":[2,2.0]}"#), r#"{"kind":"bird","wings":[2,2.0]}"#),
        ("kept", back::<UnionsByType>("1.50"), "at $ (byte 0): the number is not an integer of 64 bits"),
        ("kept", back::<UnionsByConst>("null"), "null"),
        (
            "the arm is known, its key is missing",
            back::<Mapped>(r#"{"kind":"cat"}"#),
            "at $ (byte 14): the required key `name` is missing",
        ),
        (
            "the arm is known, its value is of another type",
            back::<UnionsByKey>(r#"{"login":1}"#),
            "at $.login (byte 9): expected a string, found a number",
        ),
        (
            "within an array",
            back::<UnionsByType>(r#"[1,"a"]"#),
            "at $[1] (byte 3): expected an integer, found a string",
        ),
    ]);
}

#[test]
fn an_enum_keeps_a_value_that_nobody_documented() {
    use constants::models::{ConstantsNumber, ConstantsText};
    use enums::models::{EnumsFloat, EnumsQuoted, Level, Mixed, State};
    all(&[
        ("known", shown::<State>(r#""open""#), "Open"),
        ("of other case", shown::<State>(r#""OPEN""#), "OpenUpperCase"),
        ("called unknown", shown::<State>(r#""unknown""#), "UnknownValue"),
        ("called Self", shown::<State>(r#""Self""#), "SelfValue"),
        ("empty", shown::<State>(r#""""#), "Empty"),
        ("unheard of", shown::<State>(r#""paused""#), r#"Unknown("paused")"#),
        ("written back", back::<State>(r#""paused""#), r#""paused""#),
        ("no string", shown::<State>("1"), "at $ (byte 0): expected a string, found a number"),
        ("negative", shown::<Level>("-1"), "Minus1"),
        ("quoted in the document", shown::<Level>("100"), "Value100"),
        ("unheard of number", shown::<Level>("99"), "Unknown(Number(99))"),
        (
            "quoted in the payload",
            shown::<Level>(r#""1""#),
            "at $ (byte 0): expected one of the documented values, found a string",
        ),
        ("number of a mixed enum", shown::<Mixed>("1"), "Value1"),
        ("string of a mixed enum", shown::<Mixed>(r#""1""#), "Value1Text"),
        ("boolean of a mixed enum", shown::<Mixed>("true"), "True"),
        ("other boolean of a mixed enum", back::<Mixed>("false"), "false"),
        ("by its text", shown::<EnumsFloat>("1.0"), "Value1Dot0"),
        ("by its text", shown::<EnumsFloat>("1"), "Value1"),
        ("unquoted in the document", shown::<EnumsQuoted>(r#""true""#), "True"),
        ("constant", shown::<ConstantsText>(r#""fixed""#), "Fixed"),
        ("broken constant", back::<ConstantsText>(r#""loose""#), r#""loose""#),
        ("broken constant", back::<ConstantsNumber>("2"), "2"),
    ]);
    assert_eq!(State::OpenUpperCase.as_str(), "OPEN");
    assert_eq!(State::Unknown("paused".to_owned()).to_string(), "paused");
}

#[test]
fn null_and_absent_are_two_things() {
    use absence::models::Forms;
    use absence_3_0::models::Forms as Forms30;
    let least = r#"{"a":"x","b":null}"#;
    let nulls = r#"{"a":"x","b":null,"d":null,"e":null,"f":null,"g":null,"h":null,"i":null,"j":null}"#;
    let refused = "at $.c (byte 22): expected a string, found null";
    all(&[
        ("absent", back::<Forms>(least), least),
        ("null", back::<Forms>(nulls), nulls),
        ("absent in 3.0", back::<Forms30>(least), least),
        ("null in 3.0", back::<Forms30>(nulls), nulls),
        ("an optional key that can't be null", back::<Forms>(r#"{"a":"x","b":null,"c":null}"#), refused),
        ("an optional key that can't be null, in 3.0", back::<Forms30>(r#"{"a":"x","b":null,"c":null}"#), refused),
        ("a required key", back::<Forms>(r#"{"a":"x"}"#), "at $ (byte 9): the required key `b` is missing"),
        (
            "null where none fits",
            back::<Forms>(r#"{"a":null,"b":""}"#),
            "at $.a (byte 5): expected a string, found null",
        ),
        ("null within an array", back::<Forms>(r#"{"a":"","b":"","f":[1,null]}"#), r#"{"a":"","b":"","f":[1,null]}"#),
        ("only null", back::<Forms>(r#"{"a":"","b":"","i":1}"#), "at $.i (byte 19): expected null, found a number"),
    ]);
    let built = Forms::new("x", None).d("y");
    assert_eq!(encode(&built), r#"{"a":"x","b":null,"d":"y"}"#);
}

#[test]
fn empty_values_stay_and_undeclared_keys_go_where_they_are_wanted() {
    use maps::models::Maps;
    let empty = r#"{"url":"","list":[],"map":{},"object":{},"any":{},"text":"","rest":{}}"#;
    all(&[
        ("empty values", back::<empties::models::Empties>(empty), empty),
        (
            "kept in their order",
            back::<Maps>(r#"{"open":{"z":1,"a":2,"y":null}}"#),
            r#"{"open":{"a":2,"z":1,"y":null}}"#,
        ),
        (
            "of the type of the rest",
            back::<Maps>(r#"{"typed":{"z":"1"}}"#),
            "at $.typed.z (byte 14): expected an integer, found a string",
        ),
        ("dropped", back::<Maps>(r#"{"closed":{"a":1,"z":[{}]}}"#), r#"{"closed":{"a":1}}"#),
        (
            "too long a tuple",
            back::<Maps>(r#"{"pair":["a",1,2]}"#),
            "at $.pair (byte 8): expected an array of 2 elements",
        ),
        ("too short a tuple", back::<Maps>(r#"{"pair":["a"]}"#), "at $.pair (byte 8): expected an array of 2 elements"),
        (
            "deep in a map",
            back::<Maps>(r#"{"map_of_maps":{"a b":{"c":"d"}}}"#),
            r#"at $.map_of_maps["a b"].c (byte 27): expected an integer, found a string"#,
        ),
        (
            "a key called like the rest",
            back::<members::models::Other>(r#"{"x":"1","additional_properties":"2"}"#),
            r#"{"additional_properties":"2","x":"1"}"#,
        ),
    ]);
}

#[test]
fn scalars_keep_their_text() {
    use dates::models::Dates;
    use numbers::models::Numbers;
    let numbers = [
        r#"{"number":1.0,"integer":3,"huge":18446744073709551615}"#,
        r#"{"number":1e2,"integer":-9223372036854775808,"list":[-0,-0.0,1.10,1E+2,123456789012345678901234567890]}"#,
        r#"{"number":-0,"integer":0,"any":[1e2,{"a":0.10}],"either":3.0,"text":"1.10"}"#,
    ];
    for text in numbers {
        assert_eq!(back::<Numbers>(text), text);
    }
    for at in ["2017-07-08T16:18:44-04:00", "2011-01-26T19:01:12.100Z", "2017-07-08 16:18:44 UTC", ""] {
        let text = format!(r#"{{"at":"{at}","day":"2017-07-08"}}"#);
        assert_eq!(back::<Dates>(&text), text);
    }
    all(&[
        (
            "beyond 64 bits",
            back::<Numbers>(r#"{"number":1,"integer":9223372036854775808}"#),
            "at $.integer (byte 22): the number is not an integer of 64 bits",
        ),
        (
            "below zero",
            back::<Numbers>(r#"{"number":1,"integer":1,"huge":-1}"#),
            "at $.huge (byte 31): the number is not an integer of 64 bits without a sign",
        ),
        (
            "a fraction",
            back::<Numbers>(r#"{"number":1,"integer":1.5}"#),
            "at $.integer (byte 22): the number is not an integer of 64 bits",
        ),
    ]);
}

#[test]
fn deep_and_wide_values_come_back() {
    let deep = format!("{}{}{}", r#"{"name":"a","left":"#.repeat(100), r#"{"name":"b"}"#, "}".repeat(100));
    assert_eq!(back::<recursion::models::Tree>(&deep), deep);
    let deeper = format!("{}{}", r#"{"name":"a","left":"#.repeat(10_000), "null");
    let refused = shown::<recursion::models::Tree>(&deeper);
    assert!(refused.ends_with("more than 127 nested arrays and objects"), "{}", &refused[refused.len().min(80)..]);
    let lists = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(decode::<recursion::models::Either>(lists.as_bytes()).is_err());
    let missing = shown::<wide::models::Wide>("{}");
    assert_eq!(missing, "at $ (byte 2): the required key `f1` is missing");
}

#[test]
fn a_request_has_every_part_at_its_place() {
    use bodies::endpoints as bodies_of;
    use members::endpoints::SendOperation;
    use parameters::endpoints::Compare;
    use parameters::models::{CompareFilter, CompareSortItem};
    let compare = Compare::new("v1/é", "main", vec![1, 2], "2020-01-01T00:00:00Z");
    let full = Compare::new("a", "b", vec![1], "now")
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
            written(&Compare::new("a", "b", Vec::new(), "now")),
            "the path parameter `list` makes a segment of the path empty, `.` or `..`, which would lead to another route",
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
            written(&parameters_in_doubt::endpoints::Doubt::new("..", "o", "t", "m")),
            "the path parameter `missing` makes a segment of the path empty, `.` or `..`, which would lead to another route",
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
        ("a redirect", read::<Redirect>(302, ""), "at $ (byte 0): the redirect does not say where it leads"),
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
fn an_operation_tells_what_it_needs() {
    use credentials::endpoints as secured;
    all(&[
        ("id", responses::endpoints::Start::ABOUT.id.to_owned(), "start"),
        ("path", parameters::endpoints::Compare::ABOUT.path.to_owned(), "/compare/{base}...{head}/{list}"),
        ("media types", responses::endpoints::Odd::ABOUT.accept.join(" "), "application/json"),
        ("media types of a default", responses::endpoints::OnlyDefault::ABOUT.accept.join(" "), "application/json"),
        ("of the document", credentials::<secured::Global>(), "bearer: Jwt"),
        ("none", credentials::<secured::Open>(), ""),
        ("any", credentials::<secured::Either>(), r#"basic: Basic | in_query: Query("access_token") | "#),
        ("all", credentials::<secured::Both>(), r#"in_header: Header("X-Key") + in_cookie: Cookie("sid")"#),
        ("other", credentials::<secured::Scoped>(), "oauth: Bearer | oidc: Bearer"),
        ("not covered", credentials::<secured::Odd>(), "mutual: Other | digest: Other | nowhere: Other"),
        ("permissions", format!("{:?}", secured::Permitted::ABOUT.permissions.map(<[_]>::len)), "Some(2)"),
        ("no permissions", format!("{:?}", secured::Open::ABOUT.permissions), "None"),
        (
            "pages",
            format!("{:?}", secured::Permitted::ABOUT.pagination),
            r#"Some(Pagination { by: Cursor("after"), items: Some("all") })"#,
        ),
    ]);
}

fn credentials<O: Operation>() -> String {
    let one = |credential: &octogen_runtime::Credential| format!("{}: {:?}", credential.scheme, credential.kind);
    let any = O::ABOUT.credentials.iter();
    any.map(|all| all.iter().map(one).collect::<Vec<_>>().join(" + ")).collect::<Vec<_>>().join(" | ")
}

#[test]
fn secrets_are_written_and_not_shown() {
    let text = r#"{"token":"hush","list":["hush"],"map":{"a":"hush"},"maybe":"hush","either":"hush"}"#;
    assert_eq!(back::<credentials::models::Token>(text), text);
    let shown = shown::<credentials::models::Token>(text);
    assert_eq!(shown.matches("***").count(), 5, "{shown}");
    assert!(!shown.contains("hush"), "{shown}");
    let login = credentials::endpoints::Login::new(credentials::models::LoginBody::new("me", "hush"));
    assert!(!format!("{login:?}").contains("hush"), "{login:?}");
    assert!(written(&login).contains("hush"));
}

/// Whether a type has a default: the constant of the type itself comes before that of the trait.
struct Probe<T>(PhantomData<T>);

trait Without {
    const HAS_DEFAULT: bool = false;
}

impl<T> Without for T {}

impl<T: Default> Probe<T> {
    const HAS_DEFAULT: bool = true;
}

#[test]
fn there_is_a_default_only_where_nothing_has_to_be_given() {
    let cases = [
        ("every key is optional", Probe::<bodies::models::Thing>::HAS_DEFAULT, true),
        ("keys that nobody declared", Probe::<maps::models::MapsOpen>::HAS_DEFAULT, true),
        ("every part of the request is optional", Probe::<bodies::endpoints::Optional>::HAS_DEFAULT, true),
        ("a key is required", Probe::<bodies::models::InlineBody>::HAS_DEFAULT, false),
        ("the body is required", Probe::<bodies::endpoints::Required>::HAS_DEFAULT, false),
        ("a parameter is required", Probe::<parameters::endpoints::Compare>::HAS_DEFAULT, false),
        ("an enum", Probe::<enums::models::State>::HAS_DEFAULT, false),
        ("a union", Probe::<unions_by_tag::models::Mapped>::HAS_DEFAULT, false),
    ];
    for (what, found, expected) in cases {
        assert_eq!(found, expected, "{what}");
    }
}

#[test]
fn defaults_are_told_and_not_written() {
    use defaults::models::{Defaults, State};
    assert_eq!(Defaults::DEFAULT_TEXT, "a `b` \n c");
    assert_eq!(defaults::endpoints::Defaults::DEFAULT_PER_PAGE, 30);
    assert_eq!(encode(&Defaults::new()), "{}");
    assert_eq!(encode(&Defaults::new().state(State::On).flag(false)), r#"{"flag":false,"state":"on"}"#);
}

#[test]
fn what_is_deprecated_still_works() {
    let text = r#"{"id":1,"was":"x","gone":"y","inner":{"a":2}}"#;
    assert_eq!(back::<deprecation::models::Old>(text), text);
}
