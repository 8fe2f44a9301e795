//! Users who sign in with a browser.

use std::collections::BTreeSet;

use axum::extract::Query;
use github_apps::client::Client;
use github_apps::oauth::models::{Callback, SignInErrorCode};
use github_apps::runtime::{decode, encode};
use github_apps::user::{PendingSignIn, SignIn, parse_callback};

use super::hub::{CLIENT_ID, CLIENT_SECRET, Form, Hub};
use super::world::{builder, sign_in};

fn client(url: &str) -> Client {
    Client::builder().base_url(url).build().unwrap()
}

fn query(url: &str) -> &str {
    url.split_once('?').unwrap().1
}

#[tokio::test]
async fn a_user_signs_in() {
    let hub = Hub::start().await;
    let sign_in = sign_in(&hub);
    let back = "https://app.example/back%20here?a=1+2";
    let (url, pending) = sign_in.authorization().redirect_uri(back).repository(5).begin().unwrap();
    // The pending sign-in is stored in the browser's session.
    let pending: PendingSignIn = decode(encode(&pending).as_bytes()).unwrap();
    let returned = hub.visit(&url).await;
    assert!(returned.starts_with(back), "{returned}");
    let tokens = sign_in.finish(pending, &parse_callback(query(&returned)).unwrap()).await.unwrap();
    assert_eq!(tokens.access_token().expose(), "ghu_s3cret2");
    assert_eq!(tokens.refresh_token().unwrap().expose(), "ghr_s3cret2");
    let ends = |at: Option<std::time::SystemTime>| at.unwrap().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    assert_eq!((ends(tokens.expires_at()), ends(tokens.refresh_token_expires_at())), (1_800_028_800, 1_815_897_600));
    let (_, form) = hub.asked().remove(0);
    let names: Vec<&str> = form.keys().map(String::as_str).collect();
    assert_eq!(names, ["client_id", "client_secret", "code", "code_verifier", "redirect_uri", "repository_id"]);
    assert_eq!((form["client_secret"].as_str(), form["redirect_uri"].as_str()), (CLIENT_SECRET, back));
    assert_eq!(form["repository_id"], "5");
}

#[tokio::test]
async fn the_url_has_what_was_said() {
    let hub = Hub::start().await;
    let sign_in = sign_in(&hub);
    let begun = sign_in.authorization().login("octo&cat").allow_signup(false).select_account().begin();
    let (url, _) = begun.unwrap();
    assert!(url.starts_with(&format!("{}/login/oauth/authorize?client_id={CLIENT_ID}&", hub.url())), "{url}");
    let Query(form) = Query::<Form>::try_from_uri(&url.parse().unwrap()).unwrap();
    let expected = [("allow_signup", "false"), ("login", "octo&cat"), ("prompt", "select_account")];
    expected.iter().for_each(|(name, value)| assert_eq!(form[*name], *value));
    assert!(!form.contains_key("redirect_uri"));
    // Both halves are random, and have the 256 bits that they should have.
    let urls: BTreeSet<String> = (0..50)
        .map(|_| sign_in.authorization().begin().unwrap().0)
        .flat_map(|url| {
            let Query(form) = Query::<Form>::try_from_uri(&url.parse().unwrap()).unwrap();
            [form["state"].clone(), form["code_challenge"].clone()]
        })
        .collect();
    assert!(urls.len() == 100 && urls.iter().all(|text| text.len() == 43));
}

#[tokio::test]
async fn another_state_is_refused_before_anything_is_sent() {
    let hub = Hub::start().await;
    let sign_in = sign_in(&hub);
    let (url, _) = sign_in.authorization().begin().unwrap();
    let good = query(&hub.visit(&url).await).to_owned();
    let state = good.split_once("state=").unwrap().1.to_owned();
    for query in [
        String::from("code=c0de0"),
        String::from("code=c0de0&state="),
        good.replace(&state, &state[1..]),
        good.replace(&state, &format!("{state}0")),
        good.clone(),
        // Without the state, the error is not read.
        String::from("error=access_denied"),
        String::new(),
    ] {
        // Another browser, or a later attempt of the same one.
        let (_, pending) = sign_in.authorization().begin().unwrap();
        let error = sign_in.finish(pending, &parse_callback(&query).unwrap()).await.unwrap_err();
        assert!(error.is_state() && error.code().is_none(), "{query}: {error}");
    }
    assert_eq!(hub.asked().len(), 0);
}

