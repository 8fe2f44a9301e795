//! The alias of a place whose type is defined elsewhere.

use octogen::source::{NoFiles, Source};
use octogen::{Options, generate};

const DOCUMENT: &str = "openapi: 3.1.0
info: { title: Zoo, version: '1' }
components:
  schemas:
    Cat: { type: object, properties: { home: { type: object, properties: { city: { type: string } } } } }
    Dog: { type: object, properties: { home: { type: object, properties: { city: { type: string } } }, age: {} } }
    Pet: { $ref: '#/components/schemas/Cat' }
";

#[test]
fn names_of_places_can_be_left_out() {
    for (place_names, expected) in [(true, ["DogHome", "Pet"].as_slice()), (false, &["Pet"])] {
        let source = Source { path: String::from("zoo.yaml"), text: String::from(DOCUMENT) };
        let options = Options { place_names, ..Options::default() };
        let output = generate(&source, &NoFiles, &options).output.unwrap();
        let text: String = output.library.iter().map(|file| file.text.as_str()).collect();
        // An alias is an item, or in a call of `aliases!`, which has one line here.
        let starts = ["pub type ", "aliases! { "];
        let aliases = text.lines().filter_map(|line| {
            let alias = starts.iter().find_map(|start| line.strip_prefix(start))?;
            alias.split_once(' ')
        });
        let mut aliases: Vec<&str> = aliases.map(|(name, _)| name).collect();
        aliases.sort_unstable();
        assert_eq!(aliases, expected, "{text}");
        assert!(text.contains("pub struct CatHome") && text.contains("pub struct Dog "), "{text}");
    }
}
