//! Arrays: their lengths and their elements.

use serde_json::Value;

use super::objects::limit;
use super::{DEEP, MAX_ITEMS, Making, Style, Wanted};
use crate::exam::cases::Kind;
use crate::exam::schemas::{Id, Schema};

impl<'a> Making<'a, '_, '_> {
    pub(super) fn array(
        &mut self,
        wanted: &Wanted,
        schemas: &[&'a Schema],
        first: Id,
        style: Style,
        depth: usize,
    ) -> Option<Value> {
        let low = limit(schemas, "minItems").max().unwrap_or(0);
        let high = limit(schemas, "maxItems").min();
        let contains: Vec<Id> = schemas.iter().filter_map(|schema| schema.one("contains")).collect();
        let prefix = schemas.iter().map(|schema| schema.list("prefixItems").len()).max().unwrap_or(0);
        let has_items =
            schemas.iter().any(|schema| schema.one("items").is_some_and(|id| self.schema(id).boolean != Some(false)));
        let closed =
            schemas.iter().any(|schema| schema.one("items").is_some_and(|id| self.schema(id).boolean == Some(false)));
        let low = low.max(usize::from(!contains.is_empty()));
        let mut lengths: Vec<usize> = vec![low];
        lengths.extend([prefix, low + 1, low + 2, prefix + 1].into_iter().chain(0..prefix.min(6)).chain(high));
        let allowed = |length: &usize| {
            *length >= low && high.is_none_or(|high| *length <= high) && (!closed || *length <= prefix)
        };
        lengths.retain(|length| allowed(length) && *length <= MAX_ITEMS.max(low));
        if !has_items && prefix == 0 {
            lengths.truncate(2);
        }
        let mut distinct: Vec<usize> = Vec::new();
        for length in lengths {
            if !distinct.contains(&length) {
                distinct.push(length);
            }
        }
        let wanted_length = if prefix > 0 {
            prefix
        } else if style == Style::Minimal {
            low
        } else {
            low.max(1)
        };
        let default =
            distinct.iter().position(|length| *length == wanted_length).filter(|_| depth <= DEEP).unwrap_or(0);
        let kind = if prefix > 0 { Kind::Tuple } else { Kind::ArrayLength };
        let length = *distinct.get(self.decide(kind, (first, 0), distinct.len(), default))?;
        let is_unique = schemas.iter().any(|schema| schema.keywords.contains_key("uniqueItems"));
        let mut items = Vec::new();
        for index in 0..length {
            let mut all: Vec<Id> = Vec::new();
            for schema in schemas {
                let element = schema.list("prefixItems").get(index).copied();
                all.extend(element.or_else(|| schema.one("items")).or_else(|| schema.one("unevaluatedItems")));
            }
            if index + 1 == length {
                all.extend(&contains);
            }
            let variation = if is_unique { wanted.variation + index } else { wanted.variation };
            let step = format!("[{index}]");
            if all.is_empty() {
                self.free.push(format!("{}{step}", self.path));
                items.push(if is_unique { Value::from(index) } else { Value::from("text") });
                continue;
            }
            items.push(self.within(&step, Wanted { all, none: Vec::new(), variation }, style, depth)?);
        }
        Some(Value::Array(items))
    }
}
