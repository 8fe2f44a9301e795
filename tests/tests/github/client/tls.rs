//! Settings of reqwest for TLS: a certificate authority, a client certificate and HTTP/2.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use github_apps::apps::endpoints::ListInstallations;
use github_apps::blocking::{self, Driver};
use github_apps::client::reqwest::{self, Certificate, Identity};
use github_apps::client::{ClientBuilder, github};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::LazyConfigAcceptor;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::{Acceptor, NoClientAuth, WebPkiClientVerifier};
use tokio_rustls::rustls::{RootCertStore, ServerConfig};

use super::app;

/// A certificate authority, and two certificates of it with their keys: for a server at 127.0.0.1, and for a client. They are
/// valid for a hundred years.
const AUTHORITY: &[u8] = include_bytes!("../../../fixtures/tls/authority.pem");
const SERVER: &[u8] = include_bytes!("../../../fixtures/tls/server.pem");
const CLIENT: &[u8] = include_bytes!("../../../fixtures/tls/client.pem");

/// A server that answers each request with an empty list.
struct Server {
    address: SocketAddr,
    /// The protocols that the client of each connection offered.
    offered: Arc<Mutex<Vec<Vec<String>>>>,
}

impl Server {
    /// Starts a server, which runs until the test ends.
    async fn start(needs_client_certificate: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self { address: listener.local_addr().unwrap(), offered: Arc::default() };
        let (offered, config) = (Arc::clone(&server.offered), config(needs_client_certificate));
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                // A client that refuses the certificate, or has none, ends the connection.
                let _ = answer(socket, &offered, &config).await;
            }
        });
        server
    }

    fn client(&self) -> ClientBuilder {
        let base = format!("https://{}", self.address);
        github().base_url(base).credential(app()).timeout(Duration::from_secs(10))
    }

    fn offered(&self) -> Vec<Vec<String>> {
        self.offered.lock().unwrap().clone()
    }
}

async fn answer(
    socket: TcpStream,
    offered: &Mutex<Vec<Vec<String>>>,
    config: &Arc<ServerConfig>,
) -> std::io::Result<()> {
    let handshake = LazyConfigAcceptor::new(Acceptor::default(), socket).await?;
    let text = |protocol: &[u8]| String::from_utf8_lossy(protocol).into_owned();
    let protocols = handshake.client_hello().alpn().map(|protocols| protocols.map(text).collect());
    offered.lock().unwrap().push(protocols.unwrap_or_default());
    let mut stream = handshake.into_stream(Arc::clone(config)).await?;
    let _ = stream.read(&mut [0; 4096]).await?;
    stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n[]").await?;
    stream.shutdown().await
}

/// Returns the settings of a server that checks the certificates of clients if it needs them.
fn config(needs_client_certificate: bool) -> Arc<ServerConfig> {
    let mut authorities = RootCertStore::empty();
    authorities.add(CertificateDer::from_pem_slice(AUTHORITY).unwrap()).unwrap();
    let verifier = match needs_client_certificate {
        true => WebPkiClientVerifier::builder(authorities.into()).build().unwrap(),
        false => Arc::new(NoClientAuth),
    };
    let (certificate, key) = (CertificateDer::from_pem_slice(SERVER), PrivateKeyDer::from_pem_slice(SERVER));
    let config = ServerConfig::builder().with_client_cert_verifier(verifier);
    Arc::new(config.with_single_cert(vec![certificate.unwrap()], key.unwrap()).unwrap())
}

fn trusting(http: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    http.tls_certs_merge([Certificate::from_pem(AUTHORITY).unwrap()])
}

#[tokio::test]
async fn a_certificate_authority_of_the_caller_is_trusted() {
    let server = Server::start(false).await;
    let error = server.client().build().unwrap().send(ListInstallations::new()).await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    let client = server.client().build_with_reqwest(trusting).unwrap();
    assert!(client.send(ListInstallations::new()).await.unwrap().is_empty());
    let client = server.client().build_with_reqwest(trusting).unwrap();
    let blocking = blocking::Client::new(client, Driver::new().unwrap());
    let sent = tokio::task::spawn_blocking(move || blocking.send(ListInstallations::new()));
    assert!(sent.await.unwrap().unwrap().is_empty());
}

#[tokio::test]
async fn a_client_certificate_is_sent() {
    let server = Server::start(true).await;
    let client = server.client().build_with_reqwest(trusting).unwrap();
    let error = client.send(ListInstallations::new()).await.unwrap_err();
    assert!(error.is_transport(), "{error:?}");
    let identity = Identity::from_pem(CLIENT).unwrap();
    let client = server.client().build_with_reqwest(|http| trusting(http).identity(identity.clone())).unwrap();
    assert!(client.send(ListInstallations::new()).await.unwrap().is_empty());
}

/// The tests enable the feature `http2` of reqwest.
#[tokio::test]
async fn only_a_client_with_settings_of_reqwest_offers_http2() {
    let server = Server::start(false).await;
    let client = server.client().build().unwrap();
    client.send(ListInstallations::new()).await.unwrap_err();
    let client = server.client().build_with_reqwest(trusting).unwrap();
    client.send(ListInstallations::new()).await.unwrap();
    assert_eq!(server.offered(), [vec!["http/1.1"], vec!["h2", "http/1.1"]]);
}
