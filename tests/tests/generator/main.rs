//! The generator: the code that it emits for fixtures, the mistakes that it reports, and the crates that it writes.

mod architecture;
mod codes;
mod comparison;
mod constructors;
mod contradictions;
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
mod place_names;
mod places;
mod plan;
mod selection;
mod stand_alone;
mod unions;
