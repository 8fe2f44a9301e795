//! A server on loopback that records requests.

use std::io::{BufRead, BufReader, Read, Result, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::spawn;

/// A request as the server received it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Request {
    pub method: String,
    pub path: String,
    /// The headers that can have a credential: their names in lower case, a colon and their values.
    pub credentials: Vec<String>,
    pub body: String,
}

/// A media type and a body.
pub type Response = (&'static str, Vec<u8>);

/// Answers requests until the test ends. Returns the address of the server, and the requests.
pub fn serve(answer: impl Fn(&Request) -> Response + Send + Sync + 'static) -> (String, Receiver<Request>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let url = format!("http://{}", listener.local_addr().expect("the listener has an address"));
    let (sender, received) = channel();
    let answer = Arc::new(answer);
    // Browsers open connections before they need them, so that each has its own thread.
    spawn(move || {
        for stream in listener.incoming().flatten() {
            let (sender, answer) = (sender.clone(), Arc::clone(&answer));
            spawn(move || exchange(&stream, &*answer, &sender));
        }
    });
    (url, received)
}

/// Reads one request and answers it. The request is recorded before the client has its response.
fn exchange(mut stream: &TcpStream, answer: impl Fn(&Request) -> Response, sender: &Sender<Request>) -> Result<()> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut words = line.split(' ').map(str::to_owned);
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut request = Request { method, path, ..Request::default() };
    let mut length = 0;
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().unwrap_or_default(),
            name @ ("authorization" | "x-key") => request.credentials.push(format!("{name}: {value}")),
            _ => {}
        }
    }
    reader.take(length).read_to_string(&mut request.body)?;
    let (media_type, body) = answer(&request);
    let _ = sender.send(request);
    let length = body.len();
    let head = format!("content-type: {media_type}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
    stream.write_all(&[b"HTTP/1.1 200 OK\r\n", head.as_bytes(), &body].concat())
}
