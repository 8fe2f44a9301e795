//! The arguments about diagnostics, and the command that explains their codes.

use std::str::FromStr;

use clap::{Args, ValueEnum};

use crate::diagnostic::{Code, Levels};

/// The command-line arguments that decide which diagnostics make a run fail, and how they are printed.
#[derive(Args, Clone, Debug, Default)]
pub struct DiagnosticArguments {
    /// Fail on warnings with these codes, or on all `warnings`.
    ///
    /// By default, only errors fail. `octogen explain` lists the codes.
    #[arg(long, value_name = "CODE,…", value_delimiter = ',')]
    pub deny: Vec<Denied>,
    /// Leave out warnings with these codes, also if they are denied.
    #[arg(long, value_name = "CODE,…", value_delimiter = ',')]
    pub allow: Vec<Code>,
    /// Print every place of a warning.
    ///
    /// By default, the first three of each code are printed.
    #[arg(long)]
    pub verbose: bool,
    /// The format of the diagnostics.
    #[arg(long, default_value = "text")]
    pub format: DiagnosticFormat,
}

impl DiagnosticArguments {
    /// Returns the codes that `--deny` and `--allow` name, in the form that the library takes.
    #[must_use]
    pub fn levels(&self) -> Levels {
        let denied = self.deny.iter().filter_map(|denied| match denied {
            Denied::Warnings => None,
            Denied::Code(code) => Some(*code),
        });
        Levels {
            deny_warnings: self.deny.contains(&Denied::Warnings),
            denied: denied.collect(),
            allowed: self.allow.clone(),
        }
    }
}

/// A value of the command-line option `--deny`: warnings that make a run fail although they are not errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denied {
    /// Every warning.
    Warnings,
    /// The warnings with this code.
    Code(Code),
}

impl FromStr for Denied {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "warnings" { Ok(Self::Warnings) } else { text.parse().map(Self::Code) }
    }
}

/// The value of the command-line option `--format`: whether diagnostics are printed as text or as JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum DiagnosticFormat {
    /// Diagnostics as text on stderr, for people.
    #[default]
    Text,
    /// Diagnostics as one JSON object per line on stdout, for programs.
    Json,
}

/// Returns the text of the command `octogen explain`: the meaning, an example and the remedy of a code, or a list of all
/// codes.
#[must_use]
pub fn explain(code: Option<Code>) -> String {
    let Some(code) = code else {
        let names: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
        return format!("{}\n\n`octogen explain CODE` explains one of them.\n", names.join("\n"));
    };
    let texts = code.explanation();
    let example: String = texts.example.lines().map(|line| format!("    {line}\n")).collect();
    format!("{code}\n\n{}\n\nExample:\n\n{example}\nRemedy: {}\n", wrap(texts.meaning), wrap(texts.remedy))
}

/// Breaks a text into lines that fit a terminal of 80 columns.
fn wrap(text: &str) -> String {
    let mut wrapped = String::new();
    let mut column = 0;
    for word in text.split(' ') {
        let width = word.chars().count();
        if column > 0 && column + 1 + width > 72 {
            wrapped.push('\n');
            column = 0;
        } else if column > 0 {
            wrapped.push(' ');
            column += 1;
        }
        wrapped.push_str(word);
        column += width;
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_explanation_fits_a_terminal() {
        for code in Code::ALL {
            let text = explain(Some(*code));
            assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
            assert!(text.contains("Example:") && text.contains("Remedy: "), "{text}");
        }
        assert!(explain(None).lines().count() > Code::ALL.len());
    }

    #[test]
    fn a_denied_value_is_a_code_or_all_warnings() {
        assert_eq!("warnings".parse(), Ok(Denied::Warnings));
        assert_eq!("unknown-key".parse(), Ok(Denied::Code(Code::UnknownKey)));
        let error = Denied::from_str("unknwon-key").err().unwrap_or_default();
        assert!(error.contains("did you mean `unknown-key`?"), "{error}");
    }
}
