//! Reads recorded deliveries of a webhook as events, and checks that each payload comes back unchanged.
//!
//! Each line of the input is the name of an event, a tab and JSON. The output has a line for each payload that changes, and a
//! summary.
//!
//! ```text
//! printf 'ping\t{"zen":"Half measures are as bad as nothing at all.","hook_id":1}\n' | cargo run --example deliveries
//! ```
//!
//! With `--features events`, the events that an app can subscribe to have types too. This reads the payloads of npm
//! `@octokit/webhooks-examples`:
//!
//! ```text
//! jq -r '.[] | .name as $name | .examples[] | "\($name)\t\(tojson)"' api.github.com/index.json | cargo run --example deliveries
//! ```

use std::io::{BufRead, Write, stdin, stdout};

use github_apps::event::Event;
use github_apps::runtime::{DecodeError, Value, decode};

/// The counts of the summary.
#[derive(Default)]
struct Sum {
    deliveries: usize,
    with_type: usize,
    unchanged: usize,
}

fn main() -> std::io::Result<()> {
    let (input, mut out) = (stdin().lock(), stdout().lock());
    run(input, &mut out)
}

/// Reads the lines and writes the results.
pub(crate) fn run(input: impl BufRead, out: &mut impl Write) -> std::io::Result<()> {
    let mut sum = Sum::default();
    for (number, line) in input.lines().enumerate() {
        let line = line?;
        let Some((name, payload)) = line.split_once('\t') else {
            writeln!(out, "line {}: there is no tab between the name and the JSON", number + 1)?;
            continue;
        };
        sum.deliveries += 1;
        match delivery(name, payload) {
            Ok((event, is_same)) => {
                sum.with_type += usize::from(!matches!(event, Event::Other { .. }));
                sum.unchanged += usize::from(is_same);
                if !is_same {
                    writeln!(out, "line {}, {name}: an undocumented key was dropped", number + 1)?;
                }
            }
            Err(error) => writeln!(out, "line {}, {name}: {error}", number + 1)?,
        }
    }
    let Sum { deliveries, with_type, unchanged } = sum;
    writeln!(out, "{deliveries} deliveries, {with_type} of an event with a type, {unchanged} came back unchanged")
}

/// Reads an event, and compares its payload and its envelope with the input.
fn delivery(name: &str, payload: &str) -> Result<(Event, bool), DecodeError> {
    let event = Event::read(name, payload.as_bytes())?;
    let before: Value = decode(payload.as_bytes())?;
    let envelope = github_apps::runtime::encode(&event.envelope()?);
    let is_same = |after: &str| decode::<Value>(after.as_bytes()).is_ok_and(|after| after == before);
    let both = is_same(&event.encode()) && is_same(&envelope);
    Ok((event, both))
}
