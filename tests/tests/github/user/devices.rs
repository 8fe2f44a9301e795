//! Users who sign in from a device, on virtual time.

use std::time::Duration;

use github_apps::client::Client;
use github_apps::oauth::models::SignInErrorCode;
use github_apps::user::SignIn;
use serde_json::{Value, json};
use tokio::time::{Instant, advance, timeout};

use super::hub::{CLIENT_ID, Hub, error};
use super::world::builder;

/// Calls the service directly, since a socket does not wait for virtual time.
fn sign_in(hub: &Hub) -> SignIn {
    let client = Client::builder().base_url(hub.url()).timeout(None).build_over(hub.router()).unwrap();
    builder(hub).web_client(client).build().unwrap()
}

fn slow_down(interval: Value) -> Value {
    let mut slow = error("slow_down");
    slow["interval"] = interval;
    slow
}

#[tokio::test(start_paused = true)]
async fn it_asks_until_the_user_has_entered_the_code() {
    let hub = Hub::within();
    (0..3).for_each(|_| hub.answer(200, error("authorization_pending")));
    // The request for the codes gets the first response of the list, if there is any.
    let answers = std::mem::take(&mut *hub.answers.lock().unwrap());
    let mut device = sign_in(&hub).device().await.unwrap().repository(5);
    *hub.answers.lock().unwrap() = answers;
    assert_eq!((device.user_code(), device.verification_uri()), ("WDJB-MJHT", "https://github.com/login/device"));
    assert_eq!(device.expires_in(), Duration::from_secs(900));
    let tokens = device.wait().await.unwrap();
    assert_eq!(tokens.access_token().expose(), "ghu_s3cret2");
    assert_eq!(hub.times(), [5, 10, 15, 20]);
    let (_, form) = hub.asked().remove(0);
    let names: Vec<&str> = form.keys().map(String::as_str).collect();
    assert_eq!(names, ["client_id", "device_code", "grant_type", "repository_id"]);
    assert_eq!((form["client_id"].as_str(), form["device_code"].as_str()), (CLIENT_ID, "d3vice"));
}

