//! A program over a crate that is generated for a service, with the service running.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{add_dependencies, cargo, generate};

/// The packages that the service needs.
const PACKAGES: [&str; 4] = ["fastapi", "uvicorn", "python-multipart", "email-validator"];

#[test]
fn a_program_talks_to_a_service_by_a_generated_crate() {
    let fixtures = xtask::root().join("tests/fixtures/service");
    let Some(python) = install() else {
        println!("skipped: there is no Python with {}", PACKAGES.join(", "));
        return;
    };
    let service = Service::start(&python, &fixtures);
    let out = generate(&fixtures.join("shop.json"), "shop");
    fs::copy(fixtures.join("program.rs"), out.join("examples/shop.rs")).expect("writable");
    add_dependencies(&out, "tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }");
    let printed = cargo(&out).succeed(&["run", "--quiet", "--example", "shop", "--", &service.url()]);
    let expected = [
        "created Lamp, 35.40",
        "409 exists",
        "1 of 1",
        r#"{"filename":"lamp.png","size":3,"type":"image/png","note":"front"}"#,
        r#"Null, Some("2026-01-31")"#,
        "Note with 1 block",
        "404 nope",
        "422 Input should be a valid UUID, invalid character: found `l` at 0",
    ];
    assert_eq!(printed.lines().collect::<Vec<_>>(), expected);
}

/// Returns a Python that has the packages, or `None` if they cannot be installed.
fn install() -> Option<PathBuf> {
    let environment = Path::new(env!("CARGO_TARGET_TMPDIR")).parent()?.join("tools/service");
    let python = environment.join("bin/python");
    let succeeds = |command: &mut Command| command.output().is_ok_and(|output| output.status.success());
    let is_ready =
        || succeeds(Command::new(&python).args(["-c", "import fastapi, uvicorn, multipart, email_validator"]));
    if is_ready() {
        return Some(python);
    }
    let is_made = succeeds(Command::new("python3").args(["-m", "venv"]).arg(&environment));
    let is_installed = is_made && succeeds(Command::new(&python).args(["-m", "pip", "install"]).args(PACKAGES));
    (is_installed && is_ready()).then_some(python)
}

/// A running service. It stops when this value is dropped.
struct Service {
    process: Child,
    port: u16,
}

impl Service {
    fn start(python: &Path, folder: &Path) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let port = free.expect("there is a free port").port();
        let process = Command::new(python)
            .args(["-m", "uvicorn", "shop:app", "--log-level", "warning", "--port", &port.to_string()])
            .current_dir(folder)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdin(Stdio::null())
            .spawn()
            .expect("Python can be run");
        let service = Self { process, port };
        let end = Instant::now() + Duration::from_secs(60);
        while !service.is_healthy() {
            assert!(Instant::now() < end, "the service does not answer");
            sleep(Duration::from_millis(50));
        }
        service
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn is_healthy(&self) -> bool {
        let answer = TcpStream::connect(("127.0.0.1", self.port)).and_then(|mut stream| {
            stream.write_all(b"GET /health HTTP/1.1\r\nhost: shop\r\nconnection: close\r\n\r\n")?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer)?;
            Ok(answer)
        });
        answer.is_ok_and(|answer| answer.starts_with("HTTP/1.1 200"))
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
