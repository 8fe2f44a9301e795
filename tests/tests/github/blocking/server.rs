//! A server on a thread of its own, so that a test may block the one that it runs on.

use axum::Router;
use github_apps::apps::security::AppJwt;
use github_apps::client::{ClientBuilder, github};

use super::hub::Hub;

/// Runs something on a runtime that stays until the process ends.
fn elsewhere<T: Send + 'static>(begun: impl Future<Output = T> + Send + 'static) -> T {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            sender.send(begun.await).unwrap();
            std::future::pending::<()>().await;
        });
    });
    receiver.recv().unwrap()
}

pub fn serve(router: Router) -> String {
    elsewhere(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        format!("http://{address}")
    })
}

pub fn hub() -> Hub {
    elsewhere(Hub::start())
}

pub fn client(base: &str) -> ClientBuilder<AppJwt> {
    github().base_url(base).credential(AppJwt::new("a.b.c"))
}
