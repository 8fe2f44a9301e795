use super::{Credential, is_jwt};
use crate::codec::Secret;
use crate::http::{SchemeKind, SecurityScheme};

#[test]
fn a_jwt_has_three_parts() {
    for (text, expected) in [
        ("a.b.c", true),
        ("aA0-_=.b.c", true),
        ("a.b", false),
        ("a..c", false),
        ("a.b.c.d", false),
        ("a.b.c+", false),
    ] {
        assert_eq!(is_jwt(&Secret::from(text)), expected, "{text}");
    }
}

#[test]
fn all_spellings_of_a_secret_are_known() {
    assert_eq!(
        Credential::bearer("a/bc").spellings(),
        ["YS9iYw==", "a%2Fbc", "a/bc"]
    );
    assert_eq!(
        Credential::basic("me", "pass").spellings(),
        ["bWU6cGFzcw==", "me%3Apass", "me:pass", "pass"]
    );
    assert_eq!(
        Credential::basic("me", "p/ss").spellings(),
        ["bWU6cC9zcw==", "me%3Ap%2Fss", "me:p/ss", "p%2Fss", "p/ss"]
    );
    assert_eq!(Credential::bearer("abc").spellings(), ["YWJj"]);
    assert_eq!(Credential::bearer("").spellings(), [""; 0]);
}

#[test]
fn a_credential_fits_schemes_of_its_kind_and_name() {
    let scheme = |name, kind| SecurityScheme::new(name, kind);
    let token = Credential::bearer("x");
    assert!(
        token.fits(&scheme("a", SchemeKind::Bearer)) && token.fits(&scheme("b", SchemeKind::Jwt))
    );
    assert!(
        !token.fits(&scheme("a", SchemeKind::Basic))
            && !token.fits(&scheme("a", SchemeKind::Other))
    );
    let named = token.for_scheme("a");
    assert!(
        named.fits(&scheme("a", SchemeKind::Bearer))
            && !named.fits(&scheme("b", SchemeKind::Bearer))
    );
    let header = Credential::header("X-Key", "x");
    assert!(header.fits(&scheme("a", SchemeKind::Header("x-key"))));
    assert!(!header.fits(&scheme("a", SchemeKind::Header("x-other"))));
    assert!(!Credential::query("Key", "x").fits(&scheme("a", SchemeKind::Query("key"))));
}