#[tokio::test]
async fn a_code_is_for_who_has_the_verifier() {
    let hub = Hub::start().await;
    let sign_in = sign_in(&hub);
    let (url, mine) = sign_in.authorization().begin().unwrap();
    let returned = hub.visit(&url).await;
    let mine = encode(&mine);
    let verifier = mine.split_once(r#""code_verifier":""#).unwrap().1.split_once('"').unwrap().0.to_owned();
    let stolen: PendingSignIn = decode(mine.replace(&verifier, "another").as_bytes()).unwrap();
    let error = sign_in.finish(stolen, &parse_callback(query(&returned)).unwrap()).await.unwrap_err();
    assert_eq!(error.code(), Some(&SignInErrorCode::BadVerificationCode));
    assert!(error.needs_sign_in());
    // The code is used up.
    let mine: PendingSignIn = decode(mine.as_bytes()).unwrap();
    let error = sign_in.finish(mine, &parse_callback(query(&returned)).unwrap()).await.unwrap_err();
    assert_eq!(error.to_string(), "GitHub reported `bad_verification_code`: This is bad_verification_code.");
}

#[tokio::test]
async fn what_the_browser_says_instead_of_a_code() {
    let hub = Hub::start().await;
    let sign_in = sign_in(&hub);
    for (said, expected) in [
        ("error=access_denied&error_description=No", "GitHub reported `access_denied`: No"),
        ("error=application_suspended&error_uri=/a", "GitHub reported `application_suspended`"),
        ("error=of_tomorrow&error_description=a%0Ab%1B", "GitHub reported `of_tomorrow`: a\\nb\\u{1b}"),
        ("code=", "the callback has neither a code nor an error"),
        ("setup_action=install", "the callback has neither a code nor an error"),
    ] {
        let (_, pending) = sign_in.authorization().begin().unwrap();
        let kept = encode(&pending);
        let state = kept.split('"').nth(3).unwrap();
        let error =
            sign_in.finish(pending, &parse_callback(&format!("{said}&state={state}")).unwrap()).await.unwrap_err();
        assert_eq!(error.to_string(), expected);
        assert_eq!(error.is_denied(), said.starts_with("error=access_denied"));
    }
    for twice in ["code=a&code=b", "state=a&code=b&state=a"] {
        let error = parse_callback(twice).unwrap_err();
        assert_eq!(error.to_string(), "a parameter occurs twice in the callback");
    }
    assert_eq!(hub.asked().len(), 0);
}

/// A framework that reads the query with serde gets the same callback.
#[test]
fn a_callback_is_read_by_frameworks() {
    let uri = "/callback?code=a%2Fb&state=c+d&installation_id=1&error=new_one".parse().unwrap();
    let Query(read) = Query::<Callback>::try_from_uri(&uri).unwrap();
    assert_eq!(read, parse_callback("?code=a%2Fb&state=c+d&installation_id=1&error=new_one").unwrap());
    assert_eq!(read.code.unwrap().expose(), "a/b");
    assert_eq!(read.error, Some(SignInErrorCode::Unknown(String::from("new_one"))));
}

#[test]
fn nobody_signs_in_where_others_can_read_along() {
    let build = |url: &str| SignIn::builder(CLIENT_ID).base_url(url).build();
    for url in ["http://github.example.com", "http://10.0.0.1", "http://localhost.example.com", "http://[2001:db8::1]"]
    {
        let error = build(url).unwrap_err().to_string();
        assert!(error.ends_with("is not `https`, so that others could read the tokens of users"), "{url}: {error}");
    }
    for url in ["https://github.example.com", "http://localhost:3000", "http://127.0.0.1", "http://[::1]:3000"] {
        build(url).unwrap();
    }
    for url in ["", "github.com", "ftp://github.com", "https://me:secret@github.com"] {
        let error = build(url).unwrap_err().to_string();
        assert!(!error.contains("secret"), "{url}: {error}");
    }
    assert!(SignIn::new(" ").is_err());
}

#[tokio::test]
async fn servers_have_their_api_where_they_say() {
    let hub = Hub::start().await;
    for (builder, api) in [
        (SignIn::builder(CLIENT_ID), "https://api.github.com/"),
        (builder(&hub), &*format!("{}/api/v3", hub.url())),
        (SignIn::builder(CLIENT_ID).base_url("https://github.com/"), "https://api.github.com/"),
        (SignIn::builder(CLIENT_ID).web_client(client(&hub.url())), &*format!("{}/api/v3", hub.url())),
        (SignIn::builder(CLIENT_ID).api_url("https://api.github.com"), "https://api.github.com/"),
        (builder(&hub).api_url("https://api.octocorp.ghe.com"), "https://api.octocorp.ghe.com/"),
        (SignIn::builder(CLIENT_ID).base_url("https://octocorp.ghe.com:8443"), "https://api.octocorp.ghe.com:8443/"),
    ] {
        let printed = format!("{:?}", builder.build().unwrap());
        assert!(printed.ends_with(&format!(", {api})")), "{printed}");
    }
    // Otherwise the secret of an app of one server would be sent to another one.
    let elsewhere = "https://github.example.com/api/v3";
    for builder in
        [SignIn::builder(CLIENT_ID).api_url(elsewhere), SignIn::builder(CLIENT_ID).api_client(client(elsewhere))]
    {
        let error = builder.build().unwrap_err().to_string();
        assert_eq!(
            error,
            "the API is not that of github.com, and the URL of the sign-in is missing: set it with `base_url`"
        );
    }
}
