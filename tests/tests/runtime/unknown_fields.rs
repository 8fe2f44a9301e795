//! `--unknown-fields keep`: keys that the schema of an object does not declare are written back unchanged.

use octogen_runtime::{Slot, decode, encode};
use tests::emitted::unknown_fields::models::{Animal, Counted, Pet};

fn check<T: Slot>(json: &str) {
    let value: T = decode(json.as_bytes()).expect("it fits");
    assert_eq!(encode(&value), json);
}

#[test]
fn undeclared_keys_come_back() {
    check::<Animal>(r#"{"name":"Ada","owner":{"since":1,"named":{"b":1,"a":2}},"eats":["hay",1.10,null]}"#);
    check::<Animal>(r#"{"name":"Ada"}"#);
}

#[test]
fn a_declared_map_keeps_its_type() {
    check::<Counted>(r#"{"all":3,"cats":1}"#);
    assert!(decode::<Counted>(br#"{"all":3,"cats":"one"}"#).is_err());
}

#[test]
fn variants_are_distinguished_as_without_them() {
    let stone: Pet = decode(br#"{"weight":1.0,"colour":"grey"}"#).expect("it fits");
    assert!(matches!(stone, Pet::Stone(_)));
    check::<Pet>(r#"{"weight":1.0,"colour":"grey"}"#);
}

#[test]
fn a_field_of_the_same_name_keeps_it() {
    let animal: Animal = decode(br#"{"name":"Ada","additional_properties":true,"x":1}"#).expect("it fits");
    assert_eq!(animal.additional_properties, Some(true));
    assert_eq!(animal.further_properties.len(), 1);
}
