//! From the template of a path and the values of its parameters to the path, which no value can lead elsewhere.

/// A path and the query that its template states.
#[derive(Debug, Default)]
pub(super) struct Route {
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
}

/// The route of a template, or the parameter that would lead to another one: by a segment that is empty, `.` or `..`.
///
/// The template is walked once, and what was put in is not looked at again, so that no value passes for a placeholder.
pub(super) fn route(template: &'static str, values: &[(&'static str, String)]) -> Result<Route, &'static str> {
    let (template, query) = parted(template);
    let mut path = String::with_capacity(template.len() + values.iter().map(|(_, value)| value.len()).sum::<usize>());
    let mut segment = Segment::default();
    for piece in pieces(template) {
        let (text, parameter) = written(&piece, values);
        for (index, part) in text.split('/').enumerate() {
            if index > 0 {
                segment.end(&path)?;
                path.push('/');
                segment = Segment { start: path.len(), parameter: None };
            }
            path.push_str(part);
            segment.parameter = segment.parameter.or(parameter);
        }
    }
    segment.end(&path)?;
    let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = pieces(value).map(|piece| written(&piece, values).0).collect::<String>();
        (name.to_owned(), value)
    });
    Ok(Route { path, query: pairs.collect() })
}

/// A path as it may be shown: segments that are one of these secrets are hidden.
pub(crate) fn without_secrets(path: &str, secrets: &[String]) -> String {
    let is_secret = |segment: &&str| secrets.iter().any(|secret| secret == segment);
    let shown = path.split('/').map(|segment| if is_secret(&segment) { "***" } else { segment });
    shown.collect::<Vec<_>>().join("/")
}

/// A segment on its way: where it begins in the path, and the first parameter that is part of it.
#[derive(Default)]
struct Segment {
    start: usize,
    parameter: Option<&'static str>,
}

impl Segment {
    fn end(&self, path: &str) -> Result<(), &'static str> {
        match (self.parameter, path.get(self.start..)) {
            (Some(parameter), Some("" | "." | "..")) => Err(parameter),
            _ => Ok(()),
        }
    }
}

/// The path of a template and its query. A fragment is not sent: descriptions tell operations apart by it.
fn parted(template: &'static str) -> (&'static str, &'static str) {
    let mut named = false;
    let is_end = |sign: char, character: char, named: &mut bool| {
        *named = character == '{' || (*named && character != '}');
        character == sign && !*named
    };
    let whole = template.find(|character| is_end('#', character, &mut named)).map_or(template, |at| &template[..at]);
    let mut named = false;
    match whole.find(|character| is_end('?', character, &mut named)) {
        Some(at) => (&whole[..at], &whole[at + 1..]),
        None => (whole, ""),
    }
}

enum Piece {
    Text(&'static str),
    Parameter { name: &'static str, whole: &'static str },
}

fn pieces(template: &'static str) -> impl Iterator<Item = Piece> {
    let mut rest = template;
    std::iter::from_fn(move || {
        let end = rest.find('}').map_or(rest.len(), |end| end + 1);
        // What stands before a placeholder comes first.
        let next = rest[..end].rfind('{').filter(|start| *start > 0).unwrap_or(end);
        let (piece, behind) = rest.split_at(next);
        rest = behind;
        let name = piece.strip_prefix('{').and_then(|piece| piece.strip_suffix('}'));
        let piece = name.map_or(Piece::Text(piece), |name| Piece::Parameter { name, whole: piece });
        (next > 0).then_some(piece)
    })
}

/// What stands for a piece, and the parameter that it comes from.
fn written<'a>(piece: &Piece, values: &'a [(&'static str, String)]) -> (&'a str, Option<&'static str>) {
    match *piece {
        Piece::Text(text) => (text, None),
        Piece::Parameter { name, whole } => match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => (value, Some(name)),
            None => (whole, None),
        },
    }
}
