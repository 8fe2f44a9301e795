//! A server on sockets with random faults, before or after it handles a request.

use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::chance::Chance;
use crate::tally::Tally;

/// The percentage of requests with a fault.
const FAULTS: u64 = 25;

/// From this attempt on, a request is served, so that repeated requests succeed in the end.
const ENOUGH: u64 = 4;

#[derive(Clone, Copy, Debug)]
enum Fault {
    /// The connection is reset, before anything is done.
    Reset,
    /// It is done, and the answer breaks off.
    Cut,
    /// A 502 in HTML, behind which it may be done or not.
    Bad,
    /// It is done, and the answer comes too late.
    Slow,
    /// A 429.
    Limit,
    /// A 403 for a secondary limit.
    Secondary,
}

pub(crate) struct Server {
    base: String,
    // Its tasks end with it.
    _runtime: tokio::runtime::Runtime,
}

impl Server {
    pub(crate) fn start(seed: u64, tally: Arc<Tally>) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let (sender, address) = mpsc::channel();
        runtime.spawn(async move {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            sender.send(listener.local_addr().unwrap()).unwrap();
            while let Ok((socket, _)) = listener.accept().await {
                let tally = Arc::clone(&tally);
                tokio::spawn(async move {
                    // A client that closes the connection in the middle is not served any more.
                    let _ = serve(socket, seed, &tally).await;
                });
            }
        });
        Self { base: format!("http://{}", address.recv().unwrap()), _runtime: runtime }
    }

    pub(crate) fn base(&self) -> &str {
        &self.base
    }
}

/// A request as far as it matters here.
#[derive(Default)]
struct Asked {
    path: String,
    who: String,
    condition: String,
}

async fn serve(socket: TcpStream, seed: u64, tally: &Tally) -> std::io::Result<()> {
    socket.set_nodelay(true)?;
    let mut socket = BufReader::new(socket);
    while let Some(asked) = read(&mut socket).await? {
        let id: u64 = asked.path.rsplit('/').next().and_then(|id| id.parse().ok()).unwrap_or_default();
        let is_shared = asked.path.starts_with("/shared/");
        let attempt = if is_shared { 0 } else { tally.arrived(id) };
        // Shared requests are always served, since their attempts are not counted.
        let fault = if is_shared { None } else { fault(seed, id, attempt) };
        if let Some(fault) = fault {
            tally.count(&format!("fault {fault:?}"));
        }
        let text = format!("{{\"id\":\"{id}\",\"who\":\"{}\"}}", asked.who);
        let (status, headers, body) = match fault {
            None => {
                if !is_shared {
                    tally.done(id);
                }
                let tag = format!("\"{}\"", text.len());
                if is_shared && asked.condition == tag {
                    tally.count("unchanged");
                    ("304 Not Modified", format!("etag: {tag}\r\n"), String::new())
                } else {
                    ("200 OK", format!("etag: {tag}\r\nx-ratelimit-remaining: 99\r\nx-ratelimit-reset: 60\r\n"), text)
                }
            }
            Some(Fault::Reset) => return socket.get_ref().set_zero_linger(),
            Some(Fault::Cut) => {
                tally.done(id);
                socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\":").await?;
                return Ok(());
            }
            Some(Fault::Slow) => {
                tally.done(id);
                tokio::time::sleep(Duration::from_secs(3)).await;
                return Ok(());
            }
            Some(Fault::Bad) => {
                if id.is_multiple_of(2) {
                    tally.done(id);
                }
                ("502 Bad Gateway", String::from("content-type: text/html\r\n"), String::from("<h1>Bad Gateway</h1>"))
            }
            Some(Fault::Limit) => ("429 Too Many Requests", String::from("retry-after: 0\r\n"), String::from("{}")),
            Some(Fault::Secondary) => (
                "403 Forbidden",
                String::from("retry-after: 0\r\n"),
                String::from("{\"message\":\"You have exceeded a secondary rate limit\"}"),
            ),
        };
        let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n{headers}\r\n", body.len());
        socket.write_all(&[head.as_bytes(), body.as_bytes()].concat()).await?;
    }
    Ok(())
}

fn fault(seed: u64, id: u64, attempt: u64) -> Option<Fault> {
    let mut chance = Chance::new(seed.wrapping_mul(31) ^ (id << 8) ^ attempt);
    chance.next();
    if attempt >= ENOUGH || chance.below(100) >= FAULTS {
        return None;
    }
    Some(match chance.below(100) {
        0..20 => Fault::Reset,
        20..40 => Fault::Cut,
        40..60 => Fault::Bad,
        60..61 => Fault::Slow,
        61..80 => Fault::Limit,
        _ => Fault::Secondary,
    })
}

async fn read(socket: &mut BufReader<TcpStream>) -> std::io::Result<Option<Asked>> {
    let (mut asked, mut length, mut line) = (Asked::default(), 0, String::new());
    loop {
        line.clear();
        if socket.read_line(&mut line).await? == 0 {
            return Ok(None);
        }
        let written = line.trim_end();
        if written.is_empty() {
            break;
        }
        if let Some((name, value)) = written.split_once(": ") {
            match name.to_ascii_lowercase().as_str() {
                "authorization" => asked.who = value.trim_start_matches("Bearer ").to_owned(),
                "if-none-match" => asked.condition = value.to_owned(),
                "content-length" => length = value.parse().unwrap_or_default(),
                _ => {}
            }
        } else if let [_, path, _] = written.split(' ').collect::<Vec<_>>()[..] {
            asked.path = path.to_owned();
        }
    }
    tokio::io::copy(&mut socket.take(length), &mut tokio::io::sink()).await?;
    Ok(Some(asked))
}
