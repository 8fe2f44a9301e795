//! simd-json, with serde's derives.

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
    simd_json::serde::from_slice::<T>(json).map(std::hint::black_box).is_ok()
}

fn hold<T: Serialize + DeserializeOwned + 'static>(json: &str) -> Option<Encode> {
    let value: T = simd_json::serde::from_slice(&mut json.as_bytes().to_vec()).ok()?;
    Some(Box::new(move || simd_json::serde::to_string(&value).map_or(0, |text| text.len())))
}
