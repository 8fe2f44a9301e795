//! States and codes of callbacks.

use std::collections::BTreeSet;
use std::time::Duration;

use github_apps::manifest::{ManifestCode, RegisterError, Registrar};

use super::{manifest, registrar, state};

const CODE: &str = "a180b1a3d263c81bc6441d7b990bae27d4c10679";

/// A registrar with a state that it has given out.
fn begun() -> (Registrar, String) {
    let registrar = registrar();
    let state = state(&registrar.form(&manifest()).unwrap());
    (registrar, state)
}

#[test]
fn a_state_is_good_once() {
    let (registrar, state) = begun();
    let query = format!("code={CODE}&state={state}");
    assert_eq!(registrar.clone().accept(&query).unwrap(), ManifestCode::new(CODE).unwrap());
    for registrar in [registrar.clone(), registrar] {
        let error = registrar.accept(&query).unwrap_err();
        assert!(matches!(error, RegisterError::UnknownState) && error.is_state() && error.status() == 400, "{error}");
    }
}

#[test]
fn a_state_is_good_in_time() {
    let registrar = registrar().state_lifetime(Duration::ZERO);
    let query = format!("code={CODE}&state={}", state(&registrar.form(&manifest()).unwrap()));
    let error = registrar.accept(&query).unwrap_err();
    assert!(matches!(error, RegisterError::StateExpired) && error.is_state(), "{error}");
    assert!(matches!(registrar.accept(&query).unwrap_err(), RegisterError::UnknownState));
}

#[test]
fn a_state_is_of_its_registrar() {
    let (_, state) = begun();
    let (other, own) = begun();
    for wrong in [state, own.to_uppercase().replace(char::is_numeric, "A"), own[..42].to_owned(), format!("{own}0")] {
        let error = other.accept(&format!("code={CODE}&state={wrong}")).unwrap_err();
        assert!(matches!(error, RegisterError::UnknownState), "{error}");
    }
    assert!(other.accept(&format!("code={CODE}&state={own}")).is_ok());
}

#[test]
fn a_state_is_by_chance() {
    let registrar = registrar();
    let form = || state(&registrar.form(&manifest()).unwrap());
    let states: BTreeSet<String> = (0..100).map(|_| form()).collect();
    assert_eq!(states.len(), 100);
    assert!(states.iter().all(|state| state.len() == 43));
}

/// The number of states is bounded if a client opens the page again and again.
#[test]
fn the_oldest_state_is_forgotten() {
    let registrar = registrar();
    let states: Vec<String> = (0..=1_000).map(|_| state(&registrar.form(&manifest()).unwrap())).collect();
    assert!(registrar.accept(&format!("code={CODE}&state={}", states[0])).is_err());
    for kept in [&states[1], &states[1_000]] {
        assert!(registrar.accept(&format!("code={CODE}&state={kept}")).is_ok());
    }
}

#[test]
fn of_two_that_come_at_once_one_is_let_in() {
    let (registrar, state) = begun();
    let query = format!("code={CODE}&state={state}");
    let come = || registrar.accept(&query).is_ok();
    let come = &come;
    let let_in: usize = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(move || usize::from(come()))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert_eq!(let_in, 1);
}

#[test]
fn a_query_is_read_strictly() {
    let (registrar, state) = begun();
    for (query, expected) in [
        (String::new(), "the query has no `state`"),
        (format!("code={CODE}"), "the query has no `state`"),
        (format!("code={CODE}&state="), "the query has no `state`"),
        (format!("code={CODE}&STATE={state}"), "the query has no `state`"),
        (format!("code={CODE}&state={state}&state={state}"), "the query has `state` more than once"),
        (format!("code={CODE}&state={state}&st%61te=a"), "the query has `state` more than once"),
        (format!("state={state}"), "the query has no `code`"),
        (format!("state={state}&code="), "the query has no `code`"),
        (format!("state={state}&code"), "the query has no `code`"),
        (format!("state={state}&code={CODE}&code={CODE}"), "the query has `code` more than once"),
        (format!("state={state}&code=a/b"), "the query parameter `code` is invalid"),
        (format!("state={state}&code=a%2Fb"), "the query parameter `code` is invalid"),
        (format!("state={state}&code=a?b"), "the query parameter `code` is invalid"),
        (format!("state={state}&code=a%23b"), "the query parameter `code` is invalid"),
        (format!("state={state}&code=.."), "the query parameter `code` is invalid"),
        (format!("state={state}&code=%2e%2e"), "the query parameter `code` is invalid"),
        (format!("state={state}&code=."), "the query parameter `code` is invalid"),
        (format!("state={state}&code=a+b"), "the query parameter `code` is invalid"),
        (format!("state={state}&code=a%0D%0Ab"), "the query parameter `code` is invalid"),
        (format!("state={state}&code=a%00"), "the query parameter `code` is invalid"),
        (format!("state={state}&code=%ff"), "the query parameter `code` is invalid"),
        (format!("state={state}&code=%2525"), "the query parameter `code` is invalid"),
        (format!("state={state}&code=\u{fc}"), "the query parameter `code` is invalid"),
        (format!("state={state}&code={}", "a".repeat(256)), "the query parameter `code` is invalid"),
    ] {
        let error = registrar.accept(&query).unwrap_err();
        assert_eq!(error.to_string(), expected, "{query}");
        assert_eq!(error.status(), 400);
    }
    // None of them has used up the state. Other parameters of the query are ignored.
    assert!(registrar.accept(&format!("?a&setup_action=install&code={CODE}&state={state}&=b&code2=c")).is_ok());
}
