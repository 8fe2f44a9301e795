//! The names of types: each use of a type has the name of its own place, or of its component.

use std::collections::{BTreeMap, BTreeSet};

use octogen::source::{NoFiles, Source};
use octogen::{Options, generate};

/// A field, an array item, a map value, a variant, a parameter, a body and a response, all of one structure, beside two
/// components of that structure.
pub(super) const DOCUMENT: &str = "openapi: 3.1.0
info: { title: Zoo, version: '1' }
paths:
  /cats:
    post:
      operationId: addCat
      parameters: [{ name: level, in: query, schema: { enum: [low, high] } }]
      requestBody: { content: { application/json: { schema: { enum: [low, high] } } } }
      responses: { '200': { description: ok, content: { application/json: { schema: { enum: [low, high] } } } } }
components:
  schemas:
    Answer: { type: object, properties: { level: { enum: [low, high] } } }
    Ticket:
      type: object
      properties:
        level: { enum: [low, high] }
        alarm: { $ref: '#/components/schemas/Alarm' }
        levels: { type: array, items: { enum: [low, high] } }
        others: { type: object, additionalProperties: { enum: [low, high] } }
        any: { oneOf: [{ enum: [low, high] }, { type: integer }] }
        inner: { type: object, properties: { level: { enum: [low, high] } } }
    Sure: { allOf: [{ $ref: '#/components/schemas/Ticket' }, { required: [level] }] }
    Urgency: { enum: [low, high] }
    Alarm: { enum: [low, high] }
    Either: { anyOf: [{ $ref: '#/components/schemas/One' }, { $ref: '#/components/schemas/Other' }] }
    One: { type: object, required: [a], properties: { a: { type: integer }, state: { allOf: [{ enum: [on, off] }] }, codes: { type: array, items: { enum: [on, off] } } } }
    Other: { type: object, required: [b], properties: { b: { type: integer } } }
";

fn emitted(text: &str) -> String {
    emitted_with(text, &Options::default())
}

fn emitted_with(text: &str, options: &Options) -> String {
    let source = Source { path: String::from("zoo.yaml"), text: text.to_owned() };
    let output = generate(&source, &NoFiles, options).output.unwrap();
    output.library.iter().map(|file| file.text.as_str()).collect()
}

