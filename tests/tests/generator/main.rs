//! The generator: what it emits from the fixtures, which mistakes it reports, and which crates it writes.

mod architecture;
mod comparison;
mod coverage;
mod dispatch;
mod emission;
mod emitted_lines;
mod errors;
mod evidence;
mod examples;
mod features;
mod formatting;
mod freshness;
mod language;
mod links;
mod overlays;
mod places;
mod plan;
mod selection;
mod stand_alone;
mod unions;
