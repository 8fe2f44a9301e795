//! Processes with limits on time and memory, and the resources that they used.

use std::io::{self, BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;
use std::{process, thread};

use serde::{Deserialize, Serialize};
use wait4::Wait4;

/// The exit status of a process that exceeded its time limit.
const OUT_OF_TIME: i32 = 75;

/// Limits for a process.
#[derive(clap::Args, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The maximum time for one document, in seconds.
    #[arg(long, default_value_t = 300)]
    pub seconds: u64,
    /// The maximum address space for one document, in MB.
    #[arg(long, default_value_t = 6144)]
    pub memory: u64,
}

/// The resources that a process used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// Processor time, in user and kernel mode.
    pub milliseconds: u64,
    /// The peak memory, in bytes.
    pub peak: u64,
}

/// The status and the output of a process that has ended.
#[derive(Debug)]
pub struct Done {
    pub status: ExitStatus,
    pub stdout: String,
    pub stderr: String,
    pub taken: Taken,
}

impl Default for Limits {
    fn default() -> Self {
        Self { seconds: 300, memory: 6144 }
    }
}

impl Limits {
    /// Applies the limits to this process and its child processes. If the system has no such limits, only the time is
    /// limited.
    pub fn hold(self) {
        self.bound();
        // The watchdog thread ends the process even if the main thread is in an endless loop.
        thread::spawn(move || {
            thread::sleep(Duration::from_secs(self.seconds));
            process::exit(OUT_OF_TIME);
        });
    }

    /// Applies the limits as [`Limits::hold`] does, but limits processor time instead of elapsed time. The limits
    /// survive `exec`.
    #[cfg(unix)]
    pub fn bound(self) {
        let memory = self.memory << 20;
        // If the system refuses a limit, the run continues without it.
        let _ = rlimit::setrlimit(rlimit::Resource::AS, memory, memory);
        let _ = rlimit::setrlimit(rlimit::Resource::CPU, self.seconds, self.seconds);
    }

    /// Does nothing, because this system has no such limits.
    #[cfg(not(unix))]
    pub fn bound(self) {}
}

/// Runs a program to its end.
pub fn run(command: &mut Command) -> io::Result<Done> {
    lines(command, &mut |_| {})
}

/// Runs a program to its end and passes on each line that it prints.
pub fn lines(command: &mut Command, line: &mut dyn FnMut(&str)) -> io::Result<Done> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let (out, err) = (child.stdout.take(), child.stderr.take());
    let errors = thread::spawn(move || {
        let mut bytes = Vec::new();
        // Output that cannot be read is ignored.
        let _ = err.map(|mut err| err.read_to_end(&mut bytes));
        String::from_utf8_lossy(&bytes).into_owned()
    });
    let mut stdout = String::new();
    for bytes in out.into_iter().flat_map(|out| BufReader::new(out).split(b'\n')) {
        let text = String::from_utf8_lossy(&bytes?).into_owned();
        line(&text);
        stdout.push_str(&text);
        stdout.push('\n');
    }
    let (status, taken) = waited(child)?;
    Ok(Done { status, stdout, stderr: errors.join().unwrap_or_default(), taken })
}

/// Waits for a process and returns the resources that it and its own children used.
pub fn waited(mut child: Child) -> io::Result<(ExitStatus, Taken)> {
    let used = child.wait4()?;
    let time = used.rusage.utime + used.rusage.stime;
    let milliseconds = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
    Ok((used.status, Taken { milliseconds, peak: used.rusage.maxrss }))
}

/// Describes the failure of a process.
pub fn fate(done: &Done) -> String {
    let text = done.stderr.trim();
    if text.contains("memory allocation of") {
        return String::from("out of memory");
    }
    if done.status.code() == Some(OUT_OF_TIME) || is_out_of_time(done.status) {
        return String::from("out of time");
    }
    let panic = text.lines().skip_while(|line| !line.contains("panicked at")).take(2).collect::<Vec<_>>().join(" ");
    let said = if panic.is_empty() { text.lines().last().unwrap_or_default() } else { panic.as_str() };
    format!("{} {said}", done.status).trim_end().to_owned()
}

#[cfg(unix)]
fn is_out_of_time(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    // SIGXCPU has this number on Linux and macOS. One second later the system sends SIGKILL.
    status.signal().is_some_and(|signal| signal == 24 || signal == 9)
}

#[cfg(not(unix))]
fn is_out_of_time(_: ExitStatus) -> bool {
    false
}
