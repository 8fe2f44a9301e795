//! Text as far as the rules ask for it: its tokens, the paths that it imports, and what it calls.

use super::rules::GENERATOR;

/// The paths that reach from a file to the root of its crate, written from there.
pub(crate) fn imports(file: &str, paths: &[(usize, String)]) -> Vec<(usize, String)> {
    let inside = file.strip_prefix(GENERATOR).unwrap_or(file);
    let depth = inside.split('/').count() - usize::from(inside.ends_with("/mod.rs"));
    let root = "super::".repeat(depth);
    let from_root = |path: &str| match path.strip_prefix(&root) {
        Some(rest) => Some(format!("crate::{rest}")),
        None => path.starts_with("crate::").then(|| path.to_owned()),
    };
    paths.iter().filter_map(|(line, path)| Some((*line, from_root(path)?))).collect()
}

/// Where a macro, a method or a bare name stands.
pub(crate) fn calls(tokens: &[Token], what: &str) -> Vec<usize> {
    let wanted: Vec<String> = self::tokens(what).into_iter().map(|token| token.text).collect();
    let path = wanted.iter().any(|text| text == "::") || (wanted.len() == 1 && what.starts_with(char::is_lowercase));
    let stands = |window: &&[Token]| !path && window.iter().zip(&wanted).all(|(token, text)| token.text == *text);
    tokens.windows(wanted.len()).filter(stands).map(|window| window[0].line).collect()
}

/// A name or a sign, with its line.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) line: usize,
    text: String,
}

impl Token {
    fn is_name(&self) -> bool {
        self.text.starts_with(|c: char| c.is_alphabetic() || c == '_')
    }
}

/// The names and signs of a Rust text, without its comments and literals.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let name = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let length = match first {
            _ if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            _ if rest.starts_with("/*") => comment(rest),
            '"' => string(rest),
            'r' | 'b' | 'c' if is_raw(rest) => raw(rest),
            '\'' => character(rest),
            _ if name > 0 => {
                tokens.push(Token { line, text: rest[..name].to_owned() });
                name
            }
            _ if first.is_whitespace() => first.len_utf8(),
            _ => {
                let sign = if rest.starts_with("::") { "::" } else { &rest[..first.len_utf8()] };
                tokens.push(Token { line, text: sign.to_owned() });
                sign.len()
            }
        };
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    tokens
}

/// The length of a block comment; they nest.
fn comment(text: &str) -> usize {
    let mut open = 0_usize;
    let mut at = 0;
    while let Some(next) = text[at..].find(['/', '*']) {
        at += next;
        match text.get(at..at + 2) {
            Some("/*") => open += 1,
            Some("*/") => open -= 1,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if open == 0 {
            return at;
        }
    }
    text.len()
}

fn string(text: &str) -> usize {
    let mut escaped = true;
    let end = text.find(|c| {
        let closes = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        closes
    });
    end.map_or(text.len(), |end| end + 1)
}

/// Whether a raw string starts here; a raw identifier, `r#type`, is none.
fn is_raw(text: &str) -> bool {
    let marks = text.trim_start_matches(['b', 'c']);
    marks.len() + 1 >= text.len()
        && marks.strip_prefix('r').is_some_and(|rest| rest.trim_start_matches('#').starts_with('"'))
}

fn raw(text: &str) -> usize {
    let Some(start) = text.find('"') else { return text.len() };
    let close = format!("\"{}", "#".repeat(text[..start].matches('#').count()));
    text[start + 1..].find(&close).map_or(text.len(), |end| start + 1 + end + close.len())
}

/// The length of a character, or of the mark of a lifetime.
fn character(text: &str) -> usize {
    let mut inside = text[1..].chars();
    match (inside.next(), inside.next()) {
        (Some('\\'), Some(escaped)) => {
            let start = 2 + escaped.len_utf8();
            text[start..].find('\'').map_or(text.len(), |end| start + end + 1)
        }
        (Some(plain), Some('\'')) => 2 + plain.len_utf8(),
        _ => 1,
    }
}

/// The tokens that the generator runs: those between the brackets of `quote!` are what it writes.
pub(crate) fn without_quotes(tokens: &[Token]) -> Vec<Token> {
    let mut kept: Vec<Token> = Vec::new();
    let mut open = 0_usize;
    for token in tokens {
        let bracket = |brackets: [&str; 3]| brackets.contains(&token.text.as_str());
        let quoting = match kept.as_slice() {
            [.., name, mark] => {
                mark.text == "!" && ["quote", "quote_spanned", "parse_quote"].contains(&name.text.as_str())
            }
            _ => false,
        };
        match (quoting || open > 0, bracket(["(", "[", "{"]), bracket([")", "]", "}"])) {
            (true, true, _) => open += 1,
            (true, _, true) => {
                open = open.saturating_sub(1);
                if open == 0 {
                    kept.push(Token { line: token.line, text: ";".to_owned() });
                }
            }
            (true, ..) => {}
            (false, ..) => kept.push(token.clone()),
        }
    }
    kept
}

/// Every path of at least two names, each branch of a `use` tree by itself, with its line.
pub(crate) fn paths(tokens: &[Token]) -> Vec<(usize, String)> {
    let mut paths = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let start = at;
        at = branch(tokens, at, "", &mut paths).max(start + 1);
    }
    paths.retain(|(_, path)| path.contains("::"));
    paths
}

/// Reads one branch from `at`, adds what hangs on it, and gives the token behind it.
fn branch(tokens: &[Token], mut at: usize, stem: &str, paths: &mut Vec<(usize, String)>) -> usize {
    let mut path = stem.to_owned();
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    while let Some(token) = tokens.get(at) {
        if token.text == "{" && path.ends_with("::") {
            at += 1;
            while at < tokens.len() && text(at) != "}" {
                let start = at;
                at = branch(tokens, at, &path, paths).max(start + 1);
                at += if text(at) == "as" { 2 } else { 0 };
            }
            return at + 1;
        }
        let star = token.text == "*" && path.ends_with("::");
        if !star && !token.is_name() {
            break;
        }
        path.push_str(&token.text);
        if star || text(at + 1) != "::" {
            paths.push((token.line, path));
            return at + 1;
        }
        path.push_str("::");
        at += 2;
    }
    // Generic arguments stand behind the last `::`.
    if path.len() > stem.len() {
        let line = tokens.get(at - 1).map_or(1, |token| token.line);
        paths.push((line, path.trim_end_matches("::").to_owned()));
    }
    at
}