#[tokio::test(start_paused = true)]
async fn it_slows_down_when_the_server_asks() {
    for (said, times) in [
        (vec![error("slow_down"), error("authorization_pending")], vec![5, 15, 25]),
        (vec![error("slow_down"), error("slow_down")], vec![5, 15, 30]),
        (vec![slow_down(json!(10)), slow_down(json!("15"))], vec![5, 15, 30]),
        (vec![slow_down(json!(60)), error("authorization_pending")], vec![5, 65, 125]),
        // No server makes it faster than that.
        (vec![slow_down(json!(1)), slow_down(json!(-7)), slow_down(json!([]))], vec![5, 15, 30, 50]),
    ] {
        let hub = Hub::within();
        let mut device = sign_in(&hub).device().await.unwrap();
        said.iter().for_each(|said| hub.answer(200, said));
        device.wait().await.unwrap();
        assert_eq!(hub.times(), times, "{said:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn each_error_ends_it_and_is_returned() {
    for (code, known, needs_sign_in) in [
        ("expired_token", SignInErrorCode::ExpiredToken, true),
        ("token_expired", SignInErrorCode::TokenExpired, true),
        ("access_denied", SignInErrorCode::AccessDenied, true),
        ("incorrect_device_code", SignInErrorCode::IncorrectDeviceCode, true),
        ("bad_verification_code", SignInErrorCode::BadVerificationCode, true),
        ("unsupported_grant_type", SignInErrorCode::UnsupportedGrantType, false),
        ("incorrect_client_credentials", SignInErrorCode::IncorrectClientCredentials, false),
        ("device_flow_disabled", SignInErrorCode::DeviceFlowDisabled, false),
        ("unverified_user_email", SignInErrorCode::UnverifiedUserEmail, false),
        ("of_tomorrow", SignInErrorCode::Unknown(String::from("of_tomorrow")), false),
    ] {
        // Others than GitHub have a status for it.
        for status in [200, 400, 401] {
            let hub = Hub::within();
            let mut device = sign_in(&hub).device().await.unwrap();
            hub.answer(200, error("authorization_pending"));
            hub.answer(status, error(code));
            let error = device.wait().await.unwrap_err();
            assert_eq!((error.code(), error.needs_sign_in()), (Some(&known), needs_sign_in), "{code}");
            assert_eq!(error.to_string(), format!("GitHub reported `{code}`: This is {code}."));
            assert_eq!((error.is_denied(), hub.times()), (code == "access_denied", vec![5, 10]));
        }
        let hub = Hub::within();
        hub.answer(200, error(code));
        assert_eq!(sign_in(&hub).device().await.unwrap_err().code(), Some(&known));
    }
}

#[tokio::test(start_paused = true)]
async fn it_ends_when_the_code_does() {
    let hub = Hub::within();
    hub.answer(200, json!({"device_code": "d", "user_code": "u", "verification_uri": "v", "expires_in": "22"}));
    let mut device = sign_in(&hub).device().await.unwrap();
    (0..9).for_each(|_| hub.answer(200, error("authorization_pending")));
    let begun = Instant::now();
    let error = device.wait().await.unwrap_err();
    assert!(error.needs_sign_in() && error.code().is_none());
    assert_eq!(error.to_string(), "the user has not entered the code in time");
    // Without an interval it is five seconds.
    assert_eq!((hub.times(), begun.elapsed().as_secs()), (vec![5, 10, 15, 20], 20));
    assert!(device.wait().await.is_err());
}

#[tokio::test(start_paused = true)]
async fn no_span_is_too_long_or_too_short() {
    for (expires_in, interval, first) in [
        (json!(i64::MAX), json!(0), 1),
        (json!("9223372036854775807"), json!(-1), 1),
        (json!("soon"), json!("soon"), 5),
        (json!(null), json!(7), 7),
    ] {
        let hub = Hub::within();
        let code = json!({"device_code": "d3vice", "user_code": "u", "verification_uri": "v"});
        let mut code = code.as_object().unwrap().clone();
        code.extend([(String::from("expires_in"), expires_in), (String::from("interval"), interval)]);
        hub.answer(200, Value::Object(code));
        let mut device = sign_in(&hub).device().await.unwrap();
        device.wait().await.unwrap();
        assert_eq!(hub.times(), [first]);
    }
    let hub = Hub::within();
    let code =
        json!({"device_code": "d", "user_code": "u", "verification_uri": "v", "expires_in": 900, "interval": i64::MAX});
    hub.answer(200, code);
    assert!(sign_in(&hub).device().await.unwrap().wait().await.unwrap_err().needs_sign_in());
}

#[tokio::test(start_paused = true)]
async fn a_server_in_trouble_is_asked_more_seldom() {
    let hub = Hub::within();
    let mut device = sign_in(&hub).device().await.unwrap();
    hub.answer(502, "<html>");
    hub.answer(429, "{}");
    hub.answer(200, error("authorization_pending"));
    device.wait().await.unwrap();
    assert_eq!(hub.times(), [5, 15, 30, 45]);
    // A failure that is not transient is an error.
    for (status, body) in [(200, "<html>"), (200, "{}"), (200, "[]"), (404, "{}")] {
        let hub = Hub::within();
        let mut device = sign_in(&hub).device().await.unwrap();
        hub.answer(status, body);
        let error = device.wait().await.unwrap_err();
        assert!(!error.needs_sign_in() && error.code().is_none(), "{error:?}");
        assert_eq!(hub.times(), [5]);
    }
}

#[tokio::test(start_paused = true)]
async fn who_gives_up_can_wait_again() {
    let hub = Hub::within();
    let mut device = sign_in(&hub).device().await.unwrap();
    (0..2).for_each(|_| hub.answer(200, error("authorization_pending")));
    for _ in 0..4 {
        assert!(timeout(Duration::from_secs(3), device.wait()).await.is_err());
    }
    // It is no reason to ask more often.
    assert_eq!(hub.times(), [5, 10]);
    advance(Duration::from_secs(60)).await;
    device.wait().await.unwrap();
    assert_eq!(hub.times(), [5, 10, 72]);
}
