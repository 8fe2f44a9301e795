//! Where an operation goes that has a server of its own.

use url::Url;

use super::address::same_origin;
use crate::http::Server;

/// The URL under which the path of an operation is.
///
/// The description says where the server of the operation is beside the usual one, the client which server it means:
///
/// - At the same host, the client's URL is followed, and only the path is the operation's: `https://ghe.example/api/v3`
///   becomes `https://ghe.example/api/uploads`.
/// - Another host is taken only where the client is at the usual server as documented, and only by TLS: the description
///   then names it for this very operation, so that it may have the credential. A client that is anywhere else, at a
///   server of one's own or at one for tests, stays there, since its credential is not one of the documented host.
pub(crate) fn base(client: &Url, server: Option<Server>) -> Url {
    own(client, server).unwrap_or_else(|| client.clone())
}

fn own(client: &Url, server: Option<Server>) -> Option<Url> {
    let Server { usual, own } = server?;
    // A description may leave out the host; what it leaves out is the same in both.
    let usual = Url::parse("https://server.invalid/").ok()?.join(usual).ok()?;
    let own = usual.join(if own.is_empty() { "/" } else { own }).ok()?;
    if (own.host(), own.port()) == (usual.host(), usual.port()) {
        let mount = client.path().trim_end_matches('/').strip_suffix(usual.path().trim_end_matches('/'))?;
        let mut url = client.clone();
        url.set_path(&format!("{mount}{}", own.path()));
        return Some(url);
    }
    let is_usual = same_origin(client, &usual) && trimmed(client) == trimmed(&usual);
    (is_usual && own.scheme() == "https").then_some(own)
}

fn trimmed(url: &Url) -> &str {
    url.path().trim_end_matches('/')
}