#[test]
fn a_use_of_a_type_has_the_name_of_its_place() {
    let text = emitted(DOCUMENT);
    for line in [
        "level: models::AddCatLevel = query(\"level\"),",
        "-> Result<models::AddCatResponse>",
        "body: models::AddCatBody = json(",
        "pub level: Option<AnswerLevel>,",
        "pub level: Option<TicketLevel>,",
        "pub alarm: Option<Alarm>,",
        "pub levels: Option<Vec<TicketLevelsItem>>,",
        "pub others: Option<Map<TicketOthersValue>>,",
        "String(TicketAnyString),",
        "pub inner: Option<TicketInner>,",
        "pub level: SureLevel,",
        "pub state: Option<OneState>,",
        "pub state: Option<EitherCombinedState>,",
        "pub codes: Option<Vec<OneCodesItem>>,",
        "pub codes: Option<Vec<EitherCombinedCodesItem>>,",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn components_of_one_structure_have_definitions_of_their_own() {
    let text = emitted(DOCUMENT);
    for component in ["Urgency", "Alarm"] {
        assert!(text.contains(&format!("pub enum {component} {{")), "{component}\n{text}");
    }
    // Inline types share one definition.
    assert_eq!(text.matches("\"low\" Low, \"high\" High").count(), 3, "{text}");
}

#[test]
fn a_further_value_at_one_place_renames_no_type() {
    let fields = |text: &str| -> BTreeSet<String> {
        text.lines().filter(|line| line.trim_start().starts_with("pub ")).map(str::to_owned).collect()
    };
    let before = fields(&emitted(DOCUMENT));
    for (index, _) in DOCUMENT.match_indices("[low, high]") {
        let more = [&DOCUMENT[..index], "[low, high, full]", &DOCUMENT[index + "[low, high]".len()..]].concat();
        let after = fields(&emitted(&more));
        let lost: Vec<&String> = before.difference(&after).filter(|line| !line.contains(" enum ")).collect();
        assert!(lost.is_empty(), "{lost:?}\n{more}");
    }
}

#[test]
fn aliases_without_a_use_can_be_left_out() {
    let all = emitted(DOCUMENT);
    let used = emitted_with(DOCUMENT, &Options { place_names: false, ..Options::default() });
    let mut left_out = aliases(&all);
    left_out.retain(|name, _| !aliases(&used).contains_key(name));
    assert_eq!(left_out, BTreeMap::from([("SureAnyString", "AnswerLevel"), ("SureInnerLevel", "AnswerLevel")]));
    assert_eq!(aliases(&used).get("SureInner"), Some(&"TicketInner"));
}

/// Returns the further names of the types in the macros `aliases!`, each with its type.
fn aliases(text: &str) -> BTreeMap<&str, &str> {
    let lists = text.split("aliases! {").skip(1).filter_map(|rest| rest.split('}').next());
    let types = lists.flat_map(|lists| lists.split(';')).filter_map(|list| list.trim().split_once(" ["));
    let names = types.flat_map(|(ty, names)| names.trim_end_matches(']').split(',').map(move |name| (name.trim(), ty)));
    names.collect()
}

/// A document as bundlers write it: references name the first use of a schema.
const BUNDLED: [&str; 3] = [
    "  /cats:
    get:
      operationId: listCats
      parameters: [{ name: state, in: query, schema: { enum: [on, off] } }]
      responses: { '200': { description: ok, content: { application/json: { schema: { allOf: [
        { type: object, properties: { owner: { type: object, properties: { name: { type: string } } } } },
        { type: object, properties: { links: { type: object, properties: { next: { type: string } } } } }] } } } } }
",
    "  /dogs:
    get:
      operationId: listDogs
      parameters: [{ $ref: '#/paths/~1cats/get/parameters/0' }]
      responses: { '200': { description: ok, content: { application/json: { schema: { type: object, properties: {
        owner: { $ref: '#/paths/~1cats/get/responses/200/content/application~1json/schema/allOf/0/properties/owner' },
        links: { $ref: '#/paths/~1cats/get/responses/200/content/application~1json/schema/allOf/1' } } } } } } }
",
    "  /owners:
    put:
      operationId: putOwner
      requestBody: { content: { application/json: { schema: {
        $ref: '#/paths/~1dogs/get/responses/200/content/application~1json/schema' } } } }
      responses: { '204': { description: ok } }
",
];

fn type_names(text: &str) -> BTreeSet<&str> {
    let declared = |line: &'_ str| -> Option<usize> {
        ["pub struct ", "pub enum ", "pub type "].iter().find_map(|start| Some(line.find(start)? + start.len()))
    };
    let items = text.lines().filter_map(|line| Some(&line[declared(line)?..]));
    let aliases = aliases(text).into_keys();
    items.chain(aliases).filter_map(|name| name.split([' ', '(', '{']).next()).collect()
}

#[test]
fn a_referenced_place_has_its_own_name_in_any_order() {
    let head = "openapi: 3.1.0\ninfo: { title: Zoo, version: '1' }\npaths:\n";
    let first = emitted(&[head, &BUNDLED.concat()].concat());
    for line in [
        "pub owner: Option<ListCatsResponseOwner>,",
        "pub links: Option<ListCatsResponseLinks>,",
        "pub links: Option<ListCatsResponseWithLinks>,",
        "state: models::ListDogsState = query(\"state\")",
        "body: models::ListDogsResponse = json(",
    ] {
        assert!(first.contains(line), "{line}\n{first}");
    }
    for order in [[1, 0, 2], [2, 1, 0], [0, 2, 1]] {
        let paths = order.map(|index| BUNDLED[index]).concat();
        let other = emitted(&[head, &paths].concat());
        assert_eq!(type_names(&first), type_names(&other), "{other}");
    }
}

#[test]
fn names_that_collide_have_no_hash() {
    let text = emitted(
        "openapi: 3.1.0
info: { title: Zoo, version: '1' }
components:
  schemas:
    Pet:
      type: object
      properties:
        home-url: { anyOf: [{ type: object, properties: { a: { enum: [1] } } }, { enum: [''] }] }
        home_url: { anyOf: [{ type: string }, { enum: [''] }] }
        home: { type: object, properties: { url: { enum: [x] } } }
    PetHome: { type: object, properties: { url: { type: object, properties: { b: { enum: [2] } } } } }
",
    );
    for name in [
        "pub home_minus_url: Option<PetHomeMinusUrl>,",
        "pub a: Option<PetHomeMinusUrlObjectA>,",
        "pub home_url: Option<PetHomeUrl>,",
        "pub home: Option<PetHomeObject>,",
        "pub url: Option<PetHomeObjectUrl>,",
        "pub url: Option<PetHomeUrlObject>,",
        "pub b: Option<PetHomeUrlObjectB>,",
    ] {
        assert!(text.contains(name), "{name}\n{text}");
    }
}

/// Returns the ids of the operations of a document, as the document states them.
fn operation_ids(text: &str) -> Vec<String> {
    // It does not read every number.
    let document: serde_yaml::Value = serde_yaml::from_str(text).unwrap_or_default();
    let items = document.get("paths").and_then(serde_yaml::Value::as_mapping).into_iter().flatten();
    let operations = items.flat_map(|(_, item)| item.as_mapping().into_iter().flatten());
    operations.filter_map(|(_, operation)| Some(operation.get("operationId")?.as_str()?.to_owned())).collect()
}

/// Returns the structs and enums, each with the words of its definition. A further name of a type counts as its first name.
fn definitions<'a>(text: &'a str, aliases: &BTreeMap<&'a str, &'a str>) -> BTreeMap<&'a str, Vec<&'a str>> {
    let first = |name: &'a str| aliases.get(name).copied().unwrap_or(name);
    let mut definitions = BTreeMap::new();
    for start in ["pub struct ", "pub enum "] {
        for item in text.split(start).skip(1) {
            let end = item.find(['}', ';']).unwrap_or(item.len());
            let lines = item[..end].lines().filter(|line| !line.trim_start().starts_with("//"));
            let mut words =
                lines.flat_map(|line| line.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')));
            let name = words.next().unwrap_or_default();
            definitions.insert(first(name), words.filter(|word| !word.is_empty()).map(first).collect());
        }
    }
    definitions
}

#[test]
fn a_selection_changes_no_name_and_no_type() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/emit");
    let fixtures = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let texts = fixtures.filter(|path| path.extension().is_some_and(|end| end == "yaml"));
    let texts = texts.map(|path| std::fs::read_to_string(path).unwrap());
    let (mut selections, mut changed) = (0, Vec::new());
    for text in texts.chain([DOCUMENT, COLLIDING, WIDENED].map(str::to_owned)) {
        let generated = |only: Vec<octogen::Selector>| {
            let source = Source { path: String::from("zoo.yaml"), text: text.clone() };
            let output = generate(&source, &NoFiles, &Options { only, ..Options::default() }).output?;
            let models = output.library.iter().filter(|file| file.path.contains("models"));
            Some(models.map(|file| file.text.as_str()).collect::<String>())
        };
        let Some(whole) = generated(Vec::new()) else { continue };
        let aliases = aliases(&whole);
        let all = definitions(&whole, &aliases);
        for id in operation_ids(&text).into_iter().take(4) {
            // An id with blanks around it selects nothing, which is an error.
            let Some(part) = generated(vec![octogen::Selector::Id(id.clone())]) else { continue };
            let mut further: Vec<&str> = type_names(&part).difference(&type_names(&whole)).copied().collect();
            let part = definitions(&part, &aliases);
            further.extend(part.iter().filter(|(name, words)| all.get(*name) != Some(words)).map(|(name, _)| *name));
            selections += 1;
            if !further.is_empty() {
                changed.push(format!("{id}: {further:?} of {}", text.lines().take(3).collect::<String>()));
            }
        }
    }
    assert!(selections > 100, "{selections}");
    assert!(changed.is_empty(), "{changed:#?}");
}

