//! sonic-rs, with serde's derives.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Decodes a payload and returns a function that encodes it again.
pub type Codec = (fn(&mut [u8]) -> bool, fn(&str) -> Option<Encode>);

/// Encodes the value that it holds, and gives the length.
pub type Encode = Box<dyn Fn() -> usize>;

macro_rules! codec {
    ($ty:ty) => {
        (read::<$ty>, hold::<$ty>)
    };
}

include!("../../../../target/bench/decode/theirs.rs");

fn read<T: DeserializeOwned>(json: &mut [u8]) -> bool {
    sonic_rs::from_slice::<T>(json).map(std::hint::black_box).is_ok()
}

fn hold<T: Serialize + DeserializeOwned + 'static>(json: &str) -> Option<Encode> {
    let value: T = sonic_rs::from_slice(json.as_bytes()).ok()?;
    Some(Box::new(move || sonic_rs::to_string(&value).map_or(0, |text| text.len())))
}
