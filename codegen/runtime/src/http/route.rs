//! Fills in path templates. No value of a parameter can change the route.

/// A path, and the query that its template contains.
#[derive(Debug, Default)]
pub(super) struct Route {
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
}

/// Replaces the parameters of a template by their values. Returns the name of a parameter that would change the route, since
/// it makes a segment empty, `.` or `..`.
///
/// The template is read once, and values are not read again, so that a value with braces is not a placeholder.
pub(super) fn resolve_route(
    template: &'static str,
    values: &[(&'static str, String)],
) -> Result<Route, &'static str> {
    let (template, query) = split_template(template);
    let mut path = String::with_capacity(
        template.len() + values.iter().map(|(_, value)| value.len()).sum::<usize>(),
    );
    let mut segment = Segment::default();
    for piece in split_pieces(template) {
        let (text, parameter) = piece_text(&piece, values);
        for (index, part) in text.split('/').enumerate() {
            if index > 0 {
                segment.end(&path)?;
                path.push('/');
                segment = Segment {
                    start: path.len(),
                    parameter: None,
                };
            }
            path.push_str(part);
            segment.parameter = segment.parameter.or(parameter);
        }
    }
    segment.end(&path)?;
    let pairs = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = split_pieces(value)
                .map(|piece| piece_text(&piece, values).0)
                .collect::<String>();
            (name.to_owned(), value)
        });
    Ok(Route {
        path,
        query: pairs.collect(),
    })
}

/// Returns a path for messages: a segment that equals one of the secrets becomes `***`.
pub(crate) fn mask_segments(path: &str, secrets: &[String]) -> String {
    let is_secret = |segment: &&str| secrets.iter().any(|secret| secret == segment);
    let masked = path
        .split('/')
        .map(|segment| if is_secret(&segment) { "***" } else { segment });
    masked.collect::<Vec<_>>().join("/")
}

/// A segment that is being written: its start in the path, and the first parameter in it.
#[derive(Default)]
struct Segment {
    start: usize,
    parameter: Option<&'static str>,
}

impl Segment {
    /// Checks a segment that is complete.
    fn end(&self, path: &str) -> Result<(), &'static str> {
        match (self.parameter, path.get(self.start..)) {
            (Some(parameter), Some("" | "." | "..")) => Err(parameter),
            _ => Ok(()),
        }
    }
}

/// Splits a template into path and query. A fragment is not sent: descriptions use it to distinguish operations of the same
/// path.
fn split_template(template: &'static str) -> (&'static str, &'static str) {
    let mut named = false;
    let is_end = |sign: char, character: char, named: &mut bool| {
        *named = character == '{' || (*named && character != '}');
        character == sign && !*named
    };
    let whole = template
        .find(|character| is_end('#', character, &mut named))
        .map_or(template, |at| &template[..at]);
    let mut named = false;
    match whole.find(|character| is_end('?', character, &mut named)) {
        Some(at) => (&whole[..at], &whole[at + 1..]),
        None => (whole, ""),
    }
}

/// A part of a template.
enum Piece {
    Text(&'static str),
    /// A parameter; `whole` is its name in braces.
    Parameter {
        name: &'static str,
        whole: &'static str,
    },
}

/// Splits a template into texts and parameters.
fn split_pieces(template: &'static str) -> impl Iterator<Item = Piece> {
    let mut rest = template;
    std::iter::from_fn(move || {
        let end = rest.find('}').map_or(rest.len(), |end| end + 1);
        // The text before a placeholder is a piece of its own.
        let next = rest[..end]
            .rfind('{')
            .filter(|start| *start > 0)
            .unwrap_or(end);
        let (piece, after) = rest.split_at(next);
        rest = after;
        let name = piece
            .strip_prefix('{')
            .and_then(|piece| piece.strip_suffix('}'));
        let piece = name.map_or(Piece::Text(piece), |name| Piece::Parameter {
            name,
            whole: piece,
        });
        (next > 0).then_some(piece)
    })
}

/// Returns the text of a piece, and the parameter that it comes from.
fn piece_text<'a>(
    piece: &Piece,
    values: &'a [(&'static str, String)],
) -> (&'a str, Option<&'static str>) {
    match *piece {
        Piece::Text(text) => (text, None),
        Piece::Parameter { name, whole } => match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => (value, Some(name)),
            None => (whole, None),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{mask_segments, resolve_route};

    fn resolve(
        template: &'static str,
        values: &[(&'static str, &str)],
    ) -> Result<String, &'static str> {
        let values: Vec<_> = values
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect();
        let route = resolve_route(template, &values)?;
        let query: Vec<_> = route
            .query
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        Ok(format!("{}?{}", route.path, query.join("&")))
    }

    #[test]
    fn parameters_are_filled_in() {
        type Case = (
            &'static str,
            &'static [(&'static str, &'static str)],
            &'static str,
        );
        let cases: [Case; 9] = [
            ("/a/{b}/c", &[("b", "x")], "/a/x/c?"),
            (
                "/{a}{b}.{c}",
                &[("a", "1"), ("b", "2"), ("c", "3")],
                "/12.3?",
            ),
            ("/{a}", &[("a", "{b}"), ("b", "x")], "/{b}?"),
            ("/{a}/{b}", &[("b", "x")], "/{a}/x?"),
            ("/a?b={c}&d", &[("c", "x")], "/a?b=x&d="),
            ("/a/{b?c}?d=1#e", &[("b?c", "x")], "/a/x?d=1"),
            ("/a#first", &[], "/a?"),
            ("/a/", &[], "/a/?"),
            ("/{a}", &[("a", "...")], "/...?"),
        ];
        for (template, values, expected) in cases {
            assert_eq!(
                resolve(template, values).as_deref(),
                Ok(expected),
                "{template}"
            );
        }
    }

    #[test]
    fn no_value_changes_the_route() {
        for value in ["", ".", "..", "x/..", "./x", "x//y"] {
            assert_eq!(resolve("/a/{b}/c", &[("b", value)]), Err("b"), "{value}");
        }
        assert_eq!(resolve("/a/{b}{c}", &[("b", "."), ("c", ".")]), Err("b"));
        assert_eq!(resolve("/a/.{b}", &[("b", ".")]), Err("b"));
        assert_eq!(resolve("/a/{b}", &[("b", "x/y")]).as_deref(), Ok("/a/x/y?"));
    }

    #[test]
    fn secrets_are_masked_as_whole_segments() {
        let secrets = ["s3".to_owned()];
        assert_eq!(mask_segments("/a/s3/s3x/s3", &secrets), "/a/***/s3x/***");
    }
}