/// Types that depend on other operations: an example of a schema that two operations use, a payload of another operation,
/// a type without a schema beside another media type, and a value that selects a variant of another operation.
const WIDENED: &str = "openapi: 3.1.0
info: { title: Zoo, version: '1' }
paths:
  /shared: { get: { operationId: getShared, responses: { '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } } } }
  /cats: { get: { operationId: listCats, responses: { '200': { description: ok, content: { application/json: { schema: { allOf: [{ $ref: '#/components/schemas/Page' }, { properties: { cats: { type: string } } }] } } } } } } }
  /dogs: { get: { operationId: listDogs, responses: { '200': { description: ok, content: { application/json: { schema: { allOf: [{ $ref: '#/components/schemas/Page' }, { properties: { dogs: { type: string } } }] } } } } } } }
  /made: { get: { operationId: getMade, responses: { '200': { description: ok, content: { application/json: { example: { a: { b: 1 } } }, '*/*': { schema: { type: object, properties: { c: { enum: [d] } } } } } } } } }
  /other: { get: { operationId: getOther, responses: { '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' }, example: { kind: cat, age: null, free: { a: 1 }, home: { town: x } } } } } } } }
  /either: { get: { operationId: getEither, responses: { '200': { description: ok, content: { application/json: { schema: { oneOf: [{ $ref: '#/components/schemas/Pet' }, { $ref: '#/components/schemas/Dog' }] } } } } } } }
components:
  schemas:
    Page: { type: object, properties: { links: { anyOf: [{ type: object, properties: { next: { type: string } } }, { type: boolean }], example: { next: x, last: { page: 1 } } } } }
    Pet: { type: object, required: [kind, age], properties: { kind: { enum: [cat] }, age: { type: integer }, free: { anyOf: [{ type: 'null' }, {}] } } }
    Dog: { type: object, required: [kind], properties: { kind: { enum: [dog] } } }
";

/// Names that collide with those of other operations.
const COLLIDING: &str = "openapi: 3.1.0
info: { title: Zoo, version: '1' }
paths:
  /pet-a: { get: { operationId: get-pet, responses: { '200': { description: ok, content: { application/json: { schema: { type: object, properties: { a: { enum: [a] } } } } } } } } }
  /pet-b: { get: { operationId: get_pet, responses: { '200': { description: ok, content: { application/json: { schema: { type: object, properties: { b: { enum: [b] } } } } } } } } }
  /pet-c: { get: { operationId: getPet, responses: { '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/get pet response' } } } } } } }
components:
  schemas:
    get pet response: { type: object, properties: { c: { enum: [c] } } }
    Unused: { type: object, properties: { c: { enum: [c] } } }
";
