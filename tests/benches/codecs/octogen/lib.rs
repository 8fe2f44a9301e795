//! Our codec, with the types that the generator emits.

use octogen_runtime::{Slot, decode, encode};

/// Decodes a payload and returns a function that encodes it again.
pub type Codec = (fn(&mut [u8]) -> bool, fn(&str) -> Option<Encode>);

/// Encodes the value that it holds, and gives the length.
pub type Encode = Box<dyn Fn() -> usize>;

macro_rules! codec {
    ($ty:ty) => {
        (read::<$ty>, hold::<$ty>)
    };
}

include!("../../../../target/bench/decode/ours.rs");

fn read<T: Slot>(json: &mut [u8]) -> bool {
    decode::<T>(json).map(std::hint::black_box).is_ok()
}

fn hold<T: Slot>(json: &str) -> Option<Encode> {
    let value: T = decode(json.as_bytes()).ok()?;
    Some(Box::new(move || encode(&value).len()))
}
