//! Styles: how the values of parameters and of form properties are written.

use super::Lowering;
use super::media_types::essence;
use crate::diagnostic::Code;
use crate::document::{Encoding, MediaType, OpenApiObject, Parameter, Text};
use crate::ir::{Location, ParameterStyle, StyleKind};

/// The keys of a parameter or of an encoding that decide how a value is written.
pub(super) struct Serialization<'s, 'a> {
    style: Option<&'s Text<'a>>,
    explode: Option<bool>,
    allow_reserved: Option<bool>,
    multi_segment: bool,
}

impl<'s, 'a> Serialization<'s, 'a> {
    pub(super) fn of_parameter(stated: &'s Parameter<'a>) -> Self {
        Self {
            style: stated.style.as_ref(),
            explode: stated.explode,
            allow_reserved: stated.allow_reserved,
            multi_segment: stated.multi_segment,
        }
    }

    pub(super) fn of_encoding(stated: &'s Encoding<'a>) -> Self {
        Self {
            style: stated.style.as_ref(),
            explode: stated.explode,
            allow_reserved: stated.allow_reserved,
            multi_segment: false,
        }
    }

    /// Returns whether any of the keys is present.
    pub(super) fn is_stated(&self) -> bool {
        self.style.is_some() || self.explode.is_some() || self.allow_reserved.is_some()
    }
}

/// Returns the stated style, or the default style of the location.
pub(super) fn style(stated: &Serialization<'_, '_>, location: Location) -> ParameterStyle {
    let usual = ParameterStyle::usual(location);
    let known = stated.style.and_then(|style| kind(style.text, location));
    let kind = known.unwrap_or(usual.kind);
    let exploded = stated.explode.unwrap_or(kind == StyleKind::Form);
    ParameterStyle {
        kind,
        exploded: exploded && kind != StyleKind::DeepObject,
        reserved: allows_reserved(stated, location),
        segmented: stated.multi_segment && location == Location::Path,
    }
}

fn kind(name: &str, location: Location) -> Option<StyleKind> {
    match (location, name) {
        (Location::Path | Location::Header, "simple") => Some(StyleKind::Simple),
        (Location::Path, "label") => Some(StyleKind::Label),
        (Location::Path, "matrix") => Some(StyleKind::Matrix),
        (Location::Query | Location::Cookie, "form") => Some(StyleKind::Form),
        (Location::Query, "spaceDelimited") => Some(StyleKind::SpaceDelimited),
        (Location::Query, "pipeDelimited") => Some(StyleKind::PipeDelimited),
        (Location::Query, "deepObject") => Some(StyleKind::DeepObject),
        _ => None,
    }
}

/// Returns whether reserved characters are sent as they are. Only a query can have it.
fn allows_reserved(stated: &Serialization<'_, '_>, location: Location) -> bool {
    stated.allow_reserved == Some(true) && location == Location::Query
}

/// Returns the style of a parameter with `content`: JSON, or the default style if the media type is text.
pub(super) fn of_content(
    lowering: &mut Lowering<'_, '_>,
    content: &MediaType<'_>,
    media_type: &str,
    location: Location,
) -> ParameterStyle {
    if octogen_runtime::is_json(media_type) {
        return ParameterStyle::new(StyleKind::Json, false);
    }
    if !essence(media_type).starts_with("text/") {
        let message = format!("octogen does not support the media type `{media_type}` of a parameter yet");
        let help = "octogen sends the parameter in the default style; use `application/json`, or `schema` in place of `content`";
        lowering.diagnostics.warn(Code::UnsupportedMediaType, content.place(), message, help);
    }
    ParameterStyle::usual(location)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_location_has_its_styles() {
        let cases = [
            (Location::Path, "simple", Some(StyleKind::Simple)),
            (Location::Path, "matrix", Some(StyleKind::Matrix)),
            (Location::Path, "form", None),
            (Location::Query, "form", Some(StyleKind::Form)),
            (Location::Query, "deepObject", Some(StyleKind::DeepObject)),
            (Location::Query, "simple", None),
            (Location::Header, "simple", Some(StyleKind::Simple)),
            (Location::Header, "form", None),
            (Location::Cookie, "form", Some(StyleKind::Form)),
            (Location::Cookie, "pipeDelimited", None),
        ];
        for (location, name, expected) in cases {
            assert_eq!(kind(name, location), expected, "{location:?} {name}");
        }
    }
}
