//! The example `register` as people use it: a browser opens the page that it prints, and clicks.
//!
//! With `SCREENSHOTS=FOLDER` it takes a picture of each page.

use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use github_apps::app::AppKey;
use github_apps::manifest::Credentials;
use thirtyfour::prelude::*;

#[expect(dead_code, reason = "the command line of the example is not called here")]
#[path = "../../../generated/examples/register.rs"]
mod register;

/// How long a browser may take for a page.
const PATIENCE: Duration = Duration::from_secs(20);

/// A chromedriver of the test's own, which ends with it.
struct Chromedriver {
    process: Child,
    port: u16,
}

impl Chromedriver {
    /// Returns `None` if no chromedriver is installed.
    fn start() -> Option<Self> {
        let started = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut process = match started {
            Ok(process) => process,
            Err(error) => {
                assert_eq!(error.kind(), io::ErrorKind::NotFound, "chromedriver doesn't start: {error}");
                eprintln!("skipped: there is no chromedriver on the path");
                return None;
            }
        };
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = lines.find_map(|line| {
            let line = line.unwrap();
            let (_, port) = line.split_once("started successfully on port ")?;
            port.trim_end_matches('.').parse().ok()
        });
        // Its later output is read as well, so that it does not block on a full pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Some(Self { process, port: port.expect("chromedriver prints its port") })
    }

    async fn browser(&self) -> WebDriverResult<WebDriver> {
        let mut chrome = DesiredCapabilities::chrome();
        for argument in ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=800,900"] {
            chrome.add_arg(argument)?;
        }
        WebDriver::new(format!("http://127.0.0.1:{}", self.port), chrome).await
    }
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The output of the example while it runs.
#[derive(Clone, Default)]
struct Output(Arc<Mutex<Vec<u8>>>);

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Output {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    /// The page that people are to open, once it is printed.
    async fn page(&self) -> String {
        loop {
            if let Some(line) = self.text().lines().find(|line| line.starts_with("  http://") && line.ends_with('/')) {
                return line.trim().to_owned();
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

/// Not a panic, behind which the browser would go on running.
type Failed = Box<dyn std::error::Error + Send + Sync>;

/// Waits for a page by its headline, and saves a picture of it on request.
async fn arrive(browser: &WebDriver, headline: &str, picture: &str) -> Result<(), Failed> {
    // One query finds element and text together: an element found earlier is gone if the next page loads in between.
    let seen = browser.query(By::XPath(format!("//h1[normalize-space()='{headline}']")));
    let seen = seen.wait(PATIENCE, Duration::from_millis(50)).first().await;
    if let Err(error) = seen {
        return Err(format!("no page `{headline}`: {error}\n{}", browser.source().await?).into());
    }
    if let Some(folder) = std::env::var_os("SCREENSHOTS") {
        browser.screenshot(&Path::new(&folder).join(format!("{picture}.png"))).await?;
    }
    Ok(())
}

fn equal<T: PartialEq<U> + std::fmt::Debug, U: std::fmt::Debug>(found: T, expected: U) -> Result<(), Failed> {
    if found == expected { Ok(()) } else { Err(format!("{found:?} and not {expected:?}").into()) }
}

async fn click_through(browser: &WebDriver, page: &str) -> Result<(), Failed> {
    browser.goto(page).await?;
    arrive(browser, "Register Octocat App", "1-form").await?;
    // The page has its dress, which its own policy has to let through.
    let button = browser.find(By::Tag("button")).await?;
    equal(button.css_value("background-color").await?, "rgba(31, 122, 55, 1)")?;
    button.click().await?;

    arrive(browser, "GitHub, for a demo", "2-github").await?;
    let manifest = browser.find(By::Tag("pre")).await?.text().await?;
    equal(manifest.lines().next(), Some(r#"{"name":"Octocat App","#))?;
    browser.find(By::XPath("//button[text()='Create GitHub App']")).await?.click().await?;

    arrive(browser, "Octocat App is registered", "3-registered").await?;
    let install = browser.find(By::Tag("a")).await?.attr("href").await?;
    equal(install.as_deref(), Some("https://github.com/apps/octoapp/installations/new"))
}

#[tokio::test]
async fn a_browser_clicks_through_the_demo() {
    let Some(chromedriver) = Chromedriver::start() else { return };
    let browser = chromedriver.browser().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let printed = Output::default();
    let mut out = printed.clone();
    let browsing = async { click_through(&browser, &printed.page().await).await };
    let done = tokio::time::timeout(6 * PATIENCE, async {
        tokio::try_join!(register::demo(folder.path(), &mut out), browsing)
    });
    let done = done.await;
    browser.quit().await.unwrap();
    done.unwrap().unwrap();

    assert!(printed.text().contains("Octocat App is registered, with the app id 1."), "{}", printed.text());
    let app = Credentials::load(folder.path().join("app.json")).unwrap();
    assert_eq!((app.id, app.client_id.as_str()), (1, "Iv1.8a61f9b3a7aba766"));
    assert!(AppKey::from_file(folder.path().join("private-key.pem")).is_ok());
    #[cfg(unix)]
    for name in ["app.json", "private-key.pem"] {
        use std::os::unix::fs::PermissionsExt;
        let metadata = std::fs::metadata(folder.path().join(name)).unwrap();
        assert_eq!(metadata.permissions().mode() & 0o7777, 0o600, "{name}");
    }
}
