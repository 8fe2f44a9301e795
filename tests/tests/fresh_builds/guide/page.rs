//! The steps of a page.

/// One thing to do.
#[derive(Debug)]
pub enum Step {
    /// Commands for a shell.
    Commands(String),
    /// A file and its text.
    File(String, String),
}

/// All that is to be done, in order. A file is named on the line before its text, alone and with a colon.
pub fn steps(page: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut named = None;
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let text: String =
                lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
            match (language, named.take()) {
                ("sh", _) => steps.push(Step::Commands(text)),
                (_, Some(path)) => steps.push(Step::File(path, text)),
                (language, None) => panic!("nothing says what this {language} is for:\n{text}"),
            }
        } else if !line.is_empty() {
            named = line.strip_prefix('`').and_then(|rest| rest.strip_suffix("`:")).map(str::to_owned);
        }
    }
    steps
}
