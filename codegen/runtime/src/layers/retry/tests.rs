use http::{Method, Response, StatusCode};

use super::{Effect, Resend, classify_error, classify_response, may_resend};
use crate::client::TransportErrorKind;
use crate::http::Body;

#[test]
fn the_effect_decides_what_is_sent_again() {
    let may = |resend| {
        let cases = [
            (Method::GET, Effect::Unknown),
            (Method::POST, Effect::Unknown),
            (Method::POST, Effect::NotDone),
            (Method::POST, Effect::NotSent),
        ];
        cases.map(|(method, effect)| may_resend(resend, &method, &effect))
    };
    assert_eq!(may(Resend::Never), [false, false, false, false]);
    assert_eq!(may(Resend::Idempotent), [true, false, false, true]);
    assert_eq!(may(Resend::Refused), [true, false, true, true]);
    assert_eq!(may(Resend::Always), [true, true, true, true]);
}

#[test]
fn failures_are_classified() {
    let status = |status: u16| {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::from_u16(status).unwrap_or_default();
        classify_response(None, &response).map(|failed| failed.reason)
    };
    let found = [200, 400, 404, 408, 429, 500, 501, 502, 503, 504].map(status);
    let expected = [
        None,
        None,
        None,
        Some("status 408"),
        Some("rate limit"),
        Some("status 500"),
        None,
        Some("status 502"),
        Some("status 503"),
        Some("status 504"),
    ];
    assert_eq!(found, expected);
    let error = |kind| classify_error(kind).map(|failed| failed.reason);
    assert_eq!(
        error(Some(TransportErrorKind::Connect)),
        Some("no connection")
    );
    assert_eq!(error(Some(TransportErrorKind::Limited)), None);
    assert_eq!(error(None), Some("broken off"));
}
