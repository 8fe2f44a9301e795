//! A transport that follows a script, and records the requests with their times.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::{HeaderMap, Request, Response, Uri};
use octogen_runtime::Value;
use octogen_runtime::client::{
    Body, BoxError, Client, ClientBuilder, Credential, Error, ResponseFuture, TransportError,
};
use octogen_runtime::layers::Resilience;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep};

/// The outcome of one request.
#[derive(Clone)]
pub(crate) enum Step {
    Answer(u16, Vec<(&'static str, String)>, &'static str),
    /// There is no connection.
    NoConnection,
    /// The exchange breaks off before there is a response.
    Broken,
    /// The body breaks off behind this.
    Cut(&'static str),
    /// An answer whose body comes byte by byte, each after so long.
    Trickled(Duration, &'static str),
    /// The answer comes after so long.
    Slow(Duration, Box<Step>),
}

pub(crate) fn answer(status: u16, headers: &[(&'static str, &str)], body: &'static str) -> Step {
    Step::Answer(status, headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect(), body)
}

pub(crate) fn fine() -> Step {
    answer(200, &[], "{}")
}

#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) at: Duration,
}

/// The transport; behind the list everything is fine.
#[derive(Clone)]
pub(crate) struct Script {
    steps: Arc<Mutex<Vec<Step>>>,
    sent: Arc<Mutex<Vec<Sent>>>,
    began: Instant,
}

impl Script {
    pub(crate) fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        let mut steps: Vec<Step> = steps.into_iter().collect();
        steps.reverse();
        Self { steps: Arc::new(Mutex::new(steps)), sent: Arc::default(), began: Instant::now() }
    }

    pub(crate) fn sent(&self) -> Vec<Sent> {
        self.sent.lock().unwrap().clone()
    }

    /// The virtual time of each request since the first one, in milliseconds.
    pub(crate) fn times(&self) -> Vec<u128> {
        self.sent().iter().map(|sent| sent.at.as_millis()).collect()
    }

    pub(crate) fn builder(&self, resilience: Resilience) -> ClientBuilder {
        Client::builder().base_url("https://api.example.com").timeout(None).layer(resilience)
    }

    pub(crate) fn client(&self, resilience: Resilience) -> Client {
        self.builder(resilience).build_over(self.clone()).unwrap()
    }

    pub(crate) fn of_credential(&self, resilience: Resilience, token: &str) -> Client {
        let credentials = [Credential::bearer(token)];
        self.builder(resilience).credentials(credentials).build_over(self.clone()).unwrap()
    }
}

impl tower::Service<Request<Body>> for Script {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = ResponseFuture;

    fn poll_ready(&mut self, _context: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), BoxError>> {
        std::task::Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> ResponseFuture {
        let (parts, _) = request.into_parts();
        let at = self.began.elapsed();
        self.sent.lock().unwrap().push(Sent { uri: parts.uri, headers: parts.headers, at });
        let step = self.steps.lock().unwrap().pop().unwrap_or_else(fine);
        Box::pin(done(step))
    }
}

async fn done(mut step: Step) -> Result<Response<Body>, BoxError> {
    while let Step::Slow(wait, then) = step {
        sleep(wait).await;
        step = *then;
    }
    match step {
        Step::Answer(status, headers, body) => {
            let mut response = Response::builder().status(status);
            for (name, value) in headers {
                response = response.header(name, value);
            }
            Ok(response.body(Body::from(body)).unwrap())
        }
        Step::NoConnection => Err(TransportError::connect("refused").into()),
        Step::Broken => Err("reset".into()),
        Step::Cut(first) => Ok(Response::new(Body::from_stream(Pieces(vec![Err("reset"), Ok(first)]), None))),
        Step::Trickled(wait, body) => {
            let trickle = Trickle(wait, body.bytes(), Box::pin(sleep(wait)));
            let tagged = Response::builder().header("etag", "\"1\"");
            Ok(tagged.body(Body::from_stream(trickle, None)).unwrap())
        }
        Step::Slow(..) => unreachable!("it was waited for"),
    }
}

/// So many requests at once, each by a task of its own, in the order of the tasks.
pub(crate) fn sending<F>(client: &Client, count: usize, send: impl Fn(Client) -> F) -> Vec<Sending>
where
    F: Future<Output = Result<Value, Error<Value>>> + Send + 'static,
{
    (0..count).map(|_| tokio::spawn(send(client.clone()))).collect()
}

pub(crate) type Sending = JoinHandle<Result<Value, Error<Value>>>;

/// Waits for all tasks, and returns the errors.
pub(crate) async fn ended(tasks: Vec<Sending>) -> Vec<Error<Value>> {
    let mut failed = Vec::new();
    for task in tasks {
        failed.extend(task.await.unwrap().err());
    }
    failed
}

struct Trickle(Duration, std::str::Bytes<'static>, std::pin::Pin<Box<tokio::time::Sleep>>);

impl futures_core::Stream for Trickle {
    type Item = Result<bytes::Bytes, BoxError>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::ready!(self.2.as_mut().poll(context));
        let Self(wait, bytes, timer) = &mut *self;
        timer.as_mut().reset(Instant::now() + *wait);
        std::task::Poll::Ready(bytes.next().map(|byte| Ok(bytes::Bytes::from(vec![byte]))))
    }
}

struct Pieces(Vec<Result<&'static str, &'static str>>);

impl futures_core::Stream for Pieces {
    type Item = Result<bytes::Bytes, BoxError>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.pop().map(|piece| piece.map(bytes::Bytes::from).map_err(BoxError::from)))
    }
}
